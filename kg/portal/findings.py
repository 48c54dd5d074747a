"""Findings with their words and the place they point at."""

from dataclasses import dataclass, replace

from kg.query import select
from kg.store import Store
from kg.view.classes import select_for

_ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding: the report it is about, its code and severity, what it says, and where its first words stand."""

    report: str
    code: str
    severity: str
    message: str
    start: str = ""
    end: str = ""
    iri: str = ""


def findings(store: Store, lang: str, *, report: str = "", limit: int = 500) -> tuple[Noticed, ...]:
    """The findings of a store, or of the report with this IRI, the worst first, of these those about the latest years."""
    where = f"VALUES ?g {{ <{report}/checks> }} " if report else ""
    told: dict[str, Noticed] = {}
    for row in select(
        store,
        f"SELECT ?g ?f ?code ?severity ?m WHERE {{ {where}GRAPH ?g "
        f'{{ ?f pol:code ?code ; pol:severity ?severity ; pol:message ?m }} FILTER(LANG(?m) = "{lang}") }}',
    ):
        told[row["f"].value] = Noticed(
            row["g"].value.removesuffix("/checks"),
            row["code"].value,
            row["severity"].value.rpartition("#")[2],
            row["m"].value,
        )
    years = {} if report else _years(store)
    latest = sorted(sorted(told.items()), key=lambda item: years.get(item[1].report, ""), reverse=True)
    chosen = sorted(latest, key=lambda item: _ORDER.get(item[1].severity, 3))[:limit]
    places: dict[str, tuple[int, str]] = {}
    pattern = "?it pol:evidence/oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end"
    for row in select_for(store, [iri for iri, _ in chosen], pattern):
        place = (int(row["start"].value), row["end"].value)
        places[row["it"].value] = min(place, places.get(row["it"].value, place))
    return tuple(
        replace(one, iri=iri, start=str(places[iri][0]), end=places[iri][1])
        if iri in places
        else replace(one, iri=iri)
        for iri, one in chosen
    )


def _years(store: Store) -> dict[str, str]:
    """The year of each report, by its IRI."""
    rows = select(store, "SELECT ?r ?year WHERE { ?r a pol:Report ; pol:reportYear ?year } ORDER BY ?year")
    return {row["r"].value: row["year"].value for row in rows}
