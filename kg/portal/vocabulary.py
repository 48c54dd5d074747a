"""The classes and properties of a store, as an editor offers them: how often each is used, and which classes have which property,
as the first thousand things of each show."""

from collections.abc import Iterable
from itertools import islice

import pyoxigraph as ox

from kg.query import select
from kg.store import Store
from kg.terms import shorten
from kg.view.classes import select_for

_SOME = 1000
_FEW = 10
Term = dict[str, object]


def vocabulary(store: Store) -> dict[str, object]:
    """Classes and properties; a property names the ``classes`` of its subjects, all by prefixed name.

    >>> from kg.store import MemoryStore
    >>> vocabulary(MemoryStore())["classes"]
    []
    """
    classes: dict[str, int] = {}
    properties: dict[str, int] = {}
    subjects: dict[str, list[str]] = {}
    for row in select(store, "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c FILTER(isIRI(?c)) } GROUP BY ?c"):
        classes[row["c"].value] = int(row["n"].value)
    for row in select(store, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"):
        properties[row["p"].value] = int(row["n"].value)
    for cls in sorted(classes):
        some = f"SELECT ?s {{ ?s a <{cls}> }} LIMIT {_SOME}"  # a join over all is a hundred times slower
        for row in select(store, f"SELECT DISTINCT ?p {{ {{ {some} }} ?s ?p ?o }}"):
            subjects.setdefault(row["p"].value, []).append(shorten(cls))
    called = _labels(store, {*classes, *properties})
    return {
        "classes": [_term(iri, classes[iri], called) for iri in sorted(classes)],
        "properties": [
            _term(iri, properties[iri], called) | {"classes": subjects.get(iri, [])}
            for iri in sorted(properties)
        ],
    }


def terms_called(store: Store, words: str) -> dict[str, str]:
    """The IRIs of classes, individuals of the ontology and indicators whose name in any language has all of these words, each with
    that name, the shortest name first.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.update('INSERT DATA { GRAPH <x:g> { <x:County> a owl:NamedIndividual ; rdfs:label "county"@en , "县级"@zh } }')
    >>> terms_called(store, "County"), terms_called(store, "county town"), terms_called(store, " ")
    ({'x:County': 'county'}, {}, {})
    """
    wanted = [str(ox.Literal(word.lower())) for word in words.split()]
    if not wanted:
        return {}
    all_of = " && ".join(f"CONTAINS(LCASE(?name), {word})" for word in wanted)
    kinds = "VALUES ?kind { owl:Class owl:NamedIndividual pol:Indicator }"
    query = f"SELECT ?it ?name {{ {kinds} ?it a ?kind ; rdfs:label|skos:prefLabel ?name FILTER(isIRI(?it) && {all_of}) }}"
    found = {(row["it"].value, row["name"].value) for row in select(store, query)}
    names: dict[str, str] = {}
    for iri, name in sorted(found, key=lambda it: (len(it[1]), it)):
        names.setdefault(iri, name)
    return dict(islice(names.items(), _FEW))


def _term(iri: str, count: int, called: dict[tuple[str, str], str]) -> Term:
    name = shorten(iri)
    return {
        "name": name if name != iri else f"<{iri}>",
        "zh": called.get((iri, "zh"), ""),
        "en": called.get((iri, "en"), ""),
        "count": count,
    }


def _labels(store: Store, iris: Iterable[str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in select_for(store, iris, "?it rdfs:label ?name"):
        key = (row["it"].value, getattr(row["name"], "language", None) or "")
        found[key] = min(row["name"].value, found.get(key, row["name"].value))
    return found
