"""One entity's page: its names, its facts with the words they rest on, what points at it."""

from dataclasses import dataclass
from urllib.parse import quote

from kg.errors import QueryError
from kg.explain import Explanation, Group, explain
from kg.portal.around import Around, around
from kg.portal.figures import Figures, figures
from kg.portal.links import Link, links
from kg.portal.titles import titled
from kg.query import select
from kg.store import Store
from kg.store.sparql import checked
from kg.terms import BASE, expand, own_filter

PAGE = 50
_FACTS = """SELECT ?property ?value ?words ?report ?start WHERE {{
  <{iri}> ?property ?value
  OPTIONAL {{
    ?fact rdf:subject <{iri}> ; rdf:predicate ?property ; rdf:object ?value ; pol:evidence ?place .
    ?place oa:hasSource/dcterms:isFormatOf ?report ; oa:hasSelector ?quotation, ?position .
    ?quotation oa:exact ?words .
    ?position oa:start ?start
  }}
}}
ORDER BY ?property ?value ?report ?start"""
_TOLD = expand("pol:reportedIn")
_APART = (expand("rdf:type"), _TOLD)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Entities that point here with one property: how many, and those of one page."""

    property: Link
    count: int
    here: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """What a page tells of an entity; ``page`` counts from one and goes through ``incoming``, which has no figures."""

    link: Link
    explained: Explanation
    groups: tuple[Group, ...]
    others: dict[str, Link]
    reports: tuple[Link, ...]
    incoming: tuple[Incoming, ...]
    page: int
    pages: int
    figures: Figures
    compared: str  # the address that sets its figures beside each other
    around: Around | None
    writes: bool  # whether it has reports of its own

    @property
    def is_policy(self) -> bool:
        """Whether something may have come of it."""
        return self.link.iri.startswith(f"{BASE}policy/")

    def query(self) -> str:
        """The query that shows these facts, each with the words it rests on and where they stand."""
        return _FACTS.format(iri=self.link.iri)


def entity(store: Store, iri: str, lang: str, page: int = 1, year: str = "") -> Entity:
    """What a store knows of the thing with this IRI, and its figures of a year; raises ``QueryError`` where it knows nothing."""
    told = explain(store, f"<{checked(iri)}>", incoming=False)
    counts = {
        row["p"].value: int(row["n"].value)
        for row in select(
            store,
            f"SELECT ?p (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s ?p <{iri}> FILTER({own_filter('?p')} "
            "&& ?p != pol:evidence) FILTER NOT EXISTS { ?s a pol:Observation } } GROUP BY ?p",
        )
    }
    pages = max(1, -(-max(counts.values(), default=0) // PAGE))
    page = min(max(page, 1), pages)
    here = {
        name: [
            row["s"].value
            for row in select(
                store,
                f"SELECT DISTINCT ?s WHERE {{ ?s <{name}> <{iri}> FILTER NOT EXISTS {{ ?s a pol:Observation }} }} ORDER BY ?s LIMIT {PAGE} OFFSET {(page - 1) * PAGE}",
            )
        ]
        for name in sorted(counts)
    }
    values = {fact.value for group in told.groups for fact in group.facts if "://" in fact.value}
    counted = figures(store, iri, lang, year)
    known = links(store, {iri, *counts, *values, *(one for found in here.values() for one in found)}, lang)
    known = titled(store, known, lang)
    if not told.groups and not counts and not counted.count and not told.label:
        raise QueryError(f"nothing in the store is called “{iri}”")
    groups = tuple(group for group in told.groups if group.property not in _APART)
    neighbours = [
        *((group.label(lang), [known[f.value] for f in group.facts if f.value in known]) for group in groups),
        *((known[name].label, [known[one] for one in found]) for name, found in here.items()),
    ]
    writes = bool(select(store, f"SELECT ?r {{ ?r pol:issuedBy <{iri}> ; a pol:Report }} LIMIT 1"))
    return Entity(
        known[iri],
        told,
        groups
        or tuple(
            group for group in told.groups if group.property == _TOLD
        ),  # only named: the words that name it
        known,
        tuple(known[fact.value] for group in told.groups if group.property == _TOLD for fact in group.facts),
        tuple(
            Incoming(known[name], counts[name], tuple(known[one] for one in found))
            for name, found in here.items()
            if found
        ),
        page,
        pages,
        counted,
        _compared(counted, iri, writes),
        around(neighbours) or around([("", [one.link for one in counted.here])]),
        writes,
    )


def _compared(counted: Figures, iri: str, writes: bool) -> str:
    """Where the figures of a body that reports, or under an indicator, stand beside each other; empty for other things."""
    if writes and counted.count:
        return f"/compare?agency={quote(iri)}"
    under = {one.parts[0].iri for one in counted.here if one.parts}
    return (
        ""
        if iri in under or not counted.count or "/indicator/" not in iri
        else f"/compare?indicator={quote(iri)}"
    )
