#!/bin/sh
# A private PostgreSQL cluster: everything in one folder, a Unix socket, no TCP port.
#   postgres.sh init DATA           makes the cluster (superuser mcp_host)
#   postgres.sh serve DATA SOCKET [OPTION=VALUE...]   is the server, in the foreground
# PostgreSQL refuses to run as root; root becomes the user postgres that its package made.
set -eu

for candidate in /usr/lib/postgresql/*/bin; do
  [ -x "$candidate/initdb" ] && BIN=$candidate
done
[ -n "${BIN:-}" ] || { echo 'postgres.sh: no PostgreSQL server in /usr/lib/postgresql' >&2; exit 1; }

# exec_unprivileged SIGNAL COMMAND... : SIGNAL reaches the command should our parent die unasked.
exec_unprivileged() {
  signal=$1
  shift
  if [ "$(id -u)" -eq 0 ]; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups --pdeathsig "$signal" "$@"
  fi
  exec setpriv --pdeathsig "$signal" "$@"
}

data=${2:?a data folder}
case ${1:-} in
  init)
    mkdir -p "$data"
    chmod 700 "$data"
    [ "$(id -u)" -ne 0 ] || chown postgres: "$data"
    cd /
    exec_unprivileged TERM "$BIN/initdb" -D "$data" -U mcp_host -A trust -E UTF8 --no-locale --no-sync --no-instructions
    ;;
  serve)
    socket=${3:?a folder for the socket}
    shift 3
    mkdir -p "$socket"
    chmod 700 "$socket"
    [ "$(id -u)" -ne 0 ] || chown postgres: "$socket"
    set -- -D "$data" -k "$socket" "$@"
    cd /
    exec_unprivileged INT "$BIN/postgres" -c listen_addresses= "$@"
    ;;
  *)
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
