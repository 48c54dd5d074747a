"""The terms of an ontology, listed and searched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.schema.files import ontology_files
from kg.schema.index import TripleIndex, load
from kg.terms import shorten

# What is listed, and how a kind is called.
KINDS = {
    "owl:Class": "class", "rdfs:Class": "class", "owl:ObjectProperty": "property", "owl:DatatypeProperty": "property",
    "owl:AnnotationProperty": "property", "rdf:Property": "property", "owl:NamedIndividual": "individual", "pol:Indicator": "indicator",
    "pol:Unit": "unit", "pol:WordClass": "words", "pol:JointWord": "words", "pol:NounRule": "noun", "pol:Pattern": "pattern", "pol:PassageRule": "passage",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its prefixed name and IRI, kind, names and definitions in zh and en, where it stands, what replaces it."""

    name: str
    iri: str
    kind: str
    labels: tuple[str, str]
    definitions: tuple[str, str]
    parents: tuple[str, ...]
    where: str
    words: tuple[str, ...]  # how texts write it
    replaced_by: str = ""
    deprecated: bool = False


def terms_of(index: TripleIndex) -> tuple[Term, ...]:
    """Every term of an ontology's own, by kind and name.

    >>> from kg.schema.files import data_folder
    >>> found = terms_of(load([data_folder("ontology") / "core.ttl"]))
    >>> next(term.labels for term in found if term.name == "pol:Report")
    ('年度报告', 'report')
    """
    kinds: dict[str, str] = {}
    for cls, kind in KINDS.items():
        for iri in index.instances(cls):
            if not iri.startswith("_:"):
                kinds.setdefault(iri, kind)
    ours = set(index.instances("owl:Ontology"))
    own = (iri for iri in kinds if not any(d not in ours for d in index.nodes(iri, "rdfs:isDefinedBy")))
    found = [_term(index, iri, kinds[iri]) for iri in own]
    order = list(dict.fromkeys(KINDS.values()))
    return tuple(sorted(found, key=lambda term: (order.index(term.kind), term.name)))


def _term(index: TripleIndex, iri: str, kind: str) -> Term:
    def both(*predicates: str) -> tuple[str, str]:
        zh, en = (
            next((text for one in predicates if (text := index.text(iri, one, lang))), "")
            for lang in ("zh", "en")
        )
        return zh, en

    words = [
        text
        for predicate in (
            "pol:head",
            "pol:expression",
            "pol:phrase",
            "pol:symbol",
            "pol:word",
            "skos:altLabel",
        )
        for text in index.texts(iri, predicate)
    ]
    parents = [
        shorten(one)
        for up in ("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:broader", "pol:denotes")
        for one in index.nodes(iri, up)
    ]
    return Term(
        shorten(iri), iri, kind, both("rdfs:label", "skos:prefLabel"), both("skos:definition"),
        tuple(one for one in parents if not one.startswith("_:")), index.where(iri), tuple(words),
        shorten(index.node(iri, "dcterms:isReplacedBy")), index.text(iri, "owl:deprecated") == "true",
    )  # fmt: skip


def find_terms(
    words: str = "", *, kinds: Iterable[str] = (), extensions: Sequence[Path | str] = ()
) -> tuple[Term, ...]:
    """Terms whose name, label, definition or wording holds the words; all of them where there are none.

    >>> [term.name for term in find_terms("热线", kinds=["class"])]
    ['pol:Hotline']
    """
    index = load(path for path in ontology_files(extensions) if path.name != "regions.ttl")
    wanted, only = words.casefold(), set(kinds)

    def rank(term: Term) -> int:
        names = (
            term.name.casefold(),
            term.name.rpartition(":")[2].casefold(),
            *(one.casefold() for one in term.labels),
        )
        if wanted in names:
            return 0
        if any(wanted in one for one in names):
            return 1
        if any(wanted in one.casefold() for one in term.definitions):
            return 2
        return 3 if any(wanted in one.casefold() for one in term.words) else 9

    ranked = [(rank(term), term) for term in terms_of(index) if not only or term.kind in only]
    kept = [(place, term) for place, term in ranked if place < 9]
    return tuple(term for _, term in sorted(kept, key=lambda pair: pair[0]))
