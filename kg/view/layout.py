"""Where the nodes stand: computed once, the same for the same network.

Distances on paper follow distances in the network (stress majorisation, Gansner, Koren & North 2004), then boxes
that hold a node with its name are pushed apart. networkx's own layouts start at random, or take minutes for a
thousand nodes.
"""

from collections.abc import Mapping, Sequence
from math import atan2, cos, pi, sin, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
Box = tuple[float, float]  # width and height
Array = NDArray[np.float64]

_UNIT = 34.0  # length of a line between two nodes that have no other
_ASPECT = 1.45  # a page is wider than high, and names are too
_ROW = 0.866  # height of a row of cells, in cells
_TOGETHER = 128  # nodes from which ways are looked for at once: a table of these by all lines is in memory
_CELL = 28  # the grid on which what is hidden at first finds room


def layout(network: "nx.Graph[str]", boxes: Mapping[str, Box]) -> dict[str, Point]:
    """A place for each node, the middle of the picture at (0, 0).

    >>> layout(nx.Graph([("a", "b")]), {"a": (80, 30), "b": (80, 30)}) == layout(
    ...     nx.Graph([("b", "a")]), {"b": (80, 30), "a": (80, 30)}
    ... )
    True
    """
    parts = sorted(
        (sorted(part) for part in nx.connected_components(network)), key=lambda part: (-len(part), part)
    )
    lone = [part[0] for part in parts if len(part) == 1]
    placed = [_part(network.subgraph(part), part, boxes) for part in parts if len(part) > 1]
    if lone:
        placed.append(_rows(lone, boxes, 5 if not placed else max(4, int(sqrt(len(lone)) * 1.6))))
    return _packed(placed, boxes)


def beside(
    places: Mapping[str, Point], boxes: Mapping[str, Box], guests: Mapping[str, Sequence[str]]
) -> dict[str, Point]:
    """Room for more nodes near their neighbours, without moving those that have a place.

    >>> beside({"a": (0, 0)}, {"a": (20, 20), "b": (20, 20)}, {"b": ["a"]})
    {'b': (-14, -24)}
    """
    taken: set[Point] = set()
    for iri, place in places.items():
        taken |= _cells(place, boxes[iri])
    found = dict(places)
    tried: dict[Point, int] = {}
    around: list[Point] = []
    waiting = list(guests)
    while waiting:
        ready = [iri for iri in waiting if any(near in found for near in guests[iri])] or waiting
        for iri in ready:
            near = [found[other] for other in guests[iri] if other in found] or [(0, 0)]
            anchor = _cell(sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near))
            while True:
                number = tried.get(anchor, 0)
                if number == len(around):
                    around = _around(40 if not around else 2 * round(sqrt(len(around))))
                tried[anchor] = number + 1
                cell = (anchor[0] + around[number][0], anchor[1] + around[number][1])
                if cell not in taken:
                    break
            taken.add(cell)
            found[iri] = _point(cell)
        waiting = [iri for iri in waiting if iri not in found]
    return {iri: found[iri] for iri in guests}


def rings(network: "nx.Graph[str]", boxes: Mapping[str, Box], centre: str) -> dict[str, Point]:
    """Rings around a centre, each node as far out as it is steps away; what hangs on each in a sector of its own.

    >>> places = rings(nx.Graph([("a", "b"), ("b", "c")]), dict.fromkeys("abc", (60.0, 30.0)), "a")
    >>> places["a"], abs(places["b"][0]) < abs(places["c"][0])
    ((0, 0), True)
    """
    steps = nx.single_source_shortest_path_length(network, centre)
    nodes = [centre, *sorted(iri for iri in steps if iri != centre)]
    rest = sorted(iri for iri in network if iri not in steps)
    crowds = [[iri for iri in nodes if steps[iri] == ring] for ring in range(max(steps.values()) + 1)]
    radii = [0.0]
    for crowd in crowds[1:]:
        need = sum(sqrt(boxes[iri][0] * boxes[iri][1]) for iri in crowd) / (2 * pi)
        radii.append(max(radii[-1] + 150.0, need))
    distances = np.array([[radii[abs(steps[one] - steps[other])] for other in nodes] for one in nodes])
    points = np.round(_radial(network.subgraph(nodes), nodes, distances, root=0) * (1.3, 0.9), 2)
    points = apart(points, np.array([boxes[iri] for iri in nodes]))
    points -= points[0]
    places = {iri: (round(float(x)), round(float(y))) for iri, (x, y) in zip(nodes, points, strict=True)}
    if not rest:
        return places
    below = max(y + boxes[iri][1] for iri, (_, y) in places.items())
    others = layout(network.subgraph(rest), boxes)
    top = min(y - boxes[iri][1] / 2 for iri, (_, y) in others.items())
    return places | {iri: (x, round(y - top + below)) for iri, (x, y) in others.items()}


def _around(reach: int) -> list[Point]:
    """The steps to all cells of a disc, nearest first; a larger disc begins with the smaller one's."""
    steps = [(dx, 2 * dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)]
    steps += [(dx, dy + 1) for dx, dy in steps]
    far = {step: (step[0] + (step[1] % 2) / 2) ** 2 + (step[1] * _ROW) ** 2 for step in steps}
    return sorted(
        (step for step in steps if far[step] <= reach**2), key=lambda step: (round(far[step], 6), step)
    )


def _cell(x: float, y: float) -> Point:
    """The cell of a point: rows are close, every other one moved by half a cell. Anchors stand on even rows."""
    return round(x / _CELL), 2 * round(y / _CELL / _ROW / 2)


def _point(cell: Point) -> Point:
    return round((cell[0] + (cell[1] % 2) / 2) * _CELL), round(cell[1] * _ROW * _CELL)


def _cells(place: Point, box: Box) -> set[Point]:
    """The cells that a box covers."""
    rows = range(*(round((place[1] + side * box[1] / 2) / _CELL / _ROW) + (side > 0) for side in (-1, 1)))
    columns = range(*(round((place[0] + side * box[0] / 2) / _CELL) + (side > 0) for side in (-1, 1)))
    return {(x, y) for x in columns for y in rows}


def _part(network: "nx.Graph[str]", nodes: list[str], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """One connected part: stress, stretched to a page's shape, boxes pushed apart.

    Rounding in between keeps what a processor does to the last digits out of the result.
    """
    distances = _distances(network, nodes)
    points = _stress(_radial(network, nodes, distances), distances)
    points = np.round(_stretched(_upright(points)), 2)
    points = apart(points, np.array([boxes[iri] for iri in nodes]))
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return {iri: (round(float(x)), round(float(y))) for iri, (x, y) in zip(nodes, points, strict=True)}


def _distances(network: "nx.Graph[str]", nodes: list[str]) -> Array:
    """Path lengths, where a line is the longer the more others meet at its ends.

    A round over all lines finds for many nodes at once the ways that are one line longer, until none is shorter: much sooner done than a
    search from each node.
    """
    numbers = {iri: number for number, iri in enumerate(nodes)}
    degree = np.array([len(set(network[iri]) - {iri}) for iri in nodes])
    pairs = {(numbers[one], numbers[other]) for one, other in network.edges() if one != other}
    lines = np.array(sorted(pairs | {(other, one) for one, other in pairs}))
    length = _UNIT * np.sqrt(degree[lines[:, 0]] + degree[lines[:, 1]])[:, None]
    ends, begins = np.unique(lines[:, 0], return_index=True)
    found = np.full((len(nodes), len(nodes)), np.inf)
    np.fill_diagonal(found, 0.0)
    for start in range(0, len(nodes), _TOGETHER):
        far = found[:, start : start + _TOGETHER]
        while True:
            nearer = np.minimum.reduceat(far[lines[:, 1]] + length, begins, axis=0)
            shorter = nearer < far[ends]
            if not shorter.any():
                break
            far[ends] = np.where(shorter, nearer, far[ends])
    return found


def _radial(network: "nx.Graph[str]", nodes: list[str], distances: Array, root: int | None = None) -> Array:
    """The node with most lines (or ``root``) in the middle, what hangs on each in a sector of its own."""
    numbers = {iri: number for number, iri in enumerate(nodes)}
    near = [sorted({numbers[other] for other in network[iri]} - {numbers[iri]}) for iri in nodes]
    if root is None:
        root = min(range(len(nodes)), key=lambda number: (-len(near[number]), number))
    order, parents = [root], {root: root}
    for one in order:
        for other in near[one]:
            if other not in parents:
                parents[other] = one
                order.append(other)
    leaves = [0] * len(nodes)
    for one in reversed(order):
        leaves[one] = max(leaves[one], 1)
        if one != root:
            leaves[parents[one]] += leaves[one]
    begins = {root: 0.0}
    points = np.zeros((len(nodes), 2))
    used = dict.fromkeys(order, 0.0)
    for one in order[1:]:
        begins[one] = begins[parents[one]] + used[parents[one]]
        used[parents[one]] += leaves[one]
        turn = 2 * pi * (begins[one] + leaves[one] / 2) / leaves[root]
        points[one] = distances[root, one] * cos(turn), distances[root, one] * sin(turn)
    moved: Array = points - points[0]
    return moved


def _stress(points: Array, distances: Array) -> Array:
    """Points whose mutual distances come as near to the given ones as the plane allows."""
    count = len(distances)
    weights = (distances + np.eye(count)) ** -2.0
    np.fill_diagonal(weights, 0.0)
    inverse = np.linalg.inv((np.diag(weights.sum(axis=1)) - weights)[1:, 1:])
    wanted = weights * distances
    for _ in range(120 if count <= 400 else 50):
        x, y = points[:, 0], points[:, 1]
        between = np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
        ratio = np.divide(wanted, between, out=np.zeros_like(between), where=between > 1e-9)
        points = points.copy()
        points[1:] = inverse @ (np.diag(ratio.sum(axis=1)) @ points - ratio @ points)[1:]
        points[0] = 0.0
    return points


def _upright(points: Array) -> Array:
    """Turned so that the longest extent lies across the page, by whole steps of five degrees."""
    centred = points - points.mean(axis=0)
    (xx, xy), (_, yy) = (centred.T @ centred).tolist()
    if abs(xx - yy) + 2 * abs(xy) < 0.05 * (xx + yy):  # as wide as high
        return points
    step = pi / 36
    angle = -round(atan2(2 * xy, xx - yy) / 2 / step) * step
    turned: Array = centred.dot(np.array([[cos(angle), sin(angle)], [-sin(angle), cos(angle)]]))
    return turned


def _stretched(points: Array) -> Array:
    """Drawn out towards the shape of a page, never so far that neighbours look like strangers."""
    wide, high = np.ptp(points, axis=0).tolist()
    ratio = min(max(_ASPECT * high / max(wide, 1.0), 0.8), 1.45)
    drawn: Array = points * (sqrt(1.45 * ratio), sqrt(1.45 / ratio))
    return drawn


def apart(points: Array, sizes: Array) -> Array:
    """Boxes pushed apart, each pair along the way that is shorter, until none lies over another."""
    count = len(points)
    for step in range(400 if count <= 250 else 60):
        one, other = _overlapping(points, sizes)
        if not len(one):
            break
        need = (sizes[one] + sizes[other]) / 2
        offset = points[one] - points[other]
        over = need - np.abs(offset)
        sign = np.where(offset == 0, np.sign(one - other)[:, None], np.sign(offset))
        along_x = over[:, 0] / need[:, 0] < over[:, 1] / need[:, 1]
        push = over * sign * np.column_stack([along_x, ~along_x])
        pushed = np.column_stack([np.bincount(one, push[:, axis], count) for axis in (0, 1)])
        crowd = np.maximum(np.bincount(one, minlength=count), 1)[:, None]
        points = np.round(points + pushed / (1 + np.sqrt(crowd)), 6)
        if step % 8 == 7:
            points = points * 1.01
    return points


def _overlapping(points: Array, sizes: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of boxes that lie over each other, each pair both ways, in the order of the first, then the second.

    From left to right, a box is held only against those that begin before it ends.
    """
    left, right = points[:, 0] - sizes[:, 0] / 2, points[:, 0] + sizes[:, 0] / 2
    order = np.argsort(left, kind="stable")
    ends = np.searchsorted(left[order], right[order])
    reach = np.maximum(ends - np.arange(len(order)) - 1, 0)
    first = np.repeat(np.arange(len(order)), reach)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(reach) - reach, reach)
    one, other = order[first], order[second]
    over = (sizes[one] + sizes[other]) / 2 - np.abs(points[one] - points[other])
    meet = (over > 0.5).all(axis=1)
    one, other = np.concatenate([one[meet], other[meet]]), np.concatenate([other[meet], one[meet]])
    both = np.lexsort((other, one))
    return one[both], other[both]


def _rows(nodes: Sequence[str], boxes: Mapping[str, Box], width: int) -> dict[str, Point]:
    """Nodes that nothing joins to any other, in rows."""
    wide = max(boxes[iri][0] for iri in nodes)
    high = max(boxes[iri][1] for iri in nodes)
    return {
        iri: (round((number % width) * wide), round((number // width) * high))
        for number, iri in enumerate(nodes)
    }


def _packed(parts: Sequence[dict[str, Point]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Parts side by side in rows, on a page of the usual shape, each row's parts in one line."""
    framed = [_framed(part, boxes) for part in parts]
    room = max(
        [sqrt(1.6 * sum(wide * high for wide, high, _ in framed)), *(wide for wide, _, _ in framed)],
        default=0.0,
    )
    rows: list[list[tuple[float, float, dict[str, Point]]]] = []
    left = 0.0
    for wide, high, part in framed:
        if not rows or left + wide > room:
            rows.append([])
            left = 0.0
        rows[-1].append((wide, high, part))
        left += wide + 2 * _CELL
    found: dict[str, Point] = {}
    top = 0.0
    for row in rows:
        tall = max(high for _, high, _ in row)
        left = (room - sum(wide for wide, _, _ in row) - 2 * _CELL * (len(row) - 1)) / 2
        for wide, high, part in row:
            down = top + (tall - high) / 2
            found |= {iri: (round(x + left), round(y + down)) for iri, (x, y) in part.items()}
            left += wide + 2 * _CELL
        top += tall + 2 * _CELL
    if not found:
        return found
    middle = [(min(p[k] for p in found.values()) + max(p[k] for p in found.values())) // 2 for k in (0, 1)]
    return {iri: (x - middle[0], y - middle[1]) for iri, (x, y) in found.items()}


def _framed(part: dict[str, Point], boxes: Mapping[str, Box]) -> tuple[float, float, dict[str, Point]]:
    """Width and height of a part, names included, and its places from the upper left corner."""
    left = min(x - boxes[iri][0] / 2 for iri, (x, _) in part.items())
    right = max(x + boxes[iri][0] / 2 for iri, (x, _) in part.items())
    top = min(y - boxes[iri][1] / 2 for iri, (_, y) in part.items())
    bottom = max(y + boxes[iri][1] / 2 for iri, (_, y) in part.items())
    return (
        right - left,
        bottom - top,
        {iri: (round(x - left), round(y - top)) for iri, (x, y) in part.items()},
    )
