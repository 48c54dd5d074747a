"""Initiatives: what is one, who carries it out, what came of it; each sentence with what it states and nothing else."""

import pytest

from kg.extract.extract import Extractor
from kg.facts import Extraction
from kg.terms import Mint, expand
from kg.text import read_text

TOWN = "青澜县松坪镇人民政府2022年政府信息公开工作年度报告\n"
SCHOOL = "云川学院2021—2022学年信息公开工作年度报告\n"
BUREAU = "云川市教育局2020年政府信息公开工作年度报告\n"


def read(extractor: Extractor, head: str, text: str) -> Extraction:
    return extractor.extract(read_text(head + text, cues=extractor.ontology.cues), Mint())


def related(extraction: Extraction, predicate: str) -> set[tuple[str, str]]:
    """The names at the ends of every fact with this property."""
    names = {entity.iri: entity.label for entity in extraction.entities}
    return {
        (names[fact.subject], names[str(fact.object)])
        for fact in extraction.facts
        if fact.predicate == expand(f"pol:{predicate}")
    }


CARRIED_OUT = [
    (TOWN, "2022年，松坪镇健全稿件会签机制。", {("稿件会签机制", "青澜县松坪镇人民政府")}),
    (TOWN, "今年镇政府健全稿件会签机制。", {("稿件会签机制", "青澜县松坪镇人民政府")}),
    (TOWN, "松坪镇稿件较多，健全稿件会签机制。", set()),
    (TOWN, "青澜县健全稿件会签机制。", set()),
    (TOWN, "全镇各村健全稿件会签机制。", set()),
    (SCHOOL, "学校着力增强透明度。建立稿件会签机制。", {("稿件会签机制", "云川学院")}),
    (SCHOOL, "中小学校着力增强透明度。建立稿件会签机制。", set()),
    (BUREAU, "学校着力增强透明度。建立稿件会签机制。", set()),
    (BUREAU, "（三）监督保障：我局健全稿件会签机制。", {("稿件会签机制", "云川市教育局")}),
]


@pytest.mark.parametrize(("head", "text", "expected"), CARRIED_OUT)
def test_who_carries_an_initiative_out(
    extractor: Extractor, head: str, text: str, expected: set[tuple[str, str]]
) -> None:
    assert related(read(extractor, head, text), "carriedOutBy") == expected


RESULTS = [
    ("建立“双签”制度，即科员起草、科长签发，确保准确，全年审核稿件510件。", 1),
    ("建立“双签”制度，科员起草、科长签发，另外印发通知3份。", 0),
    ("组织案卷评查2次，抽查案卷30份。", 1),
    ("组织案卷评查2次，抽查案卷30份，印发通报4份。", 1),
    ("组织案卷评查，科室由12个减为9个。", 0),
    ("组织“回头看”15次。", 0),
    ("对2018年以前的稿件开展“回头看”，撤下文章15篇。", 1),
]


@pytest.mark.parametrize(("text", "results"), RESULTS)
def test_what_came_of_an_initiative(extractor: Extractor, text: str, results: int) -> None:
    found = read(extractor, BUREAU, text)
    assert len(related(found, "resultOf")) == results
