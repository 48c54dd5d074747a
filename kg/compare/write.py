"""A comparison for people and for programs."""

import csv
import io
import json
from decimal import Decimal

import pyoxigraph as ox

from kg.compare.data import Compared, Entry
from kg.query import Table, write

_COLUMNS = ("indicator", "agency", "year", "value", "unit", "change", "rank", "other_values", "findings", "report", "start", "end")  # fmt: skip
_THEN = "agency_then"  # a further column where a body had another name in some year
_RATES = ("per", "population", "rate")  # further columns where rates were asked for
MISSING, DOUBT, UNKNOWN = "–", "!", "?"


def as_table(compared: Compared, words: dict[str, str]) -> str:
    """A row for each indicator and body, a column for each year; a value in doubt has a mark, one that is missing a dash.

    Where rates were asked for they stand in the place of the values; a question mark where the population is not known.
    ``words`` are what the columns are called. The last columns are the change on the year before and the rank, both of the last year.
    """
    rows = []
    for indicator in compared.indicators:
        for agency in compared.agencies:
            entries = [one for one in compared.entries if (one.indicator, one.agency) == (indicator, agency)]
            if entries:
                rows.append(_row(compared, entries))
    columns = (
        words["indicator"], words["unit"], words["agency"], *compared.years, words["change"], words["rank"],
    )  # fmt: skip
    return write(Table(columns, tuple(rows)), "table")


def _row(compared: Compared, entries: list[Entry]) -> tuple[ox.Literal, ...]:
    last = entries[-1]
    former = dict.fromkeys(
        compared.labels[one.figure.body] for one in entries if one.figure is not None and one.figure.body
    )
    unit = next((one.unit for one in entries if one.unit), "")
    cells = [
        compared.labels[last.indicator],
        " / ".join(
            filter(None, (compared.labels.get(unit, ""), f"{compared.per:,}" if compared.per else ""))
        ),
        " ← ".join([compared.labels[last.agency], *reversed(former)]),
        *(_rate(entry) if compared.per else _cell(entry) for entry in entries),
        "" if last.change is None else f"{last.change:+}%",
        "" if last.rank is None else str(last.rank),
    ]
    return tuple(ox.Literal(cell) for cell in cells)


def _cell(entry: Entry) -> str:
    if entry.figure is None:
        return MISSING
    values = [entry.figure.value, *entry.others]
    return "/".join(_plain(value) for value in values) + (f" {DOUBT}" if entry.doubtful else "")


def _rate(entry: Entry) -> str:
    if entry.figure is None:
        return MISSING
    return (UNKNOWN if entry.rate is None else f"{entry.rate.normalize():f}") + (
        f" {DOUBT}" if entry.doubtful else ""
    )


def as_csv(compared: Compared) -> str:
    """One line for each indicator, body and year; an empty value is missing in the report."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    more = (*([_THEN] if _renamed(compared) else ()), *(_RATES if compared.per else ()))
    writer.writerow([*_COLUMNS, *more])
    for entry in compared.entries:
        record = _record(compared, entry)
        writer.writerow(
            " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else value
            for value in record.values()
        )
    return out.getvalue()


def as_json(compared: Compared) -> str:
    """The same as a list of objects; IRIs of the reports and the place of each figure in their texts."""
    records = [_record(compared, entry) for entry in compared.entries]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def _record(compared: Compared, entry: Entry) -> dict[str, object]:
    figure = entry.figure
    values: tuple[object, ...] = (
        compared.labels[entry.indicator],
        compared.labels[entry.agency],
        int(entry.year[:4]),
        None if figure is None else _number(figure.value),
        compared.labels.get(entry.unit, ""),
        None if entry.change is None else float(entry.change),
        entry.rank,
        [_number(one) for one in entry.others],
        list(figure.findings) if figure is not None else [],
        figure.report if figure is not None else None,
        figure.start if figure is not None else None,
        figure.end if figure is not None else None,
    )
    record = dict(zip(_COLUMNS, values, strict=True))
    if _renamed(compared):
        record[_THEN] = compared.labels[figure.body] if figure is not None and figure.body else None
    if compared.per:
        rate = None if entry.rate is None else float(entry.rate)
        record |= zip(_RATES, (compared.per, compared.population.get(entry.agency), rate), strict=True)
    return record


def _renamed(compared: Compared) -> bool:
    return any(one.figure is not None and one.figure.body for one in compared.entries)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(value: Decimal) -> str:
    return f"{_number(value)}"
