"""Whether a report's triples are such as the ontology allows, and whether each leads back to a statement."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.evaluate.grounds import TYPE, Grounds
from kg.evaluate.score import Measure
from kg.query import Bound, select
from kg.store import Store
from kg.terms import PREFIXES, expand, shorten

_DCAM = "http://purl.org/dc/dcam/"
_NAMES = frozenset(map(expand, ("skos:prefLabel", "skos:altLabel", "rdfs:label")))
_OWN = tuple(PREFIXES[prefix] for prefix in ("pol", "sdmx-dimension", "sdmx-measure"))
_STRINGS = frozenset(map(expand, ("xsd:string", "rdf:langString")))


def conformance(store: Store, report: str, grounds: Grounds) -> tuple[Measure, Measure]:
    """The triples whose ends are of the classes their property is for, and those that have a statement or follow from one.

    Names of entities are left out: they need no statement. A type follows from another type of the same thing, and a property of another
    vocabulary from one of ours with the same ends.
    """
    rows = select(
        store, f"SELECT DISTINCT ?s ?p ?o WHERE {{ GRAPH <{report}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"
    )
    triples = [(row["s"].value, row["p"].value, row["o"]) for row in rows if row["p"].value not in _NAMES]
    domains, ranges = _allowed(store, "domain"), _allowed(store, "range")
    classes = _classes(store, report)
    odd = [
        (subject, predicate, value)
        for subject, predicate, value in triples
        if not _is_any(classes.get(subject, ()), domains.get(predicate))
        or not _is_any(_kinds(value, classes), ranges.get(predicate))
    ]
    stated = grounds.rules.keys()
    ends = {(subject, value) for subject, _, value in stated}
    typed = {subject for subject, predicate, _ in stated if predicate == TYPE}
    loose = [
        (subject, predicate, value)
        for subject, predicate, value in triples
        if (subject, predicate, value.value) not in stated
        and not (subject in typed if predicate == TYPE else not predicate.startswith(_OWN) and (subject, value.value) in ends)
    ]  # fmt: skip
    return (
        Measure("domain and range", len(triples) - len(odd), len(triples), tuple(map(_shown, odd))),
        Measure(
            "triples with statements", len(triples) - len(loose), len(triples), tuple(map(_shown, loose))
        ),
    )


def _allowed(store: Store, end: str) -> Mapping[str, frozenset[str]]:
    """The classes or datatypes that each property is for at one end; any one of them will do."""
    rows = select(
        store,
        f"SELECT DISTINCT ?p ?c WHERE {{ ?p rdfs:{end}|<{_DCAM}{end}Includes> ?c FILTER(isIRI(?c)) }} ORDER BY ?p ?c",
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["p"].value, set()).add(row["c"].value)
    return {iri: frozenset(classes) for iri, classes in found.items()}


def _classes(store: Store, report: str) -> Mapping[str, frozenset[str]]:
    """The classes of everything the report speaks of, whoever states them."""
    rows = select(
        store,
        f"SELECT DISTINCT ?x ?c WHERE {{ {{ SELECT DISTINCT ?x WHERE {{ GRAPH <{report}> {{ {{ ?x ?p ?o }} UNION {{ ?s ?q ?x }} }} "
        "FILTER(isIRI(?x)) } } ?x a ?c }",
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["x"].value, set()).add(row["c"].value)
    return {iri: frozenset(classes) for iri, classes in found.items()}


def _kinds(value: Bound, classes: Mapping[str, frozenset[str]]) -> Iterable[str]:
    if isinstance(value, ox.Literal):
        kind = value.datatype.value
        return _STRINGS if kind in _STRINGS else (kind,)
    return classes.get(value.value, ())


def _is_any(given: Iterable[str], allowed: frozenset[str] | None) -> bool:
    return allowed is None or not allowed.isdisjoint(given)


def _shown(triple: tuple[str, str, Bound]) -> str:
    subject, predicate, value = triple
    return f"{shorten(subject)} {shorten(predicate)} {shorten(value.value)}"
