# The two commands of the README, and a few for those who work on Dateline.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test audit bench lock screenshot clean

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run ## start the dashboard on http://127.0.0.1:$(PORT)
	@echo "Dateline: http://127.0.0.1:$(PORT)"
	@exec $(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.test ## check everything: style, types, layers, units, pages, browser
	@$(BIN)/python tests/checks/browser.py
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -n 3 --dist loadfile

bench: $(VENV)/.test ## measure, beside a plain folium and slider app
	@$(BIN)/python tests/checks/browser.py
	@$(BIN)/python -m benchmarks

screenshot: $(VENV)/.test ## make the README's picture anew
	@$(BIN)/python tests/checks/browser.py
	@$(BIN)/python -m pytest tests/test_screenshots.py --write-screenshots

audit: ## ask whether anything is known against the packages that we ship (asks advisory services over the network)
	@test -x build/audit/bin/pip-audit || { $(PYTHON) -m venv build/audit && build/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1; }
	@build/audit/bin/pip-audit --requirement requirements.txt --no-deps --disable-pip --strict

lock: ## pin the newest packages that fit pyproject.toml
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet $$($(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"])')
	build/lock/bin/pip freeze --exclude-editable > requirements.txt
	build/lock/bin/pip install --quiet $$($(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["test"])')
	build/lock/bin/pip freeze --exclude-editable | grep -vxFf requirements.txt > tests/requirements.txt
	rm -rf build/lock

clean: ## remove what was installed and built
	rm -rf $(VENV) build

# A stamp stands for "these requirements are installed", so that a second run installs nothing.
$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dateline needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Give another one: make run PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.test: $(VENV)/.run tests/requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r tests/requirements.txt
	@touch $@
