# Debian packages: what tools/packages.txt lists for the sets a verb names, installed if missing.

packages_of() {
  for set in "$@"; do
    sed 's/#.*//' tools/packages.txt | awk -v set="$set" '$2 == set { print $1 }'
  done
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_packages() {
  for package in $(packages_of "$@"); do
    is_installed "$package" || echo "$package"
  done
  # Node itself comes from npm; Debian's pair is only needed where nothing brings npm.
  command -v npm >/dev/null || echo nodejs npm
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian's server package would create and start a cluster of its own; ours is private.
without_main_cluster() {
  as_root mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' |
    as_root tee /etc/postgresql-common/createcluster.d/mcp-host.conf >/dev/null
}

apt_install() {
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# install_packages SET... : runs in the foreground, since sudo may ask for a password.
install_packages() {
  missing=$(missing_packages "$@" | tr '\n' ' ')
  missing=${missing% }
  [ -n "$missing" ] || return 0
  log=$BUILD/logs/packages.log
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    fail 'packages' "$log" "not root and no sudo; as root: apt-get install $missing"
  fi
  say "packages: $missing"
  case " $missing " in *' postgresql-15 '*) without_main_cluster ;; esac
  start_heartbeat "$log"
  # shellcheck disable=SC2086 # a list of names
  apt_install $missing >"$log" 2>&1 ||
    fail 'packages' "$log" 'no network, another apt is running, or not Debian 12'
  stop_step
}
