#!/usr/bin/env bash
# Rehearses getting Anteroom: `bash packaging/rehearse.sh PROGRAM [DONE]`, with a program that was built for this computer. The
# archive, wheel, npm packages and installer are made from it, each is installed into an empty place without the internet, and each
# starts, checks and builds a site with a PATH that holds nothing else. Files that were made are kept in DONE, if given.
# Needs Python with venv and pip, Node.js with npm, curl and tar.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server=
finish() {
  local status=$?
  [ -z "$server" ] || kill "$server"
  # What the program said at the end, where something went wrong.
  [ "$status" -eq 0 ] || tail -n 40 "$work/log" >&2
  rm -rf "$work"
}
trap finish EXIT
touch "$work/log"
made=${2:-$work/made}
mkdir -p "$made"
made=$(realpath "$made")
python=$(command -v python3 || command -v python)
make() { "$python" packaging/make.py "$@"; }
fail() { printf 'rehearse: %s\n' "$*" >&2; exit 1; }

# Takes an installed Anteroom from an empty folder to a finished site. PATH holds only the folder given, and the home is empty.
journey() {
  local name=$1 path=$2
  local home=$work/homes/$name
  mkdir -p "$home"
  run() { (cd "$home" && env -i HOME="$home" PATH="$path" LANG=C.UTF-8 "$(PATH=$path command -v anteroom)" "$@"); }
  [ "$(run --version | head -n 1 | cut -d ' ' -f 1-2)" = "anteroom $version" ] || fail "$name: --version says $(run --version)"
  {
    run new site --yes
    run check --site site
    run build --site site
    run theme check linen
  } >>"$work/log" 2>&1
  [ -s "$home/site/public/index.html" ] || fail "$name: no page was built"
  # A failure ends with the program's own status.
  local status=0 own=0
  run check --site nowhere >>"$work/log" 2>&1 || status=$?
  "$program" check --site "$home/nowhere" >>"$work/log" 2>&1 || own=$?
  if [ "$own" -eq 0 ] || [ "$status" -ne "$own" ]; then fail "$name: exit status $status, but the program's own is $own"; fi
  printf '   %s: new, check, build and theme check work\n' "$name"
}

version=$(make version)
archive=$(make here)
release=$made/releases/download/v$version

printf '== made from %s\n' "$program"
make archive --binary "$program" --out "$release"
make checksums "$release" >/dev/null
make sbom --out "$made/anteroom.cdx.json" >/dev/null
make wheel --binary "$program" --out "$made/wheels" --sbom "$made/anteroom.cdx.json"
make npm --binary "$program" --out "$work/npm" >/dev/null
make npm-main --out "$work/npm" >/dev/null
make installers --out "$made" >/dev/null

printf '== archive, unpacked by hand\n'
mkdir "$work/unpacked"
case $archive in
  *.zip) unzip -q "$release/$archive" -d "$work/unpacked" ;;
  *) tar -xzf "$release/$archive" -C "$work/unpacked" ;;
esac
journey archive "$(echo "$work"/unpacked/*)"

printf '== pip\n'
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index "$made"/wheels/*.whl
journey pip "$work/venv/bin"
"$work/venv/bin/python" -m pip uninstall --quiet --yes "$(basename "$made"/wheels/*.whl | cut -d - -f 1)"
[ ! -e "$work/venv/bin/anteroom" ] || fail "pip left the program behind"

printf '== npm\n'
mkdir "$made/npm"
for folder in "$work"/npm/*/; do (cd "$made/npm" && npm pack --silent "$folder"); done
(cd "$work" && npm install --silent --offline --no-audit --no-fund --ignore-scripts --global --prefix "$work/prefix" "$made"/npm/*.tgz)
mkdir "$work/node"
ln -s "$(node -p process.execPath)" "$work/node/node"
# The launcher begins with `#!/usr/bin/env node`.
journey npm "$work/prefix/bin:$work/node"
# A signal reaches the program, and the launcher ends as the program did.
(cd "$work/homes/npm" && exec "$work/prefix/bin/anteroom" serve --site site --port 0) >"$work/serve" 2>&1 </dev/null &
launcher=$!
address=
for _ in $(seq 100); do
  address=$(grep -o 'http://127[0-9.:]*' "$work/serve" | head -n 1) || true
  [ -n "$address" ] && curl --silent --output /dev/null "$address" && break
  sleep 0.1
done
[ -n "$address" ] || fail "npm: the preview doesn't start: $(cat "$work/serve")"
kill -TERM "$launcher"
status=0
wait "$launcher" || status=$?
if curl --silent --output /dev/null "$address"; then fail "npm: the program goes on after its launcher was stopped"; fi
printf '   npm: the preview stops with its launcher (status %s)\n' "$status"

printf '== install.sh, from a server on this computer\n'
"$python" - "$made" >"$work/port" 2>/dev/null <<'SERVER' &
import functools, http.server, sys
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
print(server.server_port, flush=True)
server.serve_forever()
SERVER
server=$!
for _ in $(seq 100); do [ -s "$work/port" ] && break; sleep 0.1; done
site=http://127.0.0.1:$(cat "$work/port")
# All that the installer needs, and no other program of this computer.
mkdir "$work/tools"
for tool in sh uname mktemp rm curl cut tar gzip mkdir cp chmod mv sysctl sha256sum shasum; do
  found=$(command -v "$tool") && ln -s "$found" "$work/tools/$tool"
done
install() { (cd "$work" && env -i HOME="$work/person" PATH="$work/tools" SHELL=/bin/bash ANTEROOM_FROM="$1" TMPDIR="$work/tmp" sh "$made/install.sh"); }
mkdir -p "$work/person" "$work/tmp"
empty() { [ -z "$(find "$work/person" "$work/tmp" -mindepth 1 -type f)" ]; }

mkdir "$work/wrong"
cp "$release/$archive" "$work/wrong/"
printf '%064d  %s\n' 0 "$archive" >"$work/wrong/$archive.sha256"
mv "$work/wrong" "$made/wrong"
if install "$site/wrong" >"$work/said" 2>&1; then fail "install.sh takes a wrong checksum"; fi
grep -q "isn't what was published" "$work/said" || fail "install.sh says: $(cat "$work/said")"
empty || fail "install.sh leaves something behind after a wrong checksum"
rm "$made/wrong/$archive.sha256"
if install "$site/wrong" >"$work/said" 2>&1; then fail "install.sh goes on without a checksum"; fi
empty || fail "install.sh leaves something behind without a checksum"
rm -r "$made/wrong"
install "$site/releases/download/v$version" | sed 's/^/   /'
journey install.sh "$work/person/.local/bin"
install "$site/releases/download/v$version" >/dev/null
[ "$(find "$work/person" -type f)" = "$work/person/.local/bin/anteroom" ] || fail "install.sh leaves more than the program"
[ -z "$(ls -A "$work/tmp")" ] || fail "install.sh leaves something in the folder for temporary files"

if [ "$archive" = anteroom-linux.tar.gz ]; then
  printf '== build.sh, which hosts run\n'
  sed "s|{repository}|$site|; s|{version}|$version|" src/scaffold/hosts/build.sh >"$work/homes/install.sh/site/build.sh"
  grep -q "{" "$work/homes/install.sh/site/build.sh" && fail "a mark in build.sh isn't filled"
  (cd "$work/homes/install.sh/site" && rm -r public && sh build.sh build >>"$work/log" 2>&1 && [ -s public/index.html ])
  [ ! -e "$work/homes/install.sh/site/anteroom-linux" ] || fail "build.sh leaves something behind"
  printf '   build.sh: the site is built\n'
fi
printf 'Everything that was made installs and works.\n'
