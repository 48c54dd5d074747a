"""Graphs over HTTP: reading always, writing with the token.

``?default`` is the graph of what was written without a name; what queries see as default graph is the union of all. What is sent is
parsed by the process that writes, so that others are answered meanwhile.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from pathlib import PurePosixPath

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import StoreError
from kg.serve.changes import there
from kg.serve.dataset import UNNAMED
from kg.serve.endpoint import allow_writing, body_of, plain, response_of
from kg.serve.negotiation import GRAPHS, negotiate
from kg.serve.pool import Pool
from kg.serve.refusal import Refused
from kg.serve.settings import Settings
from kg.serve.work import Question, Reply
from kg.serve.writer import Writer
from kg.store.sparql import checked

_MOST = 256 << 20
_VAGUE = ("", "application/octet-stream", "binary/octet-stream", "text/plain")
_SUFFIXES = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".json": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".owl": "application/rdf+xml",
    ".xml": "application/rdf+xml",
}


class Graphs:
    """Answers requests of the Graph Store Protocol for one store."""

    def __init__(self, settings: Settings, pool: Pool, writer: Writer) -> None:
        self._settings = settings
        self._pool = pool
        self._writer = writer

    async def __call__(self, request: Request) -> Response:
        """Answer a request at ``/store``, and below it for a graph named by its address."""
        if request.method in ("GET", "HEAD"):
            return await self._get(request, self._graph(request))
        if request.method not in ("PUT", "POST", "DELETE"):
            raise Refused(
                405, f"{request.method} is no method of graphs", "", Allow="GET, HEAD, PUT, POST, DELETE"
            )
        allow_writing(request, self._settings)
        if request.method == "DELETE":
            graph = self._graph(request)
            if not await self._writer.delete(graph) and graph != UNNAMED:
                raise Refused(404, "there is no such graph", "")
            return Response(status_code=204)
        if request.method == "POST" and not request.query_params and request.url.path.rstrip("/") == "/store":
            return await self._create(request)
        graph = self._graph(request)
        files = await _sent(request)
        write = self._writer.put if request.method == "PUT" else self._writer.post
        absent = request.headers.get("if-none-match", "").strip() == "*"
        if absent and graph == UNNAMED:
            raise there()
        new = (
            await write(graph, files, absent=absent) and graph != UNNAMED
        )  # which is always there, like any default graph
        return Response(status_code=201 if new else 204)

    async def _create(self, request: Request) -> Response:
        """Make a graph from what was sent without a name; its name comes from its content."""
        address = str(request.url.replace(query="")).rstrip("/")
        graph = await self._writer.create(address, await _sent(request))
        return Response(status_code=201, headers={"Location": graph})

    async def _get(self, request: Request, graph: str) -> Response:
        accept = request.headers.get("accept", "")
        if not negotiate(accept, GRAPHS):
            raise Refused(406, f"no graph comes as “{accept}”", f"accept one of {', '.join(GRAPHS)}")
        answer = await self._pool.ask(
            Question(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", accept)
        )
        if isinstance(answer, Reply) and graph != UNNAMED and not await self._there(graph):
            raise Refused(
                404, "there is no such graph", "/sparql lists them: SELECT DISTINCT ?g { GRAPH ?g {} }"
            )
        return response_of(answer)

    async def _there(self, graph: str) -> bool:
        question = Question(f"ASK {{ GRAPH <{graph}> {{}} }}", "application/sparql-results+json")
        answer = await self._pool.ask(question)
        return isinstance(answer, Reply) and b"true" in answer.body

    def _graph(self, request: Request) -> str:
        """The graph that a request speaks of; raises ``Refused`` with 400 where it names none or more."""
        given = request.query_params.multi_items()
        graphs = [value for name, value in given if name == "graph"]
        default = any(name == "default" for name, _ in given)
        if len(graphs) + default > 1:
            raise Refused(400, "more than one graph is named", "name one")
        direct = request.url.path.rstrip("/") != "/store"
        if not graphs and not default and not direct:
            raise Refused(400, "no graph is named", "add ?graph=IRI or ?default")
        graph = graphs[0] if graphs else UNNAMED if default else str(request.url.replace(query=""))
        try:
            graph = checked(graph)
            return ox.NamedNode(graph).value
        except (StoreError, ValueError):
            raise Refused(400, f"“{graph}” is no absolute IRI", "give an absolute IRI") from None


async def _sent(request: Request) -> list[tuple[bytes, str]]:
    """The body, or the files of a form, each with its content type."""
    header = request.headers.get("content-type", "text/turtle")
    kind = header.partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        return [(await body_of(request, _MOST), kind)]
    files: list[tuple[bytes, str]] = []
    plain(request)
    async with request.form(max_part_size=_MOST) as form:
        for _, value in form.multi_items():
            if isinstance(value, str):
                files.append((value.encode(), "text/turtle"))
            else:
                files.append((await value.read(), kind_of(value.content_type or "", value.filename or "")))
    return files


def kind_of(header: str, name: str) -> str:
    """The content type of a file of a form; what says nothing of RDF gives way to the file's name.

    >>> kind_of("application/octet-stream", "a.TTL"), kind_of("", "a.jsonld"), kind_of("text/turtle", "a.rdf")
    ('text/turtle', 'application/ld+json', 'text/turtle')
    >>> kind_of("", "a"), kind_of("image/png", "a.ttl"), kind_of("text/plain", "a.txt")
    ('text/turtle', 'image/png', 'text/plain')
    """
    kind = header.partition(";")[0].strip().lower()
    named = _SUFFIXES.get(PurePosixPath(name).suffix.lower(), "")
    return named or kind or "text/turtle" if kind in _VAGUE else kind
