-- What wrk asks: the path of its URL, each time with the next key of a file. The stride is prime, so that keys which
-- are neighbours in the file are far apart in time. Without a file it asks without a key.

local requests, at, stride = {}, 0, 7919

function init(arguments)
  local path = wrk.path
  if arguments[1] then
    for key in io.lines(arguments[1]) do
      requests[#requests + 1] = wrk.format("GET", path, { ["Authorization"] = "Bearer " .. key })
    end
  else
    requests[1] = wrk.format("GET", path)
  end
end

function request()
  at = (at + stride) % #requests
  return requests[at + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("requests=%d micros=%d refused=%d broken=%d p50=%d p99=%d\n",
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
