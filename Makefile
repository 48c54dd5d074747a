# Two commands: `make demo` shows what this is, `make test` checks everything.
.PHONY: demo test env lock bench clean

VENV := .venv
PY := $(VENV)/bin/python

env: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python ">=3.11" $(VENV) && \
		uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(PY) --no-deps -e . ; \
	else \
		python3 -m venv $(VENV) && \
		$(PY) -m pip install --quiet --require-hashes -r requirements.lock && \
		$(PY) -m pip install --quiet --no-deps -e . ; \
	fi
	@touch $@

demo: env
	$(VENV)/bin/kg build data/reports --out build
	$(VENV)/bin/kg query policies-most-cited
	$(VENV)/bin/kg query applications-by-year
	$(VENV)/bin/kg query plans-for-problems
	$(VENV)/bin/kg view -o build/graph.html

test: env
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest -n 2

lock:
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --all-extras --universal pyproject.toml -o requirements.lock

clean:
	rm -rf build .venv
