"""The documentation of an ontology: everything is on it, it needs no network, and the same ontology gives the same bytes."""

import re
from pathlib import Path

import pytest

from kg.cli import main
from kg.ontology.site import site, write_site
from kg.ontology.terms import find_terms
from kg.store import MemoryStore

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return site(extensions=["work-report"])


def test_it_is_made_the_same_twice(pages: dict[str, str]) -> None:
    assert site(extensions=["work-report"]) == pages


def test_a_site_that_is_no_longer_current_is_told_page_by_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def checked(*given: str) -> tuple[int, str]:
        try:
            main(["ontology", "docs", "--check", str(tmp_path), "--lang", "en", *given])
        except SystemExit as ended:
            return int(ended.code or 0), capsys.readouterr().out
        return 0, capsys.readouterr().out

    write_site(tmp_path, extensions=["press"])
    assert checked("--extension", "press") == (0, "")
    code, said = checked()  # the ontology without the extension
    assert (code, "index.html  stale" in said, "missing" in said) == (1, True, False)
    (tmp_path / "rules.html").unlink()
    (tmp_path / "old.html").touch()
    code, said = checked("--extension", "press")
    assert code == 1
    assert said == f"{tmp_path / 'old.html'}  extra\n{tmp_path / 'rules.html'}  missing\n"


def test_every_term_is_there_once(pages: dict[str, str]) -> None:
    anchors = re.findall(r'<section id="([^"]+)"', "".join(pages.values()))
    assert sorted(anchors) == sorted(term.name for term in find_terms(extensions=["work-report"]))


def test_links_lead_somewhere_and_nothing_is_fetched(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', text), name
        for page, anchor in re.findall(r'href="([\w-]+\.(?:html|css))?#?([^"]*)"', text):
            target = pages[page or name]
            assert not anchor or f'id="{anchor}"' in target, (name, page, anchor)


def test_definitions_sentences_queries_and_diagram_are_shown(pages: dict[str, str]) -> None:
    assert "为今后时期确定的数值" in pages["index.html"]
    assert "A figure set for a time to come" in pages["index.html"]
    assert "<svg" in pages["index.html"]
    assert "work-targets" in pages["index.html"]
    assert "<mark>松屏水库除险加固工程</mark>如期完工" in pages["rules.html"]
    assert "foaf:Document" in pages["index.html"]
    [target] = re.findall(r'<section id="ext:Target">.*?</section>', pages["index.html"], re.S)
    [carried] = re.findall(r'<section id="pol:carriedOutBy">.*?</section>', pages["properties.html"], re.S)
    assert 'href="rules.html#rule:led-by"' in carried
    assert '<dt>上位类 <small lang="en">subclass of</small></dt>' in target
    [works] = re.findall(r'<section id="ext:Works">.*?</section>', pages["index.html"], re.S)
    assert 'href="rules.html#rule:works-completed"' in works  # a pattern that looks for things of the class


def test_english_is_marked_as_such_where_the_page_is_read_aloud(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        if name.endswith(".html"):
            assert '<html lang="zh-CN">' in text
            assert all("lang=" in heading for heading in re.findall(r"<h[12].*?</h[12]>", text, re.S)), name
    assert '<br><span lang="en">A figure set for a time to come' in pages["index.html"]
    assert re.search(r'<text [^>]*>建设项目 <tspan lang="en">[a-z ]+</tspan></text>', pages["index.html"])


def test_the_diagram_has_the_classes_of_extensions_and_no_name_stands_on_another(
    pages: dict[str, str],
) -> None:
    [drawn] = re.findall(r"<svg.*?</svg>", pages["index.html"], re.S)
    assert "建设项目 → 建设阶段: 建设进展 has stage" in drawn
    places = re.findall(r'<text x="[\d.]+" y="(\d+)" text-anchor="(\w+)">', drawn)
    assert len(set(places)) == len(places) > 20


def test_classes_are_counted_in_a_store() -> None:
    store = MemoryStore()
    line = "<http://x/{}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/policy-kg/ontology#Hotline> <http://x/g> .\n"
    store.add({"http://x/g": "".join(line.format(n) for n in range(7)).encode()})
    page = site(store=store)["index.html"]
    assert re.search(r'<code>pol:Hotline</code> <span class="count">7</span>', page)


def test_a_deprecated_class_still_answers(tmp_path: Path) -> None:
    from kg.build import build
    from kg.ontology import scaffold
    from kg.query import ask, deprecated_terms, parse_query
    from kg.store import open_store

    scaffold("electronic-licence", tmp_path, zh="电子证照", en="electronic licence")
    place = tmp_path / "electronic-licence"
    turtle = place / "electronic-licence.ttl"
    old = (
        "ext:ELicence a owl:Class ; rdfs:subClassOf pol:Initiative ; owl:deprecated true ; dcterms:isReplacedBy ext:ElectronicLicence ;\n"
        '  rdfs:label "电子证照（旧）"@zh , "e-licence"@en ; skos:definition "旧的类，已由新类取代。"@zh , "An old class."@en .\n'
    )
    turtle.write_text(turtle.read_text(encoding="utf-8") + old, encoding="utf-8")
    build(list(place.glob("examples/*.txt")), out=tmp_path / "out", extensions=[place])
    with open_store(tmp_path / "out" / "store") as store:
        query = parse_query("SELECT ?it WHERE { ?it a ext:ELicence }")
        assert len(list(ask(store, query, {}))) == 1
        assert deprecated_terms(store, query) == (("ext:ELicence", "ext:ElectronicLicence"),)
        assert deprecated_terms(store, parse_query("SELECT ?it WHERE { ?it a ext:ElectronicLicence }")) == ()


def test_deprecated_properties_concepts_and_individuals_still_answer(tmp_path: Path) -> None:
    from kg.build import build
    from kg.ontology import scaffold
    from kg.portal import entity
    from kg.query import ask, deprecated_terms, parse_query
    from kg.store import open_store

    scaffold("electronic-licence", tmp_path, zh="电子证照", en="electronic licence")
    place = tmp_path / "electronic-licence"
    turtle = place / "electronic-licence.ttl"
    text = turtle.read_text(encoding="utf-8")
    relation = next(line.split()[0] for line in text.split("\n") if "a owl:ObjectProperty" in line)
    old = f"""
ext:hadLicence a owl:ObjectProperty ; owl:deprecated true ; dcterms:isReplacedBy {relation} ; rdfs:label "旧关系"@zh , "old"@en .
ext:licences-given a pol:Indicator , skos:Concept ; owl:deprecated true ; dcterms:isReplacedBy ext:electronic-licence.issued ;
  skos:notation "licences-given" ; skos:prefLabel "旧指标"@zh , "old"@en .
ext:Counted a owl:NamedIndividual ; owl:deprecated true ; dcterms:isReplacedBy pol:Count ; rdfs:label "旧个体"@zh , "old"@en .
"""
    turtle.write_text(text + old, encoding="utf-8")
    build(list(place.glob("examples/*.txt")), out=tmp_path / "out", extensions=[place])
    with open_store(tmp_path / "out" / "store") as store:
        for name, asked in (
            ("ext:hadLicence", "SELECT ?a ?b { ?a ext:hadLicence ?b }"),
            ("ext:licences-given", "SELECT ?o { ?o pol:indicator ext:licences-given }"),
            ("ext:Counted", "SELECT ?o { ?o pol:measure ext:Counted }"),
        ):
            query = parse_query(asked)
            assert len(list(ask(store, query, {}))) == 1, name
            assert [one for one, _ in deprecated_terms(store, query)] == [name]
        [row] = ask(store, parse_query("SELECT ?it { ?it a ext:ElectronicLicence }"), {})
        assert "电子证照" in str(
            entity(store, str(row["it"]), "zh")
        )  # the portal knows the class without a line of code
