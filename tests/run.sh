#!/usr/bin/env bash
# All tests of the default kind: format, lints, Rust tests, the demo practice in a real browser.
# Installs what is missing (Chromium and Java from the system's packages, the npm tools in tests/browser, the
# reader of feeds from PyPI, and the servers that `publish` is tried with).
# The full matrix (every theme, page, width and scheme, Lighthouse) is tests/full.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/browser/install.sh

step() { printf '\n== %s\n' "$1"; }
started=$SECONDS

step "format";      cargo fmt --check
step "lints";       cargo clippy --quiet --all-targets -- -D warnings
step "docs";        RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps
step "install";     install_browser_tools; install_servers
# Laws are tried with fewer random cases than in tests/full.sh.
step "Rust tests";  PROPTEST_CASES=80 ANTEROOM_ALL_TESTS=1 cargo test --quiet --no-fail-fast
site=$(mktemp -d); trap 'rm -rf "$site"' EXIT
for theme in linen harbor meadow; do
  step "demo site in $theme"
  cargo run --quiet -- build --deny-warnings --today 2026-11-24 --theme "$theme" --output "$site/$theme"
  node tests/browser/audit.mjs "$site/$theme" --quick --sample
done
step "structured data"
npm ci --silent --no-audit --no-fund --prefix tests/schema-org
specimens=()
# A build keeps what it makes of pictures beside the site; the program holds the specimens as they are in the repository.
cp -r specimen "$site/specimens"
for specimen in full small rtl bilingual; do
  cargo run --quiet -- build --quiet --site "$site/specimens/$specimen" --output "$site/$specimen"
  specimens+=("$site/$specimen")
done
node tests/schema-org/check.mjs "$site/linen" "${specimens[@]}"
step "feeds"
install_feed_reader "$site/python"
PYTHONPATH="$site/python" python3 tests/feed/check.py "$site/linen/feed.xml" "$site/full/feed.xml" "$site/rtl/feed.xml"
step "packaging";   python3 packaging/test_make.py
step "themes";      node tests/browser/themes.mjs target/debug/anteroom
step "looks";       node tests/browser/looks.mjs target/debug/anteroom
step "findings";   node tests/browser/findings.mjs target/debug/anteroom
step "fonts";      node tests/browser/fonts.mjs target/debug/anteroom
step "silence";    node tests/browser/silence.mjs target/debug/anteroom
step "search";      node tests/browser/search.mjs target/debug/anteroom
step "preview";     node tests/browser/preview.mjs target/debug/anteroom
printf '\nAll tests passed in %s seconds.\n' "$((SECONDS - started))"
