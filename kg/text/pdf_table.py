"""Tables of a PDF page: the boxes that ruling lines make, and the characters inside each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from kg.text.pdf_glyphs import opened, turned
from kg.text.pdf_lines import Glyph, Line, make_line
from kg.text.raw import Block, Grid, GridCell
from kg.text.traced import Traced

_CLOSE = 3.0
_THIN = 4.0
_LOWEST = 90.0
_HAN = re.compile("[\u3400-\u9fff]")

Box = tuple[float, float, float, float]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table on a page: its column edges and, once filled, its cells."""

    page: int
    edges: tuple[float, ...]
    rows: int
    boxes: tuple[Box, ...]
    cells: tuple[GridCell, ...]

    def grid(self) -> Grid:
        """The table without its geometry."""
        return Grid(self.cells, self.rows, len(self.edges) - 1)


@dataclass(slots=True)
class _Filling:
    """A table while the characters of its page are handed out."""

    table: Ruled
    glyphs: list[list[Glyph]] = field(default_factory=list)

    def cell_at(self, x: float, y: float) -> int:
        """The cell that holds this point, else one whose edge is within a point of it, or -1."""
        for slack in (0, 1):
            for index, (left, top, right, bottom) in enumerate(self.table.boxes):
                if left - slack <= x <= right + slack and top - slack <= y <= bottom + slack:
                    return index
        return -1

    def done(self) -> Ruled:
        """The table with its words."""
        cells = zip(self.table.cells, self.glyphs, strict=True)
        return replace(self.table, cells=tuple(replace(cell, text=_words(glyphs)) for cell, glyphs in cells))


def find_ruled(data: bytes, turns: Mapping[int, int]) -> dict[int, list[Ruled]]:
    """The tables that lines draw on pages, from top to bottom, still empty; ``turns`` says of each page how it is held."""
    if not turns:
        return {}
    found: dict[int, list[Ruled]] = {}
    try:
        with opened(data, list(turns)) as document:
            for page in document.pages:
                number = page.page_number - 1
                ruled = page.filter(_is_ruling)
                tables = [_ruled(number, boxes) for boxes in _grids(ruled, turns[number])]
                found[number] = [table for table in tables if table is not None]
                page.close()
    except Exception:
        # Pages whose drawing cannot be read have no tables; their text stands all the same.
        return found
    return found


def _grids(page: Any, turn: int) -> list[list[Box]]:
    """The boxes of each table on a page from top to bottom, and each box that stands alone."""
    finder = page.debug_tablefinder()
    grids = [list(table.cells) for table in finder.tables]
    inside = {box for boxes in grids for box in boxes}
    grids += [[box] for box in finder.cells if box not in inside]
    grids = [[turned(box, turn) for box in boxes] for boxes in grids]
    return sorted(grids, key=lambda boxes: min((box[1], box[0]) for box in boxes))


def _is_ruling(thing: dict[str, Any]) -> bool:
    """Whether something drawn can be a ruling line: areas that are only filled are shading behind the text."""
    kind = thing.get("object_type")
    if kind == "line":
        return True
    if kind != "rect":
        return False
    return bool(thing.get("stroke")) or min(thing["width"], thing["height"]) <= _THIN


def _ruled(page: int, boxes: list[Box]) -> Ruled | None:
    """The grid that cell boxes make, where it has two columns and rows, or may be the rest of one that has."""
    columns = _edges([x for box in boxes for x in (box[0], box[2])])
    rows = _edges([y for box in boxes for y in (box[1], box[3])])
    if min(len(columns), len(rows)) < 2 or (
        (len(columns) < 3 or len(rows) < 3) and rows[-1] - rows[0] > _LOWEST
    ):
        return None
    cells: list[tuple[GridCell, Box]] = []
    for box in boxes:
        left, right = _index(columns, box[0]), _index(columns, box[2])
        top, bottom = _index(rows, box[1]), _index(rows, box[3])
        if left < right and top < bottom:
            cells.append((GridCell(Traced.of(""), top, left, bottom - top, right - left), box))
    cells.sort(key=lambda item: (item[0].row, item[0].column))
    return Ruled(
        page, tuple(columns), len(rows) - 1, tuple(box for _, box in cells), tuple(cell for cell, _ in cells)
    )


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _CLOSE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def fill(glyphs: Sequence[Glyph], tables: Sequence[Ruled]) -> list[Line | Ruled]:
    """The lines of a page and, where their first character stands, its tables with the words in their cells."""
    fillings = [_Filling(table, [[] for _ in table.cells]) for table in tables]
    order: list[Line | _Filling] = []
    line: list[Glyph] = []
    cell: list[Glyph] | None = None

    def close() -> None:
        made = make_line(line)
        if made:
            order.append(made)
        line.clear()

    for glyph in glyphs:
        if glyph.text.isspace():
            if cell is not None:
                cell.append(glyph)
            elif glyph.text in "\r\n":
                close()
            else:
                line.append(glyph)
            continue
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        cell = None
        for filling in fillings:
            index = filling.cell_at(x, y)
            if index >= 0:
                close()
                if not any(filling is item for item in order):
                    order.append(filling)
                cell = filling.glyphs[index]
                cell.append(glyph)
                break
        else:
            if _breaks(line, glyph):
                close()
            line.append(glyph)
    close()
    return [item.done() if isinstance(item, _Filling) else item for item in order]


def _breaks(line: Sequence[Glyph], after: Glyph) -> bool:
    """Whether a character stands on another line than those before, though no break was written.

    Boxes are the ink's, and 一 is but a stroke high: the largest of the last few tells the size of the type.
    """
    recent = [glyph for glyph in line[-8:] if not glyph.text.isspace()]
    if not recent:
        return False
    size = max(max(glyph.right - glyph.left, glyph.bottom - glyph.top) for glyph in [*recent, after])
    middle = (recent[-1].top + recent[-1].bottom) / 2
    return abs((after.top + after.bottom) / 2 - middle) > size


def _words(glyphs: Sequence[Glyph]) -> Traced:
    return Traced.join(Traced.of(glyph.text, glyph.offset) for glyph in glyphs).strip()


def join_across(items: Sequence[Block | Ruled | T]) -> list[Block | Ruled | T]:
    """Tables that run over a page break become one, where nothing but page numbers parts them and the columns agree."""
    joined: list[Block | Ruled | T] = []
    last = -1
    for item in items:
        if isinstance(item, Ruled):
            before = joined[last] if last >= 0 else None
            whole = (
                _joined(before, item) if isinstance(before, Ruled) and item.page == before.page + 1 else None
            )
            if whole is not None:
                joined[last] = whole
                continue
            last = len(joined)
        elif not (isinstance(item, Block) and item.aside):
            last = -1
        joined.append(item)
    return [part for item in joined for part in _settled(item)]


def _settled(item: Block | Ruled | T) -> Sequence[Block | Ruled | T]:
    """A piece of a table that found no other piece is but words in a box."""
    if not isinstance(item, Ruled) or (len(item.edges) > 2 and item.rows > 1):
        return [item]
    return [Block(cell.text) for cell in item.cells]


def _joined(first: Ruled, second: Ruled) -> Ruled | None:
    """Both as one table, or None where their columns differ."""
    wide, narrow = sorted((first.edges, second.edges), key=len, reverse=True)
    shift = (narrow[0] - wide[0] + narrow[-1] - wide[-1]) / 2
    if abs(narrow[0] - wide[0]) > 4 * _CLOSE or abs(narrow[-1] - wide[-1]) > 4 * _CLOSE:
        return None
    if any(min(abs(edge - shift - other) for other in wide) > 2 * _CLOSE for edge in narrow):
        return None
    upper = _on(first, wide)
    lower = [replace(cell, row=cell.row + first.rows) for cell in _on(second, wide)]
    kept = []
    before = _label_at(lower, first.rows)
    for cell in lower:
        above = _continued(cell, upper, first.rows) if cell.column < before else None
        if above is None:
            kept.append(cell)
        else:
            upper[above] = replace(upper[above], rowspan=upper[above].rowspan + cell.rowspan)
    return Ruled(second.page, wide, first.rows + second.rows, (), tuple(upper + kept))


def _on(table: Ruled, edges: tuple[float, ...]) -> list[GridCell]:
    """The cells of a table on the columns of another that has them all and more."""
    if table.edges == edges:
        return list(table.cells)
    places = [_index(edges, edge) for edge in table.edges]
    return [
        replace(
            cell,
            column=places[cell.column],
            colspan=max(1, places[cell.column + cell.colspan] - places[cell.column]),
        )
        for cell in table.cells
    ]


def _label_at(cells: Sequence[GridCell], row: int) -> int:
    """The column of a row's first words where they are its label, else 0; what is blank before a label belongs to one above it.

    What is blank behind a label is a blank cell, and so is all before a value.
    """
    filled = [cell for cell in cells if cell.row == row and cell.text.text.strip()]
    if not filled:
        return 0
    first = min(filled, key=lambda cell: cell.column)
    words = first.text.text.strip()
    alike = sum(cell.text.text.strip() == words for cell in filled)
    return first.column if alike == 1 and len(_HAN.findall(words)) > 1 else 0


def _continued(cell: GridCell, upper: Sequence[GridCell], rows: int) -> int | None:
    """The label above a page break that an empty cell below it goes on with, by its index."""
    if cell.row != rows or cell.text.text.strip():
        return None
    for index, above in enumerate(upper):
        reaches = above.row + above.rowspan == rows
        same = (above.column, above.colspan) == (cell.column, cell.colspan)
        if reaches and same and _HAN.search(above.text.text):
            return index
    return None
