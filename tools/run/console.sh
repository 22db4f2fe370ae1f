# Named steps with elapsed times. A step's output goes to build/logs; when it fails, the step, the
# log and the likely cause are named. Stopping this script stops the step that runs.

STARTED_MS=${MCPH_RUN_STARTED_MS:-$(date +%s%3N)}
export MCPH_RUN_STARTED_MS=$STARTED_MS
HEARTBEAT_S=30
running_group=
heartbeat_group=

elapsed() {
  ms=$(($(date +%s%3N) - STARTED_MS))
  printf '[%4d.%d s]' $((ms / 1000)) $((ms % 1000 / 100))
}

say() { printf '%s %s\n' "$(elapsed)" "$*"; }

# The group of a process that was started a moment ago may not be there yet.
stop_group() {
  [ -z "$1" ] || kill -TERM "-$1" 2>/dev/null || kill -TERM "$1" 2>/dev/null || :
}

stop_step() {
  stop_group "$heartbeat_group"
  stop_group "$running_group"
  [ -z "$running_group" ] || wait "$running_group" 2>/dev/null || :
  heartbeat_group= running_group=
}

trap 'stop_step; exit 130' INT
trap 'stop_step; exit 143' TERM HUP
trap stop_step EXIT

# Prints the last line of a growing log now and then, so that a long step is seen to move.
heartbeat() {
  while sleep "$HEARTBEAT_S"; do
    last=$(tail -c 400 "$1" 2>/dev/null | tr '\r' '\n' | grep -v '^ *$' | tail -n 1 | cut -c 1-90)
    printf '           ... %s\n' "$last"
  done
}

# The command gets SIGTERM when the shell that started it is gone, even killed outright.
dies_with_us() { setpriv --pdeathsig TERM "$@"; }

start_heartbeat() {
  setsid setpriv --pdeathsig TERM sh "$ROOT/run" --step heartbeat "$1" 2>/dev/null &
  heartbeat_group=$!
}

# try_step NAME LOG COMMAND... : runs a command or a function of these files; its status is returned.
try_step() {
  step_name=$1 step_log=$2
  shift 2
  mkdir -p "$(dirname "$step_log")"
  say "$step_name"
  setsid setpriv --pdeathsig TERM sh "$ROOT/run" --step "$@" >"$step_log" 2>&1 &
  running_group=$!
  start_heartbeat "$step_log"
  status=0
  wait "$running_group" || status=$?
  running_group=
  stop_step
  return "$status"
}

# step NAME LOG LIKELY_CAUSE COMMAND... : as try_step, and the end of everything when it fails.
step() {
  step_cause=$3
  set_aside_name=$1 set_aside_log=$2
  shift 3
  try_step "$set_aside_name" "$set_aside_log" "$@" || fail "$step_name" "$step_log" "$step_cause"
}

fail() {
  {
    printf '\n%s FAILED: %s\n' "$(elapsed)" "$1"
    if [ -s "$2" ]; then
      echo '  last lines:'
      tail -n 15 "$2" | cut -c 1-200 | sed 's/^/    /'
    fi
    printf '  log file:     %s\n  likely cause: %s\n' "$2" "$3"
  } >&2
  exit 1
}
