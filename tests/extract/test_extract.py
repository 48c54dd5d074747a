"""What whole sentences yield: names, figures, relations, problems and plans, each with the words it came from."""

import pytest

from kg.extract.extract import Extractor
from kg.facts import Extraction, Literal
from kg.terms import Mint, expand
from kg.text import read_text

HEAD = "衢州市人民政府2020年政府信息公开工作年度报告\n"


def read(extractor: Extractor, text: str, head: str = HEAD) -> Extraction:
    return extractor.extract(read_text(head + text, cues=extractor.ontology.cues), Mint())


def labels(extraction: Extraction, extractor: Extractor, cls: str) -> set[str]:
    model = extractor.ontology.model
    return {entity.label for entity in extraction.entities if model.is_a(entity.cls, expand(f"pol:{cls}"))}


def figures(extraction: Extraction) -> list[tuple[str, str, str, str]]:
    """(value, measure, year, bound) of every observation, in order of place."""
    about: dict[str, dict[str, str]] = {}
    place: dict[str, int] = {}
    for fact in extraction.facts:
        if "/observation/" in fact.subject:
            value = fact.object.value if isinstance(fact.object, Literal) else fact.object.rpartition("#")[2]
            about.setdefault(fact.subject, {})[fact.predicate] = value
            place[fact.subject] = fact.evidence[0].end
    names = [
        expand(p) for p in ("sdmx-measure:obsValue", "pol:measure", "sdmx-dimension:refPeriod", "pol:bound")
    ]
    return [
        (about[iri][names[0]], about[iri][names[1]], about[iri].get(names[2], ""), about[iri][names[3]])
        for iri in sorted(about, key=lambda iri: place[iri])
    ]


AGENCIES = [
    ("市政府召开会议。", "衢州市人民政府"),
    ("由市司法局负责。", "衢州市司法局"),
    ("会同市人社局办理。", "衢州市人力资源和社会保障局"),
    ("落实省委部署。", "中共浙江省委"),
    ("国务院办公厅印发通知。", "国务院办公厅"),
    ("龙游县人民政府办公室报送。", "龙游县人民政府办公室"),
    ("及时调整市政务公开工作领导小组。", "衢州市政务公开工作领导小组"),
    ("政务公开工作领导小组发挥作用，全市政务公开领导小组成员到会。", "衢州市政务公开工作领导小组"),
]


@pytest.mark.parametrize(("text", "label"), AGENCIES)
def test_agencies_get_their_full_names(extractor: Extractor, text: str, label: str) -> None:
    assert label in labels(read(extractor, text), extractor, "Agency")


@pytest.mark.parametrize(
    "text",
    [
        "各部门认真落实。",
        "有关单位配合。",
        "群众满意。",
        "市长接待日活动很受欢迎。",
        "各级人民政府高度重视。",
    ],
)
def test_common_nouns_are_no_agencies(extractor: Extractor, text: str) -> None:
    assert labels(read(extractor, text), extractor, "Agency") == {"衢州市人民政府"}


PLATFORMS = [
    ("在市政府门户网站发布。", "衢州市人民政府门户网站"),
    ("开设“助企纾困”专栏。", "“助企纾困”专栏"),
    ("完善“新闻发布”“在线访谈”等栏目。", "“在线访谈”栏目"),
    ("“衢州发布”微信公众号推送文章。", "“衢州发布”微信公众号"),
    ("完善“政策问答”“办事服务”3个栏目。", "“政策问答”栏目"),
    ("开发“一键通”线上专栏和线下专窗。", "“一键通”线下专窗"),
    ("编发《衢州政报》。", "《衢州政报》"),
]


@pytest.mark.parametrize(("text", "label"), PLATFORMS)
def test_platforms(extractor: Extractor, text: str, label: str) -> None:
    assert label in labels(read(extractor, text), extractor, "Platform")


@pytest.mark.parametrize(
    "text", ["通过各类平台发布。", "利用多种渠道和平台。", "推动平台建设。", "系统谋划、系统推进。"]
)
def test_common_nouns_are_no_platforms(extractor: Extractor, text: str) -> None:
    assert labels(read(extractor, text), extractor, "Platform") == set()


POLICIES = [
    (
        "按照《中华人民共和国政府信息公开条例》（以下简称《条例》），落实《条例》。",
        {"中华人民共和国政府信息公开条例"},
    ),
    ("印发《衢州市政务公开工作方案》（衢政办发﹝2020﹞8号）。", {"衢州市政务公开工作方案"}),
    ("在《衢州日报》刊发，《新闻联播》播出。", set()),
]


@pytest.mark.parametrize(("text", "expected"), POLICIES)
def test_policies(extractor: Extractor, text: str, expected: set[str]) -> None:
    assert labels(read(extractor, text), extractor, "Policy") == expected


def test_a_document_number_names_its_issuer(extractor: Extractor) -> None:
    found = read(extractor, "印发《衢州市政务公开工作方案》（衢政办发〔2020〕8号）。")
    issued = {
        fact.object
        for fact in found.facts
        if fact.predicate == expand("pol:issuedBy") and "/policy/" in fact.subject
    }
    assert issued == {Mint().entity("agency", "衢州市人民政府办公室")}


FIGURES = [
    ("全年受理申请456件，比2019年的598件下降23.7%。", [("456", "Count", "2020", "Exact"), ("598", "Count", "2019", "Exact"), ("-23.7", "Change", "2020", "Exact")]),
    ("通报信息300多期，新增信息3.99多万条。", [("300", "Count", "2020", "AtLeast"), ("39900", "Count", "2020", "AtLeast")]),
    ("受理申请200件，其中予以公开150件，占75%。", [("200", "Count", "2020", "Exact"), ("150", "Count", "2020", "Exact"), ("75", "Share", "2020", "Exact")]),
    ("网站、微博、微信发布信息分别为10条、20条、30条。", [("10", "Count", "2020", "Exact"), ("20", "Count", "2020", "Exact"), ("30", "Count", "2020", "Exact")]),
    ("共召开新闻发布会十二场。", [("12", "Count", "2020", "Exact")]),
    ("群众满意度达百分之九十八点五。", [("98.5", "Ratio", "2020", "Exact")]),
    ("全年未收到政府信息公开申请。", [("0", "Count", "2020", "Exact")]),
    ("收取信息处理费1.2万元。", [("12000", "Amount", "2020", "Exact")]),
    ("近5000人参加培训，约20人缺席。", [("5000", "Count", "2020", "Nearly"), ("20", "Count", "2020", "About")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(extractor: Extractor, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert figures(read(extractor, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "根据国办发〔2020〕17号文件。",
        "依据第二十条第（一）项。",
        "联系电话：0570-3023456，邮编：324000。",
        "“十四五”期间坚持“三审三校”。",
        "本报告由六个部分组成。",
        "数据统计期限为2020年1月1日至12月31日。",
        "应在20个工作日内答复。",
        "发展红十字事业，任务十分艰巨。",
    ],
)
def test_what_counts_nothing_is_no_figure(extractor: Extractor, text: str) -> None:
    assert figures(read(extractor, text)) == []


@pytest.mark.parametrize(
    ("text", "carriers"),
    [
        ("我局始终严谨细致。一是健全保密审查机制。", 1),
        ("我局始终严谨细致。一是各科室健全保密审查机制。", 0),
        ("我局始终严谨细致。市财政局予以支持。一是健全保密审查机制。", 0),
        ("市财政局予以支持。\n一是健全保密审查机制。", 1),
    ],
)
def test_the_writer_acts_in_the_sentences_after(extractor: Extractor, text: str, carriers: int) -> None:
    extraction = read(extractor, text, "云川市教育局2020年政府信息公开工作年度报告\n一、总体情况\n")
    acted = [fact for fact in extraction.facts if fact.predicate == expand("pol:carriedOutBy")]
    assert len(acted) == carriers


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("抽取司法、民政两个部门检查。", "云川市教育局"),
        ("市司法局、市民政局等5家单位接受检查。", "云川市教育局"),
        ("市民政局公开信息5条。", "云川市民政局"),
        ("市司法局、市民政局公开信息5条。", "云川市司法局 云川市民政局"),
    ],
)
def test_a_figure_that_sums_up_a_list_is_not_about_its_last_body(
    extractor: Extractor, text: str, who: str
) -> None:
    extraction = read(extractor, text, "云川市教育局2020年政府信息公开工作年度报告\n一、总体情况\n")
    about = {fact.object for fact in extraction.facts if fact.predicate == expand("pol:observedFor")}
    assert about == {Mint().entity("agency", one) for one in who.split()}


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("在市局网站发布预报。", {"衢州市气象局网站"}),
        ("在区局网站发布预报。", {"衢州市柯城区气象局网站"}),
        ("在镇局网站发布预报。", set()),
    ],
)
def test_the_body_above_the_writer(extractor: Extractor, text: str, site: set[str]) -> None:
    head = "衢州市柯城区气象局2020年政府信息公开工作年度报告\n"
    assert labels(read(extractor, text, head), extractor, "Website") == site


@pytest.mark.parametrize("text", ["继续做好“十四五”规划的编制。", "打通“最后一公里”，推进“最后一公里”。"])
def test_a_time_or_a_goal_is_no_initiative(extractor: Extractor, text: str) -> None:
    assert labels(read(extractor, text), extractor, "Initiative") == set()


def test_problems_and_plans_are_paired(extractor: Extractor) -> None:
    text = (
        "五、存在的主要问题及改进情况\n存在的问题：一是政策解读形式单一；二是工作人员业务不熟练。\n"
        "改进措施：一是丰富解读形式；二是开展业务培训。\n"
    )
    found = read(extractor, text)
    answers = [f for f in found.facts if f.predicate == expand("pol:addresses")]
    assert labels(found, extractor, "Problem") == {"政策解读形式单一", "工作人员业务不熟练"}
    assert labels(found, extractor, "Improvement") == {"丰富解读形式", "开展业务培训"}
    assert len(answers) == 2


ISSUERS = [
    ("浙江省水利厅2022年政府信息公开工作年度报告\n", "浙江省水利厅", 2022),
    ("衢州市2015年度政府信息公开工作报告\n", "衢州市人民政府", 2015),
    ("国家税务总局衢州市税务局2021年政府信息公开工作年度报告\n", "国家税务总局衢州市税务局", 2021),
    ("龙游县湖镇镇人民政府2019年政府信息公开工作年度报告\n", "龙游县湖镇镇人民政府", 2019),
    ("衢州市人民政府\n2023年政府信息公开工作年度报告\n", "衢州市人民政府", 2023),
    ("青岚经济技术开发区2019年政府信息公开工作年度报告\n", "青岚经济技术开发区管理委员会", 2019),
    (
        "青岚国家高新区（石梁科技城）2019年政府信息公开工作年度报告\n",
        "青岚国家高新区（石梁科技城）管理委员会",
        2019,
    ),
    ("上海市浦东新区2016年政府信息公开工作年度报告\n", "上海市浦东新区人民政府", 2016),
    ("根据有关规定，现公布衢州市柯城区2018年政府信息公开工作年度报告。\n", "衢州市柯城区人民政府", 2018),
]


@pytest.mark.parametrize(("head", "issuer", "year"), ISSUERS)
def test_issuer_and_year(extractor: Extractor, head: str, issuer: str, year: int) -> None:
    found = read(extractor, "一、总体情况\n扎实推进公开。\n", head)
    assert (found.issuer, found.year) == (Mint().entity("agency", issuer), year)


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("对300个网页开展“啄木鸟”行动。", 0),
        ("1200名干部参加“啄木鸟”行动。", 1),
        ("“啄木鸟”行动查出错误300处。", 1),
    ],
)
def test_what_an_initiative_is_done_to_is_no_result(extractor: Extractor, text: str, results: int) -> None:
    found = extractor.extract(read_text(HEAD + text, cues=extractor.ontology.cues), Mint())
    assert sum(fact.predicate == expand("pol:resultOf") for fact in found.facts) == results


def test_every_fact_has_evidence_inside_the_text(extractor: Extractor) -> None:
    document = read_text(
        HEAD + "在市政府门户网站开设“助企”专栏，发布信息12条。", cues=extractor.ontology.cues
    )
    found = extractor.extract(document, Mint())
    assert found.facts
    assert all(
        0 <= span.start < span.end <= len(document.text) for fact in found.facts for span in fact.evidence
    )


def test_same_text_same_extraction(extractor: Extractor) -> None:
    text = "市政府办公室牵头，建立工作会商机制，发布信息12条，占60%。"
    assert read(extractor, text) == read(extractor, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目签约30亿元。", ("3000000000", "Amount", "2020", "Exact")),
        ("预约120人次。", ("120", "Count", "2020", "Exact")),
        ("惠及约50人。", ("50", "Count", "2020", "About")),
        ("由1名分管领导负责。", ("1", "Count", "2020", "Exact")),
        ("办理时限由5天缩短到两天。", ("5", "Count", "2019", "Exact")),
    ],
)
def test_bounds_and_years(extractor: Extractor, text: str, expected: tuple[str, str, str, str]) -> None:
    assert figures(read(extractor, text))[0] == expected


@pytest.mark.parametrize("text", ["省委十二届八次全会召开。", "微信公众号（以下简称公众号）发布消息。"])
def test_ordinals_and_short_names_are_nothing(extractor: Extractor, text: str) -> None:
    extraction = read(extractor, text)
    assert figures(extraction) == []
    assert labels(extraction, extractor, "Platform") == set()


def test_a_change_keeps_its_sign_where_cells_stand_on_lines(extractor: Extractor) -> None:
    cells = ["行政许可", "12", "-1", "45", "其他对外管理服务事项", "3", "－2", "8"]
    head = [
        "二、主动公开政府信息情况",
        "第二十条第（五）项",
        "信息内容",
        "上一年项目数量",
        "本年增/减",
        "处理决定数量",
    ]
    found = read(extractor, "\n".join([*head, *cells, "三、收到和处理政府信息公开申请情况"]))
    changes = {
        fact.subject.rpartition("/")[2]: fact.object.value
        for fact in found.facts
        if isinstance(fact.object, Literal)
        and fact.predicate == expand("sdmx-measure:obsValue")
        and "change" in fact.subject
    }
    assert changes == {"s2.5.licence.change": "-1", "s2.5.other.change": "-2"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("市民政局召开培训会。该局推出“阳光救助”专栏。", "云川市民政局"),
        ("市民政局召开培训会。同时推出“阳光救助”专栏。", "云川市民政局"),
        ("市民政局召开培训会。推出“阳光救助”专栏。", "云川市教育局"),
        ("市民政局召开培训会。会后总结经验。该局推出“阳光救助”专栏。", "云川市教育局"),
    ],
)
def test_a_sentence_may_go_on_with_the_actor_of_the_one_before(
    extractor: Extractor, text: str, who: str
) -> None:
    extraction = read(extractor, text, "云川市教育局2020年政府信息公开工作年度报告\n一、总体情况\n")
    runs = [fact.object for fact in extraction.facts if fact.predicate == expand("pol:operatedBy")]
    assert runs == [Mint().entity("agency", who)]
