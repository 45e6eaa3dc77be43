# Two commands do everything on a fresh machine: `make run` and `make test`. Python 3.11 or newer and make are enough.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export INTERSESSION_ISSUER ?= http://127.0.0.1:$(PORT)

.PHONY: help run test check fix contracts bench lock clean

help:  ## show this
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(VENV)/runtime: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/development: $(VENV)/runtime requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/runtime  ## migrate, load the demonstration if the database is empty, serve on 127.0.0.1:8000 (PORT=)
	@$(BIN)/intersession migrate
	@$(BIN)/intersession demonstration
	@exec $(BIN)/intersession serve --port $(PORT)

test: $(VENV)/development  ## the whole suite, on SQLite and on PostgreSQL
	$(BIN)/pytest -n auto

check: $(VENV)/development  ## format, lint, types, import contracts, contracts folder fresh, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m server.tools.contracts --check
	$(BIN)/pytest -n auto

fix: $(VENV)/development  ## format, and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

contracts: $(VENV)/development  ## regenerate frontend-contracts
	$(BIN)/python -m server.tools.contracts
	$(BIN)/python -m tests.contracts.record

bench: $(VENV)/development  ## measure; ratios in one run, never asserted in tests
	$(BIN)/python -m tests.bench

lock: $(VENV)/development  ## resolve the locked versions anew from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --extra dev pyproject.toml -o requirements-dev.lock

clean:  ## remove the virtual environment and the embedded database
	rm -rf $(VENV) data
