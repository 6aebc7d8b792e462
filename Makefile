# Everything a newcomer needs: `make run` for an answer, `make test` for confidence.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
OUT ?= out/americas

.DEFAULT_GOAL := help
.PHONY: help setup run test browser lint docs bench clean

help:
	@echo "make run    answer the question of the Americas pack; prints the path of the report last"
	@echo "make test   all tests          make lint   style, types, import rule, documents"
	@echo "make docs   reference pages    make bench  costs          make clean  remove what was made"

setup: $(STAMP)

# Debian's Python may come without ensurepip, and its pip refuses to touch the system: both are avoided.
$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Travesia needs Python 3.11 or newer: make PYTHON=...")'
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(VENV)
	@echo "installing into $(VENV)"
	@if $(BIN)/python -m pip --version >/dev/null 2>&1; then pip="$(BIN)/python -m pip"; \
	else pip="$(PYTHON) -m pip --python $(BIN)/python"; fi; \
	$$pip install --quiet --disable-pip-version-check --no-input -e '.[dev]'
	@touch $@

run: setup
	@$(BIN)/travesia run americas --out $(OUT) --force

test: setup
	$(BIN)/pytest -n 2 -m "not browser"

browser: setup
	$(BIN)/pytest -m browser

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/check_docs.py

docs: setup
	$(BIN)/python tools/build_reference.py
	$(BIN)/python tools/build_day_pictures.py
	$(BIN)/python tools/check_docs.py --run

bench: setup
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
