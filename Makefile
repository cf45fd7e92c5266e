# One set of short commands for everyone, CI included.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared/data

.PHONY: help setup browser emulator demo test test-all check gate gate-newsroom regold diff-golden docs screens bench lock sbom clean

help:            ## show this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /	/'

.venv/ready: pyproject.toml requirements.lock
	@$(PYTHON) -m venv .venv || ($(PYTHON) -m pip install --user virtualenv && $(PYTHON) -m virtualenv .venv)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@touch .venv/ready

setup: .venv/ready  ## make .venv with everything, at the versions of requirements.lock

browser:         ## install Debian's Chromium, in which the pages are tested, where there is none
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null)

emulator:        ## install Debian's qemu-user, which stands for a processor without VNNI, where there is none
	@command -v qemu-x86_64 >/dev/null \
		|| (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends qemu-user >/dev/null)

demo: setup      ## read the invented newsroom and print its brief
	@rm -f demo.headwater demo.headwater-wal demo.headwater-shm
	@$(BIN)/headwater read demo.headwater tests/newsroom/reports 2>/dev/null
	@$(BIN)/headwater brief demo.headwater

test: setup browser  ## run the tests, but for those that take long
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long"

test-all: setup browser emulator  ## run every test, each once: more kills, what fuzzing found, every width of the pages, another processor
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup     ## style, types, layers, generated docs
	@$(BIN)/ruff check src tests bench docs training
	@$(BIN)/ruff format --check --quiet src tests bench docs training
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python docs/generate.py --check
	@$(BIN)/python training/weightcards.py --check

gate: setup      ## score every stage and fail below the floors
	@$(BIN)/headwater measure --gate --data $(DATA)

gate-newsroom: setup  ## the same on the newsroom alone, whose gold is here
	@$(BIN)/headwater measure newsroom --gate

regold: setup    ## write the golden rows: what every stage makes of the newsroom
	@$(BIN)/python tests/golden/golden_rows.py write

diff-golden: setup  ## show what differs from the golden rows, and fail when anything does
	@$(BIN)/python tests/golden/golden_rows.py diff

docs: setup      ## refresh what the docs and the cards of the weights take from the code
	@$(BIN)/python docs/generate.py
	@$(BIN)/python training/weightcards.py

screens: setup browser  ## take the pictures of the pages in docs/screens
	@$(BIN)/python docs/screens.py

bench: setup     ## speed and memory of the flow, of the search for copies up to 100,000 reports, and what must stay in proportion
	@$(BIN)/python bench/ratios.py
	@$(BIN)/python bench/bench.py --data $(DATA)
	@$(BIN)/python bench/scale.py --data $(DATA)

lock: setup      ## write requirements.lock from what is installed
	@$(BIN)/python -m pip freeze --exclude-editable > requirements.lock

sbom: setup      ## write the bill of materials of a release to dist/, as CycloneDX
	@$(BIN)/python docs/sbom.py

clean:           ## remove what setup and demo made
	@rm -rf .venv demo.headwater demo.headwater-wal demo.headwater-shm
