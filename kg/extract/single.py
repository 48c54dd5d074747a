"""One figure by itself: a change, a rate, a share or a count, by the words before it and the figures before those."""

import re
from dataclasses import dataclass, replace

from kg.extract.change import ChangeReader
from kg.extract.count import CountReader
from kg.extract.counted import Counted
from kg.extract.dated import YearReader
from kg.extract.reading import Place, Reading, State
from kg.extract.scope import ScopeReader
from kg.extract.share import ShareReader
from kg.match.mention import Figure, Mention
from kg.text.document import Span
from kg.values import part_of_year, years

_RANGE = re.compile(r"(?:[-－~～]|[—–]{1,2}|至)")


@dataclass(frozen=True, slots=True)
class SingleReader:
    """Tells what kind a figure is of, with the words of one ontology."""

    counted: Counted
    changes: ChangeReader
    shares: ShareReader
    counts: CountReader
    dated: YearReader
    scopes: ScopeReader

    def read(self, mention: Mention, place: Place, state: State) -> Reading | None:
        """The figure as its place and what carried over explain it; None where nothing says what it counts."""
        detail = mention.detail
        assert isinstance(detail, Figure)
        before = place.left.of(place.scan.text)
        base = self._base(mention, detail, place, state)
        latest = state.latest
        if latest is not None and _RANGE.fullmatch(before):
            return _most(base, latest)
        sign = self.changes.sign(before)
        if sign and self._changes(base, place, state):
            return self.changes.read(base, place, sign, state)
        level = self._reaches(before)
        if self._kind(base) == "share":
            return self._share(base, place, state, level=level)
        if state.last is not None and self.dated.is_earlier(base, place, state):
            year = base.year
            return replace(
                base.counting(state.last), year=year if year != state.year or year is None else year - 1
            )
        if state.last is not None and level:
            # 由5天压缩至3.2天: of what the former value is, not of what was counted before it
            near = latest is not None and latest.measure in ("Count", "Amount")
            return base.counting(latest if latest is not None and near else state.last)
        return self.counts.read(base, place, state)

    def _kind(self, base: Reading) -> str:
        return self.counted.ontology.vocabulary.kind(base.unit)

    def _changes(self, base: Reading, place: Place, state: State) -> bool:
        """Whether a figure behind a verb of change says how far something rose or fell, and of what."""
        share = self._kind(base) == "share"
        if not share and not (self.changes.compares(place, state) or _moved(base, state)):
            return False
        changed = state.latest is not None and state.latest.measure == "Change"
        points = self.counted.in_points(base.unit) and state.last_rate is not None
        told = changed or state.last is not None or points or (share and state.previous is not None)
        return told or self.counted.before.content(place.scan, place.left)

    def _share(self, base: Reading, place: Place, state: State, *, level: bool) -> Reading | None:
        """A percentage that is no change: the level that another one reaches, a share or a rate."""
        latest = state.latest
        if level and latest is not None and latest.measure in ("Share", "Ratio"):
            return replace(
                base.counting(latest),
                measure=latest.measure,
                whole=latest.whole,
                whole_label=latest.whole_label,
            )
        if level and state.last_rate is not None:
            return replace(base.counting(state.last_rate), measure="Ratio")
        if latest is not None and self._is_reached(place.left.of(place.scan.text), base.unit, latest):
            return replace(base.counting(latest), measure="Ratio")
        return self.shares.read(base, place, state)

    def _is_reached(self, before: str, unit: str, latest: Reading) -> bool:
        """满意度提高2个百分点，达到|96%: the rate that a change in points leads to."""
        by_points = (
            latest.measure == "Change"
            and self.counted.in_points(latest.unit)
            and not self.counted.in_points(unit)
        )
        words = self.counted.ontology.words
        return by_points and before.strip("，、；（ ") in (*words["reached"], *words["upTo"])

    def _reaches(self, before: str) -> bool:
        """提高到, 提高到2025年的: nothing but that a value reaches another stands between two figures."""
        dated = next(
            (start for start, end, _ in years(before) if before[end:] in ("", "的")), part_of_year(before)
        )
        return self.counted.cue["upTo"].fullmatch(before, 0, dated) is not None

    def _base(self, mention: Mention, detail: Figure, place: Place, state: State) -> Reading:
        left, right = place.left, place.right
        start = min(left.start, state.previous.start if state.previous else left.start)
        money = self.counted.ontology.vocabulary.kind(detail.unit) == "money"
        return Reading(
            mention.span, Span(left.start, mention.span.end), detail.value, detail.unit,
            "Amount" if money else "Count", detail.bound, detail.decimals, "", "", mention.span,
            state.year if detail.unit in self.counted.ontology.words["multiple"] else self.dated.year(place.scan, left, state), clause=Span(start, right.end),
            scope=self.scopes.figure(place, Span(start, mention.span.start), state.scope),
        )  # fmt: skip


def _moved(base: Reading, state: State) -> bool:
    """Whether the last two figures of the sentence are one thing in two years: 由33家减为21家，|减少12家."""
    last = state.counts[state.opened :][-2:]
    if len(last) < 2 or last[1] is not state.latest:
        return False
    former, new = last
    same = (former.indicator, former.label, former.unit) == (new.indicator, new.label, base.unit)
    return same and new.year is not None and former.year == new.year - 1


def _most(base: Reading, least: Reading) -> Reading:
    """5%—5.5%: the most of a range is of what the least is of."""
    return replace(
        base.counting(least),
        value=base.value if least.value >= 0 else -base.value,
        measure=least.measure,
        year=least.year,
        compared=least.compared,
    )
