"""PDF becomes pieces: the text layer's lines joined to paragraphs, ruled tables with every character in its cell.

The decoded source is the text layer of every page, joined by a form feed, so that an offset leads to a character on a page.
"""

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.errors import InputError
from kg.text.document import Source
from kg.text.pdf_lines import Glyph, PageLines, paragraphs
from kg.text.pdf_table import Ruled, fill, find_ruled, join_across
from kg.text.raw import Block, Piece, Raw

_MOST_PAGES = 1000
_FEWEST_CHARACTERS = 10
_PAGE_BREAK = "\f"


@dataclass(slots=True)
class _Book:
    """The pages read so far, and the source text they make."""

    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    length: int = 0


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
    book = _Book()
    pages: list[list[Glyph]] = []
    ruled_pages: list[int] = []
    for number in range(len(document)):
        page = document[number]
        pages.append(_glyphs(page, book))
        if _has_rules(page):
            ruled_pages.append(number)
        page.close()
    text = _PAGE_BREAK.join(book.text)
    if sum(not character.isspace() for character in text) < _FEWEST_CHARACTERS:
        raise InputError(
            "a PDF without a text layer (scanned)", where=where, hint="run text recognition on it first"
        )
    ruled = find_ruled(data, ruled_pages)
    return Raw(source, text, tuple(_pieces(pages, ruled)), pages=tuple(book.starts))


def _glyphs(page: "pdfium.PdfPage", book: _Book) -> list[Glyph]:
    """The characters of a page with their boxes, from the top; the page's text joins the book."""
    height = page.get_height()
    textpage = page.get_textpage()
    raw = textpage.raw
    offset = book.length + (1 if book.text else 0)
    characters: list[str] = []
    glyphs: list[Glyph] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    high = 0
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        # A null or a non-character stands for a glyph whose meaning the file does not tell.
        character = chr(code) if 0 < code < 0x110000 and code not in (0xFFFE, 0xFFFF) else "\ufffd"
        character = "\ufffd" if "\ud800" <= character <= "\udfff" or character == _PAGE_BREAK else character
        pdfium_c.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        box = (left.value, height - top.value, right.value, height - bottom.value)
        glyphs.append(Glyph(character, offset + len(characters), *box))
        characters.append(character)
    textpage.close()
    book.text.append("".join(characters))
    book.starts.append(offset)
    book.length = offset + len(characters)
    return glyphs


def _has_rules(page: "pdfium.PdfPage") -> bool:
    """Whether a page draws enough paths to hold a table."""
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=4)
    return sum(1 for _ in islice(paths, 4)) == 4


def _pieces(pages: Sequence[Sequence[Glyph]], ruled: Mapping[int, Sequence[Ruled]]) -> list[Piece]:
    """Tables and paragraphs in reading order; a table that runs over a page break is one."""
    flow: list[PageLines[Ruled]] = [
        PageLines(tuple(fill(glyphs, ruled.get(number, ())))) for number, glyphs in enumerate(pages)
    ]
    items: list[Block | Ruled] = paragraphs(flow)
    return [item if isinstance(item, Block) else item.grid() for item in join_across(items)]
