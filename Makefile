# Twaalf in a few commands: `make run`, `make test`, `make quick`.

PYTHON ?= python3
PORT ?= 5000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
# What is made from sources and is not in git: compressed files, compiled catalogues.
GENERATE := $(BIN)/python -m whitenoise.compress -q app/static && $(BIN)/python -m assets.pack && $(BIN)/pybabel -q compile -d app/translations

.PHONY: install program database run test long quick huge count test-tools lock check translations privacy bench vendor lighthouse sbom third-party faults

install: program database

# The program alone: nothing of an installation is touched.
program: $(VENV)/.installed
	@$(GENERATE)

# Keys, unless they are there, and the tables of this release.
database:
	@$(BIN)/python -c "from app.config import instance_folder, write_keys; write_keys(instance_folder())"
	@$(FLASK) db upgrade

run: install
	@$(FLASK) demo --if-empty
	@echo "Twaalf: http://127.0.0.1:$(PORT)  (Ctrl-C stops)"
	@PORT=$(PORT) $(BIN)/python serve.py --host 127.0.0.1 --port $(PORT) --workers $(WORKERS) --http1-header-read-timeout 5000

test: test-tools
	@$(BIN)/ruff check app tests bench && $(BIN)/ruff format --check -q app tests bench && $(BIN)/mypy
	@$(BIN)/python -m pytest -m "not long and not huge and not browser and not postgres and not server" -n 2
	@$(BIN)/python -m pytest -m "(browser or postgres or server) and not long and not huge"

# What takes seconds each: every released schema upgraded, long random sequences, crawls for each person.
long: test-tools
	@$(BIN)/python -m pytest -m "long and not huge and not browser and not postgres and not server" -n 2
	@$(BIN)/python -m pytest -m "long and not huge and (browser or postgres or server)"

# The rules, the house and one look at each page by each role; what a deed, a page or a command does
# is in tests/actions, tests/blueprints and tests/commands.
quick: $(VENV)/.tested
	@$(GENERATE)
	@$(BIN)/python -m pytest -m "not long and not huge and not browser and not postgres and not server" -n 2 \
	  --ignore tests/actions --ignore tests/blueprints --ignore tests/commands

# What takes minutes: seventy thousand groups on each database.
huge: test-tools
	@$(BIN)/python -m pytest -m huge

# How many tests of each kind there are.
count: $(VENV)/.tested
	@$(BIN)/python -m bench.count

check: $(VENV)/.tested
	$(BIN)/ruff check app tests bench && $(BIN)/ruff format --check app tests bench && $(BIN)/mypy

$(VENV)/.installed: requirements.lock
	@sh docs/install/python.sh "$(PYTHON)" "$(VENV)"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.tested: $(VENV)/.installed requirements-dev.lock
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

test-tools: $(VENV)/.tested
	@sh docs/install/test-tools.sh
	@$(GENERATE)

# The locks hold hashes and no address of any index.
lock:
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --extra postgres --extra redis --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --extra postgres --extra redis -c requirements-dev.lock pyproject.toml -o requirements.lock

# A second run changes nothing: no dates, no places in the source, one order. English owes every sentence,
# the other languages what readers meet (assets/catalogues.py).
translations:
	@$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k gettext -k lazy_gettext -k lazy_ngettext:1,2 \
	  --no-location --sort-output --omit-header -o messages.pot app
	@$(BIN)/pybabel -q update -i messages.pot -d app/translations -l en --init-missing \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@rm messages.pot
	@$(BIN)/python -m assets.catalogues
	@$(BIN)/pybabel -q compile -d app/translations

# What /privacy says, copied into docs/privacy.md.
privacy: $(VENV)/.tested
	@$(BIN)/python -m assets.privacy

# What others made and pages and paper use: Pico CSS and fonts, copied once with their licences.
vendor: $(VENV)/.tested
	npm ci --ignore-scripts --no-audit --no-fund && npm run vendor
	$(BIN)/python -m assets.letters && $(BIN)/python -m assets.scripts && $(BIN)/python -m assets.drawn

# What Lighthouse says of the finder and a group page; npx fetches it.
lighthouse: test-tools
	@$(BIN)/python -m bench.lighthouse

bench: $(VENV)/.tested
	$(BIN)/python -m bench.beside && $(BIN)/python -m bench.curves && $(BIN)/python -m bench.printed

# What is in an installation, part by part (cyclonedx-bom); and the page about it.
sbom: $(VENV)/.tested
	@$(BIN)/cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml --mc-type application --output-reproducible -o sbom.json
	@echo "sbom.json"

third-party: $(VENV)/.tested
	@$(BIN)/python -m assets.third_party

# What a night may bring, to the real server while people write, on each database; the table of docs/benchmarks.md.
faults: $(VENV)/.tested
	@$(BIN)/python -m bench.faults && $(BIN)/python -m bench.faults --postgres
