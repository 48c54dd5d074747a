"""Whose a figure is that names nobody: the account's or site's of which its sentence tells (公众号推送信息156条，阅读量8.5万次)."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.counted import Counted
from kg.extract.indicators import IndicatorFinder
from kg.extract.reading import Place, Reading, State
from kg.match.mention import AgencyName, KnownName, Mention, Phrase, SelfName
from kg.match.scan import Scan
from kg.match.words import alternatives
from kg.schema.ontology import Ontology
from kg.terms import IND
from kg.text.document import Span

_ALL = IND + "disclosed.total"
_DISCLOSED = IND + "disclosed."
_FORM = tuple(IND + part for part in ("s2.", "s3.", "s4.", "requests.", "fees."))
_QUOTED = re.compile(r"“[^”]*”")
_CLAUSE = "，；：。！？\n"
_LEAST = 2  # characters of a word for a platform
_PARTS = ("pol:Column", "pol:Module")  # parts of a site, which is still spoken of behind them


@dataclass(frozen=True, slots=True)
class ChannelReader:
    """Carries the account or site of a sentence from one figure to the next, with the words of one ontology."""

    counted: Counted
    finder: IndicatorFinder
    heads: tuple[str, ...]
    head: re.Pattern[str]
    audience: re.Pattern[str]
    deeds: frozenset[str]
    ways: tuple[str, ...]

    @staticmethod
    def of(ontology: Ontology, counted: Counted, finder: IndicatorFinder) -> "ChannelReader":
        """A reader with the words for platforms, and for what these have and do, of an ontology."""
        words, is_a = ontology.words, ontology.model.is_a
        heads = tuple(
            sorted(
                {
                    head
                    for rule in ontology.nouns
                    if is_a(rule.cls, "pol:Platform") and not any(is_a(rule.cls, part) for part in _PARTS)
                    for head in rule.heads
                    if len(head) >= _LEAST
                }
            )
        )
        return ChannelReader(
            counted,
            finder,
            heads,
            re.compile(alternatives(heads)),
            re.compile(alternatives(words["audience"])),
            frozenset(words["channelDoes"]),
            (*words["way"], *words["notActor"]),
        )

    def whose(self, reading: Reading, place: Place, state: State) -> Reading:
        """The figure, of the channel of its sentence where its own words name none and no other body was named since."""
        if reading.about:
            last = reading.about[-1]
            state.channel = last if len(reading.about) == 1 and self._is_channel(last) else None
            return reading
        again = self._again(place)
        if again is not None:
            state.channel = again
            return replace(reading, about=(again,))
        channel, scan = state.channel, place.scan
        if channel is None:
            return reading
        between = Span(channel.span.end, reading.span.start)
        own = Span(self._opens(scan.text, place.left), reading.span.start)
        if self._names(scan, between) or self.head.search(scan.text, own.start, own.end):
            state.channel = None
            return reading
        if reading.scope == "WholeRegion" or reading.indicator.startswith(_FORM):
            return reading
        if self.audience.search(own.of(scan.text)) or self.audience.search(reading.label):
            return replace(reading, about=(channel,))
        if (
            state.divided is not None
            and state.divided.about == (channel,)
            and state.divided.unit == reading.unit
        ):
            return replace(reading, about=(channel,))  # 门户网站公开信息520条，其中公告|30条
        way = self._is_way(scan.text, channel)
        if way or not self._does(reading, place) or self._sums(reading, place, state):
            return reading
        return self._told(reading, channel, place)

    def _told(self, reading: Reading, channel: Mention, place: Place) -> Reading:
        """A figure of what a channel does, with what the vocabulary calls that: 微信发布信息 is not all that was disclosed."""
        carried = replace(reading, about=(channel,))
        if reading.indicator != _ALL:
            return carried
        name = _QUOTED.sub("", channel.span.of(place.scan.text)) + self.counted.wording.bare(reading.label)
        known = self.finder.named(name, reading.unit, place.phrases)
        return replace(carried, indicator=known, broader="" if known else _ALL)

    def _does(self, reading: Reading, place: Place) -> bool:
        """Whether a figure counts what a channel does (推送图文420篇), and is no occasion (政务公开培训3期)."""
        if reading.unit in self.counted.ontology.words["occasion"] or reading.measure != "Count":
            return False
        words, start = place.scan.words, self._opens(place.scan.text, place.left)
        for index in range(words.at(start), words.at(max(start, place.left.end - 1)) + 1):
            if words.tags[index][0] == "v" or words.text(index) in self.deeds:
                return words.text(index) in self.deeds
        return reading.indicator.startswith(_DISCLOSED)

    def _sums(self, reading: Reading, place: Place, state: State) -> bool:
        """Whether a figure sums up more than the channel's before it: 门户网站公开信息520条，全年共公开信息800条."""
        told = [one for one in state.counts[state.opened :] if one.unit == reading.unit]
        return bool(told) and self.counted.sums_up(place.scan.text, place.left.end)

    def _is_way(self, text: str, channel: Mention) -> bool:
        """Whether a channel is only the way in which something was done (通过门户网站公开): what follows may be done otherwise."""
        start = max(text.rfind(mark, 0, channel.span.start) for mark in _CLAUSE) + 1
        return any(word in text[start : channel.span.start] for word in self.ways)

    def _again(self, place: Place) -> Mention | None:
        """The channel named before in the sentence that bare words before a figure mean again: …“云川水务”微博…，其中微博|100条."""
        text = place.scan.text
        start = self._opens(text, place.left)
        word = self.counted.wording.bare(text[start : place.left.end])
        if word not in self.heads:
            return None
        found = [
            one
            for one in self._mentions(place.scan, Span(place.sentence.start, start))
            if self._is_channel(one) and one.span.of(text).endswith(word)
        ]
        return found[0] if len(found) == 1 else None

    def _opens(self, text: str, left: Span) -> int:
        """Where the words of a figure's own clause begin."""
        return max(left.start, max(text.rfind(mark, left.start, left.end) for mark in _CLAUSE) + 1)

    def _names(self, scan: Scan, span: Span) -> bool:
        """Whether a body or a platform is named in a stretch."""
        return any(
            isinstance(one.detail, AgencyName | SelfName) or self._is_channel(one)
            for one in self._mentions(scan, span)
        )

    def _mentions(self, scan: Scan, span: Span) -> Sequence[Mention]:
        first, last = (
            bisect_left(scan.outer, at, key=lambda one: one.span.start) for at in (span.start, span.end)
        )
        return scan.outer[first:last]

    def _is_channel(self, mention: Mention) -> bool:
        model = self.counted.ontology.model
        return (
            isinstance(mention.detail, Phrase | KnownName)
            and model.is_a(mention.cls, "pol:Platform")
            and not any(model.is_a(mention.cls, part) for part in _PARTS)
        )
