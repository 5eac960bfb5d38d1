"""Owns the wheel: a Python package that holds the plain program and no Python, so that pip, pipx and uv install the
command. The format is that of https://packaging.python.org/specifications/binary-distribution-format/ and core metadata 2.4."""
import base64
import hashlib
from pathlib import Path

import archives
import facts

LICENCE_FILES = ("LICENSE-APACHE", "LICENSE-MIT")


def _hash(content):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def metadata():
    """What PyPI shows."""
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {facts.NAMES['pypi']}",
        f"Version: {facts.python_version(facts.VERSION)}",
        f"Summary: {facts.DESCRIPTION}",
        "Keywords: static-site-generator,therapy,coaching,website",
        "Classifier: Environment :: Console",
        "Classifier: Programming Language :: Rust",
        "Classifier: Topic :: Text Processing :: Markup :: Markdown",
        f"License-Expression: {facts.PACKAGE['license']}",
        *(f"License-File: {name}" for name in LICENCE_FILES),
        "Requires-Python: >=3.7",
        f"Project-URL: Repository, {facts.REPOSITORY}",
        f"Project-URL: Changelog, {facts.REPOSITORY}/blob/v{facts.VERSION}/CHANGELOG.md",
        f"Project-URL: Documentation, {facts.REPOSITORY}/tree/v{facts.VERSION}/docs",
        "Description-Content-Type: text/markdown",
        "",
        about(facts.NAMES["pypi"]),
    ]
    return "\n".join(lines)


def about(package):
    """The text about the program in a catalogue that shows Markdown."""
    return facts.fill((facts.HERE / "about.md").read_text(encoding="utf-8"), package=package)


def wheel(entry, binary, out, parts=None):
    """Writes the wheel of a platform; `parts`, the list of what the program is made of, goes along (PEP 770)."""
    out.mkdir(parents=True, exist_ok=True)
    stem = f"{facts.NAMES['pypi'].replace('-', '_')}-{facts.python_version(facts.VERSION)}"
    info = f"{stem}.dist-info"
    tags = [f"py3-none-{tag}" for tag in entry["wheel"].split(".")]
    about_wheel = ["Wheel-Version: 1.0", "Generator: anteroom-packaging", "Root-Is-Purelib: false", *(f"Tag: {tag}" for tag in tags)]
    files = {
        f"{stem}.data/scripts/{facts.program(entry)}": (Path(binary).read_bytes(), True),
        f"{info}/METADATA": (metadata().encode(), False),
        f"{info}/WHEEL": (("\n".join(about_wheel) + "\n").encode(), False),
    }
    for name in LICENCE_FILES:
        files[f"{info}/licenses/{name}"] = ((facts.ROOT / name).read_bytes(), False)
    if parts:
        files[f"{info}/sboms/{facts.COMMAND}.cdx.json"] = (Path(parts).read_bytes(), False)
    record = f"{info}/RECORD"
    rows = [f"{name},{_hash(content)},{len(content)}" for name, (content, _) in files.items()] + [f"{record},,"]
    files[record] = (("\n".join(rows) + "\n").encode(), False)
    path = out / f"{stem}-py3-none-{entry['wheel']}.whl"
    archives.write_zip(path, files)
    return path
