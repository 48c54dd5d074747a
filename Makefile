# Two commands: `make demo` shows what this is, `make test` checks everything.
.PHONY: demo test bench format docs picture gallery env lock clean

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python

demo: env
	$(BIN)/kg build data/reports --out build
	@echo; echo "== Which policies are cited by most reports?"
	@$(BIN)/kg query policies-most-cited
	@echo; echo "== Which problems come back in a later report?"
	@$(BIN)/kg query problems-that-recur
	@echo; echo "== Which figures do not reconcile?"
	@$(BIN)/kg query figures-that-do-not-reconcile
	@echo
	$(BIN)/kg view -o build/graph.html

test: env
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Speed and memory over many generated reports, into docs/bench.md; REPORTS=200 is quicker. The extra `bench` adds rivals.
REPORTS := 2000
bench: env
	$(PY) -m bench --reports $(REPORTS) --write

format: env
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The pictures of docs/network.md; the large ones take minutes.
gallery: demo
	$(PY) tools/gallery.py build/store docs/pictures

# The pages of documentation with the answers of today, and the picture in the README.
docs: env
	$(PY) tools/examples.py

picture: demo
	$(PY) tools/picture.py build/graph.html docs/network.png

env: $(VENV)/.ready

# With uv where it is installed, else with the standard library's venv and pip; the same versions, checked by hash, either way.
# The install bundles the scripts of the pages (hatch_build.py); Node comes with it.
$(VENV)/.ready: requirements.lock pyproject.toml hatch_build.py package.json package-lock.json $(wildcard web/*.js)
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python ">=3.11" $(VENV) && \
		uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(PY) --no-deps -e . ; \
	else \
		python3 -m venv $(VENV) && \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		$(PY) -m pip install --quiet --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch $@

# Versions and hashes of everything installed; no addresses, so that any index or mirror serves.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --extra pandas --extra dev --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --upgrade pyproject.toml -o requirements.lock

clean:
	rm -rf build $(VENV) node_modules kg/_web
