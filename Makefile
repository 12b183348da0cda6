# Everything that is done with this repository. `make site` and `make test` set themselves up:
# they need Python 3.11 or newer, git and nothing else. The second run starts at once.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
PORT ?= 8000
# The source documents stay outside the repository; what needs them is left out, and says so, where they are missing.
DUIXIAN_SOURCES ?= ../shared/sources

RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
CHECKERS := tests/browser/node_modules/.package-lock.json
READERS := build/recipes-env/.ready
# Byte code is kept, whatever the surroundings say: tests start hundreds of processes, and to compile what they import takes
# longer than most of them do.
export PYTHONDONTWRITEBYTECODE :=
PIP := $(RUN) -m pip --disable-pip-version-check --quiet

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: Python 3.11 or newer is needed; name one: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two)"
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(CHECKERS): tests/browser/package-lock.json
	@command -v npm >/dev/null || { echo "make: npm is needed, for the checkers of the browser tests" >&2; exit 1; }
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund
	@touch $@

# What readers load the data with, in an environment that has nothing of ours. .ready says which lock it was made from.
$(READERS): tests/recipes/requirements.lock
	@echo "Setting up build/recipes-env (once; a minute or two)"
	@$(PYTHON) -m venv --clear build/recipes-env
	@build/recipes-env/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@cp $< $@

.PHONY: site
site: build ## registers → datapackage/, build/docs/ and site/ (the same as build)

.PHONY: build
build: $(READY) ## registers → data packages, pages and the site
	$(RUN) -m generator build

.PHONY: test
test: $(READY) ## the tests (browser tests need Chromium, recipes `make recipes`, corpus tests the source documents)
	$(RUN) -m pytest -n auto --dist worksteal -m "not journey"

.PHONY: journeys
journeys: $(READY) ## whole ways and the whole site: the guide word by word, a fork emptied, two builds compared, axe and vnu on the pages
	$(RUN) -m pytest -n auto --dist worksteal -m journey

.PHONY: check
check: lint checkers recipes test journeys ingest-check build validate ## everything that CI runs

.PHONY: checkers
checkers: $(CHECKERS) ## axe-core and vnu for the browser tests (needs npm; vnu needs Java)

.PHONY: recipes
recipes: $(READERS) ## pandas, DuckDB and frictionless apart from ours, for the tests of the README and of the data page

.PHONY: lint
lint: $(READY) ## ruff, formatting and strict types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

.PHONY: ingest
ingest: $(READY) ## source documents → registers (DUIXIAN_SOURCES=DIR)
	$(RUN) -m generator ingest --documents "$(DUIXIAN_SOURCES)"

.PHONY: ingest-check
ingest-check: $(READY) ## the source documents still give the committed registers, to the byte
	@if [ -d "$(DUIXIAN_SOURCES)" ]; then set -x; $(RUN) -m generator ingest --check --documents "$(DUIXIAN_SOURCES)"; \
	else echo "ingest --check: left out, no source documents at $(DUIXIAN_SOURCES)"; fi

.PHONY: validate
validate: $(READY) ## the committed data packages are valid, and their downloads where there are any
	$(RUN) -m generator validate

.PHONY: serve
serve: $(READY) ## site/ on 127.0.0.1 under a sub-path, as on GitHub Pages (PORT=8000)
	$(RUN) -m generator serve --port $(PORT)

# Through the environment: what is named is never read by a shell.
export DUIXIAN_DEST = $(value DEST)
ifneq ($(filter publish,$(MAKECMDGOALS)),)
ifeq ($(value DEST),)
$(error say where to: make publish DEST=/srv/www/duixian, or DEST=user@host:path)
endif
endif
.PHONY: publish
publish: build ## build the site and bring it to a folder or a server (DEST=…, DUIXIAN_SITE_URL=https://…)
	$(RUN) -m generator publish -- "$$DUIXIAN_DEST"

.PHONY: screenshots
screenshots: build ## take the pictures of the READMEs again into .github/screenshots (needs Chromium)
	$(RUN) -m tests.browser.screenshots

.PHONY: golden
golden: $(READY) ## write the golden registers of tests/fixtures again; review the difference in git
	$(RUN) -m tests.golden

.PHONY: fuzz
fuzz: $(READY) ## 100,000 damaged documents are read, and what must hold of any is checked (FUZZ="--seed 2 --documents 1000")
	DUIXIAN_SOURCES="$(abspath $(DUIXIAN_SOURCES))" $(RUN) -W ignore -m tests.fuzz $(FUZZ)

.PHONY: chaos
chaos: $(READY) ## runs are killed and disturbed in every way; what was good stays good, the next run is whole (CHAOS="--seed 2")
	$(RUN) -m tests.chaos $(CHAOS)

.PHONY: mutation
mutation: $(READY) ## the code of quantities, assessment and stamping is changed in one place at a time, and some test must fail
	$(RUN) -W ignore -m tests.mutation $(MUTATION)

.PHONY: lock
lock: $(READY) ## resolve the dependencies again into requirements.lock, the readers' tools into tests/recipes/requirements.lock
	$(PIP) install uv
	$(VENV)/bin/uv pip compile pyproject.toml --extra cluster --extra dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-annotate --quiet --output-file requirements.lock
	$(VENV)/bin/uv pip compile tests/recipes/requirements.in --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-annotate --quiet --output-file tests/recipes/requirements.lock
	@echo "Now \`make sbom\`, which installs what is locked and lists it."

.PHONY: sbom
sbom: $(READY) ## list what is locked, with licences, in generator/sbom.cdx.json (CycloneDX), which every release takes along
	$(RUN) -m tests.sbom

.PHONY: clean
clean: ## remove what is generated and ignored by git; keeps .venv
	rm -rf build site tests/browser/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis duixian.egg-info
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
