"""Every format holds what the store holds, and says the same twice."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.errors import InputError, KgError
from kg.export import COLUMNS, FORMATS, export
from kg.facts import Entity, Extraction, Fact, Literal
from kg.graph import report_graphs
from kg.schema.model import Model
from kg.store import DEFAULT, MemoryStore
from kg.terms import PREFIXES, Mint, expand
from kg.text.document import Document, Span

MINT = Mint()
REPORT = MINT.report("云川市人民政府", 2020)
AGENCY, NOTICE = MINT.entity("agency", "云川市人民政府"), MINT.entity("policy", "公开办法")
TEXT = "一、总体情况\n云川市人民政府印发《公开办法》\f。"


@pytest.fixture
def store(model: Model, document: Callable[[str], Document]) -> MemoryStore:
    rule = expand("rule:test")
    facts = (
        Fact(REPORT, expand("pol:reportYear"), Literal("2020", expand("xsd:gYear")), (Span(0, 6),), rule),
        Fact(NOTICE, expand("pol:issuedBy"), AGENCY, (Span(7, 22), Span(7, 14)), rule),
    )
    entities = (
        Entity(AGENCY, expand("pol:Government"), "云川市人民政府"),
        Entity(NOTICE, expand("pol:Notice"), "公开办法", ("办法\x0c",)),
    )
    store = MemoryStore()
    extraction = Extraction(REPORT, "总体情况", AGENCY, 2020, entities, facts, ())
    store.replace(report_graphs(extraction, (), document(TEXT), model, MINT))
    return store


def exported(store: MemoryStore, format: str, **options: str) -> bytes:
    out = io.BytesIO()
    export(store, format, out, **options)
    return out.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_same_bytes_twice_to_stream_and_file(store: MemoryStore, tmp_path: Path, format: str) -> None:
    first = exported(store, format)
    export(store, format, tmp_path / "new" / "out")
    assert (tmp_path / "new" / "out").read_bytes() == first
    assert len(first) > 100
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


def test_nquads_rebuild_the_store(store: MemoryStore) -> None:
    data = exported(store, "nquads")
    assert set(map(str, ox.parse(data, format=ox.RdfFormat.N_QUADS))) == set(map(str, store.quads()))


@pytest.mark.parametrize("format", ["turtle", "jsonld"])
@pytest.mark.parametrize("graph", [None, f"{REPORT}/evidence"])
def test_triples_survive(store: MemoryStore, format: str, graph: str | None) -> None:
    kind = {"turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}[format]
    out = io.BytesIO()
    export(store, format, out, graph=graph)
    triples = {str(quad.triple) for quad in ox.parse(out.getvalue(), format=kind)}
    assert triples == {str(quad.triple) for quad in store.quads(graph or DEFAULT)}


def test_turtle_lists_its_prefixes_in_order(store: MemoryStore) -> None:
    heads = [line for line in exported(store, "turtle").decode().splitlines() if line.startswith("@prefix")]
    assert heads == sorted(heads)
    assert len(heads) == len(PREFIXES)


def test_csv_has_a_row_for_each_place_of_each_fact(store: MemoryStore) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    issued = [row for row in rows if row["property"] == "pol:issuedBy"]
    assert [(row["subject_label"], row["object_label"], row["object_class"]) for row in issued] == [
        ("公开办法", "云川市人民政府", "pol:Government")
    ] * 2
    assert sorted(row["quote"] for row in issued) == ["云川市人民政府", "云川市人民政府印发《公开办法》"[:15]]
    assert {row["object"] for row in rows if row["property"] == "pol:reportYear"} == {"2020"}


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networks_are_read_back(store: MemoryStore, format: str) -> None:
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format]
    network = read(io.BytesIO(exported(store, format)))
    assert network.has_edge(NOTICE, AGENCY)
    assert network.nodes[AGENCY]["label"] == "云川市人民政府"


def test_what_cannot_be_written_says_so(store: MemoryStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown format"):
        exported(store, "xlsx")
    with pytest.raises(InputError, match="no such graph"):
        exported(store, "nquads", graph="http://x/none")
    with pytest.raises(InputError, match="whole store"):
        exported(store, "csv", graph=REPORT)
    (tmp_path / "file").write_text("x")
    with pytest.raises(KgError, match="cannot be written"):
        export(store, "csv", tmp_path / "file" / "out.csv")
