"""Reading real grids: the columns a header names, the rows that labels name, and the cells where they cross."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from kg.extract.tables.numbers import Number, NumberReader
from kg.extract.tables.rows import (
    FoundRow,
    FoundRows,
    applicants,
    base_unit,
    by_label,
    choose,
    number_span,
    readings_of,
)
from kg.extract.tables.skeleton import LEAST_LIKENESS, likeness
from kg.extract.tables.solve import Reading, sums_hold
from kg.schema.form import Column, Form, FormTable, Row, skeleton
from kg.text.document import Cell, Document, Span, Table

_WIDEST = 40


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
    """Reads the grids of one document in order; a table may go on in the next grid."""

    def __init__(self, document: Document, form: Form, numbers: NumberReader) -> None:
        self._text = document.folded
        self._form = form
        self._numbers = numbers
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
            for row in _rows(table):
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
        if self._open is not None and (self._open.rows or self._open.columns):
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
        if self._any_number(row):
            return False
        here_open = self._open
        candidates = [here_open.table] if here_open is not None and here_open.table in self._s2 else self._s2
        best: dict[int, Column] = {}
        for table in candidates:
            named = {}
            for cell in filled:
                column = _column(table, skeleton(cell.text))
                if (
                    column is not None
                    and self._numbers.cell(self._text, cell.span.start, cell.span.end) is None
                ):
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
            column = _column(here.table, skeleton(cell.text))
            if column is not None:
                for place in range(cell.column, cell.column + cell.colspan):
                    here.columns[place] = column.notation
                here.units[column.notation] = unit_in(self._form, cell.text, column.unit)

    def _s2_row(self, row: Sequence[Cell]) -> None:
        here = self._open
        assert here is not None
        if not row or not here.columns:
            return
        label = next((cell for cell in row if skeleton(cell.text)), None)
        if label is None or label.column in here.columns:
            return
        words = skeleton(label.text)
        match = _best_row(here.table, words)
        if match is None and not here.rows:
            for table in self._s2:
                if (match := _best_row(table, words)) is not None:
                    here.table = table
                    self._name_columns(here)
                    break
        if match is None or not here.columns:
            if any(self._numbers.cell(self._text, cell.span.start, cell.span.end) for cell in row):
                here.unknown.append((label.text.strip(), label.span))
            return
        if any(
            self._number(cell) is not None and cell.column > label.column and cell.column not in here.columns
            for cell in row
        ):
            here.broken = True
        columns = tuple(dict.fromkeys(here.columns[place] for place in sorted(here.columns)))
        cells = self._crossings(row, here.columns, columns)
        here.end = max(here.end, *(cell.span.end for cell in row))
        readings, digits = self._settled(cells, row, here.columns, len(columns), 0)
        units = tuple(here.units.get(column, "") for column in columns)
        here.rows.append(FoundRow(match, label.span, columns, readings, digits, units))

    # -- section three

    def _is_s3_head(self, row: Sequence[Cell], table: Table) -> bool:
        named = {}
        for cell in row:
            column = _column(self._s3, skeleton(cell.text))
            if column is not None:
                named[cell.column] = (cell, column.notation)
        notations = {notation for _, notation in named.values()}
        if not notations or self._any_number(row):
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
        label = _label_cell(row, self._numbers, self._text)
        if label is None or not self._any_number(row):
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
        label = _label_cell(row, self._numbers, self._text)
        if label is None:
            return
        if here.width != table.columns:
            here.columns, here.width = {}, table.columns
        index = _s3_index(self._s3, label, here.last)
        if index is not None and index == 0 and here.last >= 5:
            places_before, width = dict(here.columns), here.width
            here = self._begin(self._s3, row, table)
            here.columns, here.width = places_before, width
        if index is None:
            words = skeleton(label.text)
            if self._any_number(row) and len(words) <= _WIDEST and here.rows:
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
        ways = [self._crossings(row, headed, columns)] if headed else []
        after = self._after(row, label, len(columns))
        if after is not None and (headed or after[1] == len(columns) or sums_hold(after[0], len(columns))):
            ways.append(list(after[0]))
        known = [tuple(way) for way in ways if way is not None and any(way)]
        chosen = choose(tuple(dict.fromkeys(known)), len(columns))[:1]
        blank = not known and any(way is not None for way in ways)
        nothing: Reading = (None,) * len(columns)
        cells = list(chosen[0]) if chosen else list(nothing) if blank else None
        readings, digits = self._settled(cells, row, headed, len(columns), len(columns), after=label)
        here.rows.append(FoundRow(found, label.span, columns, readings, digits))
        if index == len(self._s3.rows) - 1:
            self._close()

    def _after(self, row: Sequence[Cell], label: Cell, width: int) -> tuple[Reading, int] | None:
        """The cells after a label one by one, and how many there are; None where one is no number or there are too many.

        In a grid made from lines of text the rows need not stand under their header.
        """
        first = label.column + label.colspan
        cells = [cell for cell in row if cell.column >= first and cell.column not in self._empty]
        values = [self._number(cell) for cell in cells]
        for cell, value in zip(cells, values, strict=True):
            if value is None and not self._numbers.blank(self._text, cell.span.start, cell.span.end):
                return None
        if any(values[width:]):
            return None
        return (*values[:width], *[None] * (width - len(values))), len(values)

    # -- section four

    def _is_s4_head(self, row: Sequence[Cell], table: Table) -> bool:
        if self._any_number(row):
            return False
        named = [_column(self._s4, skeleton(cell.text)) for cell in row]
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
        if here is None or here.table is not self._s4 or here.rows or not self._any_number(row):
            return False
        assert self._groups is not None
        cells = self._crossings(row, here.columns, self._groups)
        if here.loose and cells is not None and not sums_hold(tuple(cells), 5):
            shifted = [None, *cells[:-1]]
            cells = shifted if cells[-1] is None and sums_hold(tuple(shifted), 5) else None
        readings, digits = self._settled(cells, row, here.columns, len(self._groups), 5)
        here.rows.append(
            FoundRow(Row("s4", self._s4.label, "", False, ()), row[0].span, self._groups, readings, digits)
        )
        here.end = max(cell.span.end for cell in row)
        self._groups = None
        self._close()
        return True

    # -- cells

    def _any_number(self, row: Sequence[Cell]) -> bool:
        return any(self._number(cell) is not None for cell in row)

    def _number(self, cell: Cell) -> Number | None:
        return self._numbers.cell(self._text, cell.span.start, cell.span.end)

    def _crossings(
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
            number = self._number(cell)
            if number is None and self._numbers.blank(self._text, cell.span.start, cell.span.end):
                continue
            if number is None or len(inside) > 1 or cells[next(iter(inside))] is not None:
                return None
            cells[next(iter(inside))] = number
        return list(cells.values())

    def _settled(
        self,
        cells: list[Number | None] | None,
        row: Sequence[Cell],
        places: dict[int, str],
        width: int,
        group: int,
        after: Cell | None = None,
    ) -> tuple[tuple[Reading, ...], Span | None]:
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


def unit_in(form: Form, words: str, usual: str) -> str:
    """The unit that a header names, of the kind its column usually has, or the empty string."""
    base, _ = base_unit(form, usual)
    symbols = [unit.symbol for unit in form.units if unit.base == base] + [base]
    return next((symbol for symbol in symbols if symbol in words.replace(" ", "")), "")


def _rows(table: Table) -> list[tuple[Cell, ...]]:
    """The rows of a grid; a cell of words that spans rows stands in each of them, a number only in its first."""
    rows = []
    for index, line in enumerate(table.grid()):
        unique = dict.fromkeys(cell for cell in line if cell is not None)
        rows.append(tuple(cell for cell in unique if cell.row == index or not cell.text.strip().isdecimal()))
    return [row for row in rows if row]


def _edition(here: _Open) -> str:
    if here.table.notation == "s3":
        names = {row.row.indicator for row in here.rows}
        return "2021" if any(name.startswith("s3.other_") for name in names) else "2019"
    return edition_of(here.table, set(here.columns.values()))


def edition_of(table: FormTable, columns: Set[str]) -> str:
    """The only edition whose form of a table has exactly these columns, or the empty string."""
    editions = dict.fromkeys(edition for column in table.columns for edition in column.editions)
    fitting = [
        edition
        for edition in editions
        if {column.notation for column in table.columns if edition in column.editions} == columns
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _unfinished(here: _Open) -> bool:
    return here.last < len(here.table.rows) - 1


def _column(table: FormTable, words: str) -> Column | None:
    """The column whose label these words are, or hold with a unit after it."""
    for column in table.columns:
        if words in column.label.full:
            return column
    if table.section != "s2":
        close = [
            column for column in table.columns if len(words) >= 4 and likeness(words, column.label) >= 0.75
        ]
        return close[0] if len(close) == 1 and len(words) <= 12 else None
    if not 4 <= len(words) <= 24:
        return None
    best = [(likeness(words, column.label), -index) for index, column in enumerate(table.columns)]
    score, index = max(best, default=(0.0, 0))
    return table.columns[-index] if score >= 0.75 else None


def _best_row(table: FormTable, words: str) -> Row | None:
    exact = by_label(table).get(words)
    if exact is not None:
        return table.rows[exact]
    scored = [(likeness(words, row.label), -index) for index, row in enumerate(table.rows)]
    score, index = max(scored, default=(0.0, 0))
    return table.rows[-index] if score >= 0.75 and len(words) <= _WIDEST else None


def _label_cell(row: Sequence[Cell], numbers: NumberReader, text: str) -> Cell | None:
    """The last cell of words that stands before the first number."""
    label = None
    for cell in row:
        if numbers.cell(text, cell.span.start, cell.span.end) is not None and cell.column > 0:
            break
        if skeleton(cell.text):
            label = cell
    return label


def _s3_index(table: FormTable, label: Cell, last: int) -> int | None:
    words = skeleton(label.text).lstrip("0123456789")
    exact = [index for index, row in enumerate(table.rows) if _plain(words) in row.label.full]
    later = [index for index in exact if index > last]
    if later:
        return later[0]
    if 0 in exact:
        return 0
    scored = [(likeness(words, row.label), -index) for index, row in enumerate(table.rows) if index > last]
    score, index = max(scored, default=(0.0, 0))
    if score >= LEAST_LIKENESS:
        return -index
    return 0 if last >= 5 and likeness(words, table.rows[0].label) >= 0.85 else None


def _plain(words: str) -> str:
    """A label without the numeral printed before it."""
    return words.lstrip("一二三四五六七八九十") if len(words) > 2 else words
