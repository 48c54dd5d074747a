"""Comunica, unchanged. Needs what npm install --prefix tests/serve/w3c puts there."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from kg.terms import PREFIXES
from tests.serve.conftest import NAMES

HERE = Path(__file__).parent
MODULES = Path(os.environ.get("NODE_MODULES") or HERE / "node_modules")
PACKAGE = MODULES / "@comunica" / "query-sparql" / "package.json"

pytestmark = [
    pytest.mark.skipif(not PACKAGE.is_file(), reason="npm install --prefix tests/serve/w3c was not run"),
    pytest.mark.skipif(not shutil.which("node"), reason="there is no Node.js"),
]


def test_comunica_works_unchanged(server: httpx.Client) -> None:
    query = f"SELECT ?name {{ ?a a <{PREFIXES['pol']}Agency> ; <{PREFIXES['skos']}prefLabel> ?name }} ORDER BY ?name"
    ended = subprocess.run(
        ["node", "comunica.cjs", f"{server.base_url}/sparql", query],
        cwd=HERE, env={**os.environ, "PACKAGE": str(PACKAGE)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert [row["name"] for row in json.loads(ended.stdout)] == sorted(NAMES)
