#!/bin/sh
# Fetches Anteroom and builds the site into `public`. It stops at warnings, so that nothing unfinished is published,
# but not at what time alone has brought, such as a licence that has expired: the rest of the site stays up to date.
# With words after it, Anteroom does what they say instead: `sh build.sh check --deny-stale`.
set -eu
name=anteroom-linux
from={repository}/releases/download/v{version}
curl --fail --silent --show-error --location --remote-name "$from/$name.tar.gz" --remote-name "$from/$name.tar.gz.sha256"
sha256sum --check "$name.tar.gz.sha256"
tar -xzf "$name.tar.gz"
if [ $# -eq 0 ]; then set -- build --deny-warnings; fi
status=0
"$name/anteroom" "$@" || status=$?
rm -r "$name" "$name.tar.gz" "$name.tar.gz.sha256"
exit "$status"
