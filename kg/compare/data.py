"""Which figures stand beside each other, with what changed and who leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    ``rank`` from 1 for the most among the bodies compared.
    """

    indicator: str
    agency: str
    year: str
    figure: Figure | None
    unit: str = ""
    others: tuple[Decimal, ...] = ()
    change: Decimal | None = None
    rank: int | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a finding is about the figure, or the report states another value as well."""
        return bool(self.others) or (self.figure is not None and bool(self.figure.findings))


@dataclass(frozen=True, slots=True)
class Compared:
    """Entries by indicator, body and year, in this order; ``labels`` names indicators, bodies and units, all by IRI."""

    indicators: tuple[str, ...]
    agencies: tuple[str, ...]
    years: tuple[str, ...]
    entries: tuple[Entry, ...]
    labels: Mapping[str, str]


def compare(
    store: Store, names: Iterable[str] = (), *, years: tuple[int, int] | None = None, lang: str = "zh"
) -> Compared:
    """Set bodies and indicators side by side; each is given by any of its names.

    Where no body is named, all that report are compared; where no indicator is, those that most reports count. ``years`` are the
    first and the last. Raises ``QueryError`` where a name means nothing, or neither a body with reports nor an indicator.
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
    entries = tuple(
        entry for indicator in found.indicators for entry in _entries(found, indicator, present, shown)
    )
    units = {entry.unit for entry in entries if entry.unit}
    return Compared(
        found.indicators, present, shown, entries, _labels(store, {*found.indicators, *present, *units}, lang)
    )


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
    found: Comparison, indicator: str, agencies: Sequence[str], years: Sequence[str]
) -> Iterable[Entry]:
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
            more = [
                one
                for (_, when), one in values.items()
                if when == year and one.unit == figure.unit and one.value > figure.value
            ]
            yield Entry(
                indicator,
                agency,
                year,
                figure,
                figure.unit,
                tuple(sorted(others)),
                _change(values.get((agency, str(int(year[:4]) - 1))), figure),
                len(more) + 1,
            )


def _change(before: Figure | None, now: Figure) -> Decimal | None:
    if before is None or not before.value or before.unit != now.unit:
        return None
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
