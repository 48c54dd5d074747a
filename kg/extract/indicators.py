"""The vocabulary's indicator for what a figure counts."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.reading import State
from kg.match.mention import AgencyName, RegionName
from kg.match.scan import Scan
from kg.match.words import alternatives
from kg.schema.ontology import Ontology
from kg.schema.phrase import IndicatorPhrase
from kg.schema.vocabulary import Indicator
from kg.text.document import Span

_FORM = (
    "s2.",
    "s3.",
    "s4.",
    "requests.",
    "fees.",
)  # what the official form counts needs no likeness of words
_NEXT = "、"  # between the items of a list
_FIGURE = "0"  # stands for a figure between the words on either side of it
_FAR = 24  # characters between a phrase and its figure
_ALIKE = 0.5  # a label this like a name of the indicator means it
_AKIN = 0.2  # a label this like it is a kind of it
_QUOTED = re.compile(r"“[^”]*”(?=..)")  # the name of one platform, before what is counted there
_IN_CONTEXT = 6  # how many more characters a phrase says whose context stands before it
_COVERED = 0.75  # the share of a label that a phrase without gap explains


@dataclass(frozen=True, slots=True)
class Named:
    """What the vocabulary calls the counted thing: an indicator, or only one above it, or neither."""

    indicator: str = ""
    broader: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    indicator: str
    said: int  # characters that the phrase itself spells out
    distance: int
    likeness: float
    fits: bool
    span: Span
    kind: bool = False  # a phrase says that it is a kind of the indicator

    @property
    def rank(self) -> tuple[float, int]:
        return self.said * 2 - self.distance + 12 * self.likeness, -self.distance


class IndicatorFinder:
    """Finds indicators by the phrases of one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._vocabulary = ontology.vocabulary
        self._phrases: dict[str, list[IndicatorPhrase]] = {}
        self._free: list[IndicatorPhrase] = []
        self._more = ontology.words["andMore"][0]
        self._joins = re.compile(alternatives(ontology.words["join"]))
        for phrase in ontology.phrases:
            for anchor in phrase.anchors:
                self._phrases.setdefault(anchor, []).append(phrase)
            if not phrase.anchors:
                self._free.append(phrase)

    def phrases(self, anchors: Iterable[str]) -> list[IndicatorPhrase]:
        """The phrases that may match where these anchor words stand."""
        found: dict[int, IndicatorPhrase] = {}
        for anchor in anchors:
            for phrase in self._phrases.get(anchor, ()):
                found.setdefault(id(phrase), phrase)
        return [*found.values(), *self._free]

    def find(
        self,
        scan: Scan,
        left: Span,
        right: Span,
        state: State,
        phrases: Sequence[IndicatorPhrase],
        *,
        label: str,
        unit: str = "",
        own_words: bool = True,
    ) -> Named:
        """The indicator whose phrase stands nearest, says most and is most like the words of the clause.

        A phrase that only touches what is counted (发放“明白卡”: 宣传资料) names what stands above it. The clause
        before is asked only where the figure's own words say nothing.
        """
        windows = [Span(left.start, right.end)]
        if state.previous is not None:
            windows.append(Span(state.previous.start, left.end))
        names = tuple(dict.fromkeys((_plain(label), _plain(_QUOTED.sub("", label)))))
        for window in windows:
            found = list(self._candidates(scan, window, left, right, phrases, names, unit))
            fitting = [one for one in found if one.fits]
            if fitting:
                best = max(fitting, key=lambda one: (one.rank, one.indicator))
                return Named(self._joint(scan, window, best, phrases) or best.indicator)
            akin = [one for one in found if one.kind or one.likeness >= _AKIN]
            if akin:
                return Named(broader=max(akin, key=lambda one: (one.rank, one.indicator)).indicator)
            if own_words:
                break
        return Named()

    def named(self, label: str, unit: str, phrases: Sequence[IndicatorPhrase], *, form: bool = False) -> str:
        """The indicator that words alone name, those of no place in a text; empty where none does.

        With ``form`` what the official form counts needs no likeness of words.
        """
        found = [
            (len(match[0]), phrase.indicator)
            for phrase in phrases
            if phrase.context is None
            and not phrase.kind
            and not (phrase.barred is not None and phrase.barred.search(label))
            and self.counts(phrase.indicator, unit)
            for match in phrase.regex.finditer(label)
            if match.end() == len(label)
            and (
                _covers(phrase, match[0], label)
                or (form and self._vocabulary.indicators[phrase.indicator].notation.startswith(_FORM))
                or _likeness(_plain(label), self._vocabulary.indicators[phrase.indicator]) >= _ALIKE
            )
        ]
        return max(found)[1] if found else ""

    def barred(self, indicator: str, words: str, phrases: Sequence[IndicatorPhrase]) -> bool:
        """Whether words would mislead to an indicator: 26个领域|公开目录 counts no directories."""
        return any(
            one.indicator == indicator and one.barred is not None and one.barred.search(words) is not None
            for one in phrases
        )

    def above(self, indicator: str) -> str:
        """The indicator right above another one; empty where there is none, or several, or only a heading of the vocabulary."""
        known = self._vocabulary.indicators.get(indicator)
        above = known.broader[0] if known is not None and len(known.broader) == 1 else ""
        return above if above and self._vocabulary.indicators[above].broader else ""

    def counts(self, indicator: str, unit: str) -> bool:
        """Whether an indicator may be counted in a unit."""
        known = self._vocabulary.indicators[indicator]
        return not (unit and known.units) or self._unit_fits(unit, known.units)

    def _candidates(
        self,
        scan: Scan,
        window: Span,
        left: Span,
        right: Span,
        phrases: Sequence[IndicatorPhrase],
        labels: Sequence[str],
        unit: str,
    ) -> Iterator[_Candidate]:
        words = _own_item(scan.text, window, left, right)
        barred = _names_in(scan, window)
        opens = max(scan.text.rfind(mark, 0, left.start) for mark in "。\n") + 1
        for phrase in phrases:
            known = self._vocabulary.indicators[phrase.indicator]
            if not self.counts(phrase.indicator, unit):
                continue
            if phrase.barred is not None and phrase.barred.search(words):
                continue
            if phrase.context is not None and not phrase.context.search(scan.text, opens, left.end):
                continue
            for span in _matches(scan.text, phrase, window, barred):
                distance = _distance(scan.text, span, left, right, window)
                if distance is None or distance > _FAR:
                    continue
                match = span.of(scan.text)
                likeness = max(_likeness(label, known) for label in labels)
                fits = (
                    not labels[0]
                    or phrase.context is not None
                    or known.notation.startswith(_FORM)
                    or likeness >= _ALIKE
                    or any(_covers(phrase, match, label) for label in labels)
                    or (labels[0].endswith(_plain(match)) and _likeness(_plain(match), known) >= _ALIKE)
                )
                said = sum(c in phrase.text for c in match)
                said += _IN_CONTEXT if phrase.context is not None else 0
                kind = phrase.kind and labels[0] != ""
                yield _Candidate(phrase.indicator, said, distance, likeness, fits and not kind, span, kind)

    def _joint(self, scan: Scan, window: Span, best: _Candidate, phrases: Sequence[IndicatorPhrase]) -> str:
        """What stands above the best one, where another below that too ends in the same words and is joined to it.

        通过门户网站、微信公众号|发布信息310条: of neither channel alone. Empty where none is.
        """
        above = self._vocabulary.indicators[best.indicator].broader
        for phrase in phrases:
            known = self._vocabulary.indicators[phrase.indicator]
            shared = next((one for one in known.broader if one in above), "")
            if not shared or phrase.indicator == best.indicator:
                continue
            for found in phrase.regex.finditer(scan.text, window.start, window.end):
                between = scan.text[min(found.start(), best.span.start) : max(found.start(), best.span.start)]
                apart = between.rpartition(self._more)[2]  # 公开栏、显示屏等|其他方式
                if found.end() == best.span.end and self._joins.search(apart):
                    return shared
        return ""

    def _unit_fits(self, symbol: str, units: Sequence[str]) -> bool:
        unit = self._vocabulary.symbol(symbol)
        return unit is None or unit.iri in units or unit.base in units


def _own_item(text: str, window: Span, left: Span, right: Span) -> str:
    """What a window says of its own figure: the words behind that up to the next item of a list (412条|、微博816条).

    Not what stands between the words and their figure: the other items of a list (复议|、诉讼分别为|3件).
    """
    if window.end <= left.end:
        return text[window.start : window.end]
    cut = text.find(_NEXT, right.start, window.end)
    return f"{text[window.start : left.end]}{_FIGURE}{text[right.start : cut if cut >= 0 else window.end]}"


def _matches(text: str, phrase: IndicatorPhrase, window: Span, names: Sequence[Span]) -> Iterator[Span]:
    """Where a phrase matches, but not from the middle of a name (人|民政|府 is no word of 民政)."""
    position = window.start
    while found := phrase.regex.search(text, position, window.end):
        span = Span(*found.span())
        if any(name.start < span.start < name.end for name in names):
            position = span.start + 1
            continue
        position = max(span.end, span.start + 1)
        yield span


def _names_in(scan: Scan, window: Span) -> list[Span]:
    """Bodies and places that a stretch names."""
    first = max(0, bisect_left(scan.outer, window.start, key=lambda mention: mention.span.start) - 1)
    last = bisect_left(scan.outer, window.end, key=lambda mention: mention.span.start)
    return [
        mention.span
        for mention in scan.outer[first:last]
        if isinstance(mention.detail, AgencyName | RegionName)
    ]


def _distance(text: str, span: Span, left: Span, right: Span, window: Span) -> int | None:
    """How far a phrase is from its figure; None where it belongs to another item of the list."""
    if span.end <= left.end:
        distance = left.end - span.end
        between = text[span.end : left.end]
        apart = "、" in between or (distance > 2 and window.start == left.start and between.startswith("的"))
    else:
        distance = span.start - right.start
        apart = span.start < right.start or text[right.start : span.start] not in ("", "的", "个")
    return None if apart else distance


def _plain(label: str) -> str:
    return "".join(c for c in label if c.isalnum())


def _likeness(label: str, known: Indicator) -> float:
    """How like a label is to the name of an indicator that is most like it."""
    return max(
        (_shared(label, _plain(name)) for name in (known.labels.get("zh", ""), *known.others)), default=0.0
    )


def _shared(one: str, other: str) -> float:
    """The share of characters two names have in common.

    >>> _shared("新闻发布会", "举办新闻发布会") > 0.8, _shared("明白卡", "宣传资料")
    (True, 0.0)
    """
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def _covers(phrase: IndicatorPhrase, words: str, label: str) -> bool:
    """Whether a phrase without gap spells out most of a label."""
    plain = _plain(words)
    return "…" not in phrase.text and plain in label and len(plain) >= _COVERED * len(label)
