"""Scores against gold may not fall below the floors recorded in data/gold/floors.json, all in percent.

Of a score the floor is found and right; of a measure what is as it should be. What yields nothing has a ceiling.
"""

import json
from pathlib import Path

import pytest

from kg.check import check
from kg.evaluate import UNKNOWN, Report, evaluate, load_gold, total
from kg.extract.extract import Extractor
from kg.graph import reference_graphs, report_graphs
from kg.schema import Ontology
from kg.schema.files import ontology_files
from kg.store import MemoryStore
from kg.terms import Mint
from kg.text import read

CEILING = 14  # percent of sentences that yield nothing
DATA = Path(__file__).parents[1] / "data"
FLOORS = json.loads((DATA / "gold" / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reference(ontology: Ontology) -> dict[str, bytes]:
    """The graphs of the model and of the regions."""
    return reference_graphs(ontology_files(), ontology.model, Mint())


def score(extractor: Extractor, reference: dict[str, bytes], source: Path, gold: Path) -> Report:
    """How well one report is read."""
    ontology, mint = extractor.ontology, Mint()
    document = read(source, cues=ontology.cues)
    extraction = extractor.extract(document, mint)
    findings = check(document, extraction, ontology)
    store = MemoryStore()
    store.add(
        {
            **reference,
            **report_graphs(extraction, findings, document, ontology.model, mint),
        }
    )
    return evaluate(store, load_gold(gold))


def assert_floors(report: Report, floors: dict[str, list[float]]) -> None:
    """Each category's recall and precision reach their floors, and all evidence holds."""
    low = {}
    for one in (*report.scores, *report.spans):
        if one.category in floors:
            recall, precision = floors[one.category]
            reached = ((one.recall or 0) * 100, (one.precision if one.precision is not None else 1) * 100)
            if reached[0] < recall or reached[1] < precision:
                low[one.category] = reached
    assert low == {}
    for name in ("evidence", "domain and range", "triples with statements"):
        assert report.measure(name).wrong == ()
        assert report.measure(name).share == 1


def test_sample_reports(extractor: Extractor, reference: dict[str, bytes]) -> None:
    golds = sorted((DATA / "gold").glob("*-*.json"))
    sources = {path.stem: path for path in (DATA / "reports").iterdir()}
    report = total(score(extractor, reference, sources[gold.stem], gold) for gold in golds)
    assert_floors(report, FLOORS["samples"])
    silent = report.measure("sentences that yield nothing")
    assert (silent.share or 0) * 100 <= CEILING
    facts = sum(rule.right + rule.wrong + rule.neutral for rule in report.rules)
    assert facts >= sum(
        one.given for one in report.scores if one.category in ("agencies", "tables", "observations")
    )
    assert not [rule for rule in report.rules if rule.rule == UNKNOWN]


@pytest.mark.parametrize("name", ["quzhou-2020.txt", "hongze-2024.pdf"])
def test_real_reports(extractor: Extractor, reference: dict[str, bytes], shared: Path, name: str) -> None:
    report = score(
        extractor, reference, shared / "reports" / name, shared / "gold" / f"{name.partition('.')[0]}.json"
    )
    assert_floors(report, FLOORS[name])


def test_spam_is_in_no_entity(extractor: Extractor, shared: Path) -> None:
    document = read(shared / "reports" / "quzhou-2020.txt", cues=extractor.ontology.cues)
    extraction = extractor.extract(document, Mint())
    named = [text for entity in extraction.entities for text in (entity.iri, entity.label, *entity.forms)]
    assert named
    assert not [text for text in named if "bob" in text or "官网" in text]
