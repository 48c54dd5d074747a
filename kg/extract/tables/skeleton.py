"""A text reduced to its words and digits, in which labels are found however they were broken or misspelt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.schema.form import Label
from kg.text.document import Span

_WORDS = re.compile(r"[\u3400-\u9fff\u3007A-Za-z0-9]")
LEAST_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The characters that make words and numbers, each with where it stood.

    >>> found = Skeleton.of("商业\\n企业 | 科研", [Span(0, 10)])
    >>> found.text, found.span(0, 4)
    ('商业企业科研', Span(start=0, end=5))
    """

    text: str
    at: tuple[int, ...]

    @staticmethod
    def of(text: str, parts: Iterable[Span]) -> "Skeleton":
        """The skeleton of some stretches of a text."""
        at = [match.start() for part in parts for match in _WORDS.finditer(text, part.start, part.end)]
        return Skeleton("".join(map(text.__getitem__, at)), tuple(at))

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the skeleton stands in the text."""
        return Span(self.at[start], self.at[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found in a skeleton; ``order`` is its place in the sequence of labels sought."""

    order: int
    start: int
    end: int


def occurrences(text: str, label: Label, order: int, *, least: int = 4) -> list[Hit]:
    """Every place where a label or a telling part of it stands, the longest at each place."""
    found: list[Hit] = []
    for words in sorted({*label.full, *label.parts}, key=lambda words: (-len(words), words)):
        if len(words) < least:
            continue
        start = text.find(words)
        while start >= 0:
            hit = Hit(order, start, start + len(words))
            if not any(other.start < hit.end and hit.start < other.end for other in found):
                found.append(hit)
            start = text.find(words, start + 1)
    return sorted(found, key=lambda hit: hit.start)


def chain(hits: Sequence[Hit], *, most_gap: int) -> list[Hit]:
    """The longest run of hits whose order and position both rise, with no gap wider than ``most_gap``."""
    ordered = sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.order))
    best: list[tuple[float, int]] = []
    for index, hit in enumerate(ordered):
        score, back = 1.0, -1
        for before in range(index - 1, -1, -1):
            gap = hit.start - ordered[before].end
            if hit.start - ordered[before].start > most_gap + 80:
                break
            if 0 <= gap <= most_gap and ordered[before].order < hit.order:
                skipped = hit.order - ordered[before].order - 1
                value = best[before][0] + 1 - gap / 1000 - skipped / 50
                if value > score:
                    score, back = value, before
        best.append((score, back))
    if not best:
        return []
    here = max(range(len(best)), key=lambda index: (best[index][0], index))
    run = []
    while here >= 0:
        run.append(ordered[here])
        here = best[here][1]
    return run[::-1]


def nearest(text: str, words: str, start: int, end: int) -> tuple[float, int, int]:
    """The stretch between two places that is most like some words: likeness, start, end.

    Likeness is one less the edits needed per character.

    >>> nearest("一2属于四类过成性信息00", "属于四类过程性信息", 0, 12)
    (0.8888888888888888, 2, 11)
    """
    if not words or end <= start:
        return 0.0, start, start
    stretch = text[start:end]
    costs = [(0, position) for position in range(len(stretch) + 1)]
    for row, letter in enumerate(words, 1):
        above, costs = costs, [(row, 0)]
        for column, other in enumerate(stretch, 1):
            swap = (above[column - 1][0] + (letter != other), above[column - 1][1])
            drop = (above[column][0] + 1, above[column][1])
            more = (costs[column - 1][0] + 1, costs[column - 1][1])
            costs.append(min(swap, drop, more, key=lambda cost: cost[0]))
    stop = min(range(len(stretch) + 1), key=lambda column: costs[column][0])
    edits, begin = costs[stop]
    return max(0.0, 1 - edits / len(words)), start + begin, start + stop


def likeness(text: str, label: Label) -> float:
    """How much a printed label (a skeleton) is like one of the form: 1 where it holds it."""
    best = 0.0
    for words in label.full:
        if text == words:
            return 1.0
        if len(words) >= 4:
            if words in text:
                return 0.999
            if len(text) <= 3 * len(words) + 30 and _shared(text, words) >= LEAST_LIKENESS:
                best = max(best, nearest(text, words, 0, len(text))[0])
    if best < 0.99 and any(len(part) >= 4 and part in text for part in label.parts):
        return 0.99
    return best if any(len(words) >= 4 for words in label.full) else 0.0


def _shared(text: str, words: str) -> float:
    """The share of the characters of some words that stand in a text, which bounds their likeness."""
    return sum(letter in text for letter in words) / len(words)
