"""Problems and plans that no list marks: sentences, and clauses that each say what is wanting."""

import re
from collections.abc import Iterator

from kg.extract.closing.blocks import Block
from kg.extract.closing.cues import Cues
from kg.extract.closing.item import EDGE
from kg.extract.listing import clauses_of, lines_of, semicolons_of, sentences_of
from kg.text.document import Span

_OWN_SUBJECT = 10
_TITLE = 16
_LEAST = 5  # characters of what is wanting behind a lead-in (问题主要是|渠道不够多)


class ClauseReader:
    """Parts running text into stretches that each state one thing."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def plans(self, text: str, span: Span) -> Iterator[Span]:
        """Sentences, each behind its lead-in; semicolons part them."""
        for sentence in _titled(text, span):
            near = min(sentence.end, sentence.start + 50)
            first = next((one.end for one in clauses_of(text, sentence)), sentence.end)  # “：” alone has none
            leads = [
                lead
                for lead in self._cues.lead["improvement"].finditer(text, sentence.start, near)
                if len(lead[0]) > 1 or lead.end() <= first
            ]
            start = self._after_colon(
                text, self._behind(leads[-1]) if leads else sentence.start, sentence.end
            )
            yield from semicolons_of(text, Span(start, sentence.end))

    def _behind(self, lead: re.Match[str]) -> int:
        """Where a plan begins behind its lead-in: with the verb that the lead-in ends in (将|加强)."""
        verb = lead[0][1:] if lead[0][1:] in self._cues.words["planVerb"] else ""
        return lead.end() - len(verb)

    def problems(self, text: str, block: Block) -> Iterator[Span]:
        """A run of clauses each of which says what is wanting."""
        listing = block.labelled
        for sentence in _titled(text, block.span, throughout=True):
            if self._cues.answer.match(text, sentence.start, sentence.end):
                yield sentence
                continue
            start = self._behind_lead(text, sentence)
            led = start > sentence.start
            if led:
                yield from self._before_lead(text, Span(sentence.start, start))
            rest = text[start : sentence.end].strip(EDGE)
            vague = self._cues.vague.search(rest)
            told = self._cues.sign.search(rest) and (
                block.labelled or (led and len(rest) > _LEAST and not vague)
            )
            brief = len(rest) <= (8 if led else 5) and not told
            if brief or (vague and len(rest) - len(vague[0]) <= 6):
                listing = listing or led
                continue
            body = Span(start, sentence.end)
            pieces = (
                list(semicolons_of(text, body))
                if "；" in body.of(text)
                else self._clauses(text, body, led or listing)
            )
            for piece in pieces:
                known = self._cues.sign.search(piece.of(text)) or self._cues.partly.search(piece.of(text))
                done = self._cues.done.search(piece.of(text))
                if led or known or (listing and len(piece) >= 8 and not done):
                    yield piece
            listing = listing or (led and text[start - 1] in "：有")

    def _behind_lead(self, text: str, sentence: Span) -> int:
        """Where a sentence begins to list what is wanting, its set phrases passed over; its start where it has none."""
        start = sentence.start
        for lead in self._cues.lead["problem"].finditer(text, sentence.start, sentence.end):
            between = self._cues.vague.sub("", text[start : lead.start()])
            if start > sentence.start and (
                len(between) > 14 or "：" in between or self._cues.sign.search(between)
            ):
                break
            if lead[0] in self._cues.words["bareLead"] and self._cues.some.search(text, start, lead.start()):
                break
            start = lead.end()
        if start == sentence.start:
            return start
        start = self._after_colon(text, start, sentence.end)
        while start < sentence.end:
            passed = re.compile("[：，、 ]+").match(text, start) or self._cues.item_lead.match(text, start)
            vague = self._cues.vague.match(text, start)
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
                self._cues.sign.search(words)
                and not self._cues.pointing.search(words)
                and not self._cues.lead["problem"].search(words)
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
            if pieces and begin == clause.start and self._cues.outcome.match(text, begin):
                pieces[-1] = Span(pieces[-1].start, clause.end)
                begin = clause.end
            elif self._cues.sign.search(clause.of(text)) and not (
                self._cues.reason.match(text, begin) and "，" not in text[begin : clause.end - 1]
            ):
                pieces += self._coordinated(text, Span(begin, clause.end))
                begin = clause.end
        if pieces and begin < span.end and not self._cues.pointing.search(text, begin, span.end):
            pieces[-1] = Span(pieces[-1].start, span.end)
        if len(pieces) == 2 and len(pieces[1]) < _OWN_SUBJECT:
            return [Span(pieces[0].start, pieces[1].end)]
        return pieces or ([span] if sure or self._cues.partly.search(span.of(text)) else [])

    def _coordinated(self, text: str, span: Span) -> list[Span]:
        """A、B、C, each of which says what is wanting, parted; else the whole."""
        if self._cues.reason.match(text, span.start):
            return [span]
        cuts = [span.start + found.start() for found in re.finditer("、", span.of(text))]
        pieces = [Span(a, b) for a, b in zip([span.start, *cuts], [*cuts, span.end], strict=True)]
        joined: list[Span] = []
        begin = span.start
        for piece in pieces:
            if self._cues.sign.search(piece.of(text)) and piece.end - begin >= 6:
                joined.append(Span(begin, piece.end))
                begin = piece.end
        return joined if len(joined) > 1 and begin == span.end else [span]


def _titled(text: str, span: Span, *, throughout: bool = False) -> Iterator[Span]:
    """Sentences; a short first one of a line is the title of those that follow it there.

    ``throughout`` asks that two lines or more, and all of them, have such a title.
    """
    lines = [list(sentences_of(text, line)) for line in lines_of(text, span)]
    titled = [bool(one) and _heads([sentence.of(text) for sentence in one]) for one in lines]
    whole = not throughout or (len(lines) > 1 and all(titled))
    for sentences, has_title in zip(lines, titled, strict=True):
        if has_title and whole:
            yield Span(sentences[0].start, sentences[-1].end)
        else:
            yield from sentences


def _heads(sentences: list[str]) -> bool:
    """Whether the first of some sentences is the title of the others: short, and no clause pair where all are as short.

    >>> _heads(["队伍不稳。", "人员轮换快，交接不到位。"]), _heads(["加强领导，健全机制。", "强化培训，提升素质。"])
    (True, False)
    """
    first, *others = sentences
    plain = "，" not in first or any(len(other) > _TITLE for other in others)
    return bool(others) and len(first) <= _TITLE and plain
