"""The facts of a store as a networkx graph: entities are nodes, facts between them are edges."""

from collections.abc import Iterable, Iterator

import networkx as nx
import pyoxigraph as ox

from kg.store import Rows, Store
from kg.terms import expand, is_own, shorten

_TYPE = expand("rdf:type")
_REPORTED_IN = expand("pol:reportedIn")
# Two questions, joined here: as one they take three times as long.
_FACTS = """
SELECT ?place ?s ?p ?o WHERE { GRAPH ?evidence {
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pol:evidence ?place . FILTER(isIRI(?o)) } }
"""
_PLACES = """
SELECT ?place ?report ?start ?exact WHERE { GRAPH ?evidence {
  ?place oa:hasSource/dcterms:isFormatOf ?report ; oa:hasSelector ?position , ?quote .
  ?position oa:start ?start . ?quote oa:exact ?exact } }
"""
_YEARS = "SELECT ?s ?year WHERE { ?s pol:reportYear ?year }"
_PERIODS = "SELECT ?s ?year WHERE { ?s sdmx-dimension:refPeriod ?year }"
_LABELS = """
SELECT ?s ?label WHERE { { ?s skos:prefLabel ?label } UNION { ?s rdfs:label ?label
  FILTER NOT EXISTS { ?s skos:prefLabel ?other } } }
"""
_MODEL = "/graph/ontology"  # what the graph of the model is called after the base

Fact = tuple[str, str, str]


def to_networkx(store: Store, *, facts_only: bool = True, language: str = "zh") -> "nx.MultiDiGraph[str]":
    """The entities of a store and the facts between them, in a fixed order.

    A node is an IRI with ``label``, ``cls`` (its class, as a prefixed name), ``year`` (its own, or that of
    the first report that speaks of it; 0 where none is known) and ``reports``, how many speak of it. An edge
    is one fact with its property as key, and ``label``, ``property`` (prefixed), ``quote`` (the words the
    fact rests on), ``report`` (the first that states it) and ``reports`` (how many do).

    ``facts_only`` keeps what joins two entities that reports speak of. Without it come, too, the reports
    each entity is spoken of in, and the concepts of the model (units, measures, indicators of the form).

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.update('''INSERT DATA { GRAPH <http://x/r/evidence> {
    ...     <http://x/f> rdf:subject <http://x/办法> ; rdf:predicate pol:issuedBy ;
    ...         rdf:object <http://x/市政府> ; pol:evidence <http://x/e> .
    ...     <http://x/e> oa:hasSource <http://x/t> ; oa:hasSelector <http://x/p> , <http://x/q> .
    ...     <http://x/t> dcterms:isFormatOf <http://x/r> .
    ...     <http://x/p> oa:start 3 . <http://x/q> oa:exact "市政府印发《办法》" } }''')
    >>> for one, other, fact in to_networkx(store, facts_only=False).edges(data=True):
    ...     print(one, fact["property"], other, fact["quote"])
    http://x/办法 pol:issuedBy http://x/市政府 市政府印发《办法》
    """
    facts = _facts(store)
    labels = _labels(store, language)
    types = types_of_model(store)
    types |= {
        subject: target for subject, predicate, target in sorted(facts, reverse=True) if predicate == _TYPE
    }
    told: dict[str, set[str]] = {}
    for (subject, predicate, target), places in facts.items():
        for end in (subject, target) if predicate != _TYPE else (subject,):
            told.setdefault(end, set()).update(report for report, _, _ in places)
    years = years_of(store)
    entities = {subject for subject, predicate, _ in facts if predicate == _TYPE}
    chosen = [
        fact
        for fact in sorted(facts)
        if fact[1] != _TYPE
        and not (facts_only and (fact[1] == _REPORTED_IN or not {fact[0], fact[2]} <= entities))
    ]
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted({end for subject, _, target in chosen for end in (subject, target)} | spoken_of(facts)):
        reports = told.get(iri, set())
        own = years.get(iri) or min((years[report] for report in reports if report in years), default=0)
        network.add_node(
            iri,
            label=labels.get(iri) or shorten(iri).rpartition("/")[2],
            cls=shorten(types[iri]) if iri in types else "",
            year=own,
            reports=len(reports),
        )
    for fact in chosen:
        subject, predicate, target = fact
        first = min(facts[fact], key=lambda place: (years.get(place[0], 0), place))
        network.add_edge(
            subject,
            target,
            key=predicate,
            label=labels.get(predicate) or shorten(predicate),
            property=shorten(predicate),
            quote=first[2],
            report=first[0],
            reports=len({report for report, _, _ in facts[fact]}),
        )
    return network


def _facts(store: Store) -> dict[Fact, list[tuple[str, int, str]]]:
    """Facts between two nodes, each with the places it rests on: report, start, words."""
    places = {place: (report, int(start), exact) for place, report, start, exact in _rows(store, _PLACES)}
    found: dict[Fact, list[tuple[str, int, str]]] = {}
    for place, subject, predicate, value in _rows(store, _FACTS):
        if place in places:
            found.setdefault((subject, predicate, value), []).append(places[place])
    return found


def spoken_of(facts: Iterable[Fact]) -> set[str]:
    """Entities of the project's own classes, also those no fact joins to another."""
    return {subject for subject, predicate, cls in facts if predicate == _TYPE and is_own(cls)}


def _labels(store: Store, language: str) -> dict[str, str]:
    """One label a node: in the language where there is one, else the first of those there are."""
    found: dict[str, tuple[bool, str]] = {}
    rows = store.query(_LABELS)
    assert isinstance(rows, Rows)
    for node, label in rows:
        if isinstance(node, ox.NamedNode) and isinstance(label, ox.Literal):
            rank = (label.language != language, label.value)
            found[node.value] = min(rank, found.get(node.value, rank))
    return {node: label for node, (_, label) in found.items()}


def types_of_model(store: Store) -> dict[str, str]:
    """The class of each concept of the model."""
    graphs = sorted(graph for graph in store.graphs() if graph.endswith(_MODEL))
    queries = [f"SELECT ?s ?class WHERE {{ GRAPH <{graph}> {{ ?s rdf:type ?class }} }}" for graph in graphs]
    return dict(sorted((pair for query in queries for pair in _pairs(store, query)), reverse=True))


def years_of(store: Store, *, figures: bool = True) -> dict[str, int]:
    """The year of each report, and of each figure unless these are left out."""
    years: dict[str, int] = {}
    for query in (_YEARS, *([_PERIODS] if figures else [])):
        for node, year in _pairs(store, query):
            if year[:4].isdecimal():
                years[node] = min(int(year[:4]), years.get(node, 9999))
    return years


def _pairs(store: Store, query: str) -> Iterator[tuple[str, str]]:
    """Rows of two, backwards, so that in a dict the first of a key stays."""
    yield from ((row[0], row[1]) for row in sorted(_rows(store, query), reverse=True))


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    rows = store.query(query)
    assert isinstance(rows, Rows)
    for row in rows:
        yield tuple("" if term is None or isinstance(term, ox.Triple) else term.value for term in row)
