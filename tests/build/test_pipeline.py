"""The contract of the graph, on what the standard pipeline makes of whole reports."""

from pathlib import Path

import pytest

from kg.build import build, reports_in
from kg.build.pipeline import Standard, standard
from kg.graph import graphs_of
from kg.store import DEFAULT, Rows, Store, open_store
from kg.terms import BASE, expand

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

SHARED = Path(__file__).parents[3] / "shared" / "reports"
REPORT = """云川市人民政府2020年政府信息公开工作年度报告

本报告根据《中华人民共和国政府信息公开条例》编制，由云川市人民政府办公室负责解释。

一、总体情况
云川市人民政府印发《云川市政务公开工作要点》（云政办发〔2020〕5号），在门户网站开设“政策解读”专栏。
全年主动公开政府信息1200条，受理政府信息公开申请36件，比2019年的30件增长20%。

五、存在的主要问题及改进情况
一是解读形式单一。下一步，将丰富解读形式。
"""
NAMING = {expand(name) for name in ("skos:prefLabel", "skos:altLabel", "rdfs:label")}
TYPE = expand("rdf:type")


@pytest.fixture(scope="module")
def pipeline() -> Standard:
    return standard((), BASE)


@pytest.fixture(scope="module", params=["own", "quzhou-2020.txt", "hongze-2024.pdf"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pipeline: Standard
) -> Store:
    path = SHARED / request.param
    if request.param == "own":
        path = tmp_path_factory.mktemp("in") / "yunchuan.txt"
        path.write_text(REPORT, encoding="utf-8")
    elif not path.exists():
        pytest.skip("the folder of real reports is not there")
    store = open_store(None)
    store.replace(pipeline(path).graphs)
    return store


def rows(store: Store, query: str) -> Rows:
    answer = store.query(query)
    assert isinstance(answer, Rows)
    return answer


def test_every_quotation_stands_where_it_says(store: Store) -> None:
    found = rows(
        store,
        """SELECT ?text ?start ?end ?exact ?prefix ?suffix { ?e a pol:Evidence ; oa:hasSource/nif:isString ?text ;
            oa:hasSelector ?position , ?quote . ?position oa:start ?start ; oa:end ?end .
            ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix }""",
    )
    places = list(found)
    assert len(places) > 5
    for row in places:
        text, start, end, exact, prefix, suffix = (term.value for term in row)  # type: ignore[union-attr]
        assert text[int(start) : int(end)] == exact
        assert text[: int(start)].endswith(prefix)
        assert text[int(end) :].startswith(suffix)


def test_every_triple_has_a_statement_or_follows_or_names(store: Store, pipeline: Standard) -> None:
    (report,) = reports_in(store)
    model = pipeline.extractor.ontology.model
    query = """SELECT ?s ?p ?o { ?f a pol:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
        pol:rule ?rule ; pol:evidence/oa:hasSource ?text }"""
    stated = {(str(s), p.value, str(o)) for s, p, o in rows(store, query)}  # type: ignore[union-attr]
    classes: dict[str, set[str]] = {}
    for subject, predicate, value in stated:
        if predicate == TYPE:
            classes.setdefault(subject, set()).update((value[1:-1], *model.superclasses(value[1:-1])))
    follows = {
        (subject, other, value)
        for subject, predicate, value in stated
        for other in model.implied(classes.get(subject, ()), predicate, classes.get(value, ()))
    } | {(subject, TYPE, f"<{cls}>") for subject, all_of in classes.items() for cls in all_of}
    said = {(str(quad.subject), quad.predicate.value, str(quad.object)) for quad in store.quads(report)}
    assert [triple for triple in said if triple[1] not in NAMING and triple not in stated | follows] == []
    assert stated | follows <= said


def test_every_entity_is_reported_in_its_report(store: Store) -> None:
    (report,) = reports_in(store)
    without = f"""SELECT DISTINCT ?s {{ GRAPH <{report}> {{ ?s a ?class
        FILTER NOT EXISTS {{ ?s pol:reportedIn <{report}> ; prov:wasDerivedFrom <{report}> }} }} }}"""
    assert [row[0].value for row in rows(store, without)] == [report]  # type: ignore[union-attr]


def test_a_built_store_holds_model_regions_and_report(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(REPORT, encoding="utf-8")
    result = build([tmp_path / "in.txt"], out=tmp_path / "out")
    assert result.failed == ()
    (built,) = result.built
    with open_store(tmp_path / "out" / "store") as store:
        expected = {*graphs_of(built.report), f"{BASE}graph/ontology", f"{BASE}graph/regions"}
        assert set(store.graphs()) | {graphs_of(built.report)[2]} == expected
        assert store.query(
            "ASK { pol:Report skos:definition ?words . ?region a pol:Region, dcterms:Location }"
        )
        named = {str(quad.triple) for quad in store.quads()}
        assert {str(quad.triple) for quad in store.quads(DEFAULT)} == named
