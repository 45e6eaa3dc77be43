# Two commands do everything on a fresh machine: `make run` and `make test`. Python 3.11 or newer and make are enough.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export INTERSESSION_ISSUER ?= http://127.0.0.1:$(PORT)

# The locks are complete, so pip resolves nothing: what is published later cannot change an installation. A source
# package would be built with the newest build tools of the day, so only wheels are taken.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes
# The versions stay as they are locked, unless pyproject.toml asks for others: `make lock LOCK=--upgrade` takes the newest.
LOCK ?=
COMPILE := $(BIN)/python -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url $(LOCK) pyproject.toml
# Databases of tests lie in memory where there is room: an eighth of the time is waiting for the disk.
MEMORY := $(shell df -m /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000 {print "TMPDIR=/dev/shm"}')
# One worker more than processors: each waits for PostgreSQL now and then.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PYTEST := $(MEMORY) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
# Where this is set, every worker compiles and rewrites every test anew, which takes as long as many of them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-rest test-all check fix contracts catalogues revision bench lock clean

help:  ## show this
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

# An environment that is half made (Debian without python3-venv leaves one) or too old is made anew.
$(VENV)/runtime: requirements.lock
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  "$(PYTHON)" -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, and this is %s: name another by PYTHON=python3.12" % sys.version.split()[0])' && \
	  "$(PYTHON)" -m venv --clear $(VENV); }
	$(INSTALL) -r requirements.lock
	@$(BIN)/python -m pip check
	@ln -sf ../../intersession $(BIN)/intersession
	@touch $@

$(VENV)/development: $(VENV)/runtime requirements-dev.lock
	$(INSTALL) -r requirements-dev.lock
	@$(BIN)/python -m pip check
	@touch $@

run: $(VENV)/runtime  ## migrate, load the demonstration if the database is empty, serve on 127.0.0.1:8000 (PORT=)
	@$(BIN)/intersession migrate
	@$(BIN)/intersession demonstration --port $(PORT)
	@exec $(BIN)/intersession serve --port $(PORT)

test: $(VENV)/development  ## the quick suite: all rules, and a sample of what needs a database, on both in turn
	$(PYTEST) --portion quick

test-rest: $(VENV)/development  ## exactly what `make test` leaves out
	$(PYTEST) --portion rest

test-all: $(VENV)/development  ## the whole suite, on SQLite and on PostgreSQL
	$(PYTEST)

check: $(VENV)/development  ## format, lint, types, import contracts, contracts folder fresh, tests
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-cache
	$(BIN)/python -m server.tools.contracts --check
	@$(MAKE) --no-print-directory test

fix: $(VENV)/development  ## format, and mend what the linter can
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

contracts: $(VENV)/development  ## regenerate frontend-contracts
	$(BIN)/python -m server.tools.contracts
	$(BIN)/python -m tests.contracts.record
	$(BIN)/python -m tests.clients.types

catalogues: $(VENV)/development  ## add new sentences of pages to the French catalogue, and say which lack words
	@$(BIN)/python -m server.tools.catalogues

revision: $(VENV)/development  ## draft the next migration from the tables (MESSAGE=)
	@$(BIN)/python -m server.tools.revision "$(MESSAGE)"

bench: $(VENV)/development  ## measure; ratios in one run, never asserted in tests
	$(BIN)/python -m tests.bench

lock: $(VENV)/development  ## write the locks from pyproject.toml, with the uv that is locked (LOCK=--upgrade)
	$(COMPILE) -o requirements.lock
	$(COMPILE) -o requirements-dev.lock --extra dev --constraints requirements.lock

clean:  ## remove the virtual environment and the embedded database
	rm -rf $(VENV) data
