"""The graphs of the model: nothing nameless, nothing left to infer, the same bytes every time."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.graph import reference_graphs
from kg.schema import Ontology
from kg.schema.files import ontology_files
from kg.schema.model import Model
from kg.store import MemoryStore
from kg.terms import BASE, Mint

PREFIXES = """@prefix pol: <https://w3id.org/policy-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/> .
"""
MODEL = """:site a pol:Government ; skos:prefLabel '云川市人民政府'@zh ;
    pol:form [ pol:part ( 1 2 ) ; rdfs:label 'x' ] .
"""
OTHER = ":x pol:form [ rdfs:label 'y' ] ."
REGIONS = ":r a pol:Agency ; pol:issuedBy :site .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "vocab").mkdir()
    (tmp_path / "core.ttl").write_text(PREFIXES + MODEL, encoding="utf-8")
    (tmp_path / "vocab" / "core.ttl").write_text(PREFIXES + OTHER, encoding="utf-8")
    (tmp_path / "vocab" / "regions.ttl").write_text(PREFIXES + REGIONS, encoding="utf-8")
    return tmp_path


def graphs(folder: Path, model: Model) -> dict[str, bytes]:
    return reference_graphs(sorted(folder.rglob("*.ttl")), model, Mint())


def test_two_graphs_without_blank_nodes_twice_the_same(folder: Path, model: Model) -> None:
    made = graphs(folder, model)
    assert [graph.removeprefix(Mint().base) for graph in made] == ["graph/ontology", "graph/regions"]
    quads = list(ox.parse(b"".join(made.values()), format=ox.RdfFormat.N_QUADS))
    assert not [quad for quad in quads if isinstance(quad.subject, ox.BlankNode)]
    assert not [quad for quad in quads if isinstance(quad.object, ox.BlankNode)]
    assert made == graphs(folder, model)


def test_structure_and_closure_survive(folder: Path, model: Model) -> None:
    store = MemoryStore()
    store.replace(graphs(folder, model))
    assert store.query(
        """ASK { <http://example.org/site> a pol:Agency, org:FormalOrganization ;
            rdfs:label '云川市人民政府'@zh ; pol:form [ rdfs:label 'x' ; pol:part ?list ] .
            ?list rdf:first 1 ; rdf:rest [ rdf:first 2 ; rdf:rest rdf:nil ] }"""
    )
    assert store.query(f"ASK {{ GRAPH <{Mint().base}graph/regions> {{ ?r dcterms:publisher ?site }} }}")
    rows = store.query("SELECT ?b { ?s pol:form ?b }")
    assert len({row[0] for row in rows}) == 2


def test_broken_turtle_names_file_and_line(folder: Path, model: Model) -> None:
    (folder / "broken.ttl").write_text(PREFIXES + ":a :b", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl:\d"):
        graphs(folder, model)


def test_what_no_report_speaks_of_is_not_in_the_store(ontology: Ontology) -> None:
    graphs = reference_graphs(ontology_files(), ontology.model, Mint())
    lines = graphs[Mint().entity("graph", "ontology")].decode().splitlines()
    assert lines
    assert not [line for line in lines if line.startswith(f"<{BASE}") and "/graph/" not in line.split()[0]]
