"""Reading real grids: the columns a header names, the rows that labels name, and the cells where they cross."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.extract.tables.cells import CellReader, rows_of
from kg.extract.tables.columns import WIDEST, column_of, columns_in, edition_of, next_row, row_of, unit_in
from kg.extract.tables.numbers import NumberReader
from kg.extract.tables.rows import FoundRow, FoundRows, applicants, beside, choose
from kg.extract.tables.skeleton import likeness
from kg.extract.tables.solve import Reading, sums_hold
from kg.schema.form import Column, Form, FormTable, Row, skeleton
from kg.text.document import Cell, Document, Span, Table


@dataclass(slots=True)
class _Open:
    """A table of the form being read, row by row."""

    table: FormTable
    width: int
    columns: dict[int, str] = field(default_factory=dict)  # grid column → notation
    units: dict[str, str] = field(default_factory=dict)  # notation → unit printed in the header
    rows: list[FoundRow] = field(default_factory=list)
    unknown: list[tuple[str, Span]] = field(default_factory=list)
    head: list[Cell] = field(default_factory=list)
    broken: bool = False
    loose: bool = False  # rows made from lines of text, whose first blank cell may be lost
    pending: list[tuple[str, Span]] = field(default_factory=list)  # unknown unless no known row follows
    last: int = -1
    start: int = 0
    end: int = 0


class GridReader:
    """Reads the grids of one document in order; a table may go on in the next grid.

    ``edition`` is that of the form the report follows, where it is known: it names the columns of a table that lost its header.
    """

    def __init__(self, document: Document, form: Form, numbers: NumberReader, edition: str = "") -> None:
        self._edition = edition
        self._form = form
        self._cells = CellReader(document.folded, numbers)
        self._s3 = form.table("s3")
        self._s4 = form.table("s4")
        self._s2 = tuple(table for table in form.tables if table.section == "s2")
        self._open: _Open | None = None
        self._empty: frozenset[int] = frozenset()  # columns between double marks
        self._groups: tuple[str, ...] | None = None
        self._heads: list[str] = []  # columns of section four named so far
        self.found: list[FoundRows] = []
        self.used: list[Span] = []

    def read(self, tables: Sequence[Table]) -> None:
        """Read every grid; ``found`` and ``used`` hold the outcome."""
        for table in tables:
            before = (len(self.found), len(self._open.rows) if self._open else 0)
            self._groups = None
            self._heads.clear()
            filled = {
                place
                for c in table.cells
                if c.text.strip()
                for place in range(c.column, c.column + c.colspan)
            }
            odd = frozenset(range(1, table.columns, 2))
            self._empty = odd if len(odd) > 2 and not odd & filled else frozenset()
            for row in rows_of(table):
                self._row(row, table)
            after = (len(self.found), len(self._open.rows) if self._open else 0)
            if after != before:
                self.used.append(table.span)
        self._close()

    # -- one row

    def _row(self, row: tuple[Cell, ...], table: Table) -> None:
        filled = [cell for cell in row if skeleton(cell.text)]
        if self._is_item(filled) or self._is_columns(row, filled) or self._is_s3_head(row, table):
            return
        if self._is_s4_head(row, table) or (self._groups and self._is_s4_row(row, table)):
            return
        if self._open is not None and self._open.table is self._s3:
            self._s3_row(row, table)
        elif self._open is not None and self._open.table in self._s2:
            self._s2_row(row)
        elif self._s3_start(row):
            self._begin(self._s3, row, table)
            self._s3_row(row, table)

    def _begin(self, table: FormTable, row: Sequence[Cell], grid: Table | None = None) -> _Open:
        self._close()
        start = row[0].span.start if row else 0
        self._open = _Open(table, grid.columns if grid else 0, start=start, end=start)
        return self._open

    def _close(self) -> None:
        if self._open is not None and (self._open.rows or self._open.columns or self._open.unknown):
            here = self._open
            span = Span(here.start, max(here.start, here.end))
            self.found.append(
                FoundRows(
                    here.table, tuple(here.rows), span, _edition(here), tuple(here.unknown), here.broken
                )
            )
        self._open = None

    # -- section two

    def _is_item(self, filled: Sequence[Cell]) -> bool:
        if len(filled) != 1:
            return False
        words = skeleton(filled[0].text)
        for table in self._s2:
            if any(words.startswith(label) and len(words) <= len(label) + 12 for label in table.label.full):
                self._begin(table, filled)
                return True
        return False

    def _is_columns(self, row: Sequence[Cell], filled: Sequence[Cell]) -> bool:
        if self._cells.any_number(row):
            return False
        here_open = self._open
        candidates = [here_open.table] if here_open is not None and here_open.table in self._s2 else self._s2
        best: dict[int, Column] = {}
        for table in candidates:
            named = {}
            for cell in filled:
                column = column_of(table, skeleton(cell.text))
                if column is not None and self._cells.number(cell) is None:
                    named[cell.column] = column
            if len({column.notation for column in named.values()}) > len(best):
                best, chosen = named, table
        if not best or len(filled) > len(best) + 2:
            return False
        if self._open is None or self._open.table not in self._s2 or self._open.rows:
            here = self._begin(chosen, row)
        else:
            here = self._open
        here.head.extend(filled)
        self._name_columns(here)
        here.end = max(cell.span.end for cell in row)
        return True

    def _name_columns(self, here: _Open) -> None:
        here.columns.clear()
        here.units.clear()
        for cell in here.head:
            column = column_of(here.table, skeleton(cell.text))
            if column is not None:
                for place in range(cell.column, cell.column + cell.colspan):
                    here.columns[place] = column.notation
                here.units[column.notation] = unit_in(self._form, cell.text, column.unit)

    def _s2_row(self, row: Sequence[Cell]) -> None:
        here = self._open
        assert here is not None
        label = next((cell for cell in row if skeleton(cell.text)), None)
        if label is None:
            return
        label, below = self._without_next_item(label)
        if label.column in here.columns:
            if row_of(here.table, skeleton(label.text)) is None:
                return
            here.columns.clear()  # the head was read in one with the labels' column
        if not here.columns and not self._headless(here, row, label):
            return
        label, first = self._cells.glued(label, here.table)
        words = skeleton(label.text)
        match = row_of(here.table, words)
        if match is None and not here.rows:
            for table in self._s2:
                if (match := row_of(table, words)) is not None:
                    here.table = table
                    self._name_columns(here)
                    break
        if match is None or not here.columns:
            if any(self._cells.number(cell) for cell in row):
                here.unknown.append((label.text.strip(), label.span))
            return
        if any(
            self._cells.number(cell) is not None
            and cell.column > label.column
            and cell.column not in here.columns
            for cell in row
        ):
            here.broken = True
        columns = tuple(dict.fromkeys(here.columns[place] for place in sorted(here.columns)))
        cells = self._cells.crossings(row, here.columns, columns)
        here.end = max(here.end, *(cell.span.end for cell in row))
        readings, digits = self._cells.settled(cells, row, here.columns, len(columns), 0)
        if first is not None and cells is not None:
            whole = beside(first, cells[: len(_under(row, here.columns))], len(columns))
            readings, digits = (whole,) if whole else (), digits or first.span
        units = tuple(here.units.get(column, "") for column in columns)
        here.rows.append(FoundRow(match, label.span, columns, readings, digits, units))
        if below is not None:
            self._begin(below, (replace(label, span=Span(label.span.end, label.span.end)),))

    def _without_next_item(self, label: Cell) -> tuple[Cell, FormTable | None]:
        """A row's label without the title of the item below, and its table, where lines without rulings were joined (行政强制|第二十条第（八）项)."""
        for at in range(2, len(label.text)):
            words = skeleton(label.text[at:])
            below = next((one for one in self._s2 if words.startswith(one.label.full)), None)
            if below is not None and any(
                row_of(one, skeleton(label.text[:at])) is not None for one in self._s2
            ):
                span = Span(label.span.start, label.span.start + at)
                return replace(label, text=label.text[:at], span=span), below
        return label, None

    def _headless(self, here: _Open, row: Sequence[Cell], label: Cell) -> bool:
        """Name the columns of a table without header by those of the edition, where a known row has as many cells."""
        if row_of(here.table, skeleton(label.text)) is None or not self._cells.any_number(row):
            return False
        names = columns_in(here.table, self._edition)
        cells = [cell for cell in row if cell.column > label.column and cell.column not in self._empty]
        while len(cells) > len(names) and not cells[-1].text.strip():
            cells.pop()
        if not names or len(cells) != len(names):
            here.unknown.append((label.text.strip(), label.span))
            return False
        here.columns.update({cell.column: name for cell, name in zip(cells, names, strict=True)})
        return True

    # -- section three

    def _is_s3_head(self, row: Sequence[Cell], table: Table) -> bool:
        named = {}
        for cell in row:
            column = column_of(self._s3, skeleton(cell.text))
            if column is not None:
                named[cell.column] = (cell, column.notation)
        notations = {notation for _, notation in named.values()}
        if not notations or self._cells.any_number(row):
            return False
        known = notations & {"natural", "enterprise", "research", "nonprofit", "legal"}
        here = self._open
        fresh = here is None or here.table is not self._s3 or bool(here.rows)
        if fresh and (not known or self._s3_start(row)):
            return False
        if fresh and not (here is not None and here.table is self._s3 and _unfinished(here)):
            here = self._begin(self._s3, row, table)
        assert here is not None
        if here.rows:
            here.columns.clear()
        here.width = table.columns
        for cell, notation in named.values():
            for place in range(cell.column, cell.column + cell.colspan):
                here.columns[place] = notation
        here.end = max(cell.span.end for cell in row)
        return True

    def _s3_start(self, row: Sequence[Cell]) -> bool:
        """Whether a row outside any table is the first, or an unmistakable later, row of section three."""
        label = self._cells.label(row)
        if label is None or not self._cells.any_number(row):
            return False
        words = skeleton(label.text)
        return any(
            likeness(words, other.label) >= 0.85
            for other in self._s3.rows
            if max(map(len, other.label.full)) >= 6
        )

    def _s3_row(self, row: Sequence[Cell], table: Table) -> None:
        here = self._open
        assert here is not None
        label = self._cells.label(row)
        if label is None:
            return
        label, first = self._cells.glued(label, self._s3)
        if here.width != table.columns:
            here.columns, here.width = {}, table.columns
        index = next_row(self._s3, label, here.last)
        if index is not None and index == 0 and here.last >= 5:
            places_before, width = dict(here.columns), here.width
            here = self._begin(self._s3, row, table)
            here.columns, here.width = places_before, width
        if index is None:
            words = skeleton(label.text)
            if self._cells.any_number(row) and len(words) <= WIDEST and here.rows:
                here.pending.append((label.text.strip(), label.span))
            return
        found = self._s3.rows[index]
        here.last = index
        here.unknown.extend(here.pending)
        here.pending.clear()
        here.end = max(here.end, *(cell.span.end for cell in row))
        if found.heading:
            return
        columns = applicants(self._s3)
        headed = here.columns if set(here.columns.values()) >= set(columns) else {}
        ways = [self._cells.crossings(row, headed, columns)] if headed else []
        after = self._cells.after(row, label, len(columns), self._empty)
        if after is not None and (headed or after[1] == len(columns) or sums_hold(after[0], len(columns))):
            ways.append(list(after[0]))
        known = [tuple(way) for way in ways if way is not None and any(way)]
        chosen = choose(tuple(dict.fromkeys(known)), len(columns))
        blank = not known and any(way is not None for way in ways)
        nothing: Reading = (None,) * len(columns)
        cells = list(chosen[0]) if chosen else list(nothing) if blank else None
        readings, digits = self._cells.settled(cells, row, headed, len(columns), len(columns), after=label)
        if len(chosen) > 1 and after is not None and after[1] == len(columns):
            readings = chosen  # the cells do not stand under the header, and the row's own sum tells nothing
        if first is not None and after is not None:
            whole = beside(first, after[0][: after[1]], len(columns))
            readings, digits = (whole,) if whole else (), digits or first.span
        here.rows.append(FoundRow(found, label.span, columns, readings, digits))
        if index == len(self._s3.rows) - 1:
            self._close()

    # -- section four

    def _is_s4_head(self, row: Sequence[Cell], table: Table) -> bool:
        if self._cells.any_number(row):
            return False
        named = [column_of(self._s4, skeleton(cell.text)) for cell in row]
        places = [
            (cell, column.notation) for cell, column in zip(row, named, strict=True) if column is not None
        ]
        order = [column.notation for column in self._s4.columns]
        wanted = [(group.indicator, name) for group in self._s4.groups for name in order]
        names = [name for _, name in places]
        if not names:
            return False
        self._heads.extend(names)
        keys = [f"{group}.{name}" for group, name in wanted]
        if names == [name for _, name in wanted]:
            here = self._begin(self._s4, row, table)
            for (cell, _), key in zip(places, keys, strict=True):
                here.columns.update(dict.fromkeys(range(cell.column, cell.column + cell.colspan), key))
        elif self._heads == [name for _, name in wanted]:  # over two lines of text, one column each
            full = [place for place in range(table.columns) if place not in self._empty]
            here = self._begin(self._s4, row, table)
            here.columns.update(zip(full, keys, strict=False))
            here.loose = True
        else:
            return False
        here.end = max(cell.span.end for cell in row)
        self._groups = tuple(keys)
        return True

    def _is_s4_row(self, row: Sequence[Cell], table: Table) -> bool:
        here = self._open
        if here is None or here.table is not self._s4 or here.rows or not self._cells.any_number(row):
            return False
        assert self._groups is not None
        cells = self._cells.crossings(row, here.columns, self._groups)
        if here.loose and cells is not None and not sums_hold(tuple(cells), 5):
            shifted = [None, *cells[:-1]]
            cells = shifted if cells[-1] is None and sums_hold(tuple(shifted), 5) else None
        readings, digits = self._cells.settled(cells, row, here.columns, len(self._groups), 5)
        here.rows.append(
            FoundRow(Row("s4", self._s4.label, "", False, ()), row[0].span, self._groups, readings, digits)
        )
        here.end = max(cell.span.end for cell in row)
        self._groups = None
        self._close()
        return True


def _edition(here: _Open) -> str:
    if here.table.notation == "s3":
        names = {row.row.indicator for row in here.rows}
        return "2021" if any(name.startswith("s3.other_") for name in names) else "2019"
    return edition_of(here.table, set(here.columns.values()))


def _unfinished(here: _Open) -> bool:
    return here.last < len(here.table.rows) - 1


def _under(row: Sequence[Cell], places: dict[int, str]) -> set[str]:
    """The columns in which a row has a cell, blank or not."""
    return {
        places[place]
        for cell in row
        for place in range(cell.column, cell.column + cell.colspan)
        if place in places
    }
