"""Pieces become a Document: one text, its folded twin, its tables, sections and sentences, and the way back."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from kg.errors import InputError
from kg.text.clean import Aside, Clean, clean
from kg.text.cues import Cues
from kg.text.document import Cell, Document, Noise, OffsetMap, Page, Source, Span, Table
from kg.text.fold import fold
from kg.text.lost import find_lost
from kg.text.pinyin import without_pinyin
from kg.text.raw import Block, Grid, Raw
from kg.text.script import simplify
from kg.text.sections import find_sections
from kg.text.sentences import sentences
from kg.text.titles import find_title
from kg.text.traced import Traced
from kg.text.width import find_widths


@dataclass(slots=True)
class _Writer:
    """The text as it grows, each line with the places its characters came from."""

    parts: list[str] = field(default_factory=list)
    starts: "array[int]" = field(default_factory=lambda: array("I"))
    ends: "array[int]" = field(default_factory=lambda: array("I"))

    @property
    def length(self) -> int:
        return len(self.starts)

    def write(self, traced: Traced) -> Span:
        start = self.length
        self.parts.append(traced.text)
        self.starts.extend(traced.starts)
        self.ends.extend(traced.ends)
        return Span(start, self.length)

    def mark(self, separator: str) -> None:
        """A character of our own making; it stands where the text before it ended."""
        here = self.ends[-1] if self.ends else 0
        self.write(Traced.at(separator, here, here))


def assemble(raw: Raw, cues: Cues) -> Document:
    """The document that a source's pieces make; raises ``InputError`` where they hold no words."""
    cleaned = clean(raw.pieces, cues)
    writer = _Writer()
    paragraphs: list[Span] = []
    marked: dict[int, int] = {}
    tables: list[Table] = []
    for piece in cleaned.pieces:
        if isinstance(piece, Grid) and not any(cell.text.text for cell in piece.cells):
            continue
        if writer.length:
            writer.mark("\n")
        if isinstance(piece, Block):
            span = writer.write(piece.text)
            paragraphs.append(span)
            if piece.heading >= 0:
                marked[span.start] = piece.heading
        else:
            tables.append(_table(piece, writer))
    body = Span(0, writer.length)
    if not paragraphs and not tables:
        raise InputError("no text in it", where=raw.source.name, hint="check that the file holds a report")
    peaks = list(accumulate(writer.starts, max))
    noise = _set_aside(cleaned.asides, writer, peaks)
    text = "".join(writer.parts)
    folded = fold(text)
    noise += [Noise("lost", span, span.start) for span in find_lost(text[: body.end], cues)]
    noise += [
        Noise(kind, span, span.start)
        for kind, span in find_widths(text[: body.end], raw.text, writer.starts, writer.ends)
    ]
    return Document(
        source=_source(raw.source, cleaned, [span.of(text) for span in paragraphs[:8]], cues),
        text=text,
        folded=folded,
        offsets=OffsetMap(writer.starts, writer.ends),
        body=body,
        pages=_pages(raw.pages, peaks),
        sections=find_sections(text, folded, paragraphs, body.end, cues, marked),
        sentences=tuple(span for part in paragraphs for span in sentences(folded, part.start, part.end)),
        tables=tuple(tables),
        noise=tuple(noise),
        conversions=raw.conversions + cleaned.conversions,
    )


def _table(grid: Grid, writer: _Writer) -> Table:
    """Lay a table out, a row a line with tabs between its cells."""
    start = writer.length
    cells: list[Cell] = []
    row = -1
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        if row >= 0:
            writer.mark("\t" if cell.row == row else "\n")
        row = cell.row
        span = writer.write(cell.text)
        cells.append(Cell(cell.text.text, span, cell.row, cell.column, cell.rowspan, cell.colspan))
    return Table(tuple(cells), grid.rows, grid.columns, Span(start, writer.length))


def _set_aside(asides: Sequence[Aside], writer: _Writer, peaks: Sequence[int]) -> list[Noise]:
    noise: list[Noise] = []
    for aside in sorted(asides, key=lambda aside: aside.text.start):
        writer.mark("\n")
        noise.append(Noise(aside.kind, writer.write(aside.text), bisect_left(peaks, aside.text.start)))
    return noise


def _pages(starts: Sequence[int], peaks: Sequence[int]) -> tuple[Page, ...]:
    places = [bisect_left(peaks, start) for start in starts]
    if not places:
        return ()
    places[0] = 0
    return tuple(
        Page(number, Span(start, end))
        for number, (start, end) in enumerate(zip(places, [*places[1:], len(peaks)], strict=True), 1)
    )


def _source(source: Source, cleaned: Clean, lines: Sequence[str], cues: Cues) -> Source:
    """The source with the title the text gives it, where it has none or one that advertisers wrote into."""
    spam = {aside.text.text for aside in cleaned.asides if aside.kind == "spam"}
    title = source.title
    if cleaned.conversions:
        plain, _ = simplify([without_pinyin(Traced.of(title))[0]], keep=cues.taiwan_keep)
        title = plain[0].text
    if not title or any(words in title for words in spam):
        title = find_title(lines, cues)
    return replace(source, title=title, metadata=source.metadata + cleaned.metadata)
