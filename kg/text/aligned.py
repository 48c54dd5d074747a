"""Tables without rules: words and figures that stand in columns, told by their places alone.

Labels may take several lines, and their figures stand beside any of them; so a line of words within a table is a row of its own, and
only rows of figures are laid out by column, with a blank cell wherever a column has none.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from kg.text.raw import Grid, GridCell
from kg.text.traced import Traced

_NUMBER = re.compile(r"[-+−－＋]?[ ]?\d(?:[\d,，.．]*\d)?(?:[%％]|(?:(?![年月日号第])[\u3400-\u9fff]){1,2})?")
_END = re.compile(r"[\d,，.]*[\u3400-\u9fff]{0,2}")  # of a figure: its last digits, its unit
_NONE = "无無零"
_BLANK = re.compile(rf"[-—–－/／]+|[{_NONE}]")
_ORDINAL = re.compile(r"\d{1,2}[.．、]|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]、")
_LONGEST = 40  # characters of a cell
_PROSE = re.compile("[。；]")
_LEADING = 2.0  # of the size of the type: how far the lines of one cell stand apart
_TIGHT = 1.5  # of the size of the type: rows that stand so close look like the lines of a cell
_NOTHING = Traced.of("")
_SURE = 5  # figures in a row that need no header over them


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words without a gap, and where they stand."""

    text: Traced
    left: float
    right: float
    top: float
    bottom: float

    @property
    def is_figure(self) -> bool:
        """Whether this is a number, or a mark for none."""
        return is_figure(self.text.text.strip())

    @property
    def is_number(self) -> bool:
        """Whether this is a number."""
        return is_number(self.text.text.strip())

    @property
    def is_told(self) -> bool:
        """Whether this is a number, in figures or as the word for none."""
        return self.is_number or is_none(self.text.text.strip())

    @property
    def middle(self) -> float:
        """Where the middle of the words stands."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """How far down the middle of the words stands."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The size of the type."""
        return self.bottom - self.top


def is_number(text: str) -> bool:
    """Whether words are a number, with its unit if any."""
    return _NUMBER.fullmatch(text) is not None


def is_none(text: str) -> bool:
    """Whether this is a word for none that fills a cell."""
    return len(text) == 1 and text in _NONE


def is_figure(text: str) -> bool:
    """Whether words are a number, or a mark for none.

    >>> is_figure("3,360件"), is_figure("—"), is_figure("其他")
    (True, True, False)
    """
    return is_number(text) or _BLANK.fullmatch(text) is not None


Row = Sequence[Chunk]
Line = tuple[list[Traced], dict[int, Traced]]  # labels, and figures by column


@dataclass(frozen=True, slots=True)
class Found:
    """A table among rows: it takes those from ``start`` up to ``end``."""

    start: int
    end: int
    grid: Grid
    columns: tuple[float, ...]  # the middle of each column of figures
    gaps: bool  # whether some row has figures and blank cells


@dataclass(slots=True)
class _Columns:
    """The columns of figures of a table: the stretch that each takes."""

    spans: list[list[float]] = field(default_factory=list)

    def add(self, left: float, right: float) -> None:
        """Take in a figure; stretches that touch are one column."""
        touching = [span for span in self.spans if span[0] <= right and left <= span[1]]
        rest = [span for span in self.spans if span not in touching]
        low = min([left, *(span[0] for span in touching)])
        high = max([right, *(span[1] for span in touching)])
        self.spans = sorted([*rest, [low, high]])

    @property
    def middles(self) -> list[float]:
        return [(left + right) / 2 for left, right in self.spans]

    @property
    def pitch(self) -> float:
        """How far the columns stand from each other."""
        middles = self.middles
        steps = [right - left for left, right in pairwise(middles)]
        return median(steps) if steps else 0.0

    def at(self, chunk: Chunk) -> int:
        """The column under or over which words stand, or -1."""
        touching = [
            at for at, (left, right) in enumerate(self.spans) if left <= chunk.right and chunk.left <= right
        ]
        if touching:
            return touching[0] if len(touching) == 1 else -1
        middles = self.middles
        near = min(range(len(middles)), key=lambda at: abs(middles[at] - chunk.middle), default=-1)
        return near if near >= 0 and abs(middles[near] - chunk.middle) <= 0.5 * self.pitch else -1


def find_aligned(rows: Sequence[Row], before: Sequence[float] = ()) -> list[Found]:
    """The tables that rows of chunks hold, from top to bottom; ``before`` are the columns of the table on the page before."""
    given = len(rows)
    rows, was = unwrapped(rows)
    was.append(given)
    found: list[Found] = []
    here = 0
    while here < len(rows):
        end = _end(rows, here)
        if end > here:
            table = _table(rows, here, end, before if not found else found[-1].columns)
            if table is not None:
                found.append(replace(table, start=was[table.start], end=was[table.end]))
        here = max(end, here + 1)
    return found


def _is_head(row: Row) -> bool:
    return len(row) > 1 and not any(chunk.is_figure for chunk in row) and _is_short(row)


def _is_short(row: Row) -> bool:
    return all(len(chunk.text) <= _LONGEST and not _PROSE.search(chunk.text.text) for chunk in row)


def _is_body(row: Row) -> bool:
    return (
        any(chunk.is_told for chunk in _figures(row))
        and _is_short(row)
        and (len(row) > 1 or row[0].is_figure)
    )


def _end(rows: Sequence[Row], start: int) -> int:
    """Where the table that may begin at a row ends: after its last figures, before a header that follows these or prose."""
    if not (_is_head(rows[start]) or _is_body(rows[start])):
        return start
    last = start
    figures = False
    for at in range(start, len(rows)):
        row = rows[at]
        if not _is_short(row) or (figures and _is_head(row) and not _goes_on(rows, at)):
            break
        if _is_body(row):
            figures = True
            last = at + 1
    return _with_rest(rows, start, last) if figures else start


def _with_rest(rows: Sequence[Row], start: int, end: int) -> int:
    """Where a table ends with the lines of its last label, which stand close under it and left of all figures."""
    edge = min(chunk.left for row in rows[start:end] if _is_body(row) for chunk in _figures(row))
    room = _room(rows[start:end])
    while end < len(rows):
        row, before = rows[end], rows[end - 1]
        close = row[0].height - before[0].height <= min(_LEADING * row[0].size, room)
        if not close or row[-1].right > edge or not _is_short(row) or _ORDINAL.match(row[-1].text.text):
            break
        end += 1
    return end


def _room(rows: Sequence[Row]) -> float:
    """How far below the last figures a line may stand that is no row of its own: as far as lines of labels do above, or less than rows."""
    bodies = [at for at, row in enumerate(rows) if _is_body(row)]
    steps = [(at, _step(rows, at - 1)) for at in bodies if at]
    inside = set(range(bodies[0], bodies[-1])) - set(bodies)
    inner = [min(_step(rows, at - 1), _step(rows, at)) for at in sorted(inside)]
    pitch = min((step for _, step in steps), default=0.0)
    tight = not steps or pitch <= _TIGHT * rows[bodies[-1]][0].size
    return 1.05 * max(inner) if inner else math.inf if tight else 0.9 * pitch


def _step(rows: Sequence[Row], at: int) -> float:
    return rows[at + 1][0].height - rows[at][0].height


def _goes_on(rows: Sequence[Row], at: int) -> bool:
    """Whether words in several columns are labels of a row whose cells are blank: the next row has figures and is no other table's."""
    first = [chunk.left for chunk in rows[at]]
    for row in rows[at + 1 : at + 4]:
        if _is_body(row):
            figures = [chunk for chunk in row if chunk.is_figure]
            return bool(figures) and max(first) < figures[0].left and len(figures) > 1
    return False


def _table(rows: Sequence[Row], start: int, end: int, before: Sequence[float]) -> Found | None:
    body = next((at for at in range(start, end) if _is_body(rows[at])), end)
    heads = rows[start:body]
    rows = [*rows[:body], *_in_order(rows[body:end], heads)]
    columns = _Columns()
    for row in rows[body:end]:
        if _is_body(row):
            for chunk in _figures(row):
                columns.add(chunk.left, chunk.right)
    most = max((len(_figures(row)) for row in rows[body:end] if _is_body(row)), default=0)
    bare = any(len(_figures(row)) == len(row) for row in rows[body:end] if _is_body(row))
    if most < 2 and bare:
        return None
    if not heads:
        if most < min(_SURE, len(before) or _SURE) and not (
            start <= 1 and _under_all(rows[body:end], before)
        ):
            return None
        if len(before) > len(columns.spans):
            columns = _carried(columns, before)
    for row in heads:
        for chunk in row:
            others = [other for line in heads for other in line if other is not chunk]
            _head_column(columns, chunk, others, rows[body:end])
    if len(columns.spans) < 2 or any(_crowded(columns, row) for row in rows[body:end] if _is_body(row)):
        return None
    lines = _head_lines(columns, heads)
    lines += [_line(columns, row) for row in _whole(rows[body:end])]
    gaps = any(0 < len(places) < len(columns.spans) for _, places in lines[-(end - body) :])
    return Found(start, end, _grid(lines, len(columns.spans)), tuple(columns.middles), gaps)


def unwrapped(rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """Rows in which a figure that a narrow column broke (1449 over 1, 3,360 over 件) is whole again, and which row each was.

    >>> def chunk(text, left, top): return Chunk(Traced.of(text), left, left + 5.0 * len(text), top, top + 8)
    >>> rows = [[chunk("一、新收", 0, 0), chunk("1449", 60, 0), chunk("3", 90, 0)], [chunk("申请", 0, 12), chunk("1", 60, 12)]]
    >>> [[one.text.text for one in row] for row in unwrapped(rows)[0]]
    [['一、新收', '14491', '3'], ['申请']]
    """
    result: list[Row] = []
    was: list[int] = []
    upper = -1
    low = 0.0  # how far down the last line of that row stands
    for at, row in enumerate(rows):
        ends = _ends(result[upper], row, low, rows) if upper >= 0 else {}
        if ends:
            result[upper] = [_joined(one, ends.get(place)) for place, one in enumerate(result[upper])]
            low = row[-1].height
        elif _is_body(row):
            upper, low = len(result), row[-1].height
        rest = [one for one in row if all(one is not end for end in ends.values())]
        if rest:
            result.append(rest)
            was.append(at)
    return result, was


def _joined(one: Chunk, end: Chunk | None) -> Chunk:
    if end is None:
        return one
    return replace(one, text=Traced.join([one.text, end.text]), right=max(one.right, end.right))


def _ends(upper: Row, lower: Row, low: float, rows: Sequence[Row]) -> dict[int, Chunk]:
    """What stands under figures and ends them, by their places in the upper row; nothing unless all that stands there does."""
    above = _figures(upper)
    found: dict[int, Chunk] = {}
    if not above or lower[0].height - low > _LEADING * lower[0].size:
        return found
    edge = min(one.left for one in above) - 0.5 * above[0].size
    ends = [one for one in lower if one.left >= edge]
    labels, before = [one for one in lower if one.left < edge], _labels(upper)
    if any(one.is_figure for one in labels):
        return found  # a row of its own, with figures where the upper one has none
    begins = bool(labels) and _ORDINAL.match(labels[-1].text.text) is not None
    goes_on = not labels or (bool(before) and _ORDINAL.match(before[-1].text.text) is not None)
    closer = len(ends) < len(above) and lower[0].height - low < 0.9 * _pitch(rows)
    if begins or not (goes_on or closer):
        return found
    for one in ends:
        at = next((at for at, other in enumerate(upper) if other.is_number and _under(one, other)), -1)
        if at < 0 or at in found or not _END.fullmatch(one.text.text.strip()):
            return {}
        if one.is_number and (
            not _is_full(upper[at], rows, len(above)) or len(one.text) > len(upper[at].text)
        ):
            return {}
        found[at] = one
    return found


def _pitch(rows: Sequence[Row]) -> float:
    """How far rows of figures with labels stand apart that follow one another."""
    steps = [
        lower[0].height - upper[0].height
        for upper, lower in pairwise(rows)
        if all(_is_body(row) and _labels(row) for row in (upper, lower))
    ]
    return median(steps) if steps else 0.0


def _under(one: Chunk, other: Chunk) -> bool:
    room = 0.5 * one.size
    return any(
        abs(here - there) < room
        for here, there in ((one.left, other.left), (one.middle, other.middle), (one.right, other.right))
    )


def _is_full(chunk: Chunk, rows: Sequence[Row], count: int) -> bool:
    """Whether no figure of its column is wider, in rows of about as many figures, so that the column has room for no more."""
    column = [
        other.right - other.left
        for row in rows
        if _is_body(row) and 0.6 * count <= len(_figures(row)) <= 1.5 * count
        for other in _figures(row)
        if _under(other, chunk)
    ]
    return len(chunk.text) > 1 and chunk.right - chunk.left >= max(column, default=0.0) - 0.3 * chunk.size


def _in_order(rows: Sequence[Row], heads: Sequence[Row]) -> list[Row]:
    """Rows whose figures stand under the heads in order, where each has one for each head but the first, and none stands under two."""
    head = heads[-1] if heads else ()
    bodies = [row for row in rows if _is_body(row)]
    counts = {len(_figures(row)) for row in bodies}
    if counts != {len(head) - 1} or all(
        _overlaps(one, over) for row in bodies for one, over in _pairs(row, head)
    ):
        return list(rows)
    return [
        [*_labels(row), *(replace(one, left=over.left, right=over.right) for one, over in _pairs(row, head))]
        if _is_body(row)
        else row
        for row in rows
    ]


def _pairs(row: Row, head: Row) -> list[tuple[Chunk, Chunk]]:
    return list(zip(_figures(row), head[1:], strict=True))


def _overlaps(one: Chunk, other: Chunk) -> bool:
    return one.left < other.right and other.left < one.right


def _crowded(columns: _Columns, row: Row) -> bool:
    """Whether two figures of a row stand in one column, as where nothing is aligned."""
    places = [columns.at(chunk) for chunk in _figures(row)]
    return -1 in places or len(set(places)) < len(places)


def _figures(row: Row) -> list[Chunk]:
    """The figures at the end of a row from left to right, which its label may begin with a number."""
    start = len(row)
    while start and row[start - 1].is_figure:
        start -= 1
    return list(row[start:])


def _under_all(rows: Sequence[Row], before: Sequence[float]) -> bool:
    """Whether each of several figures at the top of a page stands right under a column of the page before."""
    figures = [chunk for row in rows if _is_body(row) for chunk in _figures(row)]
    return len(figures) > 1 and all(
        min((abs(chunk.middle - middle) for middle in before), default=math.inf) <= chunk.size
        for chunk in figures
    )


def _carried(columns: _Columns, before: Sequence[float]) -> _Columns:
    """The columns of the page before, where all figures stand under them."""
    other = _Columns([[middle, middle] for middle in before])
    places = [other.at(Chunk(_NOTHING, left, right, 0, 0)) for left, right in columns.spans]
    if -1 in places:
        return columns
    for at, (left, right) in zip(places, columns.spans, strict=True):
        other.spans[at] = [min(left, other.spans[at][0]), max(right, other.spans[at][1])]
    return other


def _head_column(columns: _Columns, chunk: Chunk, others: Sequence[Chunk], body: Sequence[Row]) -> None:
    """A column that only its header tells of, all its cells being blank; the nearest one may have a header of its own."""
    near = columns.at(chunk) if columns.spans else 0
    touching = [span for span in columns.spans if _meets(chunk, span)]
    if not columns.spans or (
        near >= 0 and (touching or not any(_meets(other, columns.spans[near]) for other in others))
    ):
        return
    labels = [other.right for row in body for other in row if not other.is_figure]
    within = not labels or chunk.left > median(labels) or chunk.left >= columns.spans[0][0]
    pitch = columns.pitch
    if not touching and within and (not pitch or chunk.right - chunk.left <= 1.2 * pitch):
        columns.add(chunk.left, chunk.right)


def _meets(chunk: Chunk, span: Sequence[float]) -> bool:
    return span[0] <= chunk.right and chunk.left <= span[1]


def _head_lines(columns: _Columns, heads: Sequence[Row]) -> list[Line]:
    """What stands over several columns, and then the words over each column, joined downwards."""
    words: dict[int, list[Chunk]] = {}
    above: list[Traced] = []
    for row in reversed(heads):
        over: list[Traced] = []
        for chunk in row:
            at = columns.at(chunk)
            below = words.get(at, [])
            if at < 0 or (below and below[0].height - chunk.height > _LEADING * chunk.size):
                over.append(chunk.text)
            else:
                words[at] = [chunk, *below]
        above = [*over, *above]
    lines: list[Line] = [(above, {})] if above else []
    if words:
        lines.append(([], {at: Traced.join(part.text for part in parts) for at, parts in words.items()}))
    return lines


def _whole(rows: Sequence[Row]) -> list[Row]:
    """Rows of figures with all lines of their labels, where the space between lines tells whose they are."""
    bodies = [at for at, row in enumerate(rows) if _is_body(row)]
    starts = [labels[-1].left for at in bodies if (labels := _labels(rows[at]))]
    edge = median(starts) if starts else 0.0
    owned: dict[int, list[int]] = {at: [] for at in bodies}
    for before, after in pairwise([-1, *bodies, len(rows)]):
        own = [label for at in (before, after) if 0 <= at < len(rows) and (label := _own(rows, at))]
        if before > 0 and before - 1 not in owned and not _labels(rows[before]):
            own += [line for line in rows[before - 1][-1:] if _is_label(line, edge, ())]
        between = [at for at in range(before + 1, after) if _is_label(rows[at][-1], edge, own)]
        cut = _cut(rows, before, between, after)
        if cut is not None and before >= 0:
            owned[before] += between[:cut]
        if cut is not None and after < len(rows) and not _begins(rows, after):
            owned[after] += between[cut:]
    return _merged(rows, owned)


def _own(rows: Sequence[Row], at: int) -> Chunk | None:
    """The label beside the figures of a row, or None where a line right over or under it stands further right: then it is a group's."""
    labels = _labels(rows[at])
    beside = [rows[near][-1] for near in (at - 1, at + 1) if 0 <= near < len(rows)]
    if not labels or any(one.left >= labels[-1].right and not one.is_figure for one in beside):
        return None
    return labels[-1]


def _begins(rows: Sequence[Row], at: int) -> bool:
    """Whether the label beside the figures of a row begins with its number; one over it is of a row whose cells are blank."""
    own = _own(rows, at)
    return own is not None and _ORDINAL.match(own.text.text) is not None


def _is_label(chunk: Chunk, edge: float, own: Sequence[Chunk]) -> bool:
    """Whether words stand where the labels of rows do, and not those of groups of rows to their left."""
    room = 1.5 * chunk.size
    return chunk.middle > edge or any(
        abs(chunk.left - label.left) < room or abs(chunk.middle - label.middle) < room for label in own
    )


def _cut(rows: Sequence[Row], before: int, between: Sequence[int], after: int) -> int | None:
    """How many lines between two rows of figures belong to the upper: up to where a label begins with its number, or to the widest gap."""
    if before < 0 or after >= len(rows):  # lines over the first figures of a page, or under the last
        return 0 if before < 0 else len(between)
    numbered = [at for at, line in enumerate(between) if _ORDINAL.match(rows[line][-1].text.text)]
    if numbered:
        return numbered[0]
    labels = _labels(rows[after])
    if labels and _ORDINAL.match(labels[-1].text.text):
        return len(between)
    gaps = [rows[low][0].height - rows[high][0].height for high, low in pairwise([before, *between, after])]
    if len(gaps) < 2:
        return 0
    widest = max(gaps)
    return gaps.index(widest) if widest > 1.1 * sorted(gaps)[-2] else None


def _merged(rows: Sequence[Row], owned: dict[int, list[int]]) -> list[Row]:
    whole: list[Row] = []
    moved = {at for lines in owned.values() for at in lines}
    for at, row in enumerate(rows):
        if at in moved:
            if row[:-1]:
                whole.append(row[:-1])
            continue
        lines = owned.get(at, [])
        if not lines:
            whole.append(row)
            continue
        labels, figures = _labels(row), _figures(row)
        own = (
            [(row[0].height, labels[-1])]
            if labels and labels[-1].right > min(rows[line][-1].left for line in lines)
            else []
        )
        parts = sorted(
            [*own, *((rows[line][-1].height, rows[line][-1]) for line in lines)], key=lambda part: part[0]
        )
        joined = replace(
            parts[0][1],
            text=Traced.join(part.text for _, part in parts),
            right=max(part.right for _, part in parts),
        )
        whole.append([*labels[: len(labels) - len(own)], joined, *figures])
    return whole


def _labels(row: Row) -> list[Chunk]:
    return list(row[: len(row) - len(_figures(row))])


def _line(columns: _Columns, row: Row) -> Line:
    """The labels of a row and its figures by column."""
    places: dict[int, Traced] = {}
    labels: list[Traced] = []
    figures = _figures(row)  # the label may be long by now, of as many lines as it has
    if not any(chunk.is_told for chunk in figures):
        figures = []
    for chunk in row:
        at = columns.at(chunk) if chunk in figures or (figures and chunk.left >= columns.spans[0][0]) else -1
        if at >= 0 and at not in places:
            places[at] = chunk.text
        else:
            labels.append(chunk.text)
    return labels, places


def _grid(lines: Sequence[Line], width: int) -> Grid:
    """Labels to the left, the nearest one beside the figures."""
    most = max(len(labels) for labels, _ in lines[1:] or lines)
    cells: list[GridCell] = []
    for at, (words, places) in enumerate(lines):
        labels = _at_most(words, most)
        cells += [GridCell(text, at, most - len(labels) + place) for place, text in enumerate(labels)]
        if places:
            cells += [GridCell(places.get(column, _NOTHING), at, most + column) for column in range(width)]
    return Grid(tuple(cells), len(lines), most + width)


def _at_most(labels: list[Traced], most: int) -> list[Traced]:
    """Labels with the first of them joined where there are more than columns for them."""
    if len(labels) <= most or not most:
        return labels[:most]
    spare = len(labels) - most + 1
    return [Traced.join(labels[:spare], " "), *labels[spare:]]
