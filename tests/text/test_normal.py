"""What becomes of letters, white space, script and readings."""

import pytest

from kg.text import Cues, read_text
from kg.text.characters import _RADICALS
from kg.text.script import simplify
from kg.text.traced import Traced

NORMAL = [
    ("２０２０年Ａ类", "2020年A类"),
    ("３．９９万条", "3.99万条"),
    ("占２５％", "占25%"),
    ("⺠政⻔户⽹站", "民政门户网站"),
    ("㈠主动公开", "(一)主动公开"),
    ("⑴公开⒉解读", "(1)公开2.解读"),
    ("①公开2020年②解读", "①公开2020年②解读"),
    ("公\u200b开\ufeff信\u00ad息", "公开信息"),
    ("总 计，2024 年 12 月", "总计，2024年12月"),
    ("2 0 2 4 年，公开", "2024年，公开"),
    ("政 府 工 作 报 告", "政府工作报告"),
    ("云川市市长　　刘明远", "云川市市长 刘明远"),
    ("三、收到和处理 政府信息公开 申请情况", "三、收到和处理政府信息公开申请情况"),
    ("云川市人民政府二〇二〇年政府信息公开工作 年度报告", "云川市人民政府二〇二〇年政府信息公开工作年度报告"),
    ("信息内容  本年制发件数 现行有效件数", "信息内容 本年制发件数 现行有效件数"),
    ("行政许可   9487", "行政许可 9487"),
    ("规章 0 0 0", "规章 0 0 0"),
    ("使用 DeepSeek 模型，Open Source 项目", "使用DeepSeek模型，Open Source项目"),
    ("推行&ldquo;一网通办&rdquo;&nbsp;改革，优化&amp;服务", "推行“一网通办”改革，优化&服务"),
    ("公开(二○二○年)", "公开(二○二○年)"),
    (
        "按照要求,，加强领导，，加强培训、、宣传。。受理3件；；",
        "按照要求,加强领导，加强培训、宣传。受理3件；",
    ),
    ("共𝟏𝟐件，Wiﬁ覆盖；❶公开㊁解读", "共12件，Wifi覆盖；①公开②解读"),
    ("共1,,2。。。", "共1,,2。。。"),
]


@pytest.mark.parametrize(("text", "normal"), NORMAL)
def test_normal(text: str, normal: str) -> None:
    assert read_text(text).text == normal


SIMPLIFIED = [
    ("政務公開方麵的製度", "政务公开方面的制度", ("traditional",)),
    ("乾部幹部裏面著力瞭解", "干部干部里面着力了解", ("traditional",)),
    ("著名著作顯著著力推進", "著名著作显著着力推进", ("traditional",)),
    ("資訊公開,網路平臺,專案建設,數位政府", "信息公开,网络平台,项目建设,数字政府", ("traditional", "taiwan")),
    ("成立於2008年,於年底公开", "成立於2008年,於年底公开", ()),
]


@pytest.mark.parametrize(("text", "simple", "conversions"), SIMPLIFIED)
def test_script(text: str, simple: str, conversions: tuple[str, ...]) -> None:
    document = read_text(text)
    assert document.text == simple
    assert document.conversions == conversions


def test_words_of_the_mainland_keep_their_form() -> None:
    text = "資訊公開,網路平臺,專案建設,檔案館查閱"
    assert read_text(text).text.endswith("文件馆查阅")
    assert read_text(text, cues=Cues(taiwan_keep=("档案馆",))).text.endswith("档案馆查阅")


def test_a_longer_word_leads_back_to_the_shorter() -> None:
    source = "資訊與網際網路安全專案,軟體建設"
    document = read_text(source)
    assert document.text == "信息与互联网安全项目,软件建设"
    at = document.text.index("安全")
    assert [source[document.offsets.starts[i]] for i in (at, at + 1)] == ["安", "全"]


def test_a_paragraph_in_another_script_is_converted_alone() -> None:
    simplified = Traced.of("全市各部门认真落实要求。" * 40)
    traditional = Traced.of("機關單位應當為申請人處理問題。")
    texts, conversions = simplify([simplified, traditional])
    assert texts[1].text == "机关单位应当为申请人处理问题。"
    assert conversions == ("traditional",)


def test_readings_are_set_aside() -> None:
    document = read_text("报(bào)告指(zhǐ)出（2020年）全市工作(详见附件)")
    assert document.body.of(document.text) == "报告指出（2020年）全市工作(详见附件)"
    assert [(noise.kind, noise.span.of(document.text), noise.at) for noise in document.noise] == [
        ("pinyin", "(bào)", 1),
        ("pinyin", "(zhǐ)", 3),
    ]
    assert "pinyin" in document.conversions


def test_radicals_become_the_characters_they_look_like() -> None:
    assert {radical: _RADICALS[radical] for radical in "⺠⻅⻆⻋⻓⻔⻘⻚⻛⻝⻢⻥⻦⻩⻬⻰⻄⻳⻮⻉"} == dict(
        zip(
            "⺠⻅⻆⻋⻓⻔⻘⻚⻛⻝⻢⻥⻦⻩⻬⻰⻄⻳⻮⻉",
            "民见角车长门青页风食马鱼鸟黄齐龙西龟齿贝",
            strict=True,
        )
    )
