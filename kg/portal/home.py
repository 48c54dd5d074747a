"""The first page: what the graph holds, its reports, what does not reconcile."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.portal.findings import Noticed, findings
from kg.portal.links import Link, links
from kg.query import select
from kg.stats import Stats, stats
from kg.store import Store
from kg.terms import expand
from kg.view.classes import drawn_classes
from kg.view.words import families

# What lists the things that a number of this page counts.
_ASKED = {
    "reports": "SELECT DISTINCT ?report WHERE { ?report a pol:Report } ORDER BY ?report",
    "findings": "SELECT DISTINCT ?finding ?code WHERE { ?finding a pol:Finding ; pol:code ?code } ORDER BY ?code ?finding",
}
_REPORTS = 300
_FINDINGS = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in a list."""

    iri: str
    agency: str
    year: str


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page shows; ``titles`` of the reports that findings are about, ``colors`` of classes by IRI."""

    counts: Stats
    reports: tuple[Listed, ...]
    findings: tuple[Noticed, ...]
    titles: dict[str, Link]
    colors: dict[str, str]
    asked: Mapping[str, str]

    def members(self, cls: str) -> str:
        """The query for the things that are counted of a class."""
        return (
            f"SELECT ?e (MIN(?label) AS ?name) WHERE {{ ?e a <{cls}> FILTER EXISTS {{ ?e pol:reportedIn ?report }} "
            "OPTIONAL { ?e skos:prefLabel ?label } } GROUP BY ?e ORDER BY ?name ?e"
        )


def home(store: Store, lang: str) -> Home:
    """What the first page shows of a store."""
    rows = select(
        store,
        "SELECT DISTINCT ?r ?agency ?year WHERE { ?r a pol:Report ; pol:issuedBy/skos:prefLabel ?agency "
        f"OPTIONAL {{ ?r pol:reportYear ?year }} }} ORDER BY DESC(?year) ?agency LIMIT {_REPORTS}",
    )
    reports = tuple(
        Listed(row["r"].value, row["agency"].value, row["year"].value if "year" in row else "")
        for row in rows
    )
    found = findings(store, lang, limit=_FINDINGS)
    colors = {expand(name): cls.color for name, cls in drawn_classes(store, families(), lang).items()}
    return Home(
        stats(store), reports, found, links(store, {one.report for one in found}, lang), colors, _ASKED
    )
