# kg: `make demo` shows it, `make test` proves it.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
HANLP := .venv-hanlp
WORKERS := 2
DEMO := KG_HOME=$(CURDIR)/.kg/demo

.PHONY: help setup demo test test-hanlp lint format bench gallery clean
.DEFAULT_GOAL := help

help:  ## say what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY)  ## install kg and what its tests need into .venv

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kg needs Python 3.11 or newer: make setup PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing kg into $(VENV) (about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[fast,test,lint]"
	@touch $(READY)

demo: setup  ## build the graph from seeds/ in Neo4j and ask who is exposed to whom
	@$(DEMO) $(BIN)/kg build seeds
	@$(DEMO) $(BIN)/kg query run compute/to_grid
	@$(DEMO) $(BIN)/kg query run exposure/suppliers company=台积电
	@$(DEMO) $(BIN)/kg query run exposure/of_sector sector="data centers"
	@$(DEMO) $(BIN)/kg db browser --no-open

test: setup  ## run every test against the real thing
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-hanlp: $(HANLP)/.ready  ## test HanLP as the Chinese pipeline, in an environment of its own (5.6 GB)
	@KG_TEST_HANLP=1 OMP_NUM_THREADS=2 $(HANLP)/bin/python -m pytest tests/hanlp_pipeline

$(HANLP)/.ready: pyproject.toml
	@test -x $(HANLP)/bin/python || $(PYTHON) -m venv $(HANLP)
	@echo "Installing kg with HanLP into $(HANLP) (two minutes)"
	@$(HANLP)/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[hanlp,test]"
	@touch $@

lint: setup  ## ruff, and mypy in its strict mode
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/kg check

format: setup  ## put imports in order and mend what ruff can
	@$(BIN)/ruff check --fix .

bench: setup  ## measure everything and write docs/benchmarks.md (DATA=folder with the published sets and corpora)
	@test -n "$(DATA)" || { echo "Name the folder with the published sets: make bench DATA=folder"; exit 1; }
	@$(BIN)/python -m benchmarks "$(DATA)"

gallery: setup  ## draw docs/gallery.md and its pictures from the graph of the seeds
	@$(DEMO) $(BIN)/kg build seeds
	@$(DEMO) $(BIN)/python -m benchmarks.gallery docs

clean:  ## stop the demo's server and take away what was made here (the jars in the user's cache stay)
	@test ! -x $(BIN)/kg || $(DEMO) $(BIN)/kg db stop
	@rm -rf .kg .venv $(HANLP) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
