"""The header of an ontology: what FOOPS! and OOPS! ask of it that can be told without a network."""

from collections.abc import Iterator

from kg.ontology.finding import Flaw
from kg.ontology.scope import CLASSES, PROPERTIES, Scope
from kg.terms import PREFIXES

VANN = "http://purl.org/vocab/vann/"
_PERSISTENT = (
    "https://w3id.org/",
    "http://purl.org/",
    "https://purl.org/",
    "https://doi.org/",
    "http://w3id.org/",
)
_VOCABULARIES = (
    PREFIXES["dcterms"],
    "http://purl.org/dc/elements/1.1/",
    "http://schema.org/",
    "https://schema.org/",
    "http://purl.org/pav/",
)
_LEAST = {
    "title": ("dcterms:title",),
    "description": ("dcterms:description", "dcterms:abstract"),
    "creator": ("dcterms:creator",),
}
_MORE = {
    "prefix": (f"{VANN}preferredNamespacePrefix",), "namespace": (f"{VANN}preferredNamespaceUri",),
    "version info": ("owl:versionInfo",), "creation date": ("dcterms:created", "dcterms:issued"),
}  # fmt: skip


def header(scope: Scope) -> Iterator[Flaw]:
    """Flaws of the metadata on the ``owl:Ontology``."""
    index, iri = scope.own, scope.header
    if not iri:
        yield scope.flaw("P38", "")
        return

    def has(names: tuple[str, ...]) -> bool:
        return any(index.terms(iri, name) for name in names)

    missing = [name for name, predicates in _LEAST.items() if not has(predicates)]
    missing += [
        f"{name}@{language}"
        for name in ("title", "description")
        for language in ("zh", "en")
        if name not in missing and not index.text(iri, f"dcterms:{name}", language)
    ]
    if missing:
        yield scope.flaw("OM1", iri, what=", ".join(missing))
    more = [name for name, predicates in _MORE.items() if not has(predicates)]
    if more:
        yield scope.flaw("OM2", iri, what=", ".join(more))
    if not has(("dcterms:license", "dcterms:rights")):
        yield scope.flaw("P41", iri)
        yield scope.flaw("OM4.1", iri)
    elif not index.nodes(iri, "dcterms:license"):
        yield scope.flaw("OM4.2", iri, what=index.text(iri, "dcterms:license"))
    if not has(("dcterms:creator",)) or not has(("dcterms:created", "dcterms:issued")):
        yield scope.flaw("OM5.1", iri, what="dcterms:creator, dcterms:created")
    version = index.node(iri, "owl:versionIRI")
    if not version:
        yield scope.flaw("VER1", iri)
    elif not version.startswith(iri.rstrip("#/")):
        yield scope.flaw("URI2", iri, what=version)
    if not iri.startswith(_PERSISTENT):
        yield scope.flaw("URI1", iri)
    if not any(predicate.startswith(_VOCABULARIES) for predicate in index.by_subject[iri]):
        yield scope.flaw("VOC1", iri)
    if not _reuses(scope):
        yield scope.flaw("VOC2", iri)


def _reuses(scope: Scope) -> bool:
    """Whether some class or property is put under one of another ontology, or there is none to put."""
    terms = scope.declared((*CLASSES, *PROPERTIES))
    up = (
        "rdfs:subClassOf",
        "rdfs:subPropertyOf",
        "owl:equivalentClass",
        "owl:equivalentProperty",
        "rdfs:domain",
        "rdfs:range",
    )
    mine = set(terms)
    return not terms or any(
        other not in mine for iri in terms for name in up for other in scope.whole.nodes(iri, name)
    )
