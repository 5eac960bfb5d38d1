# What the browser tests need; sourced by tests/run.sh and tests/full.sh. Installs only what is missing.

install_browser_tools() {
  local missing=()
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
  command -v java >/dev/null || missing+=(default-jre-headless)
  if command -v fc-list >/dev/null && fc-list | grep -q P052; then :; else missing+=(fonts-urw-base35 fonts-noto-core); fi
  if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  if ! cmp -s tests/browser/package-lock.json tests/browser/node_modules/.installed; then
    (cd tests/browser && npm ci --no-audit --no-fund --silent)
    cp tests/browser/package-lock.json tests/browser/node_modules/.installed
  fi
}
