"""Planted errors are found, and sound reports raise no alarm."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.check import check
from kg.check.text import check_text
from kg.extract.extract import Extractor
from kg.facts import Finding
from kg.schema.ontology import Ontology
from kg.terms import Mint
from kg.text import read, read_text
from kg.text.document import Page, Span
from tests.generator import facts, flat

SHARED = Path(__file__).parents[2].parent / "shared"
OPENING = "云川市教育局2022年政府信息公开工作年度报告\n本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。\n一、总体情况\n"
CLOSING = "五、存在的主要问题及改进情况\n解读形式单一。\n六、其他需要报告的事项\n本年度未收取信息处理费，没有需要报告的其他事项。\n"
ARITHMETIC = ("FORM-R1", "FORM-R2", "FORM-R3", "FORM-R5", "FORM-R7", "FORM-R8")
Checker = Callable[[str], tuple[Finding, ...]]


@pytest.fixture(scope="module")
def told(ontology: Ontology, extractor: Extractor) -> Checker:
    def run(text: str) -> tuple[Finding, ...]:
        document = read_text(text, cues=ontology.cues)
        findings = check(document, extractor.extract(document, Mint()), ontology)
        for finding in findings:
            assert all(span.end <= len(document.text) for span in finding.evidence)
            assert "{" not in finding.zh + finding.en
        return findings

    return run


def report(known: facts.Facts, prose: str = "") -> str:
    return OPENING + prose + flat.row_a_line(facts.blocks(known)) + CLOSING


def changed(seed: int, *changes: tuple[str, str, int]) -> facts.Facts:
    """Sound figures of 2021's form with some cells made wrong."""
    known = facts.facts(seed, "2021")
    values = dict(known.values)
    for indicator, applicant, by in changes:
        values[indicator, applicant] += by
    return facts.Facts(known.edition, values)


def codes(findings: tuple[Finding, ...], among: tuple[str, ...] = ARITHMETIC) -> list[str]:
    return [finding.code for finding in findings if finding.code in among]


@pytest.mark.parametrize("seed", range(4))
def test_a_sound_report_raises_no_alarm(told: Checker, seed: int) -> None:
    assert told(report(facts.facts(seed, "2021"), "全市各项工作有序开展。\n")) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("s3.refuse_2", "total", 1)], ["FORM-R1", "FORM-R2"]),
        ([("s3.unable_1", "natural", 2), ("s3.unable_1", "total", 2)], ["FORM-R2", "FORM-R2"]),
        ([("s3.carried_in", "legal", 3), ("s3.carried_in", "total", 3)], ["FORM-R3", "FORM-R3"]),
        ([("s3.new", "total", 5)], ["FORM-R1", "FORM-R3"]),
        ([("s4.review.total", "", 1)], ["FORM-R5"]),
        ([("s4.suit_direct.pending", "", 1)], ["FORM-R5"]),
    ],
)
def test_sums_of_tables(told: Checker, changes: list[tuple[str, str, int]], expected: list[str]) -> None:
    known = changed(3, *changes)
    findings = told(report(known))
    assert codes(findings) == expected
    assert all(finding.severity == "error" and finding.stated != finding.recomputed for finding in findings)


def test_a_finding_names_the_stated_cell(told: Checker) -> None:
    known = changed(3, ("s4.review.total", "", 1))
    (finding,) = told(report(known))
    assert int(finding.stated) == known.values["s4.review.total", ""]
    assert int(finding.recomputed) == int(finding.stated) - 1
    assert "s4.review.total" in finding.subject


@pytest.mark.parametrize(
    ("sentence", "stated", "recomputed"),
    [
        ("共收到政府信息公开申请120件，比2021年的100件增长25%。", "25", "20.0"),
        ("共收到政府信息公开申请90件，较2021年的100件下降12.0%。", "-12", "-10.0"),
        ("共收到政府信息公开申请400件，其中予以公开100件，占35%。", "35", "25.0"),
        ("行政复议3件，行政诉讼12件，其中未经复议直接起诉5件，复议后起诉6件。", "12", "11"),
        ("招录新生520人，涉及9个县，其中本县籍390人，占57%。", "57", "75.0"),
        ("受理申请86件，比上年增加21件，同比增长42.3%。", "42.3", "32.3"),
        ("受理申请60件，较上年减少20件，下降33.3%。", "-33.3", "-25.0"),
        ("受理申请60件，上年为50件，同比增长25%。", "25", "20.0"),
        ("受理申请60件，其中窗口递交25件、挂号信35件，较上年减少20件，下降35%。", "-35", "-25.0"),
        ("审批事项由68项削减为41项，减幅29.7%。", "-29.7", "-39.7"),
        ("应建档160户，已建档148户，建档率95.2%。", "95.2", "92.5"),
        ("全年收到来信80件，办结60件，办结率80%。", "80", "75.0"),
        ("全年发布解读材料70篇，其中文字解读40篇、图解18篇、视频解读15个。", "70", "73"),
        (
            "全年主动公开信息500条。按公开渠道分，在区政府网站公开300条，在街道、社区公开栏公开120条，微信公开90条。",
            "500",
            "510",
        ),
        ("全年主动公开信息500条；按类别统计，政策类200条，占40.0%，财政类290条。", "500", "490"),
        (
            "全年公开信息910条，其中网站600条，包括动态300条、政策210条、公告110条；公众号310条。",
            "600",
            "620",
        ),
        ("受理咨询80件，其中电话50件（含夜间10件）、网络25件、现场10件。", "80", "85"),
        ("公开信息1.2万条，其中网站7000条、微信3000条、微博3500条。", "12000", "13500"),
        ("公开信息900条，其中网站500条，公众号300条，微博200条。", "900", "1000"),
        ("公开信息300条，其中图解30条，占15%；视频60条，占20%。", "15", "10.0"),
        ("发布解读110篇，是上年50篇的3.2倍。", "3.2", "2.2"),
        ("举办培训4期，培训600人次。年末统计，全年共举办培训4期，培训650人次。", "650", "600"),
        ("发布解读110篇，较上年50篇增长2.2倍。", "2.2", "1.2"),
        ("公开栏由33个合并为21个，减少14个。", "-14", "-12"),
        ("被申请行政复议5件（维持3件、纠正2件、尚未审结1件）。", "5", "6"),
        ("被提起行政诉讼5件，其中驳回3件、撤销1件、尚未审结2件。", "5", "6"),
        ("新收申请112件，上年结转3件，办结100件，结转下年度5件。", "115", "105"),
        ("公开信息3.2万条，其中网站1.2万条、微信0.9万条、微博0.8万条、其他0.5万条。", "32000", "34000"),
    ],
)
def test_figures_of_prose(told: Checker, sentence: str, stated: str, recomputed: str) -> None:
    findings = [
        finding for finding in told(OPENING + sentence + "\n" + CLOSING) if finding.code in ARITHMETIC
    ]
    assert [(finding.stated, finding.recomputed) for finding in findings] == [(stated, recomputed)]


@pytest.mark.parametrize(
    "sentence",
    [
        "共收到政府信息公开申请120件，比2021年的100件增长20%。",
        "共收到政府信息公开申请91件，较2021年的120件下降24.2%。",
        "共收到政府信息公开申请91件，较2021年的120件下降24.1%。",
        "共收到政府信息公开申请近400件，其中予以公开130件，占35%。",
        "共收到政府信息公开申请456件，予以公开327件，占71.7%；不予公开22件，占4.8%。",
        "行政复议3件，行政诉讼11件，其中未经复议直接起诉5件，复议后起诉6件。",
        "全年发布信息2300条，其中网站900条，微信1200条，总体增长5%。",
        "受理申请86件，比上年增加21件，同比增长32.3%。",
        "受理申请60件，较上年减少20件，下降25%，其中网络申请减少9件，下降60%。",
        "受理申请60件，其中窗口递交25件、挂号信35件，较上年减少20件，下降25%。",
        "较2021年的80件减少20件，下降25%，共受理申请60件。",
        "粉丝2.3万人，比上年增加0.5万人，增长26%。",
        "调查对象200人，满意180人，基本满意15人，满意率97.5%。",
        "现有工作人员6人，其中专职2人、兼职4人、安排经费8万元。",
        "收到申请9件，其中当面申请3件，网络申请4件，信函申请2件，涉及征地类5件，社保类4件。",
        "应建档160户，已建档148户，建档率92.5%。",
        "全年收到来信80件，办结60件，按期办结率100%。",
        "发放问卷500份，收回问卷460份，满意率98%。",
        "全年新收申请17件，上年结转2件，其中网络申请12件，信函申请5件。",
        "全年发布解读材料70篇，其中文字解读30篇、图解18篇、视频解读15个。",
        "全年主动公开信息500条。按公开渠道分，网站公开300条，微信公开120条，公开栏公开90条，同一信息通过多个渠道公开的分别计入。",
        "全年主动公开信息500条，上年结余20条。按渠道分，网站公开300条，微信公开220条。",
        "全年主动公开信息500条。按季度看，第一季度公开110条，第二季度公开130条，各季度较为均衡。",
        "办理建议12件、提案30件，满意率100%。",
        "发布政策解读80件，其中视频解读24件，解读率100%。",
        "公开信息6120条，其中网站5000条，包括概况20条、动态3980条、目录1000条；微信公众号推送1120条。",
        "公开信息905条，其中网站605条，分别为要闻403条、公告202条；公众号300条。",
        "受理咨询320件，其中电话200件，含工作日150件、节假日50件，网上100件，信函20件。",
        "网站发布信息3000条，其中动态2000条，包括县级1200条，乡镇500条；文件300条。",
        "主动公开信息450条，其中机构类30条、财政类60条、政策类90条，另有其他信息270条，另通过微博发布信息500条。",
        "门户网站公开信息300条，其中，县本级200条，乡镇100条（甲镇60条、乙镇40条）。",
        "收入2000万元，其中财政拨款1500万元，包括人员经费900万元、公用经费200万元、项目经费400万元，其他收入500万元。",
        "公开信息20条，其中要闻12条、公告8条，微信8条，共计28条。",
        "解读政策40件，其中图解20件、视频8件、文字30件，部分文件采用多种形式解读。",
        "举办新闻发布会10场，其中主要负责人出席5场，部门负责人出席4场，分管负责人出席3场。",
        "举办培训20场，其中线上8场、线下12场，县级10场、村级10场。",
        "公开信息1.2万条，其中网站7800条、微信3000条、微博1280条。",
        "新收申请13件，上年结转12件，其中网络申请11件、信函申请8件、当面申请6件。",
        "新收申请13件，上年结转1件，其中网络申请14件。",
        "申请中涉及土地征收30件，占45.5%；住房保障20件，占30.3%；其他16件，占24.2%；共66件。",
        "2020年收到申请45件，2021年收到50件，2022年收到60件，年均增长15.5%。",
        "发布解读110篇，是上年50篇的2.2倍；较上年增长1.2倍。",
        "发布解读110篇，比上年翻一番。",
        "上半年举办培训2期，培训60人次。全年共举办培训4期，培训130人次。",
        "5月举办培训1期，培训60人次。9月举办培训1期，培训90人次。",
        "全市举办培训4期，培训600人次。局机关全年共举办培训4期，培训90人次。",
        "公开栏由33个合并为21个，减少12个，节约经费3万元。",
        "被申请行政复议6件（维持3件、纠正2件、尚未审结1件）。",
        "被申请行政复议6件（维持3件、纠正2件）。",
        "新收申请112件，上年结转3件，办结110件，结转下年度5件。",
        "公开信息3.3万条，其中网站1.2万条、微信0.9万条、微博0.8万条、其他0.5万条。",
    ],
)
def test_sound_prose_raises_no_alarm(told: Checker, sentence: str) -> None:
    assert codes(told(OPENING + sentence + "\n" + CLOSING)) == []


@pytest.mark.parametrize(
    ("sentence", "foreign"),
    [
        ("平武县人民政府门户网站全年更新栏目12个。", ["平武县人民政府"]),
        ("2022年，江油市教育局主动公开信息300条。", ["江油市教育局"]),
        ("全年通过绵阳市平武县人民政府门户网站公开信息120条。", ["平武县人民政府"]),
        ("成都市青羊区政务公开办来我县交流。", []),
        ("申请人要求公开上海市浦东新区人民政府门户网站发布的信息。", []),
        ("我县在平武县政务公开现场会上作经验交流。", []),
        ("北京市朝阳区人民政府门户网站的做法值得学习借鉴。", []),
        ("德阳市罗江区政务公开网转载我局信息3条。", []),
    ],
)
def test_words_of_another_place(told: Checker, sentence: str, foreign: list[str]) -> None:
    text = OPENING.replace("云川市教育局", "青川县教育局") + sentence + "\n" + CLOSING
    found = [finding for finding in told(text) if finding.code == "FORM-FOREIGN"]
    assert [finding.evidence[0].of(text) for finding in found] == foreign


def test_a_sentence_is_no_table_with_blank_cells(told: Checker) -> None:
    sentence = "分类汇编现行有效规章8件，行政规范性文件214件。"
    assert "FORM-BLANK" not in [finding.code for finding in told(OPENING + sentence + "\n" + CLOSING)]


def test_parts_of_section_two_without_figures(told: Checker) -> None:
    head = "云川市教育局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
    parts = "第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n{}第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n{}行政强制\n{}"

    def blank(*cells: str) -> int:
        return codes(told(head + parts.format(*cells)), ("FORM-BLANK",)).count("FORM-BLANK")

    assert blank("17\n", "3\n", "0\n") == 0
    assert blank("17\n", "", "") == 2
    assert blank("", "", "") == 0  # that no table has figures is told once for all


def test_missing_parts(told: Checker) -> None:
    findings = told(OPENING + "工作有序。\n五、存在的主要问题及改进情况\n一是队伍不稳。\n")
    assert (
        sorted(codes(findings, ("FORM-SECTION", "FORM-TABLE"))) == ["FORM-SECTION"] * 4 + ["FORM-TABLE"] * 3
    )


def test_the_form_is_not_asked_of_earlier_reports(told: Checker) -> None:
    text = "云川市教育局2016年政府信息公开工作年度报告\n一、概述\n工作有序。统计期限为2016年1月1日至2016年12月31日。\n"
    assert told(text) == ()


def test_a_superseded_table(told: Checker) -> None:
    findings = told(report(facts.facts(2, "2019")))
    assert set(codes(findings, ("FORM-TABLE",))) == {"FORM-TABLE"}
    assert {finding.severity for finding in findings} == {"info"}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("统计期限自2022年1月1日起至2022年12月31日止", []),
        ("统计期限为2022年1月1日至12月31日", []),
        ("统计期限自2021年1月1日起至2021年12月31日止", ["FORM-PERIOD"]),
        ("数据截至年底", ["FORM-PERIOD"]),
    ],
)
def test_the_period(told: Checker, period: str, expected: list[str]) -> None:
    text = report(facts.facts(1, "2021")).replace("统计期限自2022年1月1日起至2022年12月31日止", period)
    assert [finding.code for finding in told(text)] == expected


@pytest.mark.parametrize(
    ("number", "broken"),
    [
        ("国办发〔2020〕17号", False),
        ("云政办函〔202〕17号", True),
        ("云政办发〔2020号", True),
        ("国办发〔2020〕号", True),
    ],
)
def test_document_numbers(told: Checker, number: str, broken: bool) -> None:
    findings = told(
        report(facts.facts(1, "2021"), f"根据《关于做好公开工作的通知》（{number}）要求开展工作。\n")
    )
    assert ("POLICY-NUMBER" in [finding.code for finding in findings]) is broken


def test_a_page_without_text_is_told(ontology: Ontology) -> None:
    document = read_text("一、总体情况\n公开信息12条。\n二、问题\n人员少。", cues=ontology.cues)
    pages = tuple(Page(number, span) for number, span in enumerate((Span(0, 7), Span(7, 7), Span(7, 22)), 1))
    findings = check_text(replace(document, pages=pages), ontology.form)
    assert [(finding.code, finding.zh) for finding in findings] == [
        ("TEXT-LOSS", "第2页没有文字，可能是扫描图像。")
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "quzhou-2020.txt",  # reposted without its tables and most of its headings
            {
                ("FORM-R8", "-25.6", "-23.7"): 1, ("FORM-SECTION", "", ""): 5, ("FORM-TABLE", "", ""): 3, ("FORM-PERIOD", "", ""): 1,
                ("TEXT-SPAM", "", ""): 1, ("TEXT-LOSS", "", ""): 1,
            },
        ),
        ("hongze-2024.pdf", {("FORM-TABLE", "", ""): 1}),  # the table of an older form
    ],
)  # fmt: skip
def test_real_reports(
    ontology: Ontology, extractor: Extractor, name: str, expected: dict[tuple[str, str, str], int]
) -> None:
    path = SHARED / "reports" / name
    if not path.exists():
        pytest.skip("the shared reports are not here")
    document = read(path, cues=ontology.cues)
    extraction = extractor.extract(document, Mint())
    findings = dict.fromkeys((*extraction.findings, *check(document, extraction, ontology)))
    assert Counter((finding.code, finding.stated, finding.recomputed) for finding in findings) == expected


def test_every_code_is_declared(ontology: Ontology) -> None:
    kinds = ontology.form.messages.kinds
    assert {f"FORM-R{n}" for n in (1, 2, 3, 5, 7, 8)} | {"SERIES-R4", "SERIES-R6"} <= set(kinds)
    assert all(kind.templates for kind in kinds.values())


ANNEX = "附：政府信息公开情况统计表\n统计指标\n单位\n2015年\n历年累计\n一、依申请公开情况\n（一）收到申请数\n件\n{received}\n93\n1.当面申请数\n件\n4\n31\n2.网络申请数\n件\n{online}\n62\n"


@pytest.mark.parametrize(
    ("body", "prose", "online", "stated"),
    [
        ("教育局", "网络申请18件", 18, []),
        ("教育局", "网络申请18件", 62, ["18"]),
        ("教育局", "网络申请17件", 18, ["17"]),
        ("人民政府", "网络申请17件", 18, []),  # the annex may be of all its bodies
        ("人民政府", "网络申请81件", 18, ["81"]),  # but not with the same digits
    ],
)
def test_text_against_an_annex(told: Checker, body: str, prose: str, online: int, stated: list[str]) -> None:
    text = (
        f"云川市{body}2015年政府信息公开工作年度报告\n一、概述\n全年收到政府信息公开申请22件，其中当面申请4件，{prose}。\n"
        "二、存在问题\n三是全市公开目录不够细。\n" + ANNEX.format(received=22, online=online)
    )
    assert [finding.stated for finding in told(text) if finding.code == "FORM-R7"] == stated


@pytest.mark.parametrize(
    ("body", "prose", "stated"),
    [
        ("教育局", "我局收到政府信息公开申请23件", ["23"]),
        ("教育局", "我局收到政府信息公开申请22件", []),
        ("教育局", "全市教育系统收到政府信息公开申请61件。我局收到政府信息公开申请23件", []),  # the table may be of either
        ("教育局", "收到政府信息公开申请61件。我局收到政府信息公开申请22件", []),
        ("教育局", "全市收到政府信息公开申请61件，其中我局22件", []),
        ("人民政府", "市本级收到政府信息公开申请23件", []),
    ],
)  # fmt: skip
def test_text_that_names_its_writer_against_a_table(
    told: Checker, body: str, prose: str, stated: list[str]
) -> None:
    text = (
        f"云川市{body}2015年政府信息公开工作年度报告\n一、概述\n2015年，{prose}。\n"
        "二、存在问题\n三是全市公开目录不够细。\n" + ANNEX.format(received=22, online=18)
    )
    assert [finding.stated for finding in told(text) if finding.code == "FORM-R7"] == stated


@pytest.mark.parametrize(
    ("prose", "stated"),
    [
        ("现行有效行政规范性文件90件", ["90"]),
        ("现行有效行政规范性文件96件", []),
        ("公开文件90件，现行有效的规范性文件90件", []),  # files may be other files
        ("全县现行有效行政规范性文件90件", []),
    ],
)
def test_text_that_calls_documents_as_their_row_does(told: Checker, prose: str, stated: list[str]) -> None:
    text = (
        f"云川市教育局2023年政府信息公开工作年度报告\n一、总体情况\n2023年，{prose}。\n二、主动公开政府信息情况\n第二十条第（一）项\n"
        "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0\n行政规范性文件\n2\n1\n96\n"
    )
    assert [finding.stated for finding in told(text) if finding.code == "FORM-R7"] == stated


@pytest.mark.parametrize(
    ("prose", "dates"),
    [
        (
            "2023年13月召开会议，4月31日印发方案，2023年2月29日公示",
            ["2023年13月", "4月31日", "2023年2月29日"],
        ),
        ("12月31日截止，2月29日公示，2024年2月29日复核", []),  # of which year, is not said
        ("历时13月，办理112月份事项，第1-13月统计", []),
    ],
)
def test_days_that_no_calendar_has(told: Checker, prose: str, dates: list[str]) -> None:
    text = f"云川市教育局2023年政府信息公开工作年度报告\n一、总体情况\n2023年，{prose}。\n"
    found = [finding for finding in told(text) if finding.code == "TEXT-DATE"]
    assert [finding.evidence[0].of(text) for finding in found] == dates


@pytest.mark.parametrize(
    ("prose", "recomputed"),
    [
        ("答复满意率由上年的92%提高到97%，提高15个百分点", ["5"]),
        ("答复满意率由上年的92%提高到97%，提高5个百分点", []),
        ("答复满意率由上年的92.3%提高到97%，提高5个百分点", []),  # rounded
        ("答复满意率97%，提高15个百分点", []),  # from what, is not said
    ],
)
def test_points_between_two_rates(told: Checker, prose: str, recomputed: list[str]) -> None:
    text = f"云川市教育局2023年政府信息公开工作年度报告\n一、总体情况\n2023年，{prose}。\n"
    assert [one.recomputed for one in told(text) if one.code == "FORM-R8"] == recomputed
