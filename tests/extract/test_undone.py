"""What a text says was not done, or is only meant to be, is no deed; what it cites stays cited."""

import pytest

from kg.extract.extract import Extractor
from kg.facts import Extraction
from kg.terms import Mint, expand
from kg.text import read_text

HEAD = "云川市教育局2020年政府信息公开工作年度报告\n一、总体情况\n"
DEEDS = ("carriedOutBy", "operatedBy")


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(read_text(HEAD + text, cues=extractor.ontology.cues), Mint())


def named(extraction: Extraction, *predicates: str) -> set[str]:
    """What the writer is said to have done, to run or to have issued."""
    names = {entity.iri: entity.label for entity in extraction.entities}
    wanted = {expand(f"pol:{one}") for one in predicates}
    return {names[one.subject] for one in extraction.facts if one.predicate in wanted}


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("全年未开展“书香政务日”活动，未设立新闻发言人制度。", set()),
        ("没有专门建立稿件会签机制，尚未开通微信公众号。", set()),
        ("“云川校园”微信公众号尚未开通，稿件会签机制仍未建立。", set()),
        ("从未举办“校长讲坛”活动，我局无政务微博。", set()),
        ("对未落实稿件会签机制的学校进行通报。", set()),
        ("我局拟开设“阳光招生”专栏，计划于2021年推行“首席督学”机制。", set()),
        ("我局计划2021年上半年开展“政策进校园”活动，准备上线“云川易学”平台。", set()),
        ("今年未开设专栏，但开通“云川招考”微信公众号。", {"“云川招考”微信公众号"}),
        ("未增加编制，建立稿件会签机制。", {"稿件会签机制"}),
        ("针对未组织培训的问题，建立稿件会签机制。", {"稿件会签机制"}),
        ("按照年度计划开展“政策进校园”活动。", {"“政策进校园”活动"}),
        ("未成年人工作专班开展“政策进校园”活动。", {"“政策进校园”活动"}),
        ("推行“一窗通办”改革，没有一件超期。", {"“一窗通办”改革"}),
    ],
)
def test_what_is_denied_or_meant_is_not_done(extractor: Extractor, text: str, done: set[str]) -> None:
    assert named(read(extractor, text), *DEEDS) == done


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("未印发《云川市教育局督导办法》。", set()),
        ("《云川市教育局督导办法》尚未印发。", set()),
        ("拟出台《云川市教育局督导办法》。", set()),
        ("印发《云川市教育局督导办法》，未增加编制。", {"云川市教育局督导办法"}),
        ("个别科室未落实《云川市教育局督导办法》。", {"云川市教育局督导办法"}),
    ],
)
def test_what_is_not_issued_is_cited_alone(extractor: Extractor, text: str, issued: set[str]) -> None:
    extraction = read(extractor, text)
    papers = {entity.label for entity in extraction.entities if "办法" in entity.label}
    assert papers == {"云川市教育局督导办法"}
    assert named(extraction, "issuedBy") & papers == issued


def test_nought_in_words_stays_a_figure(extractor: Extractor) -> None:
    extraction = read(extractor, "全年未收到政府信息公开申请，未开展“书香政务日”活动。")
    values = [one.object for one in extraction.facts if one.predicate == expand("sdmx-measure:obsValue")]
    assert len(values) == 1
