# Two commands: `make dashboard` to use it, `make test` to prove it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# What the tests read the documents with: the formulas in an office suite, the PDF in a validator that needs Java.
OFFICE_PACKAGES := libreoffice-calc-nogui default-jre-headless libjaxb-java
HAS_OFFICE = { command -v soffice || command -v libreoffice; } && command -v java && ls /usr/share/java/jaxb-runtime.jar

.PHONY: dashboard test coverage lint soak benchmarks sample chromium office

dashboard: $(VENV)/installed
	@test -n "$$(ls data/builds/*.duckdb 2>/dev/null)" || $(BIN)/python -m etl data/sample
	$(BIN)/streamlit run dashboard.py

# One process more than there are processors: the tests in the browser wait for half of their time.
test: $(VENV)/installed-for-tests chromium office lint
	$(BIN)/python -m pytest --numprocesses $$($(BIN)/python -c "import os; print(1 + os.cpu_count())") --dist loadfile

# The same, counting the lines that no test runs: nearly twice as long, and so apart.
coverage: $(VENV)/installed-for-tests chromium office
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term:skip-covered --cov-fail-under=95

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache

# The same tests of survival and of the public pack, with many more kills, publishes and generated programmes.
soak: $(VENV)/installed-for-tests
	SURVIVAL_KILLS=400 SURVIVAL_PUBLISHES=1000 PROPERTY_SECONDS=600 PUBLIC_PROGRAMMES=0-30 \
		$(BIN)/python -m pytest tests/etl/test_survival.py tests/etl/test_any_rendering.py tests/reports/test_public_attack.py

benchmarks: $(VENV)/installed-for-tests chromium
	$(BIN)/python -m benchmarks

sample: $(VENV)/installed
	$(BIN)/python -m benchmarks.programme data/sample

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/installed-for-tests: requirements-dev.txt $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

# The browser of the tests: the system's own; where there is none, Debian's package or the one that Playwright brings.
chromium: $(VENV)/installed-for-tests
	@test -n "$(CHROMIUM)" \
		|| (apt-get update -qq && apt-get install -y -qq chromium) \
		|| (sudo -n apt-get update -qq && sudo -n apt-get install -y -qq chromium) \
		|| $(BIN)/playwright install chromium

# Their programs, about 300 MB, from Debian's packages.
office:
	@($(HAS_OFFICE)) > /dev/null 2>&1 \
		|| (apt-get update -qq && apt-get install -y -qq --no-install-recommends $(OFFICE_PACKAGES)) \
		|| (sudo -n apt-get update -qq && sudo -n apt-get install -y -qq --no-install-recommends $(OFFICE_PACKAGES))
