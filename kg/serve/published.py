"""The named queries as RDF that another engine can run: with the prefixes they use, and types and defaults of their parameters.

Source: https://www.w3.org/TR/shacl-af/#SPARQLExecutable, https://www.w3.org/TR/shacl/#sparql-prefixes
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query import Parameter, Query, Wording, entity_named
from kg.query.parameters import values_of
from kg.query.tokens import tokens
from kg.serve.negotiation import GRAPHS
from kg.store import Store, Term
from kg.terms import PREFIXES, expand

_FORMS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
    "ASK": ("SPARQLAskExecutable", "ask"),
}
_TYPES = {
    "string": "xsd:string",
    "zh": "rdf:langString",
    "en": "rdf:langString",
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "boolean": "xsd:boolean",
    "year": "xsd:gYear",
    "date": "xsd:date",
}  # of all others the value is an IRI
_KEYWORDS = "http://schema.org/keywords"
_Fact = tuple[ox.NamedNode, str, Term]


def published(store: Store, queries: tuple[Query, ...], address: str, kind: str) -> bytes:
    """Queries in a media type; the store knows which entity a default names.

    >>> from kg.query import parse_query
    >>> from kg.store import MemoryStore
    >>> query = parse_query("#+ parameters: {n: {type: integer, default: 2}}\\nASK { ?s ?p ?n }", name="any")
    >>> made = published(MemoryStore(), (query,), "http://x/query", "text/turtle").decode()
    >>> [part for part in ("sh:SPARQLAskExecutable", "sh:defaultValue 2", 'sh:prefix "pol"') if part not in made]
    []
    """
    prefixes = ox.NamedNode(f"{address}#prefixes")

    @cache
    def resolve(name: str) -> str:
        return entity_named(store, name)

    facts = [
        *_prefixes(prefixes, address),
        *(
            fact
            for query in queries
            for fact in _executable(query, f"{address}/{query.name}", prefixes, resolve)
        ),
    ]
    triples = [ox.Triple(subject, ox.NamedNode(_iri(name)), value) for subject, name, value in facts]
    form = GRAPHS[kind]
    named = form != ox.RdfFormat.N_TRIPLES
    return ox.serialize(triples, format=form, prefixes=PREFIXES if named else None) or b""


def _prefixes(node: ox.NamedNode, address: str) -> Iterable[_Fact]:
    yield node, "rdf:type", ox.NamedNode(expand("owl:Ontology"))
    for prefix, namespace in PREFIXES.items():
        one = ox.NamedNode(f"{address}#prefix-{prefix}")
        yield node, "sh:declare", one
        yield one, "sh:prefix", ox.Literal(prefix)
        yield one, "sh:namespace", ox.Literal(namespace, datatype=ox.NamedNode(expand("xsd:anyURI")))


def _executable(
    query: Query, address: str, prefixes: ox.NamedNode, resolve: Callable[[str], str]
) -> Iterable[_Fact]:
    node = ox.NamedNode(address)
    cls, text = _FORMS[_form(query)]
    yield node, "rdf:type", ox.NamedNode(expand("sh:SPARQLExecutable"))
    yield node, "rdf:type", ox.NamedNode(expand(f"sh:{cls}"))
    yield node, f"sh:{text}", ox.Literal(query.text)
    yield node, "sh:prefixes", prefixes
    yield from _worded(node, "rdfs:label", query.title)
    yield from _worded(node, "rdfs:comment", query.question)
    for tag in query.tags:
        yield node, _KEYWORDS, ox.Literal(tag)
    for parameter in query.parameters:
        one = ox.NamedNode(f"{address}#{parameter.name}")
        default = _default(query, parameter, resolve)
        yield node, "sh:parameter", one
        yield one, "sh:path", one
        yield one, "sh:name", ox.Literal(parameter.name)
        if kind := _TYPES.get(parameter.type):
            yield one, "sh:datatype", ox.NamedNode(expand(kind))
        else:
            yield one, "sh:nodeKind", ox.NamedNode(expand("sh:IRI"))
        yield one, "sh:optional", ox.Literal(parameter.optional or default is not None)
        if default is not None:
            yield one, "sh:defaultValue", default
        yield from _worded(one, "sh:description", parameter.description)


def _form(query: Query) -> str:
    return next(word for token in tokens(query.text) if (word := token.text.upper()) in _FORMS)


def _default(query: Query, parameter: Parameter, resolve: Callable[[str], str]) -> Term | None:
    """The term a parameter has where none is given; None where the store has no entity of that name."""
    if parameter.default is None:
        return None
    try:
        return values_of(replace(query, parameters=(parameter,)), {}, resolve)[parameter.name]
    except QueryError:
        return None


def _worded(node: ox.NamedNode, name: str, wording: Wording) -> Iterable[_Fact]:
    for lang, words in (("zh", wording.zh), ("en", wording.en)):
        if words:
            yield node, name, ox.Literal(words, language=lang)


def _iri(name: str) -> str:
    return name if "://" in name else expand(name)
