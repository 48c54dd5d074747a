"""Figures that belong to the items of a list one by one: A、B和C分别为1件、2件和3件."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.indicators import IndicatorFinder
from kg.extract.reading import Reading
from kg.match.scan import Scan
from kg.schema.ontology import Ontology
from kg.schema.phrase import IndicatorPhrase
from kg.text.document import Span
from kg.values import years

_COORDINATE = re.compile(r"、|和|与|及|以及|(?<=”)(?=“)")  # “甲”“乙”: marks side by side need no comma
_LONGEST, _MOST = 14, 6  # characters of an item, and items, of a list before 各


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list before 分别: where it stands, the words it is alone, and the last item, whose end it may share."""

    span: Span
    words: str
    last: str = ""  # empty for the last one itself
    joint: str = ""  # the word that stands for it and others (城乡)


@dataclass(frozen=True, slots=True)
class Respective:
    """Reads lists before 分别, with the words of one ontology."""

    finder: IndicatorFinder
    quantities: tuple[str, ...]  # nouns for what is measured (增加值, 产量), the longest first
    joint: Mapping[str, tuple[str, ...]]  # words that stand for several (城乡: 城镇 and 农村)

    @staticmethod
    def of(ontology: Ontology, finder: IndicatorFinder) -> "Respective":
        """A reader with the words of an ontology."""
        nouns = sorted(ontology.words["quantityNoun"], key=lambda word: (-len(word), word))
        return Respective(finder, tuple(nouns), ontology.joint)

    def items(self, scan: Scan, head: Span, count: int) -> tuple[Item, ...]:
        """As many items as there are figures; none where the list has more or fewer."""
        spans = _coordinated(scan, head)
        if len(spans) == count:
            last = spans[-1]
            words = last.of(scan.text)
            return (*(Item(span, span.of(scan.text), words) for span in spans[:-1]), Item(last, words))
        words = head.of(scan.text)
        joint = next((one for one in self.joint if one in words), "")
        if len(spans) == 1 and joint and len(self.joint[joint]) == count:
            return tuple(Item(head, one, joint=joint) for one in self.joint[joint])
        return ()

    def all(self, scan: Scan, head: Span) -> tuple[Item, ...]:
        """All items of a list, where each is short enough to be a name."""
        spans = _coordinated(scan, head)
        return self.items(scan, head, len(spans)) if all(len(one) <= _LONGEST for one in spans[1:]) else ()

    def apiece(self, scan: Scan, head: Span) -> tuple[Item, ...]:
        """The items of a list before 各: two or more, each short and none open at an end."""
        start = max(head.start, scan.text.rfind("：", head.start, head.end) + 1)
        spans = _coordinated(scan, Span(start, head.end))
        whole = all(2 <= len(span) <= _LONGEST and span.of(scan.text).isalnum() for span in spans[1:])
        if not 2 <= len(spans) <= _MOST or not whole or len(spans[0]) < 2:
            return ()
        return tuple(Item(span, words, words) for span in spans for words in [span.of(scan.text)])

    def by_year(self, scan: Scan, head: Span, count: int) -> tuple[tuple[int, ...], Span]:
        """As many years as there are figures, and what stands behind the last: 2021年和2022年|申请量."""
        spans = _coordinated(scan, head)
        named = [list(years(span.of(scan.text))) for span in spans]
        if len(spans) != count or not all(len(one) == 1 and one[0][0] == 0 for one in named):
            return (), head
        if any(one[0][1] < len(span) for one, span in zip(named[:-1], spans[:-1], strict=True)):
            return (), head
        return tuple(one[0][2] for one in named), Span(spans[-1].start + named[-1][0][1], head.end)

    def complete(self, reading: Reading, item: Item, phrases: Sequence[IndicatorPhrase]) -> Reading:
        """The reading, counting what the item says together with what it shares with the last one.

        城镇和农村居民人均可支配收入: the first is 城镇居民人均可支配收入.
        """
        if item.joint:
            label = reading.label.replace(item.joint, item.words, 1)
            named = self.finder.named(label, reading.unit, phrases)
            return replace(reading, indicator=named, broader="", label=label)
        if rest := self._rest(item) or _shared(item):
            named = self.finder.named(item.words + rest, reading.unit, phrases)
            return replace(reading, indicator=named, broader="", label=item.words + rest)
        if reading.indicator:
            return reading
        alone = self.finder.named(item.words, reading.unit, phrases)
        if alone:  # 行政复议、行政诉讼数量: what the first item is called says enough
            return replace(reading, indicator=alone, broader="", label=item.words)
        if item.words.endswith((*self.quantities, *item.last[-1:])):
            return reading
        for at in range(len(item.last) - 1, 0, -1):  # the shortest end first
            label = item.words + item.last[at:]
            named = self.finder.named(label, reading.unit, phrases)
            if named:
                return replace(reading, indicator=named, broader="", label=label)
        shared = next((one for one in self.quantities if item.last[1:].endswith(one)), "")
        if shared:
            return replace(reading, label=reading.label + shared, broader="")
        return reading

    def _rest(self, item: Item) -> str:
        """What follows 农村 in the last item, where this one is 城镇: words that one joint word stands for stand side by side."""
        return next(
            (
                item.last.removeprefix(other)
                for siblings in self.joint.values()
                for one in siblings
                if item.words.endswith(one)
                for other in siblings
                if other != one and item.last.startswith(other)
            ),
            "",
        )


def _shared(item: Item) -> str:
    """What the last item adds to a noun that ends as this one does (省级、县级|许可事项)."""
    at = item.last.find(item.words[-1], 1)
    return item.last[at + 1 :] if 0 < at < len(item.last) - 2 else ""


def _coordinated(scan: Scan, head: Span) -> list[Span]:
    """The items of A、B和C; 与 in 参与 joins nothing."""
    names: list[Span] = []
    position = head.start
    for join in _COORDINATE.finditer(scan.text, head.start, head.end):
        if join[0].isalpha() and not _is_word(scan, Span(*join.span())):
            continue
        names.append(Span(position, join.start()))
        position = join.end()
    return [*names, Span(position, head.end)]


def _is_word(scan: Scan, span: Span) -> bool:
    index = scan.words.at(span.start)
    return bool(scan.words.starts[index] == span.start and scan.words.starts[index + 1] == span.end)
