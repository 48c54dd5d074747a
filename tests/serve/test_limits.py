"""A query that asks too much is stopped and told so; the others go on."""

import threading
from pathlib import Path

import httpx
import pytest

from kg.serve import Limits, Settings
from kg.store import OxigraphStore
from tests.serve.conftest import filled, running

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(20)) + " }"
ROWS = "SELECT ?s ?t ?u { ?s ?p ?o . ?t ?q ?x . ?u ?r ?y }"
LONG = "SELECT (REPEAT AS ?x) { }".replace("REPEAT", "CONCAT(" + ", ".join(["'政务公开' "] * 400) + ")")


@pytest.mark.parametrize(
    "kind", ["application/json", "application/xml", "text/csv", "text/tab-separated-values"]
)
@pytest.mark.parametrize(("query", "what"), [(ROWS, "more than 10 rows"), (LONG, "longer than 3000 bytes")])
def test_an_answer_that_is_too_long_is_no_answer(
    server: httpx.Client, query: str, what: str, kind: str
) -> None:
    answer = server.get("/sparql", params={"query": query}, headers={"Accept": kind})
    assert answer.status_code == 422
    assert what in answer.text or "longer than" in answer.text


def test_a_query_without_end_is_stopped_while_others_answer(tmp_path: Path) -> None:
    limits = Limits(seconds=2, workers=2, waiting=10)
    with running(Settings(str(filled(tmp_path / "store")), limits)) as client:
        got: list[httpx.Response] = []
        other = threading.Thread(target=lambda: got.append(client.get("/sparql", params={"query": ENDLESS})))
        other.start()
        while other.is_alive():
            assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code == 200
        assert got[0].status_code == 504
        assert "2 seconds" in got[0].text
        answers = [client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 6


def test_who_comes_too_late_is_told_so(tmp_path: Path) -> None:
    limits = Limits(seconds=3, workers=1, waiting=0)
    with running(Settings(str(filled(tmp_path / "store")), limits)) as client:
        codes: list[int] = []
        askers = [
            threading.Thread(
                target=lambda: codes.append(client.get("/sparql", params={"query": ENDLESS}).status_code)
            )
            for _ in range(4)
        ]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        assert sorted(set(codes)) == [503, 504]


def test_what_a_build_writes_is_seen_without_a_restart(tmp_path: Path) -> None:
    folder = filled(tmp_path / "store")
    query = {"query": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a pol:Agency }"}
    with running(Settings(str(folder), Limits(workers=1))) as client:

        def count() -> str:
            return str(client.get("/sparql", params=query).json()["results"]["bindings"][0]["n"]["value"])

        assert count() == "3"
        with OxigraphStore(folder, writable=True) as store:
            store.remove(["http://example.org/g1"])
        assert count() == "2"


def test_a_store_that_is_gone_is_told(tmp_path: Path) -> None:
    with running(Settings(str(tmp_path / "none"), Limits(workers=1))) as client:
        answer = client.get("/sparql", params={"query": "ASK {}"})
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text
