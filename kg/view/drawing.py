"""The picture itself, as pyvis holds it: nodes with their places, lines, and how they look."""

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Any

import networkx as nx
from pyvis.network import Network

from kg.terms import expand
from kg.view.classes import PLAIN, DrawnClass
from kg.view.labels import width
from kg.view.layout import Box, Point, beside, layout
from kg.view.names import Names
from kg.view.scene import Scene

_REPORTED_IN = expand("pol:reportedIn")
_SCALE = 0.62  # sizes of the ontology, to the page's


def drawing(
    shown: Scene,
    classes: Mapping[str, DrawnClass],
    used: Iterable[DrawnClass],
    labels: Mapping[str, str],
    names: Names,
) -> Network:
    """The picture of a scene; its nodes are numbered in the scene's order."""
    places = _places(shown, classes, labels)
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
            size=_size(cls),
            x=x,
            y=y,
            hidden=iri in shown.hidden,
        )
    for line in shown.relations:
        picture.add_edge(
            ids[line.source],
            ids[line.target],
            label=names.property(line.property),
            hidden=line.source in shown.hidden or line.target in shown.hidden,
            **({"dashes": [2, 5]} if line.property == _REPORTED_IN else {}),
        )
    picture.options = _options(used, len(shown.nodes))
    return picture


def _size(cls: DrawnClass) -> int:
    return max(4, round(cls.size * _SCALE))


def _places(shown: Scene, classes: Mapping[str, DrawnClass], labels: Mapping[str, str]) -> dict[str, Point]:
    """Places of all nodes; those hidden at first find theirs among the others."""
    count = len(shown.nodes) - len(shown.hidden)
    afar = max(
        1.0, sqrt(count / 90)
    )  # names keep their size on the screen, so seen from afar they need more room
    named = sorted(shown.nodes, key=lambda iri: (-shown.degrees[iri], iri))[: max(60, 120 - count // 4)]
    boxes: dict[str, Box] = {}
    for iri, name in shown.nodes.items():
        size = 2 * _size(classes.get(name, PLAIN))
        words = (12.5 * width(labels[iri]), 14.0) if count <= 120 or iri in named else (0.0, 0.0)
        boxes[iri] = (max(size, words[0] * afar) + 14, size + words[1] * afar + 12)
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(iri for iri in shown.nodes if iri not in shown.hidden)
    near: dict[str, list[str]] = {iri: [] for iri in shown.nodes if iri in shown.hidden}
    for line in shown.relations:
        if line.source in network and line.target in network:
            network.add_edge(line.source, line.target)
        for one, other in ((line.source, line.target), (line.target, line.source)):
            if one in near:
                near[one].append(other)
    places = layout(network, boxes)
    return places | beside(places, boxes, near)


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
