"""Parts of a report that speak of a time of their own: of which years their figures are, and which are not read at all."""

import pytest

from kg.extract.extract import Extractor
from kg.facts import Literal
from kg.schema import load_ontology
from kg.terms import Mint, expand
from kg.text import read_text

REPORT = """2026年云川市人民政府政府工作报告
一、2025年工作回顾和“十四五”发展成绩
一年来，主要做了以下工作：
改造老旧小区120个，新（改）建农村公路45公里。推进6个样板村、20个补短村建设。持续做优三星堆等景区。出台就业“15条”。
打好保交楼攻坚战，交付3100套。
过去五年，全市奋发进取。工业增加值年均增长6.1%，民营企业总数增长80%，城镇新增就业52万人，森林覆盖率达到41%。
二、2026年工作安排
市委八次全会作出部署。确保2028年新机场投用；新增学位4000个。
名词解释
1.双百计划：用三年时间培育200家企业。
"""


@pytest.fixture(scope="module", params=[[], ["work-report"]], ids=["core", "work-report"])
def figures(request: pytest.FixtureRequest) -> dict[str, dict[str, str]]:
    """What is said of each figure, by its label."""
    extractor = Extractor.of(load_ontology(extensions=request.param))
    extraction = extractor.extract(read_text(REPORT, cues=extractor.ontology.cues), Mint())
    labels = {entity.iri: entity.label for entity in extraction.entities}
    wanted = {
        expand("sdmx-dimension:refPeriod"): "year",
        expand("pol:periodStart"): "since",
        expand("pol:comparedWith"): "compared",
    }
    found: dict[str, dict[str, str]] = {}
    for fact in extraction.facts:
        if fact.predicate in wanted and isinstance(fact.object, Literal):
            found.setdefault(labels[fact.subject], {})[wanted[fact.predicate]] = fact.object.value
    return found


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("改造老旧小区 120个", {"year": "2025"}),
        ("新（改）建农村公路 45公里", {"year": "2025"}),
        ("样板村 6个", {"year": "2025"}),
        ("补短村 20个", {"year": "2025"}),
        ("交付 3100套", {"year": "2025"}),
        ("工业增加值 6.1%", {"year": "2025", "since": "2021"}),
        ("民营企业 80%", {"year": "2025", "since": "2021", "compared": "2020"}),
        ("城镇新增就业 52万人", {"year": "2025", "since": "2021"}),
        ("森林覆盖率 41%", {"year": "2025"}),
        ("新增学位 4000个", {"year": "2026"}),
    ],
)
def test_a_figure_has_the_years_of_its_passage(
    figures: dict[str, dict[str, str]], label: str, said: dict[str, str]
) -> None:
    assert figures.get(label) == said, sorted(figures)


@pytest.mark.parametrize("words", ["三星", "15条", "八次", "200家"])
def test_names_and_annexes_hold_no_figures(figures: dict[str, dict[str, str]], words: str) -> None:
    assert not [label for label in figures if label.endswith(words)]
