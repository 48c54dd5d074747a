"""What follows from a triple by the model: superclasses, aligned classes, aligned properties."""

from collections.abc import Iterable, Iterator

from kg.graph.lines import Triple, name, node
from kg.schema.model import Model
from kg.terms import expand

TYPE = name("rdf:type")


def classes_of(model: Model, cls: str) -> tuple[str, ...]:
    """A class with everything above it, sorted."""
    return tuple(sorted({cls, *model.superclasses(cls)}))


def typed(model: Model, iri: str, cls: str) -> Iterator[Triple]:
    """The type triples of a node: its class and everything above."""
    subject = node(iri)
    for above in classes_of(model, cls):
        yield subject, TYPE, node(above)


def aligned(
    model: Model, subject_classes: Iterable[str], predicate: str, object_classes: Iterable[str]
) -> tuple[str, ...]:
    """The other properties a triple implies, sorted."""
    found = {*model.implied(subject_classes, predicate, object_classes)} - {predicate, expand("rdf:type")}
    return tuple(sorted(found))
