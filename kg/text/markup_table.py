"""Tables of an HTML page: which hold data and which only lay the page out, and where merged cells stand."""

import re

from selectolax.lexbor import LexborNode

from kg.text.markup_nodes import BLOCKS, children, is_hidden, within
from kg.text.raw import Grid, GridCell
from kg.text.tokens import TICKET, Tokens
from kg.text.traced import Traced

_LONG_CELL = 300
_MOST = 200
_MOST_COLUMNS = 400
_MOST_INNER = 2000
_SPAN = re.compile(r"\s*(\d{1,5})(?!\d)")


def is_data(table: LexborNode, tokens: Tokens) -> bool:
    """Whether a table holds data: two rows and columns at least, no table within but of one cell, no cell that holds running text."""
    if not _is_flat(table):
        return False
    rows = _rows(table)
    cells = [cell for row in rows for cell in children(row) if cell.tag in ("td", "th")]
    widest = (
        max((len([cell for cell in cells if cell.parent == row]) for row in rows), default=0)
        if len(rows) < 3
        else 2
    )
    if len(rows) < 2 or len(cells) <= len(rows) or widest < 2:
        return False
    lengths = [_length(cell, tokens) for cell in cells]
    return max(lengths) <= _LONG_CELL or (
        len(cells) >= 6 and sorted(lengths)[-2] <= _LONG_CELL and max(lengths) < 600
    )


def _is_flat(table: LexborNode) -> bool:
    """Whether the tables within a table, if any, have one cell each, and so only lay out that of the outer one."""
    inner = table.css("table")[1:]
    return len(inner) <= _MOST_INNER and all(len(one.css("td, th")) == 1 for one in inner)


def _rows(table: LexborNode) -> list[LexborNode]:
    """The rows of a table that are none of a table within."""
    rows = table.css("tr")
    inner = {row.mem_id for one in table.css("table")[1:] for row in one.css("tr")}
    return [row for row in rows if row.mem_id not in inner]


def _length(cell: LexborNode, tokens: Tokens) -> int:
    return sum(len(tokens.runs[int(found[1])]) for found in TICKET.finditer(cell.text() or ""))


def read_table(table: LexborNode, tokens: Tokens) -> Grid:
    """The cells of a table in their places; a merged cell stands once."""
    rows = [row for row in _rows(table) if not is_hidden(row)]
    taken_until: list[int] = []
    cells: list[GridCell] = []
    columns = 0
    for number, row in enumerate(rows):
        column = 0
        cell = row.first_child
        while cell is not None:
            if cell.tag in ("td", "th") and not is_hidden(cell):
                while column < len(taken_until) and taken_until[column] > number:
                    column += 1
                fits = column < _MOST_COLUMNS
                rowspan = min(_span(cell, "rowspan"), len(rows) - number) if fits else 1
                colspan = _span(cell, "colspan") if fits else 1
                taken_until.extend([0] * (column + colspan - len(taken_until)))
                taken_until[column : column + colspan] = [number + rowspan] * colspan
                cells.append(GridCell(words_of(cell, tokens), number, column, rowspan, colspan))
                column += colspan
                columns = max(columns, column)
            cell = cell.next
    return Grid(tuple(cells), len(rows), columns)


def words_of(cell: LexborNode, tokens: Tokens) -> Traced:
    """The words of a cell; fonts and marks within a word or number part nothing, lines and paragraphs do."""
    parts: list[Traced] = []
    parted = False
    for node in within(cell):
        if node.tag != "-text":
            parted = parted or node.tag in BLOCKS
            continue
        content = node.text_content or ""
        here = 0
        for found in TICKET.finditer(content):
            run = tokens.runs[int(found[1])]
            gap = found.start() > here or (parted and bool(parts) and _breaks(parts[-1], run))
            if gap and parts and parts[-1].ends:
                parts.append(Traced.at(" ", parts[-1].ends[-1], parts[-1].ends[-1]))
            parts.append(run)
            here, parted = found.end(), False
        if here < len(content) and parts and parts[-1].ends:
            parts.append(Traced.at(" ", parts[-1].ends[-1], parts[-1].ends[-1]))
    return Traced.join(parts).strip()


def _breaks(before: Traced, after: Traced) -> bool:
    """Whether two runs that the page sets apart would melt into one Latin word or number."""
    left, right = before.text[-1:], after.text[:1]
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _span(cell: LexborNode, name: str) -> int:
    found = _SPAN.match(cell.attributes.get(name) or "")
    return max(1, min(int(found[1]), _MOST)) if found else 1
