-- Posts the lookup form, as a browser does.
wrk.method = "POST"
wrk.body = os.getenv("LOAD_FORM")
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Sec-Fetch-Site"] = "same-origin"
wrk.headers["Accept"] = "text/html"
