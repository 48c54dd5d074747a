"""What a figure counts: the words of the clause that say so, in normal form."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from kg.extract.reading import State
from kg.extract.wording import Wording, clean, either
from kg.match.mention import AgencyName, Figure, Mention, RegionName, SelfName
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
_TITLES = re.compile(r"《[^《》]*》(?:[、和及与，]?《[^《》]*》)*等(?P<noun>[^，；：。！？、《》\n]{2,14})$")
_TOWARDS = re.compile(r"[为至到成][约近]?\d")  # 由118个精简为104个: the word between is what was done
_MOST = 26  # characters of a minted indicator
_NUMERALS = "0123456789一二两三四五六七八九十百余多"
_ROW = 3  # figures behind one another that count the same noun
_NESTED = 4  # mentions that may begin at one place
_LEAST = 2  # characters that say what is counted
_DEED = (4, 20)  # characters of what is done so often
_RATE = 4  # characters of the bare name of a rate
_FILLER = 6  # characters of the longest filler
_BLANK = "，、；： "
_TOTAL = 14  # characters between a word of total and its figure
_CLOSES = "，；：。！？、（）\n"  # what ends the words behind a part
_COMPARES = ("comparedWith", "shareOf", "rise", "fall", "upTo", "respectively", "total")
_JOINS = "的和与及或以"


_CUES = (
    "rise", "fall", "changeLead", "shareOf", "comparedWith", "lastYear", "nextYear", "total", "respectively", "zero", "zeroBehind", "wholeScope",
    "ownScope", "ofThose", "since", "upTo", "partNoun", "every", "within", "beforeBareNumber", "way", "apiece",
    "yearly", "inAll", "scopeInName", "caseOutcome", "perTime", "frame",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """What a figure counts, in normal form; ``inherited`` where that is what the figure before counts.

    ``outcome`` where the words behind a part of that tell what became of it (收到申请20件，15件|予以公开); ``alone`` where no more of the
    words before the figure says what is counted (印发《审查办法》等|文件).
    """

    words: str
    span: Span
    inherited: bool = False
    outcome: bool = False
    alone: bool = False


class Counted:
    """Reads what figures count, with the words of one ontology; ``cue`` has the word classes around figures as expressions."""

    def __init__(self, ontology: Ontology) -> None:
        words = ontology.words
        self.ontology = ontology
        self.cue = {name: either(words[name]) for name in _CUES}
        self.wording = Wording(ontology)
        self._filler = self.wording.filler
        self._boundary = self.wording.boundary
        self._verbal = self.wording.verbal
        self._adverb = frozenset(words["adverb"])
        self._noun = frozenset(words["adverbOrNoun"])
        self._average = frozenset((*words["average"], *words["yearly"]))
        self._loose = frozenset((*words["wholeScope"], *words["looseModifier"]))
        self._occasion = tuple(words["occasion"])
        self._rate = tuple(words["rate"])
        self._unlike = words["likeFiller"]
        self._rest = words["remainder"]
        self._holds = longest(words["holds"])
        self._light = frozenset(words["light"])
        self._joins = longest(words["join"])
        self._place = frozenset(words["placeAdjunct"])

    def label(self, scan: Scan, left: Span, right: Span, state: State, drop: Sequence[str] = ()) -> Label:
        """The counted thing in normal form: the noun after the figure, else the words before it, else the clause before."""
        after = self._after(scan, right) or self._deed(scan, left, right)
        if after is None and (_lists(scan.text, left) or (state.in_passage and left.start == left.end)):
            after = self._after(scan, right, verbs=True)
        if after is not None:
            words = clean(after.of(scan.text))
            return Label(self.verb(scan, left) + words if words in self.wording.bare_nouns else words, after)
        listed = self._listed(scan, left)
        if listed is not None:
            return listed
        before = self._without_holding(scan, self.before(scan, left, drop))
        rest = self.is_rest(scan.text, left)
        earlier = self.before(scan, state.previous, drop) if state.previous is not None and not rest else None
        if (
            before is not None
            and len(before) >= _LEAST
            and not (earlier is not None and not state.in_passage and self._bare_verb(scan, before))
        ):
            return Label(clean(before.of(scan.text)), before)
        if earlier is not None:
            return Label(clean(earlier.of(scan.text)), earlier)
        if state.last is not None:
            outcome = self.outcome(scan, right)
            if outcome is not None:
                return outcome
            if rest:
                return Label(self._rest[0] + self.wording.object(state.last.label), left, outcome=True)
            return Label(state.last.label, state.last.label_span, inherited=True)
        return Label("", left)

    def _listed(self, scan: Scan, left: Span) -> Label | None:
        """出台《甲》《乙》等制度|15项: the noun behind titles, with the verb before them."""
        found = _TITLES.search(scan.text, left.start, left.end)
        if found is None:
            return None
        span = self.before(scan, Span(*found.span("noun")), ())
        if span is None or len(span) < _LEAST:
            return None
        verb = self.verb(scan, Span(left.start, found.start()))
        return Label(verb + clean(span.of(scan.text)), span, alone=True)

    def _without_holding(self, scan: Scan, before: Span | None) -> Span | None:
        """政企恳谈会|召开24场: what is held, without the verb behind it."""
        if before is None:
            return None
        verb = next((one for one in self._holds if scan.text.endswith(one, before.start, before.end)), "")
        noun = Span(before.start, before.end - len(verb))
        return noun if len(noun) >= _LEAST and scan.words.ends_at(noun.end) else before

    def outcome(self, scan: Scan, right: Span) -> Label | None:
        """15件|予以公开, 5件（2件为网上申请）|按时办结: what is told of a part right behind its number.

        Empty where the words lead on to another figure (2次|参加人数达50人) and so are not of this one.
        """
        text, start = scan.text, right.start
        if (closer := scan.marks.closer.get(start, -1)) > start and text[start] == "（":
            start = closer + 1
        if not text[start : start + 1].isalpha() or text[start] in _JOINS:
            return None
        stop = self.clause_end(text, start)
        cut = min(
            (found.start() for name in _COMPARES if (found := self.cue[name].search(text, start, stop))),
            default=stop,
        )
        words = Span(start, cut)
        if len(words) < _LEAST:
            return None
        if right.end < cut and start == right.start:
            words = Span(start, start)
        return Label(self.wording.became(words.of(text)), words, outcome=True)

    def clause_end(self, text: str, start: int) -> int:
        """Where the words from here on end: at a comma or more."""
        return next((at for at in range(start, len(text)) if text[at] in _CLOSES), len(text))

    def noun(self, scan: Scan, right: Span) -> Span | None:
        """The noun right behind a figure: 30%的|申请|来自企业."""
        of = right.of(scan.text).startswith("的")
        return self._after(scan, Span(right.start + of, right.end))

    def _deed(self, scan: Scan, left: Span, right: Span) -> Span | None:
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
        sums_up = re.search(self.cue["total"], deed.of(text))  # 3次检查|共涉及事项
        return deed if _DEED[0] <= len(deed) <= _DEED[1] and not sums_up else None

    def sums_up(self, text: str, position: int) -> bool:
        """Whether a word of total stands before a figure, in its own sentence."""
        first = max(0, position - _TOTAL)
        opens = max(first, *(text.rfind(mark, first, position) + 1 for mark in "\n。；"))
        return self.cue["total"].search(text, opens, position) is not None

    def meant(self, label: Label) -> str:
        """The words of a label, or none where they say little alone (已有事项)."""
        return "" if self.wording.says_little(label.words) else label.words

    def is_rest(self, text: str, left: Span) -> bool:
        """Whether a figure is what is left of a whole: 其余|2件."""
        return left.of(text).strip(_BLANK).endswith(self._rest)

    def per_time(self, text: str, left: Span) -> str:
        """The word that says that a figure is of each day, week or month (日均|接听120个); empty where none does."""
        found = self.cue["perTime"].search(text, left.start, left.end)
        return found.group() if found else ""

    def own_words(self, text: str, left: Span) -> bool:
        """Whether more than filler stands before a figure."""
        return len(self.wording.bare(left.of(text))) >= _LEAST

    def _bare_verb(self, scan: Scan, span: Span) -> bool:
        """公开某事项完成情况，已公开12批: a verb alone counts what the clause before says."""
        index = scan.words.at(span.start)
        verb = scan.words.tags[index] == "v" or scan.words.text(index) in self._light
        return verb and scan.words.starts[index + 1] >= span.end

    def verb(self, scan: Scan, left: Span) -> str:
        """The verb right before a figure, where the noun after it alone says little (发布了122条信息)."""
        words = scan.words
        position = left.end
        while position > left.start:
            index = words.at(position - 1)
            begin = max(int(words.starts[index]), left.start)
            word = scan.text[begin:position]
            if word not in self._filler:
                return word if words.tags[index][0] == "v" or word in self._boundary else ""
            position = begin
        return ""

    def content(self, scan: Scan, left: Span) -> bool:
        """Whether the words before a figure say what it counts."""
        span = self.before(scan, left, ("comparedWith", "lastYear", "rise", "fall"))
        return span is not None and len(span) >= _LEAST

    def _after(self, scan: Scan, right: Span, *, verbs: bool = False) -> Span | None:
        """The noun phrase that begins right after a figure; with ``verbs`` it may begin with a verb (67栋|沿街建筑)."""
        text, words = scan.text, scan.words
        part = self.cue["partNoun"].fullmatch(scan.text, right.start, right.end) is not None
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
            bounds = word in self._boundary and not (word in self._noun and (position == start or more))
            if word in self._filler and text.startswith(self._unlike, position, right.end):
                position = last = max(int(words.starts[index + 2]), stop)  # 35期|新媒体作品
                continue
            if not word[0].isalnum() or bounds or word in self._filler:
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

    def _past_figures(self, scan: Scan, right: Span) -> Span:
        """4类|21条83项重点任务: the words behind the last of several figures with nothing between them."""
        at = right.end
        row = 0
        while row <= _ROW and (figure := figure_at(scan, at)) is not None:
            at, row = figure.span.end, row + 1
        if not 0 < row <= _ROW:
            return right
        stop = self.clause_end(scan.text, at)
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
        verb = scan.words.tags[scan.words.at(start)] == "v" or scan.text[start:end] in self._verbal
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

    def before(self, scan: Scan, left: Span, drop: Sequence[str]) -> Span | None:
        """The words before a figure without filler at both ends; a lead-in with a preposition is left out."""
        end = self._end(scan, left, drop)
        start = self._start(scan, self._after_lead(scan, left.start, end), end)
        if end - start > _MOST:
            start = self._shorten(scan, start, end)
        return Span(start, end) if end > start and any(c.isalpha() for c in scan.text[start:end]) else None

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
            if word in self._filler or word in self._adverb or word in self._average:
                end, changed = begin, True
                continue
            for name in drop:
                for found in self.cue[name].finditer(text, max(start, end - 8), end):
                    leads = name != "changeLead" or self._changes(text, start, found.start())
                    if found.end() == end and leads:
                        end, changed = found.start(), True
                        break
        return end

    def _changes(self, text: str, start: int, end: int) -> bool:
        """Whether a verb of change ends here: 增长|率, but not 绿化|率."""
        cues = (self.cue["rise"], self.cue["fall"])
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
        for found in reversed(list(self.cue["way"].finditer(scan.text, start, end))):
            index = words.at(found.start())
            if words.starts[index] != found.start() or words.starts[index + 1] != found.end():
                continue
            tags = words.tags[index + 1 : words.at(max(found.end(), end - 1)) + 1]
            if any(tag[0] == "v" for tag in tags[:-1]):
                return found.end()
        return start

    def _past_frame(self, text: str, start: int, end: int) -> int:
        """在清单的基础上|新增栏目: past what the rest is only set in."""
        frames = [found.end() for found in self.cue["frame"].finditer(text, start, end)]
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
        index = scan.words.at(end)
        tag, word = scan.words.tags[index], scan.words.text(index)
        does = (tag[0] in "vdpcu" and tag != "vn") or word in self._filler or word in self._verbal
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
            if (word in self._filler or word in self._adverb) and words.ends_at(stop):
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
            if word in self._boundary and end - position >= 4:
                return position
            position = int(words.starts[index])
            best = position
        return max(best, start)


def figure_at(scan: Scan, position: int) -> Mention | None:
    """The figure that begins here."""
    first = bisect_left(scan.mentions, position, key=lambda mention: mention.span.start)
    here = takewhile(lambda mention: mention.span.start == position, scan.mentions[first : first + _NESTED])
    return next((mention for mention in here if isinstance(mention.detail, Figure)), None)


def _lists(text: str, left: Span) -> bool:
    """200个样板村、|300个补短村: the words before a figure are what the figure before them counts."""
    return len(left) > 2 and text[left.end - 1] == "、" and text[left.start - 1] not in "，；：。！？\n、（"
