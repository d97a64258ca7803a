#!/usr/bin/env bash
# failing-disk.sh: lets single and all writes, fsyncs and renames of a running site fail (faults.c, by LD_PRELOAD). Proves that the site answers 503 and goes on by itself, that a
# decision whose fate is not known is called so and is gone once the disk is well, and that failed uploads leave nothing behind.
source "$(dirname "${BASH_SOURCE[0]}")/site.sh"
build_faults
faults
start_site LD_PRELOAD="$work/faults.so" LOANRISK_FAULTS="$work/rules"
expect 200 decide

say "One failing write of the log"
faults "write loanrisk.db-wal 1 1 5"
[ "$(decide)" = 503 ] || fail "a failed write was answered $(cat "$work/answer")"
faults
expect 200 decide
expect 200 ask /health/ready

say "One failing fsync of the log"
faults "fsync loanrisk.db-wal 1 1 5"
[ "$(decide)" = 503 ] || fail "a failed fsync was answered $(cat "$work/answer")"
answer_says "could not be stored"
faults
expect 200 decide

say "Every fsync of the log fails, and the site is killed"
faults "fsync loanrisk.db-wal 1 0 5"
[ "$(decide)" = 503 ] || fail "a failed fsync was answered $(cat "$work/answer")"
answer_says "not known whether it is kept"
id=$(grep -o 'decision [0-9a-z]\{36\}' "$work/answer" | grep -o '[0-9a-z]\{36\}') || fail "the answer does not name the decision"
expect 503 ask /health/ready
answer_says "fsync failed"
kill_site
faults
start_site LD_PRELOAD="$work/faults.so" LOANRISK_FAULTS="$work/rules"
say "After the restart decision $id is answered $(ask "/api/v1/decisions/$id"), as it may be."

say "Every fsync fails for a while"
faults "fsync loanrisk.db-wal 1 0 5"
[ "$(decide)" = 503 ] || fail "a failed fsync was answered $(cat "$work/answer")"
id=$(grep -o 'decision [0-9a-z]\{36\}' "$work/answer" | grep -o '[0-9a-z]\{36\}') || fail "the answer does not name the decision"
faults
expect 200 ask /health/ready
expect 404 ask "/api/v1/decisions/$id"
kill_site
start_site LD_PRELOAD="$work/faults.so" LOANRISK_FAULTS="$work/rules"
expect 404 ask "/api/v1/decisions/$id"

upload() { ask /api/v1/products/peerloan/data -H 'Content-Type: text/csv' --data-binary @"$work/loans.csv"; }
$LOANRISK_CONSOLE generate peerloan --rows 500 --seed 1 --out "$work/loans.csv" > "$work/console" 2>&1 || fail "$(cat "$work/console")"
for rule in "write /incoming/ 1 1 28" "write .unfinished 1 1 28" "fsync .unfinished 1 1 5" "rename /parts/ 1 1 28" "write models.db 1 1 28" "fsync models.db 1 1 5"; do
  say "An upload: $rule"
  faults "$rule"
  got=$(upload)
  [ "$got" = 503 ] || fail "it was answered $got: $(cat "$work/answer")"
  [ -z "$(ls -A "$LOANRISK_DATA/incoming")" ] || fail "the upload was left behind"
  [ -z "$(find "$LOANRISK_DATA" -name '*.unfinished')" ] || fail "half a part was left behind"
done
faults
[ "$(upload)" = 200 ] || fail "an upload on a healthy disk was answered $(cat "$work/answer")"
stop_site
$LOANRISK_CONSOLE check > "$work/check" 2>&1 || fail "$(cat "$work/check")"
say "PASSED: each failure was answered 503 and passed by itself; loanrisk check finds everything whole"
