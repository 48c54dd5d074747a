"""Structure: hierarchies without circles, ends of properties that fit, and nothing that hangs in the air."""

from collections.abc import Iterator

from kg.ontology.finding import Flaw
from kg.ontology.scope import CLASSES, DATATYPE, DCAM, OBJECT, OWL_THING, Scope
from kg.terms import expand, shorten

_SHAPES = ("dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon")
_CONTRAST = 3.0
_GROUNDS = ("#ffffff", "#111827")


def structure(scope: Scope) -> Iterator[Flaw]:
    """Flaws of hierarchies, properties, disjointness and drawing."""
    yield from _circles(scope)
    yield from _classes(scope)
    yield from _properties(scope)
    yield from _inverses(scope)
    yield from _disjoint(scope)
    yield from _looks(scope)
    yield from _deprecated(scope)


def _circles(scope: Scope) -> Iterator[Flaw]:
    for up in ("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:broader", "pol:includes"):
        for iri in sorted(scope.own.by_subject):
            if scope.own.nodes(iri, up):
                found = scope.above(iri, up)
                if iri in found:
                    yield scope.flaw(
                        "P06", iri, detail=", ".join(shorten(one) for one in found if one != iri) or up
                    )


def _classes(scope: Scope) -> Iterator[Flaw]:
    whole = scope.whole
    used = {value for values in whole.by_object.values() for value in values}
    slots = {
        name
        for rule in whole.instances("pol:Pattern")
        for text in whole.texts(rule, "pol:expression")
        for part in text.split("{?")[1:]
        for name in part.partition("}")[0].partition(":")[2].strip("+").split("|")
    }
    for iri in scope.declared(CLASSES):
        parents = [one for one in whole.nodes(iri, "rdfs:subClassOf") if one != OWL_THING]
        equal = whole.nodes(iri, "owl:equivalentClass")
        if not parents and not equal and not scope.is_core:
            joined = iri in used or iri.rpartition("/")[2].rpartition("#")[2] in slots
            members = whole.instances(iri)
            if not joined and not members:
                yield scope.flaw("P04", iri)
            elif not members:
                yield scope.flaw("CLASS", iri)
        for other in equal:
            if other in parents:
                yield scope.flaw("P31", iri, detail=shorten(other))
            elif other.rpartition("/")[0] == iri.rpartition("/")[0] and not other.startswith("_:"):
                yield scope.flaw("P02", iri, detail=shorten(other))
            if other == iri:
                yield scope.flaw("P24", iri)


def _ends(scope: Scope, iri: str, side: str) -> list[str]:
    return scope.whole.nodes(iri, f"rdfs:{side}") or scope.whole.nodes(iri, f"{DCAM}{side}Includes")


def _properties(scope: Scope) -> Iterator[Flaw]:
    whole = scope.whole
    joined = {
        value
        for up in ("rdfs:subPropertyOf", "owl:inverseOf")
        for value in whole.by_object.get(expand(up), {})
    }
    for iri in scope.declared((OBJECT, DATATYPE)):
        above = whole.nodes(iri, "rdfs:subPropertyOf")
        for side in ("domain", "range"):
            if len(whole.nodes(iri, f"rdfs:{side}")) > 1:
                yield scope.flaw("P19", iri, detail=f"rdfs:{side}")
            inherits = any(_ends(scope, one, side) for one in scope.above(iri, "rdfs:subPropertyOf"))
            if not _ends(scope, iri, side) and not inherits and not scope.is_core:
                yield scope.flaw("P11", iri, detail=f"rdfs:{side}")
        bare = not above and iri not in joined and not any(_ends(scope, iri, s) for s in ("domain", "range"))
        if (
            bare and not scope.is_core and not _used(scope, iri)
        ):  # the core's table of regions is not read here
            yield scope.flaw("P04", iri)
        if len(list(whole.items(whole.node(iri, "owl:propertyChainAxiom")))) == 1:
            yield scope.flaw("P33", iri)
        types = set(whole.nodes(iri, "rdf:type"))
        ends = [set(_ends(scope, iri, side)) for side in ("domain", "range")]
        if all(ends) and ends[0] != ends[1]:
            if expand("owl:SymmetricProperty") in types:
                yield scope.flaw("P28", iri)
            if expand("owl:TransitiveProperty") in types:
                yield scope.flaw("P29", iri)
        for other in whole.nodes(iri, "owl:equivalentProperty"):
            theirs = [set(_ends(scope, other, side)) for side in ("domain", "range")]
            if all(ends) and all(theirs) and ends != theirs:
                yield scope.flaw("P27", iri, detail=shorten(other))


def _used(scope: Scope, iri: str) -> bool:
    name = shorten(iri)
    return any(
        name in text
        for rule in scope.whole.instances("pol:Pattern")
        for text in scope.whole.texts(rule, "pol:yields")
    )


def _inverses(scope: Scope) -> Iterator[Flaw]:
    whole = scope.whole
    for iri in scope.declared((OBJECT,)):
        for other in whole.nodes(iri, "owl:inverseOf"):
            if other == iri:
                yield scope.flaw("P25", iri)
                continue
            if expand("owl:SymmetricProperty") in whole.nodes(iri, "rdf:type"):
                yield scope.flaw("P26", iri)
            for side, facing in (("domain", "range"), ("range", "domain")):
                mine, theirs = set(_ends(scope, iri, side)), set(_ends(scope, other, facing))
                if mine and theirs and mine != theirs:
                    yield scope.flaw("P05", iri, detail=shorten(other))
                    break


def _disjoint(scope: Scope) -> Iterator[Flaw]:
    whole = scope.whole
    pairs = [
        (one, two)
        for one, found in whole.by_subject.items()
        for two in whole.nodes(one, "owl:disjointWith")
        if found
    ]
    for iri in scope.declared(CLASSES):
        lineage = {iri, *scope.above(iri)}
        for one, two in pairs:
            if one in lineage and two in lineage:
                yield scope.flaw("DISJOINT", iri, detail=shorten(one), other=shorten(two))
    if scope.is_core and not pairs:
        yield scope.flaw("P10", scope.header)


def _looks(scope: Scope) -> Iterator[Flaw]:
    for iri in scope.declared(CLASSES):
        for color in scope.own.texts(iri, "pol:color"):
            if not legible(color):
                yield scope.flaw("LOOK", iri, text=color, detail=f"pol:color “{color}”")
        for shape in scope.own.texts(iri, "pol:shape"):
            if shape not in _SHAPES:
                yield scope.flaw("LOOK", iri, text=shape, detail=f"pol:shape “{shape}”")
        for size in scope.own.texts(iri, "pol:size"):
            if not size.isdecimal() or not 4 <= int(size) <= 32:
                yield scope.flaw("LOOK", iri, detail=f"pol:size “{size}”")


def legible(color: str) -> bool:
    """Whether a colour is told from a light and from a dark ground.

    >>> legible("#2d74ca"), legible("#ffff00"), legible("blue")
    (True, False, False)
    """
    digits = color.removeprefix("#")
    if (
        len(digits) != 6
        or not color.startswith("#")
        or any(c not in "0123456789abcdefABCDEF" for c in digits)
    ):
        return False
    return all(_contrast(color, ground) >= _CONTRAST for ground in _GROUNDS)


def _contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _deprecated(scope: Scope) -> Iterator[Flaw]:
    whole = scope.whole
    old = {
        iri
        for iri, found in whole.by_subject.items()
        if whole.text(iri, "owl:deprecated") == "true" and found
    }
    for iri in sorted(old):
        if iri in scope.own.by_subject and not whole.nodes(iri, "dcterms:isReplacedBy"):
            yield scope.flaw("REPLACEMENT", iri)
    for subject in sorted(scope.own.by_subject):
        for predicate in scope.own.by_subject[subject]:
            for value in (predicate, *scope.own.nodes(subject, predicate)):
                if value in old and subject not in old and not subject.startswith("_:"):
                    new = whole.node(value, "dcterms:isReplacedBy")
                    yield scope.flaw("DEPRECATED", subject, what=shorten(value), detail=shorten(new))
