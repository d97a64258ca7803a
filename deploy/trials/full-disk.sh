#!/usr/bin/env bash
# full-disk.sh: fills the file system of the data folder under a running site, and frees it again. Proves that a full disk is answered 503 with Retry-After, that /health/ready
# says so, that the log names the cause once, that the site recovers by itself, and that nothing answered is lost. Needs root, for a small file system of its own.
source "$(dirname "${BASH_SOURCE[0]}")/site.sh"
[ "$(id -u)" -eq 0 ] || skip "only root can mount a small file system"
disk=$work/disk
mkdir "$disk"
mount -t tmpfs -o size=64m tmpfs "$disk" || skip "a tmpfs cannot be mounted here"
undo() { umount -l "$disk"; }
export LOANRISK_DATA=$disk/data

start_site
expect 200 decide
first=$(answered_id)

dd if=/dev/zero of="$disk/ballast" bs=64k 2>/dev/null || true
dd if=/dev/zero of="$disk/crumbs" bs=1k 2>/dev/null || true
say "The disk is full: $(df -k --output=avail "$disk" | tail -1) KB are left."
expect 503 decide
grep -qi '^Retry-After:' "$work/headers" || fail "no Retry-After"
grep -qi '^Content-Type: application/problem+json' "$work/headers" || fail "not a problem in JSON"
[ "$(decide_often 200)" = 503 ] || fail "a full disk took a decision"
expect 503 ask /health/ready
answer_says "the disk is full"
log_says 1 "Decisions cannot be stored"
log_says 1 "the disk is full"
expect 200 ask /health/live
expect 200 ask "/api/v1/decisions/$first"

rm "$disk/ballast" "$disk/crumbs"
expect 200 ask /health/ready
expect 200 decide
log_says 1 "Decisions are stored again"
stop_site
$LOANRISK_CONSOLE check > "$work/check" 2>&1 || fail "$(cat "$work/check")"
say "PASSED: 503 with Retry-After while the disk was full, one line in the log, recovered by itself; loanrisk check finds everything whole"
