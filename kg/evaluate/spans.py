"""Scores of where names stand in the text, by how much of them has to be hit.

Gold's stretches are found, not written down: each place where the text has one of gold's names, or other words that gold's
``quotes`` give for it; where two names overlap, the longer one counts. Given stretches are those that name an entity in the graph.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import Gold, Names
from kg.evaluate.grounds import Grounds
from kg.evaluate.names import NameMatch
from kg.evaluate.score import Score
from kg.text.document import Span

LEAST = (0.0, 0.5, 0.9)
CATEGORIES = ("agencies", "policies", "platforms", "initiatives")
_EDGE = "《》“”‘’「」『』（）()，。、；：　 "


@dataclass(frozen=True, slots=True)
class _Place:
    """Where gold's items of these numbers are named; a policy's title, its number and both together are equally its name."""

    items: frozenset[int]
    spans: tuple[Span, ...]

    def shares(self, span: Span) -> float:
        """How much a stretch has in common with the name."""
        return max(shared(span, one) for one in self.spans)


@dataclass(frozen=True, slots=True)
class _Given:
    """A stretch that names an entity, and the numbers of gold's items that the entity may stand for."""

    span: Span
    items: frozenset[int]


def score_spans(gold: Gold, matches: Mapping[str, NameMatch], grounds: Grounds) -> tuple[Score, ...]:
    """One score for each least share in common; at 0, one character in common is enough.

    Recall is over every place where something stands that must be found, and an entity finds the places of its own item only. A given
    stretch of an entity that gold does not know is wrong; one that touches no place of its item is not judged, for the text may name
    it in words that gold does not list.
    """
    named: list[Names] = []
    must: set[int] = set()
    items: dict[Span, set[int]] = {}
    for category in CATEGORIES:
        match = matches[category]
        least = len((gold.policies if category == "policies" else gold.named[category]).must)
        stands: dict[str, set[int]] = {iri: set() for iri in match.extras}
        for index, (names, iris) in enumerate(match.candidates):
            must |= {len(named)} if index < least else set()
            for iri in iris:
                stands.setdefault(iri, set()).add(len(named))
            named.append((*names, *(quote for name in names for quote in gold.quotes.get(name, ()))))
        for iri, stood in stands.items():
            for span in grounds.named_at(iri):
                items.setdefault(_trimmed(span, grounds.text), set()).update(stood)
    given = [_Given(span, frozenset(numbers)) for span, numbers in sorted(items.items())]
    numbers = {number for policy in (*gold.policies.must, *gold.policies.may) for number in policy.numbers}
    places = _places(grounds.text, named, numbers)
    return tuple(_score(least, places, must, given, grounds.text) for least in LEAST)


def shared(one: Span, other: Span) -> float:
    """How much of two stretches is in both, of all they cover.

    >>> shared(Span(0, 4), Span(2, 6)), shared(Span(0, 2), Span(2, 4))
    (0.3333333333333333, 0.0)
    """
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (len(one) + len(other) - common) if common else 0.0


def _score(
    least: float, places: Sequence[_Place], must: set[int], given: Sequence[_Given], text: str
) -> Score:
    def fits(one: _Given, place: _Place, enough: float) -> bool:
        share = place.shares(one.span) if one.items & place.items else 0.0
        return share > 0 and share >= enough

    wanted = [place for place in places if place.items & must]
    missed = [place for place in wanted if not any(fits(one, place, least) for one in given)]
    right = [one for one in given if any(fits(one, place, least) for place in places)]
    wrong = [
        one
        for one in given
        if not one.items or (one not in right and any(fits(one, place, 0.0) for place in places))
    ]
    return Score(
        f"spans, IoU {least:g}",
        wanted=len(wanted),
        found=len(wanted) - len(missed),
        given=len(right) + len(wrong),
        right=len(right),
        misses=tuple(_shown(place.spans[0], text) for place in missed),
        extras=tuple(_shown(one.span, text) for one in wrong),
        neutral=len(given) - len(right) - len(wrong),
    )


def _places(text: str, named: Sequence[Names], numbers: Iterable[str]) -> list[_Place]:
    """Where each item is named; of overlapping names the longer, then the earlier one counts."""
    items: dict[str, set[int]] = {}
    for index, names in enumerate(named):
        for name in names:
            items.setdefault(name.strip(_EDGE), set()).add(index)
    tail = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    behind = f"(?:[》”]*[（(]({tail}))?" if tail else "()?"
    found = sorted(
        ((at, name) for name in items if name for at in re.finditer(f"({re.escape(name)}){behind}", text)),
        key=lambda one: (one[0].start() - one[0].end(), one[0].start()),
    )
    taken = bytearray(len(text))
    places = []
    for at, name in found:
        if not any(taken[at.start() : at.end()]):
            taken[at.start() : at.end()] = b"\1" * (at.end() - at.start())
            parts = dict.fromkeys(Span(*at.span(group)) for group in (0, 1, 2) if at[group])
            places.append(_Place(frozenset(items[name]), tuple(parts)))
    return places


def _trimmed(span: Span, text: str) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_EDGE))
    return Span(start, max(start, span.start + len(words.rstrip(_EDGE))))


def _shown(span: Span, text: str) -> str:
    return f"{span.start}–{span.end} {span.of(text)}"
