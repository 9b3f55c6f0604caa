# `make` alone lists what can be done. Everything is set up in .venv by the first target that needs it, and set up
# again only when pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
CHECKERS := .conformance

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYTHONUTF8 = 1

.DEFAULT_GOAL := help
.PHONY: help edition test format checkers conformance clean

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

edition: $(READY) ## Build the edition into build/
	@"$(RUN)" -m siglum build

test: $(READY_DEV) ## Check style and types, run all tests
	@"$(RUN)" -m ruff check
	@"$(RUN)" -m ruff format --check
	@"$(RUN)" -m mypy
	@"$(RUN)" -m pytest -n auto --dist worksteal

format: $(READY_DEV) ## Lay the code out as `make test` wants it
	@"$(RUN)" -m ruff check --fix
	@"$(RUN)" -m ruff format

conformance: edition ## Build, then let outside checkers judge what was built
	@"$(RUN)" tests/conformance/run.py

checkers: $(CHECKERS)/.ready ## Install the checkers that come from npm

clean: ## Remove all that was made here, .venv too
	rm -rf build dist $(VENV) $(CHECKERS) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(CHECKERS)/.ready: tests/conformance/package.json tests/conformance/package-lock.json
	@command -v npm >/dev/null || { echo "npm is not there: install Node.js 18 or newer (Debian: apt-get install npm)" >&2; exit 1; }
	@mkdir -p $(CHECKERS)
	@cp tests/conformance/package.json tests/conformance/package-lock.json $(CHECKERS)/
	@npm ci --prefix $(CHECKERS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(READY): pyproject.toml | $(RUN)
	@echo "Setting up siglum in $(VENV) ..."
	@"$(RUN)" -m pip install --quiet --editable .
	@touch $@

$(READY_DEV): pyproject.toml | $(RUN)
	@echo "Setting up siglum and its tests in $(VENV) ..."
	@"$(RUN)" -m pip install --quiet --editable '.[dev]'
	@touch $(READY) $@

# Debian keeps venv's other half, ensurepip, in a package of its own; without it `venv` stops half-way.
$(RUN):
	@"$(PYTHON)" -c '' 2>/dev/null || \
	  { echo "There is no Python here called $(PYTHON). Install Python 3.11 or newer, or name yours: make $(MAKECMDGOALS) PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is $$("$(PYTHON)" --version 2>&1), siglum needs 3.11 or newer. Name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make virtual environments. Install its venv module (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)
