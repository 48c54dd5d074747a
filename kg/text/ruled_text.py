"""Tables drawn with characters: cells between bars and rules, each over as many lines as its words need."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.text.raw import Grid, GridCell
from kg.text.traced import Traced

_BARS = "|│┃+┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋║╔╗╚╝╠╣╦╩╬"
_RULES = "-=─━═+┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬"
_RULED = re.compile(f"[{re.escape(_RULES)}]{{3,}}")
_FEWEST = 3


@dataclass(slots=True)
class _Open:
    """A cell whose lower rule has not come yet."""

    row: int
    first: int
    last: int
    parts: list[Traced] = field(default_factory=list)


def read_drawn(lines: Sequence[Traced]) -> Grid | None:
    """The table that bars and rules draw, or None where no row takes several lines or the bars do not stand over each other."""
    placed = [places_of(line.text) for line in lines]
    rules = [at for at, line in enumerate(lines) if _is_rule(line.text)]
    if len(rules) < _FEWEST or not any(low - high > 2 for high, low in pairwise(rules)):
        return None
    bars = [
        [place for place, letter in zip(places, line.text, strict=False) if letter in _BARS]
        for places, line in zip(placed, lines, strict=True)
    ]
    edges = sorted(set().union(*bars))
    if len(edges) < _FEWEST or len(edges) > 1.5 * max(map(len, bars)) + 1:
        return None
    return _read(lines, placed, edges)


def _is_rule(line: str) -> bool:
    return (
        bool(line.strip())
        and all(letter in _RULES or letter in _BARS or letter.isspace() for letter in line)
        and (_RULED.search(line) is not None)
    )


def places_of(line: str) -> list[int]:
    """Where each character stands, wide ones taking two places; and where the line ends."""
    places, here = [], 0
    for letter in line:
        places.append(here)
        here += (
            2 if unicodedata.east_asian_width(letter) in "WF" else 0 if unicodedata.combining(letter) else 1
        )
    return [*places, here]


def _read(lines: Sequence[Traced], placed: Sequence[list[int]], edges: Sequence[int]) -> Grid | None:
    at_edge = {edge: at for at, edge in enumerate(edges)}
    going: list[_Open] = []
    row = -1
    between = False
    cells: list[GridCell] = []
    for line, places in zip(lines, placed, strict=True):
        marks = [(at, at_edge[place]) for at, place in enumerate(places[:-1]) if line.text[at] in _BARS]
        ruled = _RULED.search(line.text) is not None
        for (start, first), (stop, last) in pairwise(marks):
            inner = line.text[start + 1 : stop].strip()
            if inner and all(letter in _RULES for letter in inner):
                closed = [cell for cell in going if cell.first < last and first < cell.last]
                cells += [_cell(cell, row) for cell in closed]
                going = [cell for cell in going if cell not in closed]
        if ruled and between:
            row, between = row + 1, False
        for (start, first), (stop, last) in pairwise(marks):
            words = line.slice(start + 1, stop).strip()
            if words.text and all(letter in _RULES for letter in words.text) and len(words) > 1:
                continue
            cell = next((cell for cell in going if (cell.first, cell.last) == (first, last)), None)
            if cell is None:
                if any(cell.first < last and first < cell.last for cell in going):
                    return None
                cell = _Open(max(row, 0), first, last)
                going.append(cell)
            if words.text:
                cell.parts.append(words)
            between = True
        row = max(row, 0) if between else row
    cells += [_cell(cell, row) for cell in going]
    if not cells:
        return None
    cells.sort(key=lambda cell: (cell.row, cell.column))
    rows = max(cell.row + cell.rowspan for cell in cells)
    return Grid(tuple(cells), rows, len(edges) - 1)


def _cell(cell: _Open, row: int) -> GridCell:
    return GridCell(
        Traced.join(cell.parts), cell.row, cell.first, max(1, row - cell.row + 1), cell.last - cell.first
    )
