# Each target works on a fresh Debian or Ubuntu with python3, make and git; README.md says what each one does.
# `make PYTHON=python3.12 test` takes another Python for the virtual environment.

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run demo test soak bench lint build lock clean
.DEFAULT_GOAL := test

.venv/ready: pyproject.toml
	@.ci/system-packages base
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what pyproject.toml names into .venv"
	@$(BIN)/python -m pip install -qq --editable '.[county,dev,build]'
	@touch $@

.venv/window: .ci/system-packages .venv/ready
	@.ci/system-packages window
	@touch $@

.venv/tests: .ci/system-packages .venv/ready
	@.ci/system-packages tests
	@touch $@

run: .venv/window
	@$(BIN)/python -m ui

demo: .venv/window
	@$(BIN)/python tests/demo.py

test: .venv/tests
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest -q -n $(WORKERS)

soak: .venv/tests
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest -q -m soak --timeout 3600

bench: .venv/ready
	@$(BIN)/python -m tests.bench

lint: .venv/ready
	@status=0; \
	$(BIN)/ruff check --output-format concise . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports --no-cache || status=1; \
	exit $$status

build: .venv/tests
	@$(BIN)/python -m pip install -qq --requirement requirements.lock
	@$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller build.spec
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -m bundle tests/test_bundle.py

# Versions only, for the bundle: what this .venv runs the tests with.
lock: .venv/ready
	@$(BIN)/python -m pip freeze --exclude-editable | sort -f > requirements.lock

clean:
	@rm -rf build dist .venv
