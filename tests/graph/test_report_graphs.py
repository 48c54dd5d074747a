"""What a report's three graphs hold, read back with an RDF parser."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.facts import Entity, Extraction, Fact, Finding, Literal
from kg.graph import graphs_of, quads, report_graphs
from kg.schema.model import Model
from kg.store import MemoryStore
from kg.terms import Mint, expand
from kg.text.document import Document, Span

Make = Callable[[str], Document]

MINT = Mint()
TEXT = "一、总体情况\n云川市人民政府办公室印发《关于推进公开的通知》，受理申请12件。\n市政府办\t“引”\\反。"
REPORT = MINT.report("云川市人民政府", 2020)
AGENCY = MINT.entity("agency", "云川市人民政府")
NOTICE = MINT.entity("policy", "关于推进公开的通知")
FIGURE = MINT.within(REPORT, "observation", "受理申请")
TWELVE = Literal("12.0", expand("xsd:decimal"))
YEAR = Literal("2020", expand("xsd:gYear"))


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def make_extraction() -> Extraction:
    rule = expand("rule:test")
    return Extraction(
        report=REPORT,
        title="总体情况",
        issuer=AGENCY,
        year=2020,
        entities=(
            Entity(AGENCY, expand("pol:Government"), "云川市人民政府", ("市政府办", "云川市人民政府")),
            Entity(NOTICE, expand("pol:Notice"), "关于推进公开的通知"),
            Entity(FIGURE, expand("pol:Observation"), ""),
            Entity(MINT.entity("agency", "无人提到"), expand("pol:Agency"), "无人提到"),
        ),
        facts=(
            Fact(REPORT, expand("pol:reportYear"), YEAR, (at("总体情况"),), rule),
            Fact(NOTICE, expand("pol:issuedBy"), AGENCY, (at("云川市人民政府"), at("市政府办")), rule),
            Fact(NOTICE, expand("pol:issuedBy"), AGENCY, (at("印发"),), expand("rule:other")),
            Fact(
                FIGURE,
                expand("sdmx-measure:obsValue"),
                Literal("12.0", expand("xsd:decimal")),
                (at("12件"),),
                rule,
            ),
        ),
        findings=(Finding("FORM-R1", "error", "不平", "does not sum", (at("12件"),), FIGURE, "12", "13.50"),),
    )


@pytest.fixture
def graphs(model: Model, document: Make) -> dict[str, bytes]:
    return report_graphs(make_extraction(), (), document(TEXT), model, MINT)


@pytest.fixture
def store(graphs: dict[str, bytes]) -> MemoryStore:
    store = MemoryStore()
    store.replace(graphs)
    return store


def test_three_graphs_sorted_without_repeats(graphs: dict[str, bytes]) -> None:
    assert tuple(graphs) == graphs_of(REPORT)
    for lines in graphs.values():
        assert lines.splitlines() == sorted(set(lines.splitlines()))


def test_store_gives_back_the_very_bytes(graphs: dict[str, bytes], store: MemoryStore) -> None:
    for graph, lines in graphs.items():
        held = sorted(f"{quad} .\n" for quad in store.quads(graph))
        assert "".join(held) == lines.decode()


def test_every_triple_has_a_statement_or_follows_or_names(store: MemoryStore) -> None:
    naming = {expand("skos:prefLabel"), expand("skos:altLabel"), expand("rdfs:label")}
    following = {expand("dcterms:publisher"), expand("eli:passed_by"), expand("prov:wasDerivedFrom")}
    bare = []
    for quad in store.quads(REPORT):
        asked = f"""ASK {{ GRAPH <{REPORT}/evidence> {{ ?s a pol:Statement, rdf:Statement, prov:Entity ;
            rdf:subject {quad.subject} ; rdf:predicate {quad.predicate} ; rdf:object {quad.object} ;
            pol:rule ?rule ; pol:evidence ?evidence . ?evidence oa:hasSelector [ oa:exact ?exact ] }} }}"""
        if quad.predicate.value not in naming | following and not store.query(asked):
            bare.append((quad.predicate.value, str(quad.object)))
    assert all(predicate == expand("rdf:type") for predicate, _ in bare)
    assert {value[1:-1] for _, value in bare} == {
        expand(name) for name in ("pol:Agency", "org:FormalOrganization", "pol:Policy", "eli:LegalResource")
    } | {expand(name) for name in ("pol:Result", "qb:Observation", "foaf:Document", "prov:Entity")}


def test_same_fact_twice_is_one_statement_with_all_its_places(store: MemoryStore) -> None:
    rows = store.query(
        "SELECT ?statement (COUNT(DISTINCT ?e) AS ?places) (COUNT(DISTINCT ?r) AS ?rules) "
        "{ ?statement rdf:predicate pol:issuedBy ; pol:evidence ?e ; pol:rule ?r } GROUP BY ?statement"
    )
    assert [[str(term.value) for term in row[1:]] for row in rows] == [["3", "2"]]


def test_aligned_properties_follow_the_classes(store: MemoryStore) -> None:
    assert store.query(f"ASK {{ <{NOTICE}> dcterms:publisher <{AGENCY}> ; eli:passed_by <{AGENCY}> }}")
    assert store.query(f"ASK {{ <{AGENCY}> pol:reportedIn <{REPORT}> ; prov:wasDerivedFrom <{REPORT}> }}")


def test_names_are_chinese(store: MemoryStore) -> None:
    assert store.query(
        f'ASK {{ <{AGENCY}> skos:prefLabel "云川市人民政府"@zh ; rdfs:label "云川市人民政府"@zh ; '
        'skos:altLabel "市政府办"@zh . FILTER NOT EXISTS { ?x skos:altLabel "云川市人民政府"@zh } }'
    )


def test_entity_in_no_fact_is_left_out(store: MemoryStore) -> None:
    assert not store.query('ASK { ?x skos:prefLabel "无人提到"@zh }')


def test_evidence_quotes_with_context_section_page_and_source(store: MemoryStore) -> None:
    span = at("12件")
    rows = store.query(
        """SELECT ?start ?end ?prefix ?suffix ?section ?page ?from ?to ?text {
            ?e a pol:Evidence, oa:SpecificResource ; oa:hasSource/nif:isString ?text ;
                oa:hasSelector [ a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end ] ,
                    [ a oa:TextQuoteSelector ; oa:exact "12件" ; oa:prefix ?prefix ; oa:suffix ?suffix ] ;
                pol:section ?section ; pol:page ?page ; pol:sourceStart ?from ; pol:sourceEnd ?to }"""
    )
    prefix, suffix = TEXT[span.start - 24 : span.start], TEXT[span.end : span.end + 24]
    expected = [span.start, span.end, prefix, suffix, "一、总体情况", 2, span.start + 1, span.end + 1, TEXT]
    assert [[term.value for term in row] for row in rows] == [[str(value) for value in expected]]


def test_finding_is_an_annotation_with_both_languages(store: MemoryStore) -> None:
    assert store.query(
        f"""ASK {{ GRAPH <{REPORT}/checks> {{ ?f a pol:Finding, dqv:QualityAnnotation, oa:Annotation ;
            pol:code "FORM-R1" ; pol:severity "error" ; pol:message "不平"@zh, "does not sum"@en ;
            oa:hasTarget <{FIGURE}> ; pol:stated 12.0 ; pol:recomputed 13.5 ; pol:reportedIn <{REPORT}> ;
            pol:evidence [ oa:hasSource <{REPORT}/text> ] .
            <{FIGURE}> pol:recomputed 13.5 }} }}"""
    )


def test_report_without_a_fact_is_still_a_report(model: Model, document: Make) -> None:
    bare = Extraction(REPORT, "没有这个题目", "", None, (), (), ())
    store = MemoryStore()
    store.replace(report_graphs(bare, (), document("  只有一句话。"), model, MINT))
    exact = "ASK { ?s rdf:predicate rdf:type ; pol:evidence/oa:hasSelector/oa:exact '只有一句话。' }"
    assert store.query(exact)


@pytest.mark.parametrize("span", [Span(3, 3), Span(0, 9999)])
def test_evidence_that_quotes_nothing_is_refused(span: Span, model: Model, document: Make) -> None:
    fact = Fact(REPORT, expand("pol:reportYear"), YEAR, (span,), expand("rule:test"))
    with pytest.raises(KgError, match=r"evidence|span"):
        report_graphs(Extraction(REPORT, "", "", 2020, (), (fact,), ()), (), document(TEXT), model, MINT)


@pytest.mark.parametrize("iri", ["", "http://x/a b", "http://x/<"])
def test_bad_iri_is_refused(iri: str, model: Model, document: Make) -> None:
    fact = Fact(REPORT, expand("pol:cites"), iri, (Span(0, 2),), expand("rule:test"))
    with pytest.raises(KgError, match="no IRI"):
        report_graphs(Extraction(REPORT, "", "", 2020, (), (fact,), ()), (), document(TEXT), model, MINT)


LETTERS = st.characters(exclude_categories=["Cs"])
LITERALS = st.one_of(
    st.builds(Literal, st.text(LETTERS, max_size=12)),
    st.builds(lambda value: Literal(value, language="zh"), st.text(LETTERS, max_size=12)),
    st.decimals(-(10**12), 10**12, places=3).map(lambda value: Literal(str(value), expand("xsd:decimal"))),
    st.integers(1978, 2099).map(lambda year: Literal(str(year), expand("xsd:gYear"))),
)


@st.composite
def random_reports(draw: st.DrawFn) -> tuple[str, Extraction]:
    text = draw(st.text(LETTERS, min_size=2, max_size=60))
    cut = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda pair: pair[0] < pair[1]
    )
    name = st.sampled_from(["甲", "乙 丙", "丁/戊", "〔2020〕1号", "a%b"])
    thing = name.map(lambda found: MINT.entity("policy", found))
    fact = st.builds(
        Fact,
        thing,
        st.sampled_from([expand("pol:issuedBy"), expand("pol:cites"), expand("pol:documentNumber")]),
        st.one_of(thing, LITERALS),
        st.lists(cut.map(lambda pair: Span(*pair)), min_size=1, max_size=3).map(tuple),
        st.just(expand("rule:test")),
    )
    facts = tuple(draw(st.lists(fact, max_size=8)))
    entities = tuple(
        Entity(MINT.entity("policy", found), expand("pol:Notice"), draw(st.text(LETTERS, max_size=8)))
        for found in sorted(draw(st.sets(name)))
    )
    report = MINT.report(draw(st.sampled_from(["云川市", "清溪区"])), draw(st.sampled_from([2020, 2021])))
    return text, Extraction(report, "", "", None, entities, facts, ())


@given(drawn=random_reports())
def test_random_facts_survive_the_round_trip(
    model: Model, document: Make, drawn: tuple[str, Extraction]
) -> None:
    text, extraction = drawn
    read = document(text)
    data = quads(extraction, (), read, model, MINT)
    assert data == quads(extraction, (), read, model, MINT)
    store = MemoryStore()
    store.replace(report_graphs(extraction, (), read, model, MINT))
    assert {str(quad) for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)} == {
        str(quad) for graph in store.graphs() for quad in store.quads(graph)
    }
    places = {
        (row[0].value, row[1].value, row[2].value)
        for row in store.query(
            "SELECT ?p ?start ?exact { ?s rdf:predicate ?p ; pol:evidence/oa:hasSelector ?a, ?b . "
            "?a oa:start ?start . ?b oa:exact ?exact }"
        )
    }
    for fact in extraction.facts:
        for span in fact.evidence:
            assert (fact.predicate, str(span.start), span.of(text)) in places
