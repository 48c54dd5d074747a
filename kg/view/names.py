"""What the entities and properties of a page are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.store import Store
from kg.terms import expand
from kg.view.classes import names_of
from kg.view.facts import Told
from kg.view.labels import short
from kg.view.scene import Scene, fallback_name
from kg.view.words import LANGUAGES, property_label

_NUMBER, _ISSUED_BY, _YEAR = (expand(f"pol:{name}") for name in ("documentNumber", "issuedBy", "reportYear"))


@dataclass(frozen=True, slots=True)
class Names:
    """Every name by IRI, the canonical one first."""

    known: Mapping[str, tuple[str, ...]]
    lang: str
    foreign: Mapping[str, str] = field(default_factory=dict)  # properties in the page's other language

    def entity(self, iri: str) -> str:
        """The canonical name of an entity, or the end of its IRI."""
        return self.known[iri][0] if iri in self.known else fallback_name(iri)

    def forms(self, iri: str) -> tuple[str, ...]:
        """The other names of an entity."""
        return self.known.get(iri, ())[1:]

    def property(self, iri: str) -> str:
        """The name of a property."""
        return property_label(iri, self.known.get(iri, ("",))[0], self.lang)


def names_on(store: Store, facts: Iterable[Told], shown: Scene, lang: str) -> Names:
    """The names of everything a page speaks of."""
    facts = tuple(facts)
    wanted = {fact.value for fact in facts if fact.is_iri}
    wanted |= {fact.property for fact in facts} | {line.property for line in shown.relations}
    wanted |= {place.report for fact in facts for place in fact.quotations}
    other = next(one for one in LANGUAGES if one != lang)
    drawn = {line.property for line in shown.relations}
    found = names_of(store, drawn, other)
    foreign = {iri: property_label(iri, found.get(iri, ("",))[0], other) for iri in sorted(drawn)}
    return Names({**names_of(store, wanted - shown.nodes.keys(), lang), **shown.names}, lang, foreign)


def short_names(shown: Scene, facts: Sequence[Told], names: Names) -> dict[str, str]:
    """What stands beside each node: a report by who issued it and its year, the rest by a short name."""
    numbers, issuers, years = (
        {fact.subject: fact.value for fact in facts if fact.property == wanted}
        for wanted in (_NUMBER, _ISSUED_BY, _YEAR)
    )
    return {
        iri: f"{short(names.entity(issuers[iri]), names.forms(issuers[iri]))} {years[iri]}"
        if iri in years and iri in issuers
        else short(names.entity(iri), names.forms(iri), numbers.get(iri, ""))
        for iri in shown.nodes
    }
