"""The named queries as calls: ``/query/NAME?param=…`` in every format, and the list of them as RDF.

Source: https://www.w3.org/TR/shacl-af/#SPARQLExecutable
"""

import json
from collections.abc import Mapping

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryError
from kg.query import Parameter, Query, Wording, find_query, list_queries, prepare
from kg.serve.endpoint import response_of
from kg.serve.negotiation import GRAPHS, negotiate
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal, refusal_of
from kg.serve.work import Question, Reply
from kg.store import Store
from kg.terms import PREFIXES, expand

FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
}
_TYPES = {
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "boolean": "xsd:boolean",
    "year": "xsd:gYear",
    "date": "xsd:date",
    "iri": "rdfs:Resource",
    "entity": "rdfs:Resource",
}


class NamedQueries:
    """Answers ``/query/NAME``: parameters of the query come from the address, ``format`` chooses the format."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, request: Request) -> Response:
        """Answer one named query."""
        given = dict(request.query_params)
        accept = request.headers.get("accept", "")
        written = given.pop("format", "")
        try:
            if written and written not in FORMATS:
                raise QueryError(f"unknown format “{written}”", hint=f"use one of {', '.join(FORMATS)}")
            query = find_query(request.path_params["name"])
        except QueryError as error:
            unknown = error.what.startswith("no query is called")
            return response_of(refusal_of(error, 404 if unknown else 400))
        text = await self._pool.call(prepared, query, given)
        if isinstance(text, Refusal):
            return response_of(text)
        return response_of(await self._pool.ask(Question(text, FORMATS[written] if written else accept)))


def prepared(store: Store, query: Query, given: Mapping[str, str]) -> str | Refusal:
    """The text of a query with its parameters, or what is wrong with them."""
    try:
        return prepare(store, query, given)
    except QueryError as error:
        return refusal_of(error)


async def query_list(request: Request) -> Response:
    """All named queries, as ``sh:SPARQLExecutable`` or, for JSON, as a plain list."""
    kind = negotiate(request.headers.get("accept", ""), ("application/json", *GRAPHS)) or "application/json"
    address = str(request.url.replace(query="")).rstrip("/")
    if kind == "application/json":
        content = [described(query, f"{address}/{query.name}") for query in list_queries()]
        return response_of(Reply(kind, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()))
    triples = [triple for query in list_queries() for triple in _executable(query, f"{address}/{query.name}")]
    form = GRAPHS[kind]
    named = form != ox.RdfFormat.N_TRIPLES
    return response_of(
        Reply(kind, ox.serialize(triples, format=form, prefixes=PREFIXES if named else None) or b"")
    )


def described(query: Query, address: str) -> Mapping[str, object]:
    """A named query for programs.

    >>> from kg.query import parse_query
    >>> described(parse_query("ASK {}", name="any"), "/query/any")["address"]
    '/query/any'
    """
    return {
        "name": query.name,
        "address": address,
        "title": {"zh": query.title.zh, "en": query.title.en},
        "question": {"zh": query.question.zh, "en": query.question.en},
        "parameters": [_parameter(parameter) for parameter in query.parameters],
        "tags": list(query.tags),
        "defaultView": query.view,
        "query": query.text,
    }


def _parameter(parameter: Parameter) -> Mapping[str, object]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "default": parameter.default,
        "optional": parameter.optional,
        "description": {"zh": parameter.description.zh, "en": parameter.description.en},
    }


def _executable(query: Query, address: str) -> list[ox.Triple]:
    node = ox.NamedNode(address)
    form = "CONSTRUCT" if "network" in query.view or "CONSTRUCT" in query.text else "SELECT"
    kind = {
        "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
        "SELECT": ("SPARQLSelectExecutable", "select"),
    }
    cls, text = kind[form]
    made: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (node, "rdf:type", ox.NamedNode(expand("sh:SPARQLExecutable"))),
        (node, "rdf:type", ox.NamedNode(expand(f"sh:{cls}"))),
        (node, f"sh:{text}", ox.Literal(query.text)),
        *((node, "rdfs:label", ox.Literal(words, language=lang)) for lang, words in _both(query.title)),
        *((node, "rdfs:comment", ox.Literal(words, language=lang)) for lang, words in _both(query.question)),
        *((node, "schema:keywords", ox.Literal(tag)) for tag in query.tags),
    ]
    for parameter in query.parameters:
        one = ox.NamedNode(f"{address}#{parameter.name}")
        made += [
            (node, "sh:parameter", one),
            (one, "sh:path", ox.NamedNode(f"{address}#{parameter.name}")),
            (one, "sh:name", ox.Literal(parameter.name)),
            (one, "sh:datatype", ox.NamedNode(expand(_TYPES.get(parameter.type, "xsd:string")))),
            (one, "sh:optional", ox.Literal(parameter.optional or parameter.default is not None)),
            *(
                (one, "sh:description", ox.Literal(words, language=lang))
                for lang, words in _both(parameter.description)
            ),
        ]
    return [ox.Triple(subject, ox.NamedNode(_iri(name)), value) for subject, name, value in made]


def _both(wording: Wording) -> list[tuple[str, str]]:
    return [(lang, words) for lang in ("zh", "en") if (words := {"zh": wording.zh, "en": wording.en}[lang])]


def _iri(name: str) -> str:
    return name.replace("schema:", "http://schema.org/") if name.startswith("schema:") else expand(name)
