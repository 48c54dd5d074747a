"""Corpora of any size whose skew is that of a country: many short reports of townships and departments, few long ones of provinces and
ministries; every body reports for several years, in the form of the year. Or short ones alone, as most of those before 2019 are. One report at a time, so that a corpus may
be larger than memory.

A corpus of more reports begins with the bodies of a smaller one; the same seed gives the same bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from random import Random

from kg.schema.files import data_folder
from kg.schema.form import Form
from kg.schema.index import load
from tests.generator import annex, spoil
from tests.generator.facts import Facts, Style, blocks, facts
from tests.generator.files import Line, Part, to_html, to_text
from tests.generator.flat import LAYOUTS
from tests.generator.grids import sheets

SEED = 2008
_SHAPES = ("row_a_line", "tabs", "pipes", "cell_a_line")
_FIRST = "青云松江石平永安长泰澄泓浔溪屏岚桐柳枫荷"
_SECOND = "渡川岭溪湖山原河港泉林洲屏浦塘桥坪湾塔岗"
_DEPARTMENTS = (
    "教育局",
    "民政局",
    "财政局",
    "农业农村局",
    "卫生健康局",
    "市场监督管理局",
    "自然资源局",
    "应急管理局",
    "统计局",
    "审计局",
)
_MINISTRIES = ("教育部", "民政部", "财政部", "水利部", "交通运输部", "农业农村部", "商务部", "应急管理部")
_TOPICS = (
    "义务教育",
    "社会救助",
    "食品药品安全",
    "环境保护",
    "安全生产",
    "征地补偿",
    "公共文化服务",
    "城市综合执法",
    "就业创业",
    "户籍管理",
)
_CHANNELS = ("政府门户网站", "微信公众号", "政务微博", "政府公报", "公告栏", "档案馆查阅点")


@dataclass(frozen=True, slots=True)
class Body:
    """Who reports: its name, of which kind, and how many paragraphs a report of it has."""

    name: str
    kind: str
    length: int
    first: int  # the year it begins with


Kind = tuple[
    str, int, int, int
]  # how many of a hundred bodies, the shortest and longest of their reports, in paragraphs


@dataclass(frozen=True, slots=True)
class Skew:
    """Which reports a corpus has: of what kinds of bodies, of which years, and how many of those before 2019 leave out the annex."""

    kinds: tuple[Kind, ...]
    years: range
    bare: Mapping[str, float]


COUNTRY = Skew(
    (("township", 44, 2, 5), ("department", 38, 3, 9), ("county", 11, 8, 20), ("city", 5, 15, 40), ("province", 1, 40, 90), ("ministry", 1, 40, 90)),
    range(2008, 2026),
    {"township": 0.5},
)  # fmt: skip
# What most of the reports of the years before the official tables are: a page of a township or a department, with a dozen figures.
SHORT = Skew(
    (("township", 58, 2, 5), ("department", 39, 3, 9), ("county", 3, 8, 20)),
    range(2008, 2019),
    {"township": 0.98, "department": 0.98, "county": 0.5},
)


def write_skewed(folder: Path, reports: int, *, seed: int = SEED, skew: Skew = COUNTRY) -> Iterator[Path]:
    """Write so many reports into a folder, a file at a time; a hundred bodies share a folder.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     len({path.read_bytes() for path in write_skewed(Path(folder), 40)})
    39
    """
    for number, (name, data) in enumerate(skewed(reports, seed=seed, skew=skew)):
        path = folder / f"{number // 1000:04}" / f"{number:07}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield path


def skewed(reports: int, *, seed: int = SEED, skew: Skew = COUNTRY) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of each report; one in forty is the very bytes of the one before, as portals publish a page twice."""
    made, last = 0, ("", b"")
    for number in count():
        body = body_of(number, seed, skew)
        years = range(body.first, min(body.first + 4, skew.years.stop))
        for year in years:
            if made and made % 40 == 39:
                yield f"copy-{last[0]}", last[1]
                made += 1
            if made >= reports:
                return
            last = report(body, year, seed, skew)
            yield last
            made += 1
            if made >= reports:
                return


def report(body: Body, year: int, seed: int = SEED, skew: Skew = COUNTRY) -> tuple[str, bytes]:
    """A report as a file: its name, and its bytes."""
    random = Random(f"{seed}/{body.name}/{year}")
    prose = [Line(text, heading) for text, heading in _prose(body, year, random)]
    if random.random() < 0.05:
        words = spoil.advertised([line.text for line in prose[1:]], random)
        prose[1:] = [Line(text, line.heading) for text, line in zip(words, prose[1:], strict=True)]
    html = random.random() < 0.4
    script = "traditional" if random.random() < 0.03 else "simplified"
    encoding = "gb18030" if random.random() < 0.2 else "utf-8"
    parts: list[Part] = [*prose[:-2], *_tables(body, year, random, skew, html=html), *prose[-2:]]
    title = prose[0].text
    text = (
        to_html(parts, random, title=title, issuer=body.name, encoding=encoding)
        if html
        else to_text(parts, random)
    )
    return f"{year}.{'html' if html else 'txt'}", spoil.encoded(spoil.written(text, script, random), encoding)


def _tables(body: Body, year: int, random: Random, skew: Skew, *, html: bool) -> list[Part]:
    """The tables of the form of the year; before 2019 an annex, which small bodies leave out."""
    if year < 2019:
        if body.kind in skew.bare and random.random() < skew.bare[body.kind]:
            return []
        kind = "national" if year >= 2014 else "provincial"
        made = annex.annex_rows(_form(), seed=random.randrange(10**6), kind=kind)
        return (
            [annex.annex_sheet(made)]
            if html
            else [Line(annex.annex_text(made, random.choice(["lines", "tabs", "pipes"])))]
        )
    known: Facts = facts(
        random.randrange(10**6),
        "2021" if year >= 2021 else "2019",
        size={"township": 2, "department": 12}.get(body.kind, 300),
    )
    tables = blocks(known, Style())
    return (
        list(sheets(tables, known.edition))
        if html
        else [Line(LAYOUTS[random.choice(_SHAPES)](tables).rstrip("\n"))]
    )


@cache
def _form() -> Form:
    vocabulary = data_folder("ontology") / "vocab"
    return Form.from_index(load([vocabulary / "form.ttl", vocabulary / "findings.ttl"]))


def _prose(body: Body, year: int, random: Random) -> Iterator[tuple[str, bool]]:
    """Its paragraphs, and whether each is a heading."""
    yield f"{body.name}{year}年政府信息公开工作年度报告", True
    yield (
        f"根据《中华人民共和国政府信息公开条例》编制本报告。所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
        False,
    )
    yield "一、总体情况", True
    for _ in range(body.length):
        yield _paragraph(body, year, random), False
    yield "二、存在的主要问题及改进情况", True
    problems = random.sample(
        ("政策解读形式单一", "基层人员力量不足", "公开内容更新不及时", "业务培训不够", "平台功能不完善"), 2
    )
    plans = random.sample(
        ("丰富政策解读形式", "加强业务培训", "完善平台功能", "充实基层人员力量", "及时更新公开内容"), 2
    )
    yield f"存在的问题：一是{problems[0]}。二是{problems[1]}。下一步，一是{plans[0]}。二是{plans[1]}。", False
    yield body.name, False
    yield f"{year + 1}年{random.randint(1, 3)}月{random.randint(1, 28)}日", False


def _paragraph(body: Body, year: int, random: Random) -> str:
    topic, other = random.sample(_TOPICS, 2)
    channel = random.choice(_CHANNELS)
    return random.choice((
        f"全年通过{channel}公开{topic}领域政府信息{random.randint(3, 900)}条。",
        f"{year}年，{body.name}印发《{body.name}{topic}信息公开实施方案》，明确责任分工，开展专项检查{random.randint(1, 9)}次。",
        f"围绕{topic}和{other}开展政策解读，制作图解{random.randint(1, 60)}期，举办在线访谈{random.randint(1, 12)}场。",
        f"受理依申请公开{random.randint(0, 400)}件，答复网民留言{random.randint(0, 3000)}条，比上年增长{random.randint(1, 60)}%。",
        f"组织政务公开业务培训{random.randint(1, 20)}期，参训{random.randint(10, 900)}人次。",
        f"依托{channel}建设{topic}专栏，发布信息{random.randint(3, 500)}条，累计访问{random.randint(100, 90000)}人次。",
    ))  # fmt: skip


def body_of(number: int, seed: int = SEED, skew: Skew = COUNTRY) -> Body:
    """The body of a number, whatever the size of the corpus."""
    random = Random(f"{seed}/body/{number}")
    kind, _, low, high = random.choices(skew.kinds, [share for _, share, _, _ in skew.kinds])[0]
    length = min(high, low + int(random.expovariate(3 / (high - low))))
    starts = skew.years[:-3]
    first = random.choices(starts, [1 if year < 2017 else 3 for year in starts])[0]
    city, county, town = (f"{random.choice(_FIRST)}{random.choice(_SECOND)}" for _ in range(3))
    mark = "".join(_SECOND[int(digit)] for digit in str(number))  # no two bodies have one name
    name = {
        "township": f"{city}市{county}县{town}{mark}镇人民政府",
        "department": f"{city}市{county}{mark}县{random.choice(_DEPARTMENTS)}",
        "county": f"{city}市{county}{mark}县人民政府",
        "city": f"{city}{mark}市人民政府",
        "province": f"{city}{mark}省人民政府",
        "ministry": f"{mark}{random.choice(_MINISTRIES)}",
    }[kind]
    return Body(name, kind, length, first)
