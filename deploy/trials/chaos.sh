#!/usr/bin/env bash
# chaos.sh [SECONDS]: kills a node, the database or the worker with SIGKILL, at random, under load: three nodes behind nginx on one PostgreSQL, while two programs promote models against each other.
# Proves that no decision that was answered is lost or stored twice, that each promotion took the place of the champion there was, that one that was acknowledged is in the history once and one that was refused
# never, that one champion is left, and that all goes on within 10 s of each kill.
source "$(dirname "${BASH_SOURCE[0]}")/nodes.sh"
seconds=${1:-300}
rate=${RATE:-100}
most_ms=${MOST_MS:-10000}
product=peerloan
machine
make_postgres
for n in 1 2 3; do run_node $n; done
for n in 1 2 3; do node_is_ready $n; done
run_worker
start_nginx
second_model $product

$LOANRISK_TRIAL_CLIENT load "$work/load" "$seconds" "$rate" 32 0 "$address" > "$work/figures" & load_pid=$!
swap_pid=
for n in 1 2; do
  $LOANRISK_TRIAL_CLIENT swap "$work/swap.$n" $((seconds * 2)) 500 $product "${models[0]}" "${models[1]}" > /dev/null & swap_pid="$swap_pid $!"
done

sleep 5 # those who promote open the registry
declare -A kills=([node]=0 [database]=0 [worker]=0) slowest=([node]=0 [database]=0 [worker]=0)
recovered() { # recovered KIND SINCE_MS: notes how long it took
  local took=$(($(now_ms) - $2))
  kills[$1]=$((kills[$1] + 1))
  [ $took -le "${slowest[$1]}" ] || slowest[$1]=$took
}

decided() { # until decisions are given again through nginx
  local n
  for n in $(seq 300); do [ "$(decide)" = 200 ] && return 0; sleep 0.05; done
  fail "no decision was given"
}

end=$(($(date +%s) + seconds - 10))
while [ "$(date +%s)" -lt $end ]; do
  sleep $((RANDOM % 3 + 1))
  since=$(now_ms)
  case $((RANDOM % 3)) in
    0) n=$((RANDOM % 3 + 1)); kill_node $n; run_node $n; decided; node_is_ready $n; recovered node "$since" ;;
    1) kill_postgres; start_postgres; decided; for n in 1 2 3; do node_is_ready $n; done; recovered database "$since" ;;
    2) kill_worker; run_worker; for _ in $(seq 200); do grep -q . "$work/worker.log" && break; sleep 0.05; done; recovered worker "$since" ;;
  esac
done
wait $load_pid || fail "the client: $(cat "$work/figures")"
load_pid=
kill $swap_pid 2> /dev/null || true
wait $swap_pid 2> /dev/null || true
swap_pid=
say "$(cat "$work/figures")"
for kind in node database worker; do say "$kind: kills=${kills[$kind]} slowest_recovery_ms=${slowest[$kind]}"; done
client verify "$work/load" "$work/swap.1.promotions" "$work/swap.2.promotions" > "$work/verified" || fail "$(cat "$work/verified")"
say "$(cat "$work/verified")"
[ "$(figure promotions_acknowledged "$work/verified")" -gt 0 ] || fail "no promotion held"
[ "$(figure wrong "$work/figures")" = 0 ] || fail "answers that are neither a decision nor 503 with Retry-After nor the proxy's"
for kind in node database worker; do [ "${slowest[$kind]}" -le "$most_ms" ] || fail "after the kill of a $kind it took ${slowest[$kind]} ms"; done
say "PASSED: $((kills[node] + kills[database] + kills[worker])) kills in $seconds s; none of $(figure acknowledged "$work/verified") decisions lost or doubled, $(figure promotions "$work/verified") promotions one after the other, $(figure promotions_acknowledged "$work/verified") of them acknowledged, each once"
