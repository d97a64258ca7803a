#!/usr/bin/env bash
# model-swaps.sh [SWAPS]: lets two models serve in turns, ten a second, while two nodes answer RATE (1,000) requests a second. Proves that no request fails, and that each answer recomputes from the
# model that it names.
source "$(dirname "${BASH_SOURCE[0]}")/nodes.sh"
swaps=${1:-1000}
rate=${RATE:-1000}
product=peerloan
machine
make_postgres
for n in 1 2; do run_node $n; done
for n in 1 2; do node_is_ready $n; done
address=${node_url[1]}
second_model $product
client load "$work/warm" 3 100 16 90000000 "${node_url[1]}" "${node_url[2]}" > /dev/null
$LOANRISK_TRIAL_CLIENT load "$work/load" 3600 "$rate" 128 0 "${node_url[1]}" "${node_url[2]}" > "$work/figures" & load_pid=$!
client swap "$work/swaps" "$swaps" 100 $product "${models[0]}" "${models[1]}" || fail "the models cannot be swapped"
kill $load_pid
wait $load_pid || fail "the client: $(cat "$work/figures")"
load_pid=
say "$(cat "$work/figures")"
client verify "$work/load" > "$work/verified" || fail "$(cat "$work/verified")"
say "$(cat "$work/verified")"
[ "$(figure promoted "$work/swaps")" = "$swaps" ] || fail "the models were swapped $(figure promoted "$work/swaps") times"
[ "$(figure requests "$work/figures")" = "$(figure acknowledged "$work/figures")" ] || fail "requests were not answered with a decision"
[ "$(figure models "$work/verified")" = 2 ] || fail "$(figure models "$work/verified") models answered, not both"
say "PASSED: $swaps swaps under $(figure requests "$work/figures") requests in $(figure seconds "$work/figures") s; every answer is what its model says"
