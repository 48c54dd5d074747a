"""What figures of running text count, in words of our own: value, measure, label or indicator, and what stands above it."""

from decimal import Decimal

import pytest

from kg.extract.extract import Extractor
from kg.extract.figures import FigureReader
from kg.extract.reading import Reading
from kg.match.lexicon import Lexicon
from kg.match.scan import Scanner
from kg.terms import IND
from kg.text import read_text

Row = tuple[str, str, str]  # value, measure, what is counted: an indicator's code, else the label

CASES: list[tuple[str, list[Row]]] = [
    # The clause's own words name what no indicator is like.
    ("印发惠民指引折页800张。", [("800", "Count", "印发惠民指引折页")]),
    ("局机关官方微信推文31篇。", [("31", "Count", "disclosed.wechat")]),
    ("开通政务微博账号4个。", [("4", "Count", "newmedia.accounts_microblog")]),
    # A name is no place to look for words: 人民政府 is not 民政.
    ("县人民政府公开信息52条。", [("52", "Count", "disclosed.total")]),
    # What leads in a way of doing is left out; the noun after a figure may have loose words before it.
    ("各站所通过村务平台系统填报台账60份。", [("60", "Count", "村务平台系统填报台账")]),
    ("评审了12个2019年的水利项目。", [("12", "Count", "水利项目")]),
    ("走访6个极贫乡镇。", [("6", "Count", "极贫乡镇")]),
    ("有9个科室公开了工作流程。", [("9", "Count", "科室")]),
    # The rest counts what the figure before counts.
    ("收到政府信息公开申请7件，其余2件正在补正。", [("7", "Count", "s3.new"), ("2", "Count", "s3.new")]),
    # A verb alone counts what the clause before says.
    ("公布保障房分配名单，已公布5批次。", [("5", "Count", "公布保障房分配名单")]),
    # Falls of other units than per cent, and their mean.
    ("答复时长较上年缩短2天。", [("-2", "Change", "答复时长")]),
    ("粉丝量突破3万，较上年增长1.5倍。", [("30000", "Count", "newmedia.followers"), ("1.5", "Change", "newmedia.followers")]),
    # Ranges have a least and a most; telephones and school years are none.
    ("每期培训10至15人。", [("10", "Count", "training.people"), ("15", "Count", "training.people")]),
    ("电话0570-3080112。", []),
    # What was done between two figures is not what is counted.
    ("受理窗口由26个整合为9个。", [("26", "Count", "受理窗口"), ("9", "Count", "受理窗口")]),
    # Noughts in words.
    ("未发生因信息公开引起的复议、诉讼和申诉。", [("0", "Count", "s4.review.total"), ("0", "Count", "s4.suit"), ("0", "Count", "oversight.appeals")]),
    # Slogans count nothing, nor do numbers of parts.
    ("落实“行政执法三项制度”等要求。", []),
    ("突出3个重点，推进公开。", []),
    ("引导来访诉求4件依法分流。", [("4", "Count", "引导来访诉求")]),
    ("归集36家重点领域企业信息。", [("36", "Count", "重点领域企业信息")]),
]  # fmt: skip


def readings(extractor: Extractor, text: str) -> list[Reading]:
    document = read_text(
        f"衢州市人民政府2020年政府信息公开工作年度报告\n{text}", cues=extractor.ontology.cues
    )
    scan = Scanner(Lexicon(extractor.ontology)).scan(document.folded, document.sentences)
    return list(FigureReader(extractor.ontology).read(document, scan, 2020))


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_figures_count_what_their_clause_says(extractor: Extractor, text: str, rows: list[Row]) -> None:
    indicators = extractor.ontology.vocabulary.indicators
    found = [
        (one.value, one.measure, indicators[one.indicator].notation if one.indicator else one.label)
        for one in readings(extractor, text)
    ]
    assert found == [(Decimal(value), measure, counted) for value, measure, counted in rows]


def test_a_kind_of_an_indicator_stands_under_it(extractor: Extractor) -> None:
    (figure,) = readings(extractor, "发布招录信息4条。")
    assert (figure.indicator, figure.broader) == ("", f"{IND}disclosed.personnel")


def test_a_share_is_of_what_its_words_say(extractor: Extractor) -> None:
    (figure,) = readings(extractor, "政务公开占绩效考核的分值比重为4%。")
    assert (figure.measure, figure.whole, figure.whole_label) == ("Share", None, "绩效考核")


def test_a_range_has_a_least_and_a_most(extractor: Extractor) -> None:
    assert [one.bound for one in readings(extractor, "办理时间3-5天。")] == ["AtLeast", "AtMost"]
