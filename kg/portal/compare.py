"""The page that sets agencies beside each other: a table and lines for each indicator, each figure with its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.portal.findings import Noticed, findings
from kg.portal.links import Link, links
from kg.portal.plot import Plot, plot
from kg.query.comparison import Comparison, Figure, comparable, comparison
from kg.store import Store

_AGENCIES = 8  # that are shown where none are chosen


@dataclass(frozen=True, slots=True)
class Cell:
    """Figures of one agency and year, one of each value; ``change`` on the year before in percent."""

    figures: tuple[Figure, ...] = ()
    change: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether values differ, or something was found about one."""
        return len(self.figures) > 1 or any(one.findings for one in self.figures)


@dataclass(frozen=True, slots=True)
class Table:
    """One indicator: its agencies with a cell for each year."""

    indicator: Link
    unit: str
    rows: tuple[tuple[Link, tuple[Cell, ...]], ...]
    plot: Plot | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What the page shows, and what there is to choose from."""

    years: tuple[str, ...]
    tables: tuple[Table, ...]
    agencies: tuple[Link, ...]
    indicators: tuple[Link, ...]
    chosen: frozenset[str]
    notes: tuple[Noticed, ...]
    titles: dict[str, Link]

    def number(self, finding: str) -> int:
        """Which of the notes a finding is, from one."""
        return next(at for at, one in enumerate(self.notes, 1) if one.iri == finding)


def compare(store: Store, agencies: Sequence[str], indicators: Sequence[str], lang: str) -> Compared:
    """Agencies and indicators side by side, both by IRI; without a choice, some agencies and what most reports count."""
    all_agencies, all_indicators = comparable(store)
    agencies = agencies or all_agencies[:_AGENCIES]
    indicators = indicators or all_indicators[:1]
    found = comparison(store, agencies, indicators)
    units = {figure.unit for figures in found.figures.values() for figure in figures if figure.unit}
    known = links(store, {*all_agencies, *all_indicators, *found.agencies, *indicators, *units}, lang)
    tables = tuple(_table(found, indicator, known) for indicator in found.indicators)
    notes = _noticed(store, tables, lang)
    return Compared(
        found.years,
        tables,
        _by_name(known, all_agencies),
        tuple(known[one] for one in all_indicators),
        frozenset((*agencies, *found.agencies, *indicators)),
        notes,
        links(store, {one.report for one in notes}, lang),
    )


def _table(found: Comparison, indicator: str, known: dict[str, Link]) -> Table:
    rows = []
    series: dict[str, dict[str, Decimal]] = {}
    units: dict[str, None] = {}
    for agency in found.agencies:
        cells = []
        before: Figure | None = None
        for year in found.years:
            figures = found.at(indicator, agency, year)
            cells.append(Cell(_distinct(figures), _change(before, figures)))
            before = figures[0] if figures else None
            if figures:
                units.setdefault(figures[0].unit)
                series.setdefault(known[agency].label, {})[year] = figures[0].value
        if any(cell.figures for cell in cells):
            rows.append((known[agency], tuple(cells)))
    unit = next(iter(units), "")
    drawn = plot(found.years, series) if len(units) <= 1 else None  # one axis holds one unit
    return Table(known[indicator], known[unit].label if unit else "", tuple(rows), drawn)


def _distinct(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The first figure, and the first of each other value in its unit."""
    told: dict[Decimal, Figure] = {}
    for one in figures:
        if one.unit == figures[0].unit:
            told.setdefault(one.value, one)
    return tuple(told.values())


def _change(before: Figure | None, figures: Sequence[Figure]) -> str:
    if before is None or not figures or not before.value or before.unit != figures[0].unit:
        return ""
    if before.body != figures[0].body:  # of another name, it may have had other duties
        return ""
    return f"{(figures[0].value - before.value) * 100 / before.value:+.1f}%"


def _noticed(store: Store, tables: Sequence[Table], lang: str) -> tuple[Noticed, ...]:
    """What was found about the figures that are shown."""
    marked = {
        (figure.report, one)
        for table in tables
        for _, cells in table.rows
        for cell in cells
        for figure in cell.figures
        for one in figure.findings
    }
    told: dict[str, Noticed] = {}
    for report in sorted({report for report, _ in marked}):
        told |= {one.iri: one for one in findings(store, lang, report=report)}
    return tuple(told[one] for _, one in sorted(marked) if one in told)


def _by_name(known: dict[str, Link], iris: Sequence[str]) -> tuple[Link, ...]:
    return tuple(sorted((known[iri] for iri in iris), key=lambda link: (link.label, link.iri)))
