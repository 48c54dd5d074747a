"""Passages that stand in more than one report, word for word or nearly so.

Shingles of characters, MinHash and locality-sensitive hashing find candidates, the Jaccard index of the shingles
decides. Figures are left out of account: a passage with this year's figures in last year's words is a copy.
Source: Broder, On the resemblance and containment of documents, 1997, by way of the library datasketch.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from kg.errors import QueryError
from kg.text.document import Span
from kg.text.fold import fold
from kg.text.said import lines

ALIKE = 0.75
_SHINGLE = 4
_SHORTEST = 30
_BANDS, _ROWS = 16, 4  # a pair at ALIKE meets in some band in 99.8 of 100 cases
_FIGURE = re.compile(r"\d[\d.,]*")
_SAID = re.compile("[。；！？]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands, and its words there."""

    report: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The places of one passage in the order of the reports given; ``likeness`` is the least of the Jaccard indices with the first."""

    places: tuple[Place, ...]
    likeness: float

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports it stands in, each once."""
        return tuple(dict.fromkeys(place.report for place in self.places))


def passages(text: str) -> Iterator[Span]:
    """The paragraphs of a text that are long enough to be called copied; the cells of tables are none.

    >>> len(list(passages("合计\\n" + "全年主动公开政府信息，更新栏目，回应关切，" * 2 + "。\\n12")))
    1
    """
    for line in lines(text):
        words = line.of(text)
        if len(words.strip()) >= _SHORTEST and _SAID.search(words):
            start = line.start + len(words) - len(words.lstrip())
            yield Span(start, start + len(words.strip()))


def copied(reports: Iterable[tuple[str, str]]) -> tuple[Passage, ...]:
    """The passages that two or more reports share, of reports as pairs of IRI and text, oldest first.

    A passage is told with its earliest place first, and each later place that is like it; those in most reports come
    first. Time and memory grow with the number of different paragraphs. Raises ``QueryError`` where the extra
    ``corpus`` is not installed.

    >>> said = "全年围绕重点领域主动公开政府信息{}条，及时更新目录，回应社会关切，方便群众查阅。"
    >>> [(len(one.places), one.likeness) for one in copied([("a", said.format(12)), ("b", said.format(350))])]
    [(2, 1.0)]
    """
    known = _Known()
    heads: list[list[tuple[Place, float]]] = []
    for report, text in reports:
        for span in passages(text):
            words = span.of(text)
            head, likeness = known.head(_FIGURE.sub("0", "".join(fold(words).split())))
            if head == len(heads):
                heads.append([])
            heads[head].append((Place(report, span, words), likeness))
    found = [
        Passage(tuple(place for place, _ in one), round(min(likeness for _, likeness in one), 3))
        for one in heads
    ]
    return tuple(sorted((one for one in found if len(one.reports) > 1), key=_rank))


def shares(
    found: Iterable[Passage], lengths: Mapping[str, int], agency: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """What part of each report's paragraphs stands in an earlier report: of the same body, and of another.

    ``lengths`` are the characters of a report's paragraphs, ``agency`` the body that issued it.
    """
    own: dict[str, int] = dict.fromkeys(lengths, 0)
    other = dict(own)
    for passage in found:
        before: list[str] = []
        for report in passage.reports:
            size = sum(len(place.span) for place in passage.places if place.report == report)
            bodies = {agency[one] for one in before}
            if agency[report] in bodies:
                own[report] += size
            if bodies - {agency[report]}:
                other[report] += size
            before.append(report)
    return {
        report: (own[report] / length, other[report] / length) if length else (0.0, 0.0)
        for report, length in lengths.items()
    }


class _Known:
    """The different passages met so far, by number, as their words without figures."""

    def __init__(self) -> None:
        try:
            from datasketch import MinHash, MinHashLSH
        except ImportError:
            raise QueryError(
                "to find copied passages needs the extra “corpus”", hint="pip install 'policy-kg[corpus]'"
            ) from None
        self._blank = MinHash(_BANDS * _ROWS, seed=1, hashfunc=_hash)
        self._index = MinHashLSH(num_perm=_BANDS * _ROWS, params=(_BANDS, _ROWS))
        self._words: list[str] = []
        self._same: dict[bytes, tuple[int, float]] = {}

    def head(self, bare: str) -> tuple[int, float]:
        """The number of the passage that these words are like, with the likeness; a new number where none is."""
        key = blake2b(bare.encode(), digest_size=16).digest()
        if key not in self._same:
            self._same[key] = self._nearest(bare)
        return self._same[key]

    def _nearest(self, bare: str) -> tuple[int, float]:
        mine = _shingles(bare)
        hashed = self._blank.copy()
        hashed.update_batch(sorted(mine))
        near = [(_jaccard(mine, _shingles(self._words[at])), -at) for at in self._index.query(hashed)]
        likeness, at = max(near, default=(0.0, 0))
        if likeness >= ALIKE:
            return -at, likeness
        self._index.insert(len(self._words), hashed)
        self._words.append(bare)
        return len(self._words) - 1, 1.0


def _hash(shingle: bytes) -> int:
    return int.from_bytes(blake2b(shingle, digest_size=4).digest(), "little")


def _shingles(bare: str) -> frozenset[bytes]:
    return frozenset(bare[at : at + _SHINGLE].encode() for at in range(max(1, len(bare) - _SHINGLE + 1)))


def _jaccard(one: frozenset[bytes], other: frozenset[bytes]) -> float:
    return len(one & other) / len(one | other)


def _rank(passage: Passage) -> tuple[int, int, str, int]:
    first = passage.places[0]
    return -len(passage.reports), -len(first.span), first.report, first.span.start
