"""Bodies by the short names that a text gives them: 云川市教育考试院（以下简称考试院）."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.match.citation import CitationReader
from kg.match.marks import Marks
from kg.match.mention import Mention, SelfName
from kg.text.document import Span


def called(
    text: str, marks: Marks, spans: Sequence[Span], bodies: Sequence[Mention], found: Sequence[Mention],
    reader: CitationReader,
) -> Iterator[Mention]:  # fmt: skip
    """The mentions of ``bodies`` by short names inside ``spans``, where nothing that was found stands but the writer's own names."""
    names: dict[str, Mention] = {}
    for mention in bodies:
        short = reader.short_name(text, marks, mention.span.end)
        if len(short) > 2:
            names.setdefault(short, mention)
    taken = [other.span for other in found if not isinstance(other.detail, SelfName)] if names else []
    for short, mention in names.items():
        at = text.find(short)
        while at >= 0:
            span = Span(at, at + len(short))
            free = not any(other.overlaps(span) for other in taken)
            if free and any(stretch.covers(span) for stretch in spans):
                yield replace(mention, span=span, parts=(span,))
            at = text.find(short, at + len(short))
