"""Initiatives: what is one, who carries it out, what came of it; each sentence with what it states and nothing else."""

import pytest

from kg.extract.extract import Extractor
from kg.facts import Extraction
from kg.terms import Mint, expand
from kg.text import read_text

TOWN = "青澜县松坪镇人民政府2022年政府信息公开工作年度报告\n"
SCHOOL = "云川学院2021—2022学年信息公开工作年度报告\n"
CITY = "云川市人民政府2020年政府信息公开工作年度报告\n"
COUNTY = "青澜县人民政府2020年政府信息公开工作年度报告\n"
BUREAU = "云川市教育局2020年政府信息公开工作年度报告\n"


def read(extractor: Extractor, head: str, text: str) -> Extraction:
    return extractor.extract(read_text(head + text, cues=extractor.ontology.cues), Mint())


def related(extraction: Extraction, predicate: str) -> set[tuple[str, str]]:
    """The names at the ends of every fact with this property."""
    names = {entity.iri: entity.label for entity in extraction.entities}
    return {
        (names[fact.subject], names[str(fact.object)])
        for fact in extraction.facts
        if fact.predicate == expand(f"pol:{predicate}")
    }


CARRIED_OUT = [
    (BUREAU, "一是将各单位应公开的信息予以公开；二是建立家访登记制度。", {("家访登记制度", "云川市教育局")}),
    (BUREAU, "各学校要做到：一是加强宣传；二是建立家访登记制度。", set()),
    (
        BUREAU,
        "由局办公室审核，市教育局法制科把关。除明确分工外，还建立家访登记制度。",
        {("家访登记制度", "云川市教育局")},
    ),
    (TOWN, "2022年，松坪镇健全稿件会签机制。", {("稿件会签机制", "青澜县松坪镇人民政府")}),
    (TOWN, "今年镇政府健全稿件会签机制。", {("稿件会签机制", "青澜县松坪镇人民政府")}),
    (TOWN, "松坪镇稿件较多，健全稿件会签机制。", {("稿件会签机制", "青澜县松坪镇人民政府")}),
    (CITY, "网站改版顺利，健全稿件会签机制。", set()),
    (COUNTY, "网站改版顺利，健全稿件会签机制。", {("稿件会签机制", "青澜县人民政府")}),
    (COUNTY, "机关各科室负责人到会。健全稿件会签机制。", {("稿件会签机制", "青澜县人民政府")}),
    (COUNTY, "县民政局公开救助名单。健全稿件会签机制。", set()),
    (COUNTY, "全县各级各部门高度重视。健全稿件会签机制。", set()),
    (COUNTY, "农村低保公示。健全稿件会签机制。", {("稿件会签机制", "青澜县人民政府")}),
    (COUNTY, "由县民政局牵头，健全稿件会签机制。", {("稿件会签机制", "青澜县民政局")}),
    (
        BUREAU,
        "与市民政局、市司法局共同建立家访登记制度。",
        {("家访登记制度", one) for one in ("云川市民政局", "云川市司法局", "云川市教育局")},
    ),
    (
        BUREAU,
        "积极同市民政局建立家访登记制度。",
        {("家访登记制度", one) for one in ("云川市民政局", "云川市教育局")},
    ),
    (BUREAU, "与市民政局座谈，交流家访登记制度。", set()),
    (COUNTY, "督促乡镇健全稿件会签机制。", set()),
    (TOWN, "各村健全账目公示制度。建立稿件会签机制。", set()),
    (TOWN, "青澜县健全稿件会签机制。", set()),
    (TOWN, "全镇各村健全稿件会签机制。", set()),
    (SCHOOL, "学校着力增强透明度。建立稿件会签机制。", {("稿件会签机制", "云川学院")}),
    (SCHOOL, "中小学校着力增强透明度。建立稿件会签机制。", set()),
    (BUREAU, "学校着力增强透明度。建立稿件会签机制。", set()),
    (BUREAU, "（三）监督保障：我局健全稿件会签机制。", {("稿件会签机制", "云川市教育局")}),
    (SCHOOL, "科研处认真履职。健全稿件会签机制。", {("稿件会签机制", "云川学院科研处")}),
    (COUNTY, "县民政局高度重视救助公示。健全稿件会签机制。", {("稿件会签机制", "青澜县民政局")}),
    (COUNTY, "县民政局、县水务局高度重视救助公示。健全稿件会签机制。", {("稿件会签机制", "青澜县人民政府")}),
    (COUNTY, "县民政局高度重视救助公示。二是健全稿件会签机制。", set()),
    (COUNTY, "县民政局高度重视救助公示。\n健全稿件会签机制。", {("稿件会签机制", "青澜县人民政府")}),
    (BUREAU, "局党组高度重视信息公开。健全稿件会签机制。", {("稿件会签机制", "云川市教育局")}),
    (BUREAU, "局办公室高度重视信息公开。我局健全稿件会签机制。", {("稿件会签机制", "云川市教育局")}),
]


@pytest.mark.parametrize(("head", "text", "expected"), CARRIED_OUT)
def test_who_carries_an_initiative_out(
    extractor: Extractor, head: str, text: str, expected: set[tuple[str, str]]
) -> None:
    assert related(read(extractor, head, text), "carriedOutBy") == expected


RESULTS = [
    ("建立“双签”制度，即科员起草、科长签发，确保准确，全年审核稿件510件。", 1),
    ("建立“双签”制度，科员起草、科长签发，另外印发通知3份。", 0),
    ("组织案卷评查2次，抽查案卷30份。", 1),
    ("组织案卷评查2次，抽查案卷30份，印发通报4份。", 1),
    ("组织案卷评查，科室由12个减为9个。", 0),
    ("组织“回头看”15次。", 0),
    ("建立“双签”制度，审核稿件510件，退回20件。", 2),
    ("对2018年以前的稿件开展“回头看”，撤下文章15篇。", 1),
    ("开展“开门办公”活动，全年组织18场，邀请家长900人。", 0),
    ("推行“免跑即享”，惠及家庭300户。", 1),
    ("推行“名额到校”改革，将2000个名额分配到各校。", 0),
    ("开展规范性文件清理，对15件文件逐件评估，废止1件、修改2件。", 2),
    ("清理规范性文件38件，废止9件、修改2件。", 0),
    ("坚持“局长接待日”制度，接待家长137人次。", 0),
    ("严格执行收件、审核、答复闭环管理，收到政府信息公开申请64件。", 0),
    ("举办信息公开业务培训班，9个县区教育局参加。", 0),
    ("委托市统计局开展公众满意度测评，满意率为90.6%。", 1),
]


@pytest.mark.parametrize(("text", "results"), RESULTS)
def test_what_came_of_an_initiative(extractor: Extractor, text: str, results: int) -> None:
    found = read(extractor, BUREAU, text)
    assert len(related(found, "resultOf")) == results


NAMED = [
    ("开展“比学习、创佳绩、强担当”活动。", {"“比学习、创佳绩、强担当”活动"}),
    ("把档案知识列入新进人员培训内容。", {"档案知识列入新进人员培训内容"}),
    ("以六张网一道门改革为抓手，压减材料。", {"六张网一道门改革"}),
    ("在巩固“双签”制度的基础上压减时限。", set()),
    ("以“一本账”强监管、优服务。", set()),
    ("严格执行三级签审制，推行首问负责制、限时办结制。", {"三级签审制", "首问负责制", "限时办结制"}),
    ("建立公文属性审查、考核和问责等制度。", {"公文属性审查、考核和问责等制度"}),
    ("规范文书的实体、程序、格式，优化范围和程序。", set()),
    ("建立行之有效的工作机制，形成齐抓共管的工作格局。", set()),
    ("每季度开展网站栏目自查自纠工作。", {"网站栏目自查自纠工作"}),
    ("五、存在的主要问题及改进情况\n下一步，一是推行首问负责制；二是开展全员轮训。", set()),
    ("加上机构改革全面深入推进，人员变动较大。", set()),
    ("调整充实政务公开工作领导小组，成立优化营商环境专班。", set()),
    ("及时清理失效信息126条，收取信息处理费0元。", set()),
    ("建立科学有效的沟通协调机制。", set()),
    ("建立定期通报各科室报送、采用情况的制度。", {"定期通报各科室报送、采用情况的制度"}),
    ("健全主站与子站之间的沟通协调机制。", {"主站与子站之间的沟通协调机制"}),
    ("各窗口推进信息公开和一网通办。", {"一网通办"}),
    ("一网通办率达到95%。", set()),
    ("提升政务服务“跨省通办”工作。", {"“跨省通办”"}),
    ("开展“企业服务日”，走访企业310家。", {"“企业服务日”"}),
    ("严格执行收件、审核、归档闭环管理。", {"收件、审核、归档闭环管理"}),
    ("创新开展12333热线“局长听你说”活动。", {"“局长听你说”活动"}),
    ("2021年，我局将抓好案卷互评，开展“再回首”活动。", set()),
    ("我局将规范性文件纳入案卷互评，开展“再回首”活动。", {"“再回首”活动"}),
    ("对各科室组织专项督查2次，发出通报3份。", {"专项督查"}),
    ("各类评优实行逐级公示，推进厨余垃圾分类。", {"逐级公示", "厨余垃圾分类"}),
    ("执行收件—分办—审核—签发四级流程。", {"收件—分办—审核—签发四级流程"}),
    ("依托全能网格受理诉求，制作视频解读7个。", {"全能网格", "视频解读"}),
    ("推行收件人负责制和服务承诺制。", {"收件人负责制", "服务承诺制"}),
    ("年初修订《云川市教育局信息公开指南》。", {"修订《云川市教育局信息公开指南》"}),
    ("公布校外培训收费专项清理结果。", {"校外培训收费专项清理"}),
    ("全面清理入学证明事项46项。", {"全面清理入学证明事项"}),
    ("落实中等职业教育免学费政策，认真落实各项优惠政策。", {"中等职业教育免学费政策"}),
    ("上线“即申即兑”政策22项。", {"“即申即兑”"}),
    ("举办线上宣讲15场。", {"线上宣讲"}),
    ("坚持小学阶段免试就近入学。", {"小学阶段免试就近入学"}),
    ("邀请家长代表列席局务会3次，邀请人大代表列席会议。", {"家长代表列席局务会"}),
    ("稿件一律由拟稿人、科长、分管局长三级审核把关后发布。", {"拟稿人、科长、分管局长三级审核把关"}),
    ("把风险评估作为重大决策的前置程序。", {"风险评估作为重大决策的前置程序"}),
    (
        "二、主动公开政府信息情况\n（一）重点内容。\n1、教育经费公开。公开项目8个。\n2、主动公开。共50条。",
        {"教育经费公开"},
    ),
    (
        "五、存在的主要问题及改进情况\n一是解读形式单一；二是公开意识不强。\n"
        "2021年重点做好以下改进：一是丰富解读形式。二是压实责任。对排名末位的科室进行约谈。",
        set(),
    ),
    ("通报问题217个，整改完成率100%。", set()),
    ("组织爱鸟周、植树节等宣传活动。", {"爱鸟周宣传活动", "植树节宣传活动"}),
    ("组织座谈、走访等活动。", set()),
    ("启动学籍数据授权共享试点，推进试点工作。", {"学籍数据授权共享试点"}),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_what_is_an_initiative(extractor: Extractor, text: str, expected: set[str]) -> None:
    model = extractor.ontology.model
    found = {
        entity.label
        for entity in read(extractor, BUREAU, text).entities
        if model.is_a(entity.cls, expand("pol:Initiative"))
    }
    assert found == expected


TIED = [
    ("partOf", "深化“放管服”改革，试行证照告知承诺制。", ("证照告知承诺制", "“放管服”改革")),
    ("basedOn", "修订《云川市答复规程》，据此推行双人复核制度。", ("双人复核制度", "云川市答复规程")),
    (
        "implements",
        "贯彻《云川市营商环境条例》，推行入学申请“一日办结”。",
        ("“一日办结”", "云川市营商环境条例"),
    ),
    ("carriedOutBy", "由市司法局对答复稿逐件开展合法性审查。", ("合法性审查", "云川市司法局")),
    (
        "basedOn",
        "出台《云川市答复规程》。根据该规程，全面推行双人复核制度。",
        ("双人复核制度", "云川市答复规程"),
    ),
    (
        "usesPlatform",
        "在“企易通”平台上线“即申即兑”政策22项。",
        ("“即申即兑”", "“企易通”平台"),
    ),
    ("carriedOutBy", "复杂申请由市司法局会同市信访局集体会商。", ("集体会商", "云川市信访局")),
    ("carriedOutBy", "联合市公安局推行“护苗通”。", ("“护苗通”", "云川市公安局")),
    (
        "carriedOutBy",
        "由司法、财政两个部门牵头建立争议联席会议制度。",
        ("争议联席会议制度", "云川市财政局"),
    ),
    ("carriedOutBy", "市司法局、市民政局、审计等7部门联合开展“护苗”行动。", ("“护苗”行动", "云川市审计局")),
    (
        "carriedOutBy",
        "开展“护苗”行动。该行动由市公安局牵头实施，该机制由市财政局负责。",
        ("“护苗”行动", "云川市公安局"),
    ),
    ("usesPlatform", "开展“护苗”行动。该行动依托“云川通”平台实施。", ("“护苗”行动", "“云川通”平台")),
    ("operatedBy", "开设“护苗”专栏。该专栏由市教育局负责日常维护。", ("“护苗”专栏", "云川市教育局")),
    ("carriedOutBy", "市财政局牵头公开账目；市公安局健全稿件会签机制。", ("稿件会签机制", "云川市公安局")),
    (
        "implements",
        "为贯彻落实《云川市营商环境条例》，我局开展收费公示专项整治行动。",
        ("收费公示专项整治行动", "云川市营商环境条例"),
    ),
    ("concerns", "选取龙游县、江山市开展“一码游”试点。", ("“一码游”试点", "江山市")),
]


@pytest.mark.parametrize(("relation", "text", "expected"), TIED)
def test_what_an_initiative_is_tied_to(
    extractor: Extractor, relation: str, text: str, expected: tuple[str, str]
) -> None:
    assert expected in related(read(extractor, BUREAU, text), relation)


IMPLEMENTED = [
    ("印发《云川市贯彻落实〈云岭省营商环境条例〉实施方案》。", {"云岭省营商环境条例"}),
    ("制定《云川市实施〈中华人民共和国档案法〉办法》。", {"中华人民共和国档案法"}),
    ("制定《〈云岭省营商环境条例〉实施细则》。", {"云岭省营商环境条例"}),
    ("转发《云岭省档案局关于印发〈云岭省档案查阅办法〉的通知》。", set()),
    ("印发《云川市学习〈云岭省营商环境条例〉活动方案》。", set()),
    ("在全省率先推行“一码游”改革。", set()),
]


@pytest.mark.parametrize(("text", "expected"), IMPLEMENTED)
def test_what_the_title_of_a_paper_says_it_implements(
    extractor: Extractor, text: str, expected: set[str]
) -> None:
    found = read(extractor, BUREAU, text)
    assert {policy for _, policy in related(found, "implements")} == expected
    assert not related(found, "concerns")


RUN = [
    ("“云川水情”平台由市大数据中心建设、由市水务局运维。", {"云川市水务局"}),
    ("由市大数据中心建设的“云川水情”平台正式上线运行，由市水务局运维。", {"云川市水务局"}),
    ("“云川水情”平台由市大数据中心建设，并由市水务局负责日常管理。", {"云川市水务局"}),
    ("由市大数据中心负责建设、市水务局负责运维的“云川水情”平台上线。", {"云川市水务局"}),
    ("“云川水情”平台由市水务局主办，市大数据中心承办。", {"云川市水务局", "云川市大数据中心"}),
    ("由市大数据中心承办的“云川水情”平台访问量上升。", {"云川市大数据中心"}),
    ("“云川水情”平台由市大数据中心统一建设、统一运维。", {"云川市大数据中心"}),
    ("“云川水情”平台由市大数据中心建设。", {"云川市大数据中心"}),
    ("“云川水情”平台的主办单位是市水务局，运维单位是市大数据中心。", {"云川市水务局", "云川市大数据中心"}),
    ("由市水务局主办、市大数据中心承办的“云川水情”平台访问量上升。", {"云川市水务局", "云川市大数据中心"}),
    ("“云川水情”平台均由市大数据中心统一运维。", {"云川市大数据中心"}),
    ("市水务局负责“云川水情”平台的日常运维。", {"云川市水务局"}),
    ("“云川水情”平台日常维护工作由市水务局承担。", {"云川市水务局"}),
    ("“云川水情”平台委托市大数据中心代运营。", {"云川市大数据中心"}),
    ("“云川水情”平台由市水务局使用、市财政局验收。", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who"), RUN)
def test_who_runs_a_platform(extractor: Extractor, text: str, who: set[str]) -> None:
    assert {body for _, body in related(read(extractor, BUREAU, text), "operatedBy")} == who


OPENED = [
    ("县公安局开通“平安青澜”微信公众号。", {"青澜县公安局"}),
    ("县公安局高度重视，上线“平安青澜”抖音号。", {"青澜县公安局"}),
    ("县教育局开展自查。该局开通了公众号“青澜教育”。", {"青澜县教育局"}),
    ("县融媒体中心、县公安局推出“平安青澜”微信公众号。", {"青澜县公安局", "青澜县融媒体中心"}),
    ("县政府办公室运营“青澜发布”微信公众号。", {"青澜县人民政府", "青澜县人民政府办公室"}),
    ("县公安局通过“青澜发布”微信公众号推送提示。", {"青澜县人民政府"}),
    ("开通“青澜发布”微信公众号。", {"青澜县人民政府"}),
    ("县公安局开展自查。开通“青澜发布”微信公众号。", {"青澜县人民政府"}),
]


@pytest.mark.parametrize(("text", "who"), OPENED)
def test_whose_account_a_government_tells_of(extractor: Extractor, text: str, who: set[str]) -> None:
    assert {body for _, body in related(read(extractor, COUNTY, text), "operatedBy")} == who


CLOSING = "五、存在的主要问题及改进情况\n存在问题：一是解读形式单一；二是业务能力不强。\n"


@pytest.mark.parametrize(
    ("plans", "first"),
    [
        ("2021年，我局将做好两件事：一是开展全员轮训，提高业务能力；二是拍摄短视频，丰富解读形式。", "丰富解读形式"),
        ("2021年，我局将做好两件事：一是多拍短视频；二是开展全员轮训。", "短视频"),
        ("2021年，我局将做好两件事：一是丰富解读形式；二是拓宽公开渠道。", "丰富解读形式"),
    ],
)  # fmt: skip
def test_plans_answer_by_content_before_order(extractor: Extractor, plans: str, first: str) -> None:
    found = read(extractor, BUREAU, CLOSING + plans)
    ties = {problem: plan for plan, problem in related(found, "addresses")}
    assert set(ties) == {"解读形式单一", "业务能力不强"}
    assert first in ties["解读形式单一"]


@pytest.mark.parametrize(
    ("plan", "carriers"),
    [("今后，我局将健全稿件会签机制。", 0), ("今后要加强培训。我局已健全稿件会签机制。", 1)],
)
def test_nobody_has_carried_out_a_plan(extractor: Extractor, plan: str, carriers: int) -> None:
    found = read(extractor, BUREAU, "五、存在的主要问题及改进情况\n存在问题：解读形式单一。\n" + plan)
    assert len(related(found, "carriedOutBy")) == carriers
