"""Tables of a PDF page that no lines draw: the words between gaps, in rows by their height."""

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from kg.text.aligned import Chunk, find_aligned, is_none
from kg.text.pdf_lines import Glyph, Line, make_line
from kg.text.pdf_table import Ruled
from kg.text.raw import Grid

_GAP = 1.0  # of the size of the type: what parts cells
_HALF = 0.5  # of the size of the type: what a wide mark leaves blank of its place
_OPENING, _CLOSING = "（《“〔【", "）》”〕】，。、；：．"
_FIGURES = 0.3  # of the size of the type: what parts a word for none from what stands beside it
_NARROW = 0.5  # of the size of the type: what parts heads of narrow columns
_FEWEST, _SHORTEST, _LONGEST = 4, 2, 8  # of such heads, and their characters
_LEVEL = 0.1  # of the size of the type: how far apart the middles of words beside each other stand at most
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
    items: Sequence[Line | Ruled], before: Sequence[float] = (), running: Set[int] = frozenset()
) -> tuple[list[Line | Ruled | Aligned], tuple[float, ...]]:
    """The lines and tables of a page with those in columns as tables; and the columns of the last one, for the next page.

    No table takes the ``running`` lines, known by their ``id``.
    """
    result: list[Line | Ruled | Aligned] = []
    columns = tuple(before)
    start = 0
    for at, item in enumerate([*items, None]):
        if isinstance(item, Line):
            continue
        lines = [line for line in items[start:at] if isinstance(line, Line)]
        aside: list[Line | Aligned] = [line for line in lines if id(line) in running]
        rest = [line for line in lines if id(line) not in running]
        laid, columns = _laid(rest, columns, first=start == 0, last=item is None)
        result.extend(_by_height([*aside, *laid]) if aside else laid)
        if item is not None:
            result.append(item)
            columns = ()
        start = at + 1
    return result, columns


def _by_height(items: Sequence[Line | Aligned]) -> list[Line | Aligned]:
    return sorted(items, key=lambda item: item.top)


def _laid(
    lines: Sequence[Line], before: tuple[float, ...], *, first: bool, last: bool
) -> tuple[list[Line | Aligned], tuple[float, ...]]:
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
        size = max(placed.words.size, 4.0)
        if rows and (
            placed.middle - rows[-1][0].middle <= _SAME * size
            or placed.middle - rows[-1][-1].middle <= _LEVEL * size
        ):
            rows[-1].append(placed)
        else:
            rows.append([placed])
    return [sorted(row, key=lambda placed: placed.words.left) for row in rows]


def _chunks(line: Line, at: int) -> list[_Placed]:
    """The words of a line between its gaps; numbers that a space parts are two, and a word for none is apart from what it stands beside."""
    parts: list[list[Glyph]] = [[]]
    gap = False
    glyphs = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    steps = [0.0, *(abs(after.left - glyph.right) / line.size for glyph, after in pairwise(glyphs)), math.inf]
    place = 0  # of the step before a character
    for glyph in line.glyphs:
        if glyph.text.isspace():
            gap = True
            continue
        last = parts[-1][-1] if parts[-1] else None
        if last is not None:
            marks = (last.text in _CLOSING) + (glyph.text in _OPENING)
            apart = steps[place] > _GAP + _HALF * marks
            figures = last.text.isdigit() and glyph.text.isdigit()
            none = is_none(last.text) or (is_none(glyph.text) and steps[place + 1] > _FIGURES)
            if apart or (gap and figures) or (none and steps[place] > _FIGURES + _HALF * marks):
                parts.append([])
        parts[-1].append(glyph)
        gap = False
        place += 1
    made = [make_line(words) for part in parts for words in _heads(part, line.size)]
    return [_Placed(words, at) for words in made if words is not None]


def _heads(part: list[Glyph], size: float) -> list[list[Glyph]]:
    """Several short words that narrow gaps part, as over narrow columns, or all of a part in one."""
    words: list[list[Glyph]] = [[]]
    for glyph in part:
        last = words[-1][-1] if words[-1] else None
        if last is not None and glyph.left - last.right > _NARROW * size:
            words.append([])
        words[-1].append(glyph)
    short = all(_SHORTEST <= len(word) <= _LONGEST for word in words)
    plain = not any(glyph.text in _OPENING + _CLOSING for glyph in part)
    return words if len(words) >= _FEWEST and short and plain else [part]
