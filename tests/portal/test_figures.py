"""Figures: told apart on the page of what they are of, in their own colour in the text, and named in the page's language."""

import re
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from kg.portal.figures import MOST, figures
from kg.portal.render import LANGUAGES
from kg.store import MemoryStore
from kg.terms import BASE, expand
from tests.portal.conftest import Tab

CITY = f"{BASE}agency/云川市人民政府"
REPORT = f"{BASE}report/云川市人民政府/2022"
HTML = {"Accept": "text/html"}


def page(portal: httpx.Client, iri: str, lang: str, **given: str) -> str:
    answer = portal.get("/thing", params={"iri": iri, "lang": lang, **given}, headers=HTML)
    portal.cookies.clear()
    assert answer.status_code == 200
    return unescape(answer.text)


def section(text: str) -> str:
    found = re.search(r'<section id="figures">.*?</section>', text, re.S)
    assert found
    return found[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_of_a_body_are_told_apart_by_year_column_and_report(portal: httpx.Client, lang: str) -> None:
    whole = page(portal, CITY, lang)
    shown = section(whole)
    assert whole.index('id="figures"') > whole.rindex("<dt>")  # after all else that points here
    years = re.findall(r"year=(\d+)#figures", shown)
    assert years == sorted(years, reverse=True)
    assert len(years) > 2
    column = {"zh": "商业企业", "en": "commercial enterprises"}
    for year in years[:3]:
        names = re.findall(
            r'class="number"><a href="[^"]+" aria-label="([^"]+)"',
            section(page(portal, CITY, lang, year=year)),
        )
        assert len(names) > 100
        assert len(names) == len(set(names))
        assert all(year in name for name in names)
        assert not [name for name in names if re.search(r"\b(enterprise|nonprofit|total)\b", name)]
        assert [name for name in names if column[lang] in name]
    assert f'href="/compare?agency={quote(CITY)}"' in shown


def test_all_figures_of_a_body_are_listed_once(portal: httpx.Client) -> None:
    query = f"SELECT (COUNT(DISTINCT ?o) AS ?n) {{ ?o pol:observedFor <{CITY}> }}"
    count = int(portal.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["n"]["value"])
    whole = page(portal, CITY, "en")
    years = re.findall(r"year=(\d+)#figures", section(whole))
    listed = [
        address
        for year in years
        for address in re.findall(
            r'class="number"><a href="([^"]+)"', section(page(portal, CITY, "en", year=year))
        )
    ]
    assert len(listed) == len(set(listed)) == count
    assert f"<h2>Figures ({count:,})</h2>" in whole


def test_under_an_indicator_figures_name_their_body_and_not_the_indicator(portal: httpx.Client) -> None:
    shown = section(page(portal, expand("ind:s3.new"), "zh", year="2022"))
    assert "云川市人民政府</a> · <a" in shown
    assert "/compare?indicator=" in shown
    rows = re.findall(r"<tr><td>(.*?)</td>", shown, re.S)
    assert not [row for row in rows if "indicator/s3.new" in row]


def test_no_more_figures_than_a_page_holds() -> None:
    store = MemoryStore()
    lines = []
    for n in range(MOST + 5):
        one = f"<http://x/o{n:04}>"
        lines += [
            f"{one} <{expand('rdf:type')}> <{expand('pol:Observation')}> <http://x/g> .",
            f"{one} <{expand('pol:indicator')}> <http://x/i> <http://x/g> .",
            f'{one} <{expand("sdmx-measure:obsValue")}> "{n}" <http://x/g> .',
        ]
    store.add({"http://x/g": "".join(f"{line}\n" for line in lines).encode()})
    found = figures(store, "http://x/i", "zh", "1999")  # there is no such year, so the one there is
    assert (found.counts, found.year, len(found.here)) == ({"": MOST + 5}, "", MOST)


def test_figures_have_their_own_colour_in_the_text(portal: httpx.Client) -> None:
    text = page(portal, REPORT, "zh")
    legend = {kind: color for color, kind in re.findall(r'background:(#\w+)"></span>([^<]+)</span>', text)}
    marks = re.findall(r'<mark [^>]*style="--c:(#\w+)">([^<]*)</mark>', text)
    colors = [color for color, words in marks if re.search(r"\d(万|亿)?(件|条|次|场|人|元)$", words)]
    assert len(colors) > 20
    assert set(colors) == {legend["统计数据"]}
    assert legend["人民政府"] in {color for color, words in marks if "人民政府" in words}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reader_names_a_figure_by_its_column(tab: Tab, lang: str) -> None:
    tab.open(f"/id/{quote(REPORT.removeprefix(BASE))}?lang={lang}")
    names = tab.page.evaluate(
        "Object.entries(JSON.parse(document.getElementById('facts').textContent)).filter(([iri]) => iri.endsWith('-enterprise')).map(([, it]) => it.name)"
    )
    assert len(names) > 10
    assert all({"zh": "商业企业", "en": "commercial enterprises"}[lang] in name for name in names)
