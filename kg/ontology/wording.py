"""Names: every term declared once, labelled and defined in both languages, and told apart from all others."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg.ontology.extension import shown
from kg.ontology.finding import Flaw, flaw
from kg.ontology.scope import CLASSES, INDIVIDUAL, OWN, PROPERTIES, Scope
from kg.schema.index import prefixes_of
from kg.terms import PREFIXES, expand, shorten

_LANGUAGES = ("zh", "en")
_NAMED = ("pol:Indicator", "pol:Unit", "pol:ApplicantKind")
_MERGED = re.compile(r"(?<=[a-z])(And|Or)(?=[A-Z])|\s(and|or)\s|和|与|或|及")
_MISC = re.compile(r"^(Misc|Miscellaneous|Other|Others|Various|Unknown)(?=[A-Z]|$)|^(其他|杂项|其它)")
_FILE = re.compile(r"\.(ttl|owl|rdf|xml|html?|json|nt)(#|/|$)")
_CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*$")
_PROPERTY_NAME = re.compile(r"[a-z][A-Za-z0-9]*$")


def wording(scope: Scope) -> Iterator[Flaw]:
    """Flaws of names, labels and definitions."""
    yield from _labels(scope)
    yield from _clashes(scope)
    yield from _dangling(scope)
    yield from _reserved(scope)
    yield from _names(scope)
    yield from _codes(scope)
    yield from _prefixes(scope)


def _labels(scope: Scope) -> Iterator[Flaw]:
    index = scope.own
    mine = tuple({*OWN, *_spaces(scope)})
    for kinds, named, defined in (
        ((*CLASSES, *PROPERTIES, INDIVIDUAL), "rdfs:label", "skos:definition"),
        (_NAMED, "skos:prefLabel", "skos:definition"),
        (
            ("pol:NounRule", "pol:Pattern", "pol:PassageRule", "pol:WordClass", "pol:JointWord"),
            "rdfs:label",
            "",
        ),
    ):
        for iri in scope.declared(kinds):
            if not iri.startswith(mine):
                continue
            if scope.core.by_subject.get(iri) and not scope.is_core:
                continue  # a term of the core that the extension adds to
            wanted = [named, defined] if defined and iri not in index.instances("pol:Unit") else [named]
            for predicate in wanted:
                for language in _LANGUAGES:
                    if not index.text(iri, predicate, language):
                        yield scope.flaw("P08", iri, detail=f"{predicate}@{language}")
            pairs = [(index.text(iri, named, one), index.text(iri, defined, one)) for one in _LANGUAGES]
            if defined and all(label and len(label) >= len(definition) > 0 for label, definition in pairs):
                yield scope.flaw("P20", iri, text=pairs[0][0])


def _clashes(scope: Scope) -> Iterator[Flaw]:
    whole = scope.whole
    for kinds, code in ((CLASSES, "P32"), (PROPERTIES, "P12")):
        seen: dict[tuple[str, str], str] = {}
        everything = {iri for kind in kinds for iri in whole.instances(kind)}
        mine = set(scope.declared(kinds))
        for iri in sorted(everything, key=lambda one: (one in mine, one)):
            for language in _LANGUAGES:
                for label in whole.texts(iri, "rdfs:label", language):
                    other = seen.setdefault((language, label), iri)
                    if other != iri and iri in mine:
                        yield scope.flaw(code, iri, text=label, detail=shorten(other))
    names: dict[str, str] = {}
    mine = set(scope.declared(CLASSES))
    known = {iri for kind in CLASSES for iri in whole.instances(kind) if not scope.foreign(iri)}
    for iri in sorted(known, key=lambda one: (one in mine, one)):
        other = names.setdefault(_local(iri), iri)
        if other != iri and iri in mine:
            yield scope.flaw("IRI", iri, detail=shorten(other))


def _dangling(scope: Scope) -> Iterator[Flaw]:
    declared = set(scope.whole.by_subject)
    types = {expand(one) for one in CLASSES}
    told: set[tuple[str, str]] = set()
    about = {
        expand(f"owl:{name}") for name in ("versionIRI", "imports", "priorVersion", "backwardCompatibleWith")
    }
    mine = tuple({*OWN, *_spaces(scope)})
    for subject, triples in scope.own.by_subject.items():
        for predicate, values in triples.items():
            if predicate in about:
                continue
            if predicate.startswith(mine) and predicate not in declared:
                yield scope.flaw(
                    "P35", _named(scope, subject), text=_written(predicate), what=shorten(predicate)
                )
            for value in values:
                if not isinstance(value, ox.NamedNode) or (subject, value.value) in told:
                    continue
                iri = value.value
                if iri in declared or not iri.startswith(mine) or iri in _spaces(scope):
                    continue
                told.add((subject, iri))
                as_class = predicate in (expand("rdfs:subClassOf"), expand("pol:denotes"), expand("rdf:type"))
                as_class = as_class or predicate in (expand("rdfs:domain"), expand("rdfs:range"))
                code = "P34" if as_class else "TERM"
                yield scope.flaw(code, _named(scope, subject), text=_written(iri), what=shorten(iri))
    for iri in scope.declared(CLASSES):
        for parent in scope.own.nodes(iri, "rdfs:subClassOf"):
            if parent in declared and not parent.startswith("_:") and not _is_typed(scope, parent, types):
                yield scope.flaw("P34", iri, text=_written(parent), what=shorten(parent))


def _is_typed(scope: Scope, iri: str, types: set[str]) -> bool:
    return bool(types & set(scope.whole.nodes(iri, "rdf:type"))) or not iri.startswith(OWN)


def _written(iri: str) -> str:
    return _local(iri)


def _named(scope: Scope, subject: str) -> str:
    """The named subject that a blank node belongs to."""
    while subject.startswith("_:"):
        above = next(
            (found[0] for values in scope.own.by_object.values() if (found := values.get(subject))),
            "",
        )
        if not above:
            return scope.header
        subject = above
    return subject


def _spaces(scope: Scope) -> set[str]:
    """The namespaces of an extension's own terms."""
    spaces = {iri[: len(iri) - len(_local(iri))] for iri in scope.declared((*CLASSES, *PROPERTIES))}
    return spaces - set(PREFIXES.values()) - {""} if not scope.is_core else set()


def _reserved(scope: Scope) -> Iterator[Flaw]:
    """An extension speaks of its own terms: not of other vocabularies', nor of the core's without saying so."""
    if scope.is_core:
        return
    changes = set(scope.own.nodes(scope.header, "pol:changes"))
    for subject in scope.own.by_subject:
        if subject.startswith("_:") or subject in changes:
            continue
        if subject in scope.core.by_subject or subject.startswith(PREFIXES["pol"]):
            yield scope.flaw("RESERVED", subject, detail="the core / 核心本体")
        else:
            space = next(
                (
                    name
                    for name, start in PREFIXES.items()
                    if subject.startswith(start) and not start.startswith("https://w3id.org/policy-kg/")
                ),
                "",
            )
            if space:
                yield scope.flaw("RESERVED", subject, detail=f"{space}:")


def _names(scope: Scope) -> Iterator[Flaw]:
    for kinds, shape, detail in (
        ((*CLASSES, INDIVIDUAL), _CLASS_NAME, "UpperCamelCase"),
        (PROPERTIES, _PROPERTY_NAME, "lowerCamelCase"),
    ):
        for iri in scope.declared(kinds):
            name = _local(iri)
            if not shape.match(name) and not (scope.is_core and not iri.startswith(PREFIXES["pol"])):
                yield scope.flaw("P22", iri, detail=detail)
            if _FILE.search(iri):
                yield scope.flaw("P36", iri)
    for iri in scope.declared(CLASSES):
        label = scope.own.text(iri, "rdfs:label", "zh")
        if _MERGED.search(_local(iri)) or (not scope.is_core and _MERGED.search(label)):
            yield scope.flaw("P07", iri)
        if _MISC.search(_local(iri)) or _MISC.search(label):
            yield scope.flaw("P21", iri)
    for iri in scope.declared(PROPERTIES):
        if _local(iri) in ("is", "isA"):
            yield scope.flaw("P03", iri)


def _codes(scope: Scope) -> Iterator[Flaw]:
    """Codes, unit symbols and rule heads that are used twice."""
    whole = scope.whole
    for kind, predicate, name in (
        ("pol:Indicator", "skos:notation", "code"),
        ("pol:Unit", "pol:symbol", "symbol"),
    ):
        mine = set(scope.declared((kind,)))
        owners: dict[str, list[str]] = defaultdict(list)
        for iri in sorted(set(whole.instances(kind)), key=lambda one: (one in mine, one)):
            texts = whole.texts(iri, predicate)
            if not texts and iri in mine:
                yield scope.flaw("P08", iri, detail=predicate)
            for text in texts:
                if iri in mine and owners[text]:
                    yield scope.flaw(
                        "CODE", iri, text=text, what=text, detail=name, other=shorten(owners[text][0])
                    )
                owners[text].append(iri)


def _prefixes(scope: Scope) -> Iterator[Flaw]:
    known = dict(PREFIXES)
    for name, text in scope.own.files:
        for prefix, space in prefixes_of(text).items():
            if known.setdefault(prefix, space) != space:
                lines = text.split("\n")
                line = next((n for n, one in enumerate(lines, 1) if f"{prefix}:" in one), 1)
                yield flaw("P39", shown(name), line, what=prefix, detail=space)


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
