"""The form as pages: drawn cell by cell, with rules of every kind or none, broken where the page ends."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.generator.offices.form import C, Filled, Report

FONT = "STSong-Light"
_LARGE = 12.0
_MARGIN = 60.0


@dataclass(frozen=True)
class Box:
    """A cell on a page, from the top left."""

    cell: C
    left: float
    top: float
    right: float
    bottom: float
    head: bool


@dataclass(frozen=True)
class Paper:
    """How pages are made."""

    width: float = 595.0
    height: float = 842.0
    rules: str = "lines"  # "lines", "rects", "filled", "three", "none"
    turned: bool = False
    order: str = "rows"  # in which cells are drawn: "rows", "columns"
    letters: bool = False  # each character drawn for itself
    twice: bool = False  # everything drawn twice, as bold letters are
    again: bool = False  # the header again on each page
    align: str = "centre"
    heading: str = ""
    footer: str = "- {} -"
    size: float = 8.0  # of the letters in cells

    @property
    def leading(self) -> float:
        """How far the lines of a cell stand apart."""
        return self.size * 1.25


@dataclass
class _Book:
    """The pages being drawn."""

    paper: Paper
    canvas: Any
    top: float = _MARGIN
    page: int = 1

    def put(self, x: float, y: float, text: str, size: float) -> None:
        """Draw words with their upper edge at a height from the top."""
        base = self.paper.height - y - size * 0.88
        for shift in (0.0, 0.25) if self.paper.twice else (0.0,):
            self.canvas.setFont(FONT, size)
            if not self.paper.letters:
                self.canvas.drawString(x + shift, base, text)
                continue
            here = x + shift
            for letter in text:
                self.canvas.drawString(here, base, letter)
                here += _wide(letter, size)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a rule."""
        height = self.paper.height
        if self.paper.rules == "rects":
            self.canvas.rect(
                min(x0, x1) - 0.25,
                height - max(y0, y1) - 0.25,
                abs(x1 - x0) + 0.5,
                abs(y1 - y0) + 0.5,
                stroke=0,
                fill=1,
            )
        else:
            self.canvas.line(x0, height - y0, x1, height - y1)

    def new_page(self) -> None:
        """End a page with what stands at its edges."""
        self._edges()
        self.canvas.showPage()
        self.page += 1
        self.top = _MARGIN

    def _edges(self) -> None:
        if self.paper.heading:
            self.put(_MARGIN, 30, self.paper.heading, 9)
        if self.paper.footer:
            self.put(
                self.paper.width / 2 - 12, self.paper.height - 40, self.paper.footer.format(self.page), 9
            )
        if self.paper.turned:
            self.canvas.setPageRotation(90)

    def done(self) -> None:
        """End the last page."""
        self._edges()
        self.canvas.showPage()

    def paragraph(self, text: str, *, indent: bool = True) -> None:
        """Running text from margin to margin."""
        room = self.paper.width - 2 * _MARGIN
        lines = _wrapped("　　" * indent + text, room, _LARGE)
        for line in lines:
            if self.top + 20 > self.paper.height - 60:
                self.new_page()
            self.put(_MARGIN, self.top, line, _LARGE)
            self.top += 20

    def table(self, table: Filled) -> None:
        """A table, in pieces where the page ends."""
        widths = _widths(table, self.paper.width - 2 * _MARGIN)
        rest: Filled | None = table
        while rest is not None:
            heights = _heights(rest, widths, self.paper)
            room = self.paper.height - 60 - self.top
            fits = 0
            while fits < len(heights) and sum(heights[: fits + 1]) <= room:
                fits += 1
            if fits <= rest.heads or (fits < 2 and fits < len(heights)):
                self.new_page()
                continue
            piece, rest = (rest, None) if fits == len(heights) else rest.cut(fits, again=self.paper.again)
            self._draw(piece, widths, heights[:fits])
            if rest is not None:
                self.new_page()
        self.top += 14

    def _draw(self, table: Filled, widths: list[float], heights: list[float]) -> None:
        boxes = []
        for cell, row, column in table.placed():
            left = _MARGIN + sum(widths[:column])
            top = self.top + sum(heights[:row])
            boxes.append(
                Box(
                    cell,
                    left,
                    top,
                    left + sum(widths[column : column + cell.across]),
                    top + sum(heights[row : row + cell.down]),
                    row < table.heads,
                )
            )
        _RULES[self.paper.rules](self, boxes)
        if self.paper.order == "columns":
            boxes.sort(key=lambda box: (box.left, box.top))
        for box in boxes:
            self._words(box)
        self.top += sum(heights)

    def _words(self, box: Box) -> None:
        lines = [
            line
            for part in box.cell.text.split("\n")
            for line in _wrapped(part, box.right - box.left - 4, self.paper.size)
        ]
        size, leading = self.paper.size, self.paper.leading
        top = (box.top + box.bottom - leading * len(lines)) / 2
        for at, line in enumerate(lines):
            wide = sum(_wide(letter, size) for letter in line)
            left = (
                box.left + 2
                if self.paper.align == "left" or (not box.cell.figure and len(line) > 8)
                else (box.left + box.right - wide) / 2
            )
            self.put(left, top + leading * at, line, size)


def _lines(book: _Book, boxes: list[Box]) -> None:
    for box in boxes:
        book.line(box.left, box.top, box.right, box.top)
        book.line(box.left, box.bottom, box.right, box.bottom)
        book.line(box.left, box.top, box.left, box.bottom)
        book.line(box.right, box.top, box.right, box.bottom)


def _filled(book: _Book, boxes: list[Box]) -> None:
    """Cells told apart by what they are filled with."""
    for box in boxes:
        book.canvas.setFillGray(0.85 if box.head or not box.cell.figure else 0.95)
        book.canvas.rect(
            box.left + 0.5,
            book.paper.height - box.bottom + 0.5,
            box.right - box.left - 1,
            box.bottom - box.top - 1,
            stroke=0,
            fill=1,
        )
    book.canvas.setFillGray(0)


def _three(book: _Book, boxes: list[Box]) -> None:
    """A rule above, one below the header, one at the end."""
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    heads = [box.bottom for box in boxes if box.head]
    for height in {
        min(box.top for box in boxes),
        *([max(heads)] if heads else []),
        max(box.bottom for box in boxes),
    }:
        book.line(left, height, right, height)


_RULES: dict[str, Callable[[_Book, list[Box]], None]] = {
    "lines": _lines, "rects": _lines, "filled": _filled, "three": _three, "none": lambda book, boxes: None,
}  # fmt: skip


def _wide(letter: str, size: float) -> float:
    return size / 2 if letter.isascii() else size


def _wrapped(text: str, room: float, size: float) -> list[str]:
    lines, line, used = [], "", 0.0
    for letter in text:
        if line and used + _wide(letter, size) > room:
            lines.append(line)
            line, used = "", 0.0
        line += letter
        used += _wide(letter, size)
    return [*lines, line] if line else lines


def _widths(table: Filled, room: float) -> list[float]:
    if table.width == 10:
        return [room * part for part in (0.07, 0.13, 0.31, *[0.07] * 7)]
    return [room / table.width] * table.width


def _heights(table: Filled, widths: list[float], paper: Paper) -> list[float]:
    leading = paper.leading
    heights = [leading + 8] * len(table.rows)
    for cell, row, column in table.placed():
        lines = len(_wrapped(cell.text, sum(widths[column : column + cell.across]) - 4, paper.size))
        if cell.down == 1:
            heights[row] = max(heights[row], lines * leading + 8)
    for cell, row, column in table.placed():
        lines = len(_wrapped(cell.text, sum(widths[column : column + cell.across]) - 4, paper.size))
        missing = lines * leading + 8 - sum(heights[row : row + cell.down])
        if missing > 0:
            heights[row + cell.down - 1] += missing
    return heights


def _made(made: Report, paper: Paper) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(paper.width, paper.height), invariant=1)
    canvas.setLineWidth(0.5)
    book = _Book(paper, canvas)
    book.paragraph(made.title, indent=False)
    for text in made.opening:
        book.paragraph(text)
    for table in made.tables:
        book.paragraph(table.title)
        book.table(table)
    for text in made.closing:
        book.paragraph(text)
    book.done()
    canvas.save()
    return out.getvalue()


_BASE = Paper()
_HEAD = "青禾市水务局政府信息公开工作年度报告"
PAPERS: dict[str, Paper] = {
    "ruled": _BASE,
    "rects": replace(_BASE, rules="rects"),
    "filled": replace(_BASE, rules="filled"),
    "three": replace(_BASE, rules="three"),
    "unruled": replace(_BASE, rules="none"),
    "unruled_large": replace(_BASE, rules="none", size=12.0),
    "unruled_glued": replace(_BASE, rules="none", align="left", size=11.0),
    "unruled_left": replace(_BASE, rules="none", align="left"),
    "landscape": replace(_BASE, width=842.0, height=595.0, again=True),
    "turned": replace(_BASE, turned=True),
    "columns_first": replace(_BASE, order="columns"),
    "columns_unruled": replace(_BASE, order="columns", rules="none"),
    "letters": replace(_BASE, letters=True),
    "twice": replace(_BASE, twice=True),
    "edges": replace(_BASE, heading=_HEAD, footer="第 {} 页 共 9 页", again=True),
    "edges_unruled": replace(_BASE, heading=_HEAD, footer="{}", rules="none"),
}
PRINTS: dict[str, Callable[[Report], bytes]] = {
    name: (lambda made, paper=paper: _made(made, paper)) for name, paper in PAPERS.items()
}
