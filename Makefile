# Two verbs for everybody: make demo, make test. The rest is for those who work on the program.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
SECONDS ?= 170
PEER   := .venv-bench

.PHONY: demo test simulate chaos proofs kills bench setup check lint fix golden build clean

demo: setup ## Set everything up, then run the whole job on the bundled release.
	$(BIN)/distribute demo

test: setup ## Set everything up, then run the tests.
	$(BIN)/python -m pytest -n 2

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev
	touch $(READY)

check: lint test ## What must hold before a commit: format, lint, types, floors, tests.

lint: setup ## Format, lint, types and floors.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## Format and mend what can be mended by itself.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

simulate: setup ## Let the machine die at every moment, for three minutes; SIMULATION_SEED=N begins at that seed.
	$(BIN)/python -m tests.simulation.sweep --seconds $(SECONDS)

chaos: setup ## Kill real processes, break networks and fill disks; CHAOS_SEED=N begins at that seed.
	CHAOS=1 $(BIN)/python -m pytest -q -n 2 tests/chaos tests/delivery/test_moves.py
	$(MAKE) kills

proofs: setup ## Proofs that are too long for make test: several machines, memory, the parts of the benchmark, many texts, planted faults.
	CHAOS=1 $(BIN)/python -m pytest -q -n 2 tests/cli/test_many_machines.py tests/benchmarks tests/delivery/test_draft.py tests/delivery/test_events.py tests/sources/test_any_text.py tests/sources/test_word.py tests/simulation/test_mutants.py tests/cli/test_interruptions.py tests/checking/test_check.py tests/rendering/test_preview.py
	CHAOS=1 $(BIN)/python -m pytest -q -n 2 -k postgresql tests/delivery tests/scheduling tests/channels

kills: setup ## Kill real processes at random moments, for three minutes; CHAOS_SEED=N begins at that seed.
	$(BIN)/python -m tests.chaos.sweep --seconds $(SECONDS)

bench: setup $(PEER)/.ready ## How fast, how large, how late, beside its peers; BENCH="--million" and the like go to it.
	$(BIN)/python -m tests.benchmarks --peer $(PEER)/bin/python $(BENCH)

$(PEER)/.ready: pyproject.toml
	$(PYTHON) -m venv $(PEER)
	-$(PEER)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	-$(PEER)/bin/python -m pip install --quiet --disable-pip-version-check --group bench
	touch $(PEER)/.ready

golden: setup ## Write the golden letters and posts anew; look at the difference before you commit it.
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/rendering

build: setup ## The wheel and the source archive, in dist/.
	$(BIN)/python -m build

clean:
	rm -rf $(VENV) $(PEER) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
