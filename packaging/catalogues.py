"""Owns what the catalogues of programs read: the Homebrew formula, the winget manifests, the Scoop manifest; and the two
installers, which are filled from install.sh and install.ps1. They name the archives of one release with their checksums."""
import json
import re

import archives
import facts

# https://github.com/microsoft/winget-pkgs/tree/master/doc/manifest/schema/1.6.0
WINGET_SCHEMA = "1.6.0"


def _address(entry):
    return f"{facts.RELEASE}/{entry['archive']}"


def _sums(folder):
    """The checksum of each platform's archive. Every platform has to be there, or a release would be half a release."""
    missing = [entry["archive"] for entry in facts.PLATFORMS if not (folder / entry["archive"]).is_file()]
    if missing:
        raise SystemExit(f"{folder} has no {', '.join(missing)}")
    return {entry["target"]: archives.sha256(folder / entry["archive"]) for entry in facts.PLATFORMS}


def _sentence():
    """The description as catalogues want it: without its article, without a full stop."""
    words = re.sub(r"^(A|An|The) ", "", facts.DESCRIPTION).rstrip(".")
    return words[0].upper() + words[1:]


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


FORMULA = '''\
# Owns Anteroom for Homebrew. Made at each release by packaging/make.py; changes here are lost.
class Anteroom < Formula
  desc "{sentence}"
  homepage "{repository}"
  version "{version}"
  license {licence}

{systems}
  def install
    bin.install "anteroom"
    doc.install Dir["docs/*"]
    bash_completion.install "completions/anteroom.bash" => "anteroom" if File.exist? "completions/anteroom.bash"
    zsh_completion.install "completions/_anteroom" if File.exist? "completions/_anteroom"
    fish_completion.install "completions/anteroom.fish" if File.exist? "completions/anteroom.fish"
    man1.install "man/anteroom.1" if File.exist? "man/anteroom.1"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/anteroom --version")
    system bin/"anteroom", "new", "site", "--yes"
    assert_path_exists testpath/"site/content/practice.yaml"
  end
end
'''


def homebrew(folder, out):
    """Writes the formula."""
    sums = _sums(folder)
    systems = ""
    for name, system in (("macos", "mac"), ("linux", "linux")):
        systems += f"  on_{name} do\n"
        for entry in facts.PLATFORMS:
            if entry["os"] == system:
                processor = "arm" if "arm64" in entry["npm"]["cpu"] else "intel"
                systems += (f"    on_{processor} do\n      url \"{_address(entry)}\"\n"
                            f"      sha256 \"{sums[entry['target']]}\"\n    end\n")
        systems += "  end\n\n"
    licence = "any_of: " + json.dumps(facts.LICENCES) if len(facts.LICENCES) > 1 else json.dumps(facts.LICENCES[0])
    text = facts.fill(FORMULA, sentence=_sentence(), licence=licence, systems=systems.rstrip("\n") + "\n")
    return _write(out / "anteroom.rb", text)


def _windows():
    return [entry for entry in facts.PLATFORMS if entry["os"] == "windows"]


def winget(folder, out):
    """Writes the three manifests. Windows on ARM takes the program for x64."""
    sums = _sums(folder)
    name = facts.NAMES["winget"]
    installers = [
        {
            "Architecture": "x64",
            "NestedInstallerFiles": [
                {"RelativeFilePath": f"{facts.folder(entry)}\\{facts.program(entry)}", "PortableCommandAlias": facts.COMMAND}
            ],
            "InstallerUrl": _address(entry),
            "InstallerSha256": sums[entry["target"]].upper(),
        }
        for entry in _windows()
    ]
    kinds = {
        "version": ("", {"DefaultLocale": "en-US"}),
        "installer": (".installer", {
            "InstallerType": "zip",
            "NestedInstallerType": "portable",
            "Commands": [facts.COMMAND],
            "Installers": installers,
        }),
        "defaultLocale": (".locale.en-US", {
            "PackageLocale": "en-US",
            "Publisher": facts.NAMES["publisher"],
            "PublisherUrl": facts.REPOSITORY,
            "PublisherSupportUrl": f"{facts.REPOSITORY}/issues",
            "PackageName": "Anteroom",
            "PackageUrl": facts.REPOSITORY,
            "License": facts.PACKAGE["license"],
            "LicenseUrl": f"{facts.REPOSITORY}/blob/v{facts.VERSION}/LICENSE-MIT",
            "ShortDescription": _sentence(),
            "Moniker": facts.COMMAND,
            "Tags": ["coaching", "static-site-generator", "therapy", "website"],
            "ReleaseNotesUrl": f"{facts.REPOSITORY}/releases/tag/v{facts.VERSION}",
        }),
    }
    paths = []
    for kind, (part, fields) in kinds.items():
        manifest = {"PackageIdentifier": name, "PackageVersion": facts.VERSION, **fields,
                    "ManifestType": kind, "ManifestVersion": WINGET_SCHEMA}
        # winget finds the schema by this line; JSON's texts, lists and tables are YAML as well.
        head = (f"# Owns Anteroom's {kind} manifest for winget. Made at each release by packaging/make.py.\n"
                f"# yaml-language-server: $schema=https://aka.ms/winget-manifest.{kind}.{WINGET_SCHEMA}.schema.json\n\n")
        lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in manifest.items())
        paths.append(_write(out / f"{name}{part}.yaml", head + lines))
    return paths


def scoop(folder, out):
    """Writes the manifest; `scoop install ADDRESS` takes it from the release."""
    sums = _sums(folder)
    entry = _windows()[0]
    latest = f"{facts.REPOSITORY}/releases/download/v$version/{entry['archive']}"
    manifest = {
        "##": "Owns Anteroom for Scoop. Made at each release by packaging/make.py.",
        "version": facts.VERSION,
        "description": _sentence(),
        "homepage": facts.REPOSITORY,
        "license": "|".join(facts.LICENCES),
        "architecture": {"64bit": {"url": _address(entry), "hash": sums[entry["target"]]}},
        "extract_dir": facts.folder(entry),
        "bin": facts.program(entry),
        "checkver": {"github": facts.REPOSITORY},
        "autoupdate": {"architecture": {"64bit": {"url": latest, "hash": {"url": "$url.sha256"}}}},
    }
    return _write(out / "anteroom.json", json.dumps(manifest, indent=4, ensure_ascii=False) + "\n")


def installers(out):
    """Writes the installers of this release."""
    cases = ""
    for entry in facts.PLATFORMS:
        if entry["uname"]:
            cases += f"    {' | '.join(json.dumps(seen) for seen in entry['uname'])}) archive={entry['archive']} ;;\n"
    paths = []
    for name in ("install.sh", "install.ps1"):
        template = (facts.HERE / name).read_text(encoding="utf-8")
        entry = _windows()[0]
        text = facts.fill(template, platforms=cases.rstrip("\n").lstrip(), archive=entry["archive"], folder=facts.folder(entry))
        paths.append(_write(out / name, text))
    return paths
