"""Sentences that name the problem a plan answers: 针对A的问题，B."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.closing.cues import Cues
from kg.extract.closing.item import Item, content, item_of
from kg.extract.closing.items import ItemReader
from kg.extract.listing import clauses_of
from kg.text.document import Document, Span

_BETWEEN = re.compile("[，；、]|以及|[和及并]")


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
        """The one plan sentence of a text, by clauses or by the deeds that it lists where these are as many as the problems are."""
        problems = [item for item in items if item.kind == "problem"]
        plans = [item for item in items if item.kind == "improvement"]
        if len(problems) < 2 or len(plans) != 1 or plans[0].answers is not None:
            return list(items)
        text, span = document.folded, plans[0].span
        clauses = self._plans(document, clauses_of(text, span), 6)
        deeds = self._plans(document, self._deeds(text, span), 4)
        told = frozenset[str]().union(*(content(problem.label) for problem in problems))
        ways = [way for way in (clauses, deeds) if len(way) == len(problems)]
        best = max(ways, key=lambda way: sum(bool(content(part.label) & told) for part in way), default=plans)
        return [*problems, *best]

    def _plans(self, document: Document, parts: Iterator[Span], least: int) -> list[Item]:
        """The plans that parts of a sentence tell."""
        found = (self._items.item(document, part, "improvement") for part in parts)
        return [item for item in found if item is not None and len(item.label) >= least]

    def _deeds(self, text: str, span: Span) -> Iterator[Span]:
        """The deeds that a sentence lists (拓宽渠道、丰富内容和加强培训), each with the clauses that open with no verb."""
        edges, listed = [span.start], False
        for found in _BETWEEN.finditer(text, span.start, span.end):
            if self._cues.deed.match(text, found.end(), span.end):
                edges += found.span()
                listed = listed or found[0] not in "，；"
        edges.append(span.end)
        if not listed:
            return
        yield from (Span(*edge) for edge in zip(edges[::2], edges[1::2], strict=True) if edge[0] < edge[1])

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
