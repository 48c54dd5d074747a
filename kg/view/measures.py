"""Measures of the network that nodes on a page can be sized or coloured by."""

from kg.network.measures import measured
from kg.view.scene import Scene, network_of
from kg.view.words import say


def measures(shown: Scene, lang: str) -> list[dict[str, object]]:
    """Each measure with its name, its label, and one value a node, in the scene's order."""
    if not shown.relations:
        return []
    return [
        {
            "name": name,
            "label": say("measure", name, lang),
            "values": [round(values[iri], 5) for iri in shown.nodes],
        }
        for name, values in measured(network_of(shown)).items()
    ]
