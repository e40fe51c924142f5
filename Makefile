# What one does here, each in one word. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export PATH := $(CURDIR)/target/setup/node/bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

LOGS := target/test-output
# A comma within what is said.
, := ,
say = @printf '\n\033[1m%s\033[0m\n' "$(1)"

.PHONY: help run build test setup setup-test dev bench end2end clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## ?(.*)/  make \1\t\2/' | expand -t 18

run: build ## install what is missing, build, and serve the demo on http://localhost:3000/tracking
	$(call say,serving the demo (Ctrl-C ends it))
	@exec target/release/doorstep demo

build: setup ## the shipping binary target/release/doorstep and its assets in target/site
	$(call say,1/2 the build's own tools (the first time about a minute))
	@cargo build --package xtask --profile xtask
	$(call say,2/2 the server$(,) and beside it what the browser loads (the first time about ten minutes on two cores))
# What the browser loads is made meanwhile, of what the server leaves of the cores.
	@nice -n 19 cargo xtask assets >target/setup/assets.log 2>&1 & assets=$$!; \
		cargo build --release --bin doorstep || { kill $$assets; wait $$assets; exit 1; }; \
		echo "waiting for what the browser loads"; \
		wait $$assets || { cat target/setup/assets.log; echo "what the browser loads was not built: see above"; exit 1; }

setup:
	@scripts/setup

setup-test:
	@scripts/setup test

test: setup-test ## formatting, lints, and all tests: units, both databases, pages, a real browser
	@rm -rf $(LOGS) && mkdir -p $(LOGS)
	$(call say,1/5 formatting)
	@cargo fmt --all --check
	$(call say,2/5 lints)
	@cargo clippy --all-targets -- -D warnings
	@cargo clippy --package xtask --profile xtask --all-targets -- -D warnings
	$(call say,3/5 what the browser loads)
	@cargo test --package xtask --profile xtask 2>&1 | tee $(LOGS)/xtask.log
	@cargo xtask assets
	$(call say,4/5 units and stores and pages)
	@scripts/with-postgres cargo test 2>&1 | tee $(LOGS)/cargo.log
	$(call say,5/5 a real browser)
	@$(MAKE) --no-print-directory end2end 2>&1 | tee $(LOGS)/browser.log
	@scripts/test-totals $(LOGS)/*.log

end2end: ## only the browser's journeys, against target/debug/doorstep
	@cargo build --bin doorstep
	@CHROMIUM="$$(scripts/find-chromium || true)" node_modules/.bin/playwright test --config end2end

dev: setup ## serve the demo and rebuild on change
	@scripts/dev

bench: build ## criterion, then the load script, which writes README's performance table
	@cargo bench
	@benches/load

clean: ## remove all that was built or fetched
	@rm -rf target node_modules end2end/test-results
