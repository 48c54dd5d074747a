"""Whole reports from known facts: who, which year, what it cites, figures in running text, and every cell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.generator import spoil
from tests.generator.facts import Block, Facts, Style, blocks, facts
from tests.generator.files import Line, Part, Sheet, to_docx, to_html, to_pdf, to_text
from tests.generator.flat import DAMAGES, GLUED, KEEPS_BLANKS, LAYOUTS, TITLES, page_numbers
from tests.generator.grids import sheets

ISSUERS = (
    "云南省人民政府办公厅", "德阳市人民政府", "绵竹市人民政府", "渭南市教育局", "长沙市岳麓区人民政府", "大邑县安仁镇人民政府",
    "东莞市市场监督管理局", "贵阳市南明区水口寺街道办事处", "国家税务总局兰溪市税务局", "洛阳市住房和城乡建设局",
)  # fmt: skip
_LAYOUTS = tuple(LAYOUTS)


@dataclass(frozen=True)
class Made:
    """A report as bytes, and what it says. ``exact`` where no digit and no blank cell has lost its place."""

    name: str
    data: bytes
    how: str
    issuer: str
    year: int
    known: Facts
    numbers: tuple[int, ...]  # of running text
    policies: tuple[str, ...]
    exact: bool
    pages: Mapping[str, int]  # on which page of a PDF a heading or a cell stands


def make(seed: int, *, kind: str = "") -> Made:
    """A report of the form of 2019 or 2021; ``kind`` is "txt", "html", "docx" or "pdf", else any but the last."""
    random = Random(f"whole/{seed}")
    kind = kind or random.choice(["txt", "txt", "html", "html", "docx"])
    year = random.randint(2019, 2025)
    edition = "2021" if year >= 2021 else "2019"
    issuer = random.choice(ISSUERS)
    layout = "" if kind == "pdf" or (kind != "txt" and random.random() < 0.6) else random.choice(_LAYOUTS)
    blanks = random.choice([0.0, 0.0, 0.0, 0.4])
    known = facts(
        seed,
        edition,
        size=random.choice([3, 40, 40, 2000]),
        blanks=blanks,
        falls=0.5 if layout not in GLUED else 0,
    )
    style = _style(random, layout)
    damage = random.choice(["", "", "", *DAMAGES])
    if damage == "split_labels" and layout in KEEPS_BLANKS:
        damage = "spaced_words"  # a row that keeps its bars keeps its line
    tables = blocks(known, style)
    if damage:
        tables = DAMAGES[damage](tables, seed)
    script = random.choice(["simplified"] * 4 + list(spoil.SCRIPTS))
    spam, losses = random.random() < 0.2, random.random() < 0.2
    numbers = tuple(random.sample(range(101, 9000), 4))
    prose, policies = _prose(issuer, year, edition, numbers)
    pictures = random.random() < 0.06
    if pictures:
        known, layout = Facts(edition, {}), ""
    middle: list[Part] = _pictures() if pictures else _middle(random, tables, edition, layout)
    opening, closing = _spoilt(random, prose, spam=spam, losses=losses)
    parts: list[Part] = [*opening, *middle, *closing]
    title = f"{issuer}{year}年政府信息公开工作年度报告"
    data, encoding, pages = _file(kind, parts, random, title=title, issuer=issuer, script=script)
    keeps = (
        not known.blanks
        or not layout
        or (layout in KEEPS_BLANKS and layout not in ("markdown", "broken_bars"))
    )
    keeps = keeps and not (damage == "misspelt" and layout in ("one_line", "values_inside"))
    how = f"{kind} {edition} {layout or 'grid'} {damage} {script} {encoding} blanks={blanks} spam={spam} lost={losses} {style}"
    return Made(
        f"made-{seed}.{kind}",
        data,
        how,
        issuer,
        year,
        known,
        numbers,
        policies,
        keeps and layout not in GLUED,
        pages,
    )


def _style(random: Random, layout: str) -> Style:
    style = Style(
        zero=random.choice(["0", "0", "0", "0", "无", "零", "未收到"]),
        thousands=random.choice(["", "", ","]),
        wide=random.random() < 0.1,
        signs=random.choice(["plain", "plus", "words"]),
        unit=random.choice(["", "", "", "件"]),
    )
    if layout in GLUED:
        return Style()
    if not layout or layout in KEEPS_BLANKS:
        return replace(
            style,
            blank=random.choice(["", "", "/", "—", "-"])
            if layout not in ("broken_bars", "bar_and_cell", "cell_and_bar")
            else "",
        )
    return style


def _prose(
    issuer: str, year: int, edition: str, numbers: tuple[int, ...]
) -> tuple[list[Line], tuple[str, ...]]:
    number, notice = {
        "2021": ("国办公开办函〔2021〕30号", "关于印发中华人民共和国政府信息公开工作年度报告格式的通知"),
        "2019": ("国办公开办函〔2019〕60号", "关于政府信息公开工作年度报告有关事项的通知"),
    }[edition]
    site, training, interviews, answers = numbers
    lines = [
        Line(f"{issuer}{year}年政府信息公开工作年度报告", heading=True),
        Line(
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和"
            f"《国务院办公厅政府信息与政务公开办公室{notice}》（{number}）编制本报告。"
            f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        ),
        Line("一、总体情况", heading=True),
        Line(
            f"{year}年，我们坚持以公开为常态，扎实做好各项工作。全年通过政府网站公开政府信息{site}条。组织业务培训{training}人次。"
        ),
        Line(f"加强政策解读，全年开展在线访谈{interviews}次。答复网民留言{answers}条。"),
        Line("五、存在的主要问题及改进情况", heading=True),
        Line("一是解读形式单一。二是人员力量不足。"),
        Line("六、其他需要报告的事项", heading=True),
        Line("无。"),
        Line(issuer),
        Line(f"{year + 1}年1月20日"),
    ]
    return lines, ("中华人民共和国政府信息公开条例", number)


def _spoilt(random: Random, prose: list[Line], *, spam: bool, losses: bool) -> tuple[list[Line], list[Line]]:
    words = [line.text for line in prose]
    if spam:
        words = [words[0], *spoil.advertised(words[1:], random)]
    if losses:
        words = [words[0], *(spoil.lost(text, random) for text in words[1:])]
    lines = [Line(text, line.heading) for text, line in zip(words, prose, strict=True)]
    return lines[:5], lines[5:]


def _middle(random: Random, tables: dict[str, list[Block]], edition: str, layout: str) -> list[Part]:
    if not layout:
        return list(sheets(tables, edition, shape=random.choice(["usual", "usual", "each", "one", "pages"])))
    text = LAYOUTS[layout](tables)
    if layout in ("row_a_line", "cell_a_line", "values_below") and random.random() < 0.3:
        text = page_numbers(text, random.randint(1, 9))
    return [Line(line) if layout == "no_breaks" else Line(text.rstrip("\n")) for line in [text]]


def _pictures() -> list[Part]:
    """The headings of the tables, which themselves are pictures and leave no text."""
    return [Line(title, heading=True) for title in TITLES.values()]


def _file(
    kind: str, parts: list[Part], random: Random, *, title: str, issuer: str, script: str
) -> tuple[bytes, str, dict[str, int]]:
    encoding = "utf-8"
    if kind in ("txt", "html"):
        encoding = random.choice(["utf-8", "utf-8", *spoil.ENCODINGS])
        if encoding == "big5" and script not in ("traditional", "taiwan"):
            encoding = "gb18030" if script == "simplified" else "utf-8"
    if kind == "docx":
        return to_docx([_scripted(part, script, random) for part in parts]), encoding, {}
    if kind == "pdf":
        data, pages = to_pdf(parts)
        return data, encoding, pages
    text = (
        to_text(parts, random)
        if kind == "txt"
        else to_html(parts, random, title=title, issuer=issuer, encoding=encoding)
    )
    return spoil.encoded(spoil.written(text, script, random), encoding), encoding, {}


def _scripted(part: Part, script: str, random: Random) -> Part:
    if isinstance(part, Line):
        return Line(spoil.written(part.text, script, random), part.heading)
    rows = [
        [(spoil.written(text, script, random), down, across) for text, down, across in row]
        for row in part.rows
    ]
    return Sheet(spoil.written(part.title, script, random), rows, part.columns)
