"""Measures of the network that nodes on a page can be sized or coloured by."""

import networkx as nx

from kg.view.scene import Scene
from kg.view.words import say


def measures(shown: Scene, lang: str) -> list[dict[str, object]]:
    """Each measure with its name, its label, and one value a node, in the scene's order."""
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(shown.nodes)
    network.add_edges_from((line.source, line.target) for line in shown.relations)
    if not network.number_of_edges():
        return []
    found: list[dict[str, object]] = []
    for name, values in (("degree", dict(network.degree())),):
        found.append(
            {
                "name": name,
                "label": say("measure", name, lang),
                "values": [values[iri] for iri in shown.nodes],
            }
        )
    return found
