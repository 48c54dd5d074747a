"""A query that asks too much is stopped and told so; the others go on."""

import threading
from pathlib import Path

import httpx
import pytest

from kg.serve import Limits, Settings
from kg.serve.capped import Capped
from kg.serve.negotiation import RESULTS, negotiate
from kg.serve.refusal import Refused
from kg.store import MemoryStore, OxigraphStore, Rows
from tests.serve.conftest import filled, running

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(20)) + " }"
ROWS = "SELECT ?s ?t ?u { ?s ?p ?o . ?t ?q ?x . ?u ?r ?y }"
LONG = "SELECT (REPEAT AS ?x) { }".replace("REPEAT", "CONCAT(" + ", ".join(["'政务公开' "] * 400) + ")")


# Values that look like ends of rows, cells without a value, triples as values: 10 rows and 11 of each.
TRICKY = {
    "plain": "VALUES ?v { ROWS }",
    "empty": "VALUES ?v { ROWS } VALUES ?w { UNDEF }",
    "nothing": "VALUES (?v ?w) { UNBOUND }",
    "mixed": "{ VALUES ?v { FIVE } } UNION { VALUES ?w { REST } }",
    "ends": "VALUES ?x { ROWS } BIND(CONCAT('},{ <result> }},{ \\r\\n \\n \\t \"}},{\"},{\\r\\n', STR(?x), '},{') AS ?v)",
    "quotes": "VALUES ?x { ROWS } BIND(CONCAT('\"', '\\\\', '\"\"},{\\r\\n', '\\\\') AS ?v)",
    "triples": "VALUES ?x { ROWS } BIND(TRIPLE(<x:a>, <x:b>, CONCAT('},{', STR(?x))) AS ?v)",
}
KINDS = ["application/json", "application/xml", "text/csv", "text/tab-separated-values"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pattern", TRICKY.values(), ids=TRICKY)
def test_rows_are_counted_exactly(server: httpx.Client, pattern: str, kind: str) -> None:
    for count, status in ((10, 200), (11, 422)):
        body = (
            pattern.replace("ROWS", " ".join(map(str, range(count))))
            .replace("UNBOUND", "(UNDEF UNDEF)" * count)
            .replace("FIVE", "1 2 3 4 5")
            .replace("REST", " ".join(map(str, range(count - 5))))
        )
        query = f"SELECT ?v ?w {{ {body} }}"
        answer = server.get("/sparql", params={"query": query}, headers={"Accept": kind})
        assert answer.status_code == status, answer.text
        assert (
            status == 200 or answer.text == "the answer has more than 10 rows; add LIMIT, or ask for less\n"
        )


@pytest.mark.parametrize(
    "kind", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_statements_are_counted_exactly(server: httpx.Client, kind: str) -> None:
    for count, status in ((10, 200), (11, 422)):
        query = f"CONSTRUCT {{ <x:a> <x:b> ?v }} {{ VALUES ?v {{ {' '.join(map(str, range(count)))} }} }}"
        answer = server.get("/sparql", params={"query": query}, headers={"Accept": kind})
        assert answer.status_code == status, answer.text
        assert status == 200 or "more than 10 statements" in answer.text


def rows_of(kind: str) -> bytes:
    """Twelve rows, of those that are hard to tell."""
    ends = r'''"},{ \"}},{\r\n"'''
    rows = " ".join(f"({ends} UNDEF) (UNDEF {n}) (UNDEF UNDEF)" for n in range(4))
    answer = MemoryStore().query(f"SELECT * {{ VALUES (?a ?b) {{ {rows} }} }}")
    assert isinstance(answer, Rows)
    return answer.serialize(RESULTS[kind])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("kind", KINDS)
def test_a_row_counts_however_it_is_cut(kind: str, size: int) -> None:
    full = next(name for name in RESULTS if negotiate(kind, (name,)))
    data = rows_of(full)

    def write(most: int) -> bytes:
        sink = Capped(full, most_bytes=10_000, most_rows=most)
        for at in range(0, len(data), size):
            sink.write(data[at : at + size])
        return sink.body

    assert write(12) == data
    with pytest.raises(Refused, match="more than 11 rows"):
        write(11)


@pytest.mark.parametrize("kind", KINDS)
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
