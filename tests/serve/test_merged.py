"""A triple that two graphs after FROM state is there once, as in any RDF merge."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve import Limits, Settings, merged
from kg.serve.merged import MERGE, dataset
from kg.serve.refusal import Refused
from kg.store import MemoryStore, OxigraphStore, Rows
from tests.serve.conftest import running

X = "http://example.org/"
GRAPHS = {  # by number, what each states of x:s x:p
    f"{X}g1": (1, 2),
    f"{X}g2": (1, 3),
    f"{X}g3": (1,),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("merged") / "store"
    with OxigraphStore(folder, writable=True) as store:
        store.add({graph: lines(graph, values) for graph, values in GRAPHS.items()})
    with running(Settings(str(folder), Limits(workers=1, pages=1))) as client:
        yield client


def lines(graph: str, values: tuple[int, ...]) -> bytes:
    return "".join(f'<{X}s> <{X}p> "{value}" <{graph}> .\n' for value in values).encode()


def values(client: httpx.Client, **parameters: object) -> list[str]:
    answer = client.get("/sparql", params=parameters, headers={"Accept": "text/csv"})  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.split()[1:])


@pytest.mark.parametrize(
    ("clauses", "found"),
    [
        (f"FROM <{X}g1>", ["1", "2"]),
        (f"FROM <{X}g1> FROM <{X}g1>", ["1", "2"]),
        (f"FROM <{X}g1> FROM <{X}g2>", ["1", "2", "3"]),
        (f"from <{X}g1>\n# FROM <{X}g2>\nfrom <{X}g3>", ["1", "2"]),
        (f"FROM <{X}g1> FROM <{X}none>", ["1", "2"]),
        ("FROM x:g1 FROM x:g2 FROM x:g3", ["1", "2", "3"]),
        ("FROM <g1> FROM <g2>", ["1", "2", "3"]),
        (f"FROM NAMED <{X}g1> FROM NAMED <{X}g2>", []),
    ],
)
def test_graphs_after_from(client: httpx.Client, clauses: str, found: list[str]) -> None:
    prologue = f"BASE <{X}> PREFIX x: <{X}> "
    query = f"{prologue}SELECT ?o {clauses} {{ <{X}s> ?p ?o }}"
    assert values(client, query=query) == found
    count = f"{prologue}SELECT (COUNT(*) AS ?n) {clauses} {{ ?s ?p ?o }}"
    assert values(client, query=count) == [str(len(found))]


def test_graphs_of_the_request(client: httpx.Client) -> None:
    both = [f"{X}g1", f"{X}g2"]
    assert values(client, query="SELECT ?o { ?s ?p ?o }", **{"default-graph-uri": both}) == ["1", "2", "3"]
    assert values(client, query="SELECT ?o { ?s ?p ?o }", **{"default-graph-uri": [*both, *both]}) == [
        "1",
        "2",
        "3",
    ]
    query = f"SELECT ?o FROM <{X}g3> {{ ?s ?p ?o }}"  # the request's graphs take the place of these
    assert values(client, query=query, **{"default-graph-uri": both}) == ["1", "2", "3"]


def test_named_graphs_stay_beside_the_merge(client: httpx.Client) -> None:
    query = f"SELECT ?g FROM <{X}g1> FROM <{X}g2> FROM NAMED <{X}g3> {{ ?s ?p '1' GRAPH ?g {{ ?s ?p '1' }} }}"
    assert values(client, query=query) == [f"{X}g3"]
    query = f"SELECT ?g FROM <{X}g1> FROM <{X}g2> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert values(client, query=query) == []


def test_what_is_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    store.add({graph: lines(graph, values) for graph, values in GRAPHS.items()})
    monkeypatch.setattr(merged, "MOST", 4)
    assert len(list(merged.merged(store, [f"{X}g1", f"{X}g2"], []).quads())) == 3
    with pytest.raises(Refused, match="more than 4 statements"):
        merged.merged(store, [*GRAPHS], [])


@settings(deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 6)), min_size=2, max_size=4))
def test_the_merge_is_the_union(parts: list[frozenset[int]]) -> None:
    store = MemoryStore()
    graphs = {f"{X}{number}": lines(f"{X}{number}", tuple(part)) for number, part in enumerate(parts)}
    store.add(graphs)
    answer = merged.merged(store, [*graphs], []).query("SELECT ?o { ?s ?p ?o }", default_graphs=[MERGE])
    assert isinstance(answer, Rows)
    assert sorted(int(str(row[0].value)) for row in answer if row[0]) == sorted(frozenset().union(*parts))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT",
        "SELECT * FROM",
        "SELECT * FROM NAMED",
        "SELECT * FROM nope:a { }",
        "ASK { ?s ?p 'FROM <x:a>' }",
    ],
)
def test_no_graphs_where_none_can_be_read(text: str) -> None:
    assert dataset(text) == ((), ())
