"""Drafts of reports without a fault, in every format, and one fault of each kind to plant into them.

``draft(seed)`` makes a report whose figures hold: a body, a year, sentences drawn from ``SENTENCES``, tables from known figures. ``FAULTS``
are changes that each break one thing; ``write(draft, format)`` gives the bytes of a file. All words are made up for the tests.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.generator import facts, flat, grids
from tests.generator.facts import Block
from tests.generator.files import Line, Part, to_docx, to_html, to_pdf
from tests.generator.grids import Sheet

FORMATS = ("txt", "html", "docx", "pdf")
# a body and what it calls itself
BODIES = [
    ("云川市教育局", "我局"),
    ("云川市人民政府", "全市"),
    ("望岚区市场监督管理局", "我局"),
    ("青澜县人民政府", "全县"),
    ("青澜县松坪镇人民政府", "全镇"),
    ("云川市交通运输局", "本机关"),
    ("望岚区人民政府办公室", "我办"),
    ("云川市住房和城乡建设局", "我局"),
]
SINGLE = ("局",)  # bodies whose report has one scope
TITLES = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
SENTENCES = [
    "{year}年，{we}坚持以公开促落实，把政务公开列入年度重点任务，明确责任科室和完成时限。",
    "全年通过门户网站主动公开信息{a}条，其中政策文件类{b}条、工作动态类{c}条。",
    "全年发布解读材料{b}篇，其中图文解读占{share_bc}%，解读比例较上年进一步提升。",
    "政务新媒体推送信息{a}条，比{last}年的{old}条{moved}{change}%，阅读量稳步上升。",
    "{we}开展业务培训{b}场，培训{c}人次，参训人员考核合格率100%。",
    "按照《国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见》（国办发〔2019〕54号）的要求，{we}梳理公开事项{b}项。",
    "认真贯彻《中华人民共和国政府信息公开条例》（以下简称《条例》），修订本机关公开指南。《条例》明确的公开内容均已发布。",
    "根据《云川市行政规范性文件管理办法》（云政发〔{last}〕{n}号），清理文件{a}件，保留{b}件，修改{c}件，废止{d}件。",
    "{last}年以来，{we}持续完善公开目录，{year}年新增目录{b}类。",
    "赴安吉县学习基层政务公开经验，形成调研报告{d}篇。",
    "与临安区、安吉县等地开展业务交流{d}次。",
    "年度民生实事项目完成率105%，投诉办结率100%。",
    "办事大厅设立查阅点{d}处，接待群众{a}人次，群众满意率99.{n1}%。",
    "召开新闻发布会{d}场，邀请代表{b}人列席会议。",
    "办理人大代表建议{b}件、政协提案{c}件，共计{bc}件，答复率100%。",
    "对照原国务院令第492号与新修订的规定，清理历史公开栏目{d}个。",
    "门户网站访问量达到{a}万人次，同比增长{n1}.5%。",
    "如对本报告有疑问，请与{name}联系，联系电话：0570-8{a}{n1}，邮编：324000。",
    "政务公开工作由办公室负责，联系人手机13812340{b3}，地址：云川市人民路{n}号。",
    "统一社会信用代码11330800MB1234567X，网站标识码3308000{b3}。",
    "指导下属{d}个单位规范公开栏目，整改问题{b}个，整改率100%。",
    "开设“惠企政策”专栏，汇集政策{a}条，点击量超过{c}万次。",
    "建立信息发布审核机制，实行“三审三校”，全年退回稿件{d}篇。",
    "围绕重点领域公开信息，其中财政预决算类{b}条，重大项目类{c}条。",
    "12345政务服务便民热线受理诉求{a}件，按时办结率99.{n1}%。",
    "组织各科室开展自查，按照“谁公开、谁负责”的原则落实保密审查。",
    "编印政府公报{d}期，赠阅点{b}个。",
    "推进政策文件库建设，收录现行有效文件{a}件，实现分类检索。",
    "公开年度预算和“三公”经费，预算执行率达到101.{n1}%。",
    "坚持线上线下结合，举办政府开放日活动{d}次，参加群众{c}人。",
    "完成{last}年度考核反馈问题的整改，{year}年第三方评估得分较上年提高{n1}分。",
    "受理网上留言{a}条，办结{a}条，平均办理时长{n1}个工作日。",
    "公开指南、目录、年报等内容按时更新，没有出现失信情况。",
    "信息公开申请渠道保持畅通，申请表格可在网站下载。",
    "{we}把公开工作纳入绩效评价，占比为{n1}%。",
    "依托全省一体化平台，政务服务事项网上可办率达100%。",
    "政策咨询窗口解答问题{a}个，较上年增加{n}个。",
]
PROBLEMS = [
    "一是解读形式不够丰富，二是队伍变动较快。{next}年，{we}将增加视频解读，开展培训{d}场。",
    "存在的问题：公开内容的检索不够方便。改进措施：下一步优化栏目，{next}年将推出检索导航。",
    "部分栏目更新不及时。下一步，将建立提醒机制，按月检查栏目。",
]
FEES = ["本年度没有收取信息处理费，无其他需要报告的事项。", "本年度发出收费通知0件，未收取信息处理费。"]


@dataclass(frozen=True)
class Draft:
    """A report before it is written: title, period, the lines of each section, its figures."""

    name: str
    we: str
    year: int
    known: facts.Facts
    title: str
    period: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]  # heading, lines
    without: frozenset[str] = frozenset()  # tables left out
    rename: tuple[str, str] | None = None  # label of a row, and what it is called instead
    drop: str = ""  # label of a row left out

    def add(self, line: str, section: int = 0) -> "Draft":
        """The same with one more line at the end of a section."""
        heading, lines = self.sections[section]
        changed = (heading, (*lines, line))
        return replace(self, sections=(*self.sections[:section], changed, *self.sections[section + 1 :]))

    def swap(self, old: str, new: str) -> "Draft":
        """The same with other words."""
        sections = tuple(
            (h.replace(old, new), tuple(x.replace(old, new) for x in lines)) for h, lines in self.sections
        )
        return replace(
            self, title=self.title.replace(old, new), period=self.period.replace(old, new), sections=sections
        )

    def value(self, indicator: str, applicant: str = "") -> int:
        return int(self.known.values[indicator, applicant])

    def figures(self, *changes: tuple[str, str, int]) -> "Draft":
        """The same with some cells changed by so much."""
        values = dict(self.known.values)
        for indicator, applicant, by in changes:
            values[indicator, applicant] += by
        return replace(self, known=replace(self.known, values=values))


def draft(seed: int) -> Draft:
    """A report without a fault."""
    random = Random(f"draft/{seed}")
    name, we = random.choice(BODIES)
    year = random.choice([2021, 2022, 2023, 2024])
    known = facts.facts(seed, "2021", size=random.choice([3, 12, 60]))
    lines = [
        _fill(line, random, name, we, year) for line in random.sample(SENTENCES[1:], random.randint(8, 16))
    ]
    overview = (_fill(SENTENCES[0], random, name, we, year), *lines)
    if name.endswith(SINGLE) and random.random() < 0.7:
        overview = (*overview, _applications(known, random))
    sections = [(title, ()) for title in TITLES]
    sections[0] = (TITLES[0], overview)
    sections[4] = (TITLES[4], (_fill(random.choice(PROBLEMS), random, name, we, year),))
    sections[5] = (TITLES[5], (random.choice(FEES),))
    return Draft(
        name, we, year, known, f"{name}{year}年政府信息公开工作年度报告",
        f"本报告由{name}编制，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。", tuple(sections),
    )  # fmt: skip


def _applications(known: facts.Facts, random: Random) -> str:
    """What the tables say of requests, in words."""
    values = {code: int(value) for (code, column), value in known.values.items() if column == "total"}
    new, carried = values["s3.new"], values["s3.carried_in"]
    text = f"全年新收政府信息公开申请{new}件，上年结转{carried}件"
    if random.random() < 0.5:
        text += f"，予以公开{values['s3.disclosed']}件，结转下年度继续办理{values['s3.carried_out']}件"
    return text + "。"


def _fill(line: str, random: Random, name: str, we: str, year: int) -> str:
    b, c = random.randint(11, 80), random.randint(11, 80)
    d, old = random.randint(2, 9), random.randint(300, 900)
    a = b + c if "其中政策文件类" in line else b + c + d if "保留" in line else random.randint(100, 999)
    change = abs(percent(a - old, old))
    return line.format(
        year=year, last=year - 1, next=year + 1, name=name, we=we, a=a, b=b, c=c, d=d, bc=b + c, n=random.randint(1, 99),
        n1=random.randint(1, 9), b3=random.randint(100, 999), old=old, change=change, moved="增长" if a >= old else "下降",
        share_bc=percent(c, b + c),
    )  # fmt: skip


def percent(part: int, whole: int, places: str = "0.1") -> Decimal:
    """A percentage as reports print it."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(places), rounding=ROUND_HALF_UP)


# ---------------------------------------------------------------- files


def write(known: Draft, format: str, seed: int = 0) -> bytes:
    """The bytes of a file in a format."""
    if format == "txt":
        return _text(known, seed).encode()
    parts = list(_parts(known))
    if format == "html":
        random = Random(seed)
        return to_html(parts, random, title=known.title, issuer=known.name, encoding="utf-8").encode()
    return to_docx(parts) if format == "docx" else to_pdf(parts)[0]


def _text(known: Draft, seed: int) -> str:
    layout = flat.LAYOUTS[("tabs", "pipes", "trailing_pipes")[seed % 3]]
    blocks = _blocks(known)
    parts = [known.title, known.period]
    for heading, lines in known.sections:
        parts += [heading, *lines]
        for name, title in flat.TITLES.items():
            if heading == title and name not in known.without:
                whole = layout({key: blocks[key] if key == name else [] for key in flat.TITLES})
                parts += [line for line in whole.split("\n") if line and line not in flat.TITLES.values()]
    return "\n".join(parts) + "\n"


def _blocks(known: Draft) -> dict[str, list[Block]]:
    old, new = known.rename or ("", "")

    def body(block: Block) -> list[tuple[list[str], list[str]]]:
        kept = [row for row in block.body if not (known.drop and any(known.drop in text for text in row[0]))]
        return [
            ([text.replace(old, new) if old else text for text in labels], values) for labels, values in kept
        ]

    return {
        name: [Block(block.title, block.header, body(block)) for block in group]
        for name, group in facts.blocks(known.known).items()
    }


def _parts(known: Draft) -> Iterator[Part]:
    """Lines and real tables in order."""
    tables = grids.sheets(_blocks(replace(known, drop="")), known.known.edition)
    yield Line(known.title, heading=True)
    yield Line(known.period)
    for heading, lines in known.sections:
        yield Line(heading, heading=True)
        yield from (Line(line) for line in lines)
        for name, title in flat.TITLES.items():
            if heading == title and name not in known.without:
                yield from (
                    _dropped(replace(sheet, title=""), known.drop) for sheet in tables if sheet.title == title
                )


def _dropped(sheet: Sheet, label: str) -> Sheet:
    """A sheet without the row of a label; merged cells that reach over it shrink."""
    if not label:
        return sheet
    at = next(
        (number for number, row in enumerate(sheet.rows) if any(label in text for text, _, _ in row)), None
    )
    if at is None:
        return sheet
    rows = [
        [
            (text, down - (number + down > at), across) if number < at else (text, down, across)
            for text, down, across in row
        ]
        for number, row in enumerate(sheet.rows)
        if number != at
    ]
    return replace(sheet, rows=rows)


# ---------------------------------------------------------------- faults


@dataclass(frozen=True)
class Fault:
    """One thing to break: what it is called, the code that must be told, how, and in which formats it can be."""

    name: str
    code: str
    plant: Callable[[Draft, Random], Draft]
    formats: tuple[str, ...] = FORMATS


def _say(line: str) -> Callable[[Draft, Random], Draft]:
    """Add a sentence that is wrong; {placeholders} are the draft's."""

    def plant(known: Draft, random: Random) -> Draft:
        return known.add(
            line.format(
                year=known.year, last=known.year - 1, next=known.year + 1, future=known.year + 3, we=known.we, name=known.name,
                n=random.randint(10, 99),
            )
        )  # fmt: skip

    return plant


def _table_total(known: Draft, random: Random) -> Draft:
    code = random.choice(["s3.disclosed", "s3.refuse_3", "s3.unable_1", "s3.ignore_2"])
    return known.figures((code, "total", random.choice([1, 2, 10])))


def _table_result(known: Draft, random: Random) -> Draft:
    code, column = random.choice(["s3.partly", "s3.unable_2"]), random.choice(["natural", "enterprise"])
    return known.figures((code, column, 2), (code, "total", 2))


def _carried(known: Draft, random: Random) -> Draft:
    return known.figures(("s3.carried_in", "natural", 3), ("s3.carried_in", "total", 3))


def _prose_table(known: Draft, random: Random) -> Draft:
    lines = tuple(line for line in known.sections[0][1] if "新收政府信息公开申请" not in line)
    bare = replace(known, sections=((known.sections[0][0], lines), *known.sections[1:]))
    single = bare.swap(known.name, "云川市教育局")
    single = replace(single, name="云川市教育局")
    return single.add(f"全年新收政府信息公开申请{known.value('s3.new', 'total') + random.randint(1, 5)}件。")


def _change(known: Draft, random: Random) -> Draft:
    old, new = random.randint(100, 400), random.randint(410, 900)
    wrong = percent(new - old, old) + Decimal(random.choice(["1.0", "2.3", "10"]))
    return known.add(f"全年举办讲座{new}场，比{known.year - 1}年的{old}场增长{wrong}%。")


def _share(known: Draft, random: Random) -> Draft:
    whole = random.randint(200, 400)
    part = random.randint(50, 150)
    wrong = percent(part, whole) + Decimal(random.choice(["0.4", "1.0", "12"]))
    return known.add(
        f"2次抽查共涉及公开事项。全年受理行政许可申请{whole}件，其中网上办理{part}件，占{wrong}%。"
    )


def _results(known: Draft, random: Random) -> Draft:
    parts = [random.randint(3, 30) for _ in range(6)]
    total = sum(parts) + random.choice([-1, 1, 5])
    lines = tuple(line for line in known.sections[0][1] if "新收政府信息公开申请" not in line)
    bare = replace(known, sections=((known.sections[0][0], lines), *known.sections[1:]))
    names = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
    listed = "，".join(f"{name}{part}件" for name, part in zip(names, parts, strict=True))
    return bare.add(f"各类依申请公开事项中，办结政府信息公开申请{total}件，其中{listed}。")


def _without_section(known: Draft, random: Random) -> Draft:
    at = random.randrange(6)
    if at in (1, 2, 3):
        name = ("s2", "s3", "s4")[at - 1]
        known = replace(known, without=known.without | {name})
    return replace(known, sections=(*known.sections[:at], *known.sections[at + 1 :]))


def _order(known: Draft, random: Random) -> Draft:
    sections = list(known.sections)
    sections[4], sections[5] = sections[5], sections[4]
    return replace(known, sections=tuple(sections))


def _old_heading(known: Draft, random: Random) -> Draft:
    heading = random.choice(["七、政府信息公开的收费及减免情况", "七、收费及减免情况"])
    return replace(known, sections=(*known.sections, (heading, ("未收取费用。",))))


def _blank(known: Draft, random: Random) -> Draft:
    zero = [
        key for key, value in sorted(known.known.values.items()) if value == 0 and key[0].startswith("s3")
    ]
    return replace(known, known=replace(known.known, blanks=frozenset([random.choice(zero)])))


def _old_form(known: Draft, random: Random) -> Draft:
    return replace(known, known=facts.facts(random.randint(0, 99), "2019", size=12))


def _no_fee(known: Draft, random: Random) -> Draft:
    return replace(known, sections=(*known.sections[:5], (TITLES[5], ("无其他需要报告的事项。",))))


def _first_year(known: Draft, random: Random) -> Draft:
    heading, lines = known.sections[0]
    first = lines[0].replace(str(known.year), str(known.year - 1))
    return replace(known, sections=((heading, (first, *lines[1:])), *known.sections[1:]))


def _own_year(known: Draft, random: Random) -> Draft:
    return replace(
        known, period=f"现公布{known.name}{known.year - 1}年政府信息公开工作年度报告。{known.period}"
    )


def _plan(known: Draft, random: Random) -> Draft:
    return known.add(f"下一步，{known.year}年{known.we}将继续完善公开目录。", 4)


def _full_width(known: Draft, random: Random) -> Draft:
    return known.add("全年答复群众留言1２3条。")


def _repeat(known: Draft, random: Random) -> Draft:
    line = next(line for line in known.sections[0][1] if len(line) > 30)
    return known.add(line)


def _spam(known: Draft, random: Random) -> Draft:
    brand = random.choice(["天天彩票app官网下载", "xyz体育最新官网"])
    heading, lines = known.sections[0]
    lines = tuple(line + brand if number % 3 == 0 else line for number, line in enumerate(lines))
    return replace(known, sections=((heading, lines), *known.sections[1:]))


def _period(known: Draft, random: Random) -> Draft:
    last = known.year - 1
    return replace(known, period=f"本报告统计期限自{last}年1月1日起至{last}年12月31日止。")


def _no_period(known: Draft, random: Random) -> Draft:
    return replace(known, period=f"本报告由{known.name}编制并发布。")


def _early(known: Draft, random: Random) -> Draft:
    heading, lines = known.sections[0]
    lines = (
        *lines[:1],
        "严格执行《规程》，规范答复格式。",
        *lines[1:],
        "修订《云川市依申请公开办理规程》（以下简称《规程》）。",
    )
    return replace(known, sections=((heading, lines), *known.sections[1:]))


def _identity(known: Draft, random: Random) -> Draft:
    digits = f"33080219{random.randint(50, 99)}0{random.randint(1, 9)}1{random.randint(0, 9)}{random.randint(100, 999)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    return known.add(f"申请人张某（公民身份号码{digits}{check}）对答复提出异议。")


GRIDS = ("html", "docx", "pdf")
FAULTS = [
    Fault("row total", "FORM-R1", _table_total),
    Fault("column total", "FORM-R2", _table_result),
    Fault("carried in", "FORM-R3", _carried),
    Fault("review total", "FORM-R5", lambda known, random: known.figures(("s4.review.total", "", 1))),
    Fault("suits in prose", "FORM-R5", _say("因信息公开引发行政诉讼12件，其中未经复议直接起诉5件，复议后起诉6件。")),
    Fault("prose against table", "FORM-R7", _prose_table),
    Fault("share", "FORM-R8", _share),
    Fault("change", "FORM-R8", _change),
    Fault("difference", "FORM-R8", _say("全年组织集中宣传15次，比{last}年的12次增加5次。")),
    Fault("part past the whole", "FORM-R8", _say("全年制作宣传册20份，其中图解类32份。")),
    Fault("ways short of the whole", "FORM-R8", _say("全年接待群众咨询318人次，其中现场咨询140人次、电话咨询105人次、网上咨询63人次。")),
    Fault("joint share", "FORM-R8", _say("收回有效问卷200份。其中评价“好”的120份，“较好”的60份，“一般”的20份，好和较好的合计占92%。")),
    Fault("channels past the whole", "FORM-R8", _say("收到政府信息公开申请50件，其中网络申请40件，信函申请20件，当面申请5件。")),
    Fault("results", "FORM-R8", _results),
    Fault("listed parts", "FORM-R8", _say("举办讲座12场、宣讲会15场、座谈会8场，共计38场。")),
    Fault("share past a hundred", "FORM-R8", _say("网上办理的申请占全部申请的103.2%。")),
    Fault("fall past a hundred", "FORM-R8", _say("投诉量同比下降120%。")),
    Fault("section missing", "FORM-SECTION", _without_section),
    Fault("section order", "FORM-SECTION", _order),
    Fault("old heading", "FORM-SECTION", _old_heading),
    Fault("table two missing", "FORM-TABLE", lambda known, random: replace(known, without=frozenset({"s2"}))),
    Fault("table three missing", "FORM-TABLE", lambda known, random: replace(known, without=frozenset({"s3"}))),
    Fault("table four missing", "FORM-TABLE", lambda known, random: replace(known, without=frozenset({"s4"}))),
    Fault("old form", "FORM-TABLE", _old_form),
    Fault("row missing", "FORM-TABLE", lambda known, random: replace(known, drop="要求提供公开出版物")),
    Fault("row renamed", "TABLE-ROW", lambda known, random: replace(known, rename=("属于行政查询事项", "属行查询类事项")), GRIDS),
    Fault("blank cell", "FORM-BLANK", _blank),
    Fault("period of last year", "FORM-PERIOD", _period),
    Fault("no period", "FORM-PERIOD", _no_period),
    Fault("no fee", "FORM-FEE", _no_fee),
    Fault("first sentence of last year", "FORM-YEAR", _first_year),
    Fault("own year", "FORM-YEAR", _own_year),
    Fault("paragraph of last year", "FORM-YEAR", _say("{last}年，{we}围绕中心工作主动公开各类信息，回应群众关切的问题。")),
    Fault("plan of last year", "FORM-YEAR", _plan),
    Fault("another county", "FORM-FOREIGN", _say("德清县人民政府门户网站全年更新栏目{n}个。")),
    Fault("year of two digits", "POLICY-NUMBER", _say("落实《关于规范公开栏目的通知》（云政办发〔202〕{n}号）。")),
    Fault("no serial", "POLICY-NUMBER", _say("落实《关于规范公开栏目的通知》（云政办发〔{year}〕号）。")),
    Fault("square brackets", "POLICY-NUMBER", _say("落实《关于规范公开栏目的通知》（云政办发[{year}]{n}号）。")),
    Fault("leading zero", "POLICY-NUMBER", _say("落实《关于规范公开栏目的通知》（云政办发〔{year}〕0{n}号）。")),
    Fault("year to come", "POLICY-NUMBER", _say("落实《关于规范公开栏目的通知》（云政办发〔{future}〕{n}号）。")),
    Fault("number of another", "POLICY-NUMBER", _say("落实《国务院办公厅关于推进政务新媒体健康有序发展的意见》（国办发〔2018〕122号）。")),
    Fault("title of another", "POLICY-NUMBER", _say("落实《关于进一步规范公共资源交易的若干规定》（国办发〔2019〕54号）。")),
    Fault("issuer of another", "POLICY-NUMBER", _say("落实《国务院办公厅关于规范某类栏目建设的通知》（国发〔2020〕{n}号）。")),
    Fault("no title marks", "POLICY-TITLE", _say("按照关于规范公开栏目的通知（云政办发〔{year}〕{n}号）推进工作。")),
    Fault("known title bare", "POLICY-TITLE", _say("认真执行中华人民共和国政府信息公开条例，做好答复工作。")),
    Fault("short name early", "POLICY-SHORT", _early),
    Fault("order 492", "POLICY-REPEALED", _say("严格执行《中华人民共和国政府信息公开条例》（国务院令第492号）。")),
    Fault("old form's notice", "POLICY-REPEALED", _say("依据国办公开办函〔2019〕60号编制本报告的表格。")),
    Fault("repealed law", "POLICY-REPEALED", _say("依据《中华人民共和国合同法》审查公开的合同文本。")),
    Fault("month thirteen", "TEXT-DATE", _say("{we}于{year}年13月更新公开目录。")),
    Fault("day that is none", "TEXT-DATE", _say("{we}于4月31日发布公开目录。")),
    Fault("injected words", "TEXT-SPAM", _spam),
    Fault("date without its month", "TEXT-LOSS", _say("自{year}11日起执行新的公开目录。")),
    Fault("mixed width", "TEXT-WIDTH", _full_width),
    Fault("traditional character", "TEXT-SCRIPT", _say("完善公开製度，规范办理流程。")),
    Fault("sentence twice", "TEXT-REPEAT", _repeat),
    Fault("identity number", "PRIVATE-ID", _identity),
    Fault("mobile number", "PRIVATE-MOBILE", _say("申请人李某来电（139123456{n}）询问办理进度。")),
    Fault("address", "PRIVATE-ADDRESS", _say("申请人王某住云川市东湖路{n}号3栋402室，要求邮寄答复。")),
]  # fmt: skip
