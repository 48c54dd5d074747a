"""Documents with real grids, made without the text stage."""

from array import array
from dataclasses import dataclass

from kg.text.document import Cell, Document, OffsetMap, Source, Span, Table
from tests.generator.facts import Block, Facts, Style, blocks, form_rows
from tests.generator.flat import DAMAGES, LAYOUTS, TITLES

INTRODUCTION = (
    "云川市2022年政府信息公开工作年度报告\n一、总体情况\n全年共收到政府信息公开申请{new}件，其中予以公开{disclosed}件，"
    "不予公开3件，无法提供2件，结转下年度继续办理1件。全年行政许可决定120件，行政处罚15件。\n"
)

CLOSING = (
    "五、存在的主要问题及改进情况\n一是解读形式单一，2023年将开展培训4次。\n六、其他需要报告的事项\n无。\n"
)


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
    tables = blocks(known, Style(zero=zero))
    if damage:
        tables = DAMAGES[damage](tables, seed)
    return document(introduction(known) + LAYOUTS[layout](tables) + CLOSING)


class Writer:
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


Rows = list[list[tuple[str, int, int]]]


@dataclass(frozen=True)
class Sheet:
    """A real table: rows of (text, rows down, columns across); a cell fills the first free place. ``title`` stands above it."""

    title: str
    rows: Rows
    columns: int


def sheets(tables: dict[str, list[Block]], edition: str, *, shape: str = "usual") -> list[Sheet]:
    """The tables of a report as real grids.

    Shapes: ``usual`` (all items of section two in one), ``each`` (one for each item), ``one`` (all sections in one),
    ``pages`` (section three in two, the header again over the second).
    """
    two = [(block.title, _two(block)) for block in tables["s2"]]
    width = max(len(block.header[0]) for block in tables["s2"])
    whole: Rows = []
    for block, (_, rows) in zip(tables["s2"], two, strict=True):
        spare = width - len(block.header[0])
        whole += [[*row[:-1], (row[-1][0], row[-1][1], row[-1][2] + spare)] for row in rows]
    if shape == "each":
        found = [
            Sheet(TITLES["s2"] if not index else "", rows, sum(cell[2] for cell in rows[0]))
            for index, (_, rows) in enumerate(two)
        ]
    else:
        found = [Sheet(TITLES["s2"], whole, width)]
    (three,), (four,) = tables["s3"], tables["s4"]
    requests = Sheet(TITLES["s3"], [*_three_head(three), *_three_body(three, edition)], 10)
    found += _cut(requests, 11, header_again=True) if shape == "pages" else [requests]
    found += [Sheet(TITLES["s4"], _four(four), 15)]
    if shape != "one":
        return found
    rows = []
    for sheet in found:
        rows.append([(sheet.title, 1, 15)])
        for row in sheet.rows:
            reach = sum(across for _, _, across in row) if sheet.columns < 10 else 0
            last = row[-1]
            rows.append([*row[:-1], (last[0], last[1], last[2] + 15 - reach)] if reach else row)
        if sheet.columns == 10:
            rows[-len(sheet.rows)][-1] = (sheet.rows[0][-1][0], 1, 7)
    return [Sheet("", rows, 15)]


def _two(block: Block) -> Rows:
    lines = [*block.header, *([*labels, *values] for labels, values in block.body)]
    return [[(block.title, 1, len(block.header[0]))], *([(cell, 1, 1) for cell in line] for line in lines)]


def _three_head(block: Block) -> Rows:
    head = block.header
    return [
        [(block.title, 3, 3), (head[0][0], 1, 7)],
        [(head[1][0], 2, 1), (head[1][1], 1, 5), (head[1][2], 2, 1)],
        [(cell, 1, 1) for cell in head[2]],
    ]


def _four(block: Block) -> Rows:
    results = block.header[2]
    return [
        [(block.header[0][0], 1, 5), (block.header[0][1], 1, 10)],
        [*((cell, 2, 1) for cell in results[:5]), (block.header[1][5], 1, 5), (block.header[1][6], 1, 5)],
        [(cell, 1, 1) for cell in results],
        [(cell, 1, 1) for cell in block.body[0][1]],
    ]


def grid_report(
    known: Facts, *, damage: str = "", seed: int = 0, page_break: int = 0, header_again: bool = False
) -> Document:
    """A report with real grids; ``page_break`` cuts section three's after so many rows."""
    tables = blocks(known)
    if damage:
        tables = DAMAGES[damage](tables, seed)
    writer = Writer(introduction(known))
    for sheet in sheets(tables, known.edition):
        writer.text += sheet.title + "\n"
        cut = page_break and sheet.columns == 10
        for piece in _cut(sheet, page_break, header_again=header_again) if cut else [sheet]:
            writer.table(piece.rows, piece.columns)
    return document(writer.text + CLOSING, tuple(writer.tables))


def _cut(sheet: Sheet, after: int, *, header_again: bool) -> list[Sheet]:
    """Section three's table in two, cut after so many rows."""
    top, body = sheet.rows[:3], sheet.rows[3:]
    rest = [_padded([(cell[0], 1, cell[2]) for cell in row]) for row in body[after:]]
    return [
        Sheet(sheet.title, [*top, *body[:after]], sheet.columns),
        Sheet("", [*(top if header_again else []), *rest], sheet.columns),
    ]


def _three_body(block: Block, edition: str) -> list[list[tuple[str, int, int]]]:
    codes = [code for code, _, _ in form_rows(edition)]
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


def headless_report(known: Facts, layout: str, *, only_two: bool = False) -> Document:
    """A report whose tables of section two have lost their header rows; ``only_two`` where it has no other tables."""
    tables = blocks(known)
    if layout != "grid":
        two = [Block(block.title, [], block.body) for block in tables["s2"]]
        text = LAYOUTS[layout]({**tables, "s2": two})
        text = text[: text.index(TITLES["s3"])] if only_two else text
        return document(introduction(known) + text + CLOSING)
    writer = Writer(introduction(known))
    for sheet in sheets(tables, known.edition)[: 1 if only_two else 3]:
        writer.text += sheet.title + "\n"
        writer.table([row for row in sheet.rows if row[0][0] != tables["s2"][0].header[0][0]], sheet.columns)
    return document(writer.text + CLOSING, tuple(writer.tables))
