"""Of which figure a comparison speaks that names nothing: 收到7件，其中信函3件、网上4件，|同比减少3件，下降30%."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.change import ChangeReader
from kg.extract.counted import Counted
from kg.extract.reading import Reading, State
from kg.match.mention import Figure, Mention
from kg.match.scan import Scan
from kg.text.document import Span
from kg.values import years

_HUNDRED = Decimal(100)
_PERCENT = ("%", "％")


@dataclass(frozen=True, slots=True)
class Told:
    """What a comparison tells: how far something rose or fell, in its unit and in per cent, and what it was before."""

    difference: Decimal | None = None
    percent: Decimal | None = None
    decimals: int = 0
    former: Decimal | None = None
    unit: str = ""  # of the difference and the former value

    def fits(self, new: Reading) -> bool | None:
        """Whether the figures agree if a figure is what it has become; None where nothing can be reckoned.

        >>> from kg.text.document import Span
        >>> def seven(value): return Reading(
        ...     Span(0, 1), Span(0, 1), Decimal(value), "件", "Count", "Exact", 0, "", "", Span(0, 1), 2020)
        >>> told = Told(difference=Decimal(-3), percent=Decimal(-30), unit="件")
        >>> told.fits(seven(7)), told.fits(seven(4)), Told(percent=Decimal(-30)).fits(seven(7))
        (True, False, None)
        """
        if self.unit and self.unit != new.unit:
            return False
        old = self.former
        if old is None and self.difference is not None:
            old = new.value - self.difference
        if old is None:
            return None
        if old < 0 or (self.difference is not None and new.value - old != self.difference):
            return False
        if self.percent is None:
            return True if self.former is not None and self.difference is not None else None
        return old > 0 and abs((new.value - old) / old * _HUNDRED - self.percent) < Decimal(1).scaleb(
            -self.decimals
        )


@dataclass(frozen=True, slots=True)
class Comparer:
    """Finds what comparisons are of that name nothing themselves."""

    counted: Counted
    changes: ChangeReader

    def told(self, scan: Scan, clause: Span, figures: Sequence[Mention]) -> Told | None:
        """What a comparison tells that opens with this clause; None where the clause is none or names its own subject."""
        left = clause.start
        difference = percent = former = None
        decimals, unit, compares = 0, "", False
        for mention in figures:
            before = Span(left, mention.span.start)
            words = before.of(scan.text)
            detail = mention.detail
            assert isinstance(detail, Figure)
            if (self.counted.before.content(scan, before) and not self.changes.bare(words)) or "。" in words:
                break
            compares = compares or bool(
                self.counted.cue["comparedWith"].search(words) or self.counted.cue["lastYear"].search(words)
            )
            sign = self.changes.sign(words)
            if detail.unit in _PERCENT:
                if not sign or percent is not None:
                    break
                percent, decimals = detail.value * sign, detail.decimals
            elif not compares or (unit and detail.unit != unit):
                break
            elif sign and difference is None:
                difference, unit = detail.value * sign, detail.unit
            elif not sign and former is None and difference is None and self._earlier(words):
                former, unit = detail.value, detail.unit
            else:
                break
            left = mention.span.end
        if left == clause.start or not (compares or percent is not None):
            return None
        return Told(difference, percent, decimals, former, unit)

    def _earlier(self, words: str) -> bool:
        return bool(self.counted.cue["lastYear"].search(words) or years(words))

    def source(self, scan: Scan, told: Told, state: State) -> Reading | None:
        """The figure of which it is told: the one with which the figures agree, else the one the words make likelier.

        After a list of parts that is the whole, after a part that stands alone or has its own comparison that part.
        A sentence that opens with a comparison goes on with the one before.
        """
        if state.last is None:
            return self._of_sentence_before(scan.text, told, state)
        whole, closed = _whole(scan.text, state)
        if whole is None:
            return state.last
        order = (whole, state.last) if closed else (state.last, whole)
        return next((one for one in order if told.fits(one)), order[0])

    def _of_sentence_before(self, text: str, told: Told, state: State) -> Reading | None:
        counts = [one for one in state.before if one.year == state.year]
        agreeing = [one for one in counts if told.fits(one)]
        if agreeing:
            return agreeing[0]
        if not counts or (told.unit and counts[0].unit != told.unit):
            return None
        parts = sum((one.value for one in counts[1:] if one.unit == counts[0].unit), Decimal(0))
        alone = len(counts) == 1 or (len(counts) > 2 and parts == counts[0].value)
        return counts[0] if alone and told.fits(counts[0]) is not False else None


def _whole(text: str, state: State) -> tuple[Reading | None, bool]:
    """The whole of which the last figure is a part, and whether a list of its parts ends there, none with a change of its own."""
    last = state.last
    assert last is not None
    counts = state.counts
    at = next((i for i in range(len(counts) - 1, -1, -1) if counts[i] is last), -1)
    if at < 0:
        return None, False
    if state.divided is not None:
        first = next((i for i in range(at - 1, -1, -1) if counts[i] is state.divided), -1)
        if first < 0:
            return None, False
    else:
        first = next(
            (
                i
                for i in range(at - 2, max(state.opened, at - 12) - 1, -1)
                if _adds_up(counts[i], counts[i + 1 : at + 1])
            ),
            -1,
        )
        if first < 0:
            return None, False
    whole, parts = counts[first], counts[first + 1 : at + 1]
    given = sum((part.value for part in parts), Decimal(0))
    if any((part.unit, part.year) != (whole.unit, whole.year) for part in parts) or given > whole.value:
        return None, False
    between = text[parts[-2].span.end : last.span.start] if len(parts) > 1 else "；"
    listed = not any(mark in between for mark in "；。") and (
        given == whole.value or not any(mark in between for mark in "，：")
    )
    return whole, listed and state.latest is last


def _adds_up(whole: Reading, parts: Sequence[Reading]) -> bool:
    same = all((part.unit, part.year) == (whole.unit, whole.year) for part in parts)
    return same and sum((part.value for part in parts), Decimal(0)) == whole.value > 0
