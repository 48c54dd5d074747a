"""The pages of what facts rest on: findings, statements, the words in a text; each that comes as Turtle is a page, too."""

import re
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from kg.portal.render import LANGUAGES
from kg.terms import BASE
from tests.portal.conftest import HOSTILE, Tab

REPORT = f"{BASE}report/云川市人民政府/2022"
HTML = {"Accept": "text/html"}


def rows(portal: httpx.Client, query: str) -> list[dict[str, str]]:
    found = portal.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def page(portal: httpx.Client, iri: str, lang: str = "zh") -> str:
    answer = portal.get("/thing", params={"iri": iri, "lang": lang}, headers=HTML)
    portal.cookies.clear()
    assert answer.status_code == 200, iri
    return unescape(answer.text)


def finding(portal: httpx.Client) -> dict[str, str]:
    (row, *_) = rows(
        portal,
        f'SELECT * {{ ?it pol:reportedIn <{REPORT}> ; pol:code "FORM-R8" ; pol:severity ?severity ; pol:stated ?stated ; '
        'pol:recomputed ?recomputed ; pol:about ?about ; pol:message ?zh , ?en FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") }',
    )
    return row


@pytest.mark.parametrize("graph", ["checks", "evidence"])
def test_all_that_a_graph_speaks_of_has_a_page(portal: httpx.Client, graph: str) -> None:
    query = (
        f"SELECT DISTINCT ?it {{ GRAPH <{REPORT}/{graph}> {{ ?it ?p ?o }} }} ORDER BY MD5(STR(?it)) LIMIT 60"
    )
    found = [row["it"] for row in rows(portal, query)]
    assert len(found) > 20
    for iri in found:
        heading = re.search(r"<h1>(.+?)</h1>", page(portal, iri))
        assert heading, iri
        assert not heading[1].startswith("http")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finding_says_what_is_wrong_of_what_and_where(portal: httpx.Client, lang: str) -> None:
    told = finding(portal)
    shown = page(portal, told["it"], lang)
    assert f"<h1>{told[lang]}</h1>" in shown
    assert told["en" if lang == "zh" else "zh"] not in shown
    for figure in (told["stated"], told["recomputed"]):
        assert f"<dd>{figure}</dd>" in shown
    assert f'href="/id/{quote(told["about"].removeprefix(BASE))}"' in shown
    assert '<p class="finding error">' in shown
    places = re.findall(r'<mark>([^<]+)</mark>.*?href="/id/report/[^"#]+#char=(\d+),(\d+)"', shown, re.S)
    assert places
    assert all(len(words) == int(end) - int(start) for words, start, end in places)


def test_a_place_shows_its_words_and_what_rests_on_them(portal: httpx.Client) -> None:
    (place, *_) = rows(portal, f"SELECT ?it {{ <{finding(portal)['it']}> pol:evidence ?it }} ORDER BY ?it")
    (told,) = rows(portal, f"SELECT ?w {{ <{place['it']}> oa:hasSelector/oa:exact ?w }}")
    shown = page(portal, place["it"])
    assert f"<mark>{told['w']}</mark>" in shown
    assert f"<h1>{told['w']}</h1>" in shown
    resting = rows(portal, f"SELECT DISTINCT ?it {{ ?it pol:evidence <{place['it']}> }}")
    for row in resting:
        assert f'href="/id/{quote(row["it"].removeprefix(BASE))}"' in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_statement_says_what_it_states(portal: httpx.Client, lang: str) -> None:
    (row, *_) = rows(
        portal,
        f"SELECT * {{ ?it rdf:subject <{BASE}agency/云川市人民政府> ; rdf:predicate ?p ; rdf:object ?o . ?o skos:prefLabel ?name . "
        f'?p rdfs:label ?said FILTER(LANG(?said) = "{lang}" && LANG(?name) = "zh") }} ORDER BY ?it',
    )
    shown = page(portal, row["it"], lang)
    assert f"<h1>云川市人民政府 · {row['said']} · {row['name']}</h1>" in shown
    assert "rdf:subject" not in shown
    assert f'href="/id/{quote("agency/云川市人民政府")}"' in shown


def test_the_words_of_a_finding_are_found(portal: httpx.Client, tab: Tab) -> None:
    told = finding(portal)["it"]
    places = [row["it"] for row in rows(portal, f"SELECT ?it {{ <{told}> pol:evidence ?it }}")]
    for iri in (told, *places):
        answer = portal.get("/words", params={"iri": iri})
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"/id/{quote(REPORT.removeprefix(BASE))}#char=")
    page = tab.open(f"/id/{quote(REPORT.removeprefix(BASE))}")
    page.locator(".finding a:has(code)", has_text="FORM-R8").first.click()
    page.wait_for_selector("blockquote mark")
    page.locator("blockquote a").first.click()
    page.wait_for_selector("html[data-cited]", state="attached")
    assert tab.clean()


def test_what_has_no_facts_shows_its_triples_and_hostile_names_stay_text(portal: httpx.Client) -> None:
    answer = portal.get("/thing", params={"iri": f"{BASE}report/evil/2022/text", "lang": "en"}, headers=HTML)
    portal.cookies.clear()
    assert answer.status_code == 200
    assert "file name" in answer.text
    for kind in ("finding", "evidence", "fact"):
        name = "closing-documentNumber" if kind == "fact" else "closing"
        text = portal.get(f"/id/report/evil/2022/{kind}/{name}", headers=HTML).text
        assert HOSTILE["closing"] not in text
        assert "&lt;/script&gt;" in text
    assert portal.get("/id/report/evil/2022/finding/none", headers=HTML).status_code == 404
