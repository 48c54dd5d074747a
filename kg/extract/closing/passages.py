"""Stretches of a report that speak of problems or plans."""

from collections.abc import Iterator

from kg.extract.closing.cues import Cues
from kg.extract.listing import lines_of
from kg.text.document import Document, Section, Span

_EARLIEST = 0.3
_SHORT = 1500


class PassageReader:
    """Finds the sections, else the paragraphs, that name themselves so."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def read(self, document: Document) -> Iterator[tuple[Span, str]]:
        """Each stretch with what it announces: whole sections, else paragraphs that begin so."""
        chosen: list[Section] = []
        kinds = [
            self._cues.kind_of(section.title)
            if len(section.title) <= 40 and not self._is_item(document.folded, section.heading)
            else ""
            for section in document.sections
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
            kind = self._cues.kind_of(section.title)
            begin = section.heading.end
            for heading, end, named in self._announced(document, section):
                if heading.start > begin:
                    yield Span(begin, heading.start), kind
                yield Span(heading.end, end), named
                begin = max(begin, end)
            if begin < section.span.end:
                yield Span(begin, section.span.end), kind

    def _announced(self, document: Document, section: Section) -> Iterator[tuple[Span, int, str]]:
        """The headings inside a section that announce something, where each one's stretch ends, and what it announces.

        One with nothing right under it (改进措施：, then 1. 2. 3.) goes on to the next such heading.
        """
        inside: list[tuple[Section, str]] = []
        for sub in document.sections:
            # a sentence that was taken for a heading announces nothing
            heads = len(sub.title) <= 40 and not {"，", "。"} & set(sub.title.rstrip("。"))
            named = self._cues.kind_of(sub.title) if heads else ""
            if named and sub is not section and section.span.covers(sub.span):
                inside.append((sub, named))
        stops = [*(sub.span.start for sub, _ in inside[1:]), section.span.end]
        for (sub, named), stop in zip(inside, stops, strict=False):  # none inside: one stop too many
            bare = not any(c.isalnum() for c in document.folded[sub.heading.end : sub.span.end])
            yield Span(sub.span.start, sub.heading.end), stop if bare else sub.span.end, named

    def _paragraphs(self, document: Document) -> Iterator[tuple[Span, str]]:
        text = document.folded
        for span in lines_of(text, document.body):
            head = text[span.start : min(span.end, span.start + 24)]
            for kind in ("problem", "improvement"):
                if any(head.find(word) in range(8) for word in self._cues.words[f"{kind}Heading"]):
                    yield span, kind
                    break

    def _is_item(self, text: str, heading: Span) -> bool:
        """Whether what was taken for a heading is the first words of an item (一是|定下全年计划), which announce nothing."""
        first = next(self._cues.marks.of(text, heading), None)
        return first is not None and first.kind == "is" and first.span.start == heading.start
