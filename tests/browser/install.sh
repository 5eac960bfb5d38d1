# What the tests of finished sites need; sourced by tests/run.sh and tests/full.sh. Installs only what is missing.

install_browser_tools() {
  local missing=()
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
  command -v java >/dev/null || missing+=(default-jre-headless)
  # The fonts that linen's stacks resolve to on Linux; without them pages are measured in another face.
  [ -n "$(fc-list P052 2>/dev/null)" ] || missing+=(fontconfig fonts-urw-base35 fonts-noto-core)
  if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  if ! cmp -s tests/browser/package-lock.json tests/browser/node_modules/.installed; then
    (cd tests/browser && npm install --no-audit --no-fund --silent)
    cp tests/browser/package-lock.json tests/browser/node_modules/.installed
  fi
}

# What `publish` sends to: OpenSSH's server, and rsync on both sides. And what finished sites are served by: Apache, nginx, Caddy.
install_servers() {
  local missing=()
  [ -x /usr/sbin/sshd ] || missing+=(openssh-server)
  command -v sftp >/dev/null || missing+=(openssh-client)
  command -v rsync >/dev/null || missing+=(rsync)
  command -v git >/dev/null || missing+=(git)
  [ -x /usr/sbin/proftpd ] && [ -e /usr/lib/proftpd/mod_tls.so ] || missing+=(proftpd-core proftpd-mod-crypto)
  [ -x /usr/sbin/apache2 ] || missing+=(apache2)
  [ -x /usr/sbin/nginx ] || missing+=(nginx)
  command -v caddy >/dev/null || missing+=(caddy)
  if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

# The library that reads feeds, into a folder of its own: the system's Python stays as it is.
install_feed_reader() {
  if ! python3 -m pip --version >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-pip >/dev/null
  fi
  PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --target "$1" -r tests/feed/requirements.txt
}
