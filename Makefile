# The commands of the house. Needs make and Python 3.11 or newer; everything else is fetched.

# The first Python here that is new enough; `make PYTHON=…` names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STATIC := $(wildcard citizen/static/*.css citizen/static/*.js citizen/static/*.svg)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))

.PHONY: help install run test check install-test

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | \
		while IFS='|' read -r name words; do printf '  make %-13s %s\n' "$$name" "$$words"; done

install: $(VENV)/installed $(CATALOGUES) $(VENV)/packed ## Install the program into .venv, and nothing else

run: install ## Install, prepare the database, load the demo town if it is empty, serve on 127.0.0.1:5000
	@$(BIN)/flask --app wsgi db upgrade
	@$(BIN)/flask --app wsgi contributions reindex
	@$(BIN)/flask --app wsgi demo load --if-empty
	@exec $(BIN)/python -m citizen.base.serve

# Both databases at once: the suites know nothing of each other, and each keeps one processor busy.
test: install-test ## Run every test, on SQLite and on PostgreSQL, in a real browser too
	@$(BIN)/python -m pytest --database postgresql > $(VENV)/postgresql.log 2>&1 & other=$$!; trap "kill $$other" INT TERM; \
	$(BIN)/python -m pytest --database sqlite; sqlite=$$?; \
	wait $$other; postgresql=$$?; \
	echo "On PostgreSQL:"; cat $(VENV)/postgresql.log; \
	exit $$((sqlite | postgresql))

check: install-test ## Lint, types, import contracts, words in every language, style sheets, migrations
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.words check
	$(BIN)/python -m tools.styles check
	$(BIN)/python -m tools.migrations

install-test: $(VENV)/installed-test $(CATALOGUES) $(VENV)/packed ## Install what tests and checks need: tools, a browser, PostgreSQL
	@$(BIN)/python -m tools.install_test_tools

$(VENV)/installed: requirements.txt | $(VENV)/bin/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(VENV)/installed-test: requirements-dev.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# A pip is the last thing a new environment gets: where it is missing, the making was interrupted.
$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo "Citizen needs Python 3.11 or newer, and none was found." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make a virtual environment: its venv package is missing." >&2; \
		echo "On Debian and Ubuntu: apt-get install python3-venv. Then try again." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/packed: $(STATIC) tools/pack.py | $(VENV)/installed
	@$(BIN)/python -m tools.pack $(STATIC)
	@touch $@

%.mo: %.po | $(VENV)/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
