"""The model and the regions as named graphs, so that queries join reports with what the ontology says."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.graph.closure import TYPE, aligned, classes_of
from kg.graph.lines import Triple, name, node, nquads, typed, words
from kg.schema.model import Model
from kg.terms import BASE, Mint, expand, segment

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

REGIONS_FILE = "regions.ttl"

_TYPE = expand("rdf:type")
_PREFERRED = name("skos:prefLabel")
_LABEL = name("rdfs:label")


def reference_graphs(files: Sequence[Path], model: Model, mint: Mint) -> dict[str, bytes]:
    """The N-Quads of ``…/id/graph/ontology`` and ``…/id/graph/regions``.

    What the gazetteer knows by name is left out; what any file says of a region goes to the regions. Blank nodes get an IRI from the file and their order in it; what follows by the model is written out, as
    in the graphs of reports; a preferred label is also a label.
    """
    regions = [path for path in files if path.name == REGIONS_FILE]
    rest = [path for path in files if path.name != REGIONS_FILE]
    graphs = {mint.entity("graph", "ontology"): rest, mint.entity("graph", "regions"): regions}
    triples = {graph: list(_read(paths, graph)) for graph, paths in graphs.items()}
    ontology = mint.entity("graph", "ontology")
    of_regions = [triple for triple in triples[ontology] if _about(triple).startswith(f"{BASE}region/")]
    triples[mint.entity("graph", "regions")] += of_regions
    triples[ontology] = [triple for triple in triples[ontology] if not _is_lexical(triple)]
    return {graph: nquads(_complete(found, model), graph) for graph, found in triples.items()}


def _is_lexical(triple: ox.Triple) -> bool:
    """Whether a triple is about a body, policy or platform that the gazetteer knows by name.

    The gazetteer tells readers what a name means; a store speaks only of what its reports speak of.
    """
    subject = _about(triple)
    return subject.startswith(BASE) and not subject.startswith(f"{BASE}graph/")


def _about(triple: ox.Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""


def _read(paths: Iterable[Path], graph: str) -> Iterator[ox.Triple]:
    for number, path in enumerate(sorted(paths)):
        names: dict[str, ox.NamedNode] = {}
        stem = f"{graph}/{segment(path.stem)}-{number}"
        try:
            for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
                ends = [_named(term, stem, names) for term in (quad.subject, quad.object)]
                yield ox.Triple(ends[0], quad.predicate, ends[1])  # type: ignore[arg-type]  # subjects stay nodes
        except SyntaxError as error:
            raise OntologyError(str(error.msg), where=f"{path}:{error.lineno or 1}") from None


def _named(term: Term, stem: str, names: dict[str, ox.NamedNode]) -> Term:
    if not isinstance(term, ox.BlankNode):
        return term
    return names.setdefault(term.value, ox.NamedNode(f"{stem}/{len(names) + 1}"))


def _complete(triples: Sequence[ox.Triple], model: Model) -> Iterator[Triple]:
    classes: dict[str, set[str]] = {}
    for triple in triples:
        if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
            classes.setdefault(_key(triple.subject), set()).update(classes_of(model, triple.object.value))
    none: frozenset[str] = frozenset()
    frozen = {iri: frozenset(found) for iri, found in classes.items()}
    known: dict[tuple[frozenset[str], str, frozenset[str]], tuple[str, ...]] = {}
    for iri, found in frozen.items():
        for cls in found:
            yield node(iri), TYPE, node(cls)
    for triple in triples:
        subject, predicate, value = (
            node(_key(triple.subject)),
            node(triple.predicate.value),
            _written(triple.object),
        )
        yield subject, predicate, value
        if predicate == _PREFERRED:
            yield subject, _LABEL, value
        key = (
            frozen.get(_key(triple.subject), none),
            triple.predicate.value,
            frozen.get(_key(triple.object), none),
        )
        if key not in known:
            known[key] = aligned(model, *key)
        for other in known[key]:
            yield subject, node(other), value


def _key(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _written(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return node(term.value)
    assert isinstance(term, ox.Literal)
    return words(term.value, term.language) if term.language else typed(term.value, term.datatype.value)
