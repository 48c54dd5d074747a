"""The cells of grids as numbers, and where rows and columns cross."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from kg.extract.tables.columns import plain
from kg.extract.tables.numbers import Number, NumberReader
from kg.extract.tables.rows import choose, number_span, readings_of
from kg.extract.tables.solve import Reading
from kg.schema.form import FormTable, skeleton
from kg.text.document import Cell, Span, Table

_GLUED = re.compile(r"(?P<label>.*[^\d\s,.])\s*(?P<figure>\d[\d,]*)\s*", re.DOTALL)


class CellReader:
    """Reads the cells of the grids of one text."""

    def __init__(self, text: str, numbers: NumberReader) -> None:
        self._text = text
        self._numbers = numbers

    def label(self, row: Sequence[Cell]) -> Cell | None:
        """The last cell of words that stands before the first number."""
        label = None
        for cell in row:
            if self.number(cell) is not None and cell.column > 0:
                break
            if skeleton(cell.text):
                label = cell
        return label

    def glued(self, label: Cell, table: FormTable) -> tuple[Cell, Number | None]:
        """A label of the form without the figure that stands right behind it, and that figure."""
        found = _GLUED.fullmatch(label.text)
        if found is None or not self._is_label(found["label"], table) or self._is_label(label.text, table):
            return label, None
        cut = label.span.start + found.start("figure")
        number = self._numbers.cell(self._text, cut, label.span.end)
        if number is None:
            return label, None
        return replace(label, text=found["label"], span=Span(label.span.start, cut)), number

    def _is_label(self, words: str, table: FormTable) -> bool:
        label = skeleton(words).lstrip("0123456789")
        return any(label in row.label.full or plain(label) in row.label.full for row in table.rows)

    def any_number(self, row: Sequence[Cell]) -> bool:
        """Whether a row holds a number."""
        return any(self.number(cell) is not None for cell in row)

    def number(self, cell: Cell) -> Number | None:
        """The number that fills a cell, or None."""
        return self._numbers.cell(self._text, cell.span.start, cell.span.end)

    def crossings(
        self, row: Sequence[Cell], places: dict[int, str], columns: tuple[str, ...]
    ) -> list[Number | None] | None:
        """The cell of each column; None where one holds words or several hold numbers."""
        cells: dict[str, Number | None] = dict.fromkeys(columns)
        for cell in row:
            inside = {
                places[place] for place in range(cell.column, cell.column + cell.colspan) if place in places
            }
            if not inside:
                continue
            number = self.number(cell)
            if number is None and self._numbers.blank(self._text, cell.span.start, cell.span.end):
                continue
            if number is None or len(inside) > 1 or cells[next(iter(inside))] is not None:
                return None
            cells[next(iter(inside))] = number
        return list(cells.values())

    def settled(
        self,
        cells: list[Number | None] | None,
        row: Sequence[Cell],
        places: dict[int, str],
        width: int,
        group: int,
        after: Cell | None = None,
    ) -> tuple[tuple[Reading, ...], Span | None]:
        """The readings of a row: its cells, or where they are not clear all ways to read its digits."""
        if cells is not None:
            reading = tuple(cells)
            return choose([reading], group), number_span(reading)
        first = min(places) if places else (after.column + after.colspan if after else 0)
        parts = [cell for cell in row if cell.column >= first and cell.text.strip()]
        tokens = [
            token
            for cell in parts
            for segment in self._numbers.segments(self._text, cell.span.start, cell.span.end)
            for token in segment.tokens
        ]
        if not tokens:
            return (), None
        return readings_of(tokens, width, group), Span(tokens[0].start, tokens[-1].end)

    def after(
        self, row: Sequence[Cell], label: Cell, width: int, empty: Set[int]
    ) -> tuple[Reading, int] | None:
        """The cells after a label one by one, and how many there are; None where one is no number or there are too many.

        In a grid made from lines of text the rows need not stand under their header.
        """
        first = label.column + label.colspan
        cells = [cell for cell in row if cell.column >= first and cell.column not in empty]
        values = [self.number(cell) for cell in cells]
        if any(cell.colspan >= width > 1 and cell.text.strip() for cell in cells):
            return None  # the cells of a row in one
        for cell, value in zip(cells, values, strict=True):
            if value is None and not self._numbers.blank(self._text, cell.span.start, cell.span.end):
                return None
        if any(values[width:]):
            return None
        return (*values[:width], *[None] * (width - len(values))), len(values)


def rows_of(table: Table) -> list[tuple[Cell, ...]]:
    """The rows of a grid; a cell of words that spans rows stands in each of them, a number only in its first."""
    rows = []
    for index, line in enumerate(table.grid()):
        unique = dict.fromkeys(cell for cell in line if cell is not None)
        rows.append(tuple(cell for cell in unique if cell.row == index or not cell.text.strip().isdecimal()))
    return [row for row in rows if row]
