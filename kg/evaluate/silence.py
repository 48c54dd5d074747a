"""Sentences that yield nothing: what a reader of the graph never learns of."""

from kg.evaluate.grounds import Grounds, every_span
from kg.evaluate.score import Measure
from kg.text.said import said


def silence(grounds: Grounds) -> Measure:
    """How many sentences no statement rests on, each told with its section; a heading or a table's label is no sentence."""
    text = grounds.text
    spoken = bytearray(len(text) + 1)
    for span in every_span(grounds):
        spoken[span.start : span.end] = b"\1" * len(span)
    told = said(text)
    silent = [one for one in told if not any(spoken[one.span.start : one.span.end])]
    return Measure(
        "sentences that yield nothing",
        len(silent),
        len(told),
        tuple(f"{one.section or '–'}: {one.span.of(text)}" for one in silent),
    )
