#!/bin/sh
# Installs Anteroom for you alone, on Linux and macOS: it downloads the archive for this computer, compares its checksum and
# puts the program into ~/.local/bin. It needs no administrator's password and changes nothing else.
#   ANTEROOM_INSTALL   another folder for the program
#   ANTEROOM_FROM      another place to download from
# packaging/make.py fills in the version, the addresses and the archives' names; each release has its own installer.
set -eu

say() { printf '%s\n' "$*"; }
stop() {
  printf '%s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# Everything is in a function that the last line calls, so that half a download of this file does nothing.
install_anteroom() {
  from=${ANTEROOM_FROM:-{release}}
  into=${ANTEROOM_INSTALL:-${HOME:?HOME is not set, so say where to install to: ANTEROOM_INSTALL=FOLDER}/.local/bin}
  computer="$(uname -s) $(uname -m)"
  # A terminal that runs in Intel's mode on an Apple silicon Mac says x86_64.
  if [ "$computer" = "Darwin x86_64" ] && [ "$(sysctl -n hw.optional.arm64 2>/dev/null || true)" = 1 ]; then
    computer="Darwin arm64"
  fi
  case $computer in
    {platforms}
    *) stop "There's no Anteroom for this computer ($computer) yet. See {repository}/blob/v{version}/docs/install.md" ;;
  esac

  has curl || has wget || stop "Downloading needs the program curl or wget. Install one of them, then try again."
  has sha256sum || has shasum || has openssl || stop "Checking the download needs sha256sum, shasum or openssl."
  work=$(mktemp -d)
  new=
  trap 'rm -rf "$work"; [ -z "$new" ] || rm -f "$new"' EXIT
  trap 'exit 1' HUP INT TERM

  say "Downloading Anteroom {version} …"
  fetch "$from/$archive" "$work/$archive"
  fetch "$from/$archive.sha256" "$work/expected"
  read -r expected _ <"$work/expected" || true
  actual=$(checksum "$work/$archive")
  if [ -z "$expected" ] || [ "$expected" != "$actual" ]; then
    stop "The download isn't what was published, so nothing was installed. Please try again. If it happens again, tell us:
{repository}/issues
  expected $expected
  received $actual"
  fi

  tar -xzf "$work/$archive" -C "$work" || stop "The archive can't be unpacked. Nothing was installed."
  program=
  for found in "$work"/*/anteroom; do program=$found; done
  "$program" --version >/dev/null || stop "The program doesn't run on this computer. Nothing was installed."
  mkdir -p "$into" || stop "The folder $into can't be made. Choose another one: ANTEROOM_INSTALL=FOLDER"
  [ ! -d "$into/anteroom" ] || stop "There's a folder called $into/anteroom. Choose another place: ANTEROOM_INSTALL=FOLDER"
  # Put beside the old program first, then renamed over it, so that there's always a whole one.
  new=$into/.anteroom-new-$$
  cp "$program" "$new" || stop "Nothing can be written to $into. Choose another folder: ANTEROOM_INSTALL=FOLDER"
  chmod 755 "$new"
  mv -f "$new" "$into/anteroom"
  new=

  say "Installed: $into/anteroom"
  case ":${PATH:-}:" in
    *":$into:"*) say "Start with: anteroom new my-site" ;;
    *)
      say "Your terminal doesn't look for programs in that folder yet. To change that, type this line, then open a new terminal:"
      say "  echo 'export PATH=\"$into:\$PATH\"' >> $(settings)"
      say "Then start with: anteroom new my-site"
      ;;
  esac
  say "To remove it, delete $into/anteroom."
}

# The file that the person's own shell reads when a terminal opens.
# shellcheck disable=SC2088  # the tilde is for the person who types the line
settings() {
  case ${SHELL:-} in
    */zsh) printf '%s' '~/.zshrc' ;;
    */bash) if [ "$(uname -s)" = Darwin ]; then printf '%s' '~/.bash_profile'; else printf '%s' '~/.bashrc'; fi ;;
    *) printf '%s' '~/.profile' ;;
  esac
}

fetch() {
  if has curl; then
    curl --fail --silent --show-error --location --retry 3 --output "$2" "$1"
  else
    wget -q -O "$2" "$1"
  fi || stop "$1 can't be downloaded. Nothing was installed."
}

checksum() {
  if has sha256sum; then
    sha256sum "$1"
  elif has shasum; then
    shasum -a 256 "$1"
  else
    openssl dgst -sha256 -r "$1"
  fi | cut -d ' ' -f 1
}

install_anteroom
