"""Sentences that yield nothing: what a reader of the graph never learns of."""

import re
from collections.abc import Iterator

from kg.evaluate.grounds import Grounds, every_span
from kg.evaluate.score import Measure
from kg.text.cues import Cues
from kg.text.document import Span
from kg.text.fold import fold
from kg.text.sections import find_sections
from kg.text.sentences import sentences

_ENDED = re.compile("[。！？][”’）》]*$")


def silence(grounds: Grounds) -> Measure:
    """How many sentences no statement rests on, each told with its section; a heading or a table's label is no sentence."""
    text = grounds.text
    folded = fold(text)
    paragraphs = list(_lines(text))
    sections = find_sections(text, folded, paragraphs, len(text), Cues(), {})
    spoken = bytearray(len(text) + 1)
    for span in every_span(grounds):
        spoken[span.start : span.end] = b"\1" * len(span)
    headings = {one.heading.start: one.heading.end for one in sections}
    said = [
        span
        for line in paragraphs
        for span in sentences(folded, line.start, line.end)
        if _ENDED.search(span.of(folded)) and headings.get(span.start, 0) < span.end - 1
    ]
    silent = [span for span in said if not any(spoken[span.start : span.end])]

    def section(span: Span) -> str:
        inside = [one for one in sections if one.span.start <= span.start < one.span.end]
        return inside[-1].number + inside[-1].title if inside else "–"

    return Measure(
        "sentences that yield nothing",
        len(silent),
        len(said),
        tuple(f"{section(span)}: {span.of(text)}" for span in silent),
    )


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1
