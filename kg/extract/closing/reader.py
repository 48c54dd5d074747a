"""The closing part of a report as problems and plans."""

from collections.abc import Mapping, Sequence

from kg.extract.closing.blocks import BlockReader
from kg.extract.closing.cues import Cues
from kg.extract.closing.item import Item
from kg.extract.closing.items import ItemReader
from kg.extract.closing.pairs import paired
from kg.extract.closing.passages import PassageReader
from kg.extract.closing.ties import TieReader
from kg.text.document import Document, Span


class ClosingReader:
    """Reads problems and improvements with the words of one ontology."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        cues = Cues(words)
        self._passages = PassageReader(cues)
        self._blocks = BlockReader(cues)
        self._items = ItemReader(cues)
        self._ties = TieReader(cues, self._items)

    def read(self, document: Document) -> tuple[Item, ...]:
        """Every item of the closing part, in order."""
        blocks = [
            block
            for span, kind in self._passages.read(document)
            for block in self._blocks.read(document, span, kind)
        ]
        groups = [(block.kind, list(self._items.read(document, block))) for block in blocks]
        items = self._ties.read(document, [item for _, group in paired(groups) for item in group])
        found: dict[Span, Item] = {}
        for item in items:
            if not any(other.overlaps(item.span) for other in found):
                found[item.span] = item
        return tuple(found[span] for span in sorted(found))
