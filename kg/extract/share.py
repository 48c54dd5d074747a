"""Percentages that are no change: a share of a whole, or a rate."""

from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.counted import Counted, trim
from kg.extract.indicators import IndicatorFinder
from kg.extract.reading import Place, Reading, State
from kg.text.document import Span

_BACK = 40  # figures among which the whole of a share is looked for


@dataclass(frozen=True, slots=True)
class ShareReader:
    """Reads shares (占71.7%) and rates (办结率100%)."""

    counted: Counted
    finder: IndicatorFinder

    def read(self, base: Reading, place: Place, state: State) -> Reading | None:
        """A share where a word of share stands before the figure, else a rate."""
        before = place.left.of(place.scan.text)
        cue = self.counted.cue["shareOf"].search(before)
        if cue is None:
            return self._rate(base, place, state)
        head = Span(place.left.start, place.left.start + cue.start())
        part = self._part(base, place, head, state)
        if not part.label and not part.indicator:
            return None
        inner = trim(before[cue.end() :].partition("的")[0], self.counted.filler)
        if self.counted.cue["upTo"].match(before, cue.end()):
            inner = ""  # 占比|提高到50%
        named = state.last is None and len(inner) >= 2  # 公开占全市考核的4%: the words say of what
        return replace(
            part, measure="Share", whole=None if named else whole_of(part, state), whole_label=inner
        )

    def _part(self, base: Reading, place: Place, head: Span, state: State) -> Reading:
        """What a share is a part's: the words before 占, else the figure before."""
        if state.last is not None and not self.counted.content(place.scan, head):
            return base.counting(state.last)
        return self._named(base, place, head, Span(head.end, head.end), state)

    def _rate(self, base: Reading, place: Place, state: State) -> Reading | None:
        reading = self._named(base, place, place.left, place.right, state)
        return replace(reading, measure="Ratio") if reading.label else None

    def _named(self, base: Reading, place: Place, left: Span, right: Span, state: State) -> Reading:
        label = self.counted.label(place.scan, left, right, state)
        if label.inherited and state.last is not None:
            return base.counting(state.last)
        named = self.finder.find(
            place.scan, left, right, state, place.phrases, label=self.counted.meant(label)
        )
        return replace(
            base, indicator=named.indicator, broader=named.broader, label=label.words, label_span=label.span
        )


def whole_of(share: Reading, state: State) -> Reading | None:
    """What a share is of: the figure nearest before it that makes the sum come out, else that before 其中, else the last total."""
    part = state.last
    if part is None or not share.value:
        return state.whole
    margin = Decimal(1).scaleb(-share.decimals) * Decimal("0.51")
    for whole in reversed(state.counts[-_BACK:]):
        if (
            whole is part
            or whole.unit != part.unit
            or whole.value < part.value
            or not whole.value
            or whole.year != part.year
        ):
            continue
        if abs(part.value * 100 / whole.value - share.value) <= margin:
            return whole
    divided = state.divided
    if divided is not None and divided.unit == part.unit and divided.value >= part.value:
        return divided if divided is not part else state.whole
    if state.whole is not None and state.whole is not part and state.whole.value >= part.value:
        return state.whole
    return None
