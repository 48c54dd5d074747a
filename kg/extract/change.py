"""Rises and falls: 比上年增长12%, 较去年减少3件, 由5天缩短到2天."""

import re
from dataclasses import dataclass, replace

from kg.extract.counted import Counted
from kg.extract.indicators import IndicatorFinder
from kg.extract.reading import Place, Reading, State
from kg.match.words import alternatives
from kg.text.document import Span
from kg.values import years

_NEAR = 10  # characters in which the verb of a change stands
_DEED = 4  # characters of what was done more or less often (比上年多|收到|3件)
_YEAR = r"\d{4}年度?(?:同期)?"


@dataclass(frozen=True, slots=True)
class ChangeReader:
    """Reads figures that say how much something rose or fell."""

    counted: Counted
    finder: IndicatorFinder
    verb: re.Pattern[str]
    more: re.Pattern[str]
    against: re.Pattern[str]

    @staticmethod
    def of(counted: Counted, finder: IndicatorFinder) -> "ChangeReader":
        """A reader with the verbs of the ontology."""
        words = counted.ontology.words
        rise, fall, lead = (alternatives(words[name]) for name in ("rise", "fall", "changeLead"))
        compared, more, fewer = (alternatives(words[name]) for name in ("comparedWith", "more", "fewer"))
        before, behind = (alternatives(words[name]) for name in ("comparedLead", "comparedTail"))
        return ChangeReader(
            counted,
            finder,
            re.compile(f"(?:(?P<fall>{fall})|(?P<rise>{rise}))(?:{lead}){{0,3}}$"),
            re.compile(
                f"(?:{compared})(?:{_YEAR})?(?:(?P<fall>{fewer})|(?P<rise>{more}))(?P<deed>[^\\W\\d_]{{0,{_DEED}}}?)(?:{lead}){{0,3}}$"
            ),
            re.compile(f"(?:(?:{before})(?:{_YEAR})(?:{behind})|(?:{compared})(?:{_YEAR}))(?=[，、]|$)"),
        )

    def sign(self, before: str) -> int:
        """1 after a verb of rise, -1 after one of fall, 0 after neither; 增长到 leads to a level and is neither."""
        found = self.verb.search(before[-_NEAR:]) or self.more.search(before)
        return 0 if found is None else -1 if found["fall"] else 1

    def bare(self, before: str) -> bool:
        """Whether the words before a figure say no more than that it is what something is more or fewer by (比上年多收到)."""
        found = self.more.search(before)
        return found is not None and not before[: found.start()].strip("，、； ")

    def compared(self, clause: str, year: int | None) -> int | None:
        """The earlier year with which a clause compares all that follows: 与2021年相比."""
        found = self.against.search(clause)
        named = [one for _, _, one in years(found[0])] if found is not None else []
        return named[0] if named and year is not None and named[0] < year else None

    def compares(self, place: Place, state: State) -> bool:
        """Whether the words before a figure, or a clause before, compare it with another year."""
        if state.against is not None:
            return True
        window = place.scan.text[max(place.sentence.start, place.left.start - 12) : place.left.end]
        return bool(self.counted.cue["comparedWith"].search(window))

    def read(self, base: Reading, place: Place, sign: int, state: State) -> Reading | None:
        """The change, of what its own words say or else of the figure before it."""
        left, end = place.left, Span(place.left.end, place.left.end)
        named = [year for _, _, year in years(left.of(place.scan.text))]
        compared = next((year for year in named if state.year is not None and year < state.year), None)
        year = next((one for one in named if one != compared), None) or state.year
        if compared is None and year is not None:
            compared = state.against if state.against is not None and state.against < year else year - 1
        source = state.last_rate or state.last if self.counted.in_points(base.unit) else state.last
        if source is None and state.latest is not None and state.latest.measure == "Change":
            source = state.latest  # 公开量增加12条，增长5%
        bare = self.bare(left.of(place.scan.text))
        label = self.counted.label(
            place.scan, left, end, state, drop=("rise", "fall", "changeLead", "comparedWith")
        )
        if source is not None and (
            bare or label.inherited or len(label.words) < 2 or source.label.endswith(label.words)
        ):
            base = base.counting(source)
        else:
            named_so = self.finder.find(
                place.scan, left, end, state, place.phrases, label=self.counted.meant(label)
            )
            base = replace(
                base,
                indicator=named_so.indicator,
                broader=named_so.broader,
                label=label.words,
                label_span=label.span,
            )
        if not base.label and not base.indicator:
            return None
        return replace(base, value=base.value * sign, measure="Change", year=year, compared=compared)
