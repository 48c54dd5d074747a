"""Layouts that fit a question: levels one below another, years or steps side by side, regions apart, rings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

import networkx as nx

from kg.view.layout import Box, Point, layout, rings

_HEAD = 34  # room for a heading
_PAD = 26
_AFAR = 1.7  # names keep their size on the screen, and all frames are seen at once


@dataclass(frozen=True, slots=True)
class Guide:
    """A part of the picture with a heading of its own: left, top, right, bottom."""

    label: str
    box: tuple[int, int, int, int]
    kind: str  # row, column, group


@dataclass(frozen=True, slots=True)
class Key:
    """Where a node belongs: the order of its part, the part's heading, and its place within, lowest first."""

    order: tuple[int, str]
    label: str
    within: int = 0


Arranged = tuple[dict[str, Point], tuple[Guide, ...]]


def arrange(
    kind: str,
    network: "nx.Graph[str]",
    boxes: Mapping[str, Box],
    keys: Mapping[str, Key],
    centre: str = "",
) -> Arranged:
    """Places for the nodes, and the parts they stand in; ``kind`` is a layout of a query's header.

    >>> network = nx.Graph([("a", "b"), ("b", "c")])
    >>> keys = {name: Key((row, ""), name) for row, name in enumerate("abc")}
    >>> places, guides = arrange("layered", network, dict.fromkeys("abc", (80.0, 30.0)), keys)
    >>> places["a"][1] < places["b"][1] < places["c"][1], [guide.label for guide in guides]
    (True, ['a', 'b', 'c'])
    """
    if not network:
        return {}, ()
    if kind == "layered":
        return _bands(network, boxes, keys)
    if kind in ("time", "flow"):
        return _columns(network, boxes, keys)
    if kind == "grouped":
        return _groups(network, boxes, keys)
    if kind == "radial":
        return rings(network, boxes, centre or min(network, key=lambda iri: (-network.degree(iri), iri))), ()
    return layout(network, boxes), ()


def _parts(network: "nx.Graph[str]", keys: Mapping[str, Key]) -> list[tuple[str, list[str]]]:
    found: dict[tuple[int, str], list[str]] = {}
    for iri in sorted(network):
        found.setdefault(keys[iri].order, []).append(iri)
    return [(keys[found[order][0]].label, found[order]) for order in sorted(found)]


def _bands(network: "nx.Graph[str]", boxes: Mapping[str, Box], keys: Mapping[str, Key]) -> Arranged:
    """One part below another, each in lines; who is joined stands near in the next part."""
    parts = _parts(network, keys)
    room = max(1000.0, sqrt(3.6 * sum(boxes[iri][0] * boxes[iri][1] for iri in network)))
    lines = _lines(network, parts, keys, room, lambda iri: boxes[iri][0])
    places: dict[str, Point] = {}
    guides = []
    top = 0.0
    edge = max([room / 2, *(abs(x) + boxes[iri][0] / 2 for line in lines for iri, x in line.items())])
    for label, rows in _by_part(parts, lines):
        down = top + _PAD
        for row in rows:
            high = max(boxes[iri][1] for iri in row) + 16
            places |= {iri: (round(x), round(down + high / 2)) for iri, x in row.items()}
            down += high
        down += _PAD / 2
        guides.append(Guide(label, (round(-edge - 110), round(top), round(edge + 20), round(down)), "row"))
        top = down + 14
    return places, tuple(guides)


def _columns(network: "nx.Graph[str]", boxes: Mapping[str, Box], keys: Mapping[str, Key]) -> Arranged:
    """One part right of another, as years go, or what leads to what."""
    parts = _parts(network, keys)
    room = max(240.0, sqrt(1.4 * sum(boxes[iri][0] * boxes[iri][1] for iri in network)))
    lines = _lines(network, parts, keys, room, lambda iri: boxes[iri][1] + 8)
    places: dict[str, Point] = {}
    guides = []
    left = 0.0
    edge = max([room / 2, *(abs(y) + boxes[iri][1] / 2 for line in lines for iri, y in line.items())])
    for label, columns in _by_part(parts, lines):
        right = left + _PAD
        for column in columns:
            wide = max(boxes[iri][0] for iri in column)
            places |= {iri: (round(right + wide / 2), round(y)) for iri, y in column.items()}
            right += wide
        right += _PAD
        guides.append(
            Guide(label, (round(left), round(-edge - _HEAD), round(right), round(edge + _PAD)), "column")
        )
        left = right + 14
    return places, tuple(guides)


def _by_part(
    parts: Sequence[tuple[str, list[str]]], lines: Sequence[dict[str, float]]
) -> Iterator[tuple[str, list[dict[str, float]]]]:
    for label, nodes in parts:
        members = set(nodes)
        yield label, [line for line in lines if members & line.keys()]


def _lines(
    network: "nx.Graph[str]",
    parts: Sequence[tuple[str, list[str]]],
    keys: Mapping[str, Key],
    room: float,
    size: Callable[[str], float],
) -> list[dict[str, float]]:
    """The nodes of all parts in lines no longer than the room, each at its place along the line."""
    rows: list[list[str]] = []
    for _, nodes in parts:
        for within in sorted({keys[iri].within for iri in nodes}):
            rows.append([iri for iri in nodes if keys[iri].within == within])
    at = dict.fromkeys(network, 0.0)
    for row in rows:  # a first order, by name
        at |= _spread(row, {}, size)
    lines: list[list[str]] = []
    for sweep in range(8):
        lines = []
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = {
                iri: _mean([at[other] for other in network[iri] if other not in row], at[iri]) for iri in row
            }
            ordered = sorted(row, key=lambda iri: (round(wanted[iri], 3), iri))
            count = max(1, ceil(sum(map(size, row)) / room))
            several = [ordered[start::count] for start in range(count)]
            for line in several:
                at |= _spread(line, {iri: max(-room / 2, min(room / 2, wanted[iri])) for iri in line}, size)
            lines += several if sweep % 2 == 0 else reversed(several)
        if sweep % 2:
            lines.reverse()
    return [{iri: at[iri] for iri in line} for line in lines]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(
    line: Sequence[str], wanted: Mapping[str, float], size: Callable[[str], float]
) -> dict[str, float]:
    """Places along a line, as near to the wanted ones as sizes allow, in the given order."""
    gaps = [(size(one) + size(other)) / 2 for one, other in pairwise(line)]
    if not wanted:
        wanted = dict.fromkeys(line, 0.0)
    right: list[float] = []
    for number, iri in enumerate(line):
        right.append(max(wanted[iri], right[-1] + gaps[number - 1]) if right else wanted[iri])
    left: list[float] = []
    for number, iri in reversed(list(enumerate(line))):
        left.append(min(wanted[iri], left[-1] - gaps[number]) if left else wanted[iri])
    left.reverse()
    # Both keep the distances, and so does their mean.
    return {iri: round((one + other) / 2, 3) for iri, one, other in zip(line, right, left, strict=True)}


def _groups(network: "nx.Graph[str]", boxes: Mapping[str, Box], keys: Mapping[str, Key]) -> Arranged:
    """Each part laid out by itself and framed, the frames side by side, with room for names that are seen from afar."""
    boxes = {iri: (_AFAR * wide, high) for iri, (wide, high) in boxes.items()}
    framed = []
    for number, (label, nodes) in enumerate(_parts(network, keys)):
        inner = layout(nx.Graph(network.subgraph(nodes)), boxes)
        left = min(x - boxes[iri][0] / 2 for iri, (x, _) in inner.items()) - _PAD
        right = max(x + boxes[iri][0] / 2 for iri, (x, _) in inner.items()) + _PAD
        top = min(y - boxes[iri][1] / 2 for iri, (_, y) in inner.items()) - _HEAD
        bottom = max(y + boxes[iri][1] / 2 for iri, (_, y) in inner.items()) + _PAD / 2
        framed.append((max(right - left, 150.0), bottom - top, number, label, inner, left, top))
    room = max(
        sqrt(2.2 * sum((wide + 16) * (high + 16) for wide, high, *_ in framed)),
        *(one[0] for one in framed),
        1,
    )
    places: dict[str, Point] = {}
    guides = []
    for wide, high, x, y, (label, inner, left, top) in _shelves(framed, room):
        places |= {iri: (round(px - left + x), round(py - top + y)) for iri, (px, py) in inner.items()}
        guides.append(Guide(label, (round(x), round(y), round(x + wide), round(y + high)), "group"))
    return places, tuple(guides)


def _shelves(
    framed: Sequence[tuple[float, float, int, str, dict[str, Point], float, float]], room: float
) -> list[tuple[float, float, float, float, tuple[str, dict[str, Point], float, float]]]:
    """Frames in rows, the highest first; under a lower one, others as long as there is room."""
    waiting = sorted(framed, key=lambda one: (-one[1], one[2]))
    found = []
    top = 0.0
    while waiting:
        tall = waiting[0][1]
        left = 0.0
        rest = list(waiting)
        waiting = []
        while rest:
            wide, high, number, label, inner, x, y = rest.pop(0)
            if left and left + wide > room:
                waiting.append((wide, high, number, label, inner, x, y))
                continue
            found.append((wide, high, left, top, (label, inner, x, y)))
            under = top + high + 16
            for other in list(rest):
                if other[0] <= wide and under + other[1] <= top + tall:
                    rest.remove(other)
                    found.append((other[0], other[1], left, under, (other[3], other[4], other[5], other[6])))
                    under += other[1] + 16
            left += wide + 16
        top += tall + 16
    return found
