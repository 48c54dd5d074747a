"""The picture itself, as pyvis holds it: nodes with their places, lines, and how they look."""

from collections.abc import Iterable, Mapping
from math import log10, sqrt
from typing import Any

import networkx as nx
from pyvis.network import Network

from kg.terms import expand
from kg.view.arrange import Arranged, Guide, Key, arrange
from kg.view.classes import PLAIN, DrawnClass
from kg.view.heaps import heaps
from kg.view.labels import width
from kg.view.layout import Box, Point, beside
from kg.view.names import Names
from kg.view.scene import Relation, Scene
from kg.view.standing import level_label
from kg.view.words import Family, say

_REPORTED_IN = expand("pol:reportedIn")
# What leads to what, in a layout of steps.
_STEPS = (
    "pol:Policy",
    "pol:Report",
    "pol:Agency",
    "pol:Problem",
    "pol:Improvement",
    "pol:Initiative",
    "pol:Platform",
    "pol:Result",
    "pol:Observation",
)
_SCALE = 0.62  # sizes of the ontology, to the page's


def drawing(
    shown: Scene,
    classes: Mapping[str, DrawnClass],
    used: Iterable[DrawnClass],
    labels: Mapping[str, str],
    names: Names,
    arranged: Arranged,
) -> Network:
    """The picture of a scene; its nodes are numbered in the scene's order."""
    places, _ = arranged
    ids = {iri: number for number, iri in enumerate(shown.nodes)}
    picture = Network(directed=True, cdn_resources="in_line")
    for iri, name in shown.nodes.items():
        cls = classes.get(name, PLAIN)
        x, y = places[iri]
        picture.add_node(
            ids[iri],
            label=labels[iri],
            title=names.entity(iri),
            group=cls.name,
            shape=cls.shape,
            size=_size(cls) + (round(3 * log10(shown.counts[iri])) if iri in shown.counts else 0),
            x=x,
            y=y,
            hidden=iri in shown.hidden,
        )
    for line in shown.relations:
        picture.add_edge(
            ids[line.source],
            ids[line.target],
            label=_counted(names.property(line.property), line),
            other=_counted(names.foreign[line.property], line),
            hidden=line.source in shown.hidden or line.target in shown.hidden,
            **({"dashes": [2, 5]} if line.property == _REPORTED_IN else {}),
        )
    picture.options = _options(used, len(shown.nodes))
    return picture


def _counted(label: str, line: Relation) -> str:
    """What stands on a line: its property, and how many lines it stands for."""
    return f"{label} {line.count:,}" if line.count else label


def columns(
    shown: Scene,
    classes: Mapping[str, DrawnClass],
    labels: Mapping[str, str],
    names: Names,
    places: Mapping[str, Point],
) -> dict[str, object]:
    """The picture of a large scene for sigma: each attribute one list over all nodes or lines."""
    ids = {iri: number for number, iri in enumerate(shown.nodes)}
    kinds = sorted(set(shown.nodes.values()))
    properties = sorted({line.property for line in shown.relations})
    kind_number = {name: number for number, name in enumerate(kinds)}
    property_number = {name: number for number, name in enumerate(properties)}
    titles = [names.entity(iri) for iri in ids]
    return {
        "kinds": [
            [classes.get(name, PLAIN).name, round(0.75 * _size(classes.get(name, PLAIN)), 1)]
            for name in kinds
        ],
        "kind": [kind_number[name] for name in shown.nodes.values()],
        "label": [labels[iri] for iri in ids],
        "title": ["" if title == labels[iri] else title for iri, title in zip(ids, titles, strict=True)],
        "at": [value for iri in ids for value in places[iri]],
        "hidden": [ids[iri] for iri in ids if iri in shown.hidden],
        "properties": [
            [names.property(name), name == _REPORTED_IN, names.foreign[name]] for name in properties
        ],
        "lines": [
            value
            for line in shown.relations
            for value in (ids[line.source], ids[line.target], property_number[line.property])
        ],
    }


def heaped(
    shown: Scene,
    classes: Mapping[str, DrawnClass],
    families: Iterable[Family],
    labels: Mapping[str, str],
    lang: str,
) -> Arranged:
    """Places of the nodes of a large scene, and what its heaps hold."""
    ranks = {family.cls: place for place, family in enumerate(families)}
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(shown.nodes)
    network.add_edges_from((line.source, line.target) for line in shown.relations)
    rank = {
        iri: ranks.get(classes.get(name, PLAIN).family, len(ranks)) + (100 if iri in shown.hidden else 0)
        for iri, name in shown.nodes.items()
    }
    places, found = heaps(network, rank)
    guides = []
    for heap in found[:40]:
        (x, y), far = heap.middle, heap.radius
        label = say("page", "heap", lang, name=labels[heap.nodes[0]], n=f"{len(heap.nodes):,}")
        if len(heap.nodes) >= 12:
            guides.append(Guide(label, (x - far, y - far, x + far, y + far), "cluster"))
    return places, tuple(guides)


def _size(cls: DrawnClass) -> int:
    return max(4, round(cls.size * _SCALE))


def arranged(
    shown: Scene,
    classes: Mapping[str, DrawnClass],
    families: Iterable[Family],
    labels: Mapping[str, str],
    lang: str,
) -> Arranged:
    """Places of all nodes; those hidden at first find theirs among the others."""
    boxes = _boxes(shown, classes, labels)
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(iri for iri in shown.nodes if iri not in shown.hidden)
    near: dict[str, list[str]] = {iri: [] for iri in shown.nodes if iri in shown.hidden}
    for line in shown.relations:
        if line.source in network and line.target in network:
            network.add_edge(line.source, line.target)
        for one, other in ((line.source, line.target), (line.target, line.source)):
            if one in near:
                near[one].append(other)
    keys = _keys(shown, classes, families, lang)
    places, guides = arrange(shown.layout, network, boxes, keys, shown.focus)
    return places | beside(places, boxes, near), guides


def _boxes(shown: Scene, classes: Mapping[str, DrawnClass], labels: Mapping[str, str]) -> dict[str, Box]:
    """The room each node takes with its name."""
    count = len(shown.nodes) - len(shown.hidden)
    # Names keep their size on the screen, so seen from afar they need more room.
    afar = max(1.0, sqrt(count / 55))
    named = set(sorted(shown.nodes, key=lambda iri: (-shown.degrees[iri], iri))[: max(60, 120 - count // 4)])
    boxes: dict[str, Box] = {}
    for iri, name in shown.nodes.items():
        size = 2 * _size(classes.get(name, PLAIN))
        words = (12.5 * width(labels[iri]), 14.0) if count <= 120 or iri in named else (0.0, 0.0)
        boxes[iri] = (max(size, words[0] * afar) + 14, size + words[1] * afar + 12)
    return boxes


def _keys(
    shown: Scene, classes: Mapping[str, DrawnClass], families: Iterable[Family], lang: str
) -> dict[str, Key]:
    """The part of the picture each node belongs to: its level, its first year, or its region."""
    ranks = {family.cls: place for place, family in enumerate(families)}
    ranks |= {"pol:Agency": -2, "pol:Policy": -1}  # who, then what, then who speaks of it
    steps = {cls: place for place, cls in enumerate(_STEPS)}
    keys = {}
    for iri, name in shown.nodes.items():
        standing = shown.standings[iri]
        within = ranks.get(classes.get(name, PLAIN).family, len(ranks))
        if shown.layout == "time":
            year = min(shown.years.get(iri, ()), default=0)
            keys[iri] = Key((year or 9999, ""), str(year) if year else say("page", "undated", lang))
        elif shown.layout == "flow":
            cls = classes.get(name, PLAIN)
            head = classes.get(cls.family, cls)
            keys[iri] = Key((steps.get(cls.family, len(steps)), cls.family), head.label)
        elif shown.layout == "grouped":
            label = standing.region or level_label(standing.level, lang)
            keys[iri] = Key((standing.level, standing.region), label)
        else:
            keys[iri] = Key((standing.level, ""), level_label(standing.level, lang), within)
    return keys


def _options(used: Iterable[DrawnClass], count: int) -> dict[str, Any]:
    """Options of vis-network: nothing moves by itself, and names are drawn by the page's own script."""
    never = {"label": {"drawThreshold": 1_000_000}}
    return {
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "scaling": never},
        "edges": {
            "width": 1,
            "hoverWidth": 0.6,
            "selectionWidth": 0.8,
            "smooth": False,
            "color": {"color": "#cbd0d8", "highlight": "#6b7686", "hover": "#8d97a5"},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.42}},
            "scaling": never,
        },
        "groups": {
            cls.name: {
                "color": {
                    "background": cls.color,
                    "border": "#ffffff",
                    "highlight": {"background": cls.color, "border": "#1d2733"},
                    "hover": {"background": cls.color, "border": "#5b6675"},
                }
            }
            for cls in used
        },
        "interaction": {
            "hover": True,
            "tooltipDelay": 200,
            "hideEdgesOnDrag": count > 500,
            "keyboard": {"enabled": True, "bindToWindow": False},
        },
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "physics": {
            "enabled": False,
            "solver": "barnesHut",
            "barnesHut": {"gravitationalConstant": -9000, "springLength": 130, "avoidOverlap": 0.3},
            "stabilization": False,
        },
    }
