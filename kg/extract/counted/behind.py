"""The noun behind a figure that says what it counts: 5件|申请, 3类21条|重点任务."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from itertools import takewhile

from kg.extract.listing import clause_end
from kg.extract.wording import Wording
from kg.match.mention import Figure, Mention
from kg.match.scan import Scan
from kg.schema.ontology import Ontology
from kg.text.document import Span
from kg.values import years

_TOWARDS = re.compile(r"[为至到成][约近]?\d")  # 由118个精简为104个: the word between is what was done
_NUMERALS = "0123456789一二两三四五六七八九十百余多"
_ROW = 3  # figures behind one another that count the same noun
_NESTED = 4  # mentions that may begin at one place
_DEED = (4, 20)  # characters of what is done so often


class NounBehind:
    """Finds the nouns behind figures, with the words of one ontology; ``cue`` has the word classes around figures."""

    def __init__(self, ontology: Ontology, cue: Mapping[str, re.Pattern[str]], wording: Wording) -> None:
        words = ontology.words
        self._cue = cue
        self._wording = wording
        self._noun = frozenset(words["adverbOrNoun"])
        self._loose = frozenset((*words["wholeScope"], *words["looseModifier"]))
        self._occasion = tuple(words["occasion"])
        self._unlike = words["likeFiller"]
        self._place = frozenset(words["placeAdjunct"])

    def of(self, scan: Scan, right: Span, *, verbs: bool = False) -> Span | None:
        """The noun phrase that begins right after a figure; with ``verbs`` it may begin with a verb (67栋|沿街建筑)."""
        text, words = scan.text, scan.words
        part = self._cue["partNoun"].fullmatch(scan.text, right.start, right.end) is not None
        if right.start == right.end or (part and figure_at(scan, right.end) is not None):
            right = self._past_figures(scan, Span(right.end, right.end))  # 5个方面|18项任务
        start = self._past_loose(scan, right)
        position, last = start, start
        while position < right.end:
            index = words.at(position)
            stop = min(words.starts[index + 1], right.end)
            word, tag = text[position:stop], words.tags[index]
            closer = scan.marks.closer.get(position, 0)
            if word[0] in "“《" and position < closer < right.end:
                position = last = closer + 1
                continue
            if word[0] == "（" and position > start and 0 < closer - position <= 8:
                position = min(closer + 1, right.end)
                continue
            more = index + 1 < len(words.tags) and words.tags[index + 1][0] == "n"
            bounds = word in self._wording.boundary and not (
                word in self._noun and (position == start or more)
            )
            if word in self._wording.filler and text.startswith(self._unlike, position, right.end):
                position = last = max(int(words.starts[index + 2]), stop)  # 35期|新媒体作品
                continue
            if not word[0].isalnum() or bounds or word in self._wording.filler:
                break
            if (
                tag[0] in "pcdurxf"
                and word not in self._place
                and not self._of_degree(scan, position, start, stop)
                and not (verbs and position == start)
            ):
                break
            if position == right.start and tag in ("v", "vd", "vi") and not verbs and word not in self._noun:
                break
            last, position = position, stop
        if start < last < position and self._is_predicate(scan, last, position):
            position = last
        if position <= start or _TOWARDS.match(text, position, right.end + 4):
            return None
        return self._head_of_clause(scan, position, right) or Span(start, position)

    def noun(self, scan: Scan, right: Span) -> Span | None:
        """The noun right behind a figure: 30%的|申请|来自企业."""
        of = right.of(scan.text).startswith("的")
        return self.of(scan, Span(right.start + of, right.end))

    def deed(self, scan: Scan, left: Span, right: Span) -> Span | None:
        """分3批次|发送短信, 负责人2次|走进直播间: what is done so often stands after how often."""
        text, words = scan.text, scan.words
        often = any(
            text.endswith(one, left.end, right.start) and text[right.start - len(one) - 1] in _NUMERALS
            for one in self._occasion
        )
        if right.start >= right.end or not often:
            return None
        index = words.at(right.start)
        if words.starts[index] != right.start or words.tags[index][0] not in "vp":
            return None
        stop = next(
            (at for at in range(right.start, right.end) if text[at] in "，。；：、！？\n（"), right.end
        )
        start = right.start
        if words.tags[index] == "p":  # 分12批次向农户|发送短信
            stop = next((at for at in range(start, len(text)) if text[at] in "，。；：！？\n（"), len(text))
            verbs = [at for at in range(index + 1, words.at(stop - 1) + 1) if words.tags[at] == "v"]
            start = int(words.starts[verbs[-1]]) if verbs else stop
        deed = Span(start, stop)
        sums_up = re.search(self._cue["total"], deed.of(text))  # 3次检查|共涉及事项
        return deed if _DEED[0] <= len(deed) <= _DEED[1] and not sums_up else None

    def _past_figures(self, scan: Scan, right: Span) -> Span:
        """4类|21条83项重点任务: the words behind the last of several figures with nothing between them."""
        at = right.end
        row = 0
        while row <= _ROW and (figure := figure_at(scan, at)) is not None:
            at, row = figure.span.end, row + 1
        if not 0 < row <= _ROW:
            return right
        stop = clause_end(scan.text, at)
        if any(char.isdigit() for char in scan.text[at:stop]):
            return right
        return Span(at, stop)

    def _past_loose(self, scan: Scan, right: Span) -> int:
        """Past what a noun after a figure may have before it: 30个2015年的预算项目, 3类全市重大项目."""
        text, words = scan.text, scan.words
        position = right.start
        changed = True
        while changed and position < right.end:
            changed = False
            dated = next((end for begin, end, _ in years(text[position : right.end]) if begin == 0), 0)
            if dated:
                position += dated
                position, changed = position + text.startswith("的", position), True
                continue
            stop = min(int(words.starts[words.at(position) + 1]), right.end)
            if text[position:stop] in self._loose and stop < right.end:
                position, changed = stop, True
        return position if position == right.start or text[position : position + 1].isalnum() else right.start

    def _of_degree(self, scan: Scan, position: int, start: int, stop: int) -> bool:
        """极贫乡镇: an adverb of one character right before a noun or adjective belongs to it."""
        words = scan.words
        index = words.at(position)
        if position != start or words.tags[index][0] != "d" or stop - position > 1:
            return False
        return index + 1 < len(words.tags) and words.tags[index + 1][0] in "na"

    def _is_predicate(self, scan: Scan, start: int, end: int) -> bool:
        """103个部门公开了预算, 21个市公开8万条: a verb that takes an object ends the noun before it."""
        after = scan.text[end : end + 1]
        verb = scan.words.tags[scan.words.at(start)] == "v" or scan.text[start:end] in self._wording.verbal
        return verb and (after.isdigit() or after == "了")

    def _head_of_clause(self, scan: Scan, position: int, right: Span) -> Span | None:
        """收到2条公众提交的申请: what is counted is the noun that the clause modifies."""
        text, words = scan.text, scan.words
        if (
            position >= right.end
            or not text[position].isalnum()
            or words.tags[words.at(position)][0] not in "vp"
        ):
            return None
        stop = next((at for at in range(position, right.end) if text[at] in "，。；：、！？\n"), right.end)
        cut = text.rfind("的", position, stop)
        return Span(cut + 1, stop) if cut > 0 and 2 <= stop - cut - 1 <= 10 else None


def figure_at(scan: Scan, position: int) -> Mention | None:
    """The figure that begins here."""
    first = bisect_left(scan.mentions, position, key=lambda mention: mention.span.start)
    here = takewhile(lambda mention: mention.span.start == position, scan.mentions[first : first + _NESTED])
    return next((mention for mention in here if isinstance(mention.detail, Figure)), None)
