"""The named queries as calls: ``/query/NAME?param=…`` in every format, and the list of them as RDF."""

import json
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryError
from kg.query import Parameter, Query, find_query, list_queries, prepare
from kg.serve.endpoint import response_of, worded
from kg.serve.negotiation import FORMATS, GRAPHS, negotiate
from kg.serve.pool import Pool
from kg.serve.published import published
from kg.serve.refusal import Refusal, refusal_of
from kg.serve.work import Question, Reply
from kg.store import Store

_JSON = "application/json"


class NamedQueries:
    """Answers ``/query/NAME``: parameters of the query come from the address, ``format`` chooses the format."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def listed(self, request: Request) -> Response:
        """All named queries, as ``sh:SPARQLExecutable`` or, for JSON, as a plain list."""
        kind = negotiate(request.headers.get("accept", ""), (_JSON, *GRAPHS)) or _JSON
        address = str(request.url.replace(query="")).rstrip("/")
        queries = tuple(list_queries())
        if kind != _JSON:
            return response_of(Reply(kind, await self._pool.call(published, queries, address, kind)))
        content = [described(query, f"{address}/{query.name}") for query in queries]
        return response_of(Reply(kind, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()))

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
            refusal = refusal_of(error, 404 if unknown else 400)
            return response_of(
                worded(request, replace(refusal, hint=refusal.hint or "/query lists the names"))
            )
        text = await self._pool.call(prepared, query, given)
        if isinstance(text, Refusal):
            return response_of(worded(request, text))
        answer = await self._pool.ask(Question(text, FORMATS[written] if written else accept))
        return response_of(worded(request, answer) if isinstance(answer, Refusal) else answer)


def prepared(store: Store, query: Query, given: Mapping[str, str]) -> str | Refusal:
    """The text of a query with its parameters, or what is wrong with them."""
    try:
        return prepare(store, query, given)
    except QueryError as error:
        refusal = refusal_of(error)
        return replace(refusal, hint=refusal.hint.replace("give it with -p ", "add to the address "))


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
