"""The SPARQL endpoint: queries to the pool, updates to the writer.

Source: https://www.w3.org/TR/sparql11-protocol/
"""

import base64
import hmac
from collections.abc import Coroutine
from typing import Any

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import Response

from kg.portal import language
from kg.serve.chinese import in_chinese
from kg.serve.description import service_description
from kg.serve.lent import Terms
from kg.serve.negotiation import GRAPHS, RESULTS, negotiate
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal, Refused
from kg.serve.request import Operation, read_operation
from kg.serve.settings import Settings
from kg.serve.work import Question, Reply
from kg.serve.worker import Client, Loan
from kg.serve.writer import Writer
from kg.store import Store

MOST_BODY = 16 << 20
_OFFERED = (*RESULTS, *GRAPHS, "text/html")


class Endpoint:
    """Answers requests of the protocol for one store."""

    def __init__(self, settings: Settings, pool: Pool, writer: Writer) -> None:
        self._settings = settings
        self._pool = pool
        self._writer = writer

    async def __call__(self, request: Request) -> Response:
        """Answer a request at ``/sparql``."""
        address = address_of(request)
        operation = read_operation(
            request.method,
            request.scope["query_string"].decode("latin-1"),
            request.headers.get("content-type", ""),
            await body_of(request, MOST_BODY),
        )
        if operation is None:
            return described(
                request, service_description(address, self._settings, await self._pool.kept(named_graphs))
            )
        if operation.kind == "update":
            return await self._update(request, operation, address)
        accept = request.headers.get("accept", "")
        answer = await self._answered(operation, accept, address)
        return response_of(worded(request, answer) if isinstance(answer, Refusal) else answer)

    def quickly(self, address: str, query: str, accept: str) -> Coroutine[Any, Any, Reply | Refusal] | None:
        """The answer to a query that a program sends by GET; None where the request is another one, or a wrong one.

        What Starlette and ASGI do around a request takes longer than a query of a few rows, so such a request does not go through them.
        """
        if for_people(accept):
            return None
        try:
            operation = read_operation("GET", query, "", b"")
        except Refused:
            return None
        return self._answered(operation, accept, address) if operation else None

    def lend(self, client: Client, terms: Terms) -> Loan | None:
        """Let a worker answer such queries on a connection by itself."""
        return self._pool.lend(client, terms)

    async def _answered(self, operation: Operation, accept: str, address: str) -> Reply | Refusal:
        accept = operation.accept or accept
        question = Question(operation.text, accept, operation.default_graphs, operation.named_graphs, address)
        return await self._pool.ask(question)

    async def _update(self, request: Request, operation: Operation, address: str) -> Response:
        allow_writing(request, self._settings)
        await self._writer.update(operation, base=address)
        return Response(status_code=204)


def named_graphs(store: Store) -> tuple[str, ...]:
    """The names of the graphs of a store."""
    return store.graphs()


def address_of(request: Request) -> str:
    """Where the request was sent, without its query, which may be long to take apart."""
    url = URL(scope={**request.scope, "query_string": b""})
    return str(url)


def worded(request: Request, refusal: Refusal) -> Refusal:
    """A refusal in the language that the request asks for; English to programs, which ask for none."""
    accepted = request.headers.get("accept-language", "")
    return (
        in_chinese(refusal) if accepted not in ("", "*") and language("", "", accepted) == "zh" else refusal
    )


def for_people(accept: str) -> bool:
    """Whether a page is wanted rather than an answer in one of the protocol's formats.

    >>> for_people("text/html,application/xml;q=0.9,*/*;q=0.8"), for_people("*/*"), for_people("text/csv")
    (True, False, False)
    """
    return negotiate(accept, _OFFERED) == "text/html"


def allow_writing(request: Request, settings: Settings) -> None:
    """Raise ``Refused`` with 401 or 403 where the request may not write."""
    if not settings.writable:
        raise Refused(403, "this server only reads", "start it with --writable")
    if not hmac.compare_digest(_shown(request.headers.get("authorization", "")), settings.token.encode()):
        raise Refused(
            401,
            "writing needs the token",
            "send it as “Authorization: Bearer …”, or as the password of any user",
            WWW_Authenticate='Bearer realm="policy-kg"',
        )


def _shown(header: str) -> bytes:
    """The token that a request shows: after ``Bearer``, or as the password of HTTP Basic, which more clients can send."""
    scheme, _, shown = header.partition(" ")
    if scheme.lower() == "bearer":
        return shown.strip().encode()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(shown, validate=True).partition(b":")[2]
        except ValueError:
            return b""
    return b""


def plain(request: Request) -> None:
    """Raise ``Refused`` with 415 where the content of a request is packed."""
    packing = request.headers.get("content-encoding", "identity").strip().lower()
    if packing != "identity":
        raise Refused(
            415, f"the content is packed: {packing}", "send it as it is", Accept_Encoding="identity"
        )


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request; raises ``Refused`` with 413 where it is too long, and 415 where it is packed."""
    plain(request)
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > most:
            raise Refused(413, f"the request is longer than {most} bytes", "send it in parts")
        parts.append(part)
    return b"".join(parts)


def described(request: Request, descriptions: dict[str, bytes]) -> Response:
    """A description in the format that the client prefers."""
    kind = negotiate(request.headers.get("accept", ""), GRAPHS) or "text/turtle"
    return response_of(Reply(kind, descriptions[kind]))


def response_of(answer: Reply | Refusal) -> Response:
    """What goes back over HTTP."""
    if isinstance(answer, Refusal):
        return Response(
            answer.text,
            answer.status,
            dict(_latin(answer.headers)),
            media_type="text/plain; charset=utf-8",
        )
    textual = answer.kind.startswith("text/")
    kind = f"{answer.kind}; charset=utf-8" if textual else answer.kind
    return Response(answer.body, headers={"Content-Type": kind, "Vary": "Accept"})


def _latin(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(name, value.encode("latin-1", "replace").decode("latin-1")) for name, value in headers]
