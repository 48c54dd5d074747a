"""A report to read: its text with each thing named and each figure marked, the facts behind them, findings beside."""

import json
from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import QueryError
from kg.portal.figures import named as figures_named
from kg.portal.findings import Noticed, findings
from kg.portal.links import Link, links
from kg.query import Bound, select
from kg.store import Store
from kg.store.sparql import checked
from kg.terms import expand

_TOLD = expand("pol:reportedIn")
_VALUE = expand("sdmx-measure:obsValue")
_APART = {_TOLD, expand("rdf:type"), expand("pol:reportGenre")}

Mark = tuple[int, int, str]  # start, end, IRI of what is named or counted there


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line in one look: the things it names, the innermost first."""

    text: str
    start: int
    end: int
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: its number, the page of the original where words on it are known to stand, its pieces, what was found about it."""

    number: int
    pieces: tuple[Piece, ...]
    page: str = ""
    turn: bool = False  # the first line known to stand on its page
    findings: tuple[Noticed, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader's page shows: ``lines``, ``facts`` as pairs of property and value, by the thing they are about; the ``findings``
    that belong to no line."""

    iri: str
    title: str
    file: str
    source: str  # the address of the original, where it is known
    about: dict[Link, tuple[Link | str, ...]]
    lines: tuple[Line, ...]
    facts: dict[str, tuple[tuple[Link, Link | str], ...]]
    things: dict[str, Link]
    legend: tuple[Link, ...]
    findings: tuple[Noticed, ...]

    def spoken(self, piece: Piece) -> str:
        """What a mark is called aloud: its words, and the names of its things where these are more than a part of them."""
        names = dict.fromkeys(self.things[iri].label for iri in piece.things)
        others = [name for name in names if name != piece.text]
        return f"{piece.text}: {', '.join(others)}" if others else piece.text

    def payload(self) -> str:
        """The facts for the page's script, as JSON that is safe inside HTML."""
        content = {
            iri: {
                "name": self.things[iri].label,
                "kind": self.things[iri].kind,
                "facts": [
                    [
                        name.label,
                        value.label if isinstance(value, Link) else value,
                        value.iri if isinstance(value, Link) else "",
                    ]
                    for name, value in facts
                ],
            }
            for iri, facts in self.facts.items()
        }
        text = json.dumps(content, ensure_ascii=False)
        return text.translate({ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def reading(store: Store, iri: str, lang: str) -> Reading:
    """A report as it was read; raises ``QueryError`` where the store holds no such report."""
    graph = f"<{checked(iri)}/evidence>"
    sources = select(
        store,
        f"SELECT ?text ?file ?from WHERE {{ GRAPH {graph} {{ ?source nif:isString ?text OPTIONAL {{ ?source pol:fileName ?file }} OPTIONAL {{ ?source dcterms:source ?from }} }} }}",
    )
    if not sources:
        raise QueryError(f"nothing in the store is called “{iri}”")
    spans, pages = _spans(store, graph)
    marks: set[Mark] = set()
    figures: set[str] = set()
    told: dict[str, set[tuple[str, str, bool]]] = {}
    for row in select(
        store,
        f"SELECT ?t ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?t rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }} }}",
    ):
        thing, name = row["s"].value, row["p"].value
        if name in (_TOLD, _VALUE) and thing != iri:
            marks.update((start, end, thing) for start, end in spans.get(row["t"].value, ()))
        if name == _VALUE:
            figures.add(thing)
        if name not in _APART:
            told.setdefault(thing, set()).add((name, row["o"].value, _is_iri(row["o"])))
    named = {thing for _, _, thing in marks}
    values = {value for facts in told.values() for _, value, is_iri in facts if is_iri}
    properties = {name for facts in told.values() for name, _, _ in facts}
    known = figures_named(store, links(store, {iri, *named, *told, *values, *properties}, lang), lang)
    facts = {
        thing: tuple(
            (known[name], known[value] if is_iri else value)
            for name, value, is_iri in sorted(told.get(thing, ()))
        )
        for thing in sorted(named | {iri})
    }
    about: dict[Link, tuple[Link | str, ...]] = {}
    for prop, told_value in facts[iri]:
        about[prop] = (*about.get(prop, ()), told_value)
    found = findings(store, lang, report=iri)
    return Reading(
        iri,
        known[iri].label,
        sources[0]["file"].value if "file" in sources[0] else "",
        _address(sources[0]["from"].value) if "from" in sources[0] else "",
        about,
        _placed(_lines(sources[0]["text"].value, marks, figures), pages, found),
        facts,
        known,
        tuple({known[thing].cls: known[thing] for thing in sorted(named) if known[thing].cls}.values()),
        tuple(one for one in found if not one.start),
    )


def _address(source: str) -> str:
    """An address of the web, and nothing else that a browser would follow.

    >>> _address("https://example.org/a.pdf"), _address("javascript:alert(1)")
    ('https://example.org/a.pdf', '')
    """
    return source if source.startswith(("http://", "https://")) else ""


def _placed(
    lines: Sequence[tuple[Piece, ...]], pages: Mapping[int, str], found: Iterable[Noticed]
) -> tuple[Line, ...]:
    """The lines with the page of each, as far as it is known, and what was found about them."""
    starts = [pieces[0].start for pieces in lines]
    on: dict[int, str] = {}
    for start in sorted(pages, reverse=True):
        on[bisect_right(starts, start) - 1] = pages[start]
    beside: dict[int, list[Noticed]] = {}
    for one in found:
        if one.start:
            beside.setdefault(bisect_right(starts, int(one.start)) - 1, []).append(one)
    placed = []
    last = ""
    for at, pieces in enumerate(lines):
        page = on.get(at, "")
        placed.append(Line(at + 1, pieces, page, bool(page) and page != last, tuple(beside.get(at, ()))))
        last = page or last
    return tuple(placed)


def _is_iri(term: Bound) -> bool:
    return not hasattr(term, "language")


def _spans(store: Store, graph: str) -> tuple[dict[str, list[tuple[int, int]]], dict[int, str]]:
    """Where the words of each statement stand, and the page by place; joined here, which is much faster than in the engine."""
    places = {}
    pages = {}
    for row in select(
        store,
        f"SELECT ?e ?start ?end ?page WHERE {{ GRAPH {graph} {{ ?e oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end "
        "OPTIONAL { ?e pol:page ?page } } }",
    ):
        places[row["e"].value] = (int(row["start"].value), int(row["end"].value))
        if "page" in row:
            pages[int(row["start"].value)] = row["page"].value
    found: dict[str, list[tuple[int, int]]] = {}
    for row in select(store, f"SELECT ?t ?e WHERE {{ GRAPH {graph} {{ ?t pol:evidence ?e }} }}"):
        if row["e"].value in places:
            found.setdefault(row["t"].value, []).append(places[row["e"].value])
    return found, pages


def _lines(text: str, marks: set[Mark], figures: Container[str] = ()) -> list[tuple[Piece, ...]]:
    """The lines of a text, cut where a mark begins or ends; of several things that the same words tell of, figures come first.

    >>> [[(p.text, p.things) for p in line] for line in _lines("甲乙丙\\n丁", {(0, 2, "x:a"), (1, 2, "x:b")})]
    [[('甲', ('x:a',)), ('乙', ('x:b', 'x:a')), ('丙', ())], [('丁', ())]]
    >>> _lines("3件", {(0, 2, "x:a"), (0, 2, "x:f")}, {"x:f"})[0][0].things
    ('x:f', 'x:a')
    """
    lines: list[tuple[Piece, ...]] = []
    ordered = sorted(marks)
    live: list[Mark] = []
    at = begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        while at < len(ordered) and ordered[at][0] < end:
            live.append(ordered[at])
            at += 1
        live = [mark for mark in live if mark[1] > begin]
        cuts = {begin, end}.union(*({max(start, begin), min(stop, end)} for start, stop, _ in live))
        pieces = []
        for start, stop in pairwise(sorted(cuts)):
            here = sorted(
                (m for m in live if m[0] <= start and m[1] >= stop),
                key=lambda m: (m[1] - m[0], m[2] not in figures, m[2]),
            )
            things = tuple(dict.fromkeys(thing for _, _, thing in here))
            pieces.append(Piece(text[start:stop], start, stop, things))
        lines.append(tuple(pieces) or (Piece("", begin, begin),))
        begin = end + 1
    return lines
