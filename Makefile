.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: help system install report test quick lint bench soak lab lock clean

PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
BIN := .venv/bin
STAMP := .venv/.installed
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
MADE := out/.made
KINDS := plan follow-up avoided-cost price data-request
REPORT_INPUTS := $(shell find benefits params notebooks templates -type f -not -path '*/__pycache__/*')
# Whole files, so that each makes what its tests share once; in the order of tests/conftest.py, the long ones first.
WORKERS := -n auto --dist loadfile --no-loadscope-reorder
# What Python and pytest compile is kept, also where the shell says otherwise: half of collecting the tests is compiling.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest $(WORKERS)
NAME ?=
UPGRADE ?=

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

system: ## install the Debian packages of debian-packages.txt that are missing (root or sudo)
	@packages=$$(sed 's/#.*//' debian-packages.txt); \
	if ! command -v apt-get >/dev/null; then \
		echo "This is not Debian or Ubuntu. Install what answers to these packages here:" $$packages >&2; exit 1; \
	fi; \
	missing=""; \
	for package in $$packages; do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then echo "System packages are in place:" $$packages; exit 0; fi; \
	sudo=""; \
	if [ "$$(id -u)" -ne 0 ]; then \
		command -v sudo >/dev/null || { echo "Run as root: apt-get install -y$$missing" >&2; exit 1; }; \
		sudo=sudo; \
	fi; \
	echo "Installing:$$missing"; \
	$$sudo apt-get update -qq; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	echo "Installed:$$missing"

install: $(STAMP) ## make the environment .venv from requirements.lock

$(BIN)/uv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make an environment. On Debian the package python3-venv is missing: sudo make system" >&2; exit 1; }
	@awk '/^uv==/ { on = 1 } on { print } on && !/\\$$/ { exit }' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock

$(STAMP): requirements.lock pyproject.toml | $(BIN)/uv
	@echo "Installing the packages of requirements.lock into .venv"
	@$(BIN)/uv pip sync --quiet --python .venv --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
	@touch $@

report: $(MADE) ## make every report of the examples in params/, in their languages, when something changed
	@echo "The reports:"
	@cat $(MADE)

$(MADE): $(STAMP) $(REPORT_INPUTS)
	@mkdir -p out
	@echo "Making the reports; this takes a few minutes" >&2
	@: > $@.part
	@for kind in $(KINDS); do $(BIN)/benefits report $$kind params >> $@.part; done
	@$(BIN)/benefits report portfolio params params/innomed-2024 >> $@.part
	@mv $@.part $@

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers 2
	$(if $(NOTEBOOKS),$(BIN)/nbstripout --keep-id --verify $(NOTEBOOKS))

test: lint ## every check and every test
	$(PYTEST)

quick: lint ## every check, and the tests that take no browser, server or long run
	HYPOTHESIS_PROFILE=quick $(PYTEST) -m "not slow and not browser and not postgres"

bench: $(STAMP) ## run the benchmarks, or one of them: make bench NAME=...
	@scripts=$$(ls benchmarks/$(or $(NAME),[a-z]*).py 2>/dev/null | grep -v /soak.py) || { echo "No such benchmark in benchmarks/." >&2; exit 1; }; \
	for script in $$scripts; do echo "== $$script"; $(BIN)/python $$script; done

soak: $(STAMP) ## make hundreds of reports, killed on the way and begun again; takes the better part of an hour
	$(BIN)/python benchmarks/soak.py

lab: $(STAMP) ## open JupyterLab
	$(BIN)/jupyter lab notebooks

lock: | $(BIN)/uv ## write requirements.lock from pyproject.toml; newest versions with UPGRADE=--upgrade
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev $(UPGRADE) \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--output-file requirements.lock pyproject.toml

clean: ## remove the environment, caches and builds; reports in out/ stay
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
