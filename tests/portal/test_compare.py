"""The page of comparison: each figure where its report says it, findings marked, what is missing said; and the drawing's numbers."""

import re
from decimal import Decimal
from urllib.parse import quote, unquote

import httpx
import pytest

from kg.query.comparison import comparable, comparison
from kg.store import MemoryStore
from kg.terms import BASE, expand
from tests.portal.conftest import HOSTILE, Tab

CITY = f"{BASE}agency/云川市人民政府"
NEW, CARRIED = expand("ind:s3.new"), expand("ind:s3.carried_in")
HTML = {"Accept": "text/html"}


def text_of(portal: httpx.Client, report: str) -> str:
    query = f"SELECT ?t {{ GRAPH <{report}/evidence> {{ ?s nif:isString ?t }} }}"
    return str(portal.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["t"]["value"])


def test_figures_lead_to_their_words(portal: httpx.Client) -> None:
    page = portal.get("/compare", params={"agency": CITY, "indicator": NEW}, headers=HTML).text
    cells = re.findall(r'<a href="/id/(report/[^"#]+)#char=(\d+),(\d+)">([\d,]+)</a>', page)
    assert [value for *_, value in cells] == ["469", "507", "576", "625"][-len(cells) :]
    assert len(cells) >= 3
    for report, start, end, value in cells:
        assert value in text_of(portal, BASE + unquote(report))[int(start) : int(end)]
    assert "<polyline" in page
    assert "+13.6%" in page


def test_findings_are_marked_and_listed(portal: httpx.Client) -> None:
    page = portal.get("/compare", params={"agency": CITY, "indicator": CARRIED}, headers=HTML).text
    marks = re.findall(r'<sup><a href="#(note-\d+)"', page)
    assert marks
    assert all(f'<li id="{mark}" class="finding error">' in page for mark in marks)
    assert "SERIES-R4" in page
    assert 'class="number doubt"' in page


def test_what_is_not_stated_is_said(portal: httpx.Client) -> None:
    evil = f"{BASE}agency/script"
    page = portal.get("/compare", params={"agency": [CITY, evil], "indicator": NEW}, headers=HTML).text
    assert HOSTILE["script"] not in page
    assert HOSTILE["script"].replace("<", "&lt;").replace(">", "&gt;") in page  # among the choices
    nothing = portal.get("/compare", params={"agency": evil, "indicator": NEW}, headers=HTML).text
    assert "没有。" in nothing


@pytest.mark.parametrize(
    "query", ["agency=x y", "indicator=%3Cscript%3E", "agency=http://x/%22%3E%3Cb%3E", ""]
)
def test_any_address_is_answered(portal: httpx.Client, query: str) -> None:
    answer = portal.get(f"/compare?{query}", headers=HTML)
    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_agencies_are_chosen_on_the_page(tab: Tab) -> None:
    page = tab.open("/compare?lang=en")
    page.click("summary")
    page.select_option("#agency", [CITY])
    page.select_option("#indicator", [NEW, CARRIED])
    page.click("form[action='/compare'] button")
    page.wait_for_selector("section:nth-of-type(2) h2")
    assert page.locator("section table").count() == 2
    page.click("td a >> nth=0")
    page.wait_for_selector("html[data-cited]")
    assert re.search(r"\d", page.evaluate("document.documentElement.dataset.cited"))
    assert tab.clean()


def line(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> <{expand(predicate)}> {value} <http://x/g> .\n"


def test_the_years_own_report_comes_first_and_parts_are_left_out() -> None:
    store = MemoryStore()
    lines = []
    for year in (2021, 2022):
        lines += [
            line(f"http://x/r{year}", "rdf:type", f"<{expand('pol:Report')}>"),
            line(f"http://x/r{year}", "pol:issuedBy", "<http://x/a>"),
            line(f"http://x/r{year}", "pol:reportYear", f'"{year}"'),
        ]
    figures = [
        ("own/cell/1", 2021, 2021, 7, "Count", ""),
        ("later", 2022, 2021, 8, "Count", ""),
        ("own/text", 2021, 2021, 7, "Count", ""),
        ("part", 2021, 2021, 3, "Count", "natural"),
        ("whole", 2022, 2022, 9, "Count", "total"),
        ("change", 2022, 2022, 29, "Change", ""),
    ]
    for name, report, year, value, measure, applicant in figures:
        one = f"http://x/{name}"
        lines += [
            line(one, "pol:reportedIn", f"<http://x/r{report}>"),
            line(one, "pol:indicator", "<http://x/i>"),
            line(one, "pol:measure", f"<{expand('pol:' + measure)}>"),
            line(one, "sdmx-measure:obsValue", f'"{value}"'),
            line(one, "sdmx-dimension:refPeriod", f'"{year}"'),
        ]
        if applicant:
            lines += [
                line(one, "pol:applicant", f"<http://x/{applicant}>"),
                line(f"http://x/{applicant}", "skos:notation", f'"{applicant}"'),
            ]
    store.add({"http://x/g": "".join(lines).encode()})
    assert comparable(store) == (("http://x/a",), ("http://x/i",))
    found = comparison(store, ["http://x/a"], ["http://x/i"])
    assert found.years == ("2021", "2022")
    names = [one.observation for one in found.at("http://x/i", "http://x/a", "2021")]
    assert names == ["http://x/own/cell/1", "http://x/own/text", "http://x/later"]
    assert [one.value for one in found.at("http://x/i", "http://x/a", "2022")] == [Decimal(9)]
    assert found.at("http://x/i", "http://x/a", "2020") == ()


def test_what_is_cut_is_said_and_a_phone_need_not_scroll(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 800})
    many = "&".join(f"indicator=http://example.org/i{n}" for n in range(45))
    page = tab.open(f"/compare?lang=en&{many}")
    assert "45 were chosen; only the first 40 are shown" in page.inner_text("main")
    known = page.locator("#indicator option").evaluate_all("all => all.slice(-32).map((one) => one.value)")
    page = tab.open("/compare?lang=en&" + "&".join(f"indicator={quote(one)}" for one in known))
    assert (
        page.locator(".unseen").count() > 0
    )  # said of cells without a figure, which a narrow screen cuts off
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "were chosen" not in page.inner_text("main")
    assert tab.clean()


def test_only_what_a_figure_shown_is_flagged_with_is_listed(portal: httpx.Client) -> None:
    for indicators in ([NEW], [NEW, CARRIED]):
        page = portal.get("/compare", params={"agency": CITY, "indicator": indicators}, headers=HTML).text
        flags = set(re.findall(r'<sup><a href="#(note-\d+)"', page))
        assert flags == set(re.findall(r'<li id="(note-\d+)"', page))
