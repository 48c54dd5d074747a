"""Which format an answer has, by the request's ``Accept`` header.

Source: RFC 9110, section 12.5.1; SPARQL 1.1 Protocol, section 2.1.6.
"""

from collections.abc import Mapping
from functools import lru_cache

import pyoxigraph as ox

RESULTS: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
FORMATS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}  # by the names that parameters give them
_ALSO = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "text/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "application/x-turtle": ("text/turtle",),
    "text/plain": ("application/n-triples", "text/tab-separated-values"),
}


def negotiate(accept: str, offered: Mapping[str, object] | tuple[str, ...]) -> str:
    """The media type to answer with, the first offered where the client does not care, or nothing where none will do.

    >>> negotiate("text/csv;q=0.5, application/xml", RESULTS)
    'application/sparql-results+xml'
    >>> negotiate("text/turtle", RESULTS), negotiate("*/*", RESULTS)
    ('', 'application/sparql-results+json')
    >>> negotiate("application/json;q=0, */*;q=0.1", RESULTS)
    'application/sparql-results+xml'
    """
    return _negotiated(accept, tuple(offered))


@lru_cache(maxsize=512)
def _negotiated(accept: str, types: tuple[str, ...]) -> str:
    ranges = _ranges(accept) or [("*/*", 1.0)]
    best, best_quality = "", 0.0
    for kind in types:
        quality, precision = 0.0, -1
        for pattern, weight in ranges:
            fit = _fit(pattern, kind)
            if fit > precision:
                quality, precision = weight, fit
        if quality > best_quality:
            best, best_quality = kind, quality
    return best


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        name, *options = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for option in options:
            key, _, value = option.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if name:
            found.append((name.lower(), quality))
    return found


def _fit(pattern: str, kind: str) -> int:
    """How closely a range of ``Accept`` names a media type; -1 where it does not."""
    if pattern == kind:
        return 3
    if kind in _ALSO.get(pattern, ()):
        return 2
    if pattern.endswith("/*") and kind.startswith(pattern[:-1]):
        return 1
    return 0 if pattern == "*/*" else -1
