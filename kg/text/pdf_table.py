"""Tables of a PDF page: the boxes that ruling lines make, and the characters inside each."""

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pdfplumber

from kg.text.pdf_lines import Glyph, Line, make_line
from kg.text.raw import Block, Grid, GridCell
from kg.text.traced import Traced

_CLOSE = 3.0
_THIN = 4.0
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Box_:
    """A cell's box with its place in the grid and the characters found in it."""

    box: Box
    row: int
    column: int
    rowspan: int
    colspan: int
    glyphs: list[Glyph] = field(default_factory=list)
