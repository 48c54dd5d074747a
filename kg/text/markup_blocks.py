"""Tables that a page makes of blocks: a container whose children are rows, and their children cells."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from kg.text.markup_nodes import children, elements
from kg.text.markup_table import words_of
from kg.text.raw import Grid, GridCell
from kg.text.tokens import TICKET, Tokens
from kg.text.traced import Traced

_CONTAINERS = frozenset(("div", "ul", "ol", "section", "dl"))
_ROWS = frozenset(("div", "li", "ul", "p", "section", "dl"))
_CELLS = frozenset(("div", "span", "p", "li", "em", "i", "b", "strong", "dd", "dt", "label"))
_LONGEST = 80
_FIGURE = re.compile(r"[-+]?\d[\d,.]*")


def read_blocks(node: LexborNode, tokens: Tokens) -> Grid | None:
    """The grid that the rows of a container make, or None where it is no table of figures."""
    if node.tag not in _CONTAINERS:
        return None
    found = elements(node)
    if len(found) < 3 or any(row.tag not in _ROWS or row.tag != found[0].tag for row in found):
        return None
    rows = [_cells(row) for row in found]
    if any(row is None for row in rows) or max(len(row or ()) for row in rows) < 3 or _loose(node):
        return None
    words = [[words_of(cell, tokens) for cell in row or ()] for row in rows]
    return _grid(words) if _is_data(words) else None


def _cells(row: LexborNode) -> list[LexborNode] | None:
    """The cells of a row; None where words stand between them or they hold blocks of their own."""
    found = elements(row)
    while len(found) == 1 and found[0].tag in _ROWS and len(elements(found[0])) > 1:
        row, found = found[0], elements(found[0])
    if _loose(row) or any(cell.tag not in _CELLS for cell in found):
        return None
    if any(elements(inner) for cell in found for inner in elements(cell)):
        return None
    return found


def _loose(node: LexborNode) -> bool:
    """Whether words stand right inside an element."""
    return any(child.tag == "-text" and TICKET.search(child.text_content or "") for child in children(node))


def _is_data(rows: Sequence[Sequence[Traced]]) -> bool:
    cells = [cell.text.strip() for row in rows for cell in row]
    figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in cells)
    return figures >= 2 and max(map(len, cells)) <= _LONGEST


def _grid(rows: Sequence[Sequence[Traced]]) -> Grid:
    cells = [GridCell(cell, at, column) for at, row in enumerate(rows) for column, cell in enumerate(row)]
    return Grid(tuple(cells), len(rows), max(map(len, rows)))
