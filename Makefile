# Two commands matter: make demo and make test. Each does all the set-up it needs.
PYTHON := .venv/bin/python
FREEZER := build/package/venv
.PHONY: demo test soak quick try bench simulate reliability mutate screens package test-package bench-package lint unit diagram lock \
    clean prepare

# MODE=web: a site that has only a web sign-in. WALK=1 walks even where there is a display.
demo: prepare  ## the kiosk and its server, side by side; without a display a walk with pictures
	$(PYTHON) -m sandbox.demo build/demo$(MODE:%=-%) $(MODE:%=--mode %) $(if $(WALK),--walk)

test: prepare lint unit  ## everything that must hold

# Whatever draws by chance or from a grid.
DEEP := $(shell grep -rlE --include="test_*.py" "from hypothesis import|support.depth import" tests | sort)
soak: prepare  ## what the tests draw by chance or from a grid, about ten times as deep as in make test
	SOAK=1 $(PYTHON) -m pytest -q $(SIDE_BY_SIDE) $(filter-out $(ON_A_SCREEN),$(DEEP))
	SOAK=1 $(PYTHON) -m pytest -q $(SIDE_BY_SIDE) -p tests.desks $(filter $(ON_A_SCREEN),$(DEEP))

quick: prepare  ## while working: formats, types, the core, and the tests beside what is changed
	.venv/bin/ruff format --check -q .
	.venv/bin/ruff check -q .
	.venv/bin/mypy
	$(PYTHON) -m pytest -q -n $(WORKERS) tests/session $$($(PYTHON) -m tests.namesakes)

# ONLY="tap lock", RUNS=5 and, against another tree, TURNS=2 measure less.
MEASURED = $(if $(RUNS),--runs $(RUNS)) $(ONLY:%=--only %)
bench: prepare  ## the speed budgets, each beside a floor or a peer; AGAINST=COMMIT: what is slower
	$(PYTHON) -m benchmarks$(if $(AGAINST),.against $(AGAINST) $(if $(TURNS),--turns $(TURNS)), \
	    build/bench.json) $(MEASURED)

SEEDS ?= 10000
simulate: prepare  ## whole kiosks under SEEDS seeds, in virtual time
	$(PYTHON) -m tests.simulation --seeds $(SEEDS)

reliability: RUNS ?= 200
reliability: prepare  ## kill real kiosks RUNS times, their server 50 times; RUNS events of monitors
	$(PYTHON) -m tests.reliability.monitors --events $(RUNS) build/monitors.json
	$(PYTHON) -m tests.reliability --runs $(RUNS) build/reliability.json

mutate: prepare  ## countermeasures taken out one at a time: does its test notice? ONLY=T9 tries fewer
	$(PYTHON) -m tests.mutate $(ONLY:%=--only %)

try: prepare  ## one page, SCENE=login-24: a window to press, or a picture where there is no display
	@$(PYTHON) -m tests.ui.try_scene $(SCENE)

screens: prepare  ## a picture of every page and state
	$(PYTHON) -m tests.ui.screens build/screens

package: prepare  ## what IT installs, in dist/: the .deb, its bill of materials, the sums
	@installer/prepare_package.sh $(FREEZER)
	$(FREEZER)/bin/zizmor --offline --quiet .github/workflows
	$(FREEZER)/bin/python -m installer dist

test-package: package  ## the .deb on clean Debian 12 and 13: install, main job, bad luck, purge
	$(PYTHON) -m installer.trial dist

bench-package: package  ## the frozen start against the same from the tree, in one run
	$(PYTHON) -m benchmarks build/bench-package.json --only frozen

# What Windows and macOS get and build; the tests use what only Linux has. Each system remembers for
# itself what was read: one memory of all three would be made anew for each.
ELSEWHERE := -p kiosk -p installer -p sandbox -p resources
lint:
	.venv/bin/ruff format --check -q .
	.venv/bin/ruff check -q .
	.venv/bin/mypy
	@for system in win32 darwin; do \
	    .venv/bin/mypy --platform $$system --cache-dir .mypy_cache/$$system $(ELSEWHERE) || exit; done

WORKERS ?= 2
SIDE_BY_SIDE = -n $(WORKERS) --dist worksteal
# The real engine and the real clipboard; every such test says so in its first sentence.
ON_A_SCREEN := $(shell grep -rl --include="test_*.py" "^Needs a screen" tests/ui tests/app | sort)
# A badge is told from a hand by the time between two keys: nothing runs beside that.
ALONE := tests/ui/hands/test_hands_on_screen.py
unit:
	$(PYTHON) -m pytest -q $(SIDE_BY_SIDE) $(ON_A_SCREEN:%=--ignore %)
	$(PYTHON) -m pytest -q $(SIDE_BY_SIDE) -p tests.desks $(filter-out $(ALONE),$(ON_A_SCREEN))
	$(PYTHON) -m tests.on_screen $(PYTHON) -m pytest -q $(ALONE)

diagram: prepare  ## draw the states in docs/architecture.md from the transition table
	$(PYTHON) -m tests.diagram docs/architecture.md

lock:  ## pin every library again; needs uv
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --python-version 3.11 --all-extras -q pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --python-version 3.11 -q pyproject.toml installer/requirements.in -c requirements.lock \
	    -o installer/requirements.lock

prepare:
	@installer/prepare.sh

clean:
	rm -rf build dist .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
