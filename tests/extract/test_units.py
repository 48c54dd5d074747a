"""Units that a report names without saying whose they are, what they are part of, and the papers of the writer's own."""

import pytest

from kg.extract.extract import Extractor
from kg.facts import Extraction
from kg.terms import Mint, expand
from kg.text import read_bytes

SCHOOL = "关山理工大学"
TOWN = "青澜县松坪镇"
BUREAU = "国家税务总局青澜县税务局"

# Writer, sentence, the bodies it names beside the writer.
UNITS: list[tuple[str, str, set[str]]] = [
    (SCHOOL, "监察处负责监督检查，教务处、科技处配合。", {f"{SCHOOL}{unit}" for unit in ("监察处", "教务处", "科技处")}),
    (SCHOOL, "校长办公室牵头，纪检监察室负责监督。", {f"{SCHOOL}校长办公室", f"{SCHOOL}纪检监察室"}),
    (SCHOOL, "校工会联合学生处组织座谈。", {f"{SCHOOL}工会", f"{SCHOOL}学生处"}),
    (SCHOOL, "党委宣传部会同网络信息中心举办培训班。", {f"{SCHOOL}党委宣传部", f"{SCHOOL}网络信息中心"}),
    (SCHOOL, "选取电气工程学院等2个学院先行试点。", {f"{SCHOOL}电气工程学院"}),
    (SCHOOL, "清理错字18处，各学院按时报送，学生处理结果已公布。", set()),
    (BUREAU, "人事处审核干部任免信息。", {f"{BUREAU}人事处"}),
    (f"{TOWN}人民政府", "财政所、民政办按月公示补贴。", {"松坪镇财政所", "松坪镇民政办公室"}),
    (f"{TOWN}人民政府", "公开松坪小学扩建工程的招标结果。", set()),
    ("国家统计局", "各地农业局报送数据，地址：贵州省贵阳市云岩区北京路1号。", set()),
    ("松坪海关", "松坪海关修订规程，地址：贵州省贵阳市云岩区北京路1号。", set()),
    ("青澜县人民政府", "调整青澜县政务公开工作领导小组。", {"青澜县政务公开工作领导小组"}),
    ("青澜县人民政府", "各乡镇财政所、民政办按月公示，教务处负责登记。", set()),
]  # fmt: skip

# Writer, sentence, title, whether the writer issued it.
PAPERS: list[tuple[str, str, str, bool]] = [
    (SCHOOL, "修订《信息公开申请办理规程》。", "信息公开申请办理规程", True),
    (SCHOOL, f"《{SCHOOL}章程》经核准发布。", f"{SCHOOL}章程", True),
    (f"{TOWN}人民政府", "对《松坪镇政府信息公开指南》作了更新。", "松坪镇政府信息公开指南", True),
    (SCHOOL, "落实《信息公开申请办理规程》。", "信息公开申请办理规程", False),
    (SCHOOL, "青澜县教育局会同各校研究，修订《信息公开申请办理规程》。", "信息公开申请办理规程", False),
    ("青澜县人民政府", "《青澜县城区停车管理办法》已经公布。", "青澜县城区停车管理办法", False),
]


def extracted(extractor: Extractor, writer: str, body: str) -> Extraction:
    text = f"{writer}2016年信息公开工作年度报告\n一、概述\n{body}\n"
    document = read_bytes(text.encode(), name="a.txt", cues=extractor.ontology.cues)
    return extractor.extract(document, Mint())


def bodies(extractor: Extractor, extraction: Extraction) -> dict[str, str]:
    model = extractor.ontology.model
    return {
        entity.iri: entity.label
        for entity in extraction.entities
        if model.is_a(entity.cls, expand("pol:Agency"))
    }


@pytest.mark.parametrize(("writer", "sentence", "expected"), UNITS)
def test_units(writer: str, sentence: str, expected: set[str], extractor: Extractor) -> None:
    extraction = extracted(extractor, writer, sentence)
    found = bodies(extractor, extraction)
    assert set(found.values()) - {writer} == expected
    whole = {
        found[fact.subject]
        for fact in extraction.facts
        if fact.predicate == expand("pol:partOf") and found[str(fact.object)] == writer
    }
    assert whole == expected


@pytest.mark.parametrize(("writer", "sentence", "title", "own"), PAPERS)
def test_papers(writer: str, sentence: str, title: str, own: bool, extractor: Extractor) -> None:
    extraction = extracted(extractor, writer, sentence)
    found = bodies(extractor, extraction)
    issuers = {
        found[str(fact.object)]
        for fact in extraction.facts
        if fact.predicate == expand("pol:issuedBy") and fact.subject == Mint().entity("policy", title)
    }
    assert (writer in issuers) is own


def test_units_in_a_column(extractor: Extractor) -> None:
    page = (
        f"<h1>{SCHOOL}2015—2016学年信息公开工作年度报告</h1><p>一、概述</p><p>公开信息12条，详见附表。</p>"
        "<table><tr><td>类别</td><td>责任单位</td></tr><tr><td>招生</td><td>招生就业处、研究生院</td></tr>"
        "<tr><td>财务</td><td>计划财务处、国有资产管理处</td></tr></table>"
    )
    document = read_bytes(page.encode(), name="a.html", cues=extractor.ontology.cues)
    extraction = extractor.extract(document, Mint())
    named = {f"{SCHOOL}{unit}" for unit in ("招生就业处", "研究生院", "计划财务处", "国有资产管理处")}
    assert named <= set(bodies(extractor, extraction).values())
