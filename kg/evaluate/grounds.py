"""What the facts of a report rest on: its text, and each statement's rules and stretches of that text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.evaluate.actual import Triple
from kg.query import select
from kg.store import Store
from kg.terms import expand
from kg.text.document import Span

TYPE = expand("rdf:type")


@dataclass(frozen=True, slots=True)
class Grounds:
    """A report's normalised text, and by triple the rules that made it and the stretches it rests on.

    The object of a triple is an IRI or the words of a literal.
    """

    text: str
    rules: Mapping[Triple, tuple[str, ...]]
    spans: Mapping[Triple, tuple[Span, ...]]

    def named_at(self, iri: str) -> tuple[Span, ...]:
        """The words that name an entity: what its type rests on."""
        return tuple(
            sorted({span for (subject, predicate, _), spans in self.spans.items()
                    if subject == iri and predicate == TYPE for span in spans})
        )  # fmt: skip


def read_grounds(store: Store, report: str) -> Grounds:
    """Read them back from the evidence of a report."""
    inside = f"GRAPH <{report}/evidence> {{ %s }}"
    texts = select(store, f"SELECT ?text WHERE {{ {inside % '?source nif:isString ?text'} }} ORDER BY ?text")
    rules: dict[Triple, dict[str, None]] = {}
    spans: dict[Triple, dict[Span, None]] = {}
    statement = "?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
    for row in select(
        store,
        f"SELECT DISTINCT ?s ?p ?o ?rule WHERE {{ {inside % (statement + ' ; pol:rule ?rule')} }} ORDER BY ?rule",
    ):
        rules.setdefault(_triple(row), {})[row["rule"].value] = None
    places = " ; pol:evidence/oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end"
    for row in select(
        store,
        f"SELECT DISTINCT ?s ?p ?o ?start ?end WHERE {{ {inside % (statement + places)} }} ORDER BY ?start ?end",
    ):
        start, end = int(row["start"].value), int(row["end"].value)
        if 0 <= start < end:
            spans.setdefault(_triple(row), {})[Span(start, end)] = None
    return Grounds(
        next((row["text"].value for row in texts), ""),
        {triple: tuple(found) for triple, found in rules.items()},
        {triple: tuple(found) for triple, found in spans.items()},
    )  # fmt: skip


def every_span(grounds: Grounds) -> Iterator[Span]:
    """Each stretch that some statement rests on."""
    for spans in grounds.spans.values():
        yield from spans


def _triple(row: Mapping[str, object]) -> Triple:
    subject, predicate, value = (getattr(row[name], "value", "") for name in "spo")
    return subject, predicate, value
