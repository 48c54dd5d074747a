"""Columns that a text lists without marks, behind words that announce them, and what comes near and lists none."""

import pytest

from kg.extract.extract import Extractor
from kg.facts import Extraction
from kg.terms import Mint, expand
from kg.text import read_text

HEAD = "云川县民政局2020年政府信息公开工作年度报告\n一、总体情况\n"
LISTED = [
    (
        "本局网站设置以下栏目：1.救助政策：刊登标准；2.地名管理：刊登公告；3.社会组织：刊登名录。",
        ["救助政策栏目", "地名管理栏目", "社会组织栏目"],
    ),
    ("主要栏目有：\n（1）救助政策。刊登标准。\n（2）地名管理。刊登公告。", ["救助政策栏目", "地名管理栏目"]),
    ("网站公开栏目主要有：救助政策、地名管理、社会组织。", ["救助政策栏目", "地名管理栏目", "社会组织栏目"]),
    ("共设3个版块，分别为救助政策、地名管理和社会组织。", ["救助政策版块", "地名管理版块", "社会组织版块"]),
    ("栏目有：救助政策；地名管理；社会组织。", ["救助政策栏目", "地名管理栏目", "社会组织栏目"]),
    ("栏目依次为：“救助政策”、“地名管理”。", ["“救助政策”栏目", "“地名管理”栏目"]),
    ("新设便民专栏3个，包括“办证”“社保”“入学”。", ["“办证”专栏", "“社保”专栏", "“入学”专栏"]),
    ("开设公开制度、年度报告、依申请公开栏目。", ["公开制度栏目", "年度报告栏目", "依申请公开栏目"]),
]
NOT_LISTED = [
    "丰富网站栏目，包括更新内容、优化布局。",
    "栏目为群众提供便利、快捷的服务。",
    "栏目为群众提供“一站式”服务。",
    "优化专栏6个，坚持“一栏一策”。",
    "加强栏目建设：1.完善制度；2.更新内容。",
    "部分栏目有更新不及时、内容不规范等问题。",
    "栏目设有编辑、审核两个岗位。",
    "共设4个版块，分别为救助政策、地名管理。",
    "下一步，拟设置以下栏目：1.救助政策；2.地名管理。",
]


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(read_text(HEAD + text, cues=extractor.ontology.cues), Mint())


def columns(extraction: Extraction) -> list[str]:
    return [one.label for one in extraction.entities if one.cls == expand("pol:Column")]


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_columns_behind_what_announces_them(extractor: Extractor, text: str, expected: list[str]) -> None:
    assert sorted(columns(read(extractor, text))) == sorted(expected)


@pytest.mark.parametrize("text", NOT_LISTED)
def test_near_but_no_list(extractor: Extractor, text: str) -> None:
    assert columns(read(extractor, text)) == []


def test_columns_of_a_column(extractor: Extractor) -> None:
    found = read(extractor, "政府信息公开专栏分为：公开指南、公开制度、公开年报。")
    label = {one.iri: one.label for one in found.entities}
    parts = {label[f.subject] for f in found.facts if label.get(str(f.object)) == "政府信息公开专栏"}
    assert parts == {"公开指南栏目", "公开制度栏目", "公开年报栏目"}


def test_whose_and_of_which_site(extractor: Extractor) -> None:
    found = read(extractor, "县政府网站民政专区设有以下栏目：①救助政策；②地名管理。")
    label = {one.iri: one.label for one in found.entities}
    facts = {(label.get(f.subject), f.predicate, label.get(str(f.object))) for f in found.facts}
    assert ("救助政策栏目", expand("pol:partOf"), "民政专区") in facts
    assert ("救助政策栏目", expand("pol:operatedBy"), "云川县民政局") in facts
