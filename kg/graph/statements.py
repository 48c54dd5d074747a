"""Facts as triples, each with a statement that leads to the words it came from."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from kg.facts import Fact
from kg.graph.closure import TYPE, aligned, classes_of
from kg.graph.evidence import evidence_iri
from kg.graph.lines import Triple, name, node, term
from kg.schema.model import Model
from kg.terms import Mint, expand

_STATEMENT = expand("pol:Statement")
_STANDARD = (name("rdf:Statement"), name("prov:Entity"))
_SUBJECT, _PREDICATE, _OBJECT = name("rdf:subject"), name("rdf:predicate"), name("rdf:object")
_EVIDENCE, _RULE = name("pol:evidence"), name("pol:rule")


def stated(facts: Iterable[Fact], model: Model, classes: Mapping[str, frozenset[str]]) -> Iterator[Triple]:
    """Each fact's triple and what follows from it by the model."""
    none: frozenset[str] = frozenset()
    known: dict[tuple[frozenset[str], str, frozenset[str]], list[str]] = {}
    for fact in facts:
        subject, value = node(fact.subject), term(fact.object)
        yield subject, node(fact.predicate), value
        if isinstance(fact.object, str) and node(fact.predicate) == TYPE:
            for above in classes_of(model, fact.object):
                yield subject, TYPE, node(above)
            continue
        target = classes.get(fact.object, none) if isinstance(fact.object, str) else none
        key = (classes.get(fact.subject, none), fact.predicate, target)
        if key not in known:
            known[key] = [node(other) for other in aligned(model, *key)]
        for other in known[key]:
            yield subject, other, value


def statements(report: str, facts: Iterable[Fact], model: Model, mint: Mint) -> Iterator[Triple]:
    """One statement for each different triple, with every stretch and every rule that yielded it."""
    types = (*_STANDARD, *(node(cls) for cls in classes_of(model, _STATEMENT)))
    for fact in facts:
        subject, predicate, value = node(fact.subject), node(fact.predicate), term(fact.object)
        digest = sha256(f"{subject}\0{predicate}\0{value}".encode()).hexdigest()[:16]
        statement = node(mint.within(report, "fact", digest))
        for cls in types:
            yield statement, TYPE, cls
        yield statement, _SUBJECT, subject
        yield statement, _PREDICATE, predicate
        yield statement, _OBJECT, value
        yield statement, _RULE, node(fact.rule)
        for span in fact.evidence:
            yield statement, _EVIDENCE, node(evidence_iri(report, span))
