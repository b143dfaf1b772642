# Everything that one does with the project; `make` alone shows the list.
# Each target makes its own .venv when needed and does nothing twice.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.for-run
DEV := $(VENV)/.for-development
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes \
	--allow-unsafe --strip-extras --all-build-deps --no-annotate --no-emit-options \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links $(if $(UPGRADE),--upgrade)

# Reads BOT_TOKEN as bot/settings.py does: the environment first, then .env.
define FIND_TOKEN
import os, sys
from dotenv import dotenv_values
sys.exit(not {**dotenv_values(".env"), **os.environ}.get("BOT_TOKEN"))
endef
export FIND_TOKEN

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format check bench soak pictures lock clean

help:
	@echo "make run        the bot with BOT_TOKEN (environment or .env), else the demo; FRESH=1 begins the demo anew"
	@echo "make test       all tests; TEST=path or TEST='-k words' runs some"
	@echo "make lint       format, style, types, layers"
	@echo "make check      lint and test"
	@echo "make format     put the code into shape"
	@echo "make bench      start-up, memory, updates, sign-ups, ticks, mass messages"
	@echo "make soak       a hundred kills of each sort, and a long year; ROUNDS=n"
	@echo "make pictures   the pictures of the guides, from the demo"
	@echo "make lock       requirements/*.txt from pyproject.toml; UPGRADE=1 takes the newest versions"
	@echo "make setup      .venv with all of it;  make clean  takes it away"

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is not that. Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; on Debian: apt install python3-venv"; exit 1; }

$(RUN): $(VENV)/pyvenv.cfg requirements/run.txt
	@echo "Installing what the bot needs into $(VENV) …"
	@$(PIP) install --quiet --require-hashes -r requirements/run.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@echo "Installing the tools of development into $(VENV) …"
	@$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(DEV)

run: $(RUN)
	@if $(BIN)/python -c "$$FIND_TOKEN"; then exec $(BIN)/python -m bot; \
		else exec $(BIN)/python -m sandbox $(if $(FRESH),--fresh); fi

test: $(DEV)
	@$(BIN)/python -m pytest -n auto $(TEST)

lint: $(DEV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(DEV)
	@$(BIN)/ruff check --fix --unsafe-fixes --exit-zero --quiet .
	@$(BIN)/ruff format .

check: lint test

bench: $(DEV)
	@$(BIN)/python -m benchmarks

soak: $(DEV)
	@for round in $$(seq $(or $(ROUNDS),1)); do \
		echo "Round $$round"; SOAK=1 $(BIN)/python -m pytest tests/bot/kill tests/bot/year || exit 1; done

pictures: $(DEV)
	@$(BIN)/python -m docs.make_pictures

lock: $(DEV)
	@$(LOCK) --extra postgres -o requirements/run.txt pyproject.toml
	@$(LOCK) --extra postgres --extra dev -c requirements/run.txt -o requirements/dev.txt pyproject.toml

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis
