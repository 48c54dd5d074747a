"""The best pairing of gold items with given ones: as many pairs as possible, and of those the most alike."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import networkx as nx

A = TypeVar("A")
B = TypeVar("B")


def pair(wanted: Sequence[A], given: Sequence[B], likeness: Callable[[A, B], float]) -> dict[int, int]:
    """Indices of wanted items and the given item each is paired with; a likeness of 0 is no pair.

    >>> pair(["监管", "监管改革"], ["监管改革"], lambda one, other: len(set(one) & set(other)) / len(other))
    {1: 0}
    """
    graph = nx.Graph()
    for left, item in enumerate(wanted):
        for right, other in enumerate(given):
            weight = likeness(item, other)
            if weight > 0:
                # Integers keep the matching exact; the last digits prefer the earlier of two equal pairs.
                graph.add_edge(
                    ("wanted", left), ("given", right), weight=round(weight * 10**6) * 1000 - left - right
                )
    found: dict[int, int] = {}
    for one, other in nx.max_weight_matching(graph, maxcardinality=True):
        (_, left), (_, right) = (one, other) if one[0] == "wanted" else (other, one)
        found[left] = right
    return dict(sorted(found.items()))
