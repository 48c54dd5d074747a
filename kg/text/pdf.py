"""PDF becomes pieces: the text layer's lines joined to paragraphs, ruled tables with every character in its cell.

The decoded source is the text layer of every page, joined by a form feed, so that an offset leads to a character on a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.errors import InputError
from kg.text.document import Source
from kg.text.pdf_aligned import Aligned, lay_out
from kg.text.pdf_forms import draws_too_much
from kg.text.pdf_glyphs import PAGE_BREAK, glyphs_of, is_readable
from kg.text.pdf_joined import join_across
from kg.text.pdf_lines import Glyph, PageLines, paragraphs, running_lines
from kg.text.pdf_table import Ruled, fill, find_ruled
from kg.text.raw import Block, Piece, Raw

_MOST_PAGES = 1000
_FEWEST_CHARACTERS = 10


@dataclass(slots=True)
class _Book:
    """The pages read so far, and the source text they make."""

    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """The characters of one more page, each with its place in the whole."""
        offset = self.length + (1 if self.text else 0)
        self.text.append("".join(glyph.text for glyph in glyphs))
        self.starts.append(offset)
        self.length = offset + len(glyphs)
        return [replace(glyph, offset=offset + glyph.offset) for glyph in glyphs]


def read_pdf(data: bytes, source: Source, where: str) -> Raw:
    """The pieces of a PDF; raises ``InputError`` where it is locked, broken or has no text layer."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise InputError(
            "a PDF locked with a password" if locked else "a PDF that does not open",
            where=where,
            hint="save it without a password" if locked else "save it again",
        ) from None
    try:
        return _read(document, data, source, where)
    except pdfium.PdfiumError as error:
        raise InputError(f"a PDF that does not open ({error})", where=where, hint="save it again") from None
    finally:
        document.close()


def _read(document: "pdfium.PdfDocument", data: bytes, source: Source, where: str) -> Raw:
    if len(document) > _MOST_PAGES:
        raise InputError(f"a PDF of {len(document)} pages", where=where, hint="give the report alone")
    if draws_too_much(data, len(document)):
        raise InputError(
            "a PDF whose drawings draw each other without end", where=where, hint="print it to a PDF again"
        )
    book = _Book()
    pages: list[list[Glyph]] = []
    turns: dict[int, int] = {}  # of pages that draw lines
    for number in range(len(document)):
        page = document[number]
        glyphs, turn = glyphs_of(page, data, number)
        pages.append(book.add(glyphs))
        if _has_rules(page):
            turns[number] = turn
        page.close()
    text = PAGE_BREAK.join(book.text)
    if sum(not character.isspace() for character in text) < _FEWEST_CHARACTERS:
        raise InputError(
            "a PDF without a text layer (scanned)", where=where, hint="run text recognition on it first"
        )
    if not is_readable([glyph for page in pages for glyph in page]):
        raise InputError(
            "a PDF whose fonts do not tell what its characters are",
            where=where,
            hint="run text recognition on it first",
        )
    ruled = find_ruled(data, turns)
    return Raw(source, text, tuple(_pieces(pages, ruled)), pages=tuple(book.starts))


def _has_rules(page: "pdfium.PdfPage") -> bool:
    """Whether a page draws enough paths to hold a table."""
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=4)
    return sum(1 for _ in islice(paths, 4)) == 4


def _pieces(pages: Sequence[Sequence[Glyph]], ruled: Mapping[int, Sequence[Ruled]]) -> list[Piece]:
    """Tables and paragraphs in reading order; a table that runs over a page break is one."""
    filled = [PageLines(tuple(fill(glyphs, ruled.get(number, ())))) for number, glyphs in enumerate(pages)]
    running = running_lines(filled)
    flow: list[PageLines[Ruled | Aligned]] = []
    columns: tuple[float, ...] = ()
    for page in filled:
        laid, columns = lay_out(page.items, columns, running)
        flow.append(PageLines(tuple(laid)))
    items: list[Block | Ruled | Aligned] = paragraphs(flow, running)
    joined: list[Block | Ruled | Aligned] = join_across(items)
    return [item if isinstance(item, Block) else item.grid() for item in joined]
