# EvidenceDesk: everything a developer or a build server does goes through here. `make help` lists it.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SYSTEM_READY := $(VENV)/.system-ready
PACKAGE_READY := $(VENV)/.package-ready
# Where the packages say the program is at home, and how hard they are packed (1 quick, 9 small).
export PROJECT_URL ?= https://evidencedesk.example
export COMPRESSION ?= 9
# One more than two cores: many tests wait for real time to pass.
WORKERS ?= 3
HOURS ?= 24
SECONDS_EACH ?= 60
MUTATIONS ?= 10000
BENCHMARKS ?= recording_cost first_sample click bar_cost lost_samples kill_loss power_cut vault_cost recovery_speed export_speed verify_speed journal_speed judge_speed library start_up case_page
DEMO ?= build/demo-$(shell date +%Y%m%d-%H%M%S)

.DEFAULT_GOAL := help
.PHONY: help run test check lint types layers messages unit coverage kills chaos fuzz mutations soak bench screenshots walk wheel demo clean \
	frozen deb rpm tarball packages smoke

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) ## Open the window; without a screen or microphone, record, export and verify a demo visit
	@DEMO="$(DEMO)" packaging/run.sh $(BIN)/evidencedesk

test: $(READY) $(SYSTEM_READY) check coverage ## Everything that must be green: lint, types, layers, all tests

check: lint types layers messages

lint: $(READY) ## Style of code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## Types
	$(BIN)/mypy

layers: $(READY) ## Who may import whom
	$(BIN)/lint-imports

messages: $(READY) ## Every sentence has its translation
	$(BIN)/python packaging/compile_messages.py --check

unit: $(READY) ## The quick tests only
	$(BIN)/python -m pytest tests/unit -q

coverage: $(READY) $(SYSTEM_READY) ## All tests, with coverage
	$(BIN)/python -m coverage erase
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --cov --cov-report=term:skip-covered

kills: $(READY) $(SYSTEM_READY) ## Kill the recorder 50 times at random moments and recover; and 50 times in a locked library
	EVIDENCEDESK_KILLS=50 $(BIN)/python -m pytest tests/unit/capture tests/end_to_end -k kill -s -q --timeout 1800

chaos: $(READY) $(SYSTEM_READY) ## Cause every fault for real, without a lock and with one, and print what became of the recording (root: disks too)
	PYTHONPATH=tests $(BIN)/python -m chaos
	PYTHONPATH=tests $(BIN)/python -m chaos --vault

fuzz: $(READY) ## Feed the readers of foreign files with bytes that find their way in, 60 s each (SECONDS_EACH)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,fuzz]"
	PYTHONPATH=tests $(BIN)/python -m fuzz $(SECONDS_EACH)

mutations: $(READY) ## 10,000 random single changes of a case folder: how many does verify name? (MUTATIONS)
	PYTHONPATH=tests $(BIN)/python -m fuzz.mutations $(MUTATIONS)

soak: $(READY) ## Record 24 h of sound as fast as it goes, export and verify it (6 GB of room)
	PYTHONPATH=tests $(BIN)/python -m soak $(HOURS)

bench: $(READY) $(SYSTEM_READY) ## All benchmarks in their short form; for full ones see benchmarks/README.md
	@for name in $(BENCHMARKS); do PYTHONPATH=tests $(BIN)/python -m benchmarks.$$name --short || true; done

walk: $(READY) $(SYSTEM_READY) ## The visit in as few touches as it takes, by real mouse and keys, timed to the disk
	PYTHONPATH=tests $(BIN)/python -m walk

demo: $(READY) ## A scripted visit, exported and verified, in build/
	$(BIN)/evidencedesk demo "$(DEMO)"

screenshots: $(READY) $(SYSTEM_READY) ## Pictures of every page for docs/
	QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/screenshots.py docs/screenshots

wheel: $(READY) ## Build the wheel into dist/
	$(BIN)/python -m build --wheel

frozen: $(PACKAGE_READY) ## The program with all it needs in one folder, build/frozen
	PYTHONHASHSEED=1 $(BIN)/pyinstaller --noconfirm --log-level WARN --distpath build/frozen --workpath build/pyinstaller packaging/evidencedesk.spec

deb: frozen ## The package for Debian and Ubuntu, in dist/
	$(BIN)/python packaging/make_packages.py deb

rpm: frozen ## The package for Fedora and openSUSE, in dist/
	$(BIN)/python packaging/make_packages.py rpm

tarball: frozen ## The program to be unpacked anywhere, in dist/
	$(BIN)/python packaging/make_packages.py tar

packages: frozen ## All three
	$(BIN)/python packaging/make_packages.py deb rpm tar

smoke: $(PACKAGE_READY) ## Install the .deb in clean Debian 12 and 13 roots, use it there, and take it away again (root)
	$(BIN)/python packaging/smoke_test.py $(wildcard dist/evidencedesk_*.deb dist/evidencedesk-*.rpm dist/evidencedesk-*.tar.xz)

clean: ## Remove what was built
	rm -rf build dist $(VENV) .coverage .coverage.* htmlcov

$(READY): pyproject.toml constraints.txt packaging/system_packages.sh
	packaging/system_packages.sh run $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[desktop,transcribe,dev]"
	touch $@

$(SYSTEM_READY): packaging/system_packages.sh | $(READY)
	packaging/system_packages.sh test $(PYTHON)
	touch $@

$(PACKAGE_READY): pyproject.toml constraints.txt packaging/system_packages.sh | $(READY)
	packaging/system_packages.sh package $(PYTHON)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[package]"
	touch $@
