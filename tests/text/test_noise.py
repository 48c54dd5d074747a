"""Text is parted from noise: advertisers, furniture, page numbers, and places where characters are missing."""

import pytest

from kg.text import Cues, Document, read_text
from kg.text.lost import find_lost


def aside(document: Document, kind: str) -> list[str]:
    return [noise.span.of(document.text) for noise in document.noise if noise.kind == kind]


SPAM = [
    (
        "xyz最新官网云川市2020年报告\n工作有序推进。xyz最新官网\n下一步，xyz最新官网全市加强培训。",
        "xyz最新官网",
        3,
    ),
    (
        "云河体育官网云川市教育局年度报告\n公开有序。云河体育官网\n一是加强领导。云河体育官网我局成立小组。",
        "云河体育官网",
        3,
    ),
    ("abc365中文官方网站2021年报告\n认真做好公开。abc365中文官方网站", "abc365中文官方网站", 2),
    (
        "某必·(betabc)官方网站2020年报告\n我局加强公开，某必·(betabc)官方网站认真落实要求。",
        "某必·(betabc)官方网站",
        2,
    ),
    ("云川市民政局报告\n有序推进。米果m8\n成效明显。米果m8\n加强培训。", "米果m8", 2),
    ("恒润盈云川市2020年报告\n数据截至年底。恒润盈\n全市受理456件。恒润盈\n工作有序。恒润盈", "恒润盈", 4),
    ("云川市2020年报告\n全市受理456件。好运棋牌app下载\n加强培训。", "好运棋牌app下载", 1),
    ("云川市教育局报告\n公开12条。云上恒平律师事务所。收到申请3件。", "云上恒平律师事务所", 1),
    ("云川市教育局报告\n公开12条。云上网站建设。收到申请3件。云上网站建设\n培训9次。", "云上网站建设", 2),
    (
        "云川市教育局报告\n公开12条。微信小程序定制开发。收到申请3件。微信小程序定制开发",
        "微信小程序定制开发",
        2,
    ),
    ("云川市教育局报告\n云上百度推广公司专业网站优化排名。公开12条。", "云上百度推广公司专业网站优化排名", 1),
    ("云上网站建设2020年公开报告\n公开12条。云上网站建设全年受理3件。", "云上网站建设", 2),
]


@pytest.mark.parametrize(("text", "name", "times"), SPAM)
def test_spam_is_set_aside(text: str, name: str, times: int, cues: Cues) -> None:
    document = read_text(text, cues=cues)
    assert aside(document, "spam") == [name] * times
    assert name not in document.body.of(document.text)
    for noise in document.noise:
        assert document.offsets.to_source(noise.span).of(text) == name
    assert document.body.of(document.text).replace("\n", "") == text.replace(name, "").replace("\n", "")


HONEST = [
    "依托浙江政务服务网官网发布信息12条，在“云川发布”微信公众号推送。",
    "市政府官网访问量上升。体育局开展文化体育活动，体育设施更加完善。文化娱乐场所信息公开。",
    "在省体育局官网登录注册。省体育局官网登录12次。",
    "本局通过APP下载、CA登录等方式服务，OA登录更便捷。CA登录用户上升，CA登录便利。",
    "推进PPP项目，推进PPP项目公开。PPP项目12个。",
    "登录“浙里办”APP。登录“浙里办”APP。\n登录“浙里办”APP",
    "云川大学官网\n云川大学官网发布信息。云川大学官网",
    "加强领导。成效良好\n加强培训。成效良好\n加强宣传。成效良好。",
    "加强领导。市司法局负责\n加强培训。市司法局负责\n加强宣传。市司法局负责",
    "公开12条。加强网站建设。收到申请3件。加强网站建设。\n网站建设。政府网站改版。网站建设。\n政府网站建设。共12个。政府网站建设。",
    "委托云上恒平律师事务所审查。\n公开12条。云上恒平律师事务所。收到申请3件。",
    "云上恒平律师事务所\n委托单位：云上恒平律师事务所。\n第三方为：云上恒平律师事务所。收到申请3件。",
    "律师事务所。全市共有9家。物流公司。全市共有9家。\n志愿者上门服务。公开3条。",
    "云川市供水有限公司。\n我公司公开12条。云川市供水有限公司。收到申请3件。云川市供水有限公司。",
    "云川市政府门户网站建设2020年度报告\n我局公开12条。",
    "使用DeepSeek模型。DeepSeek模型上线，DeepSeek模型接入12个部门。",
]


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_left_alone(text: str, cues: Cues) -> None:
    document = read_text(text, cues=cues)
    assert aside(document, "spam") == []
    assert document.body.of(document.text) == text


PAGE = """下载
打印
【字号：
大
中
小
】
当前位置：首页 > 政务公开 > 年度报告
云川市2020年政府信息公开工作年度报告
发布时间：2021-01-28 10:20 来源：市政府办 浏览次数：12
来源：
云川日报
2021年1月28日 09:30
2020年，全市公开信息12条，受理申请3件，全部按时答复，未发生复议。
来源：各部门报送的数据，经汇总、核对后公布，全部公开。
时间：2020年
市政府办，组织培训2次，参加人员300人次，取得较好成效，提升能力。
云川市人民政府
2021年1月28日
分享到：微信 微博
主办单位：云川市人民政府办公室 技术支持：信息中心
云ICP备0500001号 网站标识码：3300000001
版权所有 云川市人民政府"""
BODY = [line for number, line in enumerate(PAGE.split("\n")) if number in (8, 13, 14, 15, 16, 17, 18)]


def test_furniture_is_set_aside(cues: Cues) -> None:
    document = read_text(PAGE, cues=cues)
    assert document.body.of(document.text).split("\n") == BODY
    assert len(aside(document, "navigation")) == PAGE.count("\n") + 1 - len(BODY)
    assert ("来源", "云川日报") in document.source.metadata
    assert ("发布时间", "2021-01-28 10:20") in document.source.metadata


@pytest.mark.parametrize("number", ["- 3 -", "—12—", "第 3 页", "第3页 共10页", "第3页/共10页", "3/10"])
def test_page_numbers_are_set_aside(number: str) -> None:
    document = read_text(f"公开信息。\n{number}\n受理申请。")
    assert document.body.of(document.text) == "公开信息。\n受理申请。"
    assert len(aside(document, "page-number")) == 1


LOST = [
    ("以习新时代中国特色社会主义思想为指导", ["习新时代"]),
    ("认真学习新时代中国特色社会主义思想", []),
    ("以习近平新时代中国特色社会主义思想为指导", []),
    ("自201711日起施行", ["201711日"]),
    ("自2017年11日起施行", ["2017年11日"]),
    ("自2017年1月1日起施行", []),
    ("国办发〔202130号文件", ["〔202130号"]),
    ("国发﹝20168号文件", ["﹝20168号"]),
    ("国办发2020〕17号文件", ["2020〕17号"]),
    ("国办发〔2020〕17号文件(2020)第3号", []),
    ("公开信\ufffd\ufffd息", ["\ufffd\ufffd"]),
    ("日均2020人次,年均30日", []),
]


@pytest.mark.parametrize(("text", "lost"), LOST)
def test_lost_text_is_noted(text: str, lost: list[str], cues: Cues) -> None:
    assert [span.of(text) for span in find_lost(text, cues)] == lost
    document = read_text(text, cues=cues)
    assert aside(document, "lost") == lost
    assert document.text == text
