# Every target sets up what it needs: an own .venv with the locked versions, made again only when a lock changes.
PYTHON ?= python3
BIN := .venv/bin
DEV := .venv/.dev-installed
SUPPLY := .venv/supply/bin
PYTEST := $(BIN)/python -m pytest --numprocesses=logical --dist=worksteal
SHARED ?= ../shared

MINUTES ?= 10

.PHONY: demo test lint messages pseudo shapes bench fuzz chaos shots audit sbom licences lock clean

demo: $(DEV)
	$(BIN)/carecue demo

test: lint
	$(PYTEST)

lint: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Brings the catalogues in bot/views/locale up to the texts of the code; translations stay.
messages: $(DEV)
	$(BIN)/python -m tests.messages

# All tests that go through the sandbox, with every text marked: nothing untranslated, and nothing too long.
pseudo: $(DEV)
	$(PYTEST) --pseudo tests/handlers tests/jobs tests/complaints tests/demo

# What CareCue sends, and how it takes Slack's payload samples, held against the shapes in $(SHARED)/slack.
shapes: $(DEV)
	$(PYTEST) tests/shapes --shared=$(SHARED)

bench: $(DEV)
	$(BIN)/python -m tests.benchmarks

# Knocks at every door with what nobody would send: KNOCKS times each way. A failure is shown in its smallest form.
KNOCKS ?= 10000
fuzz: $(DEV)
	$(BIN)/python -m pytest tests/hostile/test_fuzz.py --knocks=$(KNOCKS)

# Four processes, PostgreSQL, and everything goes wrong for so many MINUTES: what people were told has to be right.
chaos: $(DEV)
	$(BIN)/python -m tests.chaos --minutes $(MINUTES)

# Screenshots of the demo page in docs/: needs Chromium (any on PATH, or set CHROMIUM).
shots: $(DEV) .venv/.shots-installed
	$(BIN)/python -m tests.shots

# Everything locked, against the known vulnerabilities. Asks a service on the internet: where that is out of reach it fails.
audit: .venv/.supply-installed
	for lock in requirements*.lock; do echo "$$lock"; $(SUPPLY)/pip-audit --strict --progress-spinner=off --disable-pip --require-hashes -r $$lock || exit 1; done

# What a release is made of, for whoever keeps an inventory: CycloneDX, of what runs and nothing else.
sbom: .venv/.supply-installed requirements.lock
	rm -rf .venv/runtime
	$(PYTHON) -m venv .venv/runtime
	.venv/runtime/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv/runtime/bin/python -m pip uninstall --quiet --disable-pip-version-check --yes setuptools pip
	mkdir -p build
	$(SUPPLY)/cyclonedx-py environment .venv/runtime --pyproject pyproject.toml --output-reproducible -o build/carecue.cdx.json

# docs/licences.md, from what the dependencies say of themselves.
licences: $(DEV)
	$(BIN)/python -m tests.licences

COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate

# What runs, what is tested with, and further sets that agree with them. An old version stays until `make lock UPGRADE=--upgrade`.
lock:
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) $(UPGRADE) pyproject.toml --extra traces -c requirements-dev.lock -o requirements-traces.lock
	$(COMPILE) $(UPGRADE) --group build -c requirements-dev.lock -o requirements-build.lock
	$(COMPILE) $(UPGRADE) --group shots -c requirements-dev.lock -o requirements-shots.lock
	$(COMPILE) $(UPGRADE) --group supply -c requirements-dev.lock -o requirements-supply.lock

clean:
	rm -rf .venv

$(DEV): requirements-dev.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "CareCue needs Python 3.11 or later: set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.shots-installed: $(DEV) requirements-shots.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-shots.lock
	touch $@

.venv/.supply-installed: $(DEV) requirements-supply.lock
	$(PYTHON) -m venv .venv/supply
	$(SUPPLY)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-supply.lock
	touch $@
