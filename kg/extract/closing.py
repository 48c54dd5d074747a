"""Problems and plans: the closing part of a report as items, and which plan answers which problem."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.extract.listing import ListMark, clauses_of, lines_of, list_marks, semicolons_of, sentences_of
from kg.text.document import Document, Section, Span

_ORDINAL = "一二三四五六七八九十"
_PART = re.compile(
    rf"（[{_ORDINAL}\d]{{1,2}}）|(?<=[。；：\n])\s*(?:[{_ORDINAL}]、|\d[.、．](?!\d))|(?<=[。；\n])(?=[^，。；：\n]{{2,16}}[：\n])"
)
_LONGEST = 160
_EDGE = "，。；：、 \n\t！）"
_EARLIEST = 0.3
_SHORT = 1500
_OWN_SUBJECT = 10
_TITLE = 16
_PARTICLES = "[的了和与及对等在为以将]"
_FIRST_HAN = "\u3400"


@dataclass(frozen=True, slots=True)
class Item:
    """A problem or a plan with the words that state it; ``answers`` is the problem a plan was said together with."""

    kind: str  # "problem", "improvement"
    span: Span
    label: str
    answers: Span | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch that speaks of problems alone, or of plans alone."""

    kind: str
    span: Span
    labelled: bool = False


@dataclass(slots=True)
class _Lists:
    """Which list of each kind is being counted, and how far."""

    last: dict[str, ListMark] = field(default_factory=dict)

    def goes_on(self, kind: str, mark: ListMark | None) -> bool:
        """Whether a mark is the next of the list of this kind."""
        last = self.last.get(kind)
        return (
            mark is not None and last is not None and (mark.kind, mark.value) == (last.kind, last.value + 1)
        )

    def restarts(self, kind: str, marks: Sequence[ListMark]) -> bool:
        """Whether a list of the same make as this one begins anew."""
        last = self.last.get(kind)
        return last is not None and last.value > 1 and any((m.kind, m.value) == (last.kind, 1) for m in marks)

    def count(self, kind: str, marks: Sequence[ListMark]) -> None:
        """Take in the marks of a stretch of this kind; marks of lists within the list are passed over."""
        for mark in marks:
            last = self.last.get(kind)
            if last is None or last.kind == mark.kind or mark.value == 1 == last.value:
                self.last[kind] = mark if last is None or last.kind == mark.kind else last


class ClosingReader:
    """Reads problems and improvements with the words of one ontology."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._words = words
        self._lead = {
            "problem": _either(words["problemLead"]), "improvement": _either(words["improvementLead"]),
        }  # fmt: skip
        self._sign = _either(words["problemSign"])
        self._turn = re.compile(rf"(?<=[，；])(?:{_either(words['improvementTurn']).pattern})")
        self._vague = _either(words["vagueProblem"])
        self._vague_plan = _either(words["vaguePlan"])
        self._some = _either(words["someOf"])
        self._disposal = _either(words["disposal"])
        self._done = _either(words["done"])
        self._outcome = _either(words["outcome"])
        self._turning = _either(words["adversative"])
        self._link = re.compile(f"(?:{_either(words['connective']).pattern})，?")
        self._reason = re.compile(_either(words["reason"]).pattern)
        self._partly = re.compile(rf"(?:\A|(?<=[，；]))(?:{self._some.pattern})")
        intention = _either(words["intention"]).pattern
        self._intent = re.compile(
            rf"(?:\A|(?<=[，；。])|[我本全][^，。；]{{1,6}}|年[^，。；]{{0,12}})(?:{intention})"
        )
        self._plan_head = re.compile(
            rf"(?:(?:20\d\d年，?)?(?:[我本全][^，。；]{{1,6}})?)(?:{intention})(?!以)"
        )
        self._item_lead = re.compile(f"(?:{_either(words['itemLead']).pattern})[：，]?")
        self._item_head = re.compile(f"(?:{_either(words['itemHead']).pattern})[：，]?")
        self._preamble = re.compile(f"[^，。：；]{{2,40}}(?:{_either(words['preambleEnd']).pattern})，")
        self._item_tail = re.compile(f"(?:{_either(words['itemTail']).pattern})$")
        self._answer = re.compile(
            rf"(?:{_either(words['answerLead']).pattern})(?P<what>[^。；\n]{{5,60}}?)的?(?:(?:{_either(words['answerTail']).pattern})?[，：]|(?:{_either(words['answerTail']).pattern})。)"
        )
        self._pointing = _either(words["pointing"])

    def read(self, document: Document) -> tuple[Item, ...]:
        """Every item of the closing part, in order."""
        blocks = [
            block
            for span, kind in self._passages(document)
            for part in self._inline(document.folded, span, kind)
            for block in self._blocks(document, part)
        ]
        groups = [(block.kind, list(self._split(document, block))) for block in blocks]
        items = [item for _, group in _paired(groups) for item in group]
        sole = not any(item.kind == "problem" and self._answered(document, item) is None for item in items)
        items = [
            part
            for item in items
            for part in (self._taken_apart(document, item) if sole or item.kind == "problem" else [item])
        ]
        items = [self._tied(document, item, items) for item in self._parted(document, items)]
        found: dict[Span, Item] = {}
        for item in items:
            if not any(other.overlaps(item.span) for other in found):
                found[item.span] = item
        return tuple(found[span] for span in sorted(found))

    def _kind_of(self, title: str) -> str:
        """What a heading announces: problem, improvement, both, or nothing."""
        problem = any(word in title for word in self._words["problemHeading"])
        improvement = any(word in title for word in self._words["improvementHeading"])
        return "both" if problem and improvement else "problem" * problem + "improvement" * improvement

    def _label_of(self, label: str) -> str:
        """What a label before a colon announces: 问题1, 改进措施."""
        bare = re.sub(rf"[\s\d{_ORDINAL}（）.、]", "", label)
        for kind in ("problem", "improvement"):
            if bare in self._words[f"{kind}Label"]:
                return kind
        return ""

    def _passages(self, document: Document) -> Iterator[tuple[Span, str]]:
        """Stretches that speak of problems or plans: whole sections, else paragraphs that begin so."""
        chosen: list[Section] = []
        kinds = [
            self._kind_of(section.title) if len(section.title) <= 40 else "" for section in document.sections
        ]
        earliest = document.body.start + int(len(document.body) * _EARLIEST) * (len(document.body) > _SHORT)
        told = any(kind in ("problem", "both") for kind in kinds)
        for section, kind in zip(document.sections, kinds, strict=True):
            if kind == "improvement" and not chosen and (told or section.span.start < earliest):
                continue
            if kind and not any(other.span.covers(section.span) for other in chosen):
                chosen.append(section)
        if not chosen:
            yield from self._paragraphs(document)
        for section in chosen:
            kind = self._kind_of(section.title)
            begin = section.heading.end
            for sub in document.sections:
                named = self._kind_of(sub.title) if len(sub.title) <= 40 else ""
                if not named or sub is section or not section.span.covers(sub.span):
                    continue
                if sub.span.start > begin:
                    yield Span(begin, sub.span.start), kind
                yield Span(sub.heading.end, sub.span.end), named
                begin = max(begin, sub.span.end)
            if begin < section.span.end:
                yield Span(begin, section.span.end), kind

    def _paragraphs(self, document: Document) -> Iterator[tuple[Span, str]]:
        text = document.folded
        for span in lines_of(text, document.body):
            head = text[span.start : min(span.end, span.start + 24)]
            for kind in ("problem", "improvement"):
                if any(head.find(word) in range(8) for word in self._words[f"{kind}Heading"]):
                    yield span, kind
                    break

    def _inline(self, text: str, span: Span, kind: str) -> Iterator[_Block]:
        """Parts of a passage that name themselves inside a paragraph: （一）存在问题。…（二）改进措施。…"""
        begin = span.start
        labelled = False
        for mark in _PART.finditer(text, span.start, span.end):
            title, *_ = re.split(r"[。：，；\n]", text[mark.end() : mark.end() + 16])
            found = self._label_of(title) or (self._kind_of(title[:12]) if mark[0] else "")
            if found in ("problem", "improvement"):
                if mark.start() > begin:
                    yield _Block(kind, Span(begin, mark.start()), labelled)
                begin, kind = mark.end(), found
                labelled = text[begin + len(title) : begin + len(title) + 1] in ("：", "\n", "。")
                begin += (len(title) + 1) * labelled
        if begin < span.end:
            yield _Block(kind, Span(begin, span.end), labelled)

    def _blocks(self, document: Document, part: _Block) -> Iterator[_Block]:
        """Sentences that speak of the same, joined."""
        text, kind = document.folded, part.kind
        mode = "improvement" if kind == "improvement" else "problem"
        lists = _Lists()
        block: _Block | None = None
        for unit in self._units(document, part.span):
            words = unit.of(text)
            marks = list(list_marks(text, unit))
            mode = self._mode(words, mode, kind, lists, marks)
            lists.count(mode, marks)
            if block is not None and block.kind == mode:
                block = replace(block, span=Span(block.span.start, unit.end))
                continue
            if block is not None:
                yield block
            block = _Block(mode, unit, part.labelled and mode == kind)
        if block is not None:
            yield block

    def _units(self, document: Document, stretch: Span) -> Iterator[Span]:
        """The sentences of a stretch, parted where one turns from what is wanting to what will be done."""
        for whole in document.sentences:
            if whole.end <= stretch.start or whole.start >= stretch.end:
                continue
            start, end = max(whole.start, stretch.start), min(whole.end, stretch.end)
            words = document.folded[start:end]
            if any(words.lstrip().startswith(stop) for stop in self._words["closingStop"]):
                return
            for turn in self._turn.finditer(words):
                if self._sign.search(words[: turn.start()]):
                    yield Span(start, start + turn.start())
                    start += turn.start()
                    break
            yield Span(start, end)

    def _mode(self, words: str, mode: str, kind: str, lists: _Lists, marks: Sequence[ListMark]) -> str:
        """Whether a sentence still speaks of problems, or of plans from here on."""
        improvement = self._lead["improvement"].search(words[:40])
        problem = self._lead["problem"].search(words[:60])
        if mode == "problem" and kind != "improvement" and not problem and lists.restarts("problem", marks):
            return "improvement"
        first = _leading(words, marks)
        if (
            mode == "improvement"
            and lists.goes_on("problem", first)
            and not lists.goes_on("improvement", first)
        ):
            return "problem"
        if kind == "problem" and mode == "problem":
            return "improvement" if improvement and not problem and not self._sign.search(words) else mode
        if improvement and (not problem or improvement.start() <= problem.start()):
            return "improvement"
        if mode == "problem" and not problem and self._intent.search(words) and not self._sign.search(words):
            return "improvement"
        back = mode == "improvement" and kind == "both" and problem and self._sign.search(words)
        return "problem" if back and not improvement and first is None else mode

    def _split(self, document: Document, block: _Block) -> Iterator[Item]:
        text = document.folded
        marks = list(list_marks(text, block.span))
        if marks:
            marks = [mark for mark in marks if mark.kind == marks[0].kind]
            ends = [mark.span.start for mark in marks[1:]] + [block.span.end]
            bodies: Iterator[Span] = (
                Span(mark.span.end, end) for mark, end in zip(marks, ends, strict=True) if mark.span.end < end
            )
            least = 4
        elif block.kind == "problem":
            bodies, least = self._unmarked_problems(text, block), 5
        else:
            bodies, least = self._unmarked_plans(text, block.span), 8
        for body in bodies:
            item = self._item(document, body, block.kind)
            if item is not None and len(item.label) >= least:
                yield item

    def _unmarked_plans(self, text: str, span: Span) -> Iterator[Span]:
        """Sentences, each behind its lead-in; semicolons part them."""
        for sentence in _titled(text, span):
            near = min(sentence.end, sentence.start + 50)
            first = next(clauses_of(text, sentence)).end
            leads = [
                lead
                for lead in self._lead["improvement"].finditer(text, sentence.start, near)
                if len(lead[0]) > 1 or lead.end() <= first
            ]
            start = self._after_colon(text, leads[-1].end() if leads else sentence.start, sentence.end)
            yield from semicolons_of(text, Span(start, sentence.end))

    def _unmarked_problems(self, text: str, block: _Block) -> Iterator[Span]:
        """A run of clauses each of which says what is wanting."""
        listing = block.labelled
        for sentence in _titled(text, block.span, throughout=True):
            if self._answer.match(text, sentence.start, sentence.end):
                yield sentence
                continue
            start = self._behind_lead(text, sentence)
            led = start > sentence.start
            if led:
                yield from self._before_lead(text, Span(sentence.start, start))
            rest = text[start : sentence.end].strip(_EDGE)
            vague = self._vague.search(rest)
            if len(rest) <= (8 if led else 5) or (vague and len(rest) - len(vague[0]) <= 6):
                listing = listing or led
                continue
            body = Span(start, sentence.end)
            pieces = (
                list(semicolons_of(text, body))
                if "；" in body.of(text)
                else self._clauses(text, body, led or listing)
            )
            for piece in pieces:
                known = self._sign.search(piece.of(text)) or self._partly.search(piece.of(text))
                done = self._done.search(piece.of(text))
                if led or known or (listing and len(piece) >= 8 and not done):
                    yield piece
            listing = listing or (led and text[start - 1] in "：有")

    def _behind_lead(self, text: str, sentence: Span) -> int:
        """Where a sentence begins to list what is wanting, its set phrases passed over; its start where it has none."""
        start = sentence.start
        for lead in self._lead["problem"].finditer(text, sentence.start, sentence.end):
            between = self._vague.sub("", text[start : lead.start()])
            if start > sentence.start and (
                len(between) > 14 or "：" in between or self._sign.search(between)
            ):
                break
            if lead[0] in self._words["bareLead"] and self._some.search(text, start, lead.start()):
                break
            start = lead.end()
        if start == sentence.start:
            return start
        start = self._after_colon(text, start, sentence.end)
        while start < sentence.end:
            passed = re.compile("[：，、 ]+").match(text, start) or self._item_lead.match(text, start)
            vague = self._vague.match(text, start)
            if passed is None and vague and text[vague.end() : vague.end() + 1] in ("，", "：", "、"):
                passed = vague
            if passed is None:
                break
            start = passed.end()
        return min(start, sentence.end)

    def _before_lead(self, text: str, span: Span) -> Iterator[Span]:
        """Clauses before the lead-in that already say what is wanting: A不够，还存在B."""
        for clause in list(clauses_of(text, span))[:-1]:
            words = clause.of(text)
            if (
                self._sign.search(words)
                and not self._pointing.search(words)
                and not self._lead["problem"].search(words)
            ):
                yield clause

    def _after_colon(self, text: str, start: int, end: int) -> int:
        """Where a list begins after its lead-in: behind a colon that follows closely."""
        colon = text.find("：", start, min(end, start + 24))
        return colon + 1 if colon >= 0 else start

    def _clauses(self, text: str, span: Span, sure: bool) -> list[Span]:
        """Clauses that each say what is wanting; one that does not joins the next, and the last the one before."""
        pieces: list[Span] = []
        begin = span.start
        for clause in clauses_of(text, span):
            if pieces and begin == clause.start and self._outcome.match(text, begin):
                pieces[-1] = Span(pieces[-1].start, clause.end)
                begin = clause.end
            elif self._sign.search(clause.of(text)) and not (
                self._reason.match(text, begin) and "，" not in text[begin : clause.end - 1]
            ):
                pieces += self._coordinated(text, Span(begin, clause.end))
                begin = clause.end
        if pieces and begin < span.end and not self._pointing.search(text, begin, span.end):
            pieces[-1] = Span(pieces[-1].start, span.end)
        if len(pieces) == 2 and len(pieces[1]) < _OWN_SUBJECT:
            return [Span(pieces[0].start, pieces[1].end)]
        return pieces or ([span] if sure or self._partly.search(span.of(text)) else [])

    def _coordinated(self, text: str, span: Span) -> list[Span]:
        """A、B、C, each of which says what is wanting, parted; else the whole."""
        cuts = [span.start + found.start() for found in re.finditer("、", span.of(text))]
        pieces = [Span(a, b) for a, b in zip([span.start, *cuts], [*cuts, span.end], strict=True)]
        joined: list[Span] = []
        begin = span.start
        for piece in pieces:
            if self._sign.search(piece.of(text)) and piece.end - begin >= 6:
                joined.append(Span(begin, piece.end))
                begin = piece.end
        return joined if len(joined) > 1 and begin == span.end else [span]

    def _item(self, document: Document, span: Span, kind: str) -> Item | None:
        text = document.folded
        start, end = _trimmed(text, span.start, span.end)
        stop = text.find("\n", start, end)
        if stop - start >= 10:
            end = stop
        if end - start > _LONGEST:
            cut = re.search(r"[。；]", text[start:end])
            if cut and cut.start() >= 6:
                end = start + cut.start()
        start, end = _trimmed(text, start, end)
        link = self._link.match(text, start, end)
        start = link.end() if link and end - link.end() >= 6 else start
        if kind == "problem":
            turning = self._turning.search(text, start, end)
            if turning and end - turning.end() >= 6 and not self._sign.search(text, start, turning.start()):
                start = turning.end()
            tail = self._item_tail.search(text, start, end)
            if tail and tail.start() - start >= 6 and not tail[0].startswith("的"):
                end = tail.start()
            for head in (self._preamble.match(text, start, end), self._item_head.match(text, start, end)):
                if head and head.start() == start and end - head.end() >= 6:
                    start = head.end()
        else:
            head = self._plan_head.match(text, start, end)
            start = (
                head.end()
                if head and end - head.end() >= 6 and not self._moves(text[head.end() : end])
                else start
            )
        while end - start > 6 and text[start] == "是":
            start += 1
        words = text[start:end]
        vague = self._vague if kind == "problem" else self._vague_plan
        if end - start < 4 or (end - start <= 24 and vague.search(words) and not self._told(words, vague)):
            return None
        return _item_of(document, kind, Span(start, end))

    def _moves(self, words: str) -> bool:
        """Whether 将 names what is moved (将A纳入B), not what is to come."""
        return self._disposal.search(re.split("[，。；]", words)[0]) is not None

    def _told(self, words: str, vague: re.Pattern[str]) -> bool:
        """Whether words say more than the vague ones among them."""
        return len(vague.sub("", words)) > 12

    def _answered(self, document: Document, item: Item) -> re.Match[str] | None:
        """针对A的问题，B: the problem that an item names before it tells what is done."""
        found = self._answer.match(document.folded, item.span.start, item.span.end)
        if found is None or not self._sign.search(found["what"]) or self._pointing.search(found["what"]):
            return None
        return found

    def _taken_apart(self, document: Document, item: Item) -> Iterator[Item]:
        """The problem and the plan of a sentence that tells both."""
        found = self._answered(document, item)
        if found is None:
            yield item
            return
        problem = _item_of(document, "problem", Span(*found.span("what")))
        yield problem
        plan = self._item(document, Span(found.end(), item.span.end), "improvement")
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
            if (part := self._item(document, clause, "improvement")) is not None and len(part.label) >= 6
        ]
        return [*problems, *(parts if len(parts) == len(problems) else plans)]

    def _tied(self, document: Document, item: Item, items: Sequence[Item]) -> Item:
        """A plan that names the problem it answers."""
        found = self._answer.match(document.folded, item.span.start, item.span.end)
        if item.kind != "improvement" or item.answers or not found or self._pointing.search(found["what"]):
            return item
        told = _content(found["what"])
        shared = {other: len(told & _content(other.label)) for other in items if other.kind == "problem"}
        best = max(shared.values(), default=0)
        named = [other for other, count in shared.items() if count == best]
        return replace(item, answers=named[0].span) if best > 1 and len(named) == 1 else item


def answers(items: Sequence[Item], common: frozenset[str] = frozenset()) -> Iterator[tuple[Item, Item]]:
    """Which plan answers which problem: as the text ties them, else by order where both lists are equally long, else
    by the words they share.

    ``common`` are words of the domain that say nothing about what a problem is.

    >>> a = Item("problem", Span(0, 1), "解读形式单一")
    >>> b = Item("improvement", Span(2, 3), "丰富解读形式")
    >>> [(plan.label, problem.label) for plan, problem in answers([a, b])]
    [('丰富解读形式', '解读形式单一')]
    """
    tied = {item.answers for item in items if item.answers is not None}
    for plan in items:
        yield from ((plan, other) for other in items if plan.answers == other.span)
    problems = [item for item in items if item.kind == "problem" and item.span not in tied]
    plans = [item for item in items if item.kind == "improvement" and item.answers is None]
    if len(problems) == len(plans):
        yield from zip(plans, problems, strict=True)
        return
    told = {item: _content(item.label, common) for item in items}
    alike: list[tuple[int, int]] = []
    for at, plan in enumerate(plans):
        shared = [len(told[plan] & told[problem]) for problem in problems]
        best = max(shared, default=0)
        alike += [(at, other) for other, count in enumerate(shared) if count and count == best]
    if alike and abs(len(problems) - len(plans)) == 1 and all(at == other for at, other in alike):
        # One list is longer by its last item; the rest stands in order.
        alike = [(at, at) for at in range(min(len(problems), len(plans)))]
    yield from ((plans[at], problems[other]) for at, other in alike)


def _paired(groups: Sequence[tuple[str, list[Item]]]) -> list[tuple[str, list[Item]]]:
    """Plans that follow their problem one by one are tied to it, where the text goes to and fro more than once."""
    told = [(kind, group) for kind, group in groups if group]
    kinds = [kind for kind, _ in told]
    turns = len(kinds) // 2
    if turns < 2 or kinds[: 2 * turns] != ["problem", "improvement"] * turns:
        return list(groups)
    paired: list[tuple[str, list[Item]]] = []
    for (kind, group), (_, before) in zip(told, [("", []), *told], strict=False):
        tied = kind == "improvement" and len(before) == 1
        paired.append((kind, [replace(item, answers=before[0].span) for item in group] if tied else group))
    return paired


def _titled(text: str, span: Span, *, throughout: bool = False) -> Iterator[Span]:
    """Sentences; a short first one of a line is the title of those that follow it there.

    ``throughout`` asks that two lines or more, and all of them, have such a title.
    """
    lines = [list(sentences_of(text, line)) for line in lines_of(text, span)]
    titled = [len(sentences) > 1 and len(sentences[0]) <= _TITLE for sentences in lines]
    whole = not throughout or (len(lines) > 1 and all(titled))
    for sentences, has_title in zip(lines, titled, strict=True):
        if has_title and whole:
            yield Span(sentences[0].start, sentences[-1].end)
        else:
            yield from sentences


def _leading(words: str, marks: Sequence[ListMark]) -> ListMark | None:
    """The mark that a sentence begins with."""
    inside = next(list_marks(words, Span(0, len(words))), None)
    return marks[0] if inside is not None and not words[: inside.span.start].strip() else None


def _item_of(document: Document, kind: str, span: Span) -> Item:
    return Item(kind, span, " ".join(span.of(document.text).split()))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE.replace("）", ""):
        end -= 1
    return start, end


def _content(label: str, common: frozenset[str] = frozenset()) -> frozenset[str]:
    """Pairs of characters that say what words are about: none of a common word, none across a mark."""
    for word in sorted(common, key=lambda word: (-len(word), word)):
        label = label.replace(word, " ")
    label = re.sub(_PARTICLES, " ", label)
    return frozenset(a + b for a, b in pairwise(label) if min(a, b) >= _FIRST_HAN)


def _either(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or r"(?!)")
