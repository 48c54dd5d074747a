"""Places for many nodes: heaps of what belongs together, each round its most connected node, apart from the others.

The layout of small pictures grows with the square of their nodes. This one grows with their number, and gives
the same places on every machine, which Graphviz does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

import networkx as nx
import numpy as np

from kg.network.measures import communities
from kg.view.layout import Point, apart

_STEP = 27.0  # from one node to the next
_TURN = pi * (3 - sqrt(5))  # the golden angle fills a disc evenly
_PUSHED = 400  # regions that are pushed apart; of more, the spiral is even enough


@dataclass(frozen=True, slots=True)
class Heap:
    """Nodes that hang together, the most connected first, with the middle and the radius of their disc."""

    nodes: tuple[str, ...]
    middle: Point
    radius: int


def heaps(network: "nx.Graph[str]", rank: Mapping[str, int]) -> tuple[dict[str, Point], tuple[Heap, ...]]:
    """A place for each node, and the regions of heaps that hang together, the largest first.

    ``rank`` orders the nodes of a heap from the middle outwards.

    >>> ring = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "x"), ("x", "y"), ("y", "z"), ("z", "x")])
    >>> places, found = heaps(ring, dict.fromkeys(ring, 0))
    >>> len(set(places.values())), [len(heap.nodes) for heap in found]
    (6, [3, 3])
    """
    degree = dict(network.degree())
    group = communities(network)
    members: dict[str, list[str]] = {}
    for iri in sorted(network, key=lambda iri: (rank[iri], -degree[iri], iri)):
        members.setdefault(f"{group[iri]:06}", []).append(iri)
    for nodes in members.values():  # the most connected in the middle
        nodes.insert(0, nodes.pop(nodes.index(max(nodes, key=lambda iri: (degree[iri], iri)))))
    ties = _ties(network, {iri: key for key, nodes in members.items() for iri in nodes})
    region_of = {key: f"{number:06}" for key, number in communities(ties, heavy=True).items()}
    region_of = _split(region_of, members)
    regions: dict[str, list[str]] = {}
    for key in sorted(members, key=lambda key: (-len(members[key]), key)):
        regions.setdefault(region_of[key], []).append(key)
    spots = {
        region: _packed([_radius(len(members[key])) for key in keys]) for region, keys in regions.items()
    }
    sizes = {region: max(hypot(x, y) + far for x, y, far in found) for region, found in spots.items()}
    middles = _middles(sizes)
    places: dict[str, Point] = {}
    found = []
    for region in sorted(regions, key=lambda region: (-sizes[region], region)):
        x, y = middles[region]
        held: list[str] = []
        for key, (dx, dy, _) in zip(regions[region], spots[region], strict=True):
            held += members[key]
            for place, iri in enumerate(members[key]):
                far = _STEP * sqrt(place + (0.4 if place else 0))
                turn = place * _TURN
                places[iri] = (round(x + dx + far * cos(turn)), round(y + dy + far * sin(turn)))
        held.sort(key=lambda iri: (-degree[iri], iri))
        found.append(Heap(tuple(held), (round(x), round(y)), round(sizes[region])))
    return places, tuple(found)


def _radius(count: int) -> float:
    return _STEP * sqrt(count + 0.5)


def _ties(network: "nx.Graph[str]", group: Mapping[str, str]) -> "nx.Graph[str]":
    """The groups as nodes, joined as often as their members are."""
    between: nx.Graph[str] = nx.Graph()
    between.add_nodes_from(sorted(set(group.values())))
    for one, other, weight in network.edges(data="weight", default=1):
        a, b = sorted((group[one], group[other]))
        if a != b:
            held = between.get_edge_data(a, b, {"weight": 0})["weight"]
            between.add_edge(a, b, weight=held + weight)
    return between


def _packed(radii: Sequence[float]) -> list[tuple[float, float, float]]:
    """Discs in a spiral from the middle outwards, the first in the middle."""
    found = []
    area = 0.0
    for place, radius in enumerate(radii):
        wide = radius + 0.45 * _STEP
        far = 0.0 if place == 0 else 1.12 * sqrt(area + wide * wide * 0.5)
        found.append((far * cos(place * _TURN), far * sin(place * _TURN), radius))
        area += wide * wide
    return found


def _middles(sizes: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Regions in a spiral, the largest in the middle, drawn out to the shape of a page and pushed apart."""
    ordered = sorted(sizes, key=lambda region: (-sizes[region], region))
    points = np.array([(1.3 * x, 0.8 * y) for x, y, _ in _packed([sizes[region] for region in ordered])])
    if 1 < len(ordered) <= _PUSHED:
        wide = np.array([2 * sizes[region] + 1.5 * _STEP for region in ordered])
        points = apart(np.round(points, 2), np.column_stack([wide, wide]))
    return {region: (float(x), float(y)) for region, (x, y) in zip(ordered, points, strict=True)}


def _split(region_of: Mapping[str, str], members: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Where one region holds nearly everything, its heaps are regions."""
    held: dict[str, int] = {}
    for key, region in region_of.items():
        held[region] = held.get(region, 0) + len(members[key])
    most = 0.4 * sum(held.values())
    return {key: f"{key}/{region}" if held[region] > most else region for key, region in region_of.items()}
