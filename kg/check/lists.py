"""Lists of figures in running text: where they go on, which of them are parts of a part, what explains that they do not add up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from kg.check.observations import Observed
from kg.text.document import Document, Span

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CLAUSE = re.compile(r"((?:[^，；。、\d]+、)*[^，；。、]*)([，；。、]?)")  # 镇、村公开栏97条 is one
_SHARE = re.compile(r"占[^\d，]{0,12}\d+(?:\.\d+)?%")
_ASIDE = re.compile(r"（[^（）]*）")
_ROUND = re.compile(r"\d+(?:\.(?P<decimals>\d+))?(?P<unit>[万亿])")
_POWER = {"万": 4, "亿": 8}


@dataclass(frozen=True, slots=True)
class Listed:
    """The parts of a list, whether it was read to its end, and the parts that some of them have themselves."""

    parts: tuple[Observed, ...]
    complete: bool
    inner: tuple[tuple[Observed, tuple[Observed, ...]], ...] = ()


@dataclass(slots=True)
class _Reading:
    """A list while it is read; ``group`` are the parts of its last part, where these are being told."""

    parts: list[Observed]
    inner: list[tuple[Observed, tuple[Observed, ...]]]
    group: list[Observed] | None = None
    marks: str = ""

    def take(self, one: Observed, mark: str, *, opens: bool) -> None:
        """The figure of the next clause, which ends in a mark."""
        if self.group is not None and self._closed():
            self.inner.append((self.parts[-1], tuple(self.group)))
            self.group = None
        if self.group is None and opens and self.parts:
            self.group, self.marks = [one], mark
        elif self.group is not None:
            self.group.append(one)
            self.marks += mark
        else:
            self.parts.append(one)

    def _closed(self) -> bool:
        """Whether the parts of a part are all told: they add up to it, or 、 parts them and ， follows."""
        assert self.group is not None
        return _sum(self.group) == self.parts[-1].value or re.fullmatch("、+，", self.marks) is not None

    def listed(self, *, complete: bool) -> Listed:
        """What was read; a group that is not sure to end somewhere leaves the list open."""
        inner = list(self.inner)
        if self.group is not None:
            if self._closed() or re.fullmatch("、+[；。]?", self.marks):
                inner.append((self.parts[-1], tuple(self.group)))
            complete = False
        return Listed(tuple(self.parts), complete, tuple(inner))


def listed(counts: Sequence[Observed], span: Span, document: Document, openers: str) -> Listed:
    """The parts listed from the start of a span, one a clause, up to a semicolon or its end.

    ``openers`` are words before the parts of a part (网站9条，包括要闻5条、公告4条); what stands in brackets is passed over.
    """
    text = _ASIDE.sub(lambda found: " " * len(found[0]), document.folded[span.start : span.end])
    opener = re.compile(openers)
    reading = _Reading([], [])
    at = 0
    while at < len(text):
        found = _CLAUSE.match(text, at)
        assert found is not None  # it matches nothing at all as well
        clause, mark = found.group(1).strip(), found[2]
        if clause and not _SHARE.fullmatch(clause):
            one = _sole(counts, text, Span(at, found.end(1)), span.start)
            if one is None:
                return reading.listed(complete=False)
            reading.take(one, mark, opens=opener.match(clause) is not None)
        if not mark or mark in "；。":
            break
        at = found.end()
    return reading.listed(complete=True)


def _sole(counts: Sequence[Observed], text: str, clause: Span, offset: int) -> Observed | None:
    """The one figure of a clause, where it has no other number."""
    numbers = list(_NUMBER.finditer(text, clause.start, clause.end))
    if len(numbers) != 1:
        return None
    start, end = clause.start + offset, clause.end + offset
    digits = numbers[0].start() + offset
    here = [c for c in counts if start <= c.evidence.start <= digits < c.evidence.end <= end]
    return here[0] if len(here) == 1 else None


def explained(whole: Decimal, parts: Sequence[Decimal], beside: Sequence[Decimal] = ()) -> bool:
    """Whether parts that exceed their whole may be right all the same.

    Some of them may be the parts of the one before (9, of these 5 and 4; 3), or another way to sort the whole, or all of them are
    parts of the whole and what was told right before it (``beside``). Where something of the whole is left then, two round figures
    that add up to a third may do so by chance.

    >>> explained(Decimal(12), [Decimal(n) for n in (9, 5, 4, 3)]), explained(Decimal(12), [Decimal(n) for n in (9, 4, 3)])
    (True, False)
    >>> explained(Decimal(90), [Decimal(n) for n in (50, 30, 20)]), explained(Decimal(90), [Decimal(n) for n in (51, 30, 21)])
    (False, True)
    >>> explained(Decimal(12), [Decimal(n) for n in (9, 6, 4, 2)]), explained(Decimal(4), [Decimal(n) for n in (4, 6, 3)], [Decimal(9)])
    (True, True)
    """
    if any(sum(run) == whole for run in _runs(parts) if len(run) < len(parts)):
        return True
    wholes = {sum(beside[at:], whole) for at in range(len(beside))} | set(beside)
    if sum(parts) in wholes:
        return True
    return any(sum(rest) == whole or (sure and sum(rest) < whole) for rest, sure in _folded(parts))


def _runs(parts: Sequence[Decimal]) -> Iterator[Sequence[Decimal]]:
    """Two parts or more that stand together."""
    for start, end in combinations(range(len(parts) + 1), 2):
        if end - start > 1:
            yield parts[start:end]


def _folded(parts: Sequence[Decimal]) -> Iterator[tuple[Sequence[Decimal], bool]]:
    """The parts without those that add up to the one before or behind them, and whether that is hardly by chance."""
    for start, end in combinations(range(len(parts) + 1), 2):
        added = sum(parts[start:end], Decimal(0))
        if end - start > 1 and added in (*parts[start - 1 : start], *parts[end : end + 1]):
            yield [*parts[:start], *parts[end:]], end - start > 2 or added % 10 != 0


def slack(observed: Observed, text: str) -> Decimal:
    """How far a figure may be off because it was rounded: 1.2万条 by a thousand; nothing where it has all its digits."""
    found = _ROUND.search(observed.evidence.of(text))
    return Decimal(10) ** (_POWER[found["unit"]] - len(found["decimals"] or "")) if found else Decimal(0)


def _sum(parts: Sequence[Observed]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))
