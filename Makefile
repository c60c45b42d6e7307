# Everything starts here. `make run` and `make test` install what is missing themselves (see .ci/setup).

PROJECT ?= projects/news.annot
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
XVFB := xvfb-run -a -s "-screen 0 1280x900x24"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint tests tests-x11 format bench pictures animation lock clean setup-run setup-test
MAKEFLAGS += --no-print-directory

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: setup-run ## annotate the sample articles; PROJECT=FILE.annot for another project file
	@$(BIN)/annotator demo "$(PROJECT)"

test: lint tests-x11 tests ## everything a change has to pass

lint: setup-test ## format, style, types, who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

tests: setup-test ## the tests, without the few that need an X server
	$(PYTEST) -n 2 -m "not xvfb" -rs

tests-x11: setup-test ## the tests that need an X server, under Xvfb
	@if command -v xvfb-run >/dev/null; then \
	    set -x; QT_QPA_PLATFORM=xcb $(XVFB) $(PYTEST) tests/xvfb -m xvfb; \
	else \
	    echo "No Xvfb here: the tests that need an X server are left out."; \
	fi

format: setup-test ## put the sources into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup-test ## measure; the figures go to build/bench.json
	$(BIN)/python tests/bench/run.py

pictures: setup-test ## make the pictures in docs/pictures anew
	$(BIN)/python docs/pictures/make.py

animation: setup-test ## record the animation of the README anew; needs xvfb and xdotool
	$(BIN)/python docs/pictures/animate.py

lock: ## lock the newest fitting packages in requirements*.txt
	python3 .ci/lock.py

clean: ## remove the environment, caches and builds; project files stay
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup-run setup-test: setup-%:
	@.ci/setup $*
