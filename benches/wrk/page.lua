-- Asks for a page with the cookie of a granted browser. DOORSTEP_DELAY (ms) holds each connection back between requests.
wrk.headers["Cookie"] = os.getenv("DOORSTEP_COOKIE") or ""
local pause = tonumber(os.getenv("DOORSTEP_DELAY") or "0")
if pause > 0 then
  function delay() return pause end
end
