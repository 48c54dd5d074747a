"""The figures after a label in plain text, every way they can be read."""

import re
from dataclasses import dataclass

from kg.extract.tables.numbers import NumberReader, Segment, fit, only_double
from kg.extract.tables.rows import beside, choose, readings_of
from kg.extract.tables.solve import Reading, sums_hold
from kg.schema.form import Row
from kg.text.document import Span

_MARK = re.compile(r"[|\t]")
REACH = 220  # how far past its last label a table's figures may stand


@dataclass(frozen=True, slots=True)
class Place:
    """A label found in the text, and the figures' stretch after it."""

    row: Row
    label: Span
    zone: Span
    bare: str = ""  # an ordinal that runs into the figures before the next label


class FigureReader:
    """Reads the stretches of figures of one text."""

    def __init__(self, text: str, numbers: NumberReader) -> None:
        self._text = text
        self._numbers = numbers

    def segments(self, zone: Span) -> list[Segment]:
        """The numbers of a stretch in runs, each with the words before it."""
        return self._numbers.segments(self._text, zone.start, zone.end)

    def begins(self, pattern: re.Pattern[str], at: int) -> bool:
        """Whether the text from a place on begins with a pattern."""
        return pattern.match(self._text, at) is not None

    def line_end(self, start: int) -> int:
        """How far the figures of a table's last label may stand."""
        return min(len(self._text), start + REACH)

    def readings(
        self, place: Place, segment: Segment, width: int, group: int, *, blanks: bool = False
    ) -> tuple[Reading, ...]:
        """Every reading of a row's figures; ``blanks`` where digits have lost their marks and blank cells with them."""
        ways = self._marked(place, segment, width, group)
        if ways:
            return choose(ways, group)
        readings = readings_of(segment.tokens, width, group, blanks=blanks)
        if place.bare and segment.tokens[-1].digits.endswith(place.bare):
            last = segment.tokens[-1]
            cut = type(last)(last.digits[:-1], last.start, last.end - 1, last.gap, last.alone)
            tokens = (*segment.tokens[:-1], *([cut] if cut.digits else ()))
            other = readings_of(tokens, width, group, blanks=blanks) if tokens else ()
            readings = choose(tuple(dict.fromkeys((*readings, *other))), group)
        return readings

    def loose(self, place: Place, segment: Segment, width: int) -> tuple[Reading, ...]:
        """Readings where no sums help: cells apart, one figure for one column, or digits that part in one way only, also with blank cells."""
        ways = self._marked(place, segment, width, 0)
        if ways:
            return ways
        tokens = segment.tokens
        if len(tokens) == width:
            return readings_of(tokens, width, 0)
        more = tokens[
            width:
        ]  # page numbers and the like on lines of their own; beside the others they are of a column not known
        apart = bool(more) and "\n" in self._text[tokens[width - 1].end : more[0].start]
        if apart and all(token.gap == "strong" for token in more):
            return readings_of(tokens[:width], width, 0)
        ways = readings_of(tokens, width, 0, blanks=True) if len(tokens) < width else ()
        return ways if len(ways) == 1 else ()

    def _marked(self, place: Place, segment: Segment, width: int, group: int) -> tuple[Reading, ...]:
        """The ways to see a row whose cells are marked off by ``|`` or tabs, on one line or over several."""
        text, zone = self._text, place.zone
        start = text.rfind("\n", zone.start, segment.start) + 1
        if start <= zone.start or any(mark in text[zone.start : start] for mark in "|\t"):
            start, first = zone.start, False
        else:
            first = not text[start : segment.start].lstrip(" ").startswith("|")
        newline = text.find("\n", start)
        line = min(zone.end + 40, newline if newline >= 0 else len(text))
        glued = None if first else self._numbers.cell(text, start, _mark(text, start, line))
        if glued is not None:  # the first figure stands right behind the label
            cells = self._numbers.cells(text, start, line) or []
            whole = beside(glued, cells, width)
            return (whole,) if whole is not None else ()
        if len(segment.tokens) > width:
            return ()
        ends = [line] if segment.start < line else []
        for end in (*ends, max(start, min(zone.end, segment.end + 40))):
            ways: list[Reading] = []
            trimmed = start + len(text[start:end].rstrip("\t |\n"))
            if only_double(text[start:trimmed]):
                cells = self._numbers.cells(text, start, trimmed, first=first, double=True) or []
                missing = width - len(cells)
                if any(cells) and 0 <= missing <= (end - trimmed + 1) // 2:
                    return ((*cells, *[None] * missing),)
            for double in (True, False) if only_double(text[start:end]) else (False,):
                cells = self._numbers.cells(text, start, end, first=first, double=double) or []
                if any(cells):
                    if len(cells) == width:
                        return (tuple(cells),)
                    ways.extend(fit(cells, width))
            if ways:
                return tuple(dict.fromkeys(ways))
        cells = self._numbers.cells(text, start, line, first=True) or []
        if group and not first and any(cells) and len(cells) == width and sums_hold(tuple(cells), group):
            return (
                tuple(cells),
            )  # no bar encloses the line: what stands before the first one is a blank cell
        return ()


def _mark(text: str, start: int, end: int) -> int:
    """Where the first mark between cells stands; the start where none does."""
    found = _MARK.search(text, start, end)
    return found.start() if found else start
