# Two commands: `make demo` and `make test`. Both need Python 3.11 or newer and nothing else; both can be run again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install -qq --require-hashes
INSTALL_HERE := $(PIP) install -qq --no-deps --no-build-isolation --editable .
OLD_PYTHON := needs Python 3.11 or newer: name one with PYTHON=, for example make demo PYTHON=python3.12
NO_VENV := cannot make a virtual environment: install the venv module (on Debian: apt-get install python3-venv)
APT_INSTALL := DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends
# Without a database of the machine's own, which Debian would start: the tests start and stop one themselves.
NO_CLUSTER := sed -ri 's/^\#?(create_main_cluster) .*/\1 = false/' /etc/postgresql-common/createcluster.conf

.PHONY: demo test bench pins clean
.DELETE_ON_ERROR:

demo: $(VENV)/.runtime
	@mkdir -p out
	$(BIN)/partnermatch dedupe fixtures/partners.csv -o out/demo.csv --name name --country country --show
	$(BIN)/partnermatch resolve fixtures/affiliations/strings.csv -o out/affiliations.csv --name affiliation \
	  --registry fixtures/registry_cases/dump.json --no-index --show
	@echo "The answers are in out/demo.csv, one row for each of fixtures/partners.csv, and in out/affiliations.csv"

test: $(VENV)/.test
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/pytest

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "partnermatch $(OLD_PYTHON)"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing python3-venv ..." \
	    && apt-get update -qq && apt-get install -yqq python3-venv >/dev/null && $(PYTHON) -m venv --clear $(VENV); } || \
	  { rm -rf $(VENV); echo "$(PYTHON) $(NO_VENV)"; exit 1; }
	@touch $@

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what partnermatch needs into $(VENV) (some 200 MB, once) ..."
	@$(INSTALL) -r requirements.txt
	@$(INSTALL_HERE)
	@$(BIN)/python -m compileall -q src  # once, also where Python is told to keep no bytecode
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.runtime
	@echo "Installing what the tests need into $(VENV) ..."
	@$(INSTALL) -r requirements-test.txt
	@ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || command -v pg_ctl >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing a PostgreSQL server for the tests ..." \
	    && apt-get update -qq && $(APT_INSTALL) postgresql-common >/dev/null && $(NO_CLUSTER) \
	    && $(APT_INSTALL) postgresql >/dev/null; } || \
	  echo "No PostgreSQL server: the tests of the store on one are skipped, and fail under CI=true."
	@touch $@

# The tools that benchmarks/race.py compares with, in an environment of their own.
bench: .bench/.installed
.bench/.installed: benchmarks/peers/requirements.txt $(VENV)/.test
	@echo "Installing the tools of the race into .bench ..."
	@$(PYTHON) -m venv .bench
	@.bench/bin/python -m pip --disable-pip-version-check install -qq -r benchmarks/peers/requirements.txt
	@touch $@

# Pins every dependency anew, for all supported Pythons and platforms, after a change of pyproject.toml.
BACKEND := hatchling editables
UV := $(VENV)/pins/bin/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes --no-annotate \
  --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 --upgrade
pins: $(VENV)/.made
	@$(PYTHON) -m venv $(VENV)/pins && $(VENV)/pins/bin/python -m pip install -qq uv
	@printf "%s\n" $(BACKEND) | $(UV) pyproject.toml - --output-file requirements.txt
	@printf "%s\n" $(BACKEND) | $(UV) pyproject.toml - --extra test --constraint requirements.txt --output-file requirements-test.txt

clean:
	rm -rf $(VENV) .bench out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
