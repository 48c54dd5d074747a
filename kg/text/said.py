"""The sentences of a normalised text: what it says in words, without its headings and the cells of its tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.text.cues import Cues
from kg.text.document import Section, Span
from kg.text.fold import fold
from kg.text.sections import find_sections
from kg.text.sentences import sentences

_ENDED = re.compile("[。！？][”’）》]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence stands, and the innermost heading over it (empty where there is none)."""

    span: Span
    section: str


def said(text: str) -> tuple[Sentence, ...]:
    """Each sentence that ends in a full stop, question or exclamation mark, in order.

    >>> text = "一、总体情况\\n公开信息12条。\\n指标\\n数量"
    >>> [(one.span.of(text), one.section) for one in said(text)]
    [('公开信息12条。', '一、总体情况')]
    """
    folded = fold(text)
    paragraphs = [line for line in lines(text) if len(line)]
    sections = find_sections(text, folded, paragraphs, len(text), Cues(), {})
    headings = {one.heading.start: one.heading.end for one in sections}
    return tuple(
        Sentence(span, _over(sections, span))
        for line in paragraphs
        for span in sentences(folded, line.start, line.end)
        if _ENDED.search(span.of(folded)) and headings.get(span.start, 0) < span.end - 1
    )


def lines(text: str) -> Iterator[Span]:
    """The lines of a text, without their ends.

    >>> list(lines("甲\\n乙丙"))
    [Span(start=0, end=1), Span(start=2, end=4)]
    """
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _over(sections: tuple[Section, ...], span: Span) -> str:
    inside = [one for one in sections if one.span.start <= span.start < one.span.end]
    return inside[-1].number + inside[-1].title if inside else ""
