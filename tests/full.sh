#!/usr/bin/env bash
# The full matrix, before a release: every page at every width and scheme, under a sub-path, from a disk,
# Lighthouse on one page of each kind, and what people install with. Takes about an hour on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/browser/install.sh
install_browser_tools
site=$(mktemp -d); trap 'rm -rf "$site"' EXIT
cargo build --quiet --release
anteroom=target/release/anteroom
# A build keeps what it makes of pictures beside the site; the program holds the specimens as they are in the repository.
cp -r specimen "$site/specimens"
for theme in linen harbor meadow; do
  "$anteroom" build --deny-warnings --theme "$theme" --output "$site/$theme"
  node tests/browser/audit.mjs "$site/$theme" --lighthouse 16
  for specimen in full small rtl bilingual; do
    "$anteroom" build --site "$site/specimens/$specimen" --theme "$theme" --output "$site/$theme-$specimen"
    node tests/browser/audit.mjs "$site/$theme-$specimen" --quick
  done
done
"$anteroom" build --deny-warnings --base-url https://harmonybridge.example/sub --output "$site/sub"
"$anteroom" build --deny-warnings --portable --output "$site/portable"
node tests/browser/audit.mjs "$site/sub" --base /sub/ --quick
node tests/browser/audit.mjs "$site/portable" --file --quick
node tests/browser/themes.mjs target/release/anteroom
node tests/browser/looks.mjs target/release/anteroom
node tests/browser/silence.mjs target/release/anteroom
node tests/browser/search.mjs target/release/anteroom
node tests/browser/preview.mjs target/release/anteroom
# Laws hold for any input: more random cases than in tests/run.sh.
# So do uploads that are cut off, large sites, and every look in the gallery.
install_servers
PROPTEST_CASES=1000 ANTEROOM_MANY=1 ANTEROOM_ALL_TESTS=1 cargo test --quiet --release --test suite -- \
  hostile:: incremental:: publishing:: serve::the_gallery
# Time grows as the site does.
python3 tests/linear.py target/release/anteroom
# What people install with: each kind is made, installed without the internet, and makes a site.
bash packaging/rehearse.sh target/release/anteroom
