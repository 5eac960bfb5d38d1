"""Owns what is known before anything is packed: the facts in Cargo.toml, the platforms in platforms.json, the addresses
of a release and the date that every packed file gets. Packs nothing."""
import json
import os
import platform
import re
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LIST = json.loads((HERE / "platforms.json").read_text(encoding="utf-8"))
NAMES = LIST["names"]
PLATFORMS = LIST["platforms"]
COMMAND = NAMES["command"]


def _package():
    """The texts under `[package]` in Cargo.toml. Python reads TOML by itself only from 3.11 on."""
    text = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    section = re.search(r"^\[package\]$(.*?)(?=^\[)", text, re.MULTILINE | re.DOTALL).group(1)
    return dict(re.findall(r'^([\w-]+) = "(.*)"$', section, re.MULTILINE))


PACKAGE = _package()
VERSION = PACKAGE["version"]
REPOSITORY = PACKAGE["repository"]
LICENCES = PACKAGE["license"].split(" OR ")
DESCRIPTION = PACKAGE["description"]
RELEASE = f"{REPOSITORY}/releases/download/v{VERSION}"


def find(target):
    """The platform with this Rust target."""
    for entry in PLATFORMS:
        if entry["target"] == target:
            return entry
    raise SystemExit(f"there's no platform `{target}` in packaging/platforms.json")


def here():
    """The platform of this computer."""
    seen = f"{platform.system()} {platform.machine()}"
    for entry in PLATFORMS:
        if seen in entry["uname"] or (platform.system() == "Windows" and entry["os"] == "windows"):
            return entry
    raise SystemExit(f"this computer ({seen}) is none of the platforms in packaging/platforms.json")


def program(entry):
    """The program's file name on a platform."""
    return COMMAND + (".exe" if entry["os"] == "windows" else "")


def folder(entry):
    """The folder that an archive unpacks to: the archive's name without its ending."""
    return re.sub(r"\.(zip|tar\.gz)$", "", entry["archive"])


def moment():
    """The time that packed files carry, so that the same program gives the same bytes: SOURCE_DATE_EPOCH, as
    https://reproducible-builds.org/specs/source-date-epoch/ says, or the first day that ZIP files can hold."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))


def zip_date():
    """That time as ZIP files write it."""
    return time.gmtime(moment())[:6]


def python_version(version):
    """A version as Python's packages write it (PEP 440): 1.2.0-rc.1 is 1.2.0rc1 there."""
    match = re.fullmatch(r"(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.(\d+))?", version)
    if not match:
        raise SystemExit(f"the version `{version}` can't be written for Python: use 1.2.3, 1.2.3-alpha.1, -beta.1 or -rc.1")
    number, stage, step = match.groups()
    return number + ({"alpha": "a", "beta": "b", "rc": "rc"}[stage] + step if stage else "")


def fill(template, **more):
    """A template with its marks filled: `{version}`, `{repository}`, `{release}` and those given. Other braces stay."""
    marks = {"version": VERSION, "repository": REPOSITORY, "release": RELEASE, **more}
    for mark, value in marks.items():
        template = template.replace("{" + mark + "}", value)
    return template
