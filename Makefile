# One set of short commands for everyone, CI included.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared/data

.PHONY: help setup browser demo test check gate docs screens bench lock sbom clean

help:            ## show this list
	@grep -E '^[a-z]+: .*##|^[a-z]+:.*##' Makefile | sed -E 's/:.*## /	/'

.venv/ready: pyproject.toml requirements.lock
	@$(PYTHON) -m venv .venv || ($(PYTHON) -m pip install --user virtualenv && $(PYTHON) -m virtualenv .venv)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@touch .venv/ready

setup: .venv/ready  ## make .venv with everything, at the versions of requirements.lock

browser:         ## install Debian's Chromium, in which the pages are tested, where there is none
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null)

demo: setup      ## read the invented newsroom and print its brief
	@rm -f demo.headwater demo.headwater-wal demo.headwater-shm
	@$(BIN)/headwater read demo.headwater tests/newsroom/reports 2>/dev/null
	@$(BIN)/headwater brief demo.headwater

test: setup browser  ## run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup     ## style, types, layers, generated docs
	@$(BIN)/ruff check src tests bench docs
	@$(BIN)/ruff format --check --quiet src tests bench docs
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python docs/generate.py --check

gate: setup      ## score every stage and fail below the floors
	@$(BIN)/headwater measure --gate --data $(DATA)

docs: setup      ## refresh what the docs take from the code
	@$(BIN)/python docs/generate.py

screens: setup browser  ## take the pictures of the pages in docs/screens
	@$(BIN)/python docs/screens.py

bench: setup     ## speed and memory of the flow, and of the search for copies up to 100,000 reports
	@$(BIN)/python bench/bench.py --data $(DATA)
	@$(BIN)/python bench/scale.py --data $(DATA)

lock: setup      ## write requirements.lock from what is installed
	@$(BIN)/python -m pip freeze --exclude-editable > requirements.lock

sbom: setup      ## write the bill of materials of a release to dist/, as CycloneDX
	@$(BIN)/python docs/sbom.py

clean:           ## remove what setup and demo made
	@rm -rf .venv demo.headwater demo.headwater-wal demo.headwater-shm
