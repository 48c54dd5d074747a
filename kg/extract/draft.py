"""The facts of a report while they are being collected: entities merged, facts said once, evidence kept."""

from dataclasses import dataclass, field

from kg.facts import Entity, Fact, Finding, Literal
from kg.schema.model import Model
from kg.terms import expand
from kg.text.document import Span

TYPE = expand("rdf:type")


@dataclass(slots=True)
class Draft:
    """Collects entities and facts of one report."""

    model: Model
    entities: dict[str, Entity] = field(default_factory=dict)
    facts: dict[tuple[str, str, str | Literal], tuple[dict[Span, None], dict[str, None]]] = field(
        default_factory=dict
    )
    findings: list[Finding] = field(default_factory=list)

    def entity(self, entity: Entity, span: Span, rule: str) -> Entity:
        """Add an entity with the words that name it; the more particular class and all forms are kept."""
        known = self.entities.get(entity.iri)
        if known is not None:
            cls = entity.cls if self.model.is_a(entity.cls, known.cls) else known.cls
            forms = tuple(dict.fromkeys((*known.forms, *entity.forms)))
            entity = Entity(entity.iri, cls, known.label, forms)
        self.entities[entity.iri] = entity
        self.fact(entity.iri, TYPE, entity.cls, (span,), rule)
        return entity

    def fact(
        self, subject: str, predicate: str, value: str | Literal, evidence: tuple[Span, ...], rule: str
    ) -> None:
        """Add a fact; said again, it gains evidence, and the other rule's name."""
        spans, rules = self.facts.setdefault((subject, predicate, value), ({}, {}))
        spans.update(dict.fromkeys(evidence))
        rules[rule] = None

    def withdraw(self, subject: str, predicate: str, rule: str) -> None:
        """Take back what one rule alone has said of a subject."""
        for key in [key for key, (_, rules) in self.facts.items() if key[:2] == (subject, predicate)]:
            if list(self.facts[key][1]) == [rule]:
                del self.facts[key]

    def has(self, subject: str, predicate: str, rule: str = "") -> bool:
        """Whether anything is said of this subject and predicate, by one rule where it is given."""
        return any(
            key[:2] == (subject, predicate) and (not rule or rule in rules)
            for key, (_, rules) in self.facts.items()
        )

    def finished(self) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
        """Entities and facts in a stable order."""
        facts = [
            Fact(subject, predicate, value, tuple(sorted(spans)), *_named(rules))
            for (subject, predicate, value), (spans, rules) in self.facts.items()
            if predicate != TYPE or value == self.entities[subject].cls
        ]
        facts.sort(
            key=lambda fact: (
                fact.subject,
                fact.predicate,
                isinstance(fact.object, Literal),
                str(fact.object),
            )
        )
        return tuple(self.entities[iri] for iri in sorted(self.entities)), tuple(facts)


def _named(rules: dict[str, None]) -> tuple[str, tuple[str, ...]]:
    """The first rule that made a fact, and those that made it again."""
    first, *others = rules
    return first, tuple(sorted(others))
