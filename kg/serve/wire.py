"""HTTP as uvicorn speaks it, but for two things that cost more than a query of a few rows: the head and the body of an answer are
written at once, for each write wakes the client, and a query that a program sends by GET, as most are, takes a shorter way than ASGI.
And what is done for a client that goes away before it is answered ends, see ``gone``."""

import asyncio
import os
import re
import socket
import time
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kg.serve.app import App
from kg.serve.gone import DEAD, INTERIM, OPEN, PAUSE, leave, line
from kg.serve.lent import Terms, rest_of
from kg.serve.refusal import Refusal
from kg.serve.work import Reply
from kg.serve.worker import Loan
from kg.serve.written import written

_LONGER = frozenset(
    (b"content-length", b"transfer-encoding", b"expect", b"x-forwarded-for", b"x-forwarded-proto")
)  # in the head of a request with a body, or of one that another server passes on
_REQUEST_LINE = re.compile(rb"\A[A-Z]+ /[^\r\n]* HTTP/1\.[01]\r\n")
_FEW, _MANY = 2, 4096
HEADERS = [("X-Content-Type-Options", "nosniff")]  # of every answer: it is what it says it is
_BEYOND = re.compile(rb"[\x80-\xff]")
_AGAIN = 1.0  # seconds until a client that sends no more is asked again whether it is there


class Joined:
    """A transport that writes what comes within one turn of the loop together."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Keep the data until the loop turns."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)

    def close(self) -> None:
        """Close once all is written."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        if parts and not self._transport.is_closing():
            self._transport.writelines(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


@dataclass(slots=True)
class Cycle:
    """A request on the shorter way, with all that uvicorn's protocol wants to know of one."""

    keep_alive: bool
    work: asyncio.Task[None] | None = None
    response_started: bool = False
    response_complete: bool = False
    disconnected: bool = False
    more_body: bool = True
    body: bytearray = field(default_factory=bytearray)
    message_event: asyncio.Event = field(default_factory=asyncio.Event)


def _leave(cycle: Cycle | RequestResponseCycle) -> None:
    if isinstance(cycle, RequestResponseCycle):
        leave(cycle.scope["state"])
    elif cycle.work:
        cycle.work.cancel()


class Protocol(HttpToolsProtocol):
    """Uvicorn's protocol on such a transport, with the shorter way where the application has one."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(cast(asyncio.Transport, Joined(transport, self.loop)))
        self._between = True  # requests
        self._rest = b""  # of the request, where it is plain and came alone
        self._run = 0  # of quick answers to requests that differ in their queries alone
        self._due = _FEW  # before the connection is lent
        self._terms: Terms | None = None
        self._loan: Loan | None = None
        self._shared = self._closing = False
        self._asked: deque[Cycle | RequestResponseCycle] = (
            deque()
        )  # and not answered; the first is being worked on
        self._ended = self._watching = False
        self._tried = 0.0

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed; for the client as well, where a worker has not yet let go of it."""
        if self._shared:
            with suppress(OSError), socket.socket(fileno=os.dup(self.descriptor())) as channel:
                channel.shutdown(socket.SHUT_RDWR)
        super().connection_lost(exc)
        if self._asked:
            first = self._asked[0]
            first.disconnected = True
            first.message_event.set()
            self.loop.call_later(PAUSE, _leave, first)  # what is nearly done costs less than a new worker
            self._asked.clear()

    def eof_received(self) -> bool:  # type: ignore[override]
        """The client sends no more; what it has asked as a whole is answered still."""
        self._ended = self.scheme == "http" and bool(self._asked) and not self._asked[0].more_body
        return self._ended

    def on_response_complete(self) -> None:
        """An answer is written; the next request has its turn."""
        self._asked.popleft()
        super().on_response_complete()
        if self._ended and (not self._asked or self._asked[0].more_body):
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Bytes came; an address with Chinese in it, as one types it for curl, is taken as if it had been encoded."""
        self._rest = rest_of(data) if self._between else b""
        if not data.isascii() and (self.cycle is None or self.cycle.response_complete):
            data = _REQUEST_LINE.sub(
                lambda line: _BEYOND.sub(lambda found: b"%%%02X" % ord(found[0]), line[0]), data
            )
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._between = True
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        if (answer := self._quick()) is None:
            self._run = 0
            before = self.cycle
            super().on_headers_complete()
            if self.cycle is not before:
                self._attend(self.cycle)
            return
        cycle = Cycle(self.parser.should_keep_alive())
        self.cycle = cast(Any, cycle)
        task = self.loop.create_task(self._give(answer, cycle))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)
        cycle.work = task
        self._attend(cycle)

    def shutdown(self) -> None:
        """Close the connection once what it asks is answered."""
        if self._loan:
            self._closing = True
            self._loan.recall()
        else:
            super().shutdown()

    def _quick(self) -> Coroutine[Any, Any, Reply | Refusal] | None:
        """The answer to a request that may take the shorter way."""
        if (
            not self.url.startswith(b"/sparql?")
            or not isinstance(self.config.app, App)
            or (endpoint := self.config.app.endpoint) is None
            or (self.cycle is not None and not self.cycle.response_complete)  # another is answered before
        ):
            return None
        headers = dict(self.headers)
        if (
            self.parser.get_method() != b"GET"
            or self.parser.get_http_version() != "1.1"
            or self.parser.should_upgrade()
            or not _LONGER.isdisjoint(headers)
        ):
            return None
        host, accept = (headers.get(name, b"").decode("latin-1") for name in (b"host", b"accept"))
        if not host:
            return None
        query = self.url.removeprefix(b"/sparql?").decode("latin-1")
        address = f"{self.scheme}://{host}/sparql"
        if self._terms is None or self._terms.rest != self._rest:
            self._run = 0
            self._terms = Terms(self._rest, accept, address)
        return endpoint.quickly(address, query, accept)

    async def _give(self, answer: Coroutine[Any, Any, Reply | Refusal], cycle: Cycle) -> None:
        given = await answer
        if self.flow.write_paused and not cycle.disconnected:
            await self.flow.drain()
        if cycle.disconnected:
            return
        self._write(given, keep=cycle.keep_alive)
        cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()
        self._run = self._run + 1 if isinstance(given, Reply) and given.quick else 0
        if self._run >= self._due and self.cycle is cast(Any, cycle) and cycle.keep_alive:
            self._lend()

    def _write(self, answer: Reply | Refusal, *, keep: bool) -> None:
        after = () if keep else ((b"connection", b"close"),)
        self.transport.writelines(written(answer, self.server_state.default_headers, after))

    def _attend(self, cycle: Cycle | RequestResponseCycle) -> None:
        """A request came; from now on its client is looked at."""
        self._asked.append(cycle)
        if not self._watching:
            self._watching = True
            self.loop.call_later(PAUSE, self._watch)

    def _watch(self) -> None:
        self._watching = bool(self._asked) and not self.transport.is_closing()
        if not self._watching:
            return
        if self.gone():
            self.transport.abort()
        else:
            self.loop.call_later(PAUSE, self._watch)

    def gone(self) -> bool:
        """Whether the client has gone, as far as can be told."""
        state = line(self.descriptor())
        if state == DEAD:
            return True
        if (state == OPEN and not self._ended) or self.scheme != "http":
            return False
        first = self._asked[0] if self._asked else None
        if isinstance(first, RequestResponseCycle) and first.scope["http_version"] != "1.1":
            return True  # it knows no interim response, and as a rule it is one that has gone
        now = time.monotonic()
        if now - self._tried > _AGAIN:
            self._tried = now
            if first is None:  # lent: it is written to from elsewhere
                with suppress(OSError):
                    os.write(self.descriptor(), INTERIM)
            elif not first.response_started and not self.transport.get_write_buffer_size():
                self.transport.write(INTERIM)
        return False

    # A connection that is lent is not read here, see ``worker`` and ``lent``.

    def _lend(self) -> None:
        """Have a worker read the next requests, where they are as plain as the last and nothing of them has come."""
        endpoint = cast(App, self.config.app).endpoint
        if (
            self._terms is None
            or not self._terms.rest
            or not self._between
            or self._closing
            or self._ended
            or self.scheme != "http"
            or self.transport.is_closing()
            or self.transport.get_write_buffer_size()
            or endpoint is None
        ):
            return
        headers = self.server_state.default_headers
        dated = bool(headers) and headers[0][0] == b"date"
        terms = replace(self._terms, headers=tuple(headers[dated:]), dated=dated)
        self.flow.pause_reading()
        self._loan = endpoint.lend(self, terms)
        if self._loan is None:
            self.flow.resume_reading()
            return
        self._shared = True
        self._unset_keepalive_if_required()

    def descriptor(self) -> int:
        """The number of its file."""
        return cast(int, self.transport.get_extra_info("socket").fileno())

    def returned(self, unread: bytes, output: bytes, *, content: bool) -> None:
        """It is read here again."""
        self._loan, self._run = None, 0
        self._due = _FEW if content else min(self._due * 8, _MANY)
        if self.transport.is_closing():
            return
        if output:
            self.transport.writelines((output,))
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )
        self.flow.resume_reading()
        if unread:
            self.data_received(unread)
        if self._closing:
            super().shutdown()

    def refused(self, refusal: Refusal) -> None:
        """The request that a worker took with it is answered so."""
        if not self.transport.is_closing():
            self._write(refusal, keep=not self._closing)
        self.returned(b"", b"", content=False)

    def lost(self) -> None:
        """Nobody knows how much of an answer went out."""
        self._loan = None
        self.transport.close()
