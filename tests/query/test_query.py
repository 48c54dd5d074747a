"""Named queries: headers, parameters, errors, answers and their formats."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query import (
    FORMATS,
    Answer,
    Network,
    Table,
    ask,
    find_query,
    list_queries,
    load_query,
    parse_query,
    write,
)
from kg.query.header import TYPES
from kg.query.result import Value
from kg.store import MemoryStore

QUERIES = Path(__file__).parents[2] / "queries"
AGENCY = "https://w3id.org/policy-kg/id/agency/云川市人民政府"


def answer(store: MemoryStore, text: str, **given: object) -> list[dict[str, Value]]:
    return ask(store, parse_query(text, name="q"), given).dicts()


@pytest.mark.parametrize("path", sorted(QUERIES.rglob("*.rq")), ids=lambda path: path.stem)
def test_each_query_has_words_in_both_languages_and_parses(path: Path) -> None:
    query = load_query(path)
    for words in (query.title, query.question, *(parameter.description for parameter in query.parameters)):
        assert words.zh
        assert words.en
    given = {p.name: "1" for p in query.parameters if p.default is None and p.type != "entity"}
    if all(p.type != "entity" or p.optional or p.default for p in query.parameters):
        ask(MemoryStore(), parse_query(query.text.replace("type: entity", "type: string")), given)


HEADER = """#+ title: {zh: 题, en: Title}
#+ question: 问
#+ parameters:
#+   agency:
#+     type: entity
#+     description: {zh: 机关, en: agency}
#+   year: {type: year, default: 2021}
#+   least: integer
#+ tags: [a, b]
#+ defaultView: network
SELECT * WHERE { ?agency ?year ?least }
"""


def test_a_header_is_read() -> None:
    query = parse_query(HEADER, name="q")
    assert (query.title.zh, query.title.en, query.question.en) == ("题", "Title", "问")
    assert [(p.name, p.type, p.default) for p in query.parameters] == [
        ("agency", "entity", None),
        ("year", "year", "2021"),
        ("least", "integer", None),
    ]
    assert query.parameters[0].description.en == "agency"
    assert (query.tags, query.view) == (("a", "b"), "network")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ title: [", "q:1: the query's header is no YAML"),
        ("# a comment\n#+ tags: [a\n#+ b: c", "q:3: the query's header is no YAML"),
        ("#+ titel: x", "unknown header key “titel”"),
        ("#+ just words", "header must be"),
        ("#+ parameters: [a]", "parameters must be"),
        ("#+ parameters: {a: {type: colour}}", "unknown type “colour” of parameter a; use one of string"),
        ("#+ parameters: {a: {kind: zh}}", "unknown key “kind” of parameter a"),
    ],
)
def test_wrong_headers(header: str, message: str) -> None:
    with pytest.raises(QueryError) as error:
        parse_query(header, name="q")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("string", 'a"b\\c\nd', '"a\\"b\\\\c\\nd"'),
        ("zh", "云川", '"云川"@zh'),
        ("integer", "-3", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("decimal", 25.6, '"25.6"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("boolean", True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("year", 2021, '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("date", date(2021, 3, 1), '"2021-03-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("iri", "pol:Agency", "<https://w3id.org/policy-kg/ontology#Agency>"),
        ("entity", "市政府", f"<{AGENCY}>"),
    ],
)
def test_a_value_becomes_a_term_of_its_type(store: MemoryStore, kind: str, value: object, term: str) -> None:
    query = parse_query(f"#+ parameters: {{x: {kind}}}\nSELECT ?x WHERE {{ VALUES ?y {{ 1 }} }}", name="q")
    result = ask(store, query, {"x": value})
    assert isinstance(result, Table)
    assert [str(cell) for row in result.rows for cell in row] == [term]
    assert kind in TYPES


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "3 }"),
        ("decimal", "1e5"),
        ("year", "20"),
        ("date", "2021-13-01"),
        ("boolean", "perhaps"),
        ("iri", "a b"),
        ("iri", "http://x/> } DELETE"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: str) -> None:
    query = parse_query(f"#+ parameters: {{x: {kind}}}\nSELECT ?x WHERE {{ }}", name="q")
    with pytest.raises(QueryError, match=f"is no {kind}"):
        ask(MemoryStore(), query, {"x": value})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) WHERE { ?a skos:prefLabel ?l FILTER(STR(?l) = ?x) }",
        "SELECT (COUNT(*) AS ?n) WHERE { { SELECT ?a WHERE { ?a skos:prefLabel ?l FILTER(STR(?l) = ?x) } } }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?a skos:prefLabel ?l FILTER(!BOUND(?x) || STR(?l) = ?x) }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?a skos:prefLabel ?l FILTER(STR(?l) = ?x) # ?x ' \n }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?a skos:prefLabel ?l FILTER(STR(?l) = ?x && '?x' = \"?x\") }",
        "SELECT ?x (COUNT(*) AS ?n) { ?a skos:prefLabel ?l FILTER(STR(?l) = $x) } GROUP BY ?x ORDER BY ?x",
        "SELECT (COUNT(*) AS ?n) { ?a skos:prefLabel ?l FILTER(STR(?l)=?x) } HAVING(?x>'') ORDER BY DESC(?x)",
    ],
)
@pytest.mark.parametrize(("value", "count"), [("云川市人民政府", 1), ("无", 0), ('" || true || "', 0)])
def test_a_parameter_takes_its_variables_place(store: MemoryStore, text: str, value: str, count: int) -> None:
    rows = answer(store, text, x=value)
    assert sum(int(str(row["n"])) for row in rows) == count  # GROUP BY answers nothing with no row


def test_optional_parameters_stay_free(store: MemoryStore) -> None:
    text = (
        "#+ parameters: {kind: {type: iri, optional: true}}\n"
        "SELECT DISTINCT ?kind WHERE { ?e a ?kind ; skos:prefLabel '云川市人民政府'@zh } ORDER BY ?kind"
    )
    assert [row["kind"] for row in answer(store, text)] == [
        "https://w3id.org/policy-kg/ontology#Agency",
        "https://w3id.org/policy-kg/ontology#Government",
    ]
    assert len(answer(store, text, kind="pol:Agency")) == 1


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        (
            "#+ parameters: {year: year}\nASK { ?s ?p ?year }",
            {},
            "parameter year is missing; give it with -p year=",
        ),
        (
            "#+ parameters: {year: year}\nASK { ?s ?p ?year }",
            {"yaer": 1},
            "no parameter yaer; did you mean year?",
        ),
        ("ASK { ?s ?p ?o }", {"x": 1}, "no parameter x; it takes o, p, s"),
        ("ASK { ?s ?p ?o }", {"p": "text"}, "does not parse with p = "),
        ("SELECT * WHERE {\n  ?s ?p }", {}, "q:2:10: the query does not parse after “?s ?p }”"),
        ("SELECT * WHERE { ?s nope:x ?o }", {}, "the prefix nope: is not declared; add PREFIX nope:"),
        ("SELECT * WHERE { ?政策 ?类 '词' }} ", {}, "q:1:32: the query does not parse after"),
        ("#+ title: x\nSELEC *", {}, "q:2:1: “SELEC” is no word of SPARQL; did you mean SELECT?"),
        (
            "#+ parameters: {a: entity}\nASK { ?s ?p ?a }",
            {"a": "没有"},
            "nothing in the store is called “没有”",
        ),
        ("#+ parameters: {a: entity}\nASK { ?s ?p ?a }", {"a": "云川市"}, ""),
        ("#+ parameters: {a: entity}\nASK { ?s ?p ?a }", {"a": "川市"}, "“川市” may mean"),
    ],
)
def test_errors_say_what_and_where(
    store: MemoryStore, text: str, given: dict[str, object], message: str
) -> None:
    if not message:
        assert answer(store, text, **given)
        return
    with pytest.raises(QueryError) as error:
        answer(store, text, **given)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_finding_by_name(tmp_path: Path) -> None:
    for name in ("cq/policies.rq", "cq/policy-series.rq", "view/07-all.rq"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("ASK { }", encoding="utf-8")
    assert [query.name for query in list_queries([tmp_path])] == ["policies", "policy-series", "07-all"]
    for name in ("policies", "Policies", "cq/policies", "policies.rq"):
        assert find_query(name, [tmp_path]).name == "policies"
    assert find_query("all", [tmp_path]).name == "07-all"
    with pytest.raises(QueryError, match="did you mean policies"):
        find_query("polices", [tmp_path])
    with pytest.raises(QueryError, match="did you mean policy-series"):
        find_query("series", [tmp_path])
    with pytest.raises(QueryError, match="--list"):
        find_query("zzz", [tmp_path])


@pytest.mark.parametrize(
    ("content", "message"), [(None, "cannot be read"), (b"", "is empty"), (b"\xff\xfe", "not UTF-8")]
)
def test_files_that_are_no_query(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "x.rq"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(QueryError, match=message):
        load_query(path)


TABLE = Table(
    ("a", "b"),
    (
        (
            ox.Literal('甲,"乙"\n丙'),
            ox.Literal("25.60", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ),
        (ox.NamedNode("http://x/<&>".replace("<&>", "y")), None),
        (ox.Literal("<词>", language="zh"), ox.BlankNode("n")),
    ),
)


def test_csv_tsv_json_xml_and_table() -> None:
    assert list(csv.reader(io.StringIO(write(TABLE, "csv")))) == [
        ["a", "b"],
        ['甲,"乙"\n丙', "25.60"],
        ["http://x/y", ""],
        ["<词>", "_:n"],
    ]
    assert write(TABLE, "tsv").splitlines() == [
        "?a\t?b",
        '"甲,\\"乙\\"\\n丙"\t"25.60"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        "<http://x/y>\t",
        '"<词>"@zh\t_:n',
    ]
    assert write(TABLE, "table").splitlines() == [
        "a           b",
        "──────────  ─────",
        '甲,"乙" 丙  25.60',
        "http://x/y",
        "<词>        _:n",
    ]
    bindings = json.loads(write(TABLE, "json"))["results"]["bindings"]
    assert bindings[2] == {
        "a": {"type": "literal", "value": "<词>", "xml:lang": "zh"},
        "b": {"type": "bnode", "value": "n"},
    }
    root = ElementTree.fromstring(write(TABLE, "xml"))
    space = {"r": "http://www.w3.org/2005/sparql-results#"}
    assert [found.text for found in root.findall(".//r:literal", space)] == ['甲,"乙"\n丙', "25.60", "<词>"]


@pytest.mark.parametrize("format", ["json", "xml"])
def test_result_documents_are_read_back_by_others(format: str) -> None:
    kind = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}[format]
    parsed = ox.parse_query_results(write(TABLE, format), format=kind)
    assert isinstance(parsed, ox.QuerySolutions)
    assert [[solution[0], solution[1]] for solution in parsed][:2] == [list(row) for row in TABLE.rows[:2]]
    for value in (True, False):
        assert bool(ox.parse_query_results(write(Answer(value), format), format=kind)) is value


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_writes_triples(store: MemoryStore, format: str) -> None:
    query = parse_query("CONSTRUCT { ?s pol:cites ?o . ?s pol:cites ?o } WHERE { ?s pol:cites ?o }")
    result = ask(store, query)
    assert isinstance(result, Network)
    assert len(result) == 1
    text = write(result, format)
    assert "policy/" in text
    assert text == write(ask(store, query), format)
    rdf = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "nquads": "N_QUADS", "jsonld": "JSON_LD"}.get(format)
    if rdf:
        assert [quad.triple for quad in ox.parse(text, format=getattr(ox.RdfFormat, rdf))] == list(
            result.triples
        )


def test_triples_only_as_rdf() -> None:
    with pytest.raises(QueryError, match="only triples"):
        write(TABLE, "turtle")
    with pytest.raises(QueryError, match="unknown format"):
        write(TABLE, "yaml")
    assert write(Answer(True), "table") == "true\n"


def test_python_values_and_data_frames(store: MemoryStore) -> None:
    text = (
        "SELECT ?o ?value ?year WHERE { ?o pol:indicator ind:s3.new ; pol:measure pol:Change ; "
        "sdmx-measure:obsValue ?value ; sdmx-dimension:refPeriod ?year }"
    )
    result = ask(store, parse_query(text))
    assert [(row["value"], row["year"]) for row in result] == [(Decimal(-25), 2021)]
    assert list(result.dataframe().columns) == ["o", "value", "year"]
    assert ask(store, parse_query("ASK { }")).dataframe().to_dict("records") == [{"answer": True}]
