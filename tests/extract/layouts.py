"""Sections two to four of an annual report from known figures, in every layout in which such reports are published.

``facts(seed, edition)`` invents figures whose sums hold; ``blocks`` lays them out as the tables of the form; ``LAYOUTS`` writes the
tables as text, ``grids`` as real grids. What comes back from reading must be what went in.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from kg.schema.form import Form
from kg.text.document import Cell, Document, OffsetMap, Source, Span, Table

Key = tuple[str, str]

APPLICANTS = ["natural", "enterprise", "research", "nonprofit", "legal", "other", "total"]
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RESULTS = ["upheld", "corrected", "other", "pending", "total"]
RESULT_HEADS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
GROUPS = {"review": "行政复议", "suit_direct": "未经复议直接起诉", "suit_after_review": "复议后起诉"}

# code, category cell or "", label
ROWS = [
    ("new", "", "一、本年新收政府信息公开申请数量"),
    ("carried_in", "", "二、上年结转政府信息公开申请数量"),
    ("disclosed", "三、本年度办理结果", "（一）予以公开"),
    ("partly", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("refuse_1", "（三）不予公开", "1.属于国家秘密"),
    ("refuse_2", "", "2.其他法律行政法规禁止公开"),
    ("refuse_3", "", "3.危及“三安全一稳定”"),
    ("refuse_4", "", "4.保护第三方合法权益"),
    ("refuse_5", "", "5.属于三类内部事务信息"),
    ("refuse_6", "", "6.属于四类过程性信息"),
    ("refuse_7", "", "7.属于行政执法案卷"),
    ("refuse_8", "", "8.属于行政查询事项"),
    ("unable_1", "（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("unable_2", "", "2.没有现成信息需要另行制作"),
    ("unable_3", "", "3.补正后申请内容仍不明确"),
    ("ignore_1", "（五）不予处理", "1.信访举报投诉类申请"),
    ("ignore_2", "", "2.重复申请"),
    ("ignore_3", "", "3.要求提供公开出版物"),
    ("ignore_4", "", "4.无正当理由大量反复申请"),
    ("ignore_5", "", "5.要求行政机关确认或重新出具已获取信息"),
    ("other", "", "（六）其他处理"),
    ("other_1", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_2", "", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_3", "", "3.其他"),
    ("total", "", "（七）总计"),
    ("carried_out", "", "四、结转下年度继续办理"),
]
ITEMS = {
    "2021": [
        ("一", ["本年制发件数", "本年废止件数", "现行有效件数"], ["made", "repealed", "in_force"],
         [("s2.1.rules", "规章"), ("s2.1.normative", "行政规范性文件")]),
        ("五", ["本年处理决定数量"], ["decisions"], [("s2.5.licence", "行政许可")]),
        ("六", ["本年处理决定数量"], ["decisions"], [("s2.6.penalty", "行政处罚"), ("s2.6.coercion", "行政强制")]),
        ("八", ["本年收费金额（单位：万元）"], ["amount"], [("s2.8.fee", "行政事业性收费")]),
    ],
    "2019": [
        ("一", ["本年新制作数量", "本年新公开数量", "对外公开总数量"], ["made", "published", "in_force"],
         [("s2.1.rules", "规章"), ("s2.1.normative", "规范性文件")]),
        ("五", ["上一年项目数量", "本年增/减", "处理决定数量"], ["previous", "change", "decisions"],
         [("s2.5.licence", "行政许可"), ("s2.5.other", "其他对外管理服务事项")]),
        ("六", ["上一年项目数量", "本年增/减", "处理决定数量"], ["previous", "change", "decisions"],
         [("s2.6.penalty", "行政处罚"), ("s2.6.coercion", "行政强制")]),
        ("八", ["上一年项目数量", "本年增/减"], ["previous", "change"], [("s2.8.fee", "行政事业性收费")]),
        ("九", ["采购项目数量", "采购总金额"], ["projects", "amount"], [("s2.9.procurement", "政府集中采购")]),
    ],
}  # fmt: skip
INTRODUCTION = (
    "云川市2022年政府信息公开工作年度报告\n一、总体情况\n全年共收到政府信息公开申请{new}件，其中予以公开{disclosed}件，"
    "不予公开3件，无法提供2件，结转下年度继续办理1件。全年行政许可决定120件，行政处罚15件。\n"
)


@dataclass(frozen=True)
class Block:
    """A table: header rows and body rows of cells, the body's as (labels, values)."""

    title: str
    header: list[list[str]]
    body: list[tuple[list[str], list[str]]]


@dataclass(frozen=True)
class Facts:
    edition: str
    values: dict[Key, Decimal]
    blanks: frozenset[Key] = field(default_factory=frozenset)

    @property
    def expected(self) -> dict[Key, Decimal]:
        return {key: value for key, value in self.values.items() if key not in self.blanks}


def facts(seed: int, edition: str, *, size: int = 40, blanks: float = 0.0, error: bool = False) -> Facts:
    """Figures whose sums hold; ``size`` is the largest cell, ``blanks`` the share of zero cells left blank."""
    random = Random(f"{seed}/{edition}/{size}")
    values: dict[Key, Decimal] = {}
    results = [
        code for code, _, _ in _rows(edition) if code not in ("new", "carried_in", "total", "carried_out")
    ]
    cells: dict[tuple[str, str], int] = {}
    for code in results:
        for column in APPLICANTS[:-1]:
            weight = 0.5 if column == "natural" else 0.12
            cells[code, column] = random.randint(1, size) if random.random() < weight else 0
    for column in APPLICANTS[:-1]:
        cells["total", column] = sum(cells[code, column] for code in results)
        cells["carried_out", column] = random.choice([0, 0, random.randint(0, size)])
        due = cells["total", column] + cells["carried_out", column]
        cells["carried_in", column] = random.randint(0, min(due, size // 4))
        cells["new", column] = due - cells["carried_in", column]
    for code, _, _ in _rows(edition):
        cells[code, "total"] = sum(cells[code, column] for column in APPLICANTS[:-1])
        for column in APPLICANTS:
            values[f"s3.{code}", column] = Decimal(cells[code, column])
    if error:
        code = random.choice(results)
        values[f"s3.{code}", "total"] += 1
    for group in GROUPS:
        parts = [random.choice([0, random.randint(0, size)]) for _ in RESULTS[:-1]]
        for name, value in zip(RESULTS, [*parts, sum(parts)], strict=True):
            values[f"s4.{group}.{name}", ""] = Decimal(value)
    for _, _, columns, rows in ITEMS[edition]:
        for row, _ in rows:
            for column in columns:
                value = Decimal(random.choice([0, random.randint(0, size * 30)]))
                if column == "amount" and random.random() < 0.5:
                    value += Decimal("0.5")
                values[f"{row}.{column}", ""] = value
    empty = frozenset(key for key in sorted(values) if values[key] == 0 and random.random() < blanks)
    return Facts(edition, values, empty)


def _rows(edition: str) -> list[tuple[str, str, str]]:
    if edition == "2021":
        return [row for row in ROWS if row[0] != "other"]
    return [row for row in ROWS if not row[0].startswith("other_")]


def _printed(known: Facts, key: Key, zero: str) -> str:
    if key in known.blanks:
        return ""
    value = known.values[key]
    return zero if value == 0 else str(value)


def blocks(known: Facts, *, zero: str = "0") -> dict[str, list[Block]]:
    """The tables of sections two, three and four."""
    two = [
        Block(
            f"第二十条第（{item}）项",
            [["信息内容", *heads]],
            [
                ([label], [_printed(known, (f"{row}.{column}", ""), zero) for column in columns])
                for row, label in rows
            ],
        )
        for item, heads, columns, rows in ITEMS[known.edition]
    ]
    three = Block(
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        [["申请人情况"], ["自然人", "法人或其他组织", "总计"], HEADS[1:-1]],
        [
            (
                [text for text in (category, label) if text],
                [_printed(known, (f"s3.{code}", column), zero) for column in APPLICANTS],
            )
            for code, category, label in _rows(known.edition)
        ],
    )
    keys = [(f"s4.{group}.{name}", "") for group in GROUPS for name in RESULTS]
    four = Block(
        "",
        [["行政复议", "行政诉讼"], [*RESULT_HEADS, "未经复议直接起诉", "复议后起诉"], RESULT_HEADS * 2],
        [([], [_printed(known, key, zero) for key in keys])],
    )
    return {"s2": two, "s3": [three], "s4": [four]}


TITLES = {
    "s2": "二、主动公开政府信息情况",
    "s3": "三、收到和处理政府信息公开申请情况",
    "s4": "四、政府信息公开行政复议、行政诉讼情况",
}
CLOSING = (
    "五、存在的主要问题及改进情况\n一是解读形式单一，2023年将开展培训4次。\n六、其他需要报告的事项\n无。\n"
)


# ---------------------------------------------------------------- text


def _lines(tables: dict[str, list[Block]], table: Callable[[Block], str]) -> str:
    parts = []
    for name, title in TITLES.items():
        parts.append(title)
        parts.extend(table(block) for block in tables[name])
    return "\n".join(parts) + "\n"


def _all_rows(block: Block) -> list[list[str]]:
    title = [[block.title]] if block.title else []
    return [*title, *block.header, *([*labels, *values] for labels, values in block.body)]


def cell_a_line(tables: dict[str, list[Block]]) -> str:
    return _lines(tables, lambda block: "\n".join(cell for row in _all_rows(block) for cell in row if cell))


def row_a_line(tables: dict[str, list[Block]]) -> str:
    return _lines(
        tables, lambda block: "\n".join(" ".join(cell for cell in row if cell) for row in _all_rows(block))
    )


def wide_spaces(tables: dict[str, list[Block]]) -> str:
    return _lines(
        tables, lambda block: "\n".join("   ".join(cell for cell in row if cell) for row in _all_rows(block))
    )


def tabs(tables: dict[str, list[Block]]) -> str:
    return _lines(tables, lambda block: "\n".join("\t".join(row) for row in _all_rows(block)))


def pipes(tables: dict[str, list[Block]]) -> str:
    return _lines(tables, lambda block: "\n".join("| " + " | ".join(row) + " |" for row in _all_rows(block)))


def trailing_pipes(tables: dict[str, list[Block]]) -> str:
    return _lines(
        tables, lambda block: "\n".join("".join(f"{cell}|" for cell in row) for row in _all_rows(block))
    )


def double_pipes(tables: dict[str, list[Block]]) -> str:
    return _lines(
        tables,
        lambda block: "\n".join("".join(f"{cell or ' '} || " for cell in row) for row in _all_rows(block)),
    )


def one_line(tables: dict[str, list[Block]]) -> str:
    return " ".join(
        _lines(
            tables, lambda block: " ".join(cell for row in _all_rows(block) for cell in row if cell)
        ).split("\n")
    )


def undelimited(tables: dict[str, list[Block]]) -> str:
    return _lines(tables, lambda block: "".join(cell for row in _all_rows(block) for cell in row))


def values_below(tables: dict[str, list[Block]]) -> str:
    """Each label on its lines, its figures on the next."""

    def table(block: Block) -> str:
        lines = [" ".join(row) for row in ([block.title], *block.header) if any(row)]
        for labels, values in block.body:
            lines += [*labels, " ".join(value for value in values if value)]
        return "\n".join(lines)

    return _lines(tables, table)


def values_inside(tables: dict[str, list[Block]]) -> str:
    """Long labels broken in two lines with the figures between, as text drawn from a page stands."""

    def table(block: Block) -> str:
        lines = [" ".join(row) for row in ([block.title], *block.header) if any(row)]
        for labels, values in block.body:
            figures = " ".join(value for value in values if value)
            if labels and len(labels[-1]) >= 12:
                middle = len(labels[-1]) * 2 // 3
                lines += [*labels[:-1], labels[-1][:middle], figures, labels[-1][middle:]]
            else:
                lines.append(" ".join([*labels, figures]))
        return "\n".join(lines)

    return _lines(tables, table)


LAYOUTS = {
    layout.__name__: layout
    for layout in (
        cell_a_line, row_a_line, wide_spaces, tabs, pipes, trailing_pipes, double_pipes, one_line, undelimited, values_below,
        values_inside,
    )
}  # fmt: skip
KEEPS_BLANKS = ("tabs", "pipes", "trailing_pipes", "double_pipes")


# ---------------------------------------------------------------- what befalls labels


def _labels(
    tables: dict[str, list[Block]], change: Callable[[str], str], heads: bool = True
) -> dict[str, list[Block]]:
    return {
        name: [
            Block(
                block.title,
                [[change(cell) if heads else cell for cell in row] for row in block.header],
                [([change(cell) for cell in labels], values) for labels, values in block.body],
            )
            for block in group
        ]
        for name, group in tables.items()
    }


def split_labels(tables: dict[str, list[Block]], seed: int) -> dict[str, list[Block]]:
    """Labels broken over lines: 商业/企业, 三、本/年度/办理/结果."""
    return _labels(
        tables,
        lambda text: "\n".join(text[i : i + 4] for i in range(0, len(text), 4)) if len(text) > 3 else text,
    )


def spaced_words(tables: dict[str, list[Block]], seed: int) -> dict[str, list[Block]]:
    random = Random(seed)

    def change(text: str) -> str:
        at = random.randrange(1, len(text)) if len(text) > 1 else 0
        return text if at == 0 or text[at - 1].isdigit() else text[:at] + " " + text[at:]

    return _labels(tables, change)


def misspelt(tables: dict[str, list[Block]], seed: int) -> dict[str, list[Block]]:
    """A wrong or a lost character in one label of three."""
    random = Random(seed)

    def change(text: str) -> str:
        if len(text) < 8 or random.random() > 0.34:
            return text
        at = random.randrange(len(text) // 2, len(text) - 1)
        return text[:at] + random.choice(["", "甲"]) + text[at + 1 :]

    return _labels(tables, change, heads=False)


def noted(tables: dict[str, list[Block]], seed: int) -> dict[str, list[Block]]:
    """Notes inside labels."""
    random = Random(seed)
    return _labels(
        tables,
        lambda text: text + "（含上年转来2件）" if len(text) > 6 and random.random() < 0.3 else text,
        heads=False,
    )


DAMAGES = {change.__name__: change for change in (split_labels, spaced_words, misspelt, noted)}


def page_numbers(text: str, seed: int) -> str:
    """A page number on a line of its own somewhere among the rows of section three."""
    lines = text.split("\n")
    inside = [
        index
        for index, line in enumerate(lines)
        if any(words in line for words in ("查询事项", "重复申请", "合法权益"))
    ]
    for index in reversed(inside[:1]):
        lines.insert(index, f"— {seed % 9 + 2} —")
    return "\n".join(lines)


# ---------------------------------------------------------------- documents


def document(text: str, tables: tuple[Table, ...] = ()) -> Document:
    """A document of plain text; ASCII brackets, commas and colons between words are folded as the text stage does."""
    folded = text.translate(str.maketrans("():", "（）："))
    size = len(text)
    offsets = OffsetMap(array("q", range(size)), array("q", range(1, size + 1)))
    return Document(
        Source("made.txt", "text/plain", "", size), text, folded, offsets, Span(0, size), tables=tables
    )


def introduction(known: Facts) -> str:
    return INTRODUCTION.format(
        new=known.values["s3.new", "total"], disclosed=known.values["s3.disclosed", "total"]
    )


def text_report(known: Facts, layout: str, *, damage: str = "", seed: int = 0, zero: str = "0") -> Document:
    """A report as text in one layout, its labels damaged in one way."""
    tables = blocks(known, zero=zero)
    if damage:
        tables = DAMAGES[damage](tables, seed)
    return document(introduction(known) + LAYOUTS[layout](tables) + CLOSING)


class _Writer:
    """Writes grids into a text, cell by cell."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tables: list[Table] = []

    def table(self, rows: list[list[tuple[str, int, int]]], columns: int) -> None:
        """Rows of (text, rowspan, colspan) become a grid; cells fill the first free place."""
        taken: set[tuple[int, int]] = set()
        cells = []
        start = len(self.text)
        for number, row in enumerate(rows):
            column = 0
            for words, down, across in row:
                while (number, column) in taken:
                    column += 1
                at = len(self.text)
                self.text += words
                cells.append(Cell(words, Span(at, len(self.text)), number, column, down, across))
                taken.update((number + i, column + j) for i in range(down) for j in range(across))
                self.text += "\t"
            self.text += "\n"
        self.tables.append(Table(tuple(cells), len(rows), columns, Span(start, len(self.text))))


def grid_report(
    known: Facts, *, damage: str = "", seed: int = 0, page_break: int = 0, header_again: bool = False
) -> Document:
    """A report with real grids; ``page_break`` cuts section three's after so many rows."""
    tables = blocks(known)
    if damage:
        tables = DAMAGES[damage](tables, seed)
    writer = _Writer(introduction(known) + TITLES["s2"] + "\n")
    width = max(len(block.header[0]) for block in tables["s2"])
    rows: list[list[tuple[str, int, int]]] = []
    for block in tables["s2"]:
        rows.append([(block.title, 1, width)])
        spare = width - len(block.header[0]) + 1
        for line in [*block.header, *([*labels, *values] for labels, values in block.body)]:
            rows.append([*((cell, 1, 1) for cell in line[:-1]), (line[-1], 1, spare)])
    writer.table(rows, width)
    writer.text += TITLES["s3"] + "\n"
    (three,) = tables["s3"]
    head = three.header
    top = [
        [(three.title, 3, 3), (head[0][0], 1, 7)],
        [(head[1][0], 2, 1), (head[1][1], 1, 5), (head[1][2], 2, 1)],
        [(cell, 1, 1) for cell in head[2]],
    ]
    body = _three_body(three, known.edition)
    if page_break:
        writer.table([*top, *body[:page_break]], 10)
        rest = [[(cell[0], 1, cell[2]) for cell in row] for row in body[page_break:]]
        writer.table([*(top if header_again else []), *(_padded(row) for row in rest)], 10)
    else:
        writer.table([*top, *body], 10)
    writer.text += TITLES["s4"] + "\n"
    (four,) = tables["s4"]
    results = four.header[2]
    writer.table(
        [
            [(four.header[0][0], 1, 5), (four.header[0][1], 1, 10)],
            [*((cell, 2, 1) for cell in results[:5]), (four.header[1][5], 1, 5), (four.header[1][6], 1, 5)],
            [(cell, 1, 1) for cell in results],
            [(cell, 1, 1) for cell in four.body[0][1]],
        ],
        15,
    )
    return document(writer.text + CLOSING, tuple(writer.tables))


def _three_body(block: Block, edition: str) -> list[list[tuple[str, int, int]]]:
    codes = [code for code, _, _ in _rows(edition)]
    sizes = {"disclosed": len(codes) - 3, "refuse_1": 8, "unable_1": 3, "ignore_1": 5, "other_1": 3}
    rows = []
    for code, (labels, values) in zip(codes, block.body, strict=True):
        cells: list[tuple[str, int, int]] = []
        if len(labels) == 2:
            cells.append((labels[0], sizes[code], 1))
        across = 3 if code in ("new", "carried_in", "carried_out") else 2 if "_" not in code else 1
        rows.append([*cells, (labels[-1], 1, across), *((value, 1, 1) for value in values)])
    return rows


def _padded(row: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """A row whose merged cells stayed on the page before."""
    missing = 10 - sum(across for _, _, across in row)
    return [*[("", 1, 1)] * missing, *row]


# ---------------------------------------------------------------- annexes before 2019


def annex(
    form: Form, layout: str, *, seed: int = 0, two: bool = False
) -> tuple[Document, dict[tuple[str, bool], Decimal]]:
    """The annex of a report before 2019 with figures made up, and what it says by indicator and column."""
    random = Random(seed)
    rows = [["统计指标", "单位", "统计数", *(["历年累计"] if two else [])]]
    known: dict[tuple[str, bool], Decimal] = {}
    for row in form.table("annex").rows:
        mark = row.ordinal + ("．" if row.ordinal.isdigit() else "、" if len(row.ordinal) == 1 else "")
        if row.heading:
            rows.append([mark + row.label.title, *["——"] * (len(rows[0]) - 1)])
            continue
        value = random.choice([0, random.randint(1, 5000)])
        note = "（不同渠道和方式公开相同信息计1条）" if row.indicator == "old.disclosed" else ""
        rows.append([(mark or random.choice(["其中：", ""])) + row.label.title + note, row.unit, str(value)])
        known[row.indicator, False] = Decimal(value)
        if two:
            rows[-1].append(str(value + 7))
            known[row.indicator, True] = Decimal(value + 7)
    rows.append(["十、办理政协提案数", "件", "17", *(["20"] if two else [])])
    known["", False] = Decimal(17)
    if two:
        known["", True] = Decimal(20)
    if layout == "grid":
        writer = _Writer("附表\n")
        writer.table([[(cell, 1, 1) for cell in row] for row in rows], len(rows[0]))
        return document(writer.text, tuple(writer.tables)), known
    between, after = {
        "lines": ("\n", "\n"),
        "tabs": ("\t", "\n"),
        "spaces": (" ", "\n"),
        "pipes": (" | ", "\n"),
        "none": ("", ""),
    }[layout]
    text = "附件：政府信息公开情况统计表\n" + after.join(between.join(row) for row in rows)
    return document(text + "\n单位负责人：张三 填报日期：2017年1月3日\n"), known
