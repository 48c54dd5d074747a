"""The store as a networkx graph, and what its structure tells."""

from kg.network.projection import to_networkx

__all__ = ["to_networkx"]
