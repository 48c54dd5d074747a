"""The characters of a PDF page with their boxes, the same on every machine.

Where a file leaves a font out, PDFium draws with one of this machine's and drops characters it finds nothing for; such pages are
read from what the file tells alone, by pdfminer.
"""

import ctypes
import io
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.text.pdf_lines import Glyph

PAGE_BREAK = "\f"
_UNKNOWN = "\ufffd"
_PRIVATE, _LAST_PRIVATE = "\ue000", "\uf8ff"
_FEWEST = 20  # steps from character to character that tell how a page is turned
_NEAR = 2.0  # how far apart, at most, the two drawings of a bold letter stand
Box = tuple[float, float, float, float]  # left, top, right, bottom


def glyphs_of(page: "pdfium.PdfPage", data: bytes, number: int) -> tuple[list[Glyph], int]:
    """The characters of page ``number`` (from 0) of a file, and by how many degrees the page was turned for its lines to run rightwards.

    Offsets are those in the page.
    """
    if not brings_its_fonts(page):
        try:
            told = told_glyphs(data, number)
        except Exception:  # pdfminer raises what it happens upon; PDFium may read the page still
            return drawn_glyphs(page)
        return told if is_readable(told[0]) else drawn_glyphs(page)
    return drawn_glyphs(page)


def turned(box: Box, turn: int) -> Box:
    """A box of a page that was turned counter-clockwise.

    >>> turned((10, 20, 12, 28), 90)
    (20, -12, 28, -10)
    """
    left, top, right, bottom = box
    if turn == 90:
        return top, -right, bottom, -left
    if turn == 180:
        return -right, -bottom, -left, -top
    if turn == 270:
        return -bottom, left, -top, right
    return box


def _turn(glyphs: Sequence[Glyph]) -> int:
    """By how much to turn a page for most of its lines to run rightwards."""
    steps: Counter[int] = Counter()
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    for before, after in pairwise(seen):
        across = (after.left + after.right - before.left - before.right) / 2
        down = (after.top + after.bottom - before.top - before.bottom) / 2
        size = max(before.right - before.left, before.bottom - before.top, 1.0)
        if min(abs(across), abs(down)) < 0.3 * size and 0.3 * size < abs(across + down) < 3 * size:
            steps[(0 if across > 0 else 180) if abs(across) > abs(down) else (90 if down > 0 else 270)] += 1
    turn, count = steps.most_common(1)[0] if steps else (0, 0)
    return turn if count > 0.6 * steps.total() and count >= _FEWEST else 0


def _upright(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], int]:
    """Characters as they stand on the page when it is held so that they can be read."""
    turn = _turn(glyphs)
    if not turn:
        return list(glyphs), 0
    boxes = (turned((glyph.left, glyph.top, glyph.right, glyph.bottom), turn) for glyph in glyphs)
    return [Glyph(glyph.text, glyph.offset, *box) for glyph, box in zip(glyphs, boxes, strict=True)], turn


def once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Characters without those drawn a second time over themselves, which makes letters look bold; offsets anew."""
    places: dict[tuple[str, int, int], list[Glyph]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.text.isspace():
            column, row = int(glyph.left // _NEAR), int(glyph.top // _NEAR)
            if any(
                _covers(other, glyph)
                for x in (column - 1, column, column + 1)
                for y in (row - 1, row, row + 1)
                for other in places.get((glyph.text, x, y), ())
            ):
                continue
            places.setdefault((glyph.text, column, row), []).append(glyph)
        elif kept and kept[-1].text == glyph.text:
            continue
        kept.append(glyph)
    if len(kept) == len(glyphs):
        return list(glyphs)
    return [replace(glyph, offset=at) for at, glyph in enumerate(kept)]


def _covers(first: Glyph, second: Glyph) -> bool:
    """Whether two like characters stand in nearly one place; two of a word stand at least their width apart."""
    close = max(0.3 * (first.right - first.left), 0.3)
    return abs(first.left - second.left) <= close and abs(first.top - second.top) <= min(close, _NEAR)


def is_readable(glyphs: Sequence[Glyph]) -> bool:
    """Whether a file tells what at least half of the characters mean."""
    seen = [glyph.text for glyph in glyphs if not glyph.text.isspace()]
    return sum(text == _UNKNOWN or _PRIVATE <= text <= _LAST_PRIVATE for text in seen) * 2 <= len(seen)


def brings_its_fonts(page: "pdfium.PdfPage") -> bool:
    """Whether all fonts of a page's text are in the file."""
    texts = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=4)
    fonts = (pdfium_c.FPDFTextObj_GetFont(text.raw) for text in texts)
    return all(pdfium_c.FPDFFont_GetIsEmbedded(font) for font in fonts)


def drawn_glyphs(page: "pdfium.PdfPage") -> tuple[list[Glyph], int]:
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
    upright, turn = _upright(glyphs)
    seen = [glyph for glyph in upright if not glyph.text.isspace()]
    breaks = sum(glyph.text == "\n" for glyph in upright)
    if breaks > 0.5 * len(
        seen
    ):  # PDFium takes some pages of tables for vertical writing and ends a line after each character
        return _spaced(once(seen)), turn
    return once(upright), turn


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


def told_glyphs(data: bytes, number: int) -> tuple[list[Glyph], int]:
    """The characters of page ``number`` (from 0) by the widths and codes that the file tells, with line breaks and gaps."""
    bare = [Glyph(text, at, *box) for at, (text, *box) in enumerate(_told(data, number))]
    upright, turn = _upright(bare)
    return _spaced(once(upright)), turn


def _spaced(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Characters with the line breaks and gaps that their places tell; offsets anew."""
    spaced: list[Glyph] = []
    for glyph in glyphs:
        between = _between(spaced[-1], glyph.left, glyph.top, glyph.bottom) if spaced else ""
        if between:
            at = spaced[-1].right
            spaced.append(Glyph(between, len(spaced), at, glyph.top, at, glyph.bottom))
        spaced.append(replace(glyph, offset=len(spaced)))
    return spaced


@contextmanager
def opened(data: bytes, pages: Sequence[int]) -> Iterator[Any]:
    """A file with some of its pages in pdfplumber, which tells what it finds odd in fonts to nobody."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(io.BytesIO(data), pages=[number + 1 for number in pages]) as document:
        yield document


def _told(data: bytes, number: int) -> Iterator[tuple[str, float, float, float, float]]:
    with opened(data, [number]) as document:
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
