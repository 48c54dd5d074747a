"""The quality of the sample corpus, as values, page, JSON and RDF."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.build import build
from kg.query import select
from kg.stats import Corpus, as_html, as_json, as_text, as_turtle, read_corpus, stats
from kg.store import DEFAULT, Store, open_store

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

pytest.importorskip("datasketch", reason="the extra “corpus” is not installed")

COPIED = "望江区"
REPORT = """{place}人民政府{year}年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》编制本报告。

一、总体情况
{said}
会上大家都说天气很好，路也好走，来的人比去年更加齐整，散得也早。
"""
SAID = "全年围绕就业、教育、医疗等领域主动公开政府信息{}条，通过区政府门户网站发布政策解读{}篇，线上线下同步回应群众关切。"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("copied")
    for place, year, figures in (
        ("云望区", 2021, (12, 3)),
        ("云望区", 2022, (15, 4)),
        (COPIED, 2022, (80, 9)),
    ):
        text = REPORT.format(place=place, year=year, said=SAID.format(*figures))
        (folder / f"{place}{year}.txt").write_text(text, encoding="utf-8")
    assert not build([folder], out=folder / "out").failed
    with open_store(folder / "out" / "store") as opened:
        yield opened


@pytest.fixture(scope="module")
def corpus(small: Store) -> Corpus:
    return read_corpus(small)


def test_each_report_has_its_coverage_and_what_it_leaves_unread(corpus: Corpus, small: Store) -> None:
    assert [one.year for one in corpus.reports] == ["2021", "2022", "2022"]
    for one in corpus.reports:
        assert one.sentences == 3
        assert ["天气" in each.words for each in one.unread] == [True]
        assert one.unread[0].section == "一、总体情况"
        assert one.coverage == pytest.approx(2 / 3)
        assert one.facts == len(
            select(small, f"SELECT ?s {{ GRAPH <{one.iri}/evidence> {{ ?s a pol:Statement }} }}")
        )


def test_copied_parts_are_told_by_body(corpus: Corpus) -> None:
    own = {one.iri.rpartition("/report/")[2]: (one.own > 0, one.other > 0) for one in corpus.reports}
    assert own == {
        "云望区人民政府/2021": (False, False),
        "云望区人民政府/2022": (True, False),
        f"{COPIED}人民政府/2022": (False, True),
    }
    first = next(one for one in corpus.passages if "就业" in one.places[0].words)
    assert [place.report.rpartition("/report/")[2] for place in first.places] == list(own)


def test_counts_of_reports(corpus: Corpus) -> None:
    assert corpus.count("year") == {"2021": 1, "2022": 2}
    assert sum(corpus.count("level").values()) == 3


def test_the_words_for_people_say_the_same_in_both_languages(corpus: Corpus, small: Store) -> None:
    counted = stats(small)
    for lang, words in (("zh", "见于 3 份报告"), ("en", "in 3 reports")):
        assert words in as_text(counted, corpus, lang)
        page = as_html(counted, corpus, lang)
        assert words in page
        assert COPIED in page
        assert "http://" not in page.replace("http://www.w3.org", "")
    assert as_text(counted, None, "en").startswith("reports  3\n")


def test_what_a_report_says_is_escaped_in_the_page(small: Store) -> None:
    from dataclasses import replace

    corpus = read_corpus(small)
    hostile = replace(corpus.reports[0], title="<script>alert(1)</script>")
    page = as_html(stats(small), Corpus((hostile, *corpus.reports[1:]), corpus.passages))
    assert "<script>alert" not in page


def test_json_quotes_its_places(corpus: Corpus, small: Store) -> None:
    content = json.loads(as_json(stats(small), corpus))["quality"]
    texts = {
        row["r"].value: row["t"].value
        for row in select(small, "SELECT ?r ?t { ?x dcterms:isFormatOf ?r ; nif:isString ?t }")
    }
    for passage in content["passages"]:
        for place in passage["places"]:
            assert texts[place["report"]][place["start"] : place["end"]] == place["words"]
    for report in content["reports"]:
        for each in report["unread"]:
            assert texts[report["report"]][each["start"] : each["end"]] == each["words"]


def test_turtle_is_dqv_and_void_and_the_same_each_time(corpus: Corpus, small: Store) -> None:
    made = as_turtle(small, corpus)
    assert made == as_turtle(small, corpus)
    graph = rdflib.Graph().parse(data=made, format="turtle")
    dqv = rdflib.Namespace("http://www.w3.org/ns/dqv#")
    measured = set(graph.subjects(rdflib.RDF.type, dqv.QualityMeasurement))
    assert len(measured) == 3 * 5
    for one in measured:
        assert (graph.value(one, dqv.isMeasurementOf), rdflib.RDF.type, dqv.Metric) in graph
        assert (graph.value(one, dqv.computedOn), dqv.hasQualityMeasurement, one) in graph
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    (dataset,) = graph.subjects(rdflib.RDF.type, void.Dataset)
    assert int(str(graph.value(dataset, void.triples))) == len(list(small.quads(DEFAULT)))
    metrics = set(graph.subjects(rdflib.RDF.type, dqv.Metric))
    for metric in metrics:
        langs = {
            label.language
            for label in graph.objects(metric, rdflib.SKOS.definition)
            if isinstance(label, rdflib.Literal)
        }
        assert langs == {"zh", "en"}


def test_an_empty_store_has_an_empty_corpus(tmp_path: Path) -> None:
    from kg.store import MemoryStore

    corpus = read_corpus(MemoryStore())
    assert corpus == Corpus((), ())
    assert "100%" in as_html(stats(MemoryStore()), corpus)
    assert ox.parse(as_turtle(MemoryStore(), corpus).encode(), format=ox.RdfFormat.TURTLE) is not None
