"""Problems and plans: the closing part of a report as items, and which plan answers which problem."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.match.words import segment
from kg.text.document import Document, Section, Span

_ORDINAL = "一二三四五六七八九十"
_ITEM = re.compile(
    rf"(?P<is>第?[{_ORDINAL}]{{1,2}}(?:是|要|来|则是))|(?P<first>第[{_ORDINAL}][，、是：])|（[{_ORDINAL}\d]{{1,2}}）"
    rf"|(?<=[\n。；：])\s*(?:[{_ORDINAL}]{{1,2}}、|\d{{1,2}}[.、．](?!\d)|[①②③④⑤⑥⑦⑧⑨⑩])"
)
_PART = re.compile(rf"（[{_ORDINAL}]）|(?<=[。；：\n])\s*(?:[{_ORDINAL}]、|\d[.、．](?!\d))")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Item:
    """A problem or a plan with the words that state it."""

    kind: str  # "problem", "improvement"
    span: Span
    label: str


class ClosingReader:
    """Reads problems and improvements with the words of one ontology."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._words = words
        self._lead = {
            "problem": _either(words["problemLead"]), "improvement": _either(words["improvementLead"]),
        }  # fmt: skip
        self._sign = _either(words["problemSign"])
        self._item_lead = re.compile("^(?:" + _either(words["itemLead"]).pattern + ")[：，]?")
        self._item_tail = re.compile("(?:" + _either(words["itemTail"]).pattern + ")$")

    def read(self, document: Document) -> tuple[Item, ...]:
        """Every item of the closing part, in order."""
        found: dict[Span, Item] = {}
        passages = [
            part
            for span, kind in self._passages(document)
            for part in self._inline(document.folded, span, kind)
        ]
        for stretch, kind in passages:
            for item in self._items(document, stretch, kind):
                if not any(other.overlaps(item.span) for other in found):
                    found[item.span] = item
        return tuple(found[span] for span in sorted(found))

    def _kind_of(self, title: str) -> str:
        """What a heading announces: problem, improvement, both, or nothing."""
        problem = any(word in title for word in self._words["problemHeading"])
        improvement = any(word in title for word in self._words["improvementHeading"])
        return (
            "both"
            if problem and improvement
            else "problem"
            if problem
            else "improvement"
            if improvement
            else ""
        )

    def _passages(self, document: Document) -> Iterator[tuple[Span, str]]:
        """Stretches that speak of problems or plans: whole sections, else paragraphs that begin so."""
        chosen: list[Section] = []
        for section in document.sections:
            kind = self._kind_of(section.title) if len(section.title) <= 40 else ""
            if kind and not any(other.span.covers(section.span) for other in chosen):
                chosen.append(section)
        text = document.folded
        if chosen:
            for section in chosen:
                inner = [
                    s
                    for s in document.sections
                    if section.span.covers(s.span) and s is not section and self._kind_of(s.title)
                ]
                begin = section.heading.end
                kind = self._kind_of(section.title)
                for sub in inner:
                    if sub.span.start > begin:
                        yield Span(begin, sub.span.start), kind
                    yield Span(sub.heading.end, sub.span.end), self._kind_of(sub.title)
                    begin = max(begin, sub.span.end)
                if begin < section.span.end:
                    yield Span(begin, section.span.end), kind
            return
        for span in _paragraphs(text, document.body):
            head = text[span.start : min(span.end, span.start + 24)]
            for kind, words in (("problem", "problemHeading"), ("improvement", "improvementHeading")):
                if any(head.find(word) in range(8) for word in self._words[words]):
                    yield span, kind
                    break

    def _inline(self, text: str, span: Span, kind: str) -> Iterator[tuple[Span, str]]:
        """Parts of a passage that name themselves inside a paragraph: （一）存在问题。…（二）改进措施。…"""
        begin = span.start
        for mark in _PART.finditer(text, span.start, span.end):
            title = text[mark.end() : mark.end() + 12]
            found = self._kind_of(re.split(r"[。：，；\n]", title)[0])
            if found in ("problem", "improvement"):
                if mark.start() > begin:
                    yield Span(begin, mark.start()), kind
                begin, kind = mark.end(), found
        if begin < span.end:
            yield Span(begin, span.end), kind

    def _items(self, document: Document, stretch: Span, kind: str) -> Iterator[Item]:
        text = document.folded
        mode = "problem" if kind in ("both", "problem") else "improvement"
        blocks: list[tuple[str, Span]] = []
        for whole in document.sentences:
            if whole.end <= stretch.start or whole.start >= stretch.end:
                continue
            sentence = Span(max(whole.start, stretch.start), min(whole.end, stretch.end))
            words = sentence.of(text)
            if any(words.lstrip().startswith(stop) for stop in self._words["closingStop"]):
                break
            mode = self._mode(words, mode, kind)
            if blocks and blocks[-1][0] == mode:
                blocks[-1] = (mode, Span(blocks[-1][1].start, sentence.end))
            else:
                blocks.append((mode, sentence))
        for mode, span in blocks:
            yield from self._split(document, span, mode)

    def _mode(self, words: str, mode: str, kind: str) -> str:
        """Whether a sentence still speaks of problems, or of plans from here on."""
        head = words[:40]
        improvement = self._lead["improvement"].search(head)
        problem = self._lead["problem"].search(words[:60])
        if kind == "problem" and mode == "problem":
            return "improvement" if improvement and not problem and not self._sign.search(words) else mode
        if improvement and (not problem or improvement.start() <= problem.start()):
            return "improvement"
        if (
            mode == "improvement"
            and problem
            and kind == "both"
            and self._sign.search(words)
            and not improvement
        ):
            return "problem" if not _ITEM.match(words) else mode
        return mode

    def _split(self, document: Document, span: Span, mode: str) -> Iterator[Item]:
        text = document.folded
        marks = list(_ITEM.finditer(text, span.start, span.end))
        if marks:
            kinds = [_mark_kind(m[0]) for m in marks]
            top = kinds[0]
            marks = [m for m, k in zip(marks, kinds, strict=True) if k == top]
            for index, mark in enumerate(marks):
                end = marks[index + 1].start() if index + 1 < len(marks) else span.end
                item = self._item(document, Span(mark.end(), end), mode)
                if item is not None:
                    yield item
            return
        if mode == "problem":
            yield from self._unmarked_problems(document, span)
            return
        for sentence in _sentences(text, span):
            words = sentence.of(text)
            lead = next(reversed(list(self._lead["improvement"].finditer(words[:50]))), None)
            start = self._after_colon(
                text, sentence.start + lead.end() if lead else sentence.start, sentence.end
            )
            for body in _semicolons(text, Span(start, sentence.end)):
                item = self._item(document, body, mode)
                if item is not None and len(item.label) >= 8:
                    yield item

    def _after_colon(self, text: str, start: int, end: int) -> int:
        """Where a list begins after its lead-in: behind a colon that follows closely."""
        colon = text.find("：", start, min(end, start + 24))
        return colon + 1 if colon >= 0 else start

    def _unmarked_problems(self, document: Document, span: Span) -> Iterator[Item]:
        """A run of clauses each of which says what is wanting."""
        text = document.folded
        for sentence in _sentences(text, span):
            words = sentence.of(text)
            lead = None
            for lead in self._lead["problem"].finditer(words):
                if words[lead.end() : lead.end() + 1] in "：，" or lead.end() >= len(words) * 0.6:
                    break
            rest = words[lead.end() :].strip("，：。；") if lead else words
            if lead and len(rest) <= 8:
                continue
            start = sentence.start + (lead.end() if lead else 0)
            if lead:
                start = self._after_colon(text, start, sentence.end)
            while start < sentence.end and text[start] in "：，、 ":
                start += 1
            more = self._item_lead.match(text[start : sentence.end])
            start += more.end() if more else 0
            if "；" in text[start : sentence.end]:
                pieces = list(_semicolons(text, Span(start, sentence.end)))
            else:
                pieces = self._clauses(text, Span(start, sentence.end))
            for piece in pieces:
                if lead is None and not self._sign.search(piece.of(text)):
                    continue
                item = self._item(document, piece, "problem")
                if item is not None and len(item.label) >= 6:
                    yield item

    def _clauses(self, text: str, span: Span) -> list[Span]:
        """Clauses that each say what is wanting; one that does not joins the next."""
        pieces: list[Span] = []
        begin = span.start
        for clause in re.finditer(r"[^，：。！？\n]+[，：。！？\n]?", text[span.start : span.end]):
            if self._sign.search(clause[0]):
                pieces.append(Span(begin, span.start + clause.end()))
                begin = span.start + clause.end()
        return pieces

    def _item(self, document: Document, span: Span, mode: str) -> Item | None:
        text = document.folded
        start, end = span.start, span.end
        while start < end and (text[start] in "，：、；。 \n\t" or text[start] == "）"):
            start += 1
        while end > start and text[end - 1] in "，；。：、 \n\t！":
            end -= 1
        stop = text.find("\n", start, end)
        if stop - start >= 10:
            end = stop
        if end - start > _LONGEST:
            cut = re.search(r"[。；]", text[start:end])
            if cut and cut.start() >= 6:
                end = start + cut.start()
        while end > start and text[end - 1] in "，；。：、 \n\t！":
            end -= 1
        if mode == "problem":
            tail = self._item_tail.search(text, start, end)
            if tail and tail.start() - start >= 6 and not tail[0].startswith("的"):
                end = tail.start()
        while end - start > 6 and text[start] == "是":
            start += 1
        if end - start < 4 or (
            end - start <= 16 and any(word in text[start:end] for word in self._words["vagueProblem"])
        ):
            return None
        kept = Span(start, end)
        return Item(mode, kept, " ".join(kept.of(document.text).split()))


def answers(items: Sequence[Item], common: frozenset[str] = frozenset()) -> Iterator[tuple[Item, Item]]:
    """Which plan answers which problem: by order where both lists are equally long, else by the words they share.

    ``common`` are words of the domain that say nothing about what a problem is.

    >>> a = Item("problem", Span(0, 1), "解读形式单一")
    >>> b = Item("improvement", Span(2, 3), "丰富解读形式")
    >>> [(plan.label, problem.label) for plan, problem in answers([a, b])]
    [('丰富解读形式', '解读形式单一')]
    """
    problems = [item for item in items if item.kind == "problem"]
    plans = [item for item in items if item.kind == "improvement"]
    if len(problems) == len(plans):
        yield from zip(plans, problems, strict=True)
        return
    told = {item: _content(item.label) - common for item in items}
    for plan in plans:
        shared = [len(told[plan] & told[problem]) for problem in problems]
        best = max(shared, default=0)
        yield from (
            (plan, problem)
            for problem, count in zip(problems, shared, strict=True)
            if count and count == best
        )


def _content(label: str) -> frozenset[str]:
    words = segment(label)
    return frozenset(
        words.text(index)
        for index, tag in enumerate(words.tags)
        if tag[0] in "nvajliz" and len(words.text(index)) > 1
    )


def _mark_kind(mark: str) -> str:
    mark = mark.strip()
    if mark.startswith("（"):
        return "（"
    if mark[:1].isdigit():
        return "1"
    if mark.endswith("、"):
        return "、"
    return "是"


def _sentences(text: str, span: Span) -> Iterator[Span]:
    for found in re.finditer(r"[^。！？\n]+[。！？]?", text[span.start : span.end]):
        yield Span(span.start + found.start(), span.start + found.end())


def _semicolons(text: str, span: Span) -> Iterator[Span]:
    for found in re.finditer(r"[^；]+；?", text[span.start : span.end]):
        yield Span(span.start + found.start(), span.start + found.end())


def _paragraphs(text: str, body: Span) -> Iterator[Span]:
    for found in re.finditer(r"[^\n]+", text[body.start : body.end]):
        yield Span(body.start + found.start(), body.start + found.end())


def _either(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or r"(?!)")
