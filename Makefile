# `make demo` and `make test` are all that a newcomer needs; `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEVELOPMENT := .venv/.development-installed
JOBS ?= 2
SERVE ?= 1

# The environment may name no language at all, and the data are Chinese.
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Images of containers often forbid Python to keep what it compiled, and uv compiles nothing: then
# each of the hundred processes that the tests start compiles every library anew.
unexport PYTHONDONTWRITEBYTECODE

# What checks write goes here, so that they leave a demo's data alone.
CHECK := env -u DATABASE_URL DJANGO_SETTINGS_MODULE=marketplace.settings.test \
	VAR_DIR=$(CURDIR)/build/check TEST_VAR_DIR=$(CURDIR)/build/check

.DELETE_ON_ERROR:
.PHONY: help demo clean-demo install test quick lint lint-types lint-rest tests tests-sqlite \
	tests-postgres tests-browser tests-changed times campaign mutants asvs benchmarks \
	benchmarks-copies requirements format openapi translations screenshots docs-images chromium

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '  make %-16s %s\n' "$$name" "$$text"; done

demo: $(RUNTIME) ## play the story and serve the site (SERVE=0 ends after the story; PORT=8000)
	@$(BIN)/python manage.py demo $(if $(filter 0,$(SERVE)),--no-serve) $(if $(PORT),--port $(PORT))

clean-demo: ## throw away everything the demo made
	@rm -rf var
	@echo "The demo's data are gone. Start over with: make demo"

install: $(DEVELOPMENT) ## install what development needs

# Side by side, so that no core waits for another: mypy has one thread, PostgreSQL processes of its
# own, and the last test of a run one of its workers. What all sessions wait for comes first. What
# failed is told at the end, all of it, and last how many cases rested.
test: $(DEVELOPMENT) chromium ## everything that must hold: lint, the tests, and how long they took
	@rm -rf build/times
	@$(MAKE) --jobs=$(JOBS) --output-sync=target --keep-going build/.compiled lint tests; ended=$$?; \
		$(BIN)/python -m tests.times build/times/*.json > build/tests.md && exit $$ended

quick: $(DEVELOPMENT) ## lint, the house's rules and the nearest tests of what changed since BASE=HEAD
	@$(MAKE) --jobs=$(JOBS) --output-sync=target --keep-going lint tests-changed

lint: lint-types lint-rest ## format, style, types, imports, migrations, translations, OpenAPI

lint-types: $(DEVELOPMENT)
	$(BIN)/mypy

lint-rest: $(DEVELOPMENT)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	@mkdir -p build/check
	$(CHECK) $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECK) $(BIN)/python manage.py translations --check
	$(CHECK) $(BIN)/python manage.py spectacular --lang en --validate --fail-on-warn \
		--file build/openapi.yaml
	@diff -u docs/reference/openapi.yaml build/openapi.yaml || { \
		echo "The API and docs/reference/openapi.yaml differ. Run: make openapi"; exit 1; }

tests: tests-postgres tests-sqlite

# Of what takes long each run has a fortieth by turns (TURNS=1: all of it). What takes less than
# SHORT seconds never rests, and from UNTIL (by Python's time.monotonic) on no long test begins.
TURNS ?= 40
SHORT ?= 0
BY_TURNS := --turns=$(TURNS) --short=$(SHORT) $(if $(UNTIL),--until=$(UNTIL))
# CLOCK=+40d lets the tests live at another time (libfaketime must be installed).
AT := $(if $(CLOCK),--clock=$(CLOCK))
# Who judges labelled sets, each in an environment of its own.
LABELS := $(foreach one,label-studio croissant dingo cleanlab,build/$(one)/.installed)
# Its server takes 800 MB: campaigns alone ask it.
LABEL_SERVER := build/label-studio-server/.installed
PYTEST := $(BIN)/python -m pytest $(AT) -q -n $(JOBS) --dist=worksteal
ON_SQLITE = $$($(BIN)/python -m tests.plugins.databases) tests/browser
MODULES := $(shell find tests marketplace desensitize valuation -name '*.py')

# The workers of both sessions load all tests at the same time: each would compile all of them. What
# cannot be collected is told by the sessions.
build/.compiled: $(DEVELOPMENT) $(MODULES)
	@mkdir -p build
	-@$(BIN)/python -m pytest -q --collect-only --database=sqlite > /dev/null 2>&1
	@touch $@

tests-postgres: $(DEVELOPMENT) build/.compiled build/interop/.installed build/judges/.installed build/contracts/.installed build/lineage/.installed build/packaging/.installed $(LABELS) ## the tests, on PostgreSQL: DATABASE_URL's, else an embedded one
	$(PYTEST) --database=postgres $(BY_TURNS) --times=build/times/postgres.json

# Together, since each worker of a session of its own would load and build all anew.
tests-sqlite: $(DEVELOPMENT) build/.compiled chromium ## what could end otherwise on SQLite, and the journeys in a real browser
	$(PYTEST) --database=sqlite -m "not campaign" $(BY_TURNS) \
		--times=build/times/sqlite.json $(ON_SQLITE)

tests-browser: $(DEVELOPMENT) chromium ## the journeys in a real browser alone
	$(PYTEST) --database=sqlite -m "browser and not campaign" tests/browser

# Builds nothing: whatever needs an environment that is missing is skipped. Last it says what it left
# out.
tests-changed: $(DEVELOPMENT)
	@mkdir -p build
	@$(BIN)/python -m tests.changed $(BASE) > build/quick.args 2> build/quick.left
	$(PYTEST) --database=postgres --build-nothing @build/quick.args; ended=$$?; \
		cat build/quick.left; exit $$ended

times: $(DEVELOPMENT) ## keep what the last `make test` took, in docs/reference/tests.md and tests/long.txt
	@cp build/tests.md docs/reference/tests.md
	@$(BIN)/python -m tests.times --long build/times/*.json

# Both sessions run, whatever the first one finds.
campaign: $(DEVELOPMENT) build/schemathesis/.installed build/interop/.installed build/judges/.installed build/contracts/.installed build/lineage/.installed build/packaging/.installed $(LABELS) $(LABEL_SERVER) chromium ## all tests whole, and the long searches for faults; reports: build/campaign-*.md
	@mkdir -p build
	$(BIN)/python -m pytest --database=postgres -q -n $(JOBS) --dist=worksteal \
		-m "not browser" --hypothesis-profile=long \
		--campaign-report=build/campaign-postgres.md; found=$$?; \
	$(BIN)/python -m pytest --database=sqlite -q -n $(JOBS) --dist=worksteal \
		-m "campaign or not campaign" --campaign-report=build/campaign-sqlite.md $(ON_SQLITE) \
		&& exit $$found

mutants: $(DEVELOPMENT) build/interop/.installed build/judges/.installed build/contracts/.installed build/lineage/.installed build/packaging/.installed $(LABELS) chromium ## which of the listed faults the tests find (JOBS=2)
	$(BIN)/python -m tests.mutants --jobs $(JOBS)

asvs: $(DEVELOPMENT) ## whether controls of OWASP ASVS are missed when switched off (ROWS=20, SEED)
	$(BIN)/python -m tests.asvs --jobs $(JOBS) $(if $(SEED),--seed $(SEED)) $(if $(ROWS),--rows $(ROWS))

benchmarks: $(DEVELOPMENT) build/peers/.installed ## speed and memory against bars and peers (ROWS=1000000 MANY_ROWS=0)
	$(BIN)/python -m benchmarks.run --peers build/peers/bin/python \
		$(if $(ROWS),--rows $(ROWS)) $(if $(MANY_ROWS),--many-rows $(MANY_ROWS))

COPIERS := $(foreach one,opendp smartnoise dpmm,build/$(one)/.installed)

benchmarks-copies: $(DEVELOPMENT) build/peers/.installed $(COPIERS) ## synthetic copies beside those of others (7 GB of disk, an hour)
	$(BIN)/python -m benchmarks.synthesizing --peers build/peers/bin/python --environments build

build/interop/.installed: tests/interop/requirements.txt | .venv/bin/python
	@"$(PYTHON)" -m venv --without-pip build/interop
	@sh .ci/install build/interop --require-hashes -r tests/interop/requirements.txt
	@touch $@

build/judges/.installed: tests/desensitize/judges/requirements.txt | .venv/bin/python
	@"$(PYTHON)" -m venv --without-pip build/judges
	@sh .ci/install build/judges --require-hashes -r tests/desensitize/judges/requirements.txt
	@touch $@

build/contracts/.installed: tests/trading/listings/contracts/requirements.txt | .venv/bin/python
	@"$(PYTHON)" -m venv --without-pip build/contracts
	@sh .ci/install build/contracts --require-hashes -r tests/trading/listings/contracts/requirements.txt
	@touch $@

build/lineage/.installed: tests/outbound/lineage/requirements.txt | .venv/bin/python
	@"$(PYTHON)" -m venv --without-pip build/lineage
	@sh .ci/install build/lineage --require-hashes -r tests/outbound/lineage/requirements.txt
	@touch $@

# The files themselves: the tests install them into environments that are empty.
build/packaging/.installed: requirements.txt tests/packaging/requirements.txt | .venv/bin/python
	@rm -rf build/packaging
	@.venv/bin/python -m pip download --quiet --require-hashes --only-binary :all: \
		--dest build/packaging -r requirements.txt -r tests/packaging/requirements.txt
	@touch $@

$(LABELS) $(LABEL_SERVER): build/%/.installed: tests/annotation/judges/%.txt | .venv/bin/python
	@"$(PYTHON)" -m venv --without-pip build/$*
	@sh .ci/install build/$* --require-hashes -r $<
	@touch $@

build/schemathesis/.installed: tests/campaigns/requirements.txt | .venv/bin/python
	@"$(PYTHON)" -m venv --without-pip build/schemathesis
	@sh .ci/install build/schemathesis -r tests/campaigns/requirements.txt
	@touch $@

build/peers/.installed: benchmarks/requirements.txt | .venv/bin/python
	@"$(PYTHON)" -m venv --without-pip build/peers
	@sh .ci/install build/peers -r benchmarks/requirements.txt
	@touch $@

$(COPIERS): build/%/.installed: benchmarks/%.txt | .venv/bin/python
	@"$(PYTHON)" -m venv --without-pip build/$*
	@sh .ci/install build/$* -r $<
	@touch $@

requirements: | .venv/bin/python ## compile the pinned lists of packages anew (UPGRADE=1 takes newer releases)
	@sh .ci/compile $(if $(UPGRADE),--upgrade)

format: $(DEVELOPMENT) ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

openapi: $(DEVELOPMENT) ## write docs/reference/openapi.yaml anew
	@mkdir -p build/check docs/reference
	$(CHECK) $(BIN)/python manage.py spectacular --lang en --validate --fail-on-warn \
		--file docs/reference/openapi.yaml

translations: $(DEVELOPMENT) ## bring the catalogs up to date and compile them
	@mkdir -p build/check
	$(CHECK) $(BIN)/python manage.py translations --extract
	$(CHECK) $(BIN)/python manage.py translations --compile

screenshots: $(DEVELOPMENT) chromium ## keep the pictures that the journeys take, in build/screenshots
	SCREENSHOTS=$(CURDIR)/build/screenshots $(BIN)/python -m pytest --database=sqlite -q \
		-m "browser and not campaign" tests/browser

docs-images: $(DEVELOPMENT) chromium ## take the pictures of the docs anew, on the demo's data
	$(BIN)/python -m tests.browser.pictures_of_docs

chromium: $(DEVELOPMENT)
	@sh .ci/chromium

.venv/bin/python:
	@sh .ci/python "$(PYTHON)"
	@"$(PYTHON)" -m venv .venv

$(RUNTIME): requirements.txt requirements-demo.txt | .venv/bin/python
	@echo "Installing what the centre and its demo need (once) ..."
	@sh .ci/install .venv --require-hashes -r requirements.txt -r requirements-demo.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	@echo "Installing what the tests need ..."
	@sh .ci/install .venv --require-hashes -r requirements-dev.txt
	@touch $@
