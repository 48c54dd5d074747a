"""``/openapi.yaml``: what programs can ask here, out of the routes and the named queries.

Source: https://spec.openapis.org/oas/v3.1.1.html
"""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

import yaml

from kg.query import Parameter, Query
from kg.serve.negotiation import FORMATS, GRAPHS, RESULTS
from kg.serve.settings import Settings

KIND = "application/yaml"
_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
    "date": {"type": "string", "format": "date"},
    "iri": {"type": "string", "format": "iri"},
}
_WRONG = {
    "400": "The request, query or data is not valid.",
    "401": "Writing needs the token.",
    "403": "The server only reads, or what was asked is off.",
    "404": "There is no such graph, query or thing.",
    "406": "The answer does not come in this format.",
    "409": "An update without the name of a graph would delete what stands in named ones.",
    "412": "With If-None-Match: * – the graph is there already.",
    "413": "The request is too long.",
    "415": "The content type is not known here.",
    "422": "The answer is too long: add LIMIT.",
    "503": "Too many others wait, the store is being written to, or the query or update needed too much memory.",
    "504": "The query or update took too long.",
}
_READ = ("400", "406", "422", "503", "504")
_WRITE = ("400", "401", "403", "413", "415", "503", "504")
_TEXT = {"type": "string"}


def openapi(address: str, queries: Iterable[Query], settings: Settings) -> bytes:
    """The description of the server at an address, as YAML.

    >>> openapi("http://localhost", [], Settings("")).splitlines()[0]
    b'openapi: 3.1.1'
    """
    content = {
        "openapi": "3.1.1",
        "info": {
            "title": "policy-kg",
            "version": version("policy-kg"),
            "description": "Facts of government information disclosure reports, each with its words. 政府信息公开年度报告知识图谱。",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address}],
        "paths": {**_paths(settings), **{f"/query/{query.name}": _named(query) for query in queries}},
        "components": {
            "responses": {status: _response(text, ["text/plain"]) for status, text in _WRONG.items()},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "password": {"type": "http", "scheme": "basic", "description": "The token as password."},
            },
        },
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120).encode()


def _paths(settings: Settings) -> dict[str, Any]:
    graphs = [
        _query("default-graph-uri", "A default graph", many=True),
        _query("named-graph-uri", "A named graph", many=True),
    ]
    graphs.append(
        _query("format", "In place of the Accept header", schema={"type": "string", "enum": list(FORMATS)})
    )
    place = [
        _query("graph", "The IRI of a graph"),
        _query("default", "The graph of what was written without a name"),
    ]
    found = {
        "/sparql": {
            "get": _operation(
                "Answer a query, or describe the endpoint where there is none", [*RESULTS, *GRAPHS], _READ,
                [_query("query", "A query in SPARQL 1.1"), *graphs],
            ),
            "post": {
                **_operation("Answer a query, or make an update with the token", [*RESULTS, *GRAPHS], (*_READ, "401", "403", "409", "413", "415"), graphs),
                "requestBody": {"required": True, "content": {
                    "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"query": _TEXT, "update": _TEXT}}},
                    "application/sparql-query": {"schema": _TEXT},
                    "application/sparql-update": {"schema": _TEXT},
                }},
            },
        },
        "/store": {
            "get": _operation("A graph", [*GRAPHS], (*_READ, "404"), place),
            "put": _writing("Put a graph in the place of what was there", place),
            "post": _writing("Add to a graph; without its name, make a new one", place),
            "delete": _writing("Take a graph out", place, body=False),
        },
        "/query": {"get": _operation("The named queries", ["application/json", *GRAPHS], ())},
        "/search": {"get": _operation(
            "Entities whose names have all of the words", ["application/json"], ("400", "503"),
            [_query("q", "Words", required=True), _query("limit", "At most", schema={"type": "integer", "default": 20, "maximum": 100})],
        )},
        "/.well-known/void": {"get": _operation("The store as a VoID dataset", [*GRAPHS], ("503", "504"))},
        "/openapi.yaml": {"get": _operation("This description", [KIND], ())},
    }  # fmt: skip
    if not settings.writable:
        for name in ("put", "post", "delete"):
            found["/store"].pop(name)
    return found


def _named(query: Query) -> dict[str, Any]:
    kinds = [*RESULTS, *GRAPHS]
    operation = _operation(
        query.title.en or query.name, kinds, (*_READ, "404"), map(_parameter, query.parameters)
    )
    operation["description"] = "\n".join(part for part in (query.question.en, query.question.zh) if part)
    operation["parameters"].append(
        _query("format", "In place of the Accept header", schema={"type": "string", "enum": list(FORMATS)})
    )
    operation["tags"] = list(query.tags)
    return {"get": operation}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS.get(parameter.type, _TEXT))
    if parameter.default is not None:
        schema["default"] = (
            yaml.safe_load(parameter.default)
            if schema["type"] in ("integer", "number", "boolean")
            else parameter.default
        )
    words = parameter.description.en or parameter.description.zh or parameter.name
    required = parameter.default is None and not parameter.optional
    return _query(parameter.name, words, required=required, schema=schema)


def _query(
    name: str, words: str, *, required: bool = False, many: bool = False, schema: Mapping[str, Any] = _TEXT
) -> dict[str, Any]:
    shape = {"type": "array", "items": dict(schema)} if many else dict(schema)
    return {"name": name, "in": "query", "description": words, "required": required, "schema": shape}


def _operation(
    words: str, kinds: Iterable[str], wrong: Iterable[str], parameters: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    refused = {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(set(wrong))}
    return {
        "summary": words,
        "parameters": [dict(parameter) for parameter in parameters],
        "responses": {"200": _response("The answer.", kinds), **refused},
    }


def _writing(words: str, parameters: Iterable[Mapping[str, Any]], *, body: bool = True) -> dict[str, Any]:
    made = _operation(words, [], (*_WRITE, "412" if body else "404"), parameters)
    made["responses"] = {
        **({"201": {"description": "The graph is new."}} if body else {}),
        "204": {"description": "It is done."},
        **{status: response for status, response in made["responses"].items() if status != "200"},
    }
    if body:
        kinds = (*GRAPHS, "multipart/form-data")
        made["requestBody"] = {"required": True, "content": {kind: {} for kind in kinds}}
    return {**made, "security": [{"token": []}, {"password": []}]}


def _response(words: str, kinds: Iterable[str]) -> dict[str, Any]:
    return {"description": words, "content": {kind: {"schema": _TEXT} for kind in kinds}}
