"""A small model and documents made by hand, so that these tests need no ontology and no reader."""

from array import array
from collections.abc import Callable

import pytest

from kg.schema.index import load
from kg.schema.model import Model
from kg.text.document import Document, OffsetMap, Page, Section, Source, Span

MODEL = """
@prefix pol: <https://w3id.org/policy-kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
pol:Report a owl:Class ; rdfs:subClassOf foaf:Document, prov:Entity .
pol:Government a owl:Class ; rdfs:subClassOf pol:Agency .
pol:Agency a owl:Class ; rdfs:subClassOf org:FormalOrganization .
pol:Notice a owl:Class ; rdfs:subClassOf pol:Policy .
pol:Policy a owl:Class ; rdfs:subClassOf eli:LegalResource .
pol:Observation a owl:Class ; rdfs:subClassOf pol:Result, qb:Observation .
pol:issuedBy a owl:ObjectProperty ; rdfs:subPropertyOf dcterms:publisher .
pol:reportedIn a owl:ObjectProperty ; rdfs:subPropertyOf prov:wasDerivedFrom .
pol:passed a pol:ConditionalAlignment ; pol:property pol:issuedBy ; pol:whenSubject pol:Policy ;
    pol:alsoAsserts eli:passed_by .
"""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    path = tmp_path_factory.mktemp("model") / "model.ttl"
    path.write_text(MODEL, encoding="utf-8")
    return Model.from_index(load([path]))


def make_document(text: str) -> Document:
    """A document whose second half is page 2, with one section, and whose source was one character longer."""
    count = len(text)
    half = count // 2
    return Document(
        source=Source("a.txt", "text/plain", "0" * 64, count, encoding="utf-8"),
        text=text,
        folded=text,
        offsets=OffsetMap(array("L", range(1, count + 1)), array("L", range(2, count + 2))),
        body=Span(0, count),
        pages=(Page(1, Span(0, half)), Page(2, Span(half, count))),
        sections=(Section("一、", "总体情况", 1, Span(0, min(6, count)), Span(0, count)),),
        conversions=("gb18030",),
    )


@pytest.fixture(scope="session")
def document() -> Callable[[str], Document]:
    return make_document
