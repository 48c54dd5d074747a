"""The characters of a PDF page with their boxes, the same on every machine.

Where a file leaves a font out, PDFium draws with one of this machine's and drops characters it finds nothing for; such pages are
read from what the file tells alone, by pdfminer.
"""

import ctypes
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.text.pdf_lines import Glyph

PAGE_BREAK = "\f"
_UNKNOWN = "\ufffd"
_PRIVATE, _LAST_PRIVATE = "\ue000", "\uf8ff"
Box = tuple[float, float, float, float]  # left, top, right, bottom


def glyphs_of(page: "pdfium.PdfPage", data: bytes, number: int) -> list[Glyph]:
    """The characters of page ``number`` (from 0) of a file; offsets are those in the page."""
    if not brings_its_fonts(page):
        try:
            told = told_glyphs(data, number)
        except Exception:  # pdfminer raises what it happens upon; PDFium may read the page still
            return drawn_glyphs(page)
        return told if is_readable(told) else drawn_glyphs(page)
    return drawn_glyphs(page)


def is_readable(glyphs: Sequence[Glyph]) -> bool:
    """Whether a file tells what at least half of the characters mean."""
    seen = [glyph.text for glyph in glyphs if not glyph.text.isspace()]
    return sum(text == _UNKNOWN or _PRIVATE <= text <= _LAST_PRIVATE for text in seen) * 2 <= len(seen)


def brings_its_fonts(page: "pdfium.PdfPage") -> bool:
    """Whether all fonts of a page's text are in the file."""
    texts = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=4)
    fonts = (pdfium_c.FPDFTextObj_GetFont(text.raw) for text in texts)
    return all(pdfium_c.FPDFFont_GetIsEmbedded(font) for font in fonts)


def drawn_glyphs(page: "pdfium.PdfPage") -> list[Glyph]:
    """The characters as PDFium draws them, from the top; offsets are those in the page."""
    place = _placing(page)
    textpage = page.get_textpage()
    raw = textpage.raw
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
        pdfium_c.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        box = place(left.value, bottom.value, right.value, top.value)
        glyphs.append(Glyph(_character(code), len(glyphs), *box))
    textpage.close()
    return glyphs


def _placing(page: "pdfium.PdfPage") -> Callable[[float, float, float, float], Box]:
    """How a box of the page's own space (left, bottom, right, top) stands on the page as it is shown, from the top left."""
    x0, y0, x1, y1 = page.get_cropbox()
    turn = page.get_rotation()

    def place(left: float, bottom: float, right: float, top: float) -> Box:
        if turn == 90:
            return bottom - y0, left - x0, top - y0, right - x0
        if turn == 180:
            return x1 - right, bottom - y0, x1 - left, top - y0
        if turn == 270:
            return y1 - top, x1 - right, y1 - bottom, x1 - left
        return left - x0, y1 - top, right - x0, y1 - bottom

    return place


def told_glyphs(data: bytes, number: int) -> list[Glyph]:
    """The characters of page ``number`` (from 0) by the widths and codes that the file tells, with line breaks and gaps."""
    glyphs: list[Glyph] = []
    for text, left, top, right, bottom in _told(data, number):
        if glyphs:
            between = _between(glyphs[-1], left, top, bottom)
            if between:
                at = glyphs[-1].right
                glyphs.append(Glyph(between, len(glyphs), at, top, at, bottom))
        glyphs.append(Glyph(text, len(glyphs), left, top, right, bottom))
    return glyphs


def _told(data: bytes, number: int) -> Iterator[tuple[str, float, float, float, float]]:
    with pdfplumber.open(io.BytesIO(data), pages=[number + 1]) as document:
        for page in document.pages:
            for char in page.chars:
                yield from _parts(char)


def _parts(char: dict[str, Any]) -> Iterator[tuple[str, float, float, float, float]]:
    """The one or more characters of a glyph, each with its share of the width."""
    text: str = char["text"]
    text = _UNKNOWN if text.startswith("(cid:") else "".join(_character(ord(one)) for one in text)
    width = (char["x1"] - char["x0"]) / max(len(text), 1)
    for place, one in enumerate(text):
        left = char["x0"] + place * width
        yield one, left, char["top"], left + width, char["bottom"]


def _between(before: Glyph, left: float, top: float, bottom: float) -> str:
    """What parts two characters: a line break, a gap, or nothing."""
    size = max(before.bottom - before.top, bottom - top, 1.0)
    if abs((top + bottom) - (before.top + before.bottom)) / 2 > 0.6 * size or left < before.left - size:
        return "\n"
    return " " if left - before.right > 0.4 * size and not before.text.isspace() else ""


def _character(code: int) -> str:
    """A character of the text; a null, half a pair or a non-character stands for a glyph whose meaning the file does not tell."""
    if not 0 < code < 0x110000 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
        return _UNKNOWN
    return _UNKNOWN if chr(code) == PAGE_BREAK else chr(code)
