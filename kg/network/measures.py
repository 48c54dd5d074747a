"""Measures of a network, the same on every machine: no random start, ties broken by name."""

from math import log

import networkx as nx
import numpy as np

_EXACT = 400  # nodes up to which every shortest path is counted; beyond, those from as many starts as below
_STARTS = 100
_ROUNDS = 12
_FEW = 4  # a smaller group joins a neighbour's
_DAMPING = 0.85


def plain(network: "nx.Graph[str]") -> "nx.Graph[str]":
    """The network without directions, loops and doubled lines, in a fixed order.

    >>> sorted(plain(nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a")])).edges())
    [('a', 'b')]
    """
    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(sorted(network))
    found.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in network.edges() if a != b}))
    return found


def degree(network: "nx.Graph[str]") -> dict[str, float]:
    """How many others each node is joined to.

    >>> degree(nx.Graph([("a", "b"), ("b", "c")]))
    {'a': 1.0, 'b': 2.0, 'c': 1.0}
    """
    return {iri: float(number) for iri, number in plain(network).degree()}


def cited(network: "nx.DiGraph[str]") -> dict[str, float]:
    """How many others lead to each node."""
    return {iri: float(len(set(network.predecessors(iri)) - {iri})) for iri in sorted(network)}


def betweenness(network: "nx.Graph[str]") -> dict[str, float]:
    """The share of shortest paths that pass through each node; of large networks, from a fixed part of the starts.

    >>> betweenness(nx.Graph([("a", "b"), ("b", "c")]))
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    simple = plain(network)
    if len(simple) <= _EXACT:
        found = nx.betweenness_centrality(simple)
    else:
        step = len(simple) / _STARTS
        starts = [sorted(simple)[int(place * step)] for place in range(_STARTS)]
        found = nx.betweenness_centrality_subset(simple, starts, sorted(simple), normalized=False)
        scale = max(found.values(), default=0.0) or 1.0
        found = {iri: value / scale for iri, value in found.items()}
    return {iri: round(float(found[iri]), 6) for iri in simple}


def pagerank(network: "nx.DiGraph[str]") -> dict[str, float]:
    """PageRank along the directions of the lines, damping 0.85.

    >>> ranks = pagerank(nx.DiGraph([("a", "c"), ("b", "c")]))
    >>> max(ranks, key=ranks.get), round(sum(ranks.values()), 3)
    ('c', 1.0)
    """
    nodes = sorted(network)
    if not nodes:
        return {}
    number = {iri: place for place, iri in enumerate(nodes)}
    lines = sorted({(number[a], number[b]) for a, b in network.edges() if a != b})
    source = np.array([a for a, _ in lines], dtype=np.int64)
    target = np.array([b for _, b in lines], dtype=np.int64)
    out = np.bincount(source, minlength=len(nodes)) if lines else np.zeros(len(nodes))
    rank = np.full(len(nodes), 1 / len(nodes))
    for _ in range(100):
        flow = np.divide(rank, out, out=np.zeros_like(rank), where=out > 0)
        passed = (
            np.bincount(target, weights=flow[source], minlength=len(nodes)) if lines else np.zeros(len(nodes))
        )
        fresh = (1 - _DAMPING + _DAMPING * rank[out == 0].sum()) / len(nodes) + _DAMPING * passed
        if np.abs(fresh - rank).sum() < 1e-10:
            break
        rank = fresh
    return {iri: round(float(value), 6) for iri, value in zip(nodes, rank, strict=True)}


def core(network: "nx.Graph[str]") -> dict[str, float]:
    """The largest k such that a node is in a part where each has k others.

    >>> core(nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    {'a': 2.0, 'b': 2.0, 'c': 2.0, 'd': 1.0}
    """
    return {iri: float(number) for iri, number in nx.core_number(plain(network)).items()}


def communities(network: "nx.Graph[str]", *, heavy: bool = False) -> dict[str, int]:
    """The group of each node, 0 the largest: each node joins the group most of its neighbours are in, where one
    that is joined to many says little; small groups join a neighbour's. With ``heavy`` a line counts by its weight.

    >>> communities(nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x")]))
    {'a': 0, 'b': 0, 'c': 0, 'x': 1, 'y': 1, 'z': 1}
    """
    simple = plain(network)
    nodes = list(simple)
    number = {iri: place for place, iri in enumerate(nodes)}
    near = [[number[other] for other in simple[iri]] for iri in nodes]
    weights = [[network[iri][other]["weight"] if heavy else 1 for other in simple[iri]] for iri in nodes]
    voice = [1 / (1 + log(1 + len(others))) for others in near]
    group = list(range(len(nodes)))
    order = sorted(range(len(nodes)), key=lambda place: (-len(near[place]), place))
    for _ in range(_ROUNDS):
        changed = 0
        for place in order:
            best = _heard(near[place], weights[place], group, voice, own=group[place])
            if best != group[place]:
                group[place] = best
                changed += 1
        if changed <= len(nodes) // 1000:
            break
    sizes: dict[int, int] = {}
    for one in group:
        sizes[one] = sizes.get(one, 0) + 1
    for _ in range(3):
        for place in reversed(order):
            if sizes[group[place]] <= _FEW and near[place]:
                best = group[max(near[place], key=lambda other: (sizes[group[other]], voice[other], -other))]
                if best != group[place] and sizes[best] >= sizes[group[place]]:
                    sizes[group[place]] -= 1
                    sizes[best] += 1
                    group[place] = best
    first: dict[int, int] = {}
    for place, one in enumerate(group):
        first.setdefault(one, place)
    ranks = {one: rank for rank, one in enumerate(sorted(first, key=lambda one: (-sizes[one], first[one])))}
    return {iri: ranks[group[place]] for iri, place in number.items()}


def _heard(near: list[int], weights: list[int], group: list[int], voice: list[float], own: int) -> int:
    heard: dict[int, float] = {}
    for other, weight in zip(near, weights, strict=True):
        heard[group[other]] = heard.get(group[other], 0.0) + voice[other] * weight
    if not heard:
        return own
    loudest = max(heard.values())
    equal = [one for one, loud in heard.items() if loud >= loudest - 1e-9]
    return own if own in equal else min(equal)


def measured(network: "nx.Graph[str]") -> dict[str, dict[str, float]]:
    """Every measure that fits a network's size, by name."""
    found = {"degree": degree(network), "pagerank": pagerank(nx.DiGraph(network)), "core": core(network)}
    if len(network) <= 3000:
        found["betweenness"] = betweenness(network)
    found["community"] = {iri: float(group) for iri, group in communities(network).items()}
    return found
