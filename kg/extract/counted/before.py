"""The words before a figure that say what it counts: 全年共|受理申请|5件."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kg.extract.wording import Wording
from kg.match.mention import AgencyName, Mention, RegionName, SelfName
from kg.match.scan import Scan
from kg.match.words import longest
from kg.schema.ontology import Ontology
from kg.text.document import Span
from kg.values import part_of_year, years

_MARKER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}是|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、]|[①-⑩])"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d{2}年度?)?(?:\d{1,2}月(?:底|末|份|初|中旬|\d{1,2}日)?)|(?:19|20)\d{2}年度?"
    r"|近?[\d一二两三四五六七八九十]+年以?来"
    r"|[一二两三四五六七八九十]{1,2}次(?=\w{2})"
    r"|(?<=每)[\d一二两三四五六七八九十]+个?(?:日|天|周|月|年|小时|分钟|工作日)"
)
_MOST = 26  # characters of a minted indicator
_LEAST = 2  # characters that say what is counted
_RATE = 4  # characters of the bare name of a rate
_FILLER = 6  # characters of the longest filler


class WordsBefore:
    """Finds the words before figures, with the words of one ontology; ``cue`` has the word classes around figures."""

    def __init__(self, ontology: Ontology, cue: Mapping[str, re.Pattern[str]], wording: Wording) -> None:
        words = ontology.words
        self._cue = cue
        self._wording = wording
        self._adverb = frozenset(words["adverb"])
        self._average = frozenset((*words["average"], *words["yearly"]))
        self._rate = tuple(words["rate"])
        self._unlike = words["likeFiller"]
        self._joins = longest(words["join"])

    def of(self, scan: Scan, left: Span, drop: Sequence[str]) -> Span | None:
        """The words before a figure without filler at both ends; a lead-in with a preposition is left out."""
        end = self._end(scan, left, drop)
        start = self._start(scan, self._after_lead(scan, left.start, end), end)
        if end - start > _MOST:
            start = self._shorten(scan, start, end)
        return Span(start, end) if end > start and any(c.isalpha() for c in scan.text[start:end]) else None

    def content(self, scan: Scan, left: Span) -> bool:
        """Whether the words before a figure say what it counts."""
        span = self.of(scan, left, ("comparedWith", "lastYear", "rise", "fall"))
        return span is not None and len(span) >= _LEAST

    def verb(self, scan: Scan, left: Span) -> str:
        """The verb right before a figure, where the noun after it alone says little (发布了122条信息)."""
        words = scan.words
        position = left.end
        while position > left.start:
            index = words.at(position - 1)
            begin = max(int(words.starts[index]), left.start)
            word = scan.text[begin:position]
            if word not in self._wording.filler:
                return word if words.tags[index][0] == "v" or word in self._wording.boundary else ""
            position = begin
        return ""

    def _end(self, scan: Scan, left: Span, drop: Sequence[str]) -> int:
        """Where the words before a figure end, without filler."""
        text, words = scan.text, scan.words
        start, end = left.start, left.end
        changed = True
        while changed and end > start:
            changed = False
            if text[end - 1] in "，；：。、（ )）":
                end, changed = end - 1, True
                continue
            dated = next((s for s, e, _ in years(text[start:end]) if e == end - start), None)
            if dated is not None:
                end, changed = start + dated, True
                continue
            part = part_of_year(text[start:end])
            if 0 < part < end - start:
                end, changed = start + part, True
                continue
            begin = max(int(words.starts[words.at(end - 1)]), start)
            word = text[begin:end]
            if word in self._wording.filler or word in self._adverb or word in self._average:
                end, changed = begin, True
                continue
            for name in drop:
                for found in self._cue[name].finditer(text, max(start, end - 8), end):
                    leads = name != "changeLead" or self._changes(text, start, found.start())
                    if found.end() == end and leads:
                        end, changed = found.start(), True
                        break
        return end

    def _changes(self, text: str, start: int, end: int) -> bool:
        """Whether a verb of change ends here: 增长|率, but not 绿化|率."""
        cues = (self._cue["rise"], self._cue["fall"])
        return any(one.end() == end for cue in cues for one in cue.finditer(text, max(start, end - 4), end))

    def _start(self, scan: Scan, start: int, end: int) -> int:
        """Where the words before a figure begin: past filler, dates and the body that acts."""
        text, words = scan.text, scan.words
        start = self._past_frame(scan.text, self._past_way(scan, start, end), end)
        first = bisect_left(scan.outer, start, key=lambda mention: mention.span.start)
        after = bisect_left(scan.outer, end, lo=first, key=lambda mention: mention.span.start)
        inner = [mention for mention in scan.outer[first:after] if mention.span.end <= end]
        while start < end:
            if not text[start].isalnum() and text[start] not in "“《":
                start += 1
                continue
            mention = next((m for m in inner if m.span.start == start and m.span.end < end), None)
            acted = self._acts(scan, mention, inner) if mention is not None else 0
            if acted:
                start = acted
                continue
            dated = _DATE.match(text, start, end)
            if dated and dated.end() < end:
                start = dated.end()
                continue
            stop = self._filler_end(scan, start, end)
            if stop == start:
                break
            if words.tags[words.at(start)] == "p":
                lead = next((m for m in inner if m.span.start == stop and end - m.span.end >= 3), None)
                stop = lead.span.end if lead is not None else stop
            start = stop
        return start

    def _past_way(self, scan: Scan, start: int, end: int) -> int:
        """各单位通过某系统公开信息: past 通过, where a verb follows what it leads in."""
        words = scan.words
        for found in reversed(list(self._cue["way"].finditer(scan.text, start, end))):
            index = words.at(found.start())
            if words.starts[index] != found.start() or words.starts[index + 1] != found.end():
                continue
            tags = words.tags[index + 1 : words.at(max(found.end(), end - 1)) + 1]
            if any(tag[0] == "v" for tag in tags[:-1]):
                return found.end()
        return start

    def _past_frame(self, text: str, start: int, end: int) -> int:
        """在清单的基础上|新增栏目: past what the rest is only set in."""
        frames = [found.end() for found in self._cue["frame"].finditer(text, start, end)]
        return frames[-1] if frames and end - frames[-1] >= _LEAST else start

    def _acts(self, scan: Scan, mention: Mention, others: Sequence[Mention]) -> int:
        """Where a name at the start ends that acts (区教育局|公开信息), with those joined to it; 0 for a part of a noun (省政府机关)."""
        if isinstance(mention.detail, RegionName | SelfName):
            return mention.span.end
        end = mention.span.end
        if not isinstance(mention.detail, AgencyName) or not scan.words.ends_at(end):
            return 0
        join = next((word for word in self._joins if scan.text.startswith(word, end)), "")
        beside = next((one for one in others if join and one.span.start == end + len(join)), None)
        if beside is not None and (joined := self._acts(scan, beside, others)):
            return joined
        if end >= len(scan.text):
            return 0
        index = scan.words.at(end)
        tag, word = scan.words.tags[index], scan.words.text(index)
        does = (
            (tag[0] in "vdpcu" and tag != "vn")
            or word in self._wording.filler
            or word in self._wording.verbal
        )
        return end if does else 0

    def _filler_end(self, scan: Scan, start: int, end: int) -> int:
        """Where filler that begins here ends; here where there is none."""
        text, words = scan.text, scan.words
        for stop in range(min(start + _FILLER, end - 1), start, -1):
            word = text[start:stop]
            if text[stop] == "（":  # 新（改）建: the bracket is inside the word
                continue
            if any(text.startswith(one, start) and len(one) > len(word) for one in self._unlike):
                continue
            if word in self._adverb and end - stop <= _RATE and text.endswith(self._rate, stop, end):
                continue  # 按时|办结率: how it is done belongs to the name of a rate
            if (word in self._wording.filler or word in self._adverb) and words.ends_at(stop):
                return stop
        return start

    def _after_lead(self, scan: Scan, start: int, end: int) -> int:
        """Past an enumerator and past the last date: （一）, 二是, 2023年全年."""
        marker = _MARKER.match(scan.text, start, end)
        if marker and marker.end() < end:
            start = marker.end()
        for _, stop, _ in years(scan.text[start:end]):
            if stop < end - start - 1:
                start += stop
                break
        return start

    def _shorten(self, scan: Scan, start: int, end: int) -> int:
        words = scan.words
        position = end
        best = start
        while position > start and end - position < _MOST:
            index = words.at(position - 1)
            word = scan.text[words.starts[index] : position]
            if word in self._wording.boundary and end - position >= 4:
                return position
            position = int(words.starts[index])
            best = position
        return max(best, start)
