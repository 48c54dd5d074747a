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
            self._cues.kind_of(section.title) if len(section.title) <= 40 else ""
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
            for sub in document.sections:
                # a sentence that was taken for a heading announces nothing
                named = (
                    self._cues.kind_of(sub.title)
                    if len(sub.title) <= 40 and not {"，", "。"} & set(sub.title.rstrip("。"))
                    else ""
                )
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
                if any(head.find(word) in range(8) for word in self._cues.words[f"{kind}Heading"]):
                    yield span, kind
                    break
