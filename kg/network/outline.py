"""What a picture of a store is chosen from: its entities and facts without their words, much sooner read than with them."""

from collections.abc import Iterable, Iterator, Sequence

import networkx as nx

from kg.network.projection import spoken_of, types_of_model, years_of
from kg.store import Rows, Store
from kg.terms import expand, shorten

_TYPE = expand("rdf:type")
_STATED = "?stated rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
_SOME = 400  # entities named in one question

Fact = tuple[str, str, str]


def outline(
    store: Store, *, without: Iterable[str] = (), about: Iterable[str] | None = None
) -> "nx.MultiDiGraph[str]":
    """The entities and facts of ``to_networkx(store, facts_only=False)``: nodes with ``cls`` and ``year``, edges with their property as key.

    ``without`` are classes whose entities' facts are not even read, such as figures, of which a store is full; with ``about`` only the
    facts of these entities are.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.update('''INSERT DATA { GRAPH <http://x/r/evidence> {
    ...     <http://x/1> rdf:subject <http://x/办法> ; rdf:predicate rdf:type ; rdf:object pol:Rule .
    ...     <http://x/2> rdf:subject <http://x/办法> ; rdf:predicate pol:issuedBy ; rdf:object <http://x/市政府> .
    ...     <http://x/3> rdf:subject <http://x/3件> ; rdf:predicate rdf:type ; rdf:object pol:Observation .
    ...     <http://x/4> rdf:subject <http://x/3件> ; rdf:predicate pol:observedFor ; rdf:object <http://x/市政府> } }''')
    >>> sorted(outline(store)), sorted(outline(store, without=["pol:Observation"]))
    (['http://x/3件', 'http://x/办法', 'http://x/市政府'], ['http://x/办法', 'http://x/市政府'])
    >>> list(outline(store, about=["http://x/3件"]).edges())
    [('http://x/3件', 'http://x/市政府')]
    """
    left_out = sorted(map(expand, without))
    told: dict[str, set[str]] = {}
    facts: set[Fact] = set()
    for graph, subject, predicate, value in _facts(store, left_out, about):
        facts.add((subject, predicate, value))
        for end in (subject, value) if predicate != _TYPE else (subject,):
            told.setdefault(end, set()).add(graph.removesuffix("/evidence"))
    types = types_of_model(store)
    types |= {one: value for one, predicate, value in sorted(facts, reverse=True) if predicate == _TYPE}
    years = years_of(store, figures=not left_out)
    chosen = [fact for fact in sorted(facts) if fact[1] != _TYPE]
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted({end for one, _, other in chosen for end in (one, other)} | spoken_of(facts)):
        year = years.get(iri) or min(
            (years[report] for report in told.get(iri, ()) if report in years), default=0
        )
        network.add_node(iri, cls=shorten(types[iri]) if iri in types else "", year=year)
    network.add_edges_from((one, other, predicate) for one, predicate, other in chosen)
    return network


def _facts(
    store: Store, without: Sequence[str], about: Iterable[str] | None
) -> Iterator[tuple[str, str, str, str]]:
    """Graph, subject, property and value of each statement between two nodes."""
    if about is not None:
        listed = sorted({iri for iri in about if not any(sign in iri for sign in '<>"{}|^`\\ ')})
        for start in range(0, len(listed), _SOME):
            values = " ".join(f"<{iri}>" for iri in listed[start : start + _SOME])
            yield from _rows(store, f"VALUES ?s {{ {values} }} GRAPH ?graph {{ {_STATED} }}")
        return
    among = ""
    if without:  # which entities come at all is found first: of their classes there are few
        names = ", ".join(f"<{name}>" for name in without)
        among = (
            "{ SELECT DISTINCT ?s WHERE { GRAPH ?any { ?that rdf:predicate rdf:type ; rdf:object ?class ; "
            f"rdf:subject ?s }} FILTER(?class NOT IN ({names})) }} }}"
        )
    yield from _rows(store, f"{among} GRAPH ?graph {{ {_STATED} }}")


def _rows(store: Store, pattern: str) -> Iterator[tuple[str, str, str, str]]:
    rows = store.query(f"SELECT ?graph ?s ?p ?o WHERE {{ {pattern} FILTER(isIRI(?o)) }}")
    assert isinstance(rows, Rows)
    for graph, one, predicate, other in rows:
        yield graph.value, one.value, predicate.value, other.value  # type: ignore[union-attr]
