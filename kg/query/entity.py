"""One entity of a store by what a person calls it: its IRI, its name, a form of its name, or a part of it."""

from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.select import select
from kg.store import Store
from kg.terms import BASE, PREFIXES, expand, own_filter

_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean, with its canonical name and the IRI of its most specific class."""

    iri: str
    label: str
    cls: str


def candidates(store: Store, name: str) -> tuple[Candidate, ...]:
    """The entities a name may mean: those of this name, else with this form, else with this in their name.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> line = f'<http://x/a> <{PREFIXES["skos"]}prefLabel> "云川市"@zh <http://x/g> .\\n'
    >>> store.add({"http://x/g": line.encode()})
    >>> [candidate.iri for candidate in candidates(store, "云川")]
    ['http://x/a']
    """
    name = name.strip()
    if not name:
        return ()
    iri = _iri(name)
    if iri and (found := _described(store, f"VALUES ?e {{ <{iri}> }} FILTER EXISTS {{ ?e ?any ?thing }}")):
        return found
    literals = " ".join(
        str(ox.Literal(name, language=tag) if tag else ox.Literal(name)) for tag in ("", "zh", "en")
    )
    for properties in ("skos:prefLabel|pol:documentNumber", "skos:altLabel|rdfs:label"):
        if found := _described(store, f"VALUES ?l {{ {literals} }} ?e {properties} ?l"):
            return found
    part = f"FILTER(CONTAINS(STR(?l), {ox.Literal(name)}))"
    return _described(store, f"?e skos:prefLabel ?l {part}") or _described(
        store, f"?e skos:altLabel ?l {part}"
    )


def entity_named(store: Store, name: str) -> str:
    """The IRI of the one entity a name means; of several, the one that reports tell of, not a word of the vocabulary.

    Raises ``QueryError`` where there is none, or more than one of equal right.
    """
    found = _told_of(store, candidates(store, name))
    if not found:
        raise QueryError(f"nothing in the store is called “{name}”", where=store.location)
    if len(found) > 1:
        listed = "; ".join(f"{item.label} ({item.iri.removeprefix(BASE)})" for item in found[:5])
        more = f"; and {len(found) - 5} more" if len(found) > 5 else ""
        raise QueryError(
            f"“{name}” may mean {len(found)} things", where=store.location, hint=f"choose one: {listed}{more}"
        )
    return found[0].iri


def _told_of(store: Store, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Of several candidates those that a fact of a report is about; all of them where that is none."""
    if len(found) < 2:
        return found
    values = " ".join(f"<{item.iri}>" for item in found)
    rows = select(
        store,
        f"SELECT DISTINCT ?e WHERE {{ VALUES ?e {{ {values} }} GRAPH ?graph {{ ?fact rdf:subject ?e }} }}",
    )
    told = {row["e"].value for row in rows}
    return tuple(item for item in found if item.iri in told) or found


def _described(store: Store, pattern: str) -> tuple[Candidate, ...]:
    rows = select(
        store,
        f"SELECT ?e (MIN(STR(?label)) AS ?name) (MIN(STR(?c)) AS ?class) WHERE {{ "
        f"{{ SELECT DISTINCT ?e WHERE {{ {pattern} FILTER(isIRI(?e)) }} ORDER BY ?e LIMIT {_LIMIT} }} "
        "OPTIONAL { ?e skos:prefLabel ?label } "
        f"OPTIONAL {{ ?e a ?c FILTER({own_filter('?c')}) "
        "FILTER NOT EXISTS { ?e a ?d . ?d rdfs:subClassOf ?c FILTER(?d != ?c) } } } GROUP BY ?e ORDER BY ?e",
    )
    return tuple(
        Candidate(
            row["e"].value,
            row["name"].value if "name" in row else "",
            row["class"].value if "class" in row else "",
        )
        for row in rows
    )


def _iri(name: str) -> str:
    """The IRI a person may have written, or the empty string."""
    name = name.removeprefix("<").removesuffix(">")
    prefix, _, local = name.partition(":")
    full = (
        expand(name)
        if prefix in PREFIXES and local
        else name
        if "://" in name
        else BASE + name
        if "/" in name
        else ""
    )
    try:
        return ox.NamedNode(full).value if full else ""
    except ValueError:
        return ""
