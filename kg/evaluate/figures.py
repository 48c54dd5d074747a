"""Scores of the figures in running text, and of the cells of the statistical tables."""

import tomllib
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.actual import Figure
from kg.evaluate.fold import fold, likeness
from kg.evaluate.gold import Both, Gold, GoldFigure
from kg.evaluate.pairing import pair
from kg.evaluate.score import Measure, Score, Verdict
from kg.terms import expand

_MEASURES = {
    "count": frozenset({"Count", "Amount"}),
    "share": frozenset({"Share"}),
    "rate": frozenset({"Share", "Ratio"}),
    "change": frozenset({"Change"}),
}
_MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_VALUE = expand("sdmx-measure:obsValue")
_LEAST = 0.5  # indicators less alike than this are worth a look


def score_figures(
    gold: Both[GoldFigure], figures: Sequence[Figure], tables: Collection[str] = ()
) -> tuple[Score, tuple[Measure, ...]]:
    """Compare figures of running text and of annexes, which are tables not among the ``tables`` of gold.

    Value, unit, year and kind must be the same, and the likeness of indicators picks the pairing. A figure
    of an annex that gold does not name is neither right nor wrong. Beside the
    score stand measures of what must be found: ``numbers`` (the value is in the graph, whatever else is
    right), and of what is found whether indicator, bound, whole and year of comparison are as gold has them.
    """
    prose = [figure for figure in figures if not figure.cell]
    annexes = [figure for figure in figures if figure.cell and not _in_tables(figure, tables)]
    either = [*prose, *annexes]
    pairs = pair(gold.must, either, lambda item, figure: _alike(item, figure) / (2 if figure.cell else 1))
    rest = [index for index in range(len(prose)) if index not in pairs.values()]
    # A figure said twice is one figure: a given one that gold has already had is neither right nor wrong.
    twice = {index for index in rest if any(_alike(item, prose[index]) > _LEAST for item in gold.must)}
    allowed = twice | {index for index in rest if any(_alike(item, prose[index]) > 0 for item in gold.may)}
    extras = [index for index in rest if index not in allowed]
    missed = [index for index in range(len(gold.must)) if index not in pairs]
    near = pair([gold.must[index] for index in missed], [prose[index] for index in extras], _near)
    nearest = {missed[left]: prose[extras[right]] for left, right in near.items()}
    score = Score(
        "observations",
        wanted=len(gold.must),
        found=len(pairs),
        given=len(pairs) + len(extras),
        right=len(pairs),
        misses=tuple(
            described(gold.must[index]) + (f"  (given: {nearest[index]})" if index in nearest else "")
            for index in missed
        ),
        extras=tuple(str(prose[index]) for index in extras),
        neutral=len(allowed),
        verdicts=tuple(
            Verdict(
                (figure.iri, _VALUE, ""),
                "neutral" if index in allowed else "wrong" if index in extras else "right",
                str(figure),
            )
            for index, figure in enumerate(either)
            if index < len(prose) or index in pairs.values()
        ),
    )
    matched = [(gold.must[left], either[right]) for left, right in pairs.items()]
    measures = (
        Measure(
            "numbers",
            len(pairs) + len(near),
            len(gold.must),
            tuple(described(gold.must[index]) for index in missed if index not in nearest),
        ),
        _agreement("indicators", matched, lambda item, figure: _indicator_likeness(item, figure) >= _LEAST),
        _agreement("bounds", matched, lambda item, figure: item.approximate == (figure.bound != "Exact")),
        _agreement(
            "wholes of shares", [m for m in matched if m[0].whole], lambda _, figure: bool(figure.whole)
        ),
        _agreement(
            "years compared with",
            [m for m in matched if m[0].compared_with],
            lambda item, figure: item.compared_with == figure.compared_with,
        ),
    )
    return score, measures


def _in_tables(figure: Figure, tables: Collection[str]) -> bool:
    return any(code.partition(".")[0] in tables for code in figure.codes)


def described(figure: GoldFigure) -> str:
    """A gold figure in one line."""
    unit = "%" if figure.kind == "change" else " | ".join(figure.units)
    kind = "" if figure.kind == "count" else f" {figure.kind}"
    return f"{figure.indicators[0]} {figure.value}{unit} {figure.year or ''}{kind}".rstrip()


def score_tables(gold: Gold, figures: Sequence[Figure]) -> Score:
    """Compare the statistical tables cell by cell; a blank cell must have no figure."""
    cells: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        for code in figure.codes:
            if figure.cell and code.startswith(("s2.", "s3.", "s4.")):
                cells.setdefault((code, next(iter(figure.applicants), "")), []).append(figure)
    wanted = found = 0
    misses: list[str] = []
    right: set[str] = set()
    for name, codes, applicant, value, money in _gold_cells(gold):
        given = [figure for code in codes for figure in cells.get((code, applicant), [])]
        if value is None:
            continue
        wanted += 1
        hits = [figure.iri for figure in given if _same_cell(value, figure, money=money)]
        found += bool(hits)
        right |= set(hits)
        if not hits:
            stated = ", ".join(str(figure.value) for figure in given)
            misses.append(f"{name} = {value}" + (f"  (given: {stated})" if given else ""))
    all_given = {
        figure.iri: f"{code} {applicant} = {figure.value}".replace("  ", " ")
        for (code, applicant), found_here in cells.items()
        if code.partition(".")[0] in gold.tables
        for figure in found_here
    }
    extras = tuple(text for iri, text in sorted(all_given.items()) if iri not in right)
    verdicts = tuple(
        Verdict((iri, _VALUE, ""), "right" if iri in right else "wrong", text)
        for iri, text in sorted(all_given.items())
    )
    return Score(
        "tables",
        wanted,
        found,
        len(all_given),
        len(all_given) - len(extras),
        tuple(misses),
        extras,
        verdicts=verdicts,
    )


def _gold_cells(gold: Gold) -> Iterable[tuple[str, tuple[str, ...], str, Decimal | None, bool]]:
    """Each cell: its name, the codes it may have, its applicant, its value, and whether it is money."""
    layout = tomllib.loads((Path(__file__).parent / "tables.toml").read_text(encoding="utf-8"))
    for row, cells in gold.tables.get("s3", {}).items():
        for column, value in _zip(gold, f"s3 {row}", layout["s3"]["columns"], cells):
            yield f"s3.{row} {column}", (f"s3.{row}",), column, value, False
    for row, cells in gold.tables.get("s4", {}).items():
        for column, value in _zip(gold, f"s4 {row}", layout["s4"]["columns"], cells):
            yield f"s4.{row}.{column}", (f"s4.{row}.{column}",), "", value, False
    for row, cells in gold.tables.get("s2", {}).items():
        form = layout["s2"].get(row)
        columns = form and form["columns"].get(str(len(cells)))
        if not columns:
            raise InputError(f"section two has no row “{row}” of {len(cells)} cells", where=gold.name)
        for options, value in _zip(gold, f"s2 {row}", columns, cells):
            codes = tuple(f"{form['code']}.{option}" for option in options)
            yield codes[0], codes, "", value, "amount" in options


def _zip(
    gold: Gold, row: str, columns: Sequence[str], cells: Sequence[Decimal | None]
) -> Iterable[tuple[str, Decimal | None]]:
    if len(columns) != len(cells):
        raise InputError(f"row {row} has {len(cells)} cells in place of {len(columns)}", where=gold.name)
    return zip(columns, cells, strict=True)


def _same_cell(value: Decimal, figure: Figure, *, money: bool) -> bool:
    """Amounts are printed in yuan or in ten thousands of yuan, and the graph holds yuan."""
    scaled, _ = _in_ones(figure.value, figure.units)
    return figure.value == value or (money and scaled in (value, value * _MYRIADS["万"]))


def _in_ones(value: Decimal, units: Iterable[str]) -> tuple[Decimal, frozenset[str]]:
    """A value and its unit's names with 万 and 亿 of the unit multiplied out.

    >>> _in_ones(Decimal(3), ["万元"]) == (Decimal(30000), frozenset({"元"}))
    True
    """
    units = list(units)
    if units and len(units[0]) > 1 and units[0][0] in _MYRIADS:
        return value * _MYRIADS[units[0][0]], frozenset(
            fold(unit[1:]) for unit in units if unit[0] == units[0][0]
        )
    return value, frozenset(fold(unit) for unit in units)


def _same_value(item: GoldFigure, figure: Figure) -> bool:
    return _in_ones(item.value, item.units)[0] == _in_ones(figure.value, figure.units)[0]


def _alike(item: GoldFigure, figure: Figure) -> float:
    # how many more or fewer than the year before: gold has it as a figure of its own
    by = item.kind == "count" and bool(item.units) and figure.measure == "Change"
    if (figure.measure not in _MEASURES[item.kind] and not by) or not _same_value(item, figure):
        return 0.0
    if item.year is not None and figure.year != item.year:
        return 0.0
    if item.kind == "count" and item.units:
        wanted = frozenset().union(*(_in_ones(item.value, [unit])[1] for unit in item.units))
        if not wanted & _in_ones(figure.value, figure.units)[1]:
            return 0.0
    return 0.01 + _indicator_likeness(item, figure)


def _near(item: GoldFigure, figure: Figure) -> float:
    return 0.01 + _indicator_likeness(item, figure) if _same_value(item, figure) else 0.0


def _indicator_likeness(item: GoldFigure, figure: Figure) -> float:
    return max(
        (likeness(fold(wanted), fold(given)) for wanted in item.indicators for given in figure.indicators),
        default=0.0,
    )


def _agreement(
    name: str, matched: Sequence[tuple[GoldFigure, Figure]], agrees: Callable[[GoldFigure, Figure], bool]
) -> Measure:
    wrong = tuple(
        f"{described(item)} ≠ {figure} {figure.bound}" for item, figure in matched if not agrees(item, figure)
    )
    return Measure(name, len(matched) - len(wrong), len(matched), wrong)
