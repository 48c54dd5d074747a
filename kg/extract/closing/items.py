"""Marked lists of problems or plans: 一是, （一）, 首先; and the item that a stretch states."""

import re
from collections.abc import Iterator

from kg.extract.closing.blocks import Block
from kg.extract.closing.clauses import ClauseReader
from kg.extract.closing.cues import Cues
from kg.extract.closing.item import Item, item_of, trimmed
from kg.text.document import Document, Span

_LONGEST = 160
_LABELLED = 4  # characters of an item behind a label (改进措施：多用图解)
_BETWEEN = re.compile(r"[^，。；]{4,}[与和同离][^，。；]{4,}[尚还仍也均]")  # 公开的内容与群众的需求|尚|有差距


class ItemReader:
    """Reads the items of blocks."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._clauses = ClauseReader(cues)

    def read(self, document: Document, block: Block) -> Iterator[Item]:
        """The items of a block, by the marks of its list, else by sentences and clauses."""
        text = document.folded
        marks = list(self._cues.marks.of(text, block.span))
        if marks:
            marks = [mark for mark in marks if mark.kind == marks[0].kind]
            ends = [mark.span.start for mark in marks[1:]] + [block.span.end]
            bodies: Iterator[Span] = (
                Span(mark.span.end, end) for mark, end in zip(marks, ends, strict=True) if mark.span.end < end
            )
            least = 4
        elif block.kind == "problem":
            bodies, least = self._clauses.problems(text, block), 5
        else:
            bodies, least = self._clauses.plans(text, block.span), 6
        least = min(least, _LABELLED) if block.labelled else least
        for body in bodies:
            item = self.item(document, body, block.kind)
            if item is not None and len(item.label) >= least:
                yield item

    def item(self, document: Document, span: Span, kind: str) -> Item | None:
        """The item that a stretch states, without its lead-in; None where it says nothing of its own."""
        text = document.folded
        start, end = trimmed(text, span.start, span.end)
        stop = text.find("\n", start, end)
        if stop - start >= 10:
            end = stop
        if end - start > _LONGEST:
            cut = re.search(r"[。；]", text[start:end])
            if cut and cut.start() >= 6:
                end = start + cut.start()
        start, end = trimmed(text, start, end)
        link = self._cues.link.match(text, start, end)
        start = link.end() if link and end - link.end() >= 6 else start
        if kind == "problem":
            turning = self._cues.turning.search(text, start, end)
            if (
                turning
                and end - turning.end() >= 6
                and not self._cues.sign.search(text, start, turning.start())
            ):
                start = turning.end()
            tail = self._cues.item_tail.search(text, start, end)
            if tail and tail.start() - start >= 6 and not tail[0].startswith("的"):
                end = tail.start()
            for head in (
                self._cues.preamble.match(text, start, end),
                self._cues.item_head.match(text, start, end),
            ):
                if head and head.start() == start and end - head.end() >= 6:
                    start = head.end()
        else:
            head = self._cues.plan_head.match(text, start, end)
            start = (
                head.end()
                if head and end - head.end() >= 6 and not self._moves(text[head.end() : end])
                else start
            )
        while end - start > 6 and text[start] == "是":
            start += 1
        words = text[start:end]
        vague = self._cues.vague if kind == "problem" else self._cues.vague_plan
        if end - start < 4 or (end - start <= 24 and vague.search(words) and not self._told(words, vague)):
            return None
        return item_of(document, kind, Span(start, end))

    def _moves(self, words: str) -> bool:
        """Whether 将 names what is moved (将A纳入B), not what is to come."""
        return self._cues.disposal.search(re.split("[，。；]", words)[0]) is not None

    def _told(self, words: str, vague: re.Pattern[str]) -> bool:
        """Whether words say more than the vague ones among them."""
        rest = vague.sub("", words)
        return len(rest) > 12 or (
            _BETWEEN.fullmatch(rest) is not None and not self._cues.pointing.search(rest)
        )
