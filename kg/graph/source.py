"""The text itself: what evidence points into, and where it came from."""

from collections.abc import Iterator
from hashlib import sha256

from kg.graph.closure import TYPE
from kg.graph.evidence import text_iri
from kg.graph.lines import Triple, name, node, whole, words
from kg.text.document import Document


def source(report: str, document: Document, ontology_digest: str) -> Iterator[Triple]:
    """The triples of a report's text: its words, and file, kind, size and digests of what was read."""
    text = node(text_iri(report))
    origin = document.source
    yield text, TYPE, name("nif:Context")
    yield text, TYPE, name("prov:Entity")
    yield text, name("dcterms:isFormatOf"), node(report)
    yield text, name("nif:isString"), words(document.text)
    yield text, name("pol:textDigest"), words(sha256(document.text.encode()).hexdigest())
    yield text, name("pol:sourceDigest"), words(origin.digest)
    yield text, name("pol:sourceSize"), whole(origin.size)
    yield text, name("pol:fileName"), words(origin.name)
    yield text, name("dcterms:format"), words(origin.media_type)
    for property, value in (
        ("pol:ontologyDigest", ontology_digest),
        ("pol:encoding", origin.encoding),
        ("dcterms:source", origin.address),
        ("dcterms:title", origin.title),
        *(("pol:conversion", conversion) for conversion in document.conversions),
    ):
        if value:
            yield text, name(property), words(value)
