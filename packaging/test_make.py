#!/usr/bin/env python3
"""Whether everything that is released is right, for all platforms: `python3 packaging/test_make.py`. Each thing is made from a
stand-in for the program and read back with another reader than the one that wrote it. packaging/rehearse.sh installs the real ones."""
import base64
import contextlib
import csv
import email
import hashlib
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import archives  # noqa: E402
import catalogues  # noqa: E402
import facts  # noqa: E402
import npm  # noqa: E402
import python_wheel  # noqa: E402
import sbom  # noqa: E402

TALKS = b"""#!/bin/sh
case "$1 $2" in
  "completions bash") echo "complete anteroom" ;;
  "completions "*) echo "for $2" ;;
  "man ") echo ".TH anteroom 1" ;;
  *) echo "anteroom test" ;;
esac
"""
SILENT = b"#!/bin/sh\nexit 2\n"


class Made(unittest.TestCase):
    """Everything, made once."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.binary = cls.program("talks", TALKS)
        cls.sbom = sbom.write(cls.folder / "anteroom.cdx.json")
        cls.release = cls.folder / "release"
        for entry in facts.PLATFORMS:
            archives.archive(entry, cls.binary, cls.release)
        archives.checksums(cls.release)

    @classmethod
    def program(cls, name, text):
        path = cls.folder / name
        path.write_bytes(text)
        path.chmod(0o755)
        return path

    def read(self, path):
        """The files of an archive: name to bytes and permissions."""
        if path.name.endswith(".tar.gz"):
            with tarfile.open(path) as archive:
                self.assertTrue(all(item.isfile() and item.uid == 0 and item.mtime == facts.moment() for item in archive))
                return {item.name: (archive.extractfile(item).read(), item.mode) for item in archive}
        with zipfile.ZipFile(path) as archive:
            self.assertIsNone(archive.testzip())
            return {item.filename: (archive.read(item), stat.S_IMODE(item.external_attr >> 16)) for item in archive.infolist()}

    def sum(self, entry):
        return hashlib.sha256((self.release / entry["archive"]).read_bytes()).hexdigest()

    def test_list_has_what_every_platform_needs(self):
        for entry in facts.PLATFORMS:
            self.assertRegex(entry["archive"], r"^anteroom-[a-z-]+\.(zip|tar\.gz)$")
            self.assertEqual(entry["os"] == "mac", "minimum" in entry)
            if "minimum" in entry:
                self.assertIn(entry["minimum"].replace(".", "_"), entry["wheel"])
        for key in ("target", "archive", "wheel"):
            values = [entry[key] for entry in facts.PLATFORMS]
            self.assertEqual(len(values), len(set(values)), key)

    def test_facts_are_those_of_cargo(self):
        try:
            import tomllib
        except ImportError:
            self.skipTest("this Python reads no TOML")
        package = tomllib.loads((facts.ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
        for key in ("name", "version", "description", "license", "repository"):
            self.assertEqual(facts.PACKAGE[key], package[key])
        lock = tomllib.loads((facts.ROOT / "Cargo.lock").read_text(encoding="utf-8"))["package"]
        read = list(sbom.packages((facts.ROOT / "Cargo.lock").read_text(encoding="utf-8")))
        self.assertEqual([{**item, "dependencies": item.get("dependencies", [])} for item in lock],
                         [{**{key: value for key, value in item.items() if key != "needs"}, "dependencies": item["needs"]} for item in read])

    def test_archives(self):
        for entry in facts.PLATFORMS:
            files = self.read(self.release / entry["archive"])
            folder = facts.folder(entry)
            self.assertTrue(all(name.startswith(folder + "/") for name in files))
            self.assertEqual(files[f"{folder}/{facts.program(entry)}"], (TALKS, 0o755))
            self.assertEqual(files[f"{folder}/completions/anteroom.bash"], (b"complete anteroom\n", 0o644))
            self.assertEqual(files[f"{folder}/man/anteroom.1"][0], b".TH anteroom 1\n")
            for name in ("LICENSE-MIT", "LICENSE-APACHE", "README.md", "docs/install.md", "docs/first-site.md"):
                self.assertIn(f"{folder}/{name}", list(files))

    def test_program_without_completions(self):
        entry = facts.PLATFORMS[0]
        for name, text in (("silent", SILENT), ("foreign", b"\x7fELF of another computer")):
            with contextlib.redirect_stdout(io.StringIO()) as said:
                path = archives.archive(entry, self.program(name, text), self.folder / f"{name}-out")
            self.assertIn("prints no man page", said.getvalue())
            self.assertFalse([file for file in self.read(path) if "/completions/" in file or "/man/" in file])

    def test_same_program_same_bytes(self):
        for entry in facts.PLATFORMS:
            again = archives.archive(entry, self.binary, self.folder / "again")
            self.assertEqual(again.read_bytes(), (self.release / entry["archive"]).read_bytes())
            one = python_wheel.wheel(entry, self.binary, self.folder / "one", self.sbom)
            two = python_wheel.wheel(entry, self.binary, self.folder / "two", self.sbom)
            self.assertEqual(one.read_bytes(), two.read_bytes())

    def test_checksums(self):
        lines = dict(reversed(line.split("  ")) for line in (self.release / "SHA256SUMS").read_text().splitlines())
        self.assertEqual(set(lines), {entry["archive"] for entry in facts.PLATFORMS})
        for entry in facts.PLATFORMS:
            self.assertEqual(lines[entry["archive"]], self.sum(entry))
            self.assertEqual((self.release / (entry["archive"] + ".sha256")).read_text(), f"{self.sum(entry)}  {entry['archive']}\n")

    def test_wheels(self):
        for entry in facts.PLATFORMS:
            path = python_wheel.wheel(entry, self.binary, self.folder / "wheels", self.sbom)
            name, version, python, abi, tags = path.stem.split("-")
            self.assertEqual((name, version, python, abi, tags),
                             (facts.NAMES["pypi"].replace("-", "_"), facts.python_version(facts.VERSION), "py3", "none", entry["wheel"]))
            files = self.read(path)
            info = f"{name}-{version}.dist-info"
            self.assertEqual(files[f"{name}-{version}.data/scripts/{facts.program(entry)}"], (TALKS, 0o755))
            rows = list(csv.reader(io.StringIO(files[f"{info}/RECORD"][0].decode())))
            self.assertEqual([row[0] for row in rows], list(files))
            for file, digest, size in rows:
                if file == f"{info}/RECORD":
                    self.assertEqual((digest, size), ("", ""))
                    continue
                kind, value = digest.split("=", 1)
                content = files[file][0]
                self.assertEqual(base64.urlsafe_b64decode(value + "=="), hashlib.new(kind, content).digest())
                self.assertEqual(int(size), len(content))
            about = email.message_from_bytes(files[f"{info}/WHEEL"][0])
            self.assertEqual((about["Wheel-Version"], about["Root-Is-Purelib"]), ("1.0", "false"))
            self.assertEqual(about.get_all("Tag"), [f"py3-none-{tag}" for tag in tags.split(".")])
            told = email.message_from_bytes(files[f"{info}/METADATA"][0])
            self.assertEqual((told["Name"], told["Version"], told["License-Expression"]),
                             (facts.NAMES["pypi"], version, "MIT OR Apache-2.0"))
            for licence in told.get_all("License-File"):
                self.assertIn(f"{info}/licenses/{licence}", files)
            self.assertNotIn("{", told.get_payload())

    def test_python_versions(self):
        for written, wanted in (("1.2.3", "1.2.3"), ("1.2.3-rc.1", "1.2.3rc1"), ("0.9.0-alpha.12", "0.9.0a12")):
            self.assertEqual(facts.python_version(written), wanted)
        self.assertRaises(SystemExit, facts.python_version, "1.2.3-mine")

    def test_npm_packages(self):
        main = npm.main_package(self.folder / "npm")
        package = json.loads((main / "package.json").read_text(encoding="utf-8"))
        launcher = (main / package["bin"]["anteroom"]).read_text(encoding="utf-8")
        self.assertTrue(launcher.startswith("#!/usr/bin/env node\n"))
        self.assertEqual(re.findall(r"\{(?:programs|package|version|repository)\}", launcher), [])
        self.assertNotIn("scripts", package)
        programs = json.loads(re.search(r"const programs = (\{.*?\});", launcher, re.DOTALL).group(1))
        for entry in facts.PLATFORMS:
            folder = npm.platform_package(entry, self.binary, self.folder / "npm")
            part = json.loads((folder / "package.json").read_text(encoding="utf-8"))
            self.assertEqual(package["optionalDependencies"][part["name"]], part["version"])
            self.assertEqual((part["os"], part["cpu"]), (entry["npm"]["os"], entry["npm"]["cpu"]))
            self.assertNotIn("scripts", part)
            self.assertEqual((package["version"], part["repository"]["url"]), (facts.VERSION, f"git+{facts.REPOSITORY}.git"))
            for processor in part["cpu"]:
                path = programs.pop(f"{part['os'][0]} {processor}")
                self.assertTrue(path.startswith(part["name"] + "/"))
                program = folder / path[len(part["name"]) + 1:]
                self.assertEqual(program.read_bytes(), TALKS)
                self.assertTrue(os.access(program, os.X_OK))
        self.assertEqual(programs, {})
        if shutil.which("node"):
            subprocess.run(["node", "--check", str(main / package["bin"]["anteroom"])], check=True)

    def test_homebrew(self):
        text = catalogues.homebrew(self.release, self.folder / "homebrew").read_text()
        pairs = re.findall(r'url "(.*)"\n +sha256 "(.*)"', text)
        wanted = [entry for entry in facts.PLATFORMS if entry["os"] != "windows"]
        self.assertEqual(dict(pairs), {f"{facts.RELEASE}/{entry['archive']}": self.sum(entry) for entry in wanted})
        self.assertEqual(text.count("\n    on_arm do\n"), 2)
        self.assertEqual(text.count("\n    on_intel do\n"), 2)
        self.assertIn(f'version "{facts.VERSION}"', text)
        if shutil.which("ruby"):
            subprocess.run(["ruby", "-c"], input=text, text=True, check=True, stdout=subprocess.DEVNULL)

    def test_winget(self):
        entry = facts.find("x86_64-pc-windows-msvc")
        found = {}
        for path in catalogues.winget(self.release, self.folder / "winget"):
            lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
            manifest = {key: json.loads(value) for key, value in (line.split(": ", 1) for line in lines)}
            self.assertEqual((manifest["PackageIdentifier"], manifest["PackageVersion"]), (facts.NAMES["winget"], facts.VERSION))
            found[manifest["ManifestType"]] = manifest
        self.assertEqual(set(found), {"version", "installer", "defaultLocale"})
        installer = found["installer"]["Installers"][0]
        self.assertEqual(installer["InstallerUrl"], f"{facts.RELEASE}/{entry['archive']}")
        self.assertEqual(installer["InstallerSha256"], self.sum(entry).upper())
        inside = installer["NestedInstallerFiles"][0]["RelativeFilePath"].replace("\\", "/")
        self.assertIn(inside, list(self.read(self.release / entry["archive"])))

    def test_scoop(self):
        entry = facts.find("x86_64-pc-windows-msvc")
        manifest = json.loads(catalogues.scoop(self.release, self.folder / "scoop").read_text())
        self.assertEqual(manifest["architecture"]["64bit"], {"url": f"{facts.RELEASE}/{entry['archive']}", "hash": self.sum(entry)})
        self.assertIn(f"{manifest['extract_dir']}/{manifest['bin']}", list(self.read(self.release / entry["archive"])))

    def test_half_a_release_is_refused(self):
        half = self.folder / "half"
        half.mkdir()
        shutil.copy(self.release / facts.PLATFORMS[0]["archive"], half)
        for write in (catalogues.homebrew, catalogues.winget, catalogues.scoop):
            with self.assertRaisesRegex(SystemExit, facts.PLATFORMS[1]["archive"]):
                write(half, half)

    def test_installers(self):
        shell, power = catalogues.installers(self.folder / "installers")
        for path in (shell, power):
            text = path.read_bytes().decode()
            self.assertIn(facts.RELEASE, text)
            self.assertEqual(re.findall(r"(?<!\$)\{(?:release|version|repository|platforms|archive|folder)\}", text), [])
        # Without a mark at its beginning, PowerShell 5 reads a file in the computer's own old encoding.
        self.assertTrue(power.read_bytes().isascii())
        subprocess.run(["sh", "-n", str(shell)], check=True)
        for entry in facts.PLATFORMS:
            for seen in entry["uname"]:
                self.assertRegex(shell.read_text(encoding="utf-8"), rf'"{seen}".*\) archive={re.escape(entry["archive"])} ;;')

    def test_hosts_fetch_an_archive_that_there_is(self):
        script = (facts.ROOT / "src/scaffold/hosts/build.sh").read_text(encoding="utf-8")
        name = re.search(r"^name=(.*)$", script, re.MULTILINE).group(1)
        entry = next(entry for entry in facts.PLATFORMS if entry["archive"] == name + ".tar.gz")
        self.assertEqual(entry["target"], "x86_64-unknown-linux-musl")
        self.assertIn(f"{name}/anteroom", list(self.read(self.release / entry["archive"])))
        self.assertIn("from={repository}/releases/download/v{version}", script)

    def test_sbom(self):
        parts = json.loads(self.sbom.read_text(encoding="utf-8"))
        self.assertEqual((parts["bomFormat"], parts["specVersion"]), ("CycloneDX", "1.5"))
        refs = {item["bom-ref"] for item in parts["components"]} | {parts["metadata"]["component"]["bom-ref"]}
        self.assertEqual(len(refs), len(parts["components"]) + 1)
        self.assertEqual({item["ref"] for item in parts["dependencies"]}, refs)
        self.assertTrue(all(set(item["dependsOn"]) <= refs for item in parts["dependencies"]))
        self.assertTrue(all(len(item["hashes"][0]["content"]) == 64 for item in parts["components"]))
        known = sbom.sbom((facts.ROOT / "Cargo.lock").read_text(encoding="utf-8"),
                          {"packages": [{"name": "adler2", "version": "2.0.1", "license": "0BSD OR MIT/Apache-2.0"}]})
        self.assertEqual(known["components"][0]["licenses"], [{"expression": "0BSD OR MIT OR Apache-2.0"}])

    def test_release_workflow_takes_the_list(self):
        run = [sys.executable, str(facts.HERE / "make.py"), "matrix", "--tag"]
        entries = json.loads(subprocess.run(run + [f"v{facts.VERSION}"], capture_output=True, check=True).stdout)["include"]
        self.assertEqual([entry["target"] for entry in entries], [entry["target"] for entry in facts.PLATFORMS])
        self.assertNotEqual(subprocess.run(run + ["v0.0.0"], capture_output=True, check=False).returncode, 0)
        workflow = (facts.ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
        self.assertEqual([entry["target"] for entry in entries if entry["target"] in workflow], [])
        used = set(re.findall(r"matrix\.(\w+)", workflow))
        self.assertLessEqual(used, set(entries[0]))

    def test_guide_names_what_is_released(self):
        guide = (facts.ROOT / "docs/install.md").read_text(encoding="utf-8")
        for entry in facts.PLATFORMS:
            self.assertIn(f"{facts.REPOSITORY}/releases/latest/download/{entry['archive']}", guide)
        for line in (f"pipx install {facts.NAMES['pypi']}", f"npm install --global {facts.NAMES['npm']}", f"winget install {facts.NAMES['winget']}",
                     f"curl -fsSL {facts.REPOSITORY}/releases/latest/download/install.sh | sh",
                     f"irm {facts.REPOSITORY}/releases/latest/download/install.ps1 | iex"):
            self.assertIn(line, guide)


if __name__ == "__main__":
    unittest.main()
