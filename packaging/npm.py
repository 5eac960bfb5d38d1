"""Owns the npm packages: one for each platform that holds the plain program, and the one that people install, which names
them all as optional and runs the one that fits (npm-launcher.js). Biome and esbuild do the same. No package runs anything
while it is installed."""
import json
import shutil
from pathlib import Path

import facts
import python_wheel

# What npm-launcher.js is written for; https://nodejs.org/en/about/previous-releases.
NODE = ">=18"


def name_of(entry):
    """The name of a platform's package."""
    return f"{facts.NAMES['npm_scope']}/{entry['npm']['name']}"


def _shared(name, description):
    return {
        "name": name,
        "version": facts.VERSION,
        "description": description,
        "license": f"({facts.PACKAGE['license']})",
        "repository": {"type": "git", "url": f"git+{facts.REPOSITORY}.git"},
        "homepage": f"{facts.REPOSITORY}#readme",
        "bugs": {"url": f"{facts.REPOSITORY}/issues"},
        "publishConfig": {"access": "public"},
    }


def _write(folder, package, readme):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_bytes((json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode())
    (folder / "README.md").write_bytes(readme.encode())
    for name in ("LICENSE-APACHE", "LICENSE-MIT"):
        shutil.copyfile(facts.ROOT / name, folder / name)


def platform_package(entry, binary, out):
    """Writes the package of a platform as a folder, for `npm pack` or `npm publish`."""
    folder = out / entry["npm"]["name"]
    package = _shared(name_of(entry), f"{facts.NAMES['npm']} for {entry['npm']['name']}")
    package.update({key: entry["npm"][key] for key in ("os", "cpu", "libc") if key in entry["npm"]})
    # Yarn keeps packages zipped otherwise, and a zipped program can't run.
    package["preferUnplugged"] = True
    _write(folder, package, f"The program for {entry['npm']['name']}. Install `{facts.NAMES['npm']}` instead.\n")
    program = folder / "bin" / facts.program(entry)
    program.parent.mkdir(exist_ok=True)
    shutil.copyfile(Path(binary), program)
    program.chmod(0o755)
    return folder


def main_package(out):
    """Writes the package that people install."""
    folder = out / facts.NAMES["npm"]
    package = _shared(facts.NAMES["npm"], facts.DESCRIPTION)
    package["keywords"] = ["static-site-generator", "therapy", "coaching", "website"]
    package["engines"] = {"node": NODE}
    package["bin"] = {facts.COMMAND: f"bin/{facts.COMMAND}.js"}
    package["files"] = ["bin", "LICENSE-*"]
    package["optionalDependencies"] = {name_of(entry): facts.VERSION for entry in facts.PLATFORMS}
    _write(folder, package, python_wheel.about(facts.NAMES["npm"]))
    programs = {}
    for entry in facts.PLATFORMS:
        for system in entry["npm"]["os"]:
            for processor in entry["npm"]["cpu"]:
                programs[f"{system} {processor}"] = f"{name_of(entry)}/bin/{facts.program(entry)}"
    launcher = (facts.HERE / "npm-launcher.js").read_text(encoding="utf-8")
    path = folder / "bin" / f"{facts.COMMAND}.js"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(facts.fill(launcher, programs=json.dumps(programs, indent=2), package=facts.NAMES["npm"]).encode())
    path.chmod(0o755)
    return folder
