# Sourced by the trials: a site of its own on 127.0.0.1 with a data folder of its own, and the questions they ask it.
# LOANRISK_WEB is the command that starts the site and LOANRISK_CONSOLE the console's (words, no quotes); unset, the checkout is built. A trial that cannot be made here ends with 77.
set -euo pipefail
trials=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkout=$(cd "$trials/../.." && pwd)
if [ -z "${LOANRISK_WEB:-}" ]; then
  dotnet build "$checkout/LoanRisk.Web" -c Release -v q -clp:NoSummary
  LOANRISK_WEB="dotnet $checkout/LoanRisk.Web/bin/Release/net10.0/LoanRisk.Web.dll"
  LOANRISK_CONSOLE="dotnet $checkout/LoanRisk.Training/bin/Release/net10.0/LoanRisk.Training.dll"
fi
export LOANRISK_PRODUCTS=${LOANRISK_PRODUCTS:-$checkout/products}
unset PORT ASPNETCORE_URLS ASPNETCORE_HTTP_PORTS DOTNET_URLS URLS

work=$(mktemp -d "${TMPDIR:-/tmp}/loanrisk-trial-XXXXXX")
export LOANRISK_DATA=$work/data
log=$work/site.log
site_pid=
application='{"loan_amnt": 24000, "int_rate": 0.2677, "purpose": "small_business", "grade": "E", "annual_inc": 34000, "emp_length": "< 1 year", "home_ownership": "RENT", "dti": 33.4, "revol_util": 0.91, "delinq_2yrs": 3}'

say() { printf '%s\n' "$*"; }

fail() {
  say "FAILED: $*"
  if [ -f "$log" ]; then say "The site's log:"; tail -40 "$log"; fi
  exit 1
}

skip() { say "SKIPPED: $*"; exit 77; }

undo() { :; } # a trial that changes the machine says here how to change it back

finish() {
  if [ -n "$site_pid" ]; then kill -9 "$site_pid" 2>/dev/null || true; wait "$site_pid" 2>/dev/null || true; fi
  undo
  rm -rf "$work"
}
trap finish EXIT
command -v curl > /dev/null || skip "curl is needed"

export LOANRISK_LOG=text # the address is read from it

# let_in: makes a key that every curl shows from now on, and exports it for other clients.
let_in() {
  LOANRISK_TRIAL_KEY=$($LOANRISK_CONSOLE keys create --name trial --scopes score,batch,outcomes,data,models 2> "$work/key.log") || fail "$(cat "$work/key.log")"
  export LOANRISK_TRIAL_KEY CURL_HOME=$work/curl
  mkdir -p -m 700 "$CURL_HOME"
  printf 'header = "Authorization: Bearer %s"\n' "$LOANRISK_TRIAL_KEY" > "$CURL_HOME/.curlrc"
}

# start_site [NAME=VALUE...]: starts the site and waits until it listens.
start_site() {
  [ -n "${LOANRISK_TRIAL_KEY:-}" ] || let_in
  : > "$log"
  env "$@" ASPNETCORE_URLS=http://127.0.0.1:0 $LOANRISK_WEB >> "$log" 2>&1 &
  site_pid=$!
  for _ in $(seq 1200); do
    address=$(sed -n 's/^LoanRisk listens on //p' "$log")
    [ -n "$address" ] && return 0
    kill -0 "$site_pid" 2>/dev/null || { site_pid=; fail "the site did not start"; }
    sleep 0.1
  done
  fail "the site did not listen within two minutes"
}

# kill_site: as a power cut does.
kill_site() { kill -9 "$site_pid"; wait "$site_pid" 2>/dev/null || true; site_pid=; }

# stop_site: as an operator does.
stop_site() { kill "$site_pid"; wait "$site_pid" 2>/dev/null || true; site_pid=; }

# ask PATH [curl's options]: prints the status; the answer is in $work/answer, its headers in $work/headers.
ask() {
  local path=$1; shift
  curl -s -m 60 -o "$work/answer" -D "$work/headers" -w '%{http_code}' "$@" "$address$path" || true
}

# decide: asks for a decision and prints the status.
decide() { ask /api/predict -H 'Content-Type: application/json' -d "$application"; }

# decide_often TIMES: asks as often, on one connection, and prints each status that was answered once.
decide_often() {
  curl -s -m 60 -o /dev/null -w '%{http_code}\n' -H 'Content-Type: application/json' -d "$application" "$address/api/predict#[1-$1]" | sort -u
}

answered_id() { grep -o '"decisionId": *"[0-9a-z]*"' "$work/answer" | grep -o '[0-9a-z]\{36\}'; }

# expect STATUS WORDS...: runs a question until it is answered so, for a minute.
expect() {
  local wanted=$1 got; shift
  for _ in $(seq 300); do
    got=$("$@")
    [ "$got" = "$wanted" ] && return 0
    sleep 0.2
  done
  fail "$* was answered $got, not $wanted: $(cat "$work/answer")"
}

answer_says() { grep -q "$1" "$work/answer" || fail "the answer does not say '$1': $(cat "$work/answer")"; }

log_says() { # log_says TIMES WORDS
  local times
  times=$(grep -c "$2" "$log" || true)
  [ "$times" -eq "$1" ] || fail "the log says '$2' $times times, not $1"
}

# build_faults: makes the library that lets calls fail; a trial without a compiler is skipped.
build_faults() {
  command -v gcc >/dev/null || skip "gcc is needed to build faults.c"
  gcc -shared -fPIC -O2 -o "$work/faults.so" "$trials/faults.c" -ldl || skip "faults.c cannot be built here"
}

# faults [RULE...]: the rules from now on; none lets everything through.
faults() {
  printf '%s\n' "$@" > "$work/rules.new"
  mv "$work/rules.new" "$work/rules"
}
