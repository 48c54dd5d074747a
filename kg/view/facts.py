"""The facts of the entities on a page, each with the words it rests on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.query import Bound
from kg.store import Store
from kg.terms import expand
from kg.view.classes import select_for

PLACES = 2  # quotations kept for one fact; the page says how many more there are
LONGEST = 160  # characters of a quotation
_PATTERN = """
GRAPH ?graph {
  ?statement rdf:subject ?it ; rdf:predicate ?property ; rdf:object ?value ; pol:evidence ?evidence .
  ?evidence oa:hasSelector ?quote , ?position . ?quote oa:exact ?exact . ?position oa:start ?start .
  OPTIONAL { ?quote oa:prefix ?prefix } OPTIONAL { ?quote oa:suffix ?suffix }
  OPTIONAL { ?evidence pol:section ?section } OPTIONAL { ?evidence pol:page ?page }
}
"""
_SPACE = re.compile(r"\s+")
_LAST = (expand("rdf:type"), expand("pol:reportedIn"))  # true, and the least telling


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """The words a fact rests on, in their context, and where they stand; ``page`` 0 where there are none."""

    report: str
    start: int
    exact: str
    prefix: str
    suffix: str
    section: str
    page: int


@dataclass(frozen=True, slots=True)
class Told:
    """A fact: an entity, a property, an IRI or a literal's text, and the first places it rests on."""

    subject: str
    property: str
    value: str
    is_iri: bool
    quotations: tuple[Quotation, ...]
    more: int


def facts_of(store: Store, iris: Iterable[str]) -> tuple[Told, ...]:
    """The stated facts whose subjects are these entities, in a fixed order."""
    found: dict[tuple[str, str, str, bool], set[Quotation]] = {}
    for row in select_for(store, iris, _PATTERN):
        value = row["value"]
        key = (row["it"].value, row["property"].value, value.value, isinstance(value, ox.NamedNode))

        def text(name: str, row: dict[str, Bound] = row) -> str:
            return row[name].value if name in row else ""

        page = text("page")
        found.setdefault(key, set()).add(
            Quotation(
                text("graph").removesuffix("/evidence"),
                int(text("start")),
                _clip(text("exact")),
                _line(text("prefix")),
                _line(text("suffix")),
                _line(text("section")),
                int(page) if page.isdecimal() else 0,
            )
        )
    ordered = sorted(found, key=lambda key: (key[0], key[1] in _LAST, key[1:]))
    return tuple(
        Told(*key, tuple(places[:PLACES]), max(0, len(places) - PLACES))
        for key in ordered
        for places in [sorted(found[key])]
    )


def _line(text: str) -> str:
    return _SPACE.sub(" ", text)


def _clip(text: str) -> str:
    line = _line(text).strip()
    half = LONGEST // 2
    return line if len(line) <= LONGEST else f"{line[:half]} … {line[-half:]}"
