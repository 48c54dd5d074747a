"""What a figure counts: the words that say so, in normal form, and the vocabulary's indicator for them."""

import re
from collections.abc import Iterable, Sequence

from kg.extract.reading import State
from kg.match.mention import AgencyName, Figure, Mention, RegionName, SelfName
from kg.match.scan import Scan
from kg.schema.ontology import Ontology
from kg.schema.phrase import IndicatorPhrase
from kg.text.document import Span
from kg.values import years

_MARKER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}是|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、]|[①-⑩])"
)
_IN_CONTEXT = 12  # how much more a phrase says whose context stands before it
_MOST = 26  # characters of a minted indicator


_CUES = (
    "rise", "fall", "shareOf", "comparedWith", "lastYear", "nextYear", "total", "respectively", "zero", "wholeScope",
    "ownScope", "amongThem", "since", "upTo", "partNoun", "every", "within", "bareLead",
)  # fmt: skip


class Counted:
    """Reads what figures count, with the words of one ontology; ``cue`` has the word classes around figures as expressions."""

    def __init__(self, ontology: Ontology) -> None:
        words = ontology.words
        self.ontology = ontology
        self.cue = {name: either(words[name]) for name in _CUES}
        self.filler = frozenset(words["fillerVerb"])
        self._adverb = frozenset(words["adverb"])
        self._boundary = frozenset(words["boundary"])
        self._bare = frozenset(words["bareNoun"])

    def label(
        self, scan: Scan, left: Span, right: Span, state: State, drop: Sequence[str] = ()
    ) -> tuple[str, Span]:
        """The counted thing in normal form: the noun after the figure, else the words before it, else the clause before."""
        after = self._after(scan, right)
        if after is not None:
            words = clean(after.of(scan.text))
            return (self._verb(scan, left) + words if words in self._bare else words), after
        before = self.before(scan, left, drop)
        if before is not None and len(before) >= 2:
            return clean(before.of(scan.text)), before
        if state.previous is not None:
            earlier = self.before(scan, state.previous, drop)
            if earlier is not None:
                return clean(earlier.of(scan.text)), earlier
        if state.last is not None:
            return state.last.label, state.last.label_span
        return "", left

    def _verb(self, scan: Scan, left: Span) -> str:
        """The verb right before a figure, where the noun after it alone says little (发布了122条信息)."""
        words = scan.words
        position = left.end
        while position > left.start:
            index = words.at(position - 1)
            begin = max(int(words.starts[index]), left.start)
            word = scan.text[begin:position]
            if word not in self.filler:
                return word if words.tags[index][0] == "v" else ""
            position = begin
        return ""

    def content(self, scan: Scan, left: Span) -> bool:
        """Whether the words before a figure say what it counts."""
        span = self.before(scan, left, ("comparedWith", "lastYear", "rise", "fall"))
        return span is not None and len(span) >= 2

    def _after(self, scan: Scan, right: Span) -> Span | None:
        text, words = scan.text, scan.words
        position = right.start
        while position < right.end:
            index = words.at(position)
            stop = min(words.starts[index + 1], right.end)
            word = text[position:stop]
            c = word[0]
            if c in "“《" and position in scan.marks.closer and scan.marks.closer[position] < right.end:
                position = scan.marks.closer[position] + 1
                continue
            if (
                c == "（"
                and position > right.start
                and 0 < scan.marks.closer.get(position, 0) - position <= 8
            ):
                position = min(scan.marks.closer[position] + 1, right.end)
                continue
            if not (c.isalnum()) or word in self._boundary or word in self.filler:
                break
            if words.tags[index][0] in "pcdurxf" and word not in ("线上", "线下"):
                break
            if position == right.start and words.tags[index] in ("v", "vd", "vi"):
                break
            position = stop
        if position <= right.start:
            return None
        return self._head_of_clause(scan, position, right) or Span(right.start, position)

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
            begin = max(int(words.starts[words.at(end - 1)]), start)
            if text[begin:end] in self.filler or text[begin:end] in self._adverb:
                end, changed = begin, True
                continue
            for name in drop:
                for found in self.cue[name].finditer(text, max(start, end - 8), end):
                    if found.end() == end:
                        end, changed = found.start(), True
                        break
        start = self._after_lead(text, start, end)
        inner = [m for m in scan.outer if start <= m.span.start and m.span.end <= end]
        changed = True
        while changed and start < end:
            changed = False
            if not text[start].isalnum() and text[start] not in "“《":
                start, changed = start + 1, True
                continue
            mention = next((m for m in inner if m.span.start == start), None)
            if (
                mention is not None
                and isinstance(mention.detail, RegionName | SelfName | AgencyName)
                and mention.span.end < end
            ):
                start, changed = mention.span.end, True
                continue
            index = words.at(start)
            stop = min(int(words.starts[index + 1]), end)
            word = text[start:stop]
            dated = next((e for s, e, _ in years(text[start:end]) if s == 0), 0)
            if dated:
                start, changed = start + dated, True
            elif (word in self.filler or word in self._adverb) and stop < end:
                start, changed = stop, True
                if words.tags[index] == "p":
                    lead = next((m for m in inner if m.span.start == stop and m.span.end < end), None)
                    if lead is not None and end - lead.span.end >= 3:
                        start = lead.span.end
        if end - start > _MOST:
            start = self._shorten(scan, start, end)
        return Span(start, end) if end > start and any(c.isalpha() for c in text[start:end]) else None

    def _after_lead(self, text: str, start: int, end: int) -> int:
        """Past an enumerator and past the last date: （一）, 二是, 2023年全年."""
        marker = _MARKER.match(text, start, end)
        if marker and marker.end() < end:
            start = marker.end()
        for _, stop, _ in years(text[start:end]):
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

    def indicator(
        self,
        text: str,
        left: Span,
        right: Span,
        mention: Mention | None,
        phrases: Sequence[IndicatorPhrase],
        state: State,
    ) -> str:
        """The vocabulary's indicator whose phrase stands nearest to a figure and says most."""
        opens = max(text.rfind(mark, 0, left.start) for mark in "。\n") + 1
        unit = mention.detail.unit if mention is not None and isinstance(mention.detail, Figure) else ""
        for start, stop in (
            (left.start, right.end),
            (state.previous.start if state.previous else left.start, left.end),
        ):
            best: tuple[int, int, str] | None = None
            window = text[start:stop]
            for phrase in phrases:
                known = self.ontology.vocabulary.indicators[phrase.indicator]
                if unit and known.units and not self._unit_fits(unit, known.units):
                    continue
                if phrase.barred is not None and phrase.barred.search(window):
                    continue
                if phrase.context is not None and not phrase.context.search(text, opens, left.end):
                    continue
                for found in phrase.regex.finditer(window):
                    at, end = start + found.start(), start + found.end()
                    if end <= left.end:
                        distance = left.end - end
                        apart = "、" in text[end : left.end] or (
                            distance > 2 and start == left.start and "的" in text[end : end + 1]
                        )
                    else:
                        distance = at - right.start
                        apart = at < right.start or text[right.start : at] not in ("", "的", "个")
                    if apart or distance > 24:
                        continue
                    told = _IN_CONTEXT if phrase.context is not None else 0
                    rank = (len(found[0]) * 2 - distance + told, -distance, phrase.indicator)
                    if best is None or rank[:2] > best[:2]:
                        best = rank
            if best is not None:
                return best[2]
            if self._content_words(text, left):
                break
        return ""

    def _content_words(self, text: str, left: Span) -> bool:
        return len(trim(left.of(text), self.filler)) >= 2

    def _unit_fits(self, symbol: str, units: Sequence[str]) -> bool:
        unit = self.ontology.vocabulary.symbol(symbol)
        return unit is None or unit.iri in units or unit.base in units


def either(words: Iterable[str]) -> re.Pattern[str]:
    """One expression for any of some words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or r"(?!)")


def trim(text: str, filler: frozenset[str]) -> str:
    """Words without filler at both ends."""
    changed = True
    while changed and text:
        changed = False
        for size in range(min(6, len(text)), 0, -1):
            if text[:size] in filler or not text[0].isalnum():
                text, changed = text[size if text[:size] in filler else 1 :], True
                break
            if text[-size:] in filler or not text[-1].isalnum():
                text, changed = text[: -(size if text[-size:] in filler else 1)], True
                break
    return text


_MARKS = re.compile(r"^[，、；：。（）\s]+|[，、；：。（\s]+$")


def clean(label: str) -> str:
    """A label without marks at its ends.

    >>> clean("，受理申请：")
    '受理申请'
    """
    return _MARKS.sub("", label).replace("\n", "")
