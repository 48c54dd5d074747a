"""Tables of a PDF page: the boxes that ruling lines make, and the characters inside each."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from kg.text.pdf_glyphs import opened, turned
from kg.text.pdf_lines import Glyph, Line, make_line
from kg.text.pdf_rulings import CLOSE, Box, closed, is_open
from kg.text.raw import Grid, GridCell
from kg.text.traced import Traced

_THIN = 4.0
_LOWEST = 90.0


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table on a page: its column edges and, once filled, its cells.

    ``above`` and ``below`` are the cells, by their place, that the edge of the page cuts: no line closes them there.
    """

    page: int
    edges: tuple[float, ...]
    rows: int
    boxes: tuple[Box, ...]
    cells: tuple[GridCell, ...]
    above: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()

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
                tables = [_ruled(number, *grid) for grid in _grids(ruled, turns[number])]
                found[number] = [table for table in tables if table is not None]
                page.close()
    except Exception:
        # Pages whose drawing cannot be read have no tables; their text stands all the same.
        return found
    return found


def _grids(page: Any, turn: int) -> list[tuple[list[Box], set[Box], set[Box]]]:
    """The boxes of each table on a page from top to bottom, and each box that stands alone; with those the page cuts above and below."""
    finder = page.debug_tablefinder()
    lines = [_place(edge) for edge in finder.edges]
    ends = closed(lines) if turn == 0 else []
    if ends:
        drawn = [_line(end, finder.edges[0]) for end in ends]
        finder = page.debug_tablefinder({"explicit_horizontal_lines": drawn})
    grids = [list(table.cells) for table in finder.tables]
    inside = {box for boxes in grids for box in boxes}
    grids += [[box] for box in finder.cells if box not in inside]
    found = []
    for boxes in grids:
        above, below = ({box for box in boxes if is_open(box, lines, ends, top=top)} for top in (True, False))
        # A page whose lines run another way is not closed, so that none of its boxes is open.
        found.append(([turned(box, turn) for box in boxes], above, below))
    return sorted(found, key=lambda boxes: min((box[1], box[0]) for box in boxes[0]))


def _place(edge: dict[str, Any]) -> Box:
    return edge["x0"], edge["top"], edge["x1"], edge["bottom"]


def _line(place: Box, like: dict[str, Any]) -> dict[str, Any]:
    """A line across as pdfplumber has them; what else there is to it is as in another one."""
    left, top, right, bottom = place
    return {
        **like,
        "object_type": "line",
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "doctop": like["doctop"] - like["top"] + top,
        "width": right - left,
        "height": 0,
        "orientation": "h",
    }


def _is_ruling(thing: dict[str, Any]) -> bool:
    """Whether something drawn can be a ruling line: areas that are only filled are shading behind the text."""
    kind = thing.get("object_type")
    if kind == "line":
        return True
    if kind != "rect":
        return False
    return bool(thing.get("stroke")) or min(thing["width"], thing["height"]) <= _THIN


def _ruled(page: int, boxes: list[Box], above: Set[Box], below: Set[Box]) -> Ruled | None:
    """The grid that cell boxes make, where it has two columns and rows, or may be the rest of one that has."""
    columns = _edges([x for box in boxes for x in (box[0], box[2])])
    rows = _edges([y for box in boxes for y in (box[1], box[3])])
    if min(len(columns), len(rows)) < 2 or (
        (len(columns) < 3 or len(rows) < 3) and rows[-1] - rows[0] > _LOWEST and not above and not below
    ):
        return None
    cells: list[tuple[GridCell, Box]] = []
    for box in boxes:
        left, right = nearest_edge(columns, box[0]), nearest_edge(columns, box[2])
        top, bottom = nearest_edge(rows, box[1]), nearest_edge(rows, box[3])
        if left < right and top < bottom:
            cells.append((GridCell(Traced.of(""), top, left, bottom - top, right - left), box))
    cells.sort(key=lambda item: (item[0].row, item[0].column))
    placed = tuple(box for _, box in cells)
    return Ruled(
        page,
        tuple(columns),
        len(rows) - 1,
        placed,
        tuple(cell for cell, _ in cells),
        *(frozenset(at for at, box in enumerate(placed) if box in cut) for cut in (above, below)),
    )


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > CLOSE:
            edges.append(value)
    return edges


def nearest_edge(edges: Sequence[float], value: float) -> int:
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
