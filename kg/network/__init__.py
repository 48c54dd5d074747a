"""The store as a networkx graph, and what its structure tells."""

from kg.network.analysis import ANALYSES, Analysis, analyse
from kg.network.outline import outline
from kg.network.projection import to_networkx
from kg.network.stored import write_analysis

__all__ = ["ANALYSES", "Analysis", "analyse", "outline", "to_networkx", "write_analysis"]
