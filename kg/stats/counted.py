"""What a store holds, counted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from kg.query import Bound, select
from kg.store import Store
from kg.terms import own_filter, shorten


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of something; ``name`` is a code or an IRI, with its labels where it has them."""

    name: str
    zh: str
    en: str
    count: int

    def label(self, lang: str) -> str:
        """What it is called in a language."""
        return (self.en if lang == "en" else self.zh) or self.zh or self.en or shorten(self.name)


@dataclass(frozen=True, slots=True)
class Stats:
    """The content of a store in numbers.

    ``facts`` are statements: triples with evidence, counted once for each report; ``evidence`` the words
    they rest on.
    """

    reports: int
    years: tuple[Counted, ...]
    classes: tuple[Counted, ...]
    facts: int
    evidence: int
    findings: tuple[Counted, ...]
    queries: tuple[str, ...] = ()

    def json(self) -> str:
        """The numbers for programs."""

        def counts(items: Sequence[Counted]) -> dict[str, int]:
            return {item.name: item.count for item in items}

        content = {
            "reports": self.reports,
            "years": counts(self.years),
            "classes": counts(self.classes),
            "facts": self.facts,
            "evidence": self.evidence,
            "findings": counts(self.findings),
            "queries": list(self.queries),
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def stats(store: Store, *, queries: Sequence[str] = ()) -> Stats:
    """Count reports, entities by class, facts, evidence and findings.

    >>> from kg.store import MemoryStore
    >>> stats(MemoryStore(), queries=["policies"]).reports
    0
    """
    return Stats(
        reports=_number(store, "?x a pol:Report"),
        years=_counted(store, "?x a pol:Report ; pol:reportYear ?year . BIND(STR(?year) AS ?name)"),
        classes=_counted(
            store,
            "{ SELECT DISTINCT ?x WHERE { ?x pol:reportedIn ?report } } "  # a tenth of all that has a class
            f"?x a ?name FILTER({own_filter('?name')})",
        ),
        facts=_number(store, "?x a pol:Statement"),
        evidence=_number(store, "?x a pol:Evidence"),
        findings=_counted(store, "?x a pol:Finding ; pol:code ?name"),
        queries=tuple(queries),
    )


def _number(store: Store, pattern: str) -> int:
    rows = select(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    return int(rows[0]["n"].value)


def _counted(store: Store, pattern: str) -> tuple[Counted, ...]:
    rows = select(
        store,
        "SELECT ?name (MIN(?zh) AS ?chinese) (MIN(?en) AS ?english) (MIN(?all) AS ?n) WHERE { "
        f"{{ SELECT ?name (COUNT(DISTINCT ?x) AS ?all) WHERE {{ {pattern} }} GROUP BY ?name }} "
        'OPTIONAL { ?name rdfs:label ?zh FILTER(LANG(?zh) = "zh") } '
        'OPTIONAL { ?name rdfs:label ?en FILTER(LANG(?en) = "en") } '
        "} GROUP BY ?name",
    )

    def text(row: dict[str, Bound], name: str) -> str:
        return row[name].value if name in row else ""

    found = (
        Counted(text(row, "name"), text(row, "chinese"), text(row, "english"), int(row["n"].value))
        for row in rows
        if "name" in row
    )
    return tuple(
        sorted(found, key=lambda one: one.name)
    )  # Virtuoso orders by a name out of a query inside wrongly
