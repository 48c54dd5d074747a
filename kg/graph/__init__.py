"""Facts become quads: a graph for what a report says, one for its evidence, one for its findings."""

from kg.graph.evidence import evidence_iri, text_iri
from kg.graph.reference import reference_graphs
from kg.graph.report import graphs_of, quads, report_graphs, series_graph

__all__ = [
    "evidence_iri",
    "graphs_of",
    "quads",
    "reference_graphs",
    "report_graphs",
    "series_graph",
    "text_iri",
]
