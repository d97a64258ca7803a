-- For wrk: posts one application again and again and counts the answers. POLITE=1 waits a second after a refusal, as Retry-After asks; otherwise the next request
-- follows at once, as from clients that do not listen.
local polite = os.getenv("POLITE") == "1"
local threads = {}
local owed = 0
ok, refused, other = 0, 0, 0

function setup(thread)
  table.insert(threads, thread)
end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("LOANRISK_TRIAL_KEY")
wrk.body = '{"loan_amnt": 12000, "int_rate": 0.1399, "purpose": "credit_card", "grade": "C", "annual_inc": 62000, "revol_util": 0.41, "emp_length": "5 years", "dti": 17.2, "delinq_2yrs": 0, "home_ownership": "RENT"}'

function response(status)
  if status == 200 then
    ok = ok + 1
  elseif status == 503 then
    refused = refused + 1
    owed = owed + 1
  else
    other = other + 1
  end
end

if polite then
  -- The delays that are owed to refused connections; which of two that come at the same moment waits makes no difference.
  function delay()
    if owed > 0 then
      owed = owed - 1
      return 1000
    end
    return 0
  end
end

function done(summary, latency)
  local sums = { ok = 0, refused = 0, other = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sums) do
      sums[name] = sums[name] + thread:get(name)
    end
  end
  local seconds = summary.duration / 1e6
  io.write(string.format("COUNTS %.0f %.0f %.0f %d\n", sums.ok / seconds, sums.refused / seconds, sums.other / seconds,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
