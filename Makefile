# Twaalf in a few commands: `make run`, `make test`, `make quick`.

PYTHON ?= python3
PORT ?= 5000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
COMPRESS := $(BIN)/python -m whitenoise.compress -q app/static

.PHONY: install run test quick test-tools lock check translations bench vendor lighthouse

install: $(VENV)/.installed
	@$(BIN)/python -c "from pathlib import Path; from app.config import write_keys; write_keys(Path(\"instance\"))"
	@$(FLASK) db upgrade
	@$(COMPRESS)

run: install
	@$(FLASK) demo --if-empty
	@echo "Twaalf: http://127.0.0.1:$(PORT)  (Ctrl-C stops)"
	@PORT=$(PORT) $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) \
	  --workers $(WORKERS) --blocking-threads 2 --workers-kill-timeout 5 --no-access-log --log-level warning wsgi:app

test: test-tools
	@$(BIN)/ruff check app tests bench && $(BIN)/ruff format --check -q app tests bench && $(BIN)/mypy
	@$(BIN)/python -m pytest -m "not browser and not postgres and not server" -n 2
	@$(BIN)/python -m pytest -m "browser or postgres or server"

# The rules, the house and one look at each page by each role; what a page does is in tests/pages.
quick: $(VENV)/.tested
	@$(BIN)/python -m pytest -m "not long and not browser and not postgres and not server" -n 2 --ignore tests/pages

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
	@$(COMPRESS)

# The locks hold hashes and no address of any index.
lock:
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --extra postgres --extra redis --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --extra postgres --extra redis -c requirements-dev.lock pyproject.toml -o requirements.lock

# A second run changes nothing: no dates, no places in the source, one order.
translations:
	@$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k gettext -k lazy_gettext -k lazy_ngettext:1,2 \
	  --no-location --sort-output --omit-header -o messages.pot app
	@$(BIN)/pybabel -q update -i messages.pot -d app/translations -l en --init-missing \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/pybabel -q compile -d app/translations
	@rm messages.pot

# What others made and pages use: Pico CSS and Atkinson Hyperlegible, copied once with their licences.
vendor:
	npm ci --ignore-scripts --no-audit --no-fund && npm run vendor

# What Lighthouse says of the finder and a group page; npx fetches it.
lighthouse: test-tools
	@$(BIN)/python -m bench.lighthouse

bench: $(VENV)/.tested
	$(BIN)/python -m bench.feeds && $(BIN)/python -m bench.printed
