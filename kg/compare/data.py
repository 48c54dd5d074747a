"""Which figures stand beside each other, with what changed and who leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query import entity_named, select
from kg.query.comparison import Comparison, Figure, comparable, comparison
from kg.store import Store

_USUAL = 6  # indicators that are shown where none is named: those of most reports


@dataclass(frozen=True, slots=True)
class Entry:
    """What one body states under one indicator for one year.

    ``figure`` is None where it states nothing. ``others`` are other values it states for the same, ``change`` is in percent of the year before,
    ``rank`` from 1 for the most among the bodies compared. ``rate`` is the figure for so many inhabitants of the body's region as were asked
    for, and then ranks; None where the vocabulary has no population of it.
    """

    indicator: str
    agency: str
    year: str
    figure: Figure | None
    unit: str = ""
    others: tuple[Decimal, ...] = ()
    change: Decimal | None = None
    rank: int | None = None
    rate: Decimal | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a finding is about the figure, or the report states another value as well."""
        return bool(self.others) or (self.figure is not None and bool(self.figure.findings))


@dataclass(frozen=True, slots=True)
class Compared:
    """Entries by indicator, body and year, in this order; ``labels`` names indicators, bodies and units, all by IRI.

    ``per`` is the number of inhabitants that rates are for, 0 where the figures stand as they are; ``population`` is of each body's region.
    """

    indicators: tuple[str, ...]
    agencies: tuple[str, ...]
    years: tuple[str, ...]
    entries: tuple[Entry, ...]
    labels: Mapping[str, str]
    per: int = 0
    population: Mapping[str, int] = field(default_factory=dict)


def compare(
    store: Store,
    names: Iterable[str] = (),
    *,
    years: tuple[int, int] | None = None,
    per: int = 0,
    lang: str = "zh",
) -> Compared:
    """Set bodies and indicators side by side; each is given by any of its names.

    Where no body is named, all that report are compared; where no indicator is, those that most reports count. ``years`` are the
    first and the last; ``per`` asks for rates, such as for 10,000 inhabitants. Raises ``QueryError`` where a name means nothing, or neither a body with reports nor an indicator.
    """
    reporting, counted = comparable(store)
    agencies: list[str] = []
    indicators: list[str] = []
    for name in names:
        iri, indicator = _meant(store, name, reporting)
        (indicators if indicator else agencies).append(iri)
    found = comparison(store, agencies or reporting, indicators or counted[:_USUAL])
    shown = tuple(year for year in found.years if years is None or years[0] <= int(year[:4]) <= years[1])
    present = tuple(
        agency
        for agency in found.agencies
        if agencies or any(found.at(one, agency, year) for one in found.indicators for year in shown)
    )
    population = _population(store, present) if per else {}
    entries = tuple(
        entry
        for indicator in found.indicators
        for entry in _entries(
            found,
            indicator,
            present,
            shown,
            {one: Decimal(per) / count for one, count in population.items()} if per else None,
        )
    )
    units = {entry.unit for entry in entries if entry.unit}
    former = {entry.figure.body for entry in entries if entry.figure is not None and entry.figure.body}
    return Compared(
        found.indicators,
        present,
        shown,
        entries,
        _labels(store, {*found.indicators, *present, *units, *former}, lang),
        per,
        population,
    )


def _population(store: Store, agencies: Sequence[str]) -> dict[str, int]:
    """How many live in the region of each body, as far as the vocabulary knows."""
    values = " ".join(f"<{one}>" for one in agencies)
    rows = select(
        store,
        f"SELECT ?a (MAX(?n) AS ?most) {{ VALUES ?a {{ {values} }} ?a pol:jurisdiction/pol:population ?n }} GROUP BY ?a",
    )
    return {row["a"].value: int(row["most"].value) for row in rows if int(row["most"].value) > 0}


def _meant(store: Store, name: str, reporting: Sequence[str]) -> tuple[str, bool]:
    """The IRI a name means, and whether it is an indicator."""
    iri = _indicator(store, name) or entity_named(store, name)
    if iri in reporting:
        return iri, False
    if select(store, f"SELECT ?x {{ BIND(1 AS ?x) FILTER EXISTS {{ <{iri}> a pol:Indicator }} }}"):
        return iri, True
    raise QueryError(
        f"“{name}” is neither a body with a report nor an indicator",
        where=store.location,
        hint="kg search finds names",
    )


def _indicator(store: Store, name: str) -> str:
    """The one indicator of this name or code."""
    rows = select(
        store,
        f"""SELECT DISTINCT ?i {{ VALUES ?name {{ {" ".join(_literals(name))} }}
          ?i skos:prefLabel|skos:altLabel|skos:notation ?name ; a pol:Indicator }} LIMIT 2""",
    )
    return rows[0]["i"].value if len(rows) == 1 else ""


def _literals(name: str) -> list[str]:
    return [str(ox.Literal(name)), *(str(ox.Literal(name, language=tag)) for tag in ("zh", "en"))]


def _entries(
    found: Comparison,
    indicator: str,
    agencies: Sequence[str],
    years: Sequence[str],
    parts: Mapping[str, Decimal] | None,
) -> Iterable[Entry]:
    """``parts`` is by what the figures of a body are multiplied to be rates; None where no rates are asked for."""
    values = {
        (agency, year): figures[0]
        for agency in agencies
        for year in found.years
        if (figures := found.at(indicator, agency, year))
    }
    for agency in agencies:
        if not any((agency, year) in values for year in years):
            continue
        for year in years:
            figure = values.get((agency, year))
            if figure is None:
                yield Entry(indicator, agency, year, None)
                continue
            others = {one.value for one in found.at(indicator, agency, year) if one.unit == figure.unit} - {
                figure.value
            }
            rivals = [
                one.value if parts is None else one.value * parts[who]
                for (who, when), one in values.items()
                if when == year and one.unit == figure.unit and (parts is None or who in parts)
            ]
            rate = figure.value * parts[agency] if parts is not None and agency in parts else None
            own = figure.value if parts is None else rate
            yield Entry(
                indicator,
                agency,
                year,
                figure,
                figure.unit,
                tuple(sorted(others)),
                _change(values.get((agency, str(int(year[:4]) - 1))), figure),
                None if own is None else sum(one > own for one in rivals) + 1,
                rate if rate is None else rate.quantize(Decimal("0.001")),
            )


def _change(before: Figure | None, now: Figure) -> Decimal | None:
    if before is None or not before.value or before.unit != now.unit or before.body != now.body:
        return None  # of another name, it may have had other duties
    return ((now.value - before.value) * 100 / before.value).quantize(Decimal("0.1"))


def _labels(store: Store, iris: Iterable[str], lang: str) -> dict[str, str]:
    values = " ".join(f"<{iri}>" for iri in sorted(iris))
    rows = select(
        store, f"SELECT ?e ?name {{ VALUES ?e {{ {values} }} ?e skos:prefLabel ?name }} ORDER BY ?e ?name"
    )
    found: dict[str, str] = {}
    for row in rows:
        tag = getattr(row["name"], "language", None) or ""
        if row["e"].value not in found or tag == lang:
            found[row["e"].value] = row["name"].value
    return {iri: found.get(iri, iri) for iri in sorted(iris)}
