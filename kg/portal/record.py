"""The page of what facts rest on: a finding, a statement, a place in a text; and of anything else that has triples and no facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.explain import Quotation
from kg.portal.links import Link, links
from kg.portal.titles import cut, titled
from kg.query import Bound, plain, select
from kg.store import Store
from kg.store.sparql import checked
from kg.terms import expand
from kg.view.classes import select_for

_LONG = 600
_MOST = 200
_CODE, _SEVERITY, _MESSAGE, _EVIDENCE = map(
    expand, ("pol:code", "pol:severity", "pol:message", "pol:evidence")
)
# Said above the rest, or again in the terms of other vocabularies.
_APART = frozenset(
    (_CODE, _SEVERITY, _MESSAGE, _EVIDENCE,
     *map(expand, ("rdf:type", "oa:hasTarget", "oa:motivatedBy", "oa:hasSelector", "prov:wasDerivedFrom", "oa:exact", "oa:prefix", "oa:suffix"))),
)  # fmt: skip
_FIRST = tuple(
    map(expand, ("rdf:subject", "rdf:predicate", "rdf:object", "pol:about", "pol:stated", "pol:recomputed"))
)
_CALLED = {
    expand(name): word
    for name, word in {
        "rdf:subject": "says_of",
        "rdf:predicate": "says_with",
        "rdf:object": "says_what",
        "oa:hasSource": "of_text",
        "dcterms:isFormatOf": "text_of",
    }.items()
}
_PLACE = (
    "?it oa:hasSource/dcterms:isFormatOf ?report ; oa:hasSelector ?quote , ?position . ?quote oa:exact ?exact . ?position oa:start ?start "
    "OPTIONAL { ?quote oa:prefix ?prefix } OPTIONAL { ?quote oa:suffix ?suffix } "
    "OPTIONAL { ?it pol:section ?section } OPTIONAL { ?it pol:page ?page }"
)


@dataclass(frozen=True, slots=True)
class Record:
    """What a page tells of it: ``told`` by property, the ``words`` it rests on or is, and the ``resting`` facts and findings that rest
    on these; ``code`` and ``severity`` of a finding."""

    link: Link
    code: str
    severity: str
    told: tuple[tuple[Link, tuple[Link | str, ...]], ...]
    words: tuple[Quotation, ...]
    titles: dict[str, Link]
    resting: tuple[Link, ...]
    called: Mapping[str, str]  # the words for properties of other vocabularies

    def query(self) -> str:
        """The query that shows what is said of it."""
        return f"SELECT ?property ?value WHERE {{ <{self.link.iri}> ?property ?value }} ORDER BY ?property ?value"


def record(store: Store, iri: str, lang: str) -> Record:
    """What a store says of an IRI; raises ``QueryError`` where that is nothing.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.add({"x:g": b"<x:a> <x:b> <x:c> <x:g> .\\n"})
    >>> [(name.iri, [value.iri for value in values]) for name, values in record(store, "x:a", "zh").told]
    [('x:b', ['x:c'])]
    """
    rows = select(store, f"SELECT DISTINCT ?p ?o WHERE {{ <{checked(iri)}> ?p ?o }} ORDER BY ?p ?o")
    if not rows:
        raise QueryError(f"nothing in the store is called “{iri}”")
    values: dict[str, list[Bound]] = {}
    for row in rows:
        values.setdefault(row["p"].value, []).append(row["o"])
    evidence = [one.value for one in values.get(_EVIDENCE, ())]
    places = evidence or [iri, *_selecting(store, iri)]
    words = _words(store, places)
    rests = () if evidence else _resting(store, places)
    shown = {
        name: _in_language(values[name], lang) for name in sorted(values, key=_rank) if name not in _APART
    }
    named = {one.value for some in shown.values() for one in some if isinstance(one, ox.NamedNode)}
    known = titled(
        store, links(store, {iri, *shown, *named, *rests, *(one.report for one in words)}, lang), lang
    )

    def first(name: str) -> str:
        return values[name][0].value if name in values else ""

    return Record(
        known[iri],
        first(_CODE),
        first(_SEVERITY).rpartition("#")[2],
        tuple(
            (
                known[name],
                tuple(
                    known[one.value] if isinstance(one, ox.NamedNode) else cut(plain(one), _LONG)
                    for one in some
                ),
            )
            for name, some in shown.items()
        ),
        words,
        known,
        tuple(known[one] for one in rests),
        _CALLED,
    )


def _rank(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _in_language(values: Sequence[Bound], lang: str) -> list[Bound]:
    """Of texts in several languages those in this one; what is in none stays."""
    own = [one for one in values if getattr(one, "language", None) in (lang, None)]
    return own or list(values)


def _selecting(store: Store, iri: str) -> list[str]:
    """The places that an IRI selects."""
    return [
        row["e"].value
        for row in select(store, f"SELECT ?e WHERE {{ ?e oa:hasSelector <{iri}> }} ORDER BY ?e")
    ]


def _words(store: Store, places: Sequence[str]) -> tuple[Quotation, ...]:
    found = {
        Quotation(
            exact=row["exact"].value,
            prefix=row["prefix"].value if "prefix" in row else "",
            suffix=row["suffix"].value if "suffix" in row else "",
            section=row["section"].value if "section" in row else "",
            page=int(row["page"].value) if "page" in row else None,
            start=int(row["start"].value),
            report=row["report"].value,
        )
        for row in select_for(store, places, _PLACE)
    }
    return tuple(sorted(found, key=lambda one: (one.report, one.start, one.exact)))


def _resting(store: Store, places: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        sorted({row["rests"].value for row in select_for(store, places, "?rests pol:evidence ?it")})[:_MOST]
    )
