"""Titles that stand without 《》: 国务院办公厅关于…的通知."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.match.citation import CitationReader, Found
from kg.match.marks import Marks
from kg.match.mention import Citation, Mention
from kg.match.sentence import Sentence
from kg.match.words import Words
from kg.text.document import Span

_STOPS = "，。；！？：\n"
_MOST = 70
_OF = "的"


@dataclass(frozen=True, slots=True)
class TitleShape:
    """How a title goes on after its issuer, and how it ends."""

    verbs: tuple[str, ...]  # 关于, 印发
    endings: tuple[str, ...]  # longest first
    between: tuple[str, ...]  # what may stand between two issuers


def plain_titles(
    sentence: Sentence, reader: CitationReader, shape: TitleShape, bodies: Sequence[Mention]
) -> Iterator[Found]:
    """Titles that begin with one of ``bodies``, with the numbers and short names that follow them."""
    text, words, marks = sentence.text, sentence.words, sentence.marks
    ends = {mention.span.end: mention.span.start for mention in bodies}
    for mention in bodies:
        if not text.startswith(shape.verbs, mention.span.end):
            continue
        stop = _end(text, words, marks, shape.endings, mention.span.end)
        if stop is None:
            continue
        start = mention.span.start
        while (earlier := _joined(text, ends, shape.between, start)) is not None:
            start = earlier
        closed = stop + text.startswith("》", stop)  # the mark before it may be lost
        numbers, short, last = reader.following(text, marks, closed)
        last = last if last > closed else stop
        number, number_span, year = numbers[0] if numbers else ("", None, None)
        yield Found(Span(start, last), Citation(Span(start, stop), number, number_span, short, year))


def _joined(text: str, ends: dict[int, int], between: Sequence[str], start: int) -> int | None:
    """Where the body that stands directly before ``start`` begins."""
    return next(
        (
            ends[at]
            for word in ("", *between)
            if text.endswith(word, 0, start) and (at := start - len(word)) in ends
        ),
        None,
    )


def _end(text: str, words: Words, marks: Marks, endings: Sequence[str], position: int) -> int | None:
    """Where the title ends: after 的 and a word for a kind of document that no longer word holds."""
    at, limit = position, min(len(text), position + _MOST)
    while at < limit and text[at] not in _STOPS:
        if at in marks.closer:
            at = marks.closer[at] + 1
            continue
        if text[at] == _OF:
            ending = next((word for word in endings if text.startswith(word, at + 1)), "")
            stop = at + 1 + len(ending)
            if ending and words.ends_at(stop):
                return stop
        at += 1
    return None
