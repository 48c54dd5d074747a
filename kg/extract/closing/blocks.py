"""Stretches that speak of problems alone, or of plans alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.closing.cues import Cues
from kg.extract.closing.marks import ORDINAL, Lists
from kg.extract.closing.wording import Wording
from kg.extract.listing import ListMark
from kg.match.words import alternatives
from kg.text.document import Document, Span

_PART = re.compile(
    rf"（[{ORDINAL}\d]{{1,2}}）|(?<=[。；：\n])\s*(?:[{ORDINAL}]、|\d[.、．](?!\d))|(?<=[。；\n])(?P<spoken>(?=[{ORDINAL}]{{1,2}}是))|(?<=[。；\n])(?=[^，。；：\n]{{2,16}}[：\n])"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that speaks of problems alone, or of plans alone."""

    kind: str
    span: Span
    labelled: bool = False
    open: bool = False  # the heading names both, and no label says which of them this is


class BlockReader:
    """Parts passages where they turn from what is wanting to what will be done, and back."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._wording = Wording(cues.words)
        self._part = re.compile(
            rf"{_PART.pattern}|(?<=，)(?=(?:{alternatives(cues.words['improvementLabel'])})：)"
        )

    def read(self, document: Document, passage: Span, kind: str) -> Iterator[Block]:
        """The blocks of a passage, in order."""
        for part in self._inline(document.folded, passage, kind):
            yield from self._blocks(document, part)

    def _inline(self, text: str, span: Span, kind: str) -> Iterator[Block]:
        """Parts of a passage that name themselves inside a paragraph: （一）存在问题。…（二）改进措施。…"""
        begin = span.start
        labelled = False
        lists = {mark.span.start: mark for mark in self._cues.marks.of(text, span)}
        turned: tuple[ListMark, str] | None = None  # the item in which problems turned to plans
        for mark in self._part.finditer(text, span.start, span.end):
            reach = mark.end() + (mark["spoken"] is not None)  # the mark of 二是 stands behind
            here = next((lists[at] for at in range(mark.start(), reach) if at in lists), None)
            if turned is not None and here is not None and _follows(here, turned[0]):
                yield Block(kind, Span(begin, mark.start()), labelled)
                begin, kind, labelled, turned = mark.start(), turned[1], False, None
            if mark["spoken"] is not None:
                continue
            title, *_ = re.split(r"[。：，；\n]", text[mark.end() : mark.end() + 16])
            found = self._cues.label_of(title) or (self._cues.kind_of(title[:12]) if mark[0] else "")
            last = max((at for at in lists if at < mark.start()), default=None)
            if found in ("problem", "improvement"):
                if found == "improvement" != kind and here is None and last is not None:
                    turned = lists[last], kind  # （一）A不足。|改进措施：B。（二）…
                if mark.start() > begin:
                    yield Block(kind, Span(begin, mark.start()), labelled)
                begin, kind = mark.end(), found
                labelled = text[begin + len(title) : begin + len(title) + 1] in ("：", "\n", "。")
                begin += (len(title) + 1) * labelled
        if begin < span.end:
            yield Block(kind, Span(begin, span.end), labelled)

    def _blocks(self, document: Document, part: Block) -> Iterator[Block]:
        """Sentences that speak of the same, joined."""
        text, kind = document.folded, part.kind
        mode = "improvement" if kind == "improvement" else "problem"
        lists = Lists()
        block: Block | None = None
        for unit in self._units(document, part.span):
            words = unit.of(text)
            marks = list(self._cues.marks.of(text, unit))
            mode = self._mode(words, mode, kind, lists, marks)
            lists.count(mode, marks)
            if block is not None and block.kind == mode:
                block = replace(block, span=Span(block.span.start, unit.end))
                continue
            if block is not None:
                yield block
            block = Block(mode, unit, part.labelled and mode == kind, kind == "both")
        if block is not None:
            yield block

    def _units(self, document: Document, stretch: Span) -> Iterator[Span]:
        """The sentences of a stretch, parted where one turns from what is wanting to what will be done."""
        for whole in document.sentences:
            if whole.end <= stretch.start or whole.start >= stretch.end:
                continue
            start, end = max(whole.start, stretch.start), min(whole.end, stretch.end)
            words = document.folded[start:end]
            if any(words.lstrip().startswith(stop) for stop in self._cues.words["closingStop"]):
                return
            for turn in self._cues.turn.finditer(words):
                if self._cues.sign.search(words[: turn.start()]):
                    yield Span(start, start + turn.start())
                    start += turn.start()
                    break
            yield Span(start, end)

    def _mode(self, words: str, mode: str, kind: str, lists: Lists, marks: Sequence[ListMark]) -> str:
        """Whether a sentence still speaks of problems, or of plans from here on."""
        improvement = self._cues.lead["improvement"].search(words[:40])
        problem = self._cues.lead["problem"].search(words[:60])
        if mode == "problem" and kind != "improvement" and not problem and lists.restarts("problem", marks):
            return "improvement"
        first = self._leading(words, marks)
        if (
            mode == "improvement"
            and lists.goes_on("problem", first)
            and not lists.goes_on("improvement", first)
        ):
            return "problem"
        if kind == "problem" and mode == "problem":
            return (
                "improvement" if improvement and not problem and not self._cues.sign.search(words) else mode
            )
        if improvement and (not problem or improvement.start() <= problem.start()):
            return "improvement"
        unlisted = not marks and "problem" not in lists.last
        if kind == "both" and mode == "problem" and not problem and unlisted and self._wording.is_plan(words):
            return "improvement"
        if (
            mode == "problem"
            and not problem
            and self._cues.intent.search(words)
            and not self._cues.sign.search(words)
        ):
            return "improvement"
        if (
            mode == "improvement"
            and kind == "both"
            and first
            and not improvement
            and self._wording.is_problem(words)
        ):
            return "problem"
        back = mode == "improvement" and kind == "both" and problem and self._cues.sign.search(words)
        return "problem" if back and not improvement and first is None else mode

    def _leading(self, words: str, marks: Sequence[ListMark]) -> ListMark | None:
        """The mark that a sentence begins with."""
        inside = next(self._cues.marks.of(words, Span(0, len(words))), None)
        return marks[0] if inside is not None and not words[: inside.span.start].strip() else None


def _follows(mark: ListMark, other: ListMark) -> bool:
    return (mark.kind, mark.value) == (other.kind, other.value + 1)
