"""Owns the list of what the program is made of (a software bill of materials), in the form of CycloneDX 1.5
(https://cyclonedx.org/docs/1.5/json/): every library in Cargo.lock with its checksum and what it needs. Cargo.lock also names what
only tests or only other platforms use, so the list is rather too long than too short. `cargo metadata` adds the licences."""
import json
import re
import uuid

import facts

CRATES = "registry+https://github.com/rust-lang/crates.io-index"


def packages(text):
    """The entries of a Cargo.lock. Cargo writes each field on a line of its own, and one dependency a line."""
    for block in text.split("[[package]]\n")[1:]:
        found = dict(re.findall(r'^(name|version|source|checksum) = "(.*)"$', block, re.MULTILINE))
        needs = re.search(r"^dependencies = \[\n(.*?)^\]", block, re.MULTILINE | re.DOTALL)
        found["needs"] = re.findall(r'^ "(.*)",$', needs.group(1), re.MULTILINE) if needs else []
        yield found


def _purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def sbom(lock, licences=None):
    """The list as a value; `licences` is what `cargo metadata --format-version 1` prints."""
    known = {(item["name"], item["version"]): item.get("license") for item in (licences or {}).get("packages", [])}
    entries = list(packages(lock))
    versions = {}
    for entry in entries:
        versions.setdefault(entry["name"], []).append(entry)

    def needed(word):
        # "name" where there is one version, "name 1.2.3" where there are several.
        name, _, rest = word.partition(" ")
        version = rest.split(" ")[0]
        return next(_purl(entry) for entry in versions[name] if not version or entry["version"] == version)

    root = None
    components, dependencies = [], []
    for entry in entries:
        component = {"type": "library", "bom-ref": _purl(entry), "name": entry["name"], "version": entry["version"]}
        licence = known.get((entry["name"], entry["version"]))
        if licence:
            # Old crates write "MIT/Apache-2.0" where SPDX says OR.
            component["licenses"] = [{"expression": re.sub(r"\s*/\s*", " OR ", licence)}]
        component["purl"] = _purl(entry)
        if "checksum" in entry:
            component["hashes"] = [{"alg": "SHA-256", "content": entry["checksum"]}]
        dependencies.append({"ref": _purl(entry), "dependsOn": sorted({needed(word) for word in entry["needs"]})})
        if "source" not in entry and entry["name"] == facts.PACKAGE["name"]:
            root = {**component, "type": "application", "licenses": [{"expression": facts.PACKAGE["license"]}]}
        elif entry.get("source") == CRATES:
            components.append(component)
        else:
            raise SystemExit(f"`{entry['name']}` in Cargo.lock comes from elsewhere than crates.io; say in sbom.py how it's named")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, f"{facts.RELEASE}#{hash_of(lock)}").urn,
        "version": 1,
        "metadata": {"component": root},
        "components": components,
        "dependencies": dependencies,
    }


def hash_of(text):
    """Tells two lists of one version apart."""
    return uuid.uuid5(uuid.NAMESPACE_OID, text).hex


def write(out, licences=None):
    """Writes the list of this repository's Cargo.lock."""
    value = sbom((facts.ROOT / "Cargo.lock").read_text(encoding="utf-8"), licences and json.loads(licences.read_text(encoding="utf-8")))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes((json.dumps(value, indent=1) + "\n").encode())
    return out
