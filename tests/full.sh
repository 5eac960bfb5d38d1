#!/usr/bin/env bash
# The full matrix, before a release: every page at every width and scheme, under a sub-path, from a disk,
# and Lighthouse on one page of each kind. Takes about ten minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/browser/install.sh
install_browser_tools
site=$(mktemp -d); trap 'rm -rf "$site"' EXIT
cargo run --quiet --release -- build --deny-warnings --output "$site/public"
cargo run --quiet --release -- build --deny-warnings --base-url https://harmonybridge.example/sub --output "$site/sub"
cargo run --quiet --release -- build --deny-warnings --portable --output "$site/portable"
node tests/browser/audit.mjs "$site/public" --lighthouse 16
node tests/browser/audit.mjs "$site/sub" --base /sub/ --quick
node tests/browser/audit.mjs "$site/portable" --file --quick
node tests/browser/preview.mjs target/release/anteroom
