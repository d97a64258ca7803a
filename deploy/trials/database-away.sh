#!/usr/bin/env bash
# database-away.sh [SECONDS]: takes PostgreSQL away from two nodes under load, three times: stopped, killed, and frozen so that it takes connections and answers none. Proves that requests are refused
# with 503 and Retry-After meanwhile, within bounds, that nothing is answered which is not stored, and that decisions are given again within 5 s of its return.
source "$(dirname "${BASH_SOURCE[0]}")/nodes.sh"
away=${1:-60}
rate=${RATE:-100}
machine
make_postgres
for n in 1 2; do run_node $n; done
for n in 1 2; do node_is_ready $n; done

took() { # took PATH: status and seconds
  curl -s -m 60 -o "$work/answer" -D "$work/headers" -w '%{http_code} %{time_total}' "${node_url[1]}$1"
}

slowest=0
refused() { # refused PATH: it is, with Retry-After and within 15 s
  local got
  got=$(took "$1")
  [ "${got% *}" = 503 ] || fail "$1 was answered ${got% *} while the database was away: $(head -c 300 "$work/answer")"
  case $1 in /health/*) ;; *) grep -qi '^retry-after:' "$work/headers" || fail "$1 was refused without Retry-After" ;; esac
  awk -v t="${got#* }" 'BEGIN { exit !(t < 15) }' || fail "$1 took ${got#* } s while the database was away"
  slowest=$(awk -v a="$slowest" -v b="${got#* }" 'BEGIN { print (a > b ? a : b) }')
}

round() { # round NAME TAKE GIVE
  local file=$work/load.$1 returned first lines
  slowest=0
  first_number=$((first_number + 1000000))
  lines=$(cat "$work"/node.*.log | wc -l)
  $LOANRISK_TRIAL_CLIENT load "$file" $((away + 20)) "$rate" 64 $first_number "${node_url[1]}" "${node_url[2]}" > "$work/figures.$1" & load_pid=$!
  sleep 5
  $2
  local until=$(($(date +%s) + away))
  sleep 2
  while [ "$(date +%s)" -lt "$until" ]; do
    for path in /health/ready /api/v1/decisions/00000000000000000000000000000000; do refused $path; done
    [ "$(curl -s -o /dev/null -w '%{http_code}' "${node_url[1]}/health/live")" = 200 ] || fail "/health/live is not 200 while the database is away"
    sleep 1
  done
  $3
  returned=$(now_ms)
  wait $load_pid || fail "the client: $(cat "$work/figures.$1")"
  load_pid=
  first=$(awk -v back="$returned" '$2 == "Acknowledged" && $1 + $4 >= back { t = $1 + $4 - back; if (best == "" || t < best) best = t } END { printf "%.0f", best }' "$file")
  [ -n "$first" ] || fail "$1: no decision was given after the database was back"
  longest=$(awk '$2 != "Acknowledged" && $4 > m { m = $4 } END { printf "%.0f", m }' "$file")
  say "$1 for $away s: $(cat "$work/figures.$1") back_after_ms=$first longest_refusal_ms=$longest slowest_page_s=$slowest log_lines=$(($(cat "$work"/node.*.log | wc -l) - lines))"
  [ "$(figure wrong "$work/figures.$1")" = 0 ] || fail "$1: answers that are neither a decision nor 503 with Retry-After"
  [ "$(figure refused "$work/figures.$1")" -gt 0 ] || fail "$1: nothing was refused"
  [ "$first" -le 5000 ] || fail "$1: decisions came $first ms after the database was back"
  for n in 1 2; do node_is_ready $n; done
}

first_number=0
round stopped stop_postgres start_postgres
round killed kill_postgres start_postgres
round frozen freeze_postgres thaw_postgres
client verify "$work"/load.stopped "$work"/load.killed "$work"/load.frozen > "$work/verified" || fail "$(cat "$work/verified")"
say "$(cat "$work/verified")"
say "PASSED: three times $away s without the database; nothing was answered that is not stored"
