#!/usr/bin/env bash
# slow-connections.sh [CONNECTIONS] [SECONDS]: opens connections to a node that send a byte a second and never end their request, and measures decisions without and with them. Proves that every other
# request is answered, and that the slowest hundredth takes at most MOST (1.2) times as long.
source "$(dirname "${BASH_SOURCE[0]}")/nodes.sh"
connections=${1:-5000}
seconds=${2:-30}
ulimit -n $((connections + 2000)) 2> /dev/null || skip "$((connections + 2000)) open files are needed (ulimit -n)"
machine
make_postgres
run_node 1
node_is_ready 1
client slow "$connections" "$seconds" "${RATE:-100}" "${node_url[1]}" > "$work/figures" || fail "$(cat "$work/figures")"
say "$(cat "$work/figures")"
awk -v r="$(figure ratio "$work/figures")" -v most="${MOST:-1.2}" 'BEGIN { exit !(r <= most) }' || fail "the p99 of others was $(figure ratio "$work/figures") times as long"
say "PASSED: $connections slow connections; the p99 of others was $(figure ratio "$work/figures") times as long"
