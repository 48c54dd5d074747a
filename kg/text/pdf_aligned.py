"""Tables of a PDF page that no lines draw: the words between gaps, in rows by their height."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.text.aligned import Chunk, find_aligned
from kg.text.pdf_lines import Glyph, Line, make_line
from kg.text.pdf_table import Ruled
from kg.text.raw import Grid

_GAP = 1.0  # of the size of the type: what parts cells
_HALF = 0.5  # of the size of the type: what a wide mark leaves blank of its place
_OPENING, _CLOSING = "（《“〔【", "）》”〕】，。、；：．"
_SAME = 0.5  # of the size of the type: how far the middles of one row may stand apart


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table without rules, and how high on the page it begins."""

    top: float
    table: Grid

    def grid(self) -> Grid:
        """The table without its geometry."""
        return self.table


@dataclass(frozen=True, slots=True)
class _Placed:
    """Words without a gap, with the number of the line they were drawn in."""

    words: Line
    line: int

    @property
    def chunk(self) -> Chunk:
        words = self.words
        return Chunk(words.text, words.left, words.right, words.top, words.bottom)

    @property
    def middle(self) -> float:
        return (self.words.top + self.words.bottom) / 2


def lay_out(
    items: Sequence[Line | Ruled], before: Sequence[float] = ()
) -> tuple[list[Line | Ruled | Aligned], tuple[float, ...]]:
    """The lines and tables of a page with those in columns as tables; and the columns of the last one, for the next page."""
    result: list[Line | Ruled | Aligned] = []
    columns = tuple(before)
    start = 0
    for at, item in enumerate([*items, None]):
        if isinstance(item, Line):
            continue
        lines = [line for line in items[start:at] if isinstance(line, Line)]
        laid, columns = _laid(lines, columns, first=start == 0, last=item is None)
        result += laid
        if item is not None:
            result.append(item)
            columns = ()
        start = at + 1
    return result, columns


def _laid(
    lines: Sequence[Line], before: tuple[float, ...], *, first: bool, last: bool
) -> tuple[list[Line | Ruled | Aligned], tuple[float, ...]]:
    rows = _rows([placed for at, line in enumerate(lines) for placed in _chunks(line, at)])
    if first and rows and _is_number(rows[0]):  # of the page
        rows = rows[1:]
    if last and rows and _is_number(rows[-1]):
        rows = rows[:-1]
    found = find_aligned([[placed.chunk for placed in row] for row in rows], before)
    if not found:
        return list(lines), ()
    inside = [[placed for row in rows[table.start : table.end] for placed in row] for table in found]
    taken = {placed.line for part in inside for placed in part}
    laid: list[tuple[float, float, Line | Aligned]] = []
    for table, part in zip(found, inside, strict=True):
        top = min(placed.words.top for placed in part)
        laid.append((top, 0.0, Aligned(top, table.grid)))
    covered = {at for table in found for at in range(table.start, table.end)}
    rest = [
        placed.words
        for at, row in enumerate(rows)
        if at not in covered
        for placed in row
        if placed.line in taken
    ]
    rest += [line for at, line in enumerate(lines) if at not in taken]
    laid += [(line.top, line.left, line) for line in rest]
    return [item for _, _, item in sorted(laid, key=lambda item: item[:2])], found[-1].columns


def _is_number(row: Sequence[_Placed]) -> bool:
    return len(row) == 1 and row[0].chunk.is_number


def _rows(chunks: Sequence[_Placed]) -> list[list[_Placed]]:
    """Words at one height from left to right, from top to bottom."""
    rows: list[list[_Placed]] = []
    for placed in sorted(chunks, key=lambda placed: placed.middle):
        if rows and placed.middle - rows[-1][0].middle <= _SAME * max(placed.words.size, 4.0):
            rows[-1].append(placed)
        else:
            rows.append([placed])
    return [sorted(row, key=lambda placed: placed.words.left) for row in rows]


def _chunks(line: Line, at: int) -> list[_Placed]:
    """The words of a line between its gaps; numbers that a space parts are two."""
    parts: list[list[Glyph]] = [[]]
    gap = False
    for glyph in line.glyphs:
        if glyph.text.isspace():
            gap = True
            continue
        last = parts[-1][-1] if parts[-1] else None
        if last is not None:
            marks = (last.text in _CLOSING) + (glyph.text in _OPENING)
            wide = abs(glyph.left - last.right) > (_GAP + _HALF * marks) * line.size
            if wide or (gap and last.text.isdigit() and glyph.text.isdigit()):
                parts.append([])
        parts[-1].append(glyph)
        gap = False
    made = [make_line(part) for part in parts]
    return [_Placed(words, at) for words in made if words is not None]
