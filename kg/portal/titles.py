"""Names for what has none: findings by what they say, statements by what they state, places by their words."""

from collections.abc import Mapping
from dataclasses import replace

import pyoxigraph as ox

from kg.portal.figures import named
from kg.portal.links import Link, links
from kg.query import plain
from kg.store import Store
from kg.view.classes import select_for

_LONG = 80
# Each pattern is asked for what the ones before left without a name.
_WORDS = (
    "?it pol:message ?words",
    "?it oa:hasSelector/oa:exact ?words",
    "?it oa:exact ?words",
    "?it nif:isString ?words",
)


def titled(store: Store, known: Mapping[str, Link], lang: str) -> dict[str, Link]:
    """These links, those that are called by their IRI only with a name that tells what they are, figures with their column and year.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.add({"x:g": "<x:f> <https://w3id.org/policy-kg/ontology#message> \\"多了一件\\"@zh <x:g> .\\n".encode()})
    >>> titled(store, links(store, ["x:f"], "zh"), "zh")["x:f"].label
    '多了一件'
    """
    unnamed = {iri for iri, link in known.items() if link.label == plain(ox.NamedNode(iri))}
    names: dict[str, str] = {}
    for pattern in _WORDS:
        told: dict[str, set[tuple[bool, str]]] = {}
        for row in select_for(store, unnamed - names.keys(), pattern):
            other = getattr(row["words"], "language", None) not in (lang, None)
            told.setdefault(row["it"].value, set()).add((other, row["words"].value))
        names |= {iri: cut(min(found)[1], _LONG) for iri, found in told.items()}
    names |= _stated(store, unnamed - names.keys(), lang)
    for row in select_for(store, unnamed - names.keys(), "?it oa:start ?start ; oa:end ?end"):
        names[row["it"].value] = f"{row['start'].value}–{row['end'].value}"
    return {
        iri: replace(link, label=names.get(iri) or link.label)
        for iri, link in named(store, known, lang).items()
    }


def cut(text: str, most: int) -> str:
    """A text on one line, of this many characters at most.

    >>> cut("甲\\n乙丙丁", 4), cut("甲乙", 4)
    ('甲 乙…', '甲乙')
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _stated(store: Store, iris: set[str], lang: str) -> dict[str, str]:
    """What statements state, in short."""
    rows = select_for(store, iris, "?it rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o")
    parts = {row[name].value for row in rows for name in "spo" if isinstance(row[name], ox.NamedNode)}
    known = named(store, links(store, parts, lang), lang)

    def called(term: object) -> str:
        return known[term.value].label if isinstance(term, ox.NamedNode) else cut(plain(term), _LONG)  # type: ignore[arg-type]

    return {row["it"].value: " · ".join(called(row[name]) for name in "spo") for row in rows}
