"""A server of another server's store: what it asks there, and what it says it cannot do. A build beside a server."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.build import build
from kg.serve import Limits, Settings
from kg.store import open_store
from tests.serve.conftest import TOKEN, filled, running

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

REPORTS = Path(__file__).parents[2] / "data" / "reports"
ALIKE = [
    ("/sparql", {"query": "SELECT ?a ?n { ?a a pol:Agency ; skos:prefLabel ?n } ORDER BY ?n"}, "text/csv"),
    ("/sparql", {"query": 'SELECT ?e { ?e pol:search "云川" } ORDER BY ?e'}, "application/json"),
    ("/sparql", {"query": "ASK { ?s a pol:Agency }"}, "application/sparql-results+xml"),
    ("/sparql", {"query": "CONSTRUCT { ?s a pol:Agency } { <http://example.org/a1> a ?c . BIND(<http://example.org/a1> AS ?s) }"}, "text/turtle"),
    ("/sparql", {"query": "SELECT ?s { ?s a ?c }", "default-graph-uri": "http://example.org/g1"}, "text/csv"),
    ("/search", {"q": "云川 政务公开"}, "application/json"),
    ("/search", {"q": "云川"}, "application/json"),
    ("/search", {"q": ""}, "application/json"),
    ("/search", {"q": "没有"}, "application/json"),
    ("/thing", {"iri": "http://example.org/a0"}, "text/html"),
    ("/thing", {"iri": "http://example.org/a0"}, "application/n-triples"),
    ("/find", {"q": "云川"}, "text/html"),
    ("/", {}, "text/html"),
    ("/vocabulary", {}, "application/json"),
    ("/store", {"graph": "http://example.org/g2"}, "application/n-triples"),
    ("/store", {"graph": "http://example.org/none"}, "text/turtle"),
    ("/query/01-policies-most-cited", {}, "text/csv"),
]  # fmt: skip


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """A server, and one of its store."""
    place = filled(tmp_path_factory.mktemp("far") / "store")
    with running(Settings(str(place), Limits(workers=1))) as far:
        address = f"{far.base_url}/sparql"
        with running(Settings(address, Limits(workers=1), token=TOKEN)) as near:
            yield far, near


@pytest.mark.parametrize(("path", "parameters", "kind"), ALIKE)
def test_it_answers_as_the_other_does(
    pair: tuple[httpx.Client, httpx.Client], path: str, parameters: dict[str, str], kind: str
) -> None:
    far, near = (one.get(path, params=parameters, headers={"Accept": kind}) for one in pair)
    assert (near.status_code, near.headers["content-type"]) == (far.status_code, far.headers["content-type"])
    assert sorted(near.text.splitlines()) == sorted(far.text.splitlines())


def test_it_passes_on_what_is_wrong(pair: tuple[httpx.Client, httpx.Client]) -> None:
    answer = pair[1].get("/sparql", params={"query": "SELECT ?a { ?a"})
    assert answer.status_code == 400
    assert "does not parse" in answer.text


def test_it_does_not_write_there(pair: tuple[httpx.Client, httpx.Client]) -> None:
    answer = pair[1].post(
        "/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": f"Bearer {TOKEN}"}
    )
    assert (answer.status_code, answer.text) == (
        403,
        "this is the store of another server; write to that server\n",
    )


def test_a_server_that_is_away_is_told() -> None:
    with running(Settings("http://127.0.0.1:9/sparql", Limits(workers=1))) as near:
        for path, parameters in (("/sparql", {"query": "ASK {}"}), ("/search", {"q": "云川"})):
            answer = near.get(path, params=parameters)
            assert answer.status_code == 503
            assert "is the server running?" in answer.text


def test_what_kg_build_adds_is_seen_at_once_and_nothing_fails_meanwhile(tmp_path: Path) -> None:
    first, second = sorted(REPORTS.glob("*.txt"))[:2]
    (tmp_path / "in").mkdir()
    reports = "SELECT ?r { ?r a pol:Report } ORDER BY ?r"

    def put(report: Path) -> None:
        (tmp_path / "in" / report.name).write_bytes(report.read_bytes())
        assert not build([tmp_path / "in"], out=tmp_path / "out", jobs=1).failed

    def known(client: httpx.Client) -> list[str]:
        answer = client.get("/sparql", params={"query": reports})
        assert answer.status_code == 200, answer.text
        return [row["r"]["value"] for row in answer.json()["results"]["bindings"]]

    put(first)
    with running(Settings(str(tmp_path / "out" / "store"), Limits(workers=2))) as client:
        before = known(client)
        builder = threading.Thread(target=put, args=(second,))
        builder.start()
        seen = [known(client)]
        while builder.is_alive():
            seen.append(known(client))
        after = known(client)
        assert len(before) == 1
        assert len(after) == 2
        assert all(one in (before, after) for one in seen)
        new = next(iter({*after} - {*before}))
        assert client.get("/thing", params={"iri": new}, headers={"Accept": "text/html"}).status_code == 200
        with open_store(tmp_path / "out" / "store") as store:
            row = next(iter(store.query(f"SELECT ?n {{ <{new}> pol:issuedBy/skos:prefLabel ?n }}")))  # type: ignore[arg-type]
        name = row[0].value
        assert name in [hit["label"] for hit in client.get("/search", params={"q": name}).json()]
