# One command each: `make demo` shows the program, `make test` proves it. `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/stamps
STYR := STYR_SETTINGS=styr.config.settings.demo $(BIN)/styr
SCALE ?= 1
SEED ?= 1
SERVE ?= 1

.PHONY: help setup demo check test bench lock screenshots clean
help: ## This list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(STAMPS)/python $(STAMPS)/frontend ## Prepare everything; leaves .venv/bin/styr ready

demo: setup ## The example municipality from files to findings, then the web application (SERVE=0 stops before it)
	@$(STYR) demo --scale $(SCALE) --seed $(SEED) $(if $(filter 0,$(SERVE)),--no-serve)

check: setup ## Format, lint, types and layers: seconds
	@sh scripts/check.sh

test: setup ## Every check and test that lands a change
	@sh scripts/test.sh

bench: setup ## Speed and quality measurements, printed as ratios
	@sh scripts/bench.sh

screenshots: setup ## Every page, light and dark, wide and narrow, into .var/screenshots/
	@$(BIN)/python scripts/screenshots.py

lock: $(STAMPS)/python ## Recompile the hash-pinned requirements from requirements/*.in
	@for name in uv app dev; do \
	  $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    --quiet requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## Remove what was built (the example's database included)
	@if [ -x $(BIN)/styr ]; then $(STYR) db remove --yes || true; fi
	rm -rf .venv .var frontend/node_modules src/styr/ui/static/ui/vendor

$(STAMPS)/python: requirements/uv.txt requirements/app.txt requirements/dev.txt pyproject.toml
	@sh scripts/install.sh $(PYTHON)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/frontend: $(STAMPS)/python frontend/package-lock.json frontend/build.py frontend/icons.txt
	@sh scripts/frontend.sh
	@mkdir -p $(STAMPS) && touch $@
