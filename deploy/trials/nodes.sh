# Sourced by the trials of several nodes, on top of site.sh: a PostgreSQL server of their own, nodes and nginx on 127.0.0.1, and the client that keeps what it was answered.
# LOANRISK_TRIAL_CLIENT is the command of the client (words, no quotes); unset, the checkout's is built.
if [ -z "${LOANRISK_TRIAL_CLIENT:-}" ]; then
  dotnet build "$(dirname "${BASH_SOURCE[0]}")/client" -c Release -v q -clp:NoSummary
  LOANRISK_TRIAL_CLIENT="dotnet $(cd "$(dirname "${BASH_SOURCE[0]}")/client" && pwd)/bin/Release/net10.0/LoanRisk.TrialClient.dll"
fi
source "$(dirname "${BASH_SOURCE[0]}")/site.sh"

declare -A node_pid node_url
pg_pid= pg_dir= worker_pid= nginx_pid=
client() { $LOANRISK_TRIAL_CLIENT "$@"; }

now_ms() { date +%s%3N; }

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2> /dev/null || { echo "$port"; return; }
  done
}

pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1)
[ -n "$pg_bin" ] || pg_bin=$(dirname "$(command -v postgres || echo /nowhere/postgres)")
[ -x "$pg_bin/initdb" ] || skip "PostgreSQL is needed (Debian's postgresql-15)"
as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" -eq 0 ]; then
    local user=nobody; id postgres > /dev/null 2>&1 && user=postgres
    exec setpriv --reuid=$user --regid="$(id -gn $user)" --clear-groups "$@"
  fi
  exec "$@"
}

make_postgres() {
  local password
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  pg_port=$(free_port)
  pg_dir=$(cd / && as_postgres mktemp -d /tmp/loanrisk-trial-pg-XXXXXX)
  (cd / && printf %s "$password" | (as_postgres sh -c 'cat > "$1/password" && "$0/initdb" -D "$1/data" -U loanrisk -A scram-sha-256 --pwfile="$1/password" -E UTF8 --locale=C --no-sync > /dev/null' "$pg_bin" "$pg_dir"))
  export LOANRISK_DATABASE="postgres://loanrisk:$password@127.0.0.1:$pg_port/postgres"
  start_postgres
}

start_postgres() {
  (cd / && as_postgres "$pg_bin/postgres" -D "$pg_dir/data" -p "$pg_port" -k "$pg_dir" -c listen_addresses=127.0.0.1 >> "$work/postgres.log" 2>&1) &
  pg_pid=$!
  for _ in $(seq 600); do
    "$pg_bin/pg_isready" -q -h 127.0.0.1 -p "$pg_port" && return 0
    if ! kill -0 $pg_pid 2> /dev/null; then # killed before, its children may hold the memory for a moment
      wait $pg_pid 2> /dev/null || true
      (cd / && as_postgres "$pg_bin/postgres" -D "$pg_dir/data" -p "$pg_port" -k "$pg_dir" -c listen_addresses=127.0.0.1 >> "$work/postgres.log" 2>&1) &
      pg_pid=$!
    fi
    sleep 0.1
  done
  fail "PostgreSQL does not answer: $(tail -5 "$work/postgres.log")"
}

kill_postgres() { # all of it, as a power cut does
  local children
  children=$(ps -o pid= --ppid "$pg_pid")
  kill -9 "$pg_pid" $children 2> /dev/null || true
  wait "$pg_pid" 2> /dev/null || true
  pg_pid=
}

stop_postgres() { kill -INT "$pg_pid"; wait "$pg_pid" 2> /dev/null || true; pg_pid=; }

# freeze_postgres, thaw_postgres: it keeps its connections and takes new ones, and answers none, as a host does that hangs or is cut off.
freeze_postgres() { kill -STOP "$pg_pid" $(ps -o pid= --ppid "$pg_pid"); }
thaw_postgres() { kill -CONT "$pg_pid" $(ps -o pid= --ppid "$pg_pid"); }

# run_node NUMBER [COMMAND...]: starts it on the address it had before; does not wait.
run_node() {
  local number=$1; shift
  [ -n "${LOANRISK_TRIAL_KEY:-}" ] || LOANRISK_DATA="$work/console" let_in
  node_url[$number]=${node_url[$number]:-http://127.0.0.1:$(free_port)}
  mkdir -p "$work/node.$number"
  env LOANRISK_DATA="$work/node.$number" LOANRISK_JOBS=none ASPNETCORE_URLS="${node_url[$number]}" LoanRisk__RequestsPerMinute=0 \
    LoanRisk__Proxies=127.0.0.1 ${node_settings:-} ${*:-$LOANRISK_WEB} >> "$work/node.$number.log" 2>&1 &
  node_pid[$number]=$!
}

# node_is_ready NUMBER: waits for it, two minutes at most.
node_is_ready() {
  log=$work/node.$1.log
  for _ in $(seq 1200); do
    [ "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "${node_url[$1]}/health/ready")" = 200 ] && return 0
    kill -0 "${node_pid[$1]}" 2> /dev/null || fail "node $1 did not start"
    sleep 0.1
  done
  fail "node $1 was not ready within two minutes"
}

kill_node() { kill -9 "${node_pid[$1]}"; wait "${node_pid[$1]}" 2> /dev/null || true; }

stop_node() { kill "${node_pid[$1]}"; wait "${node_pid[$1]}" 2> /dev/null || true; }

# run_worker: starts it anew; its log tells when it waits for jobs.
run_worker() { env LOANRISK_DATA="$work/worker" $LOANRISK_CONSOLE worker > "$work/worker.log" 2>&1 & worker_pid=$!; }

kill_worker() { kill -9 "$worker_pid"; wait "$worker_pid" 2> /dev/null || true; }

# start_nginx: before the nodes there are, as deploy/nginx/two-nodes.conf says.
start_nginx() {
  local nginx servers='' number
  nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || skip "nginx is needed"
  for number in "${!node_url[@]}"; do servers="$servers server ${node_url[$number]#http://} max_fails=1 fail_timeout=1s;"; done
  nginx_port=$(free_port)
  mkdir -p "$work/nginx/logs"
  {
    echo 'daemon off; worker_processes 1; pid nginx.pid; error_log logs/error.log;'
    echo 'events { worker_connections 4096; } http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;'
    sed -e "s|listen 8080;|listen 127.0.0.1:$nginx_port;|" -e "s|server web-1:8080.*|$servers|" -e '/server web-2:8080/d' "$checkout/deploy/nginx/two-nodes.conf"
    echo '}'
  } > "$work/nginx/nginx.conf"
  "$nginx" -p "$work/nginx" -c "$work/nginx/nginx.conf" -e "$work/nginx/logs/error.log" &
  nginx_pid=$!
  address=http://127.0.0.1:$nginx_port
  expect 200 ask /health/ready
}

undo() {
  local pid
  for pid in ${load_pid:-} ${swap_pid:-} $worker_pid ${node_pid[*]}; do kill -9 "$pid" 2> /dev/null || true; done
  [ -z "$nginx_pid" ] || kill "$nginx_pid" 2> /dev/null || true
  [ -z "$pg_pid" ] || { thaw_postgres 2> /dev/null || true; kill_postgres; }
  wait 2> /dev/null || true
  [ -z "$pg_dir" ] || rm -rf "$pg_dir"
}

# figure NAME FILE: the value of NAME=VALUE in a line of figures.
figure() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" "$2" | tail -1; }

machine() { say "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores, load average at the start $(cut -d' ' -f1-3 /proc/loadavg)"; }

# second_model PRODUCT: registers another model of a product: the shipped trees without their calibration. Its models' ids are in $models then.
second_model() {
  LOANRISK_DATA="$work/console" $LOANRISK_CONSOLE models import "$LOANRISK_PRODUCTS/$1/champion/model.txt" --product "$1" --by trial > "$work/import" 2>&1 || fail "$(cat "$work/import")"
  mapfile -t models < <(LOANRISK_DATA="$work/console" $LOANRISK_CONSOLE models list --product "$1" | grep -o '\b[0-9a-f]\{12\}\b' | sort -u)
  [ ${#models[@]} -eq 2 ] || fail "there are not two models of $1: ${models[*]}"
}
