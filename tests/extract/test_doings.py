"""Doings: clauses that tell what was done by a verb and its object, and clauses that come near and tell of none."""

import pytest

from kg.extract.extract import Extractor
from kg.terms import Mint, expand
from kg.text import read_text

HEAD = "云川市民政局2020年政府信息公开工作年度报告\n一、总体情况\n"
TOLD = [
    ("编印乡级民生事项公开目录，发放到村。", ["编印乡级民生事项公开目录"]),
    ("修订完善了投诉举报办理规程和答复文书模板。", ["修订完善投诉举报办理规程和答复文书模板"]),
    ("制定并实施农村宅基地审批工作方案。", ["制定并实施农村宅基地审批工作方案"]),
    ("我局推进馆藏照片数字化，扫描20万页。", ["馆藏照片数字化"]),
    ("开展学生食堂食品安全抽查15次、校车隐患排查8轮。", ["学生食堂食品安全抽查", "校车隐患排查"]),
    ("参加市档案局举办的保密知识培训班。", ["保密知识培训班"]),
    ("年内启动农村水厂改造。", ["农村水厂改造"]),
    ("撤并更新慢的栏目7个。", ["撤并更新慢的栏目"]),
    ("对拟发稿件逐篇审核。", ["拟发稿件逐篇审核"]),
    ("对全镇公开栏进行了统一改造。", ["对全镇公开栏进行了统一改造"]),
    ("优化举报栏目设置，细化归档流程。", ["优化举报栏目设置", "细化归档流程"]),
    ("建成全市统一的政策问答库。", ["建成全市统一的政策问答库"]),
    ("集中统一公开现行有效的规范性文件。", ["集中统一公开现行有效的规范性文件"]),
    ("对检索功能作了升级。", ["对检索功能作了升级"]),
    ("我局做了满意度问卷调查。", ["满意度问卷调查"]),
    ("就村级账目公开开展调研。", ["就村级账目公开开展调研"]),
    ("对栏目缺项进行彻底整改。", ["对栏目缺项进行彻底整改"]),
    ("完成乡镇网站集约化迁移和适老化改造。", ["乡镇网站集约化迁移和适老化改造"]),
    ("严格执行科室初审、办公室复核、局长签发的审签程序。", ["科室初审、办公室复核、局长签发的审签程序"]),
    ("推进水质监测数据开放。", ["水质监测数据开放"]),
    ("旧厂房改造稳步推进。", ["旧厂房改造"]),
    ("路灯节能改造全面完成。", ["路灯节能改造"]),
    ("以“云川民政”为主的账号矩阵继续打造。", ["账号矩阵"]),
]
NOT_TOLD = [
    "推进政府信息公开工作。",
    "各项任务全面完成。",
    "制定工作方案。",
    "规范工作流程。",
    "加强网站内容建设。",
    "下一步将撤并更新慢的栏目。",
    "《条例》自2008年5月1日起正式实施。",
    "对领导小组成员进行了调整。",
    "尚未启动农村水厂改造。",
    "农村水厂改造尚未启动。",
    "为推进农村水厂改造，我局增加了经费。",
    "督促各镇撤并更新慢的栏目。",
    "危房改造项目的公告已经张贴。",
    "推进传染病防治、医疗保障等方面信息公开。",
    "对尚未完成的乡镇逐一帮扶。",
    "对长期不更新或难以维持的一律清理整合。",
]


def deeds(extractor: Extractor, text: str) -> list[str]:
    extraction = extractor.extract(read_text(HEAD + text, cues=extractor.ontology.cues), Mint())
    model = extractor.ontology.model
    return [one.label for one in extraction.entities if model.is_a(one.cls, expand("pol:Initiative"))]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_told_by_verb_and_object(extractor: Extractor, text: str, expected: list[str]) -> None:
    assert sorted(deeds(extractor, text)) == sorted(expected)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_near_but_no_deed(extractor: Extractor, text: str) -> None:
    assert deeds(extractor, text) == []
