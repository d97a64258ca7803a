#!/usr/bin/env bash
# lost-database.sh: removes, replaces and empties the database, under a running site and between two starts. Proves that no decision is answered that goes to a file without a
# name, and that a folder that has held decisions never starts on an empty or missing database without being told to.
source "$(dirname "${BASH_SOURCE[0]}")/site.sh"
database=$LOANRISK_DATA/loanrisk.db
start_site
expect 200 decide
first=$(answered_id)

mv "$database" "$work/moved.db"
[ "$(decide)" = 503 ] || fail "a removed database took a decision"
expect 503 ask /health/ready
answer_says "was removed or replaced"
cp "$work/moved.db" "$database"
[ "$(decide)" = 503 ] || fail "a replaced database took a decision"
log_says 1 "was removed or replaced"
mv "$work/moved.db" "$database"
expect 200 decide
stop_site

cannot_start() { # cannot_start WORDS
  if ASPNETCORE_URLS=http://127.0.0.1:0 timeout 120 $LOANRISK_WEB > "$log" 2>&1; then fail "it started"; fi
  log_says 1 "LoanRisk cannot start: .*$1"
}
cp "$database" "$work/copy.db"
: > "$database"
cannot_start "is empty, and this folder has held a database"
rm "$database"
cannot_start "is missing, and this folder has held a database"
cp "$work/copy.db" "$database"
start_site
expect 200 ask "/api/v1/decisions/$first"
stop_site
rm "$database" "$database.id"
start_site
expect 404 ask "/api/v1/decisions/$first"
say "PASSED: nothing was taken by a lost database, and none was made anew without being told to"
