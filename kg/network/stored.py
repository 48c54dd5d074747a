"""An analysis as RDF: each figure a ``dqv:QualityMeasurement`` of a metric that says how it was computed."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.network.analysis import Analysis
from kg.store import Store
from kg.terms import BASE, expand


@cache
def methods() -> Mapping[str, Any]:
    """How each column is computed, with what it is called.

    >>> methods()["core"]["method"]
    'core number, directions left out'
    """
    return tomllib.loads((Path(__file__).parent / "methods.toml").read_text(encoding="utf-8"))


def graph_of(name: str) -> str:
    """The graph an analysis is kept in.

    >>> graph_of("policies")
    'https://w3id.org/policy-kg/id/graph/analysis/policies'
    """
    return f"{BASE}graph/analysis/{name}"


def write_analysis(store: Store, found: Analysis) -> str:
    """Put an analysis into its graph, in the place of an earlier one, and answer the graph's IRI."""
    graph = graph_of(found.name)
    store.replace({graph: "".join(_quads(found, graph)).encode()})
    store.flush()
    return graph


def _quads(found: Analysis, graph: str) -> list[str]:
    lines = []

    def put(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        quad = ox.Quad(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), value, ox.NamedNode(graph))
        lines.append(f"{quad} .\n")

    figures = [column for column in found.columns if column in methods()]
    for column in figures:
        metric = f"{graph}/{column}"
        told = methods()[column]
        put(metric, "rdf:type", ox.NamedNode(expand("dqv:Metric")))
        for language, label in sorted(told["label"].items()):
            put(metric, "skos:prefLabel", ox.Literal(label, language=language))
        put(metric, "skos:definition", ox.Literal(told["method"], language="en"))
    for entities, row in zip(found.about, found.rows, strict=True):
        key = hashlib.sha256("\n".join(entities).encode()).hexdigest()[:16]
        for column in figures:
            one = f"{graph}/{column}/{key}"
            value = float(row[found.columns.index(column)])
            put(one, "rdf:type", ox.NamedNode(expand("dqv:QualityMeasurement")))
            put(one, "dqv:isMeasurementOf", ox.NamedNode(f"{graph}/{column}"))
            put(one, "dqv:value", ox.Literal(f"{value:.6f}", datatype=ox.NamedNode(expand("xsd:decimal"))))
            for entity in entities:
                put(one, "dqv:computedOn", ox.NamedNode(entity))
    return sorted(lines)
