"""Characters on a page become lines, and lines paragraphs, by where they stand."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from statistics import median
from typing import Generic, TypeVar

from kg.text.fold import fold
from kg.text.headings import mark_at
from kg.text.navigation import is_page_number
from kg.text.raw import Block
from kg.text.traced import Traced

T = TypeVar("T")
_FEWEST_LINES = 5
_SHORTEST_PROSE = 10
_STOPPED = re.compile(r"[。！？；：][”）]?$")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, its place in the source text, and its box from the top left of the page."""

    text: str
    offset: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Characters in a row on one page."""

    text: Traced
    left: float
    right: float
    top: float
    bottom: float
    glyphs: tuple[Glyph, ...] = ()

    @property
    def size(self) -> float:
        """The height of its characters."""
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class PageLines(Generic[T]):
    """A page's lines with its tables between them."""

    items: tuple[Line | T, ...]


def make_line(glyphs: Sequence[Glyph]) -> Line | None:
    """A line of these characters, or None where none of them can be seen."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return None
    text = Traced.join(Traced.of(glyph.text, glyph.offset) for glyph in glyphs).strip()
    sizes = [glyph.bottom - glyph.top for glyph in seen]
    top = median(glyph.top for glyph in seen)
    return Line(
        text, min(g.left for g in seen), max(g.right for g in seen), top, top + median(sizes), tuple(glyphs)
    )


def paragraphs(pages: Sequence[PageLines[T]], running: Set[int] = frozenset()) -> list[Block | T]:
    """Paragraphs and tables in order, with page numbers and running heads set aside; ``running`` are lines known for such by their ``id``.

    A line runs on into the next where it reaches the right edge and the next begins at the left one.
    """
    lines = [item for page in pages for item in page.items if isinstance(item, Line)]
    furniture = _furniture(pages) | running
    body = [line for line in lines if id(line) not in furniture]
    left, right, size = _measure(body)
    columns = _columns(pages, furniture, left, right)
    result: list[Block | T] = []
    open_parts: list[Line] = []

    def close() -> None:
        if open_parts:
            title = _is_large(open_parts[0], size) or _is_centred(open_parts, left, right, size)
            result.append(Block(_glue([line.text for line in open_parts]), 0 if title else -1))
            open_parts.clear()

    for item in (item for page in pages for item in page.items):
        if not isinstance(item, Line):
            close()
            result.append(item)
        elif id(item) in furniture:
            result.append(Block(item.text, aside="page-number"))
        elif open_parts and _runs_on(
            open_parts[-1],
            item,
            *columns.get(id(open_parts[-1]), (left, right)),
            size=size,
            beside=columns.get(id(item)),
        ):
            open_parts.append(item)
        else:
            close()
            open_parts.append(item)
    close()
    return result


def running_lines(pages: Sequence[PageLines[T]]) -> set[int]:
    """Lines that a browser or a press puts at the edge of each page, with a date or a number in them, by their ``id``.

    They stand first or last on all pages but one, at one height and with the same words but for their digits.
    """
    seen: dict[tuple[str, int], list[Line]] = {}
    for page in pages:
        lines = sorted((item for item in page.items if isinstance(item, Line)), key=lambda line: line.top)
        for line in {id(line): line for line in [*lines[:1], *lines[-1:]]}.values():
            words = re.sub(r"\d+", "#", line.text.text.strip())
            if "#" in words and any(character.isalpha() for character in words):
                seen.setdefault((words, round(line.top / line.size)), []).append(line)
    often = max(2, len(pages) - 1)
    return {id(line) for lines in seen.values() if len(lines) >= often for line in lines}


def _furniture(pages: Sequence[PageLines[T]]) -> set[int]:
    """Page numbers, and lines that stand first or last on most pages with the same words."""
    found: set[int] = set()
    edges: list[tuple[str, Line]] = []
    bare: list[tuple[int, Line]] = []  # numbers alone at an edge, with how far they are ahead of their page
    for number, page in enumerate(pages):
        lines = [item for item in page.items if isinstance(item, Line)]
        ends = sorted(lines, key=lambda line: line.top)
        for line in {id(line): line for line in [*ends[:2], *ends[-2:]]}.values():
            words = line.text.text.strip()
            if is_page_number(words):
                found.add(id(line))
            elif words.isascii() and words.isdigit() and len(words) < 4 and line in (ends[0], ends[-1]):
                bare.append((int(words) - number, line))
            else:
                edges.append((re.sub(r"\d+", "#", words), line))
    ahead = Counter(offset for offset, _ in bare)
    found.update(id(line) for offset, line in bare if ahead[offset] > 1 or offset == 1)
    counts = Counter(words for words, _ in edges)
    often = max(3, len(pages) * 2 // 3)
    found.update(id(line) for words, line in edges if counts[words] >= often)
    return found


def _columns(
    pages: Sequence[PageLines[T]], furniture: set[int], left: float, right: float
) -> dict[int, tuple[float, float]]:
    """For each line of a page set in two columns, the edges of its column."""
    edges: dict[int, tuple[float, float]] = {}
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line) and id(item) not in furniture]
        middle = (left + right) / 2
        sides = (
            [line for line in lines if line.right <= middle],
            [line for line in lines if line.left >= middle],
        )
        if min(map(len, sides)) < _FEWEST_LINES or len(sides[0]) + len(sides[1]) < 0.8 * len(lines):
            continue
        if min(median(len(line.text) for line in side) for side in sides) < _SHORTEST_PROSE:
            continue  # labels and figures of a table
        for side in sides:
            begin = min(line.left for line in side)
            end = sorted(line.right for line in side)[int(len(side) * 0.8)]
            edges |= {id(line): (begin, end) for line in side}
    return edges


def _measure(lines: Sequence[Line]) -> tuple[float, float, float]:
    """The text's left and right edge and the size of its characters."""
    long = [line for line in lines if len(line.text) >= 15] or list(lines)
    if not long:
        return 0.0, 0.0, 1.0
    size = median(line.size for line in long)
    lefts = Counter(round(line.left / 4) for line in long)
    left = min(edge for edge, count in lefts.items() if count * 5 >= max(lefts.values())) * 4.0
    rights = sorted(line.right for line in long)
    return left, rights[int(len(rights) * 0.8)], size


def _runs_on(
    line: Line,
    following: Line,
    left: float,
    right: float,
    *,
    size: float,
    beside: tuple[float, float] | None = None,
) -> bool:
    """Whether a line goes on in the next; ``left`` and ``right`` are the edges of its column, ``beside`` those of the next line's."""
    words = line.text.text
    if beside is not None and beside[0] != left:
        return (
            line.right > right - 2.2 * size
            and following.left < beside[0] + 0.7 * size
            and not _STOPPED.search(words)
        )
    if _is_large(line, size) and abs(line.size - following.size) < 0.15 * line.size:
        # A title too long for one line: the first line is full, wherever the second begins.
        return line.right > right - 2 * line.size and 0 < following.top - line.top < 3 * line.size
    if following.left > left + 1.2 * size or line.right < right - 2.2 * size:
        return False
    if abs(line.size - following.size) > 0.4 * size:
        return False
    if _STOPPED.search(words) and following.left > left + 0.7 * size:
        return False
    start = fold(following.text.text[:12].replace(" ", ""))
    mark = mark_at(start, 0, len(start))
    return not (mark is not None and mark.level <= 2)


def _is_large(line: Line, size: float) -> bool:
    return line.size > 1.15 * size


def _is_centred(lines: Sequence[Line], left: float, right: float, size: float) -> bool:
    """Whether a line stands between equal margins well inside the text's edges."""
    if len(lines) > 1:
        return False
    before, after = lines[0].left - left, right - lines[0].right
    return before > 3 * size and after > 3 * size and abs(before - after) < 2 * size


def _glue(parts: Iterable[Traced]) -> Traced:
    glued: list[Traced] = []
    for part in parts:
        if glued and _latin(glued[-1].text[-1:]) and _latin(part.text[:1]):
            end = glued[-1].ends[-1]
            glued.append(Traced.at(" ", end, end))
        glued.append(part)
    return Traced.join(glued)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
