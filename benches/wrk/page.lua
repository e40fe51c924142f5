-- Asks for a page with the cookie of a granted browser. LOAD_DELAY (ms) holds each connection back between requests.
wrk.headers["Cookie"] = os.getenv("LOAD_COOKIE") or ""
local pause = tonumber(os.getenv("LOAD_DELAY") or "0")
if pause > 0 then
  function delay() return pause end
end
