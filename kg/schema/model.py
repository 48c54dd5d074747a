"""The classes and properties of the ontology, and what follows from asserting one.

What has an ``rdfs:isDefinedBy`` of another vocabulary is an ancestor that facts imply, no part of the model.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import OntologyError
from kg.schema.index import TripleIndex
from kg.terms import PREFIXES, expand

_CLASS_TYPES = ("owl:Class", "rdfs:Class")
_PROPERTY_TYPES = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property")
_DCAM = "http://purl.org/dc/dcam/"
_LANGUAGES = ("zh", "en")
_PLAIN = (
    "#7f8a96",
    "dot",
    12,
)  # how a class is drawn that has no colour, shape or size, nor any ancestor with one


@dataclass(frozen=True, slots=True)
class ClassDef:
    """A class: its names by language, what it is a kind of, and how it is drawn.

    ``ancestors`` holds every superclass, nearest first, those of standard vocabularies included, itself not.
    """

    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    parents: tuple[str, ...]
    ancestors: tuple[str, ...]
    color: str
    shape: str
    size: int


@dataclass(frozen=True, slots=True)
class PropertyDef:
    """A property: its names by language, what it joins, and the properties that follow from it.

    ``domain`` and ``range`` list alternatives: any one of the classes will do; empty means anything.
    """

    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    ancestors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndividualDef:
    """A named individual of the model: a measure, a bound, a level."""

    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionalAlignment:
    """``property`` between a subject and an object of these classes implies another; "" is any class."""

    iri: str
    property: str
    subject: str
    object: str
    implies: str


@dataclass(frozen=True, slots=True)
class Model:
    """The model of one ontology. Every name may be given in full or with its prefix.

    >>> from pathlib import Path
    >>> from kg.schema.index import load
    >>> model = Model.from_index(load([Path("ontology/core.ttl"), Path("ontology/align.ttl")]))
    >>> model.is_a("pol:Government", "prov:Agent"), model.is_a("pol:Agency", "pol:Government")
    (True, False)
    >>> model.label("pol:Government", "zh")
    '人民政府'
    """

    classes: Mapping[str, ClassDef]
    properties: Mapping[str, PropertyDef]
    individuals: Mapping[str, IndividualDef]
    conditional: tuple[ConditionalAlignment, ...]
    _property_ancestors: Mapping[str, tuple[str, ...]]  # those of standard properties too
    former: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # of individuals and concepts, the deprecated ones they replace

    def is_a(self, cls: str, other: str) -> bool:
        """Whether a class is the other or a kind of it."""
        one, two = _full(cls), _full(other)
        return one == two or (one in self.classes and two in self.classes[one].ancestors)

    def superclasses(self, iri: str) -> tuple[str, ...]:
        """Every class that an instance of this one also is, nearest first; none for an unknown class."""
        found = self.classes.get(_full(iri))
        return found.ancestors if found else ()

    def subclasses(self, iri: str) -> tuple[str, ...]:
        """Every class of the model that is a kind of this one, itself not, in order of IRI."""
        return tuple(cls for cls in self.classes if cls != _full(iri) and self.is_a(cls, iri))

    def label(self, iri: str, lang: str = "en") -> str:
        """The name of a term in a language, else in another, else the end of its IRI."""
        full = _full(iri)
        found = self.classes.get(full) or self.properties.get(full) or self.individuals.get(full)
        labels = found.labels if found else {}
        return (
            labels.get(lang) or next(iter(labels.values()), "") or full.rpartition("#")[2].rpartition("/")[2]
        )

    def implied(
        self, subject_classes: Iterable[str], predicate: str, object_classes: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """The properties that also hold when the predicate joins a subject and an object of these classes.

        >>> from pathlib import Path
        >>> from kg.schema.index import load
        >>> model = Model.from_index(load([Path("ontology/core.ttl"), Path("ontology/align.ttl")]))
        >>> from kg.terms import shorten
        >>> [shorten(iri) for iri in model.implied(["pol:Column"], "pol:partOf", ["pol:Website"])]
        ['dcterms:isPartOf']
        >>> [shorten(iri) for iri in model.implied(["pol:Department"], "pol:partOf", ["pol:Government"])]
        ['dcterms:isPartOf', 'org:subOrganizationOf']
        """
        subjects, objects = list(subject_classes), list(object_classes)
        asserted = _full(predicate)
        found = dict.fromkeys((asserted, *self._property_ancestors.get(asserted, ())))
        waiting = list(self.conditional)
        while ready := [
            one for one in waiting if one.property in found and self._holds(one, subjects, objects)
        ]:
            for one in ready:
                found |= dict.fromkeys((one.implies, *self._property_ancestors.get(one.implies, ())))
                waiting.remove(one)
        return tuple(iri for iri in found if iri != asserted)

    def _holds(self, one: ConditionalAlignment, subjects: list[str], objects: list[str]) -> bool:
        return (not one.subject or any(self.is_a(cls, one.subject) for cls in subjects)) and (
            not one.object or any(self.is_a(cls, one.object) for cls in objects)
        )

    @staticmethod
    def from_index(index: TripleIndex) -> "Model":
        """Read the model from the ontology's triples.

        Raises ``OntologyError`` where classes or properties are kinds of each other in a circle, or where a
        conditional alignment lacks its properties.
        """
        classes = {iri: _class(index, iri) for iri in _declared(index, _CLASS_TYPES)}
        known = _declared(index, _PROPERTY_TYPES, foreign=True)
        ancestors = {
            iri: _ancestors(index, iri, "rdfs:subPropertyOf", "owl:equivalentProperty") for iri in known
        }
        return Model(
            classes,
            {iri: _property(index, iri, ancestors[iri]) for iri in known if not _foreign(index, iri)},
            {
                iri: IndividualDef(
                    iri, _texts(index, iri, "rdfs:label"), _texts(index, iri, "skos:definition"), types
                )
                for iri in sorted(set(index.instances("owl:NamedIndividual")))
                if (
                    types := tuple(
                        t for t in index.nodes(iri, "rdf:type") if t != expand("owl:NamedIndividual")
                    )
                )
            },
            tuple(
                _conditional(index, iri) for iri in sorted(set(index.instances("pol:ConditionalAlignment")))
            ),
            ancestors,
            _former(index, {*classes, *known}),
        )


def _former(index: TripleIndex, aside: set[str]) -> dict[str, tuple[str, ...]]:
    """What each individual or concept replaces; of classes and properties their hierarchy tells it."""
    found: dict[str, list[str]] = {}
    for old in sorted(one for one in index.by_subject if expand("owl:deprecated") in index.by_subject[one]):
        if old not in aside and index.text(old, "owl:deprecated") == "true":
            for new in index.nodes(old, "dcterms:isReplacedBy"):
                found.setdefault(new, []).append(old)
    return {new: tuple(olds) for new, olds in found.items()}


def _full(name: str) -> str:
    return expand(name) if name.partition(":")[0] in PREFIXES and "://" not in name else name


def _texts(index: TripleIndex, iri: str, predicate: str) -> dict[str, str]:
    """The texts of a subject by language, zh and en first."""
    found = {language: text for language in _LANGUAGES if (text := index.text(iri, predicate, language))}
    plain = index.text(iri, predicate)
    return found or ({"": plain} if plain else {})


def _foreign(index: TripleIndex, iri: str) -> bool:
    """Whether another vocabulary than those read defines this term."""
    own = set(index.instances("owl:Ontology"))
    return any(source not in own for source in index.nodes(iri, "rdfs:isDefinedBy"))


def _declared(index: TripleIndex, types: Iterable[str], *, foreign: bool = False) -> list[str]:
    found = {iri for kind in types for iri in index.instances(kind) if not iri.startswith("_:")}
    return sorted(iri for iri in found if foreign or not _foreign(index, iri))


def _ancestors(index: TripleIndex, iri: str, up: str, same: str) -> tuple[str, ...]:
    """Everything above a term, nearest first; equivalents count as above each other."""
    found: dict[str, None] = {}
    layer = [iri]
    while layer:
        above: dict[str, None] = {}
        for one in layer:
            direct = index.nodes(one, up)
            if iri in direct:
                raise OntologyError(
                    "is a kind of itself by way of others", where=index.where(iri), hint=f"mend {up} there"
                )
            replaced = index.subjects(
                "dcterms:isReplacedBy", one
            )  # what is called by a new name is still found by the old
            above |= dict.fromkeys((*direct, *index.nodes(one, same), *index.subjects(same, one), *replaced))
        layer = [one for one in above if one not in found and one != iri and not one.startswith("_:")]
        found |= dict.fromkeys(layer)
    return tuple(found)


def _class(index: TripleIndex, iri: str) -> ClassDef:
    ancestors = _ancestors(index, iri, "rdfs:subClassOf", "owl:equivalentClass")
    lineage = (iri, *ancestors)

    def drawn(predicate: str, default: str) -> str:
        return next((text for one in lineage if (text := index.text(one, predicate))), default)

    color, shape, size = _PLAIN
    number = drawn("pol:size", str(size))
    if not number.isdecimal():
        raise OntologyError(f"the size “{number}” is not a whole number", where=index.where(iri))
    return ClassDef(
        iri,
        _texts(index, iri, "rdfs:label"),
        _texts(index, iri, "skos:definition"),
        tuple(one for one in index.nodes(iri, "rdfs:subClassOf") if not one.startswith("_:")),
        ancestors,
        drawn("pol:color", color),
        drawn("pol:shape", shape),
        int(number),
    )


def _property(index: TripleIndex, iri: str, ancestors: tuple[str, ...]) -> PropertyDef:
    return PropertyDef(
        iri,
        _texts(index, iri, "rdfs:label"),
        _texts(index, iri, "skos:definition"),
        tuple(index.nodes(iri, "rdfs:domain") or index.nodes(iri, f"{_DCAM}domainIncludes")),
        tuple(index.nodes(iri, "rdfs:range") or index.nodes(iri, f"{_DCAM}rangeIncludes")),
        ancestors,
    )


def _conditional(index: TripleIndex, iri: str) -> ConditionalAlignment:
    asserted, implied = index.node(iri, "pol:property"), index.node(iri, "pol:alsoAsserts")
    if not asserted or not implied:
        raise OntologyError(
            "a conditional alignment needs pol:property and pol:alsoAsserts", where=index.where(iri)
        )
    return ConditionalAlignment(
        iri, asserted, index.node(iri, "pol:whenSubject"), index.node(iri, "pol:whenObject"), implied
    )
