#!/usr/bin/env bash
# Runs a command with a throwaway PostgreSQL, Redis, S3 and mail server of its own:
#   tests/with-servers.sh cargo nextest run
# The command finds them in HANDOVER_TEST_POSTGRES (a maintenance database; tests create their own beside it), HANDOVER_TEST_REDIS,
# HANDOVER_TEST_S3, HANDOVER_TEST_SMTP and HANDOVER_TEST_SMTP_BOX (a maildir with what was accepted). All listen on free local ports, keep
# nothing safe on disk, and are gone afterwards.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 2; }

# initdb refuses root, so root lends the servers to somebody without rights.
servant=()
if [ "$(id -u)" -eq 0 ]; then
  user=nobody
  getent passwd postgres >/dev/null && user=postgres
  servant=(runuser -u "$user" --)
fi
as_servant() { (cd "$dir" && "${servant[@]}" "$@"); }

find_initdb() {
  command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1
}
initdb=$(find_initdb) && [ -n "$initdb" ] || { echo "$0: PostgreSQL is missing; run make tools" >&2; exit 1; }
command -v redis-server >/dev/null || { echo "$0: redis-server is missing; run make tools" >&2; exit 1; }
pg_ctl=$(dirname "$initdb")/pg_ctl
"$(dirname "$0")/stand-ins.sh" || { echo "$0: the stand-ins for S3 and mail are missing; run make tools" >&2; exit 1; }
stand_ins=$(cd "$(dirname "$0")/../target/stand-ins/bin" && pwd)

# In /tmp itself: a socket's path may not be long, and the servant must reach it.
dir=$(mktemp -d /tmp/handover-servers.XXXXXX)
child=
helpers=()

stop() {
  trap - EXIT INT TERM HUP
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null || true
  for helper in "${helpers[@]}"; do kill -TERM "$helper" 2>/dev/null || true; done
  for helper in "${helpers[@]}"; do wait "$helper" 2>/dev/null || true; done
  if [ -f "$dir/pg/postmaster.pid" ]; then as_servant "$pg_ctl" stop -D "$dir/pg" -m immediate -s || true; fi
  if [ -f "$dir/redis.pid" ]; then
    redis=$(cat "$dir/redis.pid")
    kill -TERM "$redis" 2>/dev/null || true
    while kill -0 "$redis" 2>/dev/null; do sleep 0.05; done
  fi
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

[ ${#servant[@]} -eq 0 ] || chown "$user" "$dir"

# Above the usual services, below the range from which the kernel takes ports for outgoing connections.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

start_postgres() {
  local options="-c listen_addresses=127.0.0.1 -c port=$1 -c unix_socket_directories=$dir -c max_connections=300 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum_naptime=10min"
  as_servant "$pg_ctl" start -D "$dir/pg" -l "$dir/postgres.log" -w -t 30 -s -o "$options"
}

start_redis() {
  as_servant redis-server --port "$1" --bind 127.0.0.1 --dir "$dir" --save '' --appendonly no \
    --daemonize yes --pidfile "$dir/redis.pid" --logfile "$dir/redis.log" >/dev/null || return 1
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && [ -s "$dir/redis.pid" ] && return 0
    sleep 0.05
  done
  return 1
}

start_s3() {
  "$stand_ins/moto_server" -H 127.0.0.1 -p "$1" >"$dir/s3.log" 2>&1 &
  started "$1" $!
}

start_smtp() {
  "$stand_ins/aiosmtpd" -n -l "127.0.0.1:$1" -c aiosmtpd.handlers.Mailbox "$dir/mails" >"$dir/smtp.log" 2>&1 &
  started "$1" $!
}

# Waits until the helper listens; it may take its time while everything compiles.
started() {
  for _ in $(seq 600); do
    kill -0 "$2" 2>/dev/null || return 1
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then helpers+=("$2"); return 0; fi
    sleep 0.05
  done
  kill -TERM "$2" 2>/dev/null || true
  return 1
}

# Somebody may take the port between the look and the start; then look again.
start() {
  for _ in 1 2 3 4 5; do
    port=$(free_port)
    "start_$1" "$port" && return
  done
  echo "$0: $1 did not start:" >&2
  cat "$dir/$1.log" >&2
  exit 1
}

as_servant "$initdb" -D "$dir/pg" -U handover -A trust -E UTF8 --locale=C --no-sync --no-instructions >"$dir/initdb.log" ||
  { cat "$dir/initdb.log" >&2; exit 1; }
start postgres
export HANDOVER_TEST_POSTGRES="postgres://handover@127.0.0.1:$port/postgres"
start redis
export HANDOVER_TEST_REDIS="redis://127.0.0.1:$port"
start s3
export HANDOVER_TEST_S3="http://127.0.0.1:$port"
start smtp
export HANDOVER_TEST_SMTP="smtp://127.0.0.1:$port" HANDOVER_TEST_SMTP_BOX="$dir/mails"

# In the background, so that a signal to this script is heard at once and not after the command.
"$@" <&0 &
child=$!
wait "$child" && status=0 || status=$?
child=
exit "$status"
