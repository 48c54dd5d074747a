"""Rows found in a document, before their digits are settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.tables.numbers import Number, Token
from kg.extract.tables.solve import ColumnSum, Reading, consistent, row_readings, sums_hold
from kg.schema.form import Form, FormTable, Row
from kg.text.document import Span

_LEAST_WHOLE = 22  # rows of section three below which a table is taken for a piece

_SIGNED = "change"  # the only column of the form whose figures may fall below zero


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a table: its label, the columns it has, and every reading of its digits."""

    row: Row
    label: Span
    columns: tuple[str, ...]
    readings: tuple[Reading, ...]
    digits: Span | None  # all that was read, for quoting; None where the row is empty
    units: tuple[str, ...] = ()  # unit printed over each column, where one is


@dataclass(frozen=True, slots=True)
class FoundRows:
    """A table as found: where, which, in which edition, and its rows."""

    table: FormTable
    rows: tuple[FoundRow, ...]
    span: Span
    edition: str
    unknown: tuple[tuple[str, Span], ...] = ()
    broken: bool = False  # figures stand where no column is


def readings_of(
    tokens: Sequence[Token], width: int, group: int, *, blanks: bool = False
) -> tuple[Reading, ...]:
    """The readings of the digits of a row."""
    return tuple(row_readings(tokens, width, group, blanks=blanks))


def beside(first: Number, cells: Sequence[Number | None], width: int) -> Reading | None:
    """The cells of a row with a figure right behind its label, whose own cell is blank, or missing where all others are there.

    Where all cells are there and the first is filled, that figure is a note's. None where a cell is missing and another blank:
    which of them is the first is not known.
    """
    if len(cells) == width:
        return (cells[0] or first, *cells[1:])
    return (first, *cells) if len(cells) == width - 1 and None not in cells else None


def choose(ways: Sequence[Reading], group: int) -> tuple[Reading, ...]:
    """Of several ways to see the same cells, those whose sums hold; all of them where none does."""
    good = [way for way in ways if sums_hold(way, group)] if group and len(ways) > 1 else []
    return tuple(good or ways)


def settle(found: FoundRows, form: Form) -> list[tuple[FoundRow, Reading, bool]]:
    """For each row the cells that every remaining reading agrees on, and whether some had to be left out.

    Column sums are used only where some row has several readings.
    """
    readings = [list(row.readings) for row in found.rows]
    if found.table.notation == "s3" and any(len(choices) > 1 for choices in readings):
        readings = _by_columns(found, form, readings)
    settled: list[tuple[FoundRow, Reading, bool]] = []
    for row, every in zip(found.rows, readings, strict=True):
        if row.digits is None:
            continue
        width = len(row.columns)
        choices = [reading for reading in every if not _is_shifted(row.columns, reading)]
        if not choices:
            settled.append((row, (None,) * width, True))
        elif len(choices) == 1:
            settled.append((row, choices[0], False))
        else:
            settled.append((row, (None,) * width, True))
    return settled


def _is_shifted(columns: Sequence[str], reading: Reading) -> bool:
    """Whether a row with a blank cell has a number below zero where only a change may be: its cells have lost their places."""
    below = (
        number is not None and number.value < 0 and column != _SIGNED
        for column, number in zip(columns, reading, strict=False)
    )
    return None in reading and any(below)


def _by_columns(found: FoundRows, form: Form, readings: list[list[Reading]]) -> list[list[Reading]]:
    order = {row.row.indicator: index for index, row in enumerate(found.rows)}
    unread = {index for index, row in enumerate(found.rows) if row.digits is not None and not row.readings}
    sums = []
    for code in ("FORM-R2", "FORM-R3"):
        balance = form.balance(code, "s3")
        left = tuple(order[name] for name in balance.left if name in order)
        right = tuple(order[name] for name in balance.right if name in order)
        needed = len(balance.left) if code == "FORM-R3" else 2
        if len(left) >= needed and len(right) == len(balance.right) and not unread & {*left, *right}:
            sums.append(ColumnSum(left, right))
    if not sums:
        return readings
    narrowed = consistent(readings, sums, len(found.rows[0].columns) if found.rows else 0)
    return [list(choices) for choices in narrowed]


def soundness(found: FoundRows) -> int:
    """How well a table was read: rows whose sums hold, less what could not be placed."""
    group = {"s3": len(found.table.columns), "s4": len(found.table.columns)}.get(found.table.notation, 0)
    score = -len(found.unknown) - (100 if found.broken else 0)
    for row in found.rows:
        if row.digits is None:
            continue
        if len(row.readings) != 1:
            score -= 1
        elif not group or sums_hold(row.readings[0], group):
            score += 2
    return score


def doubtful(found: FoundRows) -> bool:
    """Whether another way of reading a table may do better."""
    rows = [row for row in found.rows if row.digits is not None]
    whole = found.table.notation != "s3" or len(found.rows) >= _LEAST_WHOLE
    return soundness(found) < 2 * len(rows) or not rows or not whole


def base_unit(form: Form, symbol: str) -> tuple[str, Decimal]:
    """The base unit of a printed unit, and how many of it one is."""
    for unit in form.units:
        if unit.symbol == symbol:
            return unit.base, unit.factor
    return symbol, Decimal(1)


def applicants(table: FormTable) -> tuple[str, ...]:
    """The notations of a table's columns, in order."""
    return tuple(column.notation for column in table.columns)


def by_label(table: FormTable) -> Mapping[str, int]:
    """The place of each row by any of its full labels."""
    places: dict[str, int] = {}
    for index, row in enumerate(table.rows):
        for words in row.label.full:
            places.setdefault(words, index)
    return places


def number_span(reading: Reading) -> Span | None:
    """The stretch from the first to the last number of a reading."""
    spans = [cell.span for cell in reading if isinstance(cell, Number)]
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else None
