"""Plain text becomes pieces: paragraphs, and the tables whose columns are parted by tabs or bars."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kg.text.aligned import Chunk, find_aligned, is_number
from kg.text.cell_lines import find_cell_lines
from kg.text.characters import LINE_BREAK
from kg.text.document import Source
from kg.text.navigation import is_page_number
from kg.text.paragraphs import broken, unwrap
from kg.text.raw import Block, Grid, GridCell, Piece, Raw
from kg.text.ruled_text import places_of, read_drawn
from kg.text.traced import Traced

_BAR = re.compile(r"\s*[|｜│┃]\s*")
_TAB = re.compile(r" *\t *")
# A heading that spans the columns of a table: words in the first of them, bars for the others.
_LONE = re.compile(r"[^|｜│┃\s]\s*[|｜│┃]\s*[|｜│┃][\s|｜│┃]*$")
_LONE_BARS = ("|", "｜", "│", "┃")  # a blank cell: lines among which it stands are cells, not rows
_RULE = re.compile(r"[\s|｜│┃+\-—─━┌┐└┘├┤┬┴┼=:]+")

_CHUNK = re.compile(r"[^\s]+(?: [^\s]+)*")
_LONGEST = 80  # characters of a cell between tabs in a paragraph
_APART = 10  # lines that were typed stand so far apart that none tells whether it goes on with the one before
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
        drawn = read_drawn(lines[here:stop]) if stop else None
        if drawn is not None:
            pieces.append(drawn)
            here = stop
            continue
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
        pieces += _prose(lines[here:there])
        here = there
    return pieces


def with_tabbed(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a document with the tables of figures whose rows are paragraphs and whose columns tabs part."""
    whole: list[Piece] = []
    for blocks, run in groupby(pieces, key=lambda piece: isinstance(piece, Block)):
        part = list(run)
        lines = [piece.text for piece in part if isinstance(piece, Block)] if blocks else []
        here = 0
        while here < len(part):
            stop = _table_end(lines, here) if lines and "\t" in lines[here].text else 0
            grid = _grid(lines[here:stop]) if stop else None
            stop = stop or here + 1
            whole += [grid] if grid is not None and _holds_figures(grid) else part[here:stop]
            here = stop
    return whole


def _holds_figures(grid: Grid) -> bool:
    """Whether there are three columns or more, figures and no running text; a list with tabs behind its numbers, or a table of contents, does not."""
    figures = sum(bool(cell.column) and is_number(cell.text.text.strip()) for cell in grid.cells)
    return grid.columns > 2 and figures > 1 and all(len(cell.text) <= _LONGEST for cell in grid.cells)


def _prose(lines: Sequence[Traced]) -> list[Piece]:
    """Paragraphs, and tables whose cells are lines."""
    pieces: list[Piece] = []
    here = 0
    for found in find_cell_lines(lines):
        pieces += [*_paragraphs(lines[here : found.start]), found.grid]
        inside = lines[found.start : found.end]
        pieces += [Block(line) for line in inside if is_page_number(line.text)]
        here = found.end
    return [*pieces, *_paragraphs(lines[here:])]


def _paragraphs(lines: Sequence[Traced]) -> list[Piece]:
    """Paragraphs, and tables with blank cells that spaces alone set in columns."""
    kept = [(at, chunks) for at, line in enumerate(lines) if (chunks := _chunks(line, at))]
    pieces: list[Piece] = []
    here = 0
    for found in find_aligned([chunks for _, chunks in kept]):
        if found.gaps and _is_straight(
            [chunks for _, chunks in kept[found.start : found.end]], found.columns
        ):
            start, end = kept[found.start][0], kept[found.end - 1][0] + 1
            pieces += [Block(part) for line in unwrap(lines[here:start]) for part in broken(line)]
            pieces.append(found.grid)
            here = end
    return [*pieces, *(Block(part) for line in unwrap(lines[here:]) for part in broken(line))]


def _is_straight(rows: Sequence[Sequence[Chunk]], columns: Sequence[float]) -> bool:
    """Whether the figures of each column begin, end or have their middle at one place, under a header or a row
    that has all columns."""
    full = [row for row in rows if len(row) >= len(columns)]
    figures = [chunk for row in rows for chunk in row if chunk.is_number]
    heads = [chunk for row in rows for chunk in row if not chunk.is_figure]
    if not any(all(any(_is_under(one, other) for other in row) for one in figures) for row in [*full, heads]):
        return False
    under: dict[int, list[Chunk]] = {}
    for row in rows:
        for chunk in row:
            if chunk.is_number:
                near = min(range(len(columns)), key=lambda at: abs(columns[at] - chunk.middle))
                under.setdefault(near, []).append(chunk)
    ways = (
        [[getattr(chunk, edge) for chunk in chunks] for edge in ("left", "right", "middle")]
        for chunks in under.values()
    )
    return all(any(max(places) - min(places) <= 1 for places in edges) for edges in ways)


def _is_under(chunk: Chunk, other: Chunk) -> bool:
    edges = ((one.left, one.right, one.middle) for one in (chunk, other))
    return any(abs(mine - its) <= 1 for mine, its in zip(*edges, strict=True))


def _chunks(line: Traced, at: int) -> list[Chunk]:
    """The words of a line that two spaces or more part."""
    places = places_of(line.text)
    return [
        Chunk(
            line.slice(*found.span()),
            places[found.start()],
            places[found.end()],
            at * _APART,
            at * _APART + 1,
        )
        for found in _CHUNK.finditer(line.text)
    ]


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
