"""What the reader of a format hands on: the decoded source and the pieces found in it, in reading order."""

from dataclasses import dataclass

from kg.text.document import Source
from kg.text.traced import Traced


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or line; ``aside`` is the kind of noise where the reader already knows it as such.

    ``heading`` is the level that the source marks up (1 for ``<h1>``), 0 for a bold or centred line, or -1; ``gap`` is how many blank
    lines or paragraphs stand before it.
    """

    text: Traced
    heading: int = -1
    aside: str = ""
    gap: int = 0

    def with_text(self, text: Traced) -> "Block":
        """The same block with other words."""
        return Block(text, self.heading, self.aside, self.gap)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell before normalisation."""

    text: Traced
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1

    def with_text(self, text: Traced) -> "GridCell":
        """The same cell with other words."""
        return GridCell(text, self.row, self.column, self.rowspan, self.colspan)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before normalisation; cells stand in row and column order."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    aside: str = ""


Piece = Block | Grid


@dataclass(frozen=True, slots=True)
class Raw:
    """A source taken apart: ``pages`` holds where in ``text`` each page begins."""

    source: Source
    text: str
    pieces: tuple[Piece, ...]
    pages: tuple[int, ...] = ()
    conversions: tuple[str, ...] = ()
