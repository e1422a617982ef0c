-- One request: key, scope, one fixed window a minute, three headers. A module, so that nginx loads it once.
local ffi = require "ffi"

ffi.cdef [[ unsigned char *SHA256(const unsigned char *data, size_t length, unsigned char *digest); ]]

local digest = ffi.new("unsigned char[32]")
local keys, windows = ngx.shared.keys, ngx.shared.windows
local find, match = string.find, string.match

local checked = {}

function checked.answer()
  local authorization = ngx.var.http_authorization
  if not authorization or find(authorization, "Bearer ", 1, true) ~= 1 then
    return ngx.exit(401)
  end
  ffi.C.SHA256(ffi.cast("const unsigned char *", authorization) + 7, #authorization - 7, digest)
  local id = ffi.string(digest, 32)

  local facts = keys:get(id)
  if not facts then return ngx.exit(401) end
  local organisation, calls, scopes = match(facts, "^(%S+) (%d+) (.*)$")
  local limit = tonumber(calls)

  local now = ngx.time()
  local reset = now - now % 60 + 60
  local spent = windows:incr(id .. reset, 1, 0, 120)
  local response = ngx.header
  response["X-RateLimit-Limit"] = calls
  response["X-RateLimit-Remaining"] = spent < limit and limit - spent or 0
  response["X-RateLimit-Reset"] = reset
  if spent > limit then
    response["Retry-After"] = reset - now
    return ngx.exit(429)
  end
  if not find(scopes, "mandates:read", 1, true) then return ngx.exit(403) end

  response["Content-Length"] = 3
  ngx.print("ok\n")
end

return checked
