"""Sentences that name the problem a plan answers: 针对A的问题，B."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.closing.cues import Cues
from kg.extract.closing.item import Item, content, item_of
from kg.extract.closing.items import ItemReader
from kg.extract.listing import clauses_of
from kg.text.document import Document, Span


class TieReader:
    """Parts items that tell a problem and its plan, and ties plans to the problem they name."""

    def __init__(self, cues: Cues, items: ItemReader) -> None:
        self._cues = cues
        self._items = items

    def read(self, document: Document, items: Sequence[Item]) -> list[Item]:
        """The items, each problem and each plan one of its own."""
        sole = not any(item.kind == "problem" and self._answered(document, item) is None for item in items)
        apart = [
            part
            for item in items
            for part in (self._taken_apart(document, item) if sole or item.kind == "problem" else [item])
        ]
        return [self._tied(document, item, apart) for item in self._parted(document, apart)]

    def _answered(self, document: Document, item: Item) -> re.Match[str] | None:
        """针对A的问题，B: the problem that an item names before it tells what is done."""
        found = self._cues.answer.match(document.folded, item.span.start, item.span.end)
        if (
            found is None
            or not self._cues.sign.search(found["what"])
            or self._cues.pointing.search(found["what"])
        ):
            return None
        return found

    def _taken_apart(self, document: Document, item: Item) -> Iterator[Item]:
        """The problem and the plan of a sentence that tells both."""
        found = self._answered(document, item)
        if found is None:
            yield item
            return
        start, end = found.span("what")
        tail = self._cues.item_tail.search(document.folded, start, end)
        problem = item_of(
            document, "problem", Span(start, tail.start() if tail and tail[0].startswith("等") else end)
        )
        yield problem
        plan = self._items.item(document, Span(found.end(), item.span.end), "improvement")
        if plan is not None:
            yield replace(plan, answers=problem.span)

    def _parted(self, document: Document, items: Sequence[Item]) -> list[Item]:
        """The one plan sentence of a text, by clauses where it has as many as there are problems."""
        problems = [item for item in items if item.kind == "problem"]
        plans = [item for item in items if item.kind == "improvement"]
        if len(problems) < 2 or len(plans) != 1 or plans[0].answers is not None:
            return list(items)
        parts = [
            part
            for clause in clauses_of(document.folded, plans[0].span)
            if (part := self._items.item(document, clause, "improvement")) is not None
            and len(part.label) >= 6
        ]
        return [*problems, *(parts if len(parts) == len(problems) else plans)]

    def _tied(self, document: Document, item: Item, items: Sequence[Item]) -> Item:
        """A plan that names the problem it answers."""
        found = self._cues.answer.match(document.folded, item.span.start, item.span.end)
        if (
            item.kind != "improvement"
            or item.answers
            or not found
            or self._cues.pointing.search(found["what"])
        ):
            return item
        told = content(found["what"])
        shared = {other: len(told & content(other.label)) for other in items if other.kind == "problem"}
        best = max(shared.values(), default=0)
        named = [other for other, count in shared.items() if count == best]
        return replace(item, answers=named[0].span) if best > 1 and len(named) == 1 else item
