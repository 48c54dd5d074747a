"""The facts of the entities on a page, each with the words it rests on."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store import Store
from kg.terms import expand, shorten
from kg.view.classes import select_for, select_some

Place = tuple[str, str]  # graph and IRI of a place in a report
PLACES = 2  # quotations kept for one fact; the page says how many more there are
LONGEST = 160  # characters of a quotation
# Where each fact is told is asked first, the words of the few places that are shown then: a body is named on every page.
_STATED = """GRAPH ?graph {
  ?statement rdf:subject ?it ; rdf:predicate ?property ; rdf:object ?value ; pol:evidence ?evidence .
  ?evidence oa:hasSource ?text }"""  # a fact of two years rests on places of other graphs too
_SELECTED = """GRAPH ?graph { ?it oa:hasSelector ?selector . ?selector ?p ?value
  FILTER(?p IN (oa:exact, oa:start, oa:prefix, oa:suffix)) }"""
_STANDS = "GRAPH ?graph { ?it ?p ?value FILTER(?p IN (pol:section, pol:page)) }"
_AT = re.compile(r"/(\d+)-(\d+)$")  # how the IRI of a place ends
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
    found: dict[tuple[str, str, str, bool], set[Place]] = {}
    for row in select_for(store, iris, _STATED):
        value = row["value"]
        key = (row["it"].value, row["property"].value, value.value, isinstance(value, ox.NamedNode))
        found.setdefault(key, set()).add((row["graph"].value, row["evidence"].value))
    first = {key: sorted(places, key=_order)[:PLACES] for key, places in found.items()}
    quoted = _quoted(store, {place for places in first.values() for place in places})
    ordered = sorted(found, key=lambda key: (key[0], key[1] in _LAST, key[1:]))
    return tuple(
        Told(*key, places, len(found[key]) - len(places))
        for key in ordered
        if (places := tuple(sorted({quoted[place] for place in first[key] if place in quoted})))
    )


def _order(place: Place) -> tuple[str, int, int, str]:
    graph, iri = place
    at = _AT.search(iri)
    return graph, int(at[1]) if at else 0, int(at[2]) if at else 0, iri


def _quoted(store: Store, places: Set[Place]) -> dict[Place, Quotation]:
    """The words of places, those that have any."""
    told: dict[Place, dict[str, str]] = {}
    iris = {iri for _, iri in places}
    for pattern in (_SELECTED, _STANDS):
        for row in select_some(store, iris, pattern):
            place = row["graph"].value, row["it"].value
            if place in places:
                told.setdefault(place, {})[shorten(row["p"].value)] = row["value"].value
    return {
        place: Quotation(
            place[0].removesuffix("/evidence"),
            int(one["oa:start"]),
            _clip(one["oa:exact"]),
            _line(one.get("oa:prefix", "")),
            _line(one.get("oa:suffix", "")),
            _line(one.get("pol:section", "")),
            int(one["pol:page"]) if one.get("pol:page", "").isdecimal() else 0,
        )
        for place, one in told.items()
        if one.keys() >= {"oa:start", "oa:exact"}
    }


def _line(text: str) -> str:
    return _SPACE.sub(" ", text)


def _clip(text: str) -> str:
    line = _line(text).strip()
    half = LONGEST // 2
    return line if len(line) <= LONGEST else f"{line[:half]} … {line[-half:]}"
