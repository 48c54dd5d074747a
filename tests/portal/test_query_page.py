"""The query page: the editor completes from the data, answers in several views, and nothing is needed but this server."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus

import httpx
import pytest

from kg.query import list_queries
from kg.terms import PREFIXES
from tests.portal.conftest import HOSTILE, Tab

CURSOR = "¦"
WORDS_AND_ROLES = [
    ("SELECT * { ?a a pol:Ag¦ }", ("pol:Ag", "class", [])),
    ("SELECT * { ?a a pol:Agency ; 发布¦ ; pol:x ?y }", ("发布", "property", ["pol:Agency"])),
    ("SELECT * { ?a ¦ . ?a a pol:Report }", ("", "property", ["pol:Report"])),
    ("SELECT * { ?a pol:partOf/pol:¦ }", ("pol:", "property", [])),
    ("SELECT * { GRAPH ?g { ?s rdf:type ¦ } }", ("", "class", [])),
    ("SELECT * { ?a pol:x ?b¦ }", None),
    ("SELECT ?a¦ { }", None),
    ("SELECT * { ?a a pol:Agency FILTER(?a = pol:¦) }", None),
    ('SELECT * { ?a skos:prefLabel "pol:¦" }', None),
    ("# ?a a pol:\nPREFIX pol¦", None),
]
TERMS = {
    "classes": [{"name": "pol:Agency", "zh": "机构", "en": "Agency", "count": 1}],
    "properties": [
        {"name": "skos:prefLabel", "zh": "名称", "en": "name", "count": 1, "classes": ["pol:Agency"]}
    ],
}
OWN_PREFIXES = [
    ("SELECT * { ?a a pol:Ag }", ["pol:Agency", "skos:prefLabel", "pol:Agency"]),
    ("PREFIX p: <https://w3id.org/policy-kg/ontology#>\nSELECT", ["p:Agency", "skos:prefLabel", "p:Agency"]),
    ("prefix : <https://w3id.org/policy-kg/ontology#> PREFIX x: <x:>", [":Agency", "skos:prefLabel", ":Agency"]),
    ("PREFIX skos: <http://example.org/> SELECT", ["pol:Agency", "<http://www.w3.org/2004/02/skos/core#prefLabel>", "pol:Agency"]),
    ("# PREFIX p: <https://w3id.org/policy-kg/ontology#>", ["pol:Agency", "skos:prefLabel", "pol:Agency"]),
]  # fmt: skip
VIEWS = {
    "02-platforms-of-an-agency": "table",
    "04-applications-by-year": "line",
    "06-problems-by-topic": "bar",
    "agency": "network",
}


@pytest.mark.parametrize(("text", "expected"), WORDS_AND_ROLES)
def test_what_may_stand_at_the_cursor(
    tab: Tab, text: str, expected: tuple[str, str, list[str]] | None
) -> None:
    page = tab.open("/find")
    given = [text.replace(CURSOR, ""), text.index(CURSOR)]
    found = page.evaluate(
        "([text, at]) => import('/static/completion.js').then((it) => it.position(text, at))", given
    )
    assert found == (
        None if expected is None else dict(zip(("word", "role", "classes"), expected, strict=True))
    )


@pytest.mark.parametrize(("text", "expected"), OWN_PREFIXES)
def test_terms_are_offered_by_the_prefixes_of_the_query(tab: Tab, text: str, expected: list[str]) -> None:
    page = tab.open("/find")
    found = page.evaluate(
        "([terms, text, prefixes]) => import('/static/completion.js').then((it) => it.written(terms, text, prefixes))",
        [TERMS, text, dict(PREFIXES)],
    )
    (cls,), (property_,) = found["classes"], found["properties"]
    assert [cls["name"], property_["name"], *property_["classes"]] == expected


def test_properties_are_those_of_the_subjects_class(portal: httpx.Client, tab: Tab) -> None:
    page = tab.open("/sparql")
    page.wait_for_selector("#editor[data-ready]")
    page.click(".CodeMirror")
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT * { ?x a pol:Report ; ")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint")
    offered = {line.split()[0] for line in page.locator(".CodeMirror-hint").all_inner_texts()}
    known = portal.get("/vocabulary").json()["properties"]
    assert offered == {term["name"] for term in known if "pol:Report" in term["classes"]}
    assert "pol:issuedBy" in offered
    assert "sdmx-measure:obsValue" not in offered
    page.keyboard.press("Escape")
    page.keyboard.type("发布")  # by its Chinese label
    page.wait_for_selector(".CodeMirror-hint")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?who }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer table a")
    assert page.input_value("#query") == "SELECT * { ?x a pol:Report ; pol:issuedBy ?who }"
    assert page.locator(".parseErrorIcon").count() == 0
    page.click("#declare")
    assert page.input_value("#query").startswith("PREFIX pol: <https://w3id.org/policy-kg/ontology#>\nSELECT")
    assert tab.clean()


@pytest.mark.parametrize("name", VIEWS)
def test_an_example_is_shown_as_its_head_says(tab: Tab, name: str) -> None:
    page = tab.open(f"/sparql#name={name}")
    page.wait_for_selector(f"#answer[data-view={VIEWS[name]}] > *")
    assert page.locator(f"#views [data-view={VIEWS[name]}][aria-pressed=true]").count() == 1
    assert tab.clean()


def test_each_example_can_be_chosen(tab: Tab) -> None:
    page = tab.open("/sparql")
    offered = set(page.locator("#examples option").evaluate_all("all => all.map((one) => one.value)")) - {""}
    assert offered == {query.name for query in list_queries() if not query.severity}


def test_each_view_of_rows(tab: Tab) -> None:
    query = """#defaultView:Timeline
    SELECT ?who ?what ?year ?n { VALUES (?who ?what ?year ?n) {
      (pol:Agency pol:Report "2021" 5) (pol:Agency pol:Policy "2022" -2.5) (pol:Policy pol:Report "2022" 7) } }"""
    page = tab.open(f"/sparql#query={quote(query)}")
    page.wait_for_selector("#answer[data-view=timeline] li")
    assert page.locator("#answer h2").all_inner_texts() == ["2021", "2022"]
    page.click("[data-view=bar]")
    page.wait_for_selector("#answer .bars li")
    assert page.locator("#answer .bars .number").all_inner_texts() == ["5", "-2.5", "7"]
    page.click("[data-view=line]")
    page.wait_for_selector("#answer polyline", state="attached")
    page.click("[data-view=network]")
    page.wait_for_selector("#answer svg.network circle")
    assert page.locator("#answer svg.network circle").count() == 3
    page.click("[data-view=table]")
    page.click("#answer th[data-column=n] button")
    assert page.locator("#answer td.number:last-child").all_inner_texts() == ["-2.5", "5", "7"]
    page.click("#answer th[data-column=n] button")
    assert page.locator("#answer td.number:last-child").all_inner_texts() == ["7", "5", "-2.5"]
    assert page.url.endswith("view=table")
    page.reload()
    page.wait_for_selector("#answer[data-view=table] td")
    assert tab.clean()


@pytest.mark.parametrize(
    ("query", "name", "start"),
    [
        ("SELECT ?a { VALUES ?a { 1 } }", "CSV", b"a\r\n1"),
        ("SELECT ?a { VALUES ?a { 1 } }", "TSV", b"?a\n1"),
        ("SELECT ?a { VALUES ?a { 1 } }", "JSON", b'{"head"'),
        ("SELECT ?a { VALUES ?a { 1 } }", "XML", b"<?xml"),
        ("CONSTRUCT { pol:a pol:b pol:c } {}", "Turtle", b"@prefix"),
        ("CONSTRUCT { pol:a pol:b pol:c } {}", "N-Triples", b"<https"),
        ("CONSTRUCT { pol:a pol:b pol:c } {}", "JSON-LD", b"[{"),
        ("CONSTRUCT { pol:a pol:b pol:c } {}", "RDF/XML", b"<?xml"),
    ],
)
def test_each_format_can_be_downloaded(tab: Tab, query: str, name: str, start: bytes) -> None:
    page = tab.open(f"/sparql#query={quote(query)}")
    page.wait_for_selector("#after:not([hidden])")
    with page.expect_download() as waiting:
        page.click(f"#downloads [data-format='{name}']")
    assert Path(waiting.value.path()).read_bytes().startswith(start)
    assert tab.clean()


def test_the_calls_to_copy_ask_the_same(tab: Tab, capsys: pytest.CaptureFixture[str]) -> None:
    query = 'SELECT ?a { VALUES ?a { "it\'s" } }'
    page = tab.open(f"/sparql#query={quote(query)}")
    page.wait_for_selector("#after:not([hidden])")
    page.click("details summary")
    exec(page.inner_text("#python") + "\nprint(table['a'][0])", {})
    assert capsys.readouterr().out == "it's\n"
    assert page.inner_text("#curl").startswith("curl -H 'Accept: text/csv' --data-urlencode query=")
    assert "it'\\''s" in page.inner_text("#curl")


def test_what_is_wrong_is_told(tab: Tab) -> None:
    page = tab.open(f"/sparql#query={quote('SELECT * { broken')}")
    page.wait_for_selector("#answer [role=alert]")
    assert "“broken”" in page.inner_text("#answer")
    assert tab.elsewhere == []


def test_answers_are_only_text(tab: Tab) -> None:
    rows = " ".join(json.dumps(name) for name in HOSTILE.values())
    query = f"SELECT ?name ?year ?n ?thing {{ VALUES ?name {{ {rows} }} BIND('2020' AS ?year) BIND(1 AS ?n) BIND(<javascript:window.broken=1> AS ?thing) }}"
    page = tab.open(f"/sparql#query={quote(query)}")
    page.wait_for_selector("#answer td")
    assert set(page.locator("#answer td:first-child").all_inner_texts()) >= set(HOSTILE.values())
    for view in ("bar", "line", "timeline", "table"):
        page.click(f"[data-view={view}]")
        page.wait_for_selector(f"#answer[data-view={view}] > *")
        assert (
            page.locator(
                "#answer script, #answer img, #answer [onmouseover], #answer [href^=javascript]"
            ).count()
            == 0
        )
    assert tab.clean()


def test_the_plain_form_answers_without_scripts(portal: httpx.Client) -> None:
    query = f"SELECT ?name {{ VALUES ?name {{ {json.dumps(HOSTILE['closing'])} }} }}"
    answer = portal.get("/sparql", params={"query": query}, headers={"Accept": "text/html,*/*;q=0.1"})
    assert '<th scope="col">name</th>' in answer.text
    assert HOSTILE["closing"] not in answer.text
    broken = portal.get("/sparql", params={"query": "SELECT"}, headers={"Accept": "text/html"})
    assert broken.status_code == 400
    assert 'role="alert"' in broken.text
    assert "SELECT</textarea>" in broken.text
    plain = portal.get("/sparql", params={"query": query})
    assert plain.headers["content-type"] == "application/sparql-results+json"


def test_the_address_of_the_plain_form_has_views_and_downloads_too(tab: Tab) -> None:
    query = 'SELECT ?year ?n { VALUES (?year ?n) { ("2021"^^xsd:gYear 3) ("2022"^^xsd:gYear 4) } }'
    page = tab.open(f"/sparql?query={quote(query)}")
    page.wait_for_selector("#answer table.rows .sort")
    assert [one.get_attribute("data-view") for one in page.query_selector_all("#views button")][:2] == [
        "table",
        "bar",
    ]
    assert page.is_visible("#downloads button")
    assert unquote_plus(page.url.partition("#query=")[2]) == query
    assert "?" not in page.url.partition("#")[0]


def test_labels_are_asked_for_by_list(portal: httpx.Client) -> None:
    iri = "https://w3id.org/policy-kg/id/agency/script"
    assert portal.post("/labels", json=[iri, "no iri", 7]).json()[iri]["label"] == HOSTILE["script"]
    assert portal.post("/labels", content=b"{").status_code == 400
    assert portal.post("/labels", json=["x:y"] * 1001).status_code == 400


def held_back(tab: Tab, text: str) -> list[Any]:
    """Hold back every request whose query has this text; answers the list of those that wait."""
    waiting: list[Any] = []

    def decide(route: Any) -> None:
        if text in unquote_plus(route.request.post_data or ""):
            waiting.append(route)
        else:
            route.continue_()

    tab.page.route("**/sparql", decide)
    return waiting


def run(page: Any, query: str) -> None:
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", query)
    page.click("#ask button.main")


def test_only_the_answer_of_the_last_run_is_shown(tab: Tab) -> None:
    page = tab.open("/sparql")
    page.wait_for_selector("#editor[data-ready]")
    waiting = held_back(tab, "slow")
    run(page, 'SELECT ("slow" AS ?a) {}')
    page.wait_for_selector("#stop:not([hidden])")
    run(page, 'SELECT ("fast" AS ?a) {}')
    page.wait_for_selector("#answer td")
    for route in waiting:
        route.fulfill(
            content_type="application/sparql-results+json",
            body='{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"slow"}}]}}',
        )
    page.wait_for_timeout(200)
    assert len(waiting) == 1
    assert page.locator("#answer td").all_inner_texts() == ["fast"]
    assert page.locator("#stop").is_hidden()
    page.go_back()
    page.wait_for_selector("#stop:not([hidden])")
    assert page.input_value("#query") == 'SELECT ("slow" AS ?a) {}'
    page.click("#stop")
    assert page.inner_text("#state") == "已停止。"
    assert page.locator("#answer td").count() == 0


def test_a_server_that_is_away_is_told(tab: Tab) -> None:
    page = tab.open(f"/sparql#query={quote('SELECT (1 AS ?a) {}')}")
    page.wait_for_selector("#answer td")
    page.route("**/sparql", lambda route: route.abort())
    page.click("#downloads [data-format=CSV]")
    page.wait_for_selector("#unsaved:not(:empty)")
    page.click("#ask button.main")
    page.wait_for_selector("#answer [role=alert]")
    assert "服务器没有回答" in page.inner_text("#answer")
    assert page.inner_text("#state") == ""
    assert page.locator("#stop").is_hidden()


def test_the_other_language_has_the_same_query(tab: Tab) -> None:
    page = tab.open("/sparql")
    page.wait_for_selector("#editor[data-ready]")
    run(page, 'SELECT ("kept" AS ?a) {}')
    page.wait_for_selector("#answer td")
    page.click("nav a[hreflang=en]")
    page.wait_for_url("**lang=en*")
    page.wait_for_selector("#answer td")
    assert page.input_value("#query") == 'SELECT ("kept" AS ?a) {}'
    assert tab.clean()


def test_parameters_that_no_longer_apply_are_told(tab: Tab) -> None:
    page = tab.open("/sparql#name=platforms-of-an-agency")
    page.wait_for_selector("#answer td")
    page.wait_for_selector("#editor[data-ready]")
    assert page.locator("#unfit").is_hidden()
    text = page.input_value("#query")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.replaceRange('\\nLIMIT 2', {line: 999})")
    assert page.locator("#unfit").is_visible()
    assert page.locator("#parameters input").first.is_disabled()
    page.click("#restore")
    assert page.input_value("#query") == text
    assert page.locator("#unfit").is_hidden()
    assert page.locator("#parameters input").first.is_enabled()


@pytest.mark.parametrize(
    ("address", "told"),
    [("name=no-such-query", "no-such-query"), ("name=applications-by-year&agncy=x", "agncy")],
)
def test_an_address_that_fits_no_query_is_told(tab: Tab, address: str, told: str) -> None:
    page = tab.open(f"/sparql#{address}")
    page.wait_for_selector("#answer [role=alert]")
    assert told in page.inner_text("#answer")


def test_an_error_is_not_saved(tab: Tab) -> None:
    page = tab.open(f"/sparql#query={quote('SELECT (1 AS ?a) {}')}")
    page.wait_for_selector("#answer td")
    page.route("**/sparql", lambda route: route.fulfill(status=504, body="the query ran too long"))
    saved: list[Any] = []
    page.on("download", lambda file: saved.append(file.url))
    page.click("#downloads [data-format=CSV]")
    page.wait_for_selector("#unsaved:not(:empty)")
    assert "the query ran too long" in page.inner_text("#unsaved")
    assert saved == []


def test_a_yes_or_no_is_offered_in_the_formats_it_has(tab: Tab, capsys: pytest.CaptureFixture[str]) -> None:
    page = tab.open(f"/sparql#query={quote('ASK {}')}")
    page.wait_for_selector("#answer td")
    assert page.locator("#downloads button").all_inner_texts() == ["JSON", "XML"]
    page.click("details summary")
    exec(page.inner_text("#python") + "\nprint(answer)", {})
    assert capsys.readouterr().out == "True\n"
    assert "application/sparql-results+json" in page.inner_text("#curl")
    assert tab.clean()


def test_all_values_of_a_year_and_plain_numbers_are_drawn(tab: Tab) -> None:
    two = "SELECT * { VALUES (?year ?n) { ('2020' 5) ('2020' 50) ('2021' 7) } }"
    page = tab.open(f"/sparql#query={quote(two)}&view=line")
    page.wait_for_selector("#answer circle", state="attached")
    assert sorted(page.locator("#answer circle title").all_text_contents()) == [
        "n 2020: 5",
        "n 2020: 50",
        "n 2021: 7",
    ]
    page = tab.open(
        f"/sparql#query={quote('SELECT * { VALUES (?name ?n) { (pol:a 1950) (pol:b 2010) } }')}&view=bar"
    )
    page.wait_for_selector("#answer .bars li")
    assert page.locator("#answer .bars .number").all_inner_texts() == ["1,950", "2,010"]
    assert page.locator("[data-view=timeline]").count() == 0
    assert tab.clean()


def test_languages_datatypes_and_triples_are_shown(tab: Tab) -> None:
    query = """SELECT * { VALUES (?a ?b ?c) { ("x"@zh "2020"^^xsd:gYear "s") ("y"@en "2021"^^xsd:gYear "t") } BIND(<<( pol:a pol:b 3 )>> AS ?t) }"""
    page = tab.open(f"/sparql#query={quote(query)}&view=table")
    page.wait_for_selector("#answer td")
    tags = "all => all.map((one) => one.dataset.tag ?? '')"
    assert page.locator("#answer th").evaluate_all(tags) == ["", "gYear", "", ""]
    assert page.locator("#answer tbody tr:first-child td").evaluate_all(tags) == ["@zh", "", "", ""]
    page.wait_for_function("document.querySelector('#answer .triple').textContent === '⟨pol:a pol:b 3⟩'")
    graph = "CONSTRUCT { pol:x rdf:reifies ?t } { BIND(<<( pol:a pol:b 3 )>> AS ?t) }"
    page = tab.open(f"/sparql#query={quote(graph)}")
    page.wait_for_selector("#answer td")
    page.wait_for_function("document.querySelector('#answer .triple').textContent === '⟨pol:a pol:b 3⟩'")
    assert page.locator("#answer td").all_inner_texts() == ["pol:x", "rdf:reifies", "⟨pol:a pol:b 3⟩"]
    assert tab.clean()


def test_languages_and_triples_are_shown_without_scripts(portal: httpx.Client) -> None:
    query = 'SELECT ?t ?l { BIND(<<( pol:a pol:b 3 )>> AS ?t) BIND("x"@zh AS ?l) }'
    page = portal.get("/sparql", params={"query": query}, headers={"Accept": "text/html"}).text
    assert page.count("ontology#b</a> 3 <small>integer</small>⟩") == 1
    assert "x <small>@zh</small>" in page
