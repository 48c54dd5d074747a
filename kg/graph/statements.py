"""Facts as triples, each with a statement that leads to the words it came from."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from kg.facts import Fact
from kg.graph.closure import TYPE, aligned, classes_of
from kg.graph.evidence import evidence_iri
from kg.graph.lines import Block, Triple, block, name, node, tail, term
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
        for old in model.former.get(fact.object, ()) if isinstance(fact.object, str) else ():
            yield subject, node(fact.predicate), node(old)  # what asks by the name before finds it, too
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


def statements(report: str, facts: Iterable[Fact], model: Model, mint: Mint, graph: str) -> Iterator[Block]:
    """One statement for each different triple, with every stretch and every rule that yielded it."""
    end = tail(graph)
    types = [f"{TYPE} {cls}" for cls in (*_STANDARD, *(node(cls) for cls in classes_of(model, _STATEMENT)))]
    stem = mint.within(report, "fact", "")
    said: dict[Triple, list[str]] = {}
    for fact in facts:
        triple = node(fact.subject), node(fact.predicate), term(fact.object)
        said.setdefault(triple, [*types]).extend(f"{_RULE} {node(rule)}" for rule in (fact.rule, *fact.also))
        said[triple] += [f"{_EVIDENCE} <{evidence_iri(report, span)}>" for span in fact.evidence]
        said[triple] += [f"{_EVIDENCE} <{other}>" for other in fact.elsewhere]
    for (subject, predicate, value), pairs in said.items():
        digest = sha256(f"{subject}\0{predicate}\0{value}".encode()).hexdigest()[:16]
        pairs += [f"{_SUBJECT} {subject}", f"{_PREDICATE} {predicate}", f"{_OBJECT} {value}"]
        yield block(f"<{stem}{digest}>", pairs, end)
