"""Figures side by side: what agencies count under the same indicators, year by year, with the places they stand at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.query.select import Bound, select
from kg.store import Store
from kg.store.sparql import checked

_MOST = 1000
# Columns of kinds of applicants are parts of their total; shares and changes are no counts.
_FIGURES = """
SELECT DISTINCT ?agency ?indicator ?year ?o ?value ?unit ?report ?own WHERE {{
  VALUES ?indicator {{ {indicators} }} VALUES ?agency {{ {agencies} }} VALUES ?measure {{ pol:Count pol:Amount }}
  ?report pol:issuedBy ?agency ; pol:reportYear ?own .
  ?o pol:reportedIn ?report ; pol:indicator ?indicator ; pol:measure ?measure ; sdmx-measure:obsValue ?value .
  FILTER NOT EXISTS {{ ?o pol:observedFor ?other FILTER(?other != ?agency) }}
  FILTER NOT EXISTS {{ ?o pol:applicant/skos:notation ?part FILTER(STR(?part) != "total") }}
  OPTIONAL {{ ?o sdmx-dimension:refPeriod ?period }} BIND(COALESCE(?period, ?own) AS ?year)
  OPTIONAL {{ ?o pol:unit ?unit }}
}}
"""
_CONTINUED = "SELECT DISTINCT ?new ?old WHERE { ?new pol:continues ?old } ORDER BY ?new ?old"
_PLACES = """
SELECT ?o ?start ?end WHERE {{
  VALUES ?o {{ {figures} }}
  ?t rdf:subject ?o ; rdf:predicate sdmx-measure:obsValue ; pol:evidence/oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end
}}
"""
_FINDINGS = """
SELECT ?report ?f ?start ?end WHERE {{
  VALUES ?report {{ {reports} }}
  ?f a pol:Finding ; pol:reportedIn ?report ; pol:evidence/oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end
}}
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated figure: what it is, where its words stand in the text of its report, and the findings about these words.

    ``body`` is who states it, where that had another name then than the one it is compared under, else empty.
    """

    observation: str
    report: str
    value: Decimal
    unit: str
    start: int = 0
    end: int = 0
    findings: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures by indicator, agency and year; of several, the one of that year's own table is first.

    A body that only got another name is one agency, the latest; one that was merged out of several has these beside it.
    """

    indicators: tuple[str, ...]
    agencies: tuple[str, ...]
    years: tuple[str, ...]
    figures: Mapping[tuple[str, str, str], tuple[Figure, ...]]

    def at(self, indicator: str, agency: str, year: str) -> tuple[Figure, ...]:
        """The figures of one cell, none where nothing is stated."""
        return self.figures.get((indicator, agency, year), ())


def comparison(store: Store, agencies: Sequence[str], indicators: Sequence[str]) -> Comparison:
    """The figures of these agencies under these indicators, both by IRI.

    >>> from kg.store import MemoryStore
    >>> comparison(MemoryStore(), ["http://x/a"], ["http://x/i"]).years
    ()
    """
    latest, merged = _continued(store)
    wanted = [latest.get(one, one) for one in agencies]
    wanted += [latest.get(old, old) for one in wanted for old in merged.get(one, ())]
    stating = [*wanted, *(old for old, new in latest.items() if new in set(wanted))]
    rows = (
        select(store, _FIGURES.format(agencies=_listed(stating), indicators=_listed(indicators)))
        if agencies and indicators
        else []
    )
    places = _places(store, [row["o"].value for row in rows])
    doubts = _doubts(store, [row["report"].value for row in rows])
    found: dict[tuple[str, str, str], list[tuple[bool, bool, str, Figure]]] = {}
    for row in rows:
        body = row["agency"].value
        agency = latest.get(body, body)
        figure = _figure(row, places, doubts, body if body != agency else "")
        key = (row["indicator"].value, agency, row["year"].value)
        told_later = row["own"].value != row["year"].value
        in_text = "/cell/" not in figure.observation
        found.setdefault(key, []).append((told_later, in_text, figure.observation, figure))
    figures = {
        key: tuple(dict.fromkeys(item[3] for item in sorted(found[key], key=lambda item: item[:3])))
        for key in sorted(found)
    }
    return Comparison(
        tuple(dict.fromkeys(indicators)),
        tuple(dict.fromkeys(wanted)),
        tuple(sorted({year for _, _, year in figures})),
        figures,
    )


def _continued(store: Store) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The latest name of each body that got another, and what each body was merged out of, as far as these report."""
    heirs: dict[str, list[str]] = {}
    olds: dict[str, list[str]] = {}
    for row in select(store, _CONTINUED):
        heirs.setdefault(row["old"].value, []).append(row["new"].value)
        olds.setdefault(row["new"].value, []).append(row["old"].value)
    renamed = {old: new for old, (new, *more) in heirs.items() if not more and len(olds[new]) == 1}
    latest = {}
    for old in renamed:
        last, seen = old, {old}
        while last in renamed and renamed[last] not in seen:
            last = renamed[last]
            seen.add(last)
        latest[old] = last
    merged = {latest.get(new, new): tuple(some) for new, some in olds.items() if len(some) > 1}
    return latest, merged


def comparable(store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The agencies that report, and the indicators of most reports first."""
    agencies = select(
        store, f"SELECT DISTINCT ?a {{ ?r a pol:Report ; pol:issuedBy ?a }} ORDER BY ?a LIMIT {_MOST}"
    )
    indicators = select(
        store,
        "SELECT ?i (COUNT(DISTINCT ?r) AS ?n) { VALUES ?m { pol:Count pol:Amount } ?o pol:indicator ?i ; pol:measure ?m ; "
        f"pol:reportedIn ?r }} GROUP BY ?i HAVING(COUNT(DISTINCT ?r) > 1) ORDER BY DESC(?n) ?i LIMIT {_MOST}",
    )
    return tuple(row["a"].value for row in agencies), tuple(row["i"].value for row in indicators)


def _figure(
    row: Mapping[str, Bound],
    places: Mapping[str, tuple[int, int]],
    doubts: Mapping[str, Sequence[tuple[int, int, str]]],
    body: str,
) -> Figure:
    observation, report = row["o"].value, row["report"].value
    start, end = places.get(observation, (0, 0))
    return Figure(
        observation,
        report,
        Decimal(row["value"].value),
        row["unit"].value if "unit" in row else "",
        start,
        end,
        tuple(sorted({one for left, right, one in doubts.get(report, ()) if left < end and right > start})),
        body,
    )


def _places(store: Store, figures: Sequence[str]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for row in _in_parts(store, _PLACES, "figures", figures):
        place = (int(row["start"].value), int(row["end"].value))
        found[row["o"].value] = max(
            place, found.get(row["o"].value, place)
        )  # after the words of its row and column
    return found


def _doubts(store: Store, reports: Sequence[str]) -> dict[str, list[tuple[int, int, str]]]:
    found: dict[str, list[tuple[int, int, str]]] = {}
    for row in _in_parts(store, _FINDINGS, "reports", reports):
        found.setdefault(row["report"].value, []).append(
            (int(row["start"].value), int(row["end"].value), row["f"].value)
        )
    return found


def _in_parts(store: Store, query: str, name: str, iris: Sequence[str]) -> list[dict[str, Bound]]:
    wanted = sorted(set(iris))
    return [
        row
        for at in range(0, len(wanted), 400)
        for row in select(store, query.format(**{name: _listed(wanted[at : at + 400])}))
    ]


def _listed(iris: Sequence[str]) -> str:
    return " ".join(f"<{checked(iri)}>" for iri in iris)
