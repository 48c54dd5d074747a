"""Numbers whose digits the source wrote in full width, or in both widths at once."""

import re
from collections.abc import Iterator, Sequence

from kg.text.document import Span

_FULL = re.compile("[０-９]")
_HALF = re.compile("[0-9]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COUNTED = re.compile(r"[年月日件条项次个人篇期场家万亿元%余多份号]")


def find_widths(
    text: str, source: str, starts: Sequence[int], ends: Sequence[int]
) -> Iterator[tuple[str, Span]]:
    """Numbers of a normalised text that mix widths in the source, and those all in full width before a unit.

    >>> list(find_widths("12件", "1２件", [0, 1, 2], [1, 2, 3]))
    [('mixed-width', Span(start=0, end=2))]
    """
    if not _FULL.search(source):
        return
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        words = "".join(source[starts[at] : ends[at]] for at in range(start, end))
        full = _FULL.search(words) is not None
        if full and _HALF.search(words):
            yield "mixed-width", Span(start, end)
        elif full and _COUNTED.match(text, end):
            yield "full-width", Span(start, end)
