"""The scope of a figure: of the own body (市本级) or of the whole place (全市), where the words say."""

from dataclasses import dataclass

from kg.extract.counted import Counted
from kg.text.document import Span


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

    def _places(self, cue: str, text: str, span: Span) -> list[int]:
        """Where words of scope stand, but for those that a name begins with, and those of what a share is of (占|全市的14%)."""
        shares = tuple(self.counted.ontology.words["shareOf"])
        return [
            found.start()
            for found in self.counted.cue[cue].finditer(text, span.start, span.end)
            if not self.counted.cue["scopeInName"].match(text, found.start())
            and not text.endswith(shares, span.start, found.start())
        ]
