"""Every page in both languages, in light and dark, wide and narrow: accessible by axe-core, quiet, self-sufficient, and deaf to scripts."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from rdflib import OWL, RDF, Graph, URIRef

from kg.portal.render import LANGUAGES, words
from kg.terms import BASE, expand
from tests.portal.conftest import HOSTILE, ROOT, Tab

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CITY = f"agency/{quote('云川市人民政府')}"
EVIL = f"report/{quote('evil')}/2022"
PAGES = {
    "home": "/",
    "entity": f"/id/{CITY}",
    "report": f"/id/report/{quote('云川市人民政府')}/2022",
    "cited": f"/id/report/{quote('云川市人民政府')}/2022#char=0,7",
    "graph": f"/id/report/{quote('云川市人民政府')}/2022/evidence",
    "find": f"/find?q={quote('云川')}",
    "nothing found": "/find?q=zzzz",
    "query": "/sparql#name=04-applications-by-year",
    "bars": "/sparql#name=06-problems-by-topic",
    "network": "/sparql#name=agency",
    "table": "/sparql#name=02-platforms-of-an-agency",
    "timeline": "/sparql#name=04-applications-by-year&view=timeline",
    "compare": f"/compare?agency={quote(BASE + 'agency/')}{quote('云川市人民政府')}&indicator={quote(expand('ind:s3.carried_in'))}",
    "promises": f"/promises?agency={quote(BASE + 'agency/')}{quote('云川市人民政府')}",
    "lineage": "/lineage",
    "spread": "/spread?kind=Platform",
    "picture": "/network",
    "picture of an entity": f"/network?focus={quote(BASE + 'agency/云川市人民政府')}",
    "picture of a query": "/network?query=platforms",
    "ontology": "/ontology/",
    "properties": "/ontology/properties.html",
    "indicators": "/ontology/indicators.html",
    "rules": "/ontology/rules.html",
    "hostile entity": "/id/agency/closing",
    "hostile report": f"/id/{EVIL}",
    "hostile finding": f"/id/{EVIL}/finding/closing",
    "hostile words": f"/id/{EVIL}/evidence/closing",
    "hostile statement": f"/id/{EVIL}/fact/closing-documentNumber",
    "hostile search": f"/find?q={quote(HOSTILE['closing'])}",
}
LOOKS = [("zh", "light", 1280), ("en", "dark", 390)]


def violations(page: Any) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"][:3]
    ]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: python hatch_build.py")
@pytest.mark.parametrize(("lang", "scheme", "width"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_quiet(tab: Tab, name: str, lang: str, scheme: str, width: int) -> None:
    path, mark, rest = PAGES[name].partition("#")
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.page.emulate_media(color_scheme=scheme)
    page = tab.open(f"{path}{'&' if '?' in path else '?'}lang={lang}{mark}{rest}")
    if path == "/sparql":
        page.wait_for_selector("#editor[data-ready]")
        page.wait_for_selector("#answer[data-view] > *")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.clean()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_loads_from_elsewhere(portal: httpx.Client, name: str) -> None:
    answer = portal.get(PAGES[name].partition("#")[0], headers={"Accept": "text/html"})
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    if name.startswith(
        "picture"
    ):  # one page that holds its scripts, and may fetch nothing but from this server
        assert policy.startswith("default-src 'none'; script-src 'unsafe-inline';")
        assert "connect-src 'self'" in policy
        return
    assert "default-src 'self'" in policy
    assert "script-src" not in policy  # so no script but those of this server
    for hostile in HOSTILE.values():
        assert hostile not in answer.text or "<" not in hostile


def test_the_ontology_comes_as_data_too(portal: httpx.Client) -> None:
    answer = portal.get("/ontology/", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert answer.headers["content-type"].startswith("text/turtle")
    told = Graph().parse(data=answer.text, format="turtle")
    assert (URIRef(expand("pol:Agency")), RDF.type, OWL.Class) in told
    page = portal.get("/ontology/", headers={"Accept": "text/html"}).text
    link = unescape(re.findall(r'href="([^"]+)" type="text/turtle"', page)[0])
    assert portal.get(link, headers={"Accept": "text/turtle"}).text == answer.text


def test_what_stands_around_a_thing_is_drawn(portal: httpx.Client) -> None:
    page = portal.get(PAGES["entity"], headers={"Accept": "text/html"}).text
    drawing = page[page.index('<figure class="around"') : page.index("</figure>")]
    targets = re.findall(r'<a href="([^"]+)">', drawing)
    assert 5 < len(targets) == len(set(targets)) <= 12
    assert all(f'<a class="thing" href="{target}">' in page for target in targets)


def test_the_first_page_counts_what_there_is(portal: httpx.Client) -> None:
    page = portal.get("/", headers={"Accept": "text/html"}).text
    asked = "SELECT (COUNT(DISTINCT ?r) AS ?n) { ?r a pol:Report }"
    count = portal.get("/sparql", params={"query": asked}).json()["results"]["bindings"][0]["n"]["value"]
    assert f"<li><b>{count}</b>" in page
    assert "/sparql#name=04-applications-by-year" in page


@pytest.mark.parametrize("path", ["/compare", "/promises", "/lineage", "/spread", "/sparql"])
def test_the_page_that_is_open_is_marked_among_the_pages(portal: httpx.Client, path: str) -> None:
    page = portal.get(path, headers={"Accept": "text/html"}).text
    assert page.count('aria-current="page"') == 1
    assert f'<a href="{path}" aria-current="page">' in page
    assert 'aria-current="page"' not in portal.get("/", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_search_for_nothing_and_one_that_finds_too_much_say_so(portal: httpx.Client, lang: str) -> None:
    said = words(lang)
    for asked, word in (("", "ask_for"), ("没有这样的名称", "nothing_found")):
        page = portal.get("/find", params={"q": asked, "lang": lang}, headers={"Accept": "text/html"}).text
        assert said[word] in page
    page = portal.get("/find", params={"q": "公开", "lang": lang}, headers={"Accept": "text/html"}).text
    assert said["first_hits"].replace("{n}", "60") in page
    assert page.count('class="thing"') >= 60
    portal.cookies.clear()


def test_the_first_pages_numbers_open_what_they_count(portal: httpx.Client) -> None:
    page = unescape(portal.get("/", headers={"Accept": "text/html"}).text)
    chips = re.findall(
        r'<li><a href="/sparql#query=([^"]+)"><span[^>]*></span>[^<]+ <small>([\d,]+)</small>', page
    )
    cards = re.findall(r'<li><b>([\d,]+)</b> <a href="/sparql#query=([^"]+)">', page)
    assert len(chips) > 5
    assert len(cards) == 2
    for query, count in [*chips, *((query, count) for count, query in cards)]:
        rows = portal.get("/sparql", params={"query": unquote(query)}).json()["results"]["bindings"]
        assert len(rows) == int(count.replace(",", "")), unquote(query)


def test_the_picture_leads_to_the_pages(tab: Tab) -> None:
    page = tab.open(f"/network?lang=en&focus={quote(BASE + 'agency/云川市人民政府')}")
    name = page.inner_text("#panel h2")
    page.click("#panel .ways a:text-is('Its page')")
    page.wait_for_selector("main h1")
    assert page.inner_text("h1") == name
    assert tab.clean()


def test_the_picture_leads_to_the_words_and_home(tab: Tab) -> None:
    page = tab.open(f"/network?lang=en&focus={quote(BASE + 'agency/云川市人民政府')}")
    page.click("#panel .ways a:text-is('Words in the report')")
    page.wait_for_selector("html[data-cited]", state="attached")
    page = tab.open("/network?query=platforms")
    page.click("header a")
    page.wait_for_selector(".cards")
    assert tab.clean()


def test_the_picture_is_dark_where_the_reader_wants_that(portal: httpx.Client, tab: Tab) -> None:
    tab.page.emulate_media(color_scheme="dark")
    tab.page.set_viewport_size({"width": 390, "height": 844})
    page = tab.open(f"/network?focus={quote(BASE + 'agency/云川市人民政府')}")
    page.wait_for_selector("#panel .ways a")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
    assert page.locator("#panel").bounding_box()["height"] < 0.42 * 844
    assert "Accept-Language" in portal.get("/network?query=platforms").headers["vary"]
    assert tab.clean()
