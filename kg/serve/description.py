"""What the server says of itself, as RDF.

Source: https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

import pyoxigraph as ox

from kg.serve.negotiation import GRAPHS, RESULTS
from kg.serve.settings import Settings
from kg.stats.void import VOID, dataset
from kg.terms import PREFIXES, expand

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMED = {
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
}
_MOST_LISTED = 1000
_MANY = ox.Literal("SELECT ?g { GRAPH ?g {} } lists the named graphs.", language="en")
_Fact = tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]
_PREFIXES = {**PREFIXES, "sd": _SD, "void": VOID}


def service_description(endpoint: str, settings: Settings, graphs: Sequence[str] = ()) -> dict[str, bytes]:
    """The endpoint at an address, by media type, with its named graphs, where they are not too many to list.

    >>> made = service_description("http://localhost/sparql", Settings(""), ["http://x/g"])["text/turtle"]
    >>> b"sd:endpoint <http://localhost/sparql>" in made, b"sd:name <http://x/g>" in made
    (True, True)
    """
    service, held, graph = (ox.NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "graph"))
    triples = [
        (service, "rdf:type", _sd("Service")),
        (service, f"{_SD}endpoint", ox.NamedNode(endpoint)),
        (service, f"{_SD}supportedLanguage", _sd("SPARQL11Query")),
        (service, f"{_SD}feature", _sd("UnionDefaultGraph")),
        (service, f"{_SD}propertyFeature", ox.NamedNode(expand("pol:search"))),
        (service, f"{_SD}feature", _sd("BasicFederatedQuery")) if settings.federation else None,
        (service, f"{_SD}supportedLanguage", _sd("SPARQL11Update")) if settings.writable else None,
        *((service, f"{_SD}resultFormat", _format(kind)) for kind in (*RESULTS, *GRAPHS)),
        *((service, f"{_SD}inputFormat", _format(kind)) for kind in GRAPHS if settings.writable),
        (service, f"{_SD}defaultDataset", held),
        (held, "rdf:type", _sd("Dataset")),
        (held, f"{_SD}defaultGraph", graph),
        (graph, "rdf:type", _sd("Graph")),
        *(_named(endpoint, held, graphs) if len(graphs) <= _MOST_LISTED else [(held, "rdfs:comment", _MANY)]),
    ]
    return _in_every_format(item for item in triples if item is not None)


def _named(endpoint: str, held: ox.NamedNode, graphs: Iterable[str]) -> Iterator[_Fact]:
    """Named graphs, each with the address of its content."""
    store = endpoint.removesuffix("/sparql") + "/store?graph="
    for name in graphs:
        address = quote(name, safe="")
        one, content = ox.NamedNode(f"{endpoint}#graph={address}"), ox.NamedNode(store + address)
        yield held, f"{_SD}namedGraph", one
        yield one, "rdf:type", _sd("NamedGraph")
        yield one, f"{_SD}name", ox.NamedNode(name)
        yield one, f"{_SD}graph", content
        yield content, "rdf:type", _sd("Graph")


def dataset_description(
    address: str, counts: Mapping[str, int], classes: Mapping[str, int], properties: Mapping[str, int]
) -> dict[str, bytes]:
    """The store as a VoID dataset, by media type: ``counts`` of triples and entities, and how often each class and property is used."""
    endpoint = address.rsplit("/.well-known/", 1)[0] + "/sparql"
    return _in_every_format(
        dataset(
            f"{address}#dataset",
            counts["triples"],
            counts["entities"],
            classes,
            properties,
            endpoint=endpoint,
        )
    )


def _in_every_format(
    triples: Iterable[_Fact],
) -> dict[str, bytes]:
    made = [ox.Triple(subject, ox.NamedNode(_iri(name)), value) for subject, name, value in triples]
    return {
        kind: ox.serialize(made, format=form, prefixes=None if form == ox.RdfFormat.N_TRIPLES else _PREFIXES)
        or b""
        for kind, form in GRAPHS.items()
    }


def _iri(name: str) -> str:
    return name if "://" in name else expand(name)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _format(kind: str) -> ox.NamedNode:
    return ox.NamedNode(_FORMATS + _NAMED[kind])
