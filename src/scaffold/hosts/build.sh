#!/bin/sh
# Fetches Anteroom and builds the site into `public`. It stops at warnings, so that nothing unfinished is published.
set -eu
name=anteroom-v{version}-x86_64-unknown-linux-musl
from={repository}/releases/download/v{version}
curl --fail --silent --show-error --location --remote-name "$from/$name.tar.gz" --remote-name "$from/$name.tar.gz.sha256"
sha256sum --check "$name.tar.gz.sha256"
tar -xzf "$name.tar.gz"
"$name/anteroom" build --deny-warnings
rm -r "$name" "$name.tar.gz" "$name.tar.gz.sha256"
