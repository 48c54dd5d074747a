"""The query page: the editor completes from the data, answers in several views, and nothing is needed but this server."""

import json
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from kg.query import list_queries
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
    assert "does not parse" in page.inner_text("#answer")
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


def test_labels_are_asked_for_by_list(portal: httpx.Client) -> None:
    iri = "https://w3id.org/policy-kg/id/agency/script"
    assert portal.post("/labels", json=[iri, "no iri", 7]).json()[iri]["label"] == HOSTILE["script"]
    assert portal.post("/labels", content=b"{").status_code == 400
    assert portal.post("/labels", json=["x:y"] * 1001).status_code == 400
