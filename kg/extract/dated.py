"""For which year a figure is: that its words name, that a clause before named, or the one before where it is a former value."""

import re
from dataclasses import dataclass, replace

from kg.extract.change import ChangeReader
from kg.extract.counted import Counted
from kg.extract.reading import Place, Reading, State
from kg.match.mention import Citation
from kg.match.scan import Scan
from kg.text.document import Span
from kg.values import years

_AHEAD = 30  # characters behind a former value in which the new one is led in
_LEADS_ON = re.compile(r"^[^，。；]{0,16}?[为至到成][约近]?[\d一二两三四五六七八九十零]")  # 由5天|缩短到两天


@dataclass(frozen=True, slots=True)
class YearReader:
    """Reads years of figures, with the words of one ontology."""

    counted: Counted
    changes: ChangeReader

    def carry(self, scan: Scan, clause: Span, state: State) -> None:
        """The year of a clause without figures holds for those after it."""
        words = clause.of(scan.text)
        against = self.changes.compared(words, state.year)
        if self.counted.cue["comparedWith"].match(words):
            state.against = against
            return  # 较2023年底增加1.4万
        if against is not None:  # 与2021年相比，公开总量增加12条
            state.against = against
            return
        named = [one for one in years(words) if not _in_title(scan, clause.start + one[0])]
        if len(named) == 1 and not self.counted.cue["since"].match(words, named[0][1]):
            state.year = named[0][2]

    def year(self, scan: Scan, left: Span, state: State) -> int | None:
        """The year of a figure by the words before it."""
        before = left.of(scan.text)
        named = [one for one in years(before) if not _in_title(scan, left.start + one[0])]
        kept = [year for _, end, year in named if not self.counted.cue["since"].match(before, end)]
        rest = scan.text[left.end : left.end + _AHEAD]
        if not kept and state.year is not None and self._is_former(before, rest):
            return state.year - 1
        return kept[-1] if kept else state.year

    def is_earlier(self, base: Reading, place: Place, state: State) -> bool:
        """比去年的598件: the same thing in another year."""
        before = place.left.of(place.scan.text)
        cue = self.counted.cue
        compared = cue["comparedWith"].search(before) and base.year not in (None, state.year)
        return bool(cue["lastYear"].search(before) or compared) and not self.counted.before.content(
            place.scan, place.left
        )

    def over(self, reading: Reading, place: Place, state: State) -> Reading:
        """The reading with the years it is for: in a review of several, a rise is over all of them, and so is 年均, 累计."""
        before = place.left.of(place.scan.text)
        year, cue = reading.year, self.counted.cue
        if year is None or not state.in_passage or cue["comparedWith"].search(before):
            return reading
        yearly = bool(cue["yearly"].search(before))
        if yearly and reading.measure == "Change":
            reading = replace(reading, compared=None)
        if state.years == 1 or year != state.year:
            return reading
        first = year - state.years + 1
        if reading.measure == "Change" and not yearly:
            return replace(reading, compared=first - 1, since=first)
        return replace(reading, since=first) if yearly or cue["inAll"].search(before) else reading

    def _is_former(self, before: str, rest: str) -> bool:
        """上年的|52项, 从|72%提高到76%: the first of the two is of the year before."""
        if any(found.end() == len(before) for found in self.counted.cue["lastYear"].finditer(before)):
            return True
        former = self.counted.ontology.words["formerValue"]
        return before.endswith(former) and _LEADS_ON.search(rest) is not None


def _in_title(scan: Scan, position: int) -> bool:
    """Whether a place lies inside the title or number of something cited: its year is not that of a figure."""
    return any(m.span.start <= position < m.span.end for m in scan.outer if isinstance(m.detail, Citation))
