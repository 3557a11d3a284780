# `make run` shows Handover, `make test` proves it; the rest are their parts. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# nextest when it is there; a machine with Rust alone does with cargo's own runner.
SUITE := $(shell if cargo nextest --version >/dev/null 2>&1; then echo 'cargo nextest run --workspace'; else echo 'cargo test --workspace --all-targets'; fi)
PROOF := cargo nextest run --test suite --profile proof --run-ignored only
# The binary that clients and browsers talk to. Built for the suite, it is the one that the suite has built already; `--bin handover` alone asks for
# other features of some dependencies and compiles them all again.
BINARY := cargo build --test suite
NPM := $(shell command -v npm 2>/dev/null)
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-14s %s\n", $$1, $$2 }'

.PHONY: run
run: $(if $(NPM),web) ## Build everything and serve it on 127.0.0.1:8080
	HANDOVER_LOG__FILTER=warn cargo run -- demo
	cargo run -- serve

.PHONY: test
test: tools check-rust check-web test-embedded test-servers test-clients test-journeys ## Run every check and test, as CI does

.PHONY: tools
tools: ## Install PostgreSQL, Redis, Chromium, fonts and stand-ins if they are missing
	@tests/tools.sh

.PHONY: check-rust
check-rust: web ## Formatting and lints of the Rust code
	cargo fmt --all -- --check
	cargo clippy --workspace --all-targets --features bench -- -D warnings

.PHONY: check-web
check-web: web/node_modules/.package-lock.json ## Types, lints and unit tests of the web pages
	cd web && npm run --silent typecheck && npm run --silent lint && npm run --silent test

.PHONY: test-embedded
test-embedded: web ## The suite on SQLite and in-process cache and bus
	env -u HANDOVER_TEST_POSTGRES -u HANDOVER_TEST_REDIS -u HANDOVER_TEST_S3 -u HANDOVER_TEST_SMTP $(SUITE)

.PHONY: test-servers
test-servers: web ## The suite on a throwaway PostgreSQL, Redis, S3 and mail server
	tests/with-servers.sh $(SUITE)

.PHONY: test-clients
test-clients: web tests/clients/node_modules/.package-lock.json ## Journeys of real GraphQL clients against the real binary
	$(BINARY)
	cd tests/clients && node check-schema.mjs && node --test

# What most people do in a browser. The rest of `test-browser` takes as long again, most of it a look at every page.
JOURNEYS := account blacklisted chat looks money offer return trade
.PHONY: test-journeys
test-journeys: web tests/browser/node_modules/.package-lock.json ## What most people do, in a real browser against the real binary
	$(BINARY)
	cd tests/browser && node --test --test-concurrency=2 $(JOURNEYS:%=%.test.mjs)

.PHONY: test-browser
test-browser: web tests/browser/node_modules/.package-lock.json ## Everything that is done in a real browser, cases and every page among it
	$(BINARY)
	cd tests/browser && npm run --silent test

.PHONY: screenshots
screenshots: web tests/browser/node_modules/.package-lock.json ## Every page in every look, into web/screenshots
	$(BINARY)
	cd tests/browser && node screenshots.mjs

.PHONY: pictures
pictures: web tests/browser/node_modules/.package-lock.json ## The pictures of README.md, into docs/pictures
	$(BINARY)
	cd tests/browser && node pictures.mjs

.PHONY: bench-web
bench-web: web tests/browser/node_modules/.package-lock.json ## What a reader waits for in the browser: first load on a slow device, long lists
	cargo build --release --bin handover
	cd tests/browser && HANDOVER_TEST_BINARY=$(CURDIR)/target/release/handover node bench.mjs

.PHONY: web
web: web/dist/index.html ## Build the web pages into web/dist

web/dist/index.html: $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && npm run --silent build
	@touch $@

# npm writes this file last: it is there when the install was whole.
%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci
	@touch $@

.PHONY: coverage
coverage: web ## Line coverage of the suite (needs cargo-tarpaulin)
	@cargo tarpaulin --version >/dev/null 2>&1 || { echo 'make coverage: run cargo install cargo-tarpaulin first'; exit 1; }
	tests/with-servers.sh cargo tarpaulin --engine llvm --workspace --exclude-files 'tests/*' --out stdout --out html --output-dir target/coverage

# Each part takes at most 45 minutes on 2 cores.
PART ?= money crashes live
.PHONY: proof
proof: web tools ## The full figures of docs/PROOF.md: PART=money, crashes, live, or all of them
	@ulimit -n 16384; for part in $(PART); do \
	  echo "make proof: $$part, embedded"; \
	  env -u HANDOVER_TEST_POSTGRES -u HANDOVER_TEST_REDIS $(PROOF) -E "test(/^proof::$${part}_/)"; \
	  echo "make proof: $$part, PostgreSQL and Redis"; \
	  tests/with-servers.sh $(PROOF) -E "test(/^proof::$${part}_/)"; \
	done

.PHONY: bench
bench: PART ?= all
bench: web bench/peer/node_modules/.package-lock.json ## Figures of a release build beside others; PART=house, ledger, browse or growth for one of them
	cargo build --release --features bench --bin handover --example bench
	tests/with-servers.sh target/release/examples/bench $(PART) $(if $(LISTINGS),--listings $(LISTINGS))

.PHONY: fmt
fmt: web/node_modules/.package-lock.json ## Format everything
	cargo fmt --all
	cd web && npm run --silent format

.PHONY: lint
lint: check-rust check-web ## Formatting, lints and types, without the tests

.PHONY: schema
schema: ## Write schema.graphql from the code
	cargo run --quiet -- schema > target/schema.graphql
	mv target/schema.graphql schema.graphql

.PHONY: docs
docs: ## Write the table of settings in docs/OPERATIONS.md from the code
	HANDOVER_TEST_WRITE=1 cargo test --quiet --test suite settings::the_table

.PHONY: clean
clean: ## Remove what was built (your data folder stays)
	cargo clean
	rm -rf web/dist web/node_modules tests/clients/node_modules tests/browser/node_modules
