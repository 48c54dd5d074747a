"""Plain text becomes pieces: paragraphs, and the tables whose columns are parted by tabs or bars."""

import re
from collections.abc import Iterator, Sequence

from kg.text.characters import LINE_BREAK
from kg.text.document import Source
from kg.text.paragraphs import broken, unwrap
from kg.text.raw import Block, Grid, GridCell, Piece, Raw
from kg.text.traced import Traced

_BAR = re.compile(r"\s*[|｜│┃]\s*")
_TAB = re.compile(r" *\t *")
# A heading that spans the columns of a table: words in the first of them, bars for the others.
_LONE = re.compile(r"[^|｜│┃\s]\s*[|｜│┃]\s*[|｜│┃][\s|｜│┃]*$")
_LONE_BARS = ("|", "｜", "│", "┃")  # a blank cell: lines among which it stands are cells, not rows
_RULE = re.compile(r"[\s|｜│┃+\-—─━┌┐└┘├┤┬┴┼=:]+")

_MARKDOWN = re.compile(r"(#{1,6})[ \u3000]+(?=\S)")
_EMPHASIS = re.compile(r"\*\*|__")


def read_plain(text: str, source: Source, conversions: tuple[str, ...] = ()) -> Raw:
    """The pieces of a plain text."""
    return Raw(source, text, tuple(pieces_of(list(_lines(text)))), conversions=conversions)


def pieces_of(lines: list[Traced]) -> list[Piece]:
    """The paragraphs and tables of lines as they were typed."""
    if any(_MARKDOWN.match(line.text) for line in lines):
        lines = [line.sub(_EMPHASIS, "") for line in lines]
    pieces: list[Piece] = []
    here = 0
    while here < len(lines):
        stop = _table_end(lines, here)
        if stop and _in_cells(lines[here:stop]):
            pieces += [Block(line) for line in lines[here:stop]]
            here = stop
            continue
        if stop:
            pieces.append(_grid(lines[here:stop]))
            here = stop
            continue
        marked = _MARKDOWN.match(lines[here].text)
        if marked:
            pieces.append(Block(lines[here].slice(marked.end(), len(lines[here])).strip(), len(marked[1])))
            here += 1
            continue
        there = here + 1
        while there < len(lines) and not _table_end(lines, there) and not _MARKDOWN.match(lines[there].text):
            there += 1
        pieces += [Block(part) for line in unwrap(lines[here:there]) for part in broken(line)]
        here = there
    return pieces


def _lines(text: str) -> Iterator[Traced]:
    here = 0
    for found in LINE_BREAK.finditer(text):
        yield Traced.of(text[here : found.start()], here)
        here = found.end()
    yield Traced.of(text[here:], here)


def _separator(line: str) -> re.Pattern[str] | None:
    """What parts the columns of a line, where at least two columns hold something."""
    for pattern in (_TAB, _BAR):
        if sum(bool(part.strip()) for part in pattern.split(line.strip(" \u3000"))) > 1:
            return pattern
    return None


def _table_end(lines: Sequence[Traced], start: int) -> int:
    """Where the table that begins at this line ends, or 0: two rows or more with one separator and like columns."""
    pattern = _separator(lines[start].text) or (_BAR if _LONE.search(lines[start].text) else None)
    if pattern is None or len(lines[start]) > 500:
        return 0
    end = start
    rows = 0
    while end < len(lines):
        line = lines[end].text
        if pattern.search(line.strip(" \u3000")) and len(line) <= 500:
            rows += _separator(line) is pattern
        elif not (line.strip() and _RULE.fullmatch(line)):
            break
        end += 1
    return end if rows > 1 else 0


def _in_cells(lines: Sequence[Traced]) -> bool:
    """Whether lines that bars part are cells and no rows: a bar stands alone, or begins some lines and ends all."""
    words = [line.text.strip() for line in lines if line.text.strip()]
    if any(line in _LONE_BARS for line in words):
        return True
    bars = "".join(_LONE_BARS)
    begun = sum(line[0] in bars for line in words)
    return 0 < begun < len(words) and all(line[-1] in bars for line in words)


def _grid(lines: Sequence[Traced]) -> Grid:
    pattern = next(found for line in lines if (found := _separator(line.text)))
    cells: list[GridCell] = []
    row = columns = 0
    for line in lines:
        if not line.text.strip() or _RULE.fullmatch(line.text):
            continue
        inner = line.strip(" \u3000")
        if pattern is _BAR:
            inner = _without_edges(inner)
        column = here = 0
        for part in (*pattern.finditer(inner.text), None):
            stop = part.start() if part else len(inner)
            cells.append(GridCell(inner.slice(here, stop).strip(), row, column))
            column += 1
            here = part.end() if part else stop
        columns = max(columns, column)
        row += 1
    return Grid(tuple(cells), row, columns)


def _without_edges(line: Traced) -> Traced:
    left = re.match(r"[|｜│┃]\s*", line.text)
    right = re.search(r"\s*[|｜│┃]$", line.text)
    start = left.end() if left else 0
    return line.slice(start, max(start, right.start() if right else len(line)))
