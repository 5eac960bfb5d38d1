#!/usr/bin/env python3
"""Makes everything that is released, from the programs that were built and packaging/platforms.json. Python's standard
library is all it needs (3.9 or newer). The release workflow, packaging/rehearse.sh and packaging/test_make.py call it."""
import argparse
import json
from pathlib import Path

import archives
import catalogues
import facts
import npm
import python_wheel
import sbom


def matrix(tag):
    """The platforms as the release workflow takes them. A tag has to name the version in Cargo.toml."""
    if tag and tag != f"v{facts.VERSION}":
        raise SystemExit(f"the tag is {tag}, but Cargo.toml says version {facts.VERSION}")
    entries = [{**entry, "program": facts.program(entry), "minimum": entry.get("minimum", "")} for entry in facts.PLATFORMS]
    return json.dumps({"include": entries})


def arguments():
    """What can be asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name, about, *options):
        sub = commands.add_parser(name, help=about)
        for flags, settings in options:
            sub.add_argument(*flags, **settings)

    target = (["--target"], {"type": facts.find, "help": "a Rust target; otherwise this computer's"})
    binary = (["--binary"], {"type": Path, "required": True, "help": "the program that was built"})
    folder = (["--archives"], {"type": Path, "required": True, "help": "the folder with all archives"})
    out = (["--out"], {"type": Path, "required": True, "help": "the folder to write to"})
    command("matrix", "print the platforms for the release workflow", (["--tag"], {"help": "refuse if it isn't Cargo.toml's version"}))
    command("version", "print the version")
    command("here", "print this computer's archive")
    command("archive", "a platform's archive", target, binary, out)
    command("wheel", "a platform's Python wheel", target, binary, out, (["--sbom"], {"type": Path, "help": "goes into the wheel"}))
    command("npm", "a platform's npm package", target, binary, out)
    command("npm-main", "the npm package that people install", out)
    command("homebrew", "the Homebrew formula", folder, out)
    command("winget", "the winget manifests", folder, out)
    command("scoop", "the Scoop manifest", folder, out)
    command("installers", "install.sh and install.ps1", out)
    command("checksums", "SHA256SUMS, and ARCHIVE.sha256 beside each archive", (["folder"], {"type": Path}))
    command("sbom", "the list of what the program is made of", (["--out"], {"type": Path, "required": True, "help": "the file to write"}),
            (["--licences"], {"type": Path, "help": "what `cargo metadata --format-version 1` printed"}))
    return parser.parse_args()


def main():
    """Does what was asked and prints the paths that were written."""
    asked = arguments()
    platform = getattr(asked, "target", None)
    if platform is None and asked.command in ("here", "archive", "wheel", "npm"):
        platform = facts.here()
    does = {
        "matrix": lambda: matrix(asked.tag),
        "version": lambda: facts.VERSION,
        "here": lambda: platform["archive"],
        "archive": lambda: archives.archive(platform, asked.binary, asked.out),
        "wheel": lambda: python_wheel.wheel(platform, asked.binary, asked.out, asked.sbom),
        "npm": lambda: npm.platform_package(platform, asked.binary, asked.out),
        "npm-main": lambda: npm.main_package(asked.out),
        "homebrew": lambda: catalogues.homebrew(asked.archives, asked.out),
        "winget": lambda: catalogues.winget(asked.archives, asked.out),
        "scoop": lambda: catalogues.scoop(asked.archives, asked.out),
        "installers": lambda: catalogues.installers(asked.out),
        "checksums": lambda: archives.checksums(asked.folder),
        "sbom": lambda: sbom.write(asked.out, asked.licences),
    }
    made = does[asked.command]()
    for line in made if isinstance(made, list) else [made]:
        print(line)



if __name__ == "__main__":
    main()
