"""Owns the archives that people download, and the checksums. An archive unpacks to one folder: the program, its licences,
the documents, and the shell completions and man page if the program prints them."""
import gzip
import hashlib
import io
import subprocess
import tarfile
import zipfile
from pathlib import Path

import facts

# What clap's generators call a shell's file.
COMPLETIONS = {
    "bash": "anteroom.bash",
    "zsh": "_anteroom",
    "fish": "anteroom.fish",
    "powershell": "_anteroom.ps1",
    "elvish": "anteroom.elv",
}


def _printed(binary, *words):
    """What the program prints for these words, or nothing where it doesn't know them or can't run here."""
    try:
        run = subprocess.run([str(binary), *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    except OSError:
        return None
    return run.stdout if run.returncode == 0 and run.stdout.strip() else None


def helpers(binary):
    """The completions and the man page, by their path in the archive."""
    files = {}
    for shell, name in COMPLETIONS.items():
        text = _printed(binary, "completions", shell)
        if text:
            files[f"completions/{name}"] = text
    page = _printed(binary, "man")
    if page:
        files[f"man/{facts.COMMAND}.1"] = page
    missing = [what for what, start in (("shell completions", "completions/"), ("man page", "man/"))
               if not any(path.startswith(start) for path in files)]
    for what in missing:
        print(f"note: this program prints no {what}, so the archive has none")
    return files


def contents(entry, binary):
    """Everything in an archive: a path to bytes, and whether it can be run."""
    files = {facts.program(entry): (Path(binary).read_bytes(), True)}
    for name in ("LICENSE-APACHE", "LICENSE-MIT", "README.md", "CHANGELOG.md"):
        files[name] = ((facts.ROOT / name).read_bytes(), False)
    for page in sorted((facts.ROOT / "docs").glob("*.md")):
        files[f"docs/{page.name}"] = (page.read_bytes(), False)
    for path, text in helpers(binary).items():
        files[path] = (text, False)
    return {f"{facts.folder(entry)}/{path}": content for path, content in sorted(files.items())}


def write_zip(path, files):
    """A ZIP file whose bytes depend on nothing but its files. Unix permissions are kept; macOS reads them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, (content, runs) in files.items():
            info = zipfile.ZipInfo(name, facts.zip_date())
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = (0o100755 if runs else 0o100644) << 16
            archive.writestr(info, content)


def write_tar(path, files):
    """The same as a tar file, compressed by gzip without a name and date of its own."""
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed, \
            tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, (content, runs) in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(content), facts.moment(), 0o755 if runs else 0o644
            archive.addfile(info, io.BytesIO(content))


def archive(entry, binary, out):
    """Writes the archive of a platform."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / entry["archive"]
    (write_zip if path.suffix == ".zip" else write_tar)(path, contents(entry, binary))
    return path


def sha256(path):
    """A file's SHA-256, as hexadecimal digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def checksums(folder):
    """Writes SHA256SUMS for all files in a folder, and ARCHIVE.sha256 beside each archive, for installers."""
    names = {entry["archive"] for entry in facts.PLATFORMS}
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() or path.name == "SHA256SUMS" or path.suffix == ".sha256":
            continue
        line = f"{sha256(path)}  {path.name}\n"
        lines.append(line)
        if path.name in names:
            path.with_name(path.name + ".sha256").write_bytes(line.encode())
    (folder / "SHA256SUMS").write_bytes("".join(lines).encode())
    return folder / "SHA256SUMS"
