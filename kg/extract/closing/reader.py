"""The closing part of a report as problems and plans."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kg.extract.closing.blocks import Block, BlockReader
from kg.extract.closing.cues import Cues
from kg.extract.closing.item import Item
from kg.extract.closing.items import ItemReader
from kg.extract.closing.pairs import paired
from kg.extract.closing.passages import PassageReader
from kg.extract.closing.ties import TieReader
from kg.extract.closing.wording import Wording
from kg.text.document import Document, Span


class ClosingReader:
    """Reads problems and improvements with the words of one ontology."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        cues = self._cues = Cues(words)
        self._wording = Wording(words)
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
        groups = [group for block in blocks for group in self._groups(document, block)]
        items = self._ties.read(document, [item for _, group in paired(groups) for item in group])
        found: dict[Span, Item] = {}
        for item in items:
            if not any(other.overlaps(item.span) for other in found):
                found[item.span] = item
        return tuple(found[span] for span in sorted(found))

    def _groups(self, document: Document, block: Block) -> list[tuple[str, list[Item]]]:
        """The items of a block by kind: where a heading names both, the words of each item of a list say which it is."""
        items = list(self._items.read(document, block))
        if not block.open or block.kind != "problem":
            return [(block.kind, items)]
        told = [
            replace(item, kind="improvement")
            if self._wording.is_plan(item.label) and not self._led(document, item)
            else item
            for item in items
        ]
        return [(kind, list(group)) for kind, group in groupby(told, key=lambda item: item.kind)]

    def _led(self, document: Document, item: Item) -> bool:
        """Whether an item stands right behind words that lead in what is wanting (主要表现为|公开内容偏重动态)."""
        leads = tuple(self._cues.words["problemLead"])
        return (
            document.folded.endswith(leads, 0, item.span.start)
            and self._cues.sign.search(item.label) is not None
        )
