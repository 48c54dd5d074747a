"""The report beside what was found about it, and the ways from a fact to its words."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from tests.portal.conftest import Tab

CITY = f"/id/agency/{quote('云川市人民政府')}"
REPORT = f"/id/report/{quote('云川市人民政府')}/2022"
BOX = "one => { const box = one.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; }"


def boxes(page: Any) -> list[tuple[list[float], list[float]]]:
    """Each list of findings with the line it is about."""
    lists = page.locator("#text .beside")
    lines = page.locator("#text p.noted")
    assert lists.count() == lines.count() > 2
    return [(lists.nth(at).evaluate(BOX), lines.nth(at).evaluate(BOX)) for at in range(lists.count())]


def test_findings_stand_in_the_margin_beside_their_line(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 1400, "height": 900})
    page = tab.open(REPORT)
    last = 0.0
    for note, line in boxes(page):
        assert note[0] >= line[2]  # to the right of the text
        assert note[1] >= last  # never over each other
        assert abs(note[1] - line[1]) < 40 or note[1] - last < 40  # beside it, or below the one before
        last = note[3]
    panel = page.locator("#panel").evaluate(BOX)
    assert all(note[2] <= panel[0] for note, _ in boxes(page))
    assert tab.clean()


def test_on_a_phone_findings_stand_above_their_line_and_facts_below_the_view(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 800})
    page = tab.open(REPORT)
    for note, line in boxes(page):
        assert note[3] <= line[1] + 1
        assert note[0] >= 0
        assert note[2] <= 390
    assert not page.locator("#panel").is_visible()
    page.locator("#text mark").nth(5).click()
    box = page.locator("#panel").evaluate(BOX)
    assert 0 < box[1] < box[3] <= 801
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.clean()


def test_a_mark_names_its_line_and_the_page_of_the_original(tab: Tab) -> None:
    page = tab.open(REPORT)
    page.locator("#text p[data-page='2'] mark").first.click()
    told = page.inner_text("#panel p.hint")
    assert "yunchuan-2022.pdf 第 2 页" in told
    line = page.locator("#panel p.hint a").get_attribute("href")
    assert page.locator(f"#text {line}[data-page='2']").count() == 1
    assert page.locator("#text [data-turn='第 2 页']").count() == 1


def test_a_row_of_an_answer_leads_to_its_words(tab: Tab) -> None:
    query = "SELECT ?it { ?it a pol:Problem } ORDER BY ?it LIMIT 3"
    page = tab.open(f"/sparql#query={quote(query)}")
    page.wait_for_selector("#answer a.words")
    page.locator("#answer a.words").first.click()
    page.wait_for_selector("html[data-cited]")
    assert "/id/report/" in page.url
    assert len(page.evaluate("document.documentElement.dataset.cited")) > 3
    assert tab.clean()


def test_a_fact_of_a_thing_leads_to_its_words(tab: Tab) -> None:
    page = tab.open(CITY)
    page.locator("details summary").first.click()
    quotation = page.locator("details[open] blockquote").first
    words = quotation.locator("mark").inner_text()
    quotation.locator("a").click()
    page.wait_for_selector("html[data-cited]")
    assert page.evaluate("document.documentElement.dataset.cited") == words
    assert tab.clean()


def test_open_as_sparql_shows_the_facts_with_their_words(portal: httpx.Client, tab: Tab) -> None:
    page = tab.open(CITY)
    address = page.locator("a[href^='/sparql#query=']").first.get_attribute("href")
    query = parse_qs(urlsplit(address).fragment)["query"][0]
    rows = portal.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    name = "https://w3id.org/policy-kg/ontology#reportedIn"
    told = [row for row in rows if row["property"]["value"] == name]
    assert told
    for row in told:
        assert row["words"]["value"]
        assert row["report"]["value"].startswith("https://w3id.org/policy-kg/id/report/")
    page.goto(tab.base + address)
    page.wait_for_selector("#answer td")
    assert tab.clean()


@pytest.mark.parametrize(
    ("iri", "status"),
    [("http://example.org/none", 404), ("no iri", 404), ("https://w3id.org/policy-kg/id/agency/script", 303)],
)
def test_words_are_found_or_not(portal: httpx.Client, iri: str, status: int) -> None:
    answer = portal.get("/words", params={"iri": iri})
    assert answer.status_code == status
    assert status == 404 or "#char=0," in answer.headers["location"]


def test_what_points_at_a_thing_comes_in_pages(portal: httpx.Client, tab: Tab) -> None:
    query = """SELECT ?it (COUNT(DISTINCT ?s) AS ?n) { ?s pol:within ?it } GROUP BY ?it HAVING(COUNT(DISTINCT ?s) > 50)
    ORDER BY ?n ?it LIMIT 1"""
    row = portal.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]
    iri, count = row["it"]["value"], int(row["n"]["value"])
    assert count > 50
    page = tab.open(f"/thing?iri={quote(iri)}")
    seen: set[str] = set()
    pages = 1
    while True:
        here = page.locator("main section:last-of-type dd a").evaluate_all(
            "all => all.map((one) => one.href)"
        )
        assert here
        assert not seen & set(here) or pages == 1
        seen |= set(here)
        following = page.locator("a[rel=next]")
        if not following.count():
            break
        with page.expect_navigation(wait_until="networkidle"):
            following.click()
        pages += 1
    assert pages == -(-count // 50)
    assert len(seen) >= count
    assert tab.clean()
