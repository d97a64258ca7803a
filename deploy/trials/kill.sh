#!/usr/bin/env bash
# kill.sh [ROUNDS]: kills the site with SIGKILL while four clients send applications, starts it again, and looks up every decision that was answered. Proves that
# none is lost, and that the databases are whole after each kill.
source "$(dirname "${BASH_SOURCE[0]}")/site.sh"
rounds=${1:-10}
clients=4

client() { # client NUMBER: sends applications until the site is gone; keeps the ids it was answered
  while body=$(curl -s -f -m 20 -H 'Content-Type: application/json' -d "$application" "$address/api/predict"); do
    grep -o '"decisionId": *"[0-9a-z]*"' <<< "$body" | grep -o '[0-9a-z]\{36\}' >> "$work/ids.$1"
  done
}

answered() { cat "$work"/ids.* 2> /dev/null | wc -l; }

wait_for() { # wait_for COUNT: until as many decisions are answered in all, for two minutes
  for _ in $(seq 1200); do
    [ "$(answered)" -ge "$1" ] && return 0
    sleep 0.1
  done
  fail "$(answered) decisions were answered, fewer than $1"
}

for round in $(seq "$rounds"); do
  start_site
  pids=
  for n in $(seq $clients); do client "$n" & pids="$pids $!"; done
  wait_for $((${have:-0} + 10))
  sleep "0.$((RANDOM % 10))"
  kill_site
  wait $pids || true
  have=$(answered)
done

cat "$work"/ids.* > "$work/ids"
start_site
sed "s|.*|url = \"$address/api/v1/decisions/&\"\noutput = /dev/null|" "$work/ids" | curl -s -m 60 -w '%{http_code} %{url}\n' -K - > "$work/found" || true
[ "$(wc -l < "$work/found")" -eq "$(wc -l < "$work/ids")" ] || fail "not every decision was asked for"
lost=$(grep -vc '^200 ' "$work/found" || true)
grep -v '^200 ' "$work/found" | sed 's/^/lost: /' || true
[ "$lost" -eq 0 ] || fail "$lost of $(wc -l < "$work/ids") answered decisions are lost"
$LOANRISK_CONSOLE check > "$work/check" 2>&1 || fail "$(cat "$work/check")"
say "PASSED: $rounds kills, $(wc -l < "$work/ids") answered decisions, none lost; loanrisk check finds everything whole"
