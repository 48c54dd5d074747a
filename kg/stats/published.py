"""A corpus described for machines: the dataset in VoID, the quality of each report in DQV.

Source: https://www.w3.org/TR/vocab-dqv/
"""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.page import words
from kg.query import select
from kg.stats.corpus import Corpus, Reported
from kg.stats.void import CLASSES, ENTITIES, PROPERTIES, TRIPLES, VOID, Triples, dataset
from kg.store import Store, turtle
from kg.terms import BASE, PREFIXES, expand

_LDQD = "http://www.w3.org/2016/05/ldqd#"
_PREFIXES = {**PREFIXES, "void": VOID, "ldqd": _LDQD}
DATASET = BASE + "dataset"
_METRICS = {
    "coverage": "completeness",
    "facts": "completeness",
    "findings": "consistency",
    "own": "conciseness",
    "other": "conciseness",
}


def as_turtle(store: Store, corpus: Corpus) -> str:
    """The dataset and the measurements of its reports as Turtle."""
    made = [
        ox.Triple(subject, ox.NamedNode(name if "://" in name else expand(name)), value)
        for triples in (_dataset(store), _metrics(), _measured(corpus))
        for subject, name, value in triples
    ]
    return turtle(made, _PREFIXES)


def _dataset(store: Store) -> Triples:
    def numbers(query: str) -> dict[str, int]:
        rows = select(store, query)
        return {row["x"].value if "x" in row else "": int(row["n"].value) for row in rows}

    yield from dataset(
        DATASET, numbers(TRIPLES)[""], numbers(ENTITIES)[""], numbers(CLASSES), numbers(PROPERTIES)
    )


def _metrics() -> Triples:
    for name, dimension in _METRICS.items():
        metric = _metric(name)
        yield metric, "rdf:type", ox.NamedNode(expand("dqv:Metric"))
        yield metric, "dqv:inDimension", ox.NamedNode(_LDQD + dimension)
        expected = "integer" if name in ("facts", "findings") else "decimal"
        yield metric, "dqv:expectedDataType", ox.NamedNode(expand(f"xsd:{expected}"))
        for lang in ("zh", "en"):
            yield metric, "skos:prefLabel", ox.Literal(words("kg.stats", lang)[name], language=lang)
            yield metric, "skos:definition", ox.Literal(words("kg.stats", lang)[f"{name}_is"], language=lang)


def _measured(corpus: Corpus) -> Triples:
    dataset_ = ox.NamedNode(DATASET)
    for one in corpus.reports:
        report = ox.NamedNode(one.iri)
        yield dataset_, f"{VOID}subset", report
        for name, value in _values(one):
            measured = ox.NamedNode(f"{one.iri}/quality/{name}")
            yield report, "dqv:hasQualityMeasurement", measured
            yield measured, "rdf:type", ox.NamedNode(expand("dqv:QualityMeasurement"))
            yield measured, "dqv:isMeasurementOf", _metric(name)
            yield measured, "dqv:computedOn", report
            yield measured, "dqv:value", value


def _values(one: Reported) -> Iterator[tuple[str, ox.Literal]]:
    yield "coverage", _rounded(one.coverage)
    yield "facts", ox.Literal(one.facts)
    yield "findings", ox.Literal(sum(one.findings.values()))
    yield "own", _rounded(one.own)
    yield "other", _rounded(one.other)


def _rounded(part: float) -> ox.Literal:
    return ox.Literal(f"{part:.4f}", datatype=ox.NamedNode(expand("xsd:decimal")))


def _metric(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}metric/{name}")
