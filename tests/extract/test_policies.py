"""Policy documents as input: letterheads, orders, notes below the title, signatures, tables of a page; all of an invented city."""

import pytest

from kg.extract.extract import Extractor
from kg.facts import Extraction, Literal
from kg.terms import Mint, expand
from kg.text import read_bytes

# The text; class, number, issuer, day, and what it is based on.
POLICIES: list[tuple[str, str, str, str, str, list[str]]] = [
    (
        """云川市人民政府办公室关于印发云川市政务公开标准化规范化工作实施方案的通知
云政办发〔2021〕18号
各县（区）人民政府，市直各部门：
《云川市政务公开标准化规范化工作实施方案》已经市政府同意，现印发给你们，请认真组织实施。
云川市人民政府办公室
2021年6月15日
云川市政务公开标准化规范化工作实施方案
为贯彻落实《国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见》（国办发〔2019〕54号）精神，根据《中华人民共和国政府信息公开条例》，结合我市实际，制定本方案。
一、工作目标
到2023年底，全市建成统一的政务公开专区60个。
二、重点任务
（一）编制事项标准目录。市政府办公室牵头，市司法局配合。
（二）依托云川市人民政府门户网站开设专栏。""",
        "Notice",
        "云政办发〔2021〕18号",
        "云川市人民政府办公室",
        "2021-06-15",
        ["中华人民共和国政府信息公开条例", "国办发〔2019〕54号"],
    ),
    (
        """青澜县人民政府文件
青政发〔2019〕7号
青澜县人民政府
关于进一步加强依申请公开工作的意见
各乡镇人民政府，县政府各部门：
根据《中华人民共和国政府信息公开条例》和《云岭省政府信息公开办法》，现就进一步加强依申请公开工作提出如下意见。
一、健全受理渠道
县政务服务中心设立受理窗口。
青澜县人民政府
2019年3月8日""",
        "NormativeDocument",
        "青政发〔2019〕7号",
        "青澜县人民政府",
        "2019-03-08",
        ["中华人民共和国政府信息公开条例", "云岭省政府信息公开办法"],
    ),
    (
        """云川市行政规范性文件管理办法
（2020年5月6日云川市人民政府令第12号公布 自2020年7月1日起施行）
第一章 总则
第一条 为了规范行政规范性文件的制定和监督管理，根据《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》《规章制定程序条例》等规定，结合本市实际，制定本办法。
第二条 本办法适用于市人民政府及其部门。
第三条 市司法行政部门负责本办法的组织实施。""",
        "Rule",
        "云川市人民政府令第12号",
        "云川市人民政府",
        "2020-05-06",
        ["中华人民共和国地方各级人民代表大会和地方各级人民政府组织法", "规章制定程序条例"],
    ),
    (
        """云川市教育局关于做好2022年义务教育招生信息公开工作的通知
各县（区）教育局，局属各学校：
按照《云川市人民政府办公室关于印发2022年政务公开工作要点的通知》（云政办发〔2022〕9号）要求，现就做好招生信息公开工作通知如下：
一、公开内容
招生计划、范围、程序、结果。
二、公开方式
通过“云川教育”微信公众号公开。
联系人：王某，电话：0871-1234567。
云川市教育局
2022年5月10日""",
        "Notice",
        "",
        "云川市教育局",
        "2022-05-10",
        ["云政办发〔2022〕9号"],
    ),
    (
        """<html><head><title>云岭省人民政府关于修改《云岭省政府信息公开办法》的决定_云岭省人民政府</title></head><body><div><a href=/>首页</a> &gt; <a href=/z>政策文件</a></div>
<table><tr><td>索引号：</td><td>000014349/2020-00001</td><td>发文机关：</td><td>云岭省人民政府</td></tr><tr><td>发文字号：</td><td>云岭省人民政府令第215号</td><td>成文日期：</td><td>2020年10月12日</td></tr></table>
<h1>云岭省人民政府关于修改《云岭省政府信息公开办法》的决定</h1>
<div><p>《云岭省人民政府关于修改〈云岭省政府信息公开办法〉的决定》已经2020年9月28日省人民政府第80次常务会议审议通过，现予公布，自2020年12月1日起施行。</p><p>一、将第三条修改为：“省人民政府办公厅是全省政府信息公开工作的主管部门。”</p><p>二、删去第九条。</p></div></body></html>""",
        "NormativeDocument",
        "云岭省人民政府令第215号",
        "云岭省人民政府",
        "2020-10-12",
        [],
    ),
    (
        """松坪镇2022年政务公开工作要点
松政发〔2022〕3号
为做好2022年全镇政务公开工作，根据《青澜县2022年政务公开工作要点》（青政办发〔2022〕6号），制定本要点。
一、深化重点领域公开
二、加强组织保障
松坪镇人民政府
2022年4月2日""",
        "Plan",
        "松政发〔2022〕3号",
        "松坪镇人民政府",
        "2022-04-02",
        ["青政办发〔2022〕6号"],
    ),
    (
        """云川市应急管理局文件
云应急〔2023〕5号
签发人：李某
云川市应急管理局关于印发《云川市安全生产举报奖励实施细则（试行）》的通知
各县（区）应急管理局：
现将《云川市安全生产举报奖励实施细则（试行）》印发给你们，请遵照执行。原《云川市安全生产举报奖励暂行办法》（云安监〔2016〕22号）同时废止。
云川市应急管理局
2023年2月14日""",
        "Notice",
        "云应急〔2023〕5号",
        "云川市应急管理局",
        "2023-02-14",
        [],
    ),
    (
        """国家税务总局云川市税务局关于发布权责清单的公告
国家税务总局云川市税务局公告2021年第3号
根据《国家税务总局关于税务机关权责清单的公告》要求，现将国家税务总局云川市税务局权责清单予以发布，自2021年8月1日起施行。
特此公告。
国家税务总局云川市税务局
2021年7月20日""",
        "Notice",
        "国家税务总局云川市税务局公告2021年第3号",
        "国家税务总局云川市税务局",
        "2021-07-20",
        ["国家税务总局关于税务机关权责清单的公告"],
    ),
]

REPORTS = [
    "云川市教育局文件\n云教〔2022〕5号\n云川市教育局\n关于2021年政府信息公开工作情况的报告\n市政府办公室：\n根据要求，现将有关情况报告如下。",
    "政府信息公开指南\n政府信息公开制度\n云川市教育局2021年政府信息公开工作年度报告\n根据《中华人民共和国政府信息公开条例》规定，特此公告。\n一、总体要求\n公开12条。",
    "云川市教育局2021年政府信息公开工作年度报告\n一、总体情况\n制定《云川市教育局公开办法》（云教〔2021〕3号）。\n二、主要措施\n云教〔2021〕4号\n三、其他",
    "<html><body><table><tr><td>文号：</td><td>云教函〔2022〕3号</td><td>发文机关：</td><td>云川市教育局</td></tr></table>"
    "<p>云川市教育局2021年政府信息公开工作年度报告</p><p>一、总体情况</p><p>公开信息12条，受理申请3件，全部按时答复。</p></body></html>",
]


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(read_bytes(text.encode(), name="a", cues=extractor.ontology.cues), Mint())


def said(extraction: Extraction, predicate: str) -> list[str]:
    values = [
        fact.object.value if isinstance(fact.object, Literal) else fact.object.rpartition("/")[2]
        for fact in extraction.facts
        if fact.subject == extraction.report and fact.predicate == expand(predicate)
    ]
    return sorted(value for value in values)


@pytest.mark.parametrize(
    ("text", "cls", "number", "issuer", "day", "based"), POLICIES, ids=[policy[0][:16] for policy in POLICIES]
)
def test_policy(
    extractor: Extractor, text: str, cls: str, number: str, issuer: str, day: str, based: list[str]
) -> None:
    extraction = read(extractor, text)
    assert said(extraction, "pol:reportGenre") == ["ontology#PolicyText"]
    assert said(extraction, "rdf:type") == [f"ontology#{cls}"]
    assert said(extraction, "pol:documentNumber") == [number] * bool(number)
    assert said(extraction, "pol:issuedBy") == [issuer] * bool(issuer)
    assert said(extraction, "dcterms:issued") == [day]
    assert said(extraction, "pol:basedOn") == sorted(based)
    assert extraction.report.rpartition("/")[2] == (number or extraction.title)
    assert extraction.report not in [fact.object for fact in extraction.facts]
    assert not any(entity.cls == expand("pol:Report") for entity in extraction.entities)


@pytest.mark.parametrize("text", REPORTS, ids=range(len(REPORTS)))
def test_a_report_is_no_policy(extractor: Extractor, text: str) -> None:
    assert said(read(extractor, text), "pol:reportGenre") == ["ontology#AnnualReport"]
