# Everything from a bare checkout: Python 3.11 or later and make are enough.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := book
MAKEFLAGS += --no-print-directory

# Kernels that may not write bytecode compile pandas and plotly anew at every start.
export PYTHONDONTWRITEBYTECODE =

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv

.PHONY: book pdf test audit serve lab check matrix locks clean

book: $(VENV)/book node_modules/.ready ## Build the book: _build/html/index.html
	@$(BIN)/python -m moscow_tehran.book.build

pdf: $(VENV)/book node_modules/.ready ## Set the book as PDF: _build/pdf/moscow-tehran.pdf, and one file a chapter
	@$(BIN)/python -m moscow_tehran.book.pdf

test: $(VENV)/dev node_modules/.ready ## Build the book and run the whole test suite, browser tests included
	@$(BIN)/python tests/need_system.py
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@$(BIN)/python -m pytest

audit: $(VENV)/dev node_modules/.ready tests/audit/node_modules/.ready ## Lighthouse, axe and weight of every page; PAGES="index chapters/history" for some
	@$(BIN)/python tests/need_system.py
	@$(BIN)/python -m moscow_tehran.book.build
	@$(BIN)/python tests/audit/audit.py $(PAGES)

serve: $(VENV)/book node_modules/.ready ## Serve the book on loopback, rebuilding on save
	@$(BIN)/python -m moscow_tehran.book.serve

lab: $(VENV)/lab/ready ## JupyterLab as Binder would open it
	@$(VENV)/lab/bin/jupyter lab notebooks/start-here.md

check: $(VENV)/book ## Check the evidence alone
	@$(BIN)/python -m moscow_tehran.checks && echo "the evidence is sound"

matrix: book $(VENV)/dev ## Run all notebooks with every Python here, with the oldest and the newest packages allowed
	@$(BIN)/python tests/rerun/matrix.py

locks: $(VENV)/tools ## Compile the lock files anew
	@for part in tools node; do $(UV) pip compile -q $(COMPILE) requirements/$$part.in -o requirements/$$part.lock; done
	@$(UV) pip compile -q $(COMPILE) --extra book pyproject.toml -o requirements/book.lock
	@$(UV) pip compile -q $(COMPILE) --extra book pyproject.toml requirements/dev.in -o requirements/dev.lock
	@$(UV) pip compile -q $(COMPILE) -c requirements/book.lock binder/requirements.in -o binder/requirements.txt
	@for part in . tests/audit; do \
	  npm install --prefix $$part --package-lock-only --ignore-scripts --no-audit --no-fund; \
	  $(BIN)/python tests/strip_addresses.py $$part/package-lock.json; \
	done

COMPILE := --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11

clean: ## Remove everything that was built or installed
	rm -rf _build $(VENV) node_modules tests/audit/node_modules

# The environment. Each stamp is newer than the lock it was installed from.
$(VENV)/tools: requirements/tools.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The book needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Set PYTHON=/path/to/a/newer/python3.")'
	@echo "setting up the Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.lock
	@touch $@

$(VENV)/book: $(VENV)/tools requirements/book.lock pyproject.toml
	@echo "installing what the book needs"
	@$(UV) pip install -q --python $(VENV) --require-hashes -r requirements/book.lock
	@$(UV) pip install -q --python $(VENV) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/book requirements/dev.lock
	@echo "installing what the tests need"
	@$(UV) pip install -q --python $(VENV) --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/lab/ready: $(VENV)/tools binder/requirements.txt binder/overrides.json
	@echo "installing JupyterLab as Binder has it"
	@$(PYTHON) -m venv $(VENV)/lab
	@$(UV) pip install -q --python $(VENV)/lab --require-hashes -r binder/requirements.txt
	@PATH="$(CURDIR)/$(VENV)/lab/bin:$$PATH" NB_PYTHON_PREFIX=$(VENV)/lab binder/postBuild
	@touch $@

# The JavaScript parts. Where there is no npm, Node.js comes from PyPI into the environment.
NODE_PARTS := node_modules/.ready tests/audit/node_modules/.ready
node_modules/.ready: package-lock.json
tests/audit/node_modules/.ready: tests/audit/package-lock.json
$(NODE_PARTS): | $(VENV)/tools
	@if ! command -v npm >/dev/null; then \
	  echo "installing Node.js into the environment"; \
	  $(UV) pip install -q --python $(VENV) --require-hashes -r requirements/node.lock; \
	fi
	@echo "installing the JavaScript parts"
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --prefix $(@:node_modules/.ready=.) --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@
