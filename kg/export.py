"""A store written out in the formats other programs read; the same store gives the same bytes."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import networkx as nx
import pyoxigraph as ox

from kg.errors import InputError
from kg.files import written
from kg.network import to_networkx
from kg.store import DEFAULT, Rows, Store, turtle
from kg.terms import PREFIXES, shorten

COLUMNS = (
    "subject", "subject_label", "subject_class", "property", "object", "object_label", "object_class",
    "report", "rule", "quote", "section", "page", "start", "end",
)  # fmt: skip

# Two questions, joined here: as one they take three times as long.
_FACTS = """
SELECT ?place ?s ?p ?o ?rule WHERE { GRAPH ?evidence {
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pol:rule ?rule ; pol:evidence ?place } }
"""
_PLACES = """
SELECT ?place ?report ?exact ?section ?page ?start ?end WHERE { GRAPH ?evidence {
  ?place oa:hasSource/dcterms:isFormatOf ?report ; oa:hasSelector ?position , ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact
  OPTIONAL { ?place pol:section ?section } OPTIONAL { ?place pol:page ?page } } }
"""


def export(store: Store, format: str, target: Path | str | BinaryIO, *, graph: str | None = None) -> None:
    """Write a store as ``nquads turtle jsonld csv graphml gexf`` to a file or a binary stream.

    N-Quads hold every named graph, or the one given; Turtle and JSON-LD the default graph, or the one given.
    CSV is one table of all facts, each as often as it has places it rests on. GraphML and GEXF hold the
    entities and the facts between them. A file appears whole or not at all.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.add({"http://x/g": b'<http://x/a> <http://x/b> "c" <http://x/g> .\\n'})
    >>> out = io.BytesIO()
    >>> export(store, "nquads", out)
    >>> out.getvalue()
    b'<http://x/a> <http://x/b> "c" <http://x/g> .\\n'
    """
    writer = FORMATS.get(format)
    if writer is None:
        raise InputError(f"unknown format “{format}”", hint=f"use one of {', '.join(FORMATS)}")
    if graph is not None and graph not in store.graphs():
        raise InputError("no such graph in the store", where=graph)
    with _opened(target) as out:
        for part in writer(store, graph):
            out.write(part)


def _nquads(store: Store, graph: str | None) -> Iterator[bytes]:
    for name in store.graphs() if graph is None else (graph,):
        yield "".join(sorted(f"{quad} .\n" for quad in store.quads(name))).encode()


def _turtle(store: Store, graph: str | None) -> Iterator[bytes]:
    yield turtle(_triples(store, graph)).encode()


def _jsonld(store: Store, graph: str | None) -> Iterator[bytes]:
    data = ox.serialize(_triples(store, graph), format=ox.RdfFormat.JSON_LD) or b"[]"
    nodes = [_compact(node) for node in json.loads(data)]
    document = {"@context": PREFIXES, "@graph": nodes}
    yield json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _compact(value: Any, naming: bool = False) -> Any:
    """Expanded JSON-LD with short names in the place of IRIs the context covers."""
    if isinstance(value, Mapping):
        return {
            shorten(key): shorten(inner)
            if key in ("@id", "@type") and isinstance(inner, str)
            else _compact(inner)
            for key, inner in value.items()
        }
    return [_compact(inner) for inner in value] if isinstance(value, list) else value


def _triples(store: Store, graph: str | None) -> list[ox.Triple]:
    return sorted((quad.triple for quad in store.quads(DEFAULT if graph is None else graph)), key=str)


def _csv(store: Store, graph: str | None) -> Iterator[bytes]:
    _whole_store_only(graph, "csv")
    nodes = to_networkx(store, facts_only=False).nodes
    places = {place: words for place, *words in _rows(store, _PLACES)}

    def about(node: str) -> tuple[str, str, str]:
        known = nodes.get(node, {})
        return node, str(known.get("label", "")), str(known.get("cls", ""))

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = (
        (*fact, *_placed(places[place], rule))
        for place, *fact, rule in _rows(store, _FACTS)
        if place in places
    )
    for subject, property, value, *rest in sorted(rows):
        writer.writerow((*about(subject), shorten(property), *about(value), *rest))
    yield out.getvalue().encode("utf-8-sig")


def _placed(place: list[str], rule: str) -> list[str]:
    """The columns that tell where a fact is from."""
    return [place[0], rule, *place[1:]]


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    rows = store.query(query)
    assert isinstance(rows, Rows)
    for row in rows:
        yield tuple("" if term is None or isinstance(term, ox.Triple) else term.value for term in row)


def _graphml(store: Store, graph: str | None) -> Iterator[bytes]:
    _whole_store_only(graph, "graphml")
    out = io.BytesIO()
    nx.write_graphml(_clean(to_networkx(store)), out)
    yield out.getvalue()


def _gexf(store: Store, graph: str | None) -> Iterator[bytes]:
    _whole_store_only(graph, "gexf")
    out = io.BytesIO()
    nx.write_gexf(_clean(to_networkx(store)), out)
    yield re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)


def _clean(network: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """XML has no place for control characters."""
    for _, attributes in network.nodes(data=True):
        attributes["label"] = _printable(attributes["label"])
    for _, _, attributes in network.edges(data=True):
        attributes["quote"] = _printable(attributes["quote"])
    return network


def _printable(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def _whole_store_only(graph: str | None, format: str) -> None:
    if graph is not None:
        raise InputError(
            f"{format} holds the whole store", where=graph, hint="use nquads, turtle or jsonld for one graph"
        )


@contextmanager
def _opened(target: Path | str | BinaryIO) -> Iterator[BinaryIO]:
    if not isinstance(target, (str, Path)):
        yield target
        return
    with written(target) as out:
        yield out


FORMATS: dict[str, Callable[[Store, str | None], Iterable[bytes]]] = {
    "nquads": _nquads,
    "turtle": _turtle,
    "jsonld": _jsonld,
    "csv": _csv,
    "graphml": _graphml,
    "gexf": _gexf,
}
