"""Measures of the network that nodes on a page can be sized or coloured by."""

import networkx as nx

from kg.network.measures import measured
from kg.view.scene import Scene
from kg.view.words import say


def measures(shown: Scene, lang: str) -> list[dict[str, object]]:
    """Each measure with its name, its label, and one value a node, in the scene's order."""
    if not shown.relations:
        return []
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(shown.nodes)
    network.add_edges_from((line.source, line.target) for line in shown.relations)
    return [
        {
            "name": name,
            "label": say("measure", name, lang),
            "values": [round(values[iri], 5) for iri in shown.nodes],
        }
        for name, values in measured(network).items()
    ]
