"""The pages: what they show, in two languages, as HTML and as RDF, with nothing of a text taken for markup; and in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib

from kg.build import build
from kg.portal.render import LANGUAGES, words
from kg.serve import Limits, Settings
from kg.store import OxigraphStore
from kg.terms import BASE, PREFIXES
from tests.serve.conftest import filled, running

ROOT = Path(__file__).parents[2]
CITY, REPORT = "云川市人民政府", "云川市人民政府/2022"
HOSTILE = "<script>window.broken = true</script>"
ODDITIES = f"{BASE}graph/oddities"
ODD = ("甲%E3%80%82乙", "a%2Fb", "50%25", "甲%20乙")  # names of IRIs with escapes of their own
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server of one sample report, and of one thing with a hostile name."""
    out = tmp_path_factory.mktemp("portal")
    build([ROOT / "data" / "reports" / "yunchuan-2022.pdf"], out=out)
    with OxigraphStore(out / "store", writable=True) as store:
        line = f'<{BASE}agency/bad> <{PREFIXES["skos"]}prefLabel> "{HOSTILE}"@zh <http://example.org/bad> .\n'
        store.add({"http://example.org/bad": line.encode()})
        for name in ODD:
            line = f'<{BASE}problem/{name}> <{PREFIXES["skos"]}prefLabel> "名 {name}"@zh <{ODDITIES}> .\n'
            store.add({ODDITIES: line.encode()})
    with running(Settings(str(out / "store"), Limits(workers=1, seconds=60))) as client:
        yield client


def page(portal: httpx.Client, path: str, lang: str = "zh") -> str:
    answer = portal.get(path, params={"lang": lang} if "?" not in path else None, headers=HTML)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_page_speaks_one_language(portal: httpx.Client, lang: str) -> None:
    other = words("en" if lang == "zh" else "zh")
    own = words(lang)
    for path in ("/", f"/id/agency/{quote(CITY)}", f"/id/report/{quote(REPORT)}", "/sparql"):
        text = page(portal, path, lang)
        assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in text
        assert own["query"] in text
        assert f">{other['query']}<" not in text
    assert portal.cookies["lang"] == lang
    portal.cookies.clear()


def test_all_words_are_in_both_languages() -> None:
    assert set(words("zh")) == set(words("en"))
    assert all(words(lang).values() for lang in LANGUAGES)


def test_a_thing_as_page_and_as_rdf(portal: httpx.Client) -> None:
    path = f"/id/agency/{quote(CITY)}"
    text = page(portal, path)
    assert "<h1>云川市人民政府</h1>" in text
    assert re.search(r'href="/id/report/[^"]+#char=\d+,\d+"', text)
    for kind, written in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        answer = portal.get(path, headers={"Accept": kind})
        assert answer.headers["content-type"].partition(";")[0] == kind
        if written == "turtle":
            graph = rdflib.Graph().parse(data=answer.text, format=written)
            assert str(graph.value(rdflib.URIRef(f"{BASE}agency/{CITY}"), rdflib.SKOS.prefLabel)) == CITY
    assert portal.get(path, params={"format": "jsonld"}).headers["content-type"] == "application/ld+json"


@pytest.mark.parametrize("name", ODD)
def test_an_iri_with_escapes_is_found_as_it_is_and_encoded(portal: httpx.Client, name: str) -> None:
    typed = quote(name, safe="%")
    for path in (
        f"/id/problem/{typed}",
        f"/id/problem/{quote(name, safe='')}",
        f"/thing?iri={BASE}problem/{quote(name)}&lang=zh",
    ):
        assert f"<h1>名 {name}</h1>" in page(portal, path)
        answer = portal.get(path, headers={"Accept": "text/turtle"})
        assert (rdflib.URIRef(f"{BASE}problem/{name}"), None, None) in rdflib.Graph().parse(data=answer.text)
    links = re.findall(r'href="([^"]+[?]format=turtle)"', page(portal, f"/id/problem/{typed}"))
    assert links
    for link in links:
        answer = portal.get(link)
        assert (rdflib.URIRef(f"{BASE}problem/{name}"), None, None) in rdflib.Graph().parse(data=answer.text)
    assert portal.get(f"/id/problem/{typed}%25", headers=HTML).status_code == 404


def test_a_graph_shows_what_it_holds(portal: httpx.Client) -> None:
    evidence = f"{BASE}report/{REPORT}/evidence"
    for graph, held in ((ODDITIES, len(ODD)), (evidence, None), ("http://example.org/bad", 1)):
        path = (
            "/id/" + quote(graph.removeprefix(BASE))
            if graph.startswith(BASE)
            else f"/thing?iri={graph}&lang=zh"
        )
        answer = portal.get(path, headers={"Accept": "application/n-triples"})
        stored = portal.get("/store", params={"graph": graph}, headers={"Accept": "application/n-triples"})
        lines = answer.text.splitlines()
        assert sorted(lines) == sorted(stored.text.splitlines())
        assert lines
        assert held in (None, len(lines))
        assert f"{len(lines):,} 条陈述" in page(portal, path)
    shown = page(portal, f"/id/{quote(evidence.removeprefix(BASE))}?page=2&lang=en")
    assert 'rel="prev"' in shown
    assert "statements, about" in shown
    (turtle,) = set(
        re.findall(r'href="([^"]+format=turtle)"', page(portal, "/thing?iri=http://example.org/bad&lang=zh"))
    )
    assert HOSTILE in portal.get(turtle.replace("&amp;", "&")).text
    portal.cookies.clear()


def test_the_text_of_a_report_stands_whole_on_its_page(portal: httpx.Client) -> None:
    text = page(portal, f"/id/report/{quote(REPORT)}")
    article = re.search(r"<article.*?</article>", text, re.S)
    assert article
    lines = re.findall(r"<p id=\"L\d+\" data-start=\"(\d+)\"[^>]*>(.*?)</p>", article[0], re.S)
    shown = "\n".join(re.sub(r"<[^>]+>", "", line) for _, line in lines)
    query = f"SELECT ?t {{ GRAPH <{BASE}report/{REPORT}/evidence> {{ ?s nif:isString ?t }} }}"
    stored = portal.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["t"]["value"]
    assert shown.replace("&#34;", '"').replace("&amp;", "&") == stored
    assert [int(start) for start, _ in lines] == [0, *(at + 1 for at, c in enumerate(stored) if c == "\n")]
    assert "FORM-R8" in text


def test_nothing_of_a_text_is_taken_for_markup(portal: httpx.Client) -> None:
    for path in ("/id/agency/bad", "/find?q=script", f"/find?q={quote('<img src=x onerror=alert(1)>')}"):
        text = page(portal, path)
        assert HOSTILE not in text
        assert "<img" not in text
    assert "script-src" not in portal.get("/", headers=HTML).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/id/agency/none", 404), ("/nothing", 404), ("/thing?iri=no iri", 404), ("/static/x.css", 404)],
)
def test_what_is_not_there(portal: httpx.Client, path: str, status: int) -> None:
    answer = portal.get(path, headers=HTML)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert len(portal.get(path, headers={"Accept": "text/plain"}).text.splitlines()) == 1


def test_pages_of_what_points_at_a_thing(portal: httpx.Client) -> None:
    path = f"/id/report/{quote(REPORT)}"
    indicator = next(iter(re.findall(r'"(https://w3id.org/policy-kg/indicator/[^"]+)"', page(portal, path))))
    assert 'id="figures"' in page(portal, f"/thing?iri={quote(indicator)}&page=99&lang=zh")


def test_the_search_finds_terms_of_the_ontology_by_their_english_names(tmp_path: Path) -> None:
    folder = filled(tmp_path / "store")
    with OxigraphStore(folder, writable=True) as store:
        store.update(
            'INSERT DATA { GRAPH <http://example.org/o> { pol:County a owl:NamedIndividual ; rdfs:label "county"@en , "县级"@zh } }'
        )
    with running(Settings(str(folder), Limits(workers=1, pages=1))) as client:
        for words in ("county", "County", "县级"):
            page = client.get(
                "/find", params={"q": words, "lang": "en"}, headers={"Accept": "text/html"}
            ).text
            assert "/thing?iri=https%3A//w3id.org/policy-kg/ontology%23County" in page
            offered = client.get("/search", params={"q": words, "lang": "en", "limit": 8}).json()
            assert [(hit["iri"], hit["label"]) for hit in offered] == [(f"{PREFIXES['pol']}County", "county")]
            assert all(hit["class"] == "" or "://" in hit["class"] for hit in offered)
        assert len(client.get("/search", params={"q": "云川", "limit": 1}).json()) == 1
