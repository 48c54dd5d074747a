"""The W3C's tests, put to the endpoint by an independent runner.

They need what is not part of this project: the tests (RDF_TESTS=…/rdf-tests/sparql/sparql11) and rdf-test-suite
(npm install --prefix tests/serve/w3c). Without them they are skipped.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.serve import Limits, Settings
from kg.serve.dataset import UNNAMED
from kg.store import OxigraphStore
from tests.serve.conftest import TOKEN, running, trusting

HERE = Path(__file__).parent
RUNNER = Path(os.environ.get("NODE_MODULES") or HERE / "node_modules") / "rdf-test-suite" / "package.json"
TESTS = os.environ.get("RDF_TESTS", "").rstrip("/")
ENDPOINT = {
    "protocol": "protocolEndpoint",
    "graph-store-protocol": "graphStoreEndpoint",
    "service-description": "serviceDescriptionEndpoint",
}
PLACE = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
# The parts whose tests Oxigraph answers; what it does not pass itself, by the end of a test's IRI, is in beyond.txt.
PARTS = [
    *("aggregates", "bind", "bindings", "construct", "csv-tsv-res", "exists", "functions", "grouping", "json-res", "negation"),
    *("project-expression", "property-path", "subquery", "syntax-query", "add", "basic-update", "clear", "copy", "delete-data"),
    *("delete-insert", "delete-where", "delete", "drop", "move", "syntax-update-1", "syntax-update-2", "update-silent"),
]  # fmt: skip
BEYOND = frozenset(
    line.split()[0]
    for line in (HERE / "beyond.txt").read_text().splitlines()
    if line and not line.startswith("#")
)

pytestmark = [
    pytest.mark.skipif(not TESTS, reason="RDF_TESTS does not say where the W3C's tests are"),
    pytest.mark.skipif(not RUNNER.is_file(), reason="npm install --prefix tests/serve/w3c was not run"),
    pytest.mark.skipif(not shutil.which("node"), reason="there is no Node.js"),
]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An endpoint of an empty store that lets everybody write."""
    folder = tmp_path_factory.mktemp("w3c") / "store"
    OxigraphStore(folder, writable=True).close()
    with running(Settings(str(folder), Limits(workers=1), token=TOKEN, federation=True), trusting) as client:
        yield client


def run(part: str, endpoint: httpx.Client, options: dict[str, str]) -> dict[str, bool]:
    """What the runner finds of each test of a manifest."""
    address = str(endpoint.base_url).rstrip("/")
    surroundings = {
        **os.environ,
        "RUNNER": str(RUNNER),
        "SPARQL_ENDPOINT": os.environ.get("OTHER_ENDPOINT") or f"{address}/sparql",
        "DEFAULT_GRAPH": os.environ.get("OTHER_DEFAULT", UNNAMED),
    }
    command = ["node", str(RUNNER.parent / "bin" / "Runner.js"), "engine.cjs"]
    ended = subprocess.run(
        [*command, f"{PLACE}{part}/manifest.ttl", "-m", f"{PLACE}~{TESTS}/", "-e", "-d", "20000", "-i", json.dumps(options)],
        cwd=HERE, env=surroundings, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    found = re.findall(r"^([✔✖]) .*\((https?://\S+)\)(?:\s|$)", re.sub(r"\x1b\[\d+m", "", ended.stdout), re.M)
    assert found, ended.stderr + ended.stdout
    failed = re.sub(
        r"(?s).*?(?=^✖.*\n  \n)", "", re.sub(r"\x1b\[\d+m", "", ended.stdout), count=1, flags=re.M
    )
    print(failed[:20_000])
    return {iri.rpartition("/data-sparql11/")[2] or iri: mark == "✔" for mark, iri in found}


@pytest.mark.parametrize(
    ("part", "count"), [("protocol", 34), ("graph-store-protocol", 13), ("service-description", 3)]
)
def test_protocols(part: str, count: int, endpoint: httpx.Client) -> None:
    if not (Path(TESTS) / part / "manifest.ttl").is_file():
        pytest.skip(f"RDF_TESTS has no {part}")
    address = f"{endpoint.base_url}/{'store' if part == 'graph-store-protocol' else 'sparql'}"
    found = run(part, endpoint, {ENDPOINT[part]: address})
    assert [name for name, passed in found.items() if not passed] == []
    assert len(found) >= count


@pytest.mark.parametrize("part", PARTS)
def test_language(part: str, endpoint: httpx.Client) -> None:
    if not (Path(TESTS) / part / "manifest.ttl").is_file():
        pytest.skip(f"RDF_TESTS has no {part}")
    found = run(part, endpoint, {})
    assert [name for name, passed in found.items() if not passed and name not in BEYOND] == []
