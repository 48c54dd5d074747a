"""A problem or a plan, and the words it is about."""

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.text.document import Document, Span

EDGE = "，。；：、 \n\t！）"
_PARTICLES = "[的了和与及对等在为以将]"
_FIRST_HAN = "\u3400"


@dataclass(frozen=True, slots=True)
class Item:
    """A problem or a plan with the words that state it; ``answers`` is the problem a plan was said together with."""

    kind: str  # "problem", "improvement"
    span: Span
    label: str
    answers: Span | None = None


def item_of(document: Document, kind: str, span: Span) -> Item:
    """The item that a stretch states, its words on one line."""
    return Item(kind, span, " ".join(span.of(document.text).split()))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks at its edges.

    >>> trimmed("，人手不足。", 0, 6)
    (1, 5)
    """
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE.replace("）", ""):
        end -= 1
    return start, end


def content(label: str, common: frozenset[str] = frozenset()) -> frozenset[str]:
    """Pairs of characters that say what words are about: none of a common word, none across a mark."""
    for word in sorted(common, key=lambda word: (-len(word), word)):
        label = label.replace(word, " ")
    label = re.sub(_PARTICLES, " ", label)
    return frozenset(a + b for a, b in pairwise(label) if min(a, b) >= _FIRST_HAN)
