"""A store as a VoID dataset: how many triples and entities, and how often each class and property is used.

Source: https://www.w3.org/TR/void/
"""

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.terms import expand

VOID = "http://rdfs.org/ns/void#"
TRIPLES = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENTITIES = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"
CLASSES = "SELECT ?x (COUNT(*) AS ?n) { ?s a ?x } GROUP BY ?x"
PROPERTIES = "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x"

Triples = Iterator[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]


def dataset(
    iri: str,
    triples: int,
    entities: int,
    classes: Mapping[str, int],
    properties: Mapping[str, int],
    *,
    endpoint: str = "",
) -> Triples:
    """The description of a dataset from what the four queries of this module count; predicates as full or prefixed names.

    >>> [predicate for _, predicate, _ in dataset("http://x/d", 1, 1, {}, {})][-1]
    'http://rdfs.org/ns/void#entities'
    """
    node = ox.NamedNode(iri)
    yield node, "rdf:type", ox.NamedNode(VOID + "Dataset")
    yield node, "dcterms:title", ox.Literal("policy-kg", language="en")
    if endpoint:
        yield node, VOID + "sparqlEndpoint", ox.NamedNode(endpoint)
    for prefix in ("pol", "ind"):
        yield node, VOID + "vocabulary", ox.NamedNode(expand(f"{prefix}:"))
    yield node, VOID + "triples", ox.Literal(triples)
    yield node, VOID + "entities", ox.Literal(entities)
    for kind, used, number in (("class", classes, "entities"), ("property", properties, "triples")):
        for place, (term, count) in enumerate(sorted(used.items())):
            part = ox.NamedNode(f"{iri.partition('#')[0]}#{kind}-{place}")
            yield node, f"{VOID}{kind}Partition", part
            yield part, VOID + kind, ox.NamedNode(term)
            yield part, VOID + number, ox.Literal(count)
