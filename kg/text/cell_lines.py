"""Tables copied a cell a line or a paragraph, in which a blank cell left a blank one: the count of lines tells which cell each figure fills.

A blank line is a blank cell only where the lines bear it out: the rows of a table have one number of cells, and some column
holds a figure in one row and a blank line before a later figure in another. Where the cells themselves stand apart by blank
lines, a blank cell makes that many more; where this can be counted in two ways, the lines are left as they are.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from kg.text.aligned import is_figure
from kg.text.navigation import is_page_number
from kg.text.raw import Block, Grid, GridCell, Piece
from kg.text.traced import Traced

_ORDINAL = re.compile(
    r"\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|[①-⑳]"
)
_PROSE = re.compile("[。；!！?？]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_LONGEST = 60
_WIDEST = 20  # cells of a row
_MOST_APART = 3  # blank lines between two cells
_MOST_LINES = 3  # that the label of a first row takes
_LEAST_ROWS = 5  # of a table in which a row may be odd
_ODD = 0.2
_NOTHING = Traced.of("")

Cells = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class CellLines:
    """The rows of a table, from one line up to another."""

    start: int
    end: int
    grid: Grid


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines of words, and the lines of figures after them; a blank cell is None."""

    labels: tuple[int, ...]
    cells: Cells
    torn: bool = False  # by the number of a page

    def fits(self, width: int, *, last: bool) -> bool:
        """Whether the row has this many cells; behind the last one of a table blank lines may stand."""
        more = self.cells[width:]
        return (
            not self.torn and len(self.cells) >= width and (last or not more) and not any(map(_is_line, more))
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows under one header, most of them of one width."""

    rows: tuple[_Row, ...]
    width: int

    @property
    def fitting(self) -> list[bool]:
        """For each row whether it is of that width."""
        return [row.fits(self.width, last=row is self.rows[-1]) for row in self.rows]

    @property
    def proves(self) -> bool:
        """Whether a blank line must be a cell: before a figure, in a column where another row has one."""
        rows = [row.cells for row, fits in zip(self.rows, self.fitting, strict=True) if fits]
        filled = {at for cells in rows for at, cell in enumerate(cells) if cell is not None}
        inner = {
            at
            for cells in rows
            for at, cell in enumerate(cells)
            if cell is None and any(map(_is_line, cells[at:]))
        }
        return len(rows) >= _LEAST_ROWS and bool(filled & inner)


@dataclass(slots=True)
class _Draft:
    """A row as its lines come."""

    labels: list[int] = field(default_factory=list)
    cells: list[int | None] = field(default_factory=list)
    torn: bool = False


def find_cell_lines(lines: Sequence[Traced]) -> list[CellLines]:
    """The tables whose cells are lines, some of them blank.

    >>> words = "规章|2|1|规范性文件||41|公告|3|4|通知|5|6|目录|7|8".split("|")
    >>> [found] = find_cell_lines([Traced.of(line) for line in words])
    >>> [(cell.text.text, cell.row, cell.column) for cell in found.grid.cells if cell.row == 1]
    [('规范性文件', 1, 0), ('', 1, 1), ('41', 1, 2)]
    """
    texts = [line.text.strip().strip(_INVISIBLE).strip() for line in lines]
    filled = [at for at, text in enumerate(texts) if text]
    gaps = [right - left - 1 for left, right in pairwise(filled) if is_figure(texts[right])]
    apart = min(gaps, default=0)
    if not gaps or apart == max(gaps) or apart > _MOST_APART:
        return []
    ways: list[tuple[bool, list[_Rows]]] = []
    for step in range(1, apart + 2):
        rows, even = _drafts(texts, filled, apart, step)
        parts = _parted(rows)
        known = [table for rows in parts if (table := _rows(rows)) is not None]
        if any(table.proves for table in known):
            whole = all(_rows(rows) is not None for rows in parts if len(rows) >= _LEAST_ROWS)
            ways.append((even and whole, known))
    best = [way for way in ways if way[0]] if len(ways) > 1 else ways
    return [_found(lines, table) for table in best[0][1] if _has_blanks(table)] if len(best) == 1 else []


def with_tables(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a page with the tables whose cells are paragraphs, some of them blank."""
    whole: list[Piece] = []
    for blocks, run in groupby(pieces, key=lambda piece: isinstance(piece, Block) and not piece.aside):
        part = list(run)
        whole += _laid([piece for piece in part if isinstance(piece, Block)]) if blocks else part
    return whole


def _laid(blocks: Sequence[Block]) -> list[Piece]:
    if not any(block.gap or not block.text.text.strip() for block in blocks):
        return list(blocks)
    lines: list[Traced] = []
    places: list[int] = []
    for block in blocks:
        lines += [_NOTHING] * min(block.gap, _WIDEST * (_MOST_APART + 1))
        places.append(len(lines))
        lines.append(block.text)
    pieces: list[Piece] = []
    here = 0
    for found in find_cell_lines(lines):
        start, end = bisect_left(places, found.start), bisect_left(places, found.end)
        pieces += [*blocks[here:start], found.grid]
        pieces += [block for block in blocks[start:end] if is_page_number(block.text.text)]
        here = end
    return [*pieces, *blocks[here:]]


def _is_line(cell: int | None) -> bool:
    return cell is not None


def _drafts(
    texts: Sequence[str], filled: Sequence[int], apart: int, step: int
) -> tuple[list[_Row | None], bool]:
    """The rows in order, None where a paragraph parts them, and whether the blank lines before all figures can be counted so.

    Lines stand ``apart``, and a blank cell takes ``step`` more.
    """
    rows: list[_Row | None] = []
    even = True
    here = _Draft()

    def close() -> None:
        nonlocal here
        if here.labels:
            row = _Row(tuple(here.labels), tuple(here.cells), here.torn)
            rows.append(row if len(row.cells) <= _WIDEST else None)
        here = _Draft()

    before = -1
    for at in filled:
        blanks, rest = divmod(at - before - 1 - apart, step)
        if is_page_number(texts[at]):
            here.torn, before = True, at
            continue
        if here.torn:
            blanks, rest = max(0, blanks), 0
        words = not is_figure(texts[at])
        if here.labels:
            here.cells += [None] * blanks if blanks > 0 else []
        if words and (here.cells or rest or blanks < 0):
            close()
        elif not words and (rest or blanks < 0):
            here, even = _Draft(), False
            rows.append(None)
        before = at
        if words and (len(texts[at]) > _LONGEST or _PROSE.search(texts[at])):
            close()
            rows.append(None)
        elif words:
            here.labels.append(at)
        elif here.labels:
            here.cells.append(at)
    here.cells += [None] * max(0, (len(texts) - before - 1 - apart) // step)
    close()
    return rows, even


def _parted(rows: Sequence[_Row | None]) -> list[list[_Row]]:
    """The rows under each header: one begins where the words before a row are as many as its cells."""
    tables: list[list[_Row]] = [[]]
    for row in rows:
        if row is None:
            tables.append([])
        elif len(row.labels) > len(row.cells):
            tables.append([row])
        else:
            tables[-1].append(row)
    return [table for table in tables if table]


def _rows(rows: Sequence[_Row]) -> _Rows | None:
    """The rows as a table of the width that most of them have."""
    counts = Counter(len(row.cells) for row in rows)
    width = min(counts, key=lambda count: (-counts[count], count))
    table = _Rows(tuple(rows), width)
    odd = table.fitting.count(False)
    if width < 2 or (odd and (len(rows) < _LEAST_ROWS or odd > _ODD * len(rows))):
        return None
    return table


def _has_blanks(table: _Rows) -> bool:
    cells = [cell for row in table.rows for cell in row.cells[: table.width]]
    return any(cell is None for cell in cells) and any(cell is not None for cell in cells)


def _found(lines: Sequence[Traced], table: _Rows) -> CellLines:
    """A table as a grid, each label in the columns before the figures; an odd row has all its figures in one cell."""
    head = _head(table)
    lead = table.rows[0].labels
    first = lead[lead.index(head[-1]) + 1 :] if head else _last_label(lines, lead)
    labels = [first, *(row.labels for row in table.rows[1:])]
    words = [_labels(lines, here, each=bool(head)) for here in labels]
    before = max(map(len, words))
    cells = [GridCell(lines[at].strip(), 0, column) for column, at in enumerate(head)]
    for number, (row, parts, fits) in enumerate(
        zip(table.rows, words, table.fitting, strict=True), bool(head)
    ):
        cells += [GridCell(part, number, column) for column, part in enumerate(parts, before - len(parts))]
        figures = [lines[cell].strip() if cell is not None else _NOTHING for cell in row.cells]
        if fits:
            cells += [
                GridCell(figure, number, at) for at, figure in enumerate(figures[: table.width], before)
            ]
        else:
            whole = Traced.join(filter(len, figures), " ")
            cells.append(GridCell(whole, number, before, colspan=table.width))
    last = table.rows[-1]
    end = max([*last.labels, *(cell for cell in last.cells if cell is not None)])
    grid = Grid(tuple(cells), len(words) + bool(head), before + table.width)
    return CellLines((*head, *first)[0], end + 1, grid)


def _head(table: _Rows) -> tuple[int, ...]:
    """The words over the columns, where all rows have like many labels and all of these words stand before the first.

    Where the last column is blank throughout, it may be none, and then the words would not stand over their figures.
    """
    counts = {len(row.labels) for row in table.rows[1:]}
    ends = any(
        fits and row.cells[table.width - 1] is not None
        for row, fits in zip(table.rows, table.fitting, strict=True)
    )
    lead = table.rows[0].labels
    size = max(counts, default=0)
    start = len(lead) - 2 * size - table.width
    if len(counts) != 1 or not ends or start < 0:
        return ()
    return lead[start : len(lead) - size]


def _last_label(lines: Sequence[Traced], words: Sequence[int]) -> Sequence[int]:
    """The label at the end of a header: the last line, or from a number shortly before on."""
    for at in range(len(words) - 1, max(-1, len(words) - 1 - _MOST_LINES), -1):
        if _ORDINAL.match(lines[words[at]].text.strip()):
            return words[at:]
    return words[-1:]


def _labels(lines: Sequence[Traced], words: Sequence[int], *, each: bool) -> list[Traced]:
    """The labels of a row, a line each, or else from a number to the next."""
    parts: list[list[int]] = []
    for at in words:
        if each or not parts or _ORDINAL.match(lines[at].text.strip()):
            parts.append([at])
        else:
            parts[-1].append(at)
    return [Traced.join(lines[at].strip() for at in part) for part in parts]
