# `make run` starts the bot, `make test` runs the whole suite; both set up what is missing. A second run is instant.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
CODE := bot handlers scheduler guides papers texts storage rules campaigns simulator

.PHONY: help setup run test check bench lock clean

help: ## Print this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

setup: $(VENV)/.runtime ## Install into .venv what the bot needs, and nothing else
	@mkdir -p var

run: setup ## Start the bot: on Telegram with a token in .env, else on the simulator
	@exec $(BIN)/gotungnha run

test: $(VENV)/.dev $(VENV)/.system ## Run the whole suite, on SQLite and PostgreSQL
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow" </dev/null

check: $(VENV)/.dev ## ruff, mypy, import-linter, then the suite
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

bench: $(VENV)/.dev $(VENV)/.system ## Measure speed and endurance, minutes long
	@$(BIN)/python -m bench </dev/null

lock: $(VENV)/.dev ## Choose versions anew and write the hashed locks (needs uv on the PATH)
	@command -v uv >/dev/null || { echo "make lock needs uv: $(BIN)/pip install uv, then try again" >&2; exit 1; }
	uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra dev pyproject.toml -o requirements-dev.lock

clean: ## Remove .venv and caches; var/ with its data stays
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps say what was installed; they are older than a lock that has changed since.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; \`$(PYTHON)\` is $$($(PYTHON) --version). Try: make PYTHON=python3.11 setup" >&2; exit 1; }
	if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
			echo "Installing python3-venv" >&2
			{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv; } >/dev/null </dev/null
		else
			echo "This Python cannot make a virtual environment. Install the module first: sudo apt-get install python3-venv" >&2
			exit 1
		fi
	fi
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.made
	@echo "Installing what the bot needs into $(VENV)" >&2
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.runtime
	@echo "Installing what the tests need into $(VENV)" >&2
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

# The suite skips, by name and reason, what the system lacks; as root on Debian it is installed first.
$(VENV)/.system: | $(VENV)/.made
	@missing=()
	compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
	[[ ! -x /sbin/ldconfig || "$$(/sbin/ldconfig -p)" == *libatomic.so.1* ]] || missing+=(libatomic1) # the browser's driver
	command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation)
	if [ "$${#missing[@]}" -gt 0 ]; then
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
			echo "Installing $${missing[*]} for the suite" >&2
			{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${missing[@]}" fonts-noto-core; } >/dev/null </dev/null || echo "Not installed; the tests that need $${missing[*]} will be skipped." >&2
		else
			echo "The tests that need $${missing[*]} will be skipped; to run them: sudo apt-get install $${missing[*]}" >&2
			exit 0
		fi
	fi
	touch $@
