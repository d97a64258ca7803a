#!/usr/bin/env bash
# rolling-deploy.sh [ROUNDS]: replaces two nodes behind nginx by those of a next version whose migration this one can live with, under load, and goes back to this version and its schema. The next version
# is this one with a migration more; its assembly is built here. Proves that no request fails, and that old and new nodes work on one database.
source "$(dirname "${BASH_SOURCE[0]}")/nodes.sh"
rounds=${1:-5}
rate=${RATE:-100}
configuration=${CONFIGURATION:-Release}
machine
program=$(dirname "$(grep -o '[^ ]*$' <<< "$LOANRISK_WEB")")
console=$(dirname "$(grep -o '[^ ]*$' <<< "$LOANRISK_CONSOLE")")
latest=$(ls "$checkout/LoanRisk.Store/Models/Migrations" | sed -n 's/^0*\([0-9]*\)_.*/\1/p' | sort -n | tail -1)
next=$work/next
mkdir "$next" "$work/migrations"
name=$(printf '%04d_next' $((latest + 1)))
printf -- '-- Programs from schema %s on work with it.\nALTER TABLE models ADD COLUMN next_version TEXT;\n' "$latest" > "$work/migrations/$name.sql"
echo 'ALTER TABLE models DROP COLUMN next_version;' > "$work/migrations/$name.down.sql"
# What is said there holds for the projects it refers to as well: they are built anew, one after the other, for they share a folder.
dotnet build "$checkout/LoanRisk.Store" -c "$configuration" --no-restore -m:1 -v q -clp:NoSummary -p:RunAnalyzers=false \
  -p:NextMigrations="$work/migrations/" -p:IntermediateOutputPath="$work/obj/" -p:OutDir="$work/store/" > "$work/build" 2>&1 || fail "$(cat "$work/build")"
cp -r "$program" "$next/web"
cp -r "$console" "$next/console"
cp "$work/store/LoanRisk.Store.dll" "$next/web/"
cp "$work/store/LoanRisk.Store.dll" "$next/console/"
next_web=${LOANRISK_WEB/"$program"/"$next/web"}
next_console=${LOANRISK_CONSOLE/"$console"/"$next/console"}

make_postgres
export LOANRISK_MIGRATE=release LOANRISK_DATA=$work/console
$LOANRISK_CONSOLE db migrate
node_settings='LoanRisk__DrainSeconds=3'
for n in 1 2; do run_node $n; done
for n in 1 2; do node_is_ready $n; done
start_nginx
$LOANRISK_TRIAL_CLIENT load "$work/load" 3600 "$rate" 32 0 "$address" > "$work/figures" & load_pid=$!
sleep 2

replace() { # replace COMMAND...: the nodes, one after the other
  for n in 1 2; do stop_node $n; run_node $n "$@"; node_is_ready $n; done
}

for round in $(seq "$rounds"); do
  $next_console db migrate
  replace $next_web
  replace $LOANRISK_WEB
  $next_console db migrate --part models --to "$latest"
done
sleep 2
kill $load_pid
wait $load_pid || fail "the client: $(cat "$work/figures")"
load_pid=
say "$(cat "$work/figures")"
client verify "$work/load" > "$work/verified" || fail "$(cat "$work/verified")"
say "$(cat "$work/verified")"
[ "$(figure requests "$work/figures")" = "$(figure acknowledged "$work/figures")" ] || fail "requests were not answered with a decision: $(grep -v ' Acknowledged ' "$work/load" | head -5); nginx: $(grep -v notice "$work/nginx/logs/error.log" | tail -5)"
say "PASSED: $rounds times a new version, its migration and back, under $(figure requests "$work/figures") requests; none failed"
