"""Paragraphs, sections and sentences."""

import pytest

from kg.text import Cues, Document, read_bytes, read_text

Outline = list[tuple[str, str, int, int]]


def outline(document: Document) -> Outline:
    return [(section.number, section.title, section.level, section.parent) for section in document.sections]


SECTIONS: list[tuple[str, Outline]] = [
    (
        "一、总体情况\n2020年公开12条。\n（一）主动公开。全年公开12条。\n1.加强解读。全年解读3条。\n（1）图解。2条。\n二、问题\n无。",
        [
            ("一、", "总体情况", 1, -1),
            ("（一）", "主动公开", 2, 0),
            ("1.", "加强解读", 3, 1),
            ("（1）", "图解", 4, 2),
            ("二、", "问题", 1, -1),
        ],
    ),
    (
        "一是加强领导。成立小组。\n二是强化培训。培训2次。",
        [("一是", "加强领导", 4, -1), ("二是", "强化培训", 4, -1)],
    ),
    ("问题是：一是人员少；二是培训少。", []),
    ("(一)依申请公开\n收到3件。", [("（一）", "依申请公开", 2, -1)]),
    ("一、 基层工作机制\n内容。", [("一、", "基层工作机制", 1, -1)]),
    ("一、二级标题不分。\n内容。", []),
    ("第一部分 概述\n内容。", [("第一部分", "概述", 1, -1)]),
    ("2020.12.31\n2020年\n3.5万条", []),
    ("第二十条第（一）项\n（一）项规定的内容", []),
    (
        "总体情况\n公开12条。\n存在的主要问题及改进情况\n人员少。",
        [("", "总体情况", 0, -1), ("", "存在的主要问题及改进情况", 0, -1)],
    ),
    (
        "一、总体情况\n主动公开\n公开12条。\n存在的主要问题及改进情况\n存在问题：人员少。\n六、其他需要报告的事项\n无。",
        [
            ("一、", "总体情况", 1, -1),
            ("", "主动公开", 4, 0),
            ("", "存在的主要问题及改进情况", 1, -1),
            ("", "存在问题", 4, 2),
            ("六、", "其他需要报告的事项", 1, -1),
        ],
    ),
    ("一 概 述\n公开12条，受理3件。\n（一）公开\n12条。", [("一", "概述", 1, -1), ("（一）", "公开", 2, 0)]),
    (
        "一、本年(2021)新收申请数量\n1\n0\n三、本年度办理结果\n1.其他情形\n0\n五、存在问题\n人员少。",
        [("五、", "存在问题", 1, -1)],
    ),
    (
        "1.总体情况\n公开12条。\n1.1主动公开\n3条。\n1.2 依申请公开\n无。\n1.5万条信息上网",
        [("1.", "总体情况", 3, -1), ("1.1", "主动公开", 4, 0), ("1.2", "依申请公开", 4, 0)],
    ),
    ("【一、总体情况】\n公开12条。\n【附】", [("一、", "总体情况", 1, -1)]),
    (
        "二、主动公开政府信息情况第二十条第（一）项 规章 0 0 0\n三、办理结果 0 0 0",
        [("二、", "主动公开政府信息情况", 1, -1)],
    ),
    (
        "五、存在的主要问题\n及改进情况\n人员少。\n六、\n其他需要报告的事项\n无。\n（一）\n略。",
        [("五、", "存在的主要问题及改进情况", 1, -1), ("六、", "其他需要报告的事项", 1, -1)],
    ),
    (
        "一、本年新收政府信息公开申请数量 5 0 0\n（一）予以公开 3 0 0\n（一）予以公开\n（一）予以公开情况",
        [("（一）", "予以公开情况", 2, -1)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SECTIONS)
def test_sections(text: str, expected: Outline, cues: Cues) -> None:
    assert outline(read_text(text, cues=cues)) == expected


def test_a_section_reaches_to_the_next_of_its_level() -> None:
    document = read_text("报告\n一、甲\n（一）乙\n内容。\n二、丙\n结尾。")
    first, inner, second = document.sections
    assert first.span.of(document.text) == "一、甲\n（一）乙\n内容。\n"
    assert inner.span.end == first.span.end == second.span.start
    assert document.section_at(document.text.index("内容")) == inner
    assert document.section_at(0) is None


ONE_LINE = (
    "云川市司法局2020年政府信息公开工作年度报告一、总体情况2020年，我局认真落实要求。（一）主动公开。公开12条。（二）依申请公开。收到5件。"
    "二、主动公开政府信息情况第二十条第（一）项规章000三、收到和处理政府信息公开申请情况一、本年新收政府信息公开申请数量5000005"
    "二、上年结转政府信息公开申请数量0000000三、本年度办理结果（一）予以公开5000005四、结转下年度继续办理0000000"
    "四、政府信息公开行政复议、行政诉讼情况000五、存在的主要问题及改进情况一是人员少；二是培训少。六、其他需要报告的事项无。"
)


def test_a_text_without_breaks_has_its_sections(cues: Cues) -> None:
    document = read_text(ONE_LINE, cues=cues)
    tops = [section.number for section in document.sections if section.level == 1]
    assert tops == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert [section.title for section in document.sections if section.level == 2] == [
        "主动公开",
        "依申请公开",
    ]
    assert document.text.replace("\n", "") == ONE_LINE
    assert document.source.title == "云川市司法局2020年政府信息公开工作年度报告"


def test_an_enumeration_in_a_paragraph_is_not_torn_apart(cues: Cues) -> None:
    text = (
        "主要任务有三项：一、加强领导，落实责任；二、加强培训，提升能力；三、加强督查，确保实效。"
        + "各部门要认真落实。" * 5
    )
    assert read_text(text, cues=cues).text == text


SENTENCES = [
    ("公开12条。受理3件！好吗？", ["公开12条。", "受理3件！", "好吗？"]),
    ("推行“一网通办。全程网办”改革。成效好", ["推行“一网通办。全程网办”改革。", "成效好"]),
    ("他说：“已公开。”随后解读。", ["他说：“已公开。”", "随后解读。"]),
    ("印发《关于公开。解读的通知》。", ["印发《关于公开。解读的通知》。"]),
    ("公开（含解读。）12条。", ["公开（含解读。）12条。"]),
    ("“未闭合。第二句。", ["“未闭合。", "第二句。"]),
    ("一、总体情况\n公开12条。", ["一、总体情况", "公开12条。"]),
    ("占3.5%.下一句", ["占3.5%.下一句"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    document = read_text(text)
    assert [span.of(document.text) for span in document.sentences] == expected


CUT = [
    ("印发《松坪县公开\n工作要点》（松政办〔2023〕5号）。", ["印发《松坪县公开工作要点》（松政办〔2023〕5号）。"]),
    ("根据《公开\n条例》和《关于印发公开\n要点的通知》（国办发〔2023〕\n10号）办理。", ["根据《公开条例》和《关于印发公开要点的通知》（国办发〔2023〕10号）办理。"]),
    ("落实《关于\n全面推进某项\n工作的意见》\n（国办发〔2019〕54号），公开信息。", ["落实《关于全面推进某项工作的意见》（国办发〔2019〕54号），公开信息。"]),
    ("根据国办发〔2023〕\n10号文件", ["根据国办发〔2023〕10号文件"]),
    ("转发《关于印发《信访\n办法》的通知》", ["转发《关于印发《信访办法》的通知》"]),
    ("公开《工作动态\n《预算办法》已公布", ["公开《工作动态", "《预算办法》已公布"]),
    ("制定《公开\n二、主动公开\n指南》", ["制定《公开", "二、主动公开", "指南》"]),
    ("印发《公开要点》\n（一）主动公开", ["印发《公开要点》", "（一）主动公开"]),
    ("公开《工作动态\n全年公开信息12条。累计解读3条》", ["公开《工作动态", "全年公开信息12条。累计解读3条》"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), CUT)
def test_a_title_cut_over_a_line_is_whole(text: str, lines: list[str]) -> None:
    assert read_text(text).text.split("\n") == lines


def test_a_title_cut_over_paragraphs_of_a_page_is_whole() -> None:
    page = "<html><body><p>一、总体情况</p><p>落实《关于<br>做好公开的意见》（松政办〔2023〕</p><p>3号）。</p></body></html>"
    text = read_bytes(page.encode(), name="a.html").text
    assert "落实《关于做好公开的意见》（松政办〔2023〕3号）。" in text.split("\n")


WRAPPED = """云川市人民政府办公室
2022年政府信息公开工作年度报告

    根据《中华人民共和国政府信息公开条例》和省市有关部署要求，
现将我办二〇二二年政府信息公开工作情况报告如下，所列数据的统计
期限自1月1日起至12月31日止，电子版可以在门户网站下载查阅。如有疑
问请与我办联系。
    一、总体情况
    我办坚持以公开为常态，主动公开各类信息一百二十条，办理依申请
- 1 -
公开十二件，政策解读二十件，网站访问量达到30万人次，全年没有发生
行政复议和诉讼。
    （一）强化组织领导，明确工作责任。"""


@pytest.mark.parametrize("indent", ["    ", "", "　　"])
def test_wrapped_lines_are_joined(indent: str) -> None:
    document = read_text(WRAPPED.replace("    ", indent))
    lines = document.body.of(document.text).split("\n")
    assert len(lines) == 6
    assert (lines[2][:2], lines[2][-3:]) == ("根据", "联系。")
    assert lines[4].startswith("我办坚持")
    assert "依申请公开十二件" in lines[4]


@pytest.mark.parametrize("size", range(24, 44, 4))
def test_lines_of_so_many_characters_are_joined(size: int) -> None:
    """Some editors count characters, so that a line of digits is much narrower than one of words."""
    paragraphs = [
        "　　2013年，我局主动公开信息1287条，比2012年的1191条增长8.06%，其中网站公开913条，微博公开374条。",
        "　　一、总体情况",
        "　　全年受理申请18件，办结16件，结转2件，发放资金218.6万元，惠及农户4236户，培训干部352人次，均已按要求公示。",
        "　　编印政策汇编3000册、明白纸12000份，送到13个村（居）的56块公开栏，接待群众咨询1405人次。",
    ]
    lines = [part[at : at + size] for part in paragraphs for at in range(0, len(part), size)]
    document = read_text("\n".join(["云川市水利局2013年政府信息公开工作年度报告", *lines]))
    assert document.text.split("\n")[1:] == [part.strip() for part in paragraphs]


def test_short_lines_are_not_joined() -> None:
    text = "规章\n0\n0\n行政规范性文件\n3\n0\n行政许可\n9487"
    assert read_text(text).text == text


def test_title_of_two_lines(cues: Cues) -> None:
    document = read_text(
        "云川市人民政府\n2020年政府信息公开工作年度报告\n一、总体情况\n公开12条。", cues=cues
    )
    assert document.source.title == "云川市人民政府2020年政府信息公开工作年度报告"
