"""The scope of a figure: of the own body (市本级) or of the whole place (全市), where the words say."""

from bisect import bisect_left
from dataclasses import dataclass

from kg.extract.counted import Counted
from kg.extract.reading import Place
from kg.match.mention import AgencyName, KnownName, Mention, Phrase, SelfName
from kg.match.scan import Scan
from kg.text.document import Span

_OPENS = "，；：。\n"
_PAIRS = (("“", "”"), ("《", "》"))
_NAME = 40  # characters of a name before a word in it


@dataclass(frozen=True, slots=True)
class ScopeReader:
    """Reads words of scope, with those of one ontology."""

    counted: Counted

    def of(self, text: str, span: Span) -> str:
        """The scope that a stretch tells; empty where it tells none, or both."""
        whole = self._places("wholeScope", text, span)
        own = self._places("ownScope", text, span)
        return "WholeRegion" if whole and not own else "OwnBody" if own and not whole else ""

    def nearest(self, text: str, before: Span) -> str:
        """The scope of a figure in a sentence with several: that of the words before it, where these have one and no 各."""
        cue = self.counted.cue["apiece"]
        parted = any(cue.match(text, at) for at in self._places("wholeScope", text, before))
        return "" if parted else self.of(text, before)

    def figure(self, place: Place, before: Span, sentence: str) -> str:
        """The scope of a figure: of its own words, else what its sentence told before it, unless another has begun to act since.

        全县收到申请83件，办结|80件, but not 全县收到申请83件，县政府网站发布解读|12篇; what stands behind (满意度96%，居全区第三) is no
        scope of it. ``sentence`` is the one scope of the whole sentence, empty where it has both or none.
        """
        scan = place.scan
        if sentence != "WholeRegion":
            return sentence or self.nearest(scan.text, before)
        if self.of(scan.text, before):
            return sentence
        told = self._places("wholeScope", scan.text, Span(place.sentence.start, before.end))
        return sentence if told and not self._acts(scan, Span(told[-1], before.end)) else ""

    def _acts(self, scan: Scan, span: Span) -> bool:
        """Whether a body or a platform by name begins a clause of a stretch."""
        text = scan.text
        first, last = (
            bisect_left(scan.outer, at, key=lambda one: one.span.start) for at in (span.start, span.end)
        )
        opens = (*_OPENS, *self.counted.ontology.words["ofThose"])
        return any(
            text.endswith(opens, span.start, one.span.start) and self._named(one)
            for one in scan.outer[first:last]
        )

    def _named(self, mention: Mention) -> bool:
        """Whether a mention is of a body, or of a platform that has a name."""
        platform = isinstance(mention.detail, Phrase | KnownName) and self.counted.ontology.model.is_a(
            mention.cls, "pol:Platform"
        )
        return isinstance(mention.detail, AgencyName | SelfName) or platform

    def _places(self, cue: str, text: str, span: Span) -> list[int]:
        """Where words of scope stand, but for those that a name begins with, and those of what a share is of (占|全市的14%)."""
        shares = tuple(self.counted.ontology.words["shareOf"])
        return [
            found.start()
            for found in self.counted.cue[cue].finditer(text, span.start, span.end)
            if not self.counted.cue["scopeInName"].match(text, found.start())
            and not text.endswith(shares, span.start, found.start())
            and not _in_quotes(text, found.start())
        ]


def _in_quotes(text: str, at: int) -> bool:
    """Whether a place lies in a name in quotation marks or a title: “全国土地日”."""
    floor = max(0, at - _NAME)
    return any(text.rfind(opens, floor, at) > text.rfind(closes, floor, at) for opens, closes in _PAIRS)
