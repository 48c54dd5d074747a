"""Tables of a PDF that run over a page break become one."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kg.text.pdf_rulings import CLOSE
from kg.text.pdf_table import Ruled, nearest_edge
from kg.text.raw import Block, GridCell
from kg.text.traced import Traced

_HAN = re.compile("[\u3400-\u9fff]")
_FIGURE = re.compile(r"[^\u3400-\u9fff]*\d|[^\u3400-\u9fff]*$")
T = TypeVar("T")


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
    if abs(narrow[0] - wide[0]) > 4 * CLOSE or abs(narrow[-1] - wide[-1]) > 4 * CLOSE:
        return None
    if any(min(abs(edge - shift - other) for other in wide) > 2 * CLOSE for edge in narrow):
        return None
    upper, lower = _on(first, wide), _on(second, wide)
    pairs = _cut(first, upper, second, lower)
    torn = _is_torn(first, upper, lower, pairs)
    down = first.rows - torn  # where the rows below the break begin
    if not torn:
        before = _label_at(lower, pairs)
        for at, cell in enumerate(lower):
            above = _continued(cell, upper, first.rows) if at not in pairs and cell.column < before else None
            if above is not None:
                pairs[at] = above
    places: dict[int, int] = {}
    kept: list[GridCell] = []
    for at, cell in enumerate(lower):
        if at in pairs:
            above = places[at] = pairs[at]
            words = Traced.join([upper[above].text, cell.text]).strip()
            rows = upper[above].rowspan + cell.rowspan - torn
            upper[above] = replace(upper[above], text=words, rowspan=rows)
        else:
            places[at] = len(upper) + len(kept)
            kept.append(replace(cell, row=cell.row + down))
    below = frozenset(places[at] for at in second.below)
    return Ruled(second.page, wide, down + second.rows, (), tuple(upper + kept), first.above, below)


def _cut(first: Ruled, upper: Sequence[GridCell], second: Ruled, lower: Sequence[GridCell]) -> dict[int, int]:
    """The cells that go on below a page break for no line closes them on either side, by their place below and above it."""
    ends = {(upper[at].column, upper[at].colspan): at for at in sorted(first.below)}
    pairs = {}
    for at in sorted(second.above):
        over = ends.get((lower[at].column, lower[at].colspan))
        if over is not None and not _are_two(upper[over], lower[at]):
            pairs[at] = over
    return pairs


def _is_torn(
    first: Ruled, upper: Sequence[GridCell], lower: Sequence[GridCell], pairs: Mapping[int, int]
) -> bool:
    """Whether a page break runs through a row: all of its cells go on."""
    last = {at for at, cell in enumerate(upper) if cell.row + cell.rowspan == first.rows}
    begun = {at for at, cell in enumerate(lower) if cell.row == 0}
    return len(begun) > 1 and set(pairs) == begun and set(pairs.values()) == last


def _are_two(upper: GridCell, lower: GridCell) -> bool:
    """Whether what stands on both sides of a page break are two figures, not the words of one cell."""
    above, below = upper.text.text.strip(), lower.text.text.strip()
    if not above or not below:
        return False
    return above == below or any(
        len(_HAN.findall(words)) < 2 and _FIGURE.match(words) for words in (above, below)
    )


def _on(table: Ruled, edges: tuple[float, ...]) -> list[GridCell]:
    """The cells of a table on the columns of another that has them all and more."""
    if table.edges == edges:
        return list(table.cells)
    places = [nearest_edge(edges, edge) for edge in table.edges]
    return [
        replace(
            cell,
            column=places[cell.column],
            colspan=max(1, places[cell.column + cell.colspan] - places[cell.column]),
        )
        for cell in table.cells
    ]


def _label_at(lower: Sequence[GridCell], pairs: Collection[int]) -> int:
    """The column of the first words of the row below a page break where they are its label, else 0.

    What is blank before a label belongs to one above it. What is blank behind a label is a blank cell, and so is all before a value.
    """
    filled = [
        cell for at, cell in enumerate(lower) if cell.row == 0 and at not in pairs and cell.text.text.strip()
    ]
    if not filled:
        return 0
    first = min(filled, key=lambda cell: cell.column)
    words = first.text.text.strip()
    alike = sum(cell.text.text.strip() == words for cell in filled)
    return first.column if alike == 1 and len(_HAN.findall(words)) > 1 else 0


def _continued(cell: GridCell, upper: Sequence[GridCell], rows: int) -> int | None:
    """The label above a page break that an empty cell below it goes on with, by its index."""
    if cell.row or cell.text.text.strip():
        return None
    for index, above in enumerate(upper):
        reaches = above.row + above.rowspan == rows
        same = (above.column, above.colspan) == (cell.column, cell.colspan)
        if reaches and same and _HAN.search(above.text.text):
            return index
    return None
