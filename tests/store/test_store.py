"""What holds of every store: the default graph is the union, and taking out undoes putting in."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, StoreError
from kg.store import (
    DEFAULT,
    MemoryStore,
    OxigraphStore,
    Rows,
    Store,
    Triples,
    open_store,
    oxigraph,
    to_rdflib,
)
from kg.store.unfinished import unfinished
from kg.terms import PREFIXES

Triple = tuple[str, str]
BULK = 7_000  # lines: more than the store puts in by a transaction


def lines(graph: str, triples: set[Triple]) -> bytes:
    return "".join(f"<http://x/{s}> <http://x/p> {o} <{graph}> .\n" for s, o in sorted(triples)).encode()


def held(store: Store) -> dict[str, list[str]]:
    graphs = (*store.graphs(), DEFAULT)
    return {graph: sorted(str(quad.triple) for quad in store.quads(graph)) for graph in graphs}


def union(store: Store) -> list[str]:
    return sorted({str(quad.triple) for graph in store.graphs() for quad in store.quads(graph)})


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(None if request.param == "memory" else tmp_path / "store", writable=True) as opened:
        yield opened


TRIPLES = st.sets(
    st.tuples(st.sampled_from("abc"), st.sampled_from(['"1"', '"一"@zh', "<http://x/a>"])), max_size=5
)
GRAPHS = st.dictionaries(st.sampled_from([f"http://x/g/{n}" for n in range(4)]), TRIPLES, max_size=4)


def written(graphs: Mapping[str, set[Triple]]) -> dict[str, bytes]:
    return {graph: lines(graph, triples) for graph, triples in graphs.items()}


@given(st.lists(st.tuples(st.sampled_from(["add", "replace", "remove"]), GRAPHS), max_size=6))
def test_default_graph_is_always_the_union(steps: list[tuple[str, dict[str, set[Triple]]]]) -> None:
    store = MemoryStore()
    expected: dict[str, set[Triple]] = {}
    for step, graphs in steps:
        if step == "remove":
            store.remove(graphs)
            expected = {graph: triples for graph, triples in expected.items() if graph not in graphs}
        elif step == "replace":
            store.replace(written(graphs))
            expected |= graphs
        else:
            store.add(written(graphs))
            expected |= {graph: expected.get(graph, set()) | triples for graph, triples in graphs.items()}
        assert store.graphs() == tuple(sorted(graph for graph, triples in expected.items() if triples))
        assert held(store)[DEFAULT] == union(store)
        assert len(union(store)) == len({triple for triples in expected.values() for triple in triples})


@given(GRAPHS, TRIPLES)
def test_removing_restores_what_was_there(before: dict[str, set[Triple]], new: set[Triple]) -> None:
    store = MemoryStore()
    store.replace(written(before))
    earlier = held(store)
    store.add({"http://x/new": lines("http://x/new", new)})
    store.remove(["http://x/new"])
    assert held(store) == earlier


@settings(max_examples=8, deadline=None)
@given(GRAPHS, GRAPHS)
def test_disk_and_memory_agree(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, set[Triple]], second: dict[str, set[Triple]]
) -> None:
    memory = MemoryStore()
    with OxigraphStore(tmp_path_factory.mktemp("s") / "store", writable=True) as disk:
        for graphs in (first, second):
            memory.replace(written(graphs))
            disk.replace(written(graphs))
        assert held(disk) == held(memory)


def test_a_triple_of_two_graphs_counts_once(store: Store) -> None:
    store.replace(written({"http://x/1": {("a", '"1"')}, "http://x/2": {("a", '"1"'), ("b", '"1"')}}))
    rows = store.query("SELECT ?s { ?s ?p ?o } ORDER BY ?s")
    assert isinstance(rows, Rows)
    assert [row[0] for row in rows] == [ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b")]


def test_words_with_any_line_end_are_put_in_the_place_of_others(store: Store) -> None:
    store.replace({"http://x/1": b'<http://x/a> <http://x/p> "old\\nold" <http://x/1> .\n'})
    odd = '<http://x/a> <http://x/p> "\u2028\x85\\"\\r}" <http://x/1> .\n<http://x/b> <http://x/p> 1 <http://x/1> .\n'
    odd = odd.replace(" 1 ", ' "1"^^<http://www.w3.org/2001/XMLSchema#integer> ')
    for _ in range(2):  # again, there is nothing to do
        store.replace({"http://x/1": odd.encode()})
        assert {str(quad.object) for quad in store.quads("http://x/1")} == {
            '"\u2028\x85\\"\\r}"',
            '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        }
        assert held(store)[DEFAULT] == union(store)


def test_large_batches_go_in_whole_and_out_whole(store: Store) -> None:
    store.replace(written({"http://x/1": {("a", '"1"'), (f"s{BULK - 1}", '"v"')}}))
    earlier = held(store)
    store.replace({"http://x/2": lines("http://x/2", {(f"s{n}", '"v"') for n in range(BULK)})})
    assert len(held(store)[DEFAULT]) == BULK + 1
    store.remove(["http://x/2"])
    assert held(store) == earlier


@pytest.mark.parametrize("size", [1, BULK])
def test_a_bad_line_leaves_the_store_as_it_was(store: Store, size: int) -> None:
    store.replace(written({"http://x/1": {("a", '"1"')}}))
    earlier = held(store)
    good = lines("http://x/2", {(f"s{n}", '"v"') for n in range(size)})
    with pytest.raises(StoreError, match="not valid"):
        store.add({"http://x/2": good + b"<http://x/a> nonsense <http://x/2> .\n"})
    assert held(store) == earlier


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<http://x/a> <http://x/p> "1" <http://x/other> .\n', "not of this graph"),
        (b'<http://x/a> <http://x/p> "1" .\n', "not of this graph"),
        (b'_:a <http://x/p> "1" <http://x/g> .\n', "blank node"),
        (b"<http://x/a> <http://x/p> _:b <http://x/g> .\n", "blank node"),
    ],
)
def test_lines_the_store_could_not_take_out_again_are_refused(store: Store, data: bytes, reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        store.add({"http://x/g": data})


def test_words_that_look_like_a_blank_node_are_welcome(store: Store) -> None:
    store.add({"http://x/g": b'<http://x/a> <http://x/p> "> _:b <http://x/g> ." <http://x/g> .\n'})
    assert store.query('ASK { ?s ?p "> _:b <http://x/g> ." }')


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { GRAPH <http://x/new> { <http://x/n> <http://x/p> 1 } } ;  ",
        "DELETE WHERE { GRAPH <http://x/1> { ?s ?p ?o } } # with a remark",
        "INSERT DATA { <http://x/stray> <http://x/p> 1 }",
        "PREFIX : <http://x/> DELETE { GRAPH ?g { :a :p ?o } } WHERE { GRAPH ?g { :a :p ?o } }",
    ],
)
def test_updates_keep_the_union(store: Store, update: str) -> None:
    store.replace(written({"http://x/1": {("a", '"1"'), ("b", '"2"')}, "http://x/2": {("a", '"1"')}}))
    store.update(update)
    assert held(store)[DEFAULT] == union(store)


def test_the_three_kinds_of_answer(store: Store) -> None:
    store.replace(written({"http://x/1": {("a", '"1"')}}))
    rows = store.query("SELECT ?s ?none { ?s ?p ?o OPTIONAL { ?s skos:notation ?none } }")
    assert isinstance(rows, Rows)
    assert rows.variables == ("s", "none")
    assert list(rows) == [(ox.NamedNode("http://x/a"), None)]
    assert store.query("ASK { ?s ?p 1 }") is False
    triples = store.query("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o . FILTER(isIRI(?o)) }")
    assert isinstance(triples, Triples)
    assert list(triples) == []


def test_dataset_can_be_narrowed(store: Store) -> None:
    store.replace(written({"http://x/1": {("a", '"1"')}, "http://x/2": {("b", '"1"')}}))
    only = store.query("SELECT ?s { ?s ?p ?o }", default_graphs=["http://x/2"])
    assert [row[0] for row in only] == [ox.NamedNode("http://x/b")]  # type: ignore[union-attr,index]
    assert store.query("ASK { ?s ?p ?o }", named_graphs=["http://x/1"]) is False


def test_extension_functions_are_called(store: Store) -> None:
    call = {"http://x/twice": lambda term: ox.Literal(term.value * 2)}
    rows = store.query('SELECT (<http://x/twice>("ab") AS ?x) {}', functions=call)
    assert [row[0].value for row in rows] == ["abab"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "prologue",
    [
        "",
        "PREFIX x: <http://x/>\n",  # one of its own does not take ours away
        "# PREFIX pol: <http://x/>\n",
        "prefix skos: <http://x/wrong#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n",
    ],
)
def test_a_query_may_leave_our_prefixes_out(store: Store, prologue: str) -> None:
    store.replace(written({"http://x/1": {("a", '"1"')}}))
    query = f"{prologue}SELECT ?s {{ ?s ?p ?o FILTER(?p != skos:notation && ?p != pol:cites) }}"
    assert [row[0] for row in store.query(query)] == [ox.NamedNode("http://x/a")]  # type: ignore[union-attr,index]


def test_what_a_query_declares_itself_goes_before_our_prefixes(store: Store) -> None:
    (row,) = store.query("PREFIX pol: <http://x/> SELECT (pol:a AS ?x) (STR(skos:note) AS ?y) { }")  # type: ignore[misc,union-attr]
    assert [term.value for term in row] == ["http://x/a", PREFIXES["skos"] + "note"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "query",
    ["SELECT", "SELECT ?x { ?x unknown:p ?y }", "PREFIX x: <http://x/> SELECT ?x { ?x unknown:p ?y }"],
)
def test_a_bad_query_is_a_query_error(store: Store, query: str) -> None:
    with pytest.raises(QueryError):
        store.query(query)


# rdflib 7.6 warns of its own use of what it deprecates
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_rdflib_reads_the_same_quads(store: Store) -> None:
    store.replace(written({"http://x/1": {("a", '"1"')}, "http://x/2": {("a", '"1"'), ("b", '"一"@zh')}}))
    dataset = to_rdflib(store)
    found = list(
        dataset.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g")
    )
    assert [(str(row[0]), int(row[1])) for row in found] == [("http://x/1", 1), ("http://x/2", 2)]


def test_what_is_written_is_there_after_reopening(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", writable=True) as first:
        first.replace(written({"http://x/1": {("a", '"1"')}}))
        earlier = held(first)
    with open_store(tmp_path / "store") as second:
        assert held(second) == earlier
        with pytest.raises(StoreError, match="reading only"):
            second.remove(["http://x/1"])


@pytest.mark.parametrize("others", [1, 0])
def test_what_is_too_much_at_once_goes_out_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    monkeypatch.setattr(oxigraph, "MUCH", 20)
    monkeypatch.setattr(oxigraph, "_PART", 7)
    both = {("both", '"1"')}
    with OxigraphStore(tmp_path / "store", writable=True) as store:
        store.add(written({f"http://x/{n}": both | {(f"of{n}", '"v"')} for n in range(others)}))
        earlier = held(store)
        store.add(written({"http://x/large": both | {(f"s{n}", '"v"') for n in range(50)}}))
        store.engine.update(
            "INSERT DATA { _:n <http://x/p> 1 GRAPH <http://x/large> { _:n <http://x/p> 1 } }"
        )
        store.remove(["http://x/large"])
        assert held(store) == earlier
    assert not unfinished(str(tmp_path / "store"))


def test_a_change_that_was_cut_off_is_cleared_away_by_the_next_writer(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with OxigraphStore(place, writable=True) as store:
        store.add(written({"http://x/1": {("a", '"1"'), ("b", '"1"')}, "http://x/2": {("a", '"1"')}}))
        with store.changing("http://x/1"):
            store.update('DELETE DATA { GRAPH <http://x/1> { <http://x/b> <http://x/p> "1" } }')
        assert store.graphs() == ("http://x/1", "http://x/2")
    OxigraphStore(place, writable=True).close()
    with OxigraphStore(place) as store:
        assert store.graphs() == ("http://x/1", "http://x/2")
    with (
        pytest.raises(KeyboardInterrupt),
        OxigraphStore(place, writable=True) as store,
        store.changing("http://x/1"),
    ):
        raise KeyboardInterrupt
    assert unfinished(str(place))
    with OxigraphStore(place) as reader:  # who reads changes nothing
        assert reader.graphs() == ("http://x/1", "http://x/2")
    with OxigraphStore(place, writable=True) as store:
        assert held(store) == {DEFAULT: union(store), "http://x/2": union(store)}
    assert not unfinished(str(place))


def test_a_closed_store_says_so() -> None:
    store = MemoryStore()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.graphs()


def test_missing_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store here; run `kg build`"):
        open_store(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("file", ["CURRENT", "MANIFEST*"])
@pytest.mark.parametrize("writable", [False, True])
def test_damaged_store_says_what_to_do(tmp_path: Path, file: str, writable: bool) -> None:
    open_store(tmp_path / "store", writable=True).close()
    for path in (tmp_path / "store").glob(file):
        path.write_bytes(b"not this")
    with pytest.raises(StoreError, match=r"damaged.*delete the folder and build again"):
        open_store(tmp_path / "store", writable=writable)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="file"):
        open_store(tmp_path / "file" / "store", writable=True)


def test_second_writer_is_refused_and_readers_are_not(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", writable=True) as first:
        first.replace(written({"http://x/1": {("a", '"1"')}}))
        first.flush()
        program = f"""
from kg.store import open_store
from kg.errors import StoreError
print(open_store({str(tmp_path / "store")!r}).graphs())
try:
    open_store({str(tmp_path / "store")!r}, writable=True)
except StoreError as error:
    print(error.what)
"""
        ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["('http://x/1',)", "locked by another build"]
