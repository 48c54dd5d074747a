"""HTTP as uvicorn speaks it, but for two things that cost more than a query of a few rows: the head and the body of an answer are
written at once, for each write wakes the client, and a query that a program sends by GET, as most are, takes a shorter way than ASGI."""

import asyncio
import re
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.serve.app import App

_LONGER = frozenset(
    (b"content-length", b"transfer-encoding", b"expect", b"x-forwarded-for", b"x-forwarded-proto")
)  # in the head of a request with a body, or of one that another server passes on
_REQUEST_LINE = re.compile(rb"\A[A-Z]+ /[^\r\n]* HTTP/1\.[01]\r\n")
_BEYOND = re.compile(rb"[\x80-\xff]")


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
    response_complete: bool = False
    disconnected: bool = False
    more_body: bool = True
    body: bytearray = field(default_factory=bytearray)
    message_event: asyncio.Event = field(default_factory=asyncio.Event)


class Protocol(HttpToolsProtocol):
    """Uvicorn's protocol on such a transport, with the shorter way where the application has one."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(cast(asyncio.Transport, Joined(transport, self.loop)))

    def data_received(self, data: bytes) -> None:
        """Bytes came; an address with Chinese in it, as one types it for curl, is taken as if it had been encoded."""
        if not data.isascii() and (self.cycle is None or self.cycle.response_complete):
            data = _REQUEST_LINE.sub(
                lambda line: _BEYOND.sub(lambda found: b"%%%02X" % ord(found[0]), line[0]), data
            )
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        if (answer := self._quick()) is None:
            return super().on_headers_complete()
        cycle = Cycle(self.parser.should_keep_alive())
        self.cycle = cast(Any, cycle)
        task = self.loop.create_task(self._give(answer, cycle))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)
        return None

    def _quick(self) -> Coroutine[Any, Any, Response] | None:
        """The answer to a request that may take the shorter way."""
        if (
            not self.url.startswith(b"/sparql?")
            or not isinstance(self.config.app, App)
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
        query = self.url.removeprefix(b"/sparql?").decode("latin-1")
        return self.config.app.quickly(f"{self.scheme}://{host}/sparql", query, accept) if host else None

    async def _give(self, answer: Coroutine[Any, Any, Response], cycle: Cycle) -> None:
        response = await answer
        if self.flow.write_paused and not cycle.disconnected:
            await self.flow.drain()
        if cycle.disconnected:
            return
        headers = [*self.server_state.default_headers, *response.raw_headers]
        if not cycle.keep_alive:
            headers.append((b"connection", b"close"))
        lines = b"".join(b"%b: %b\r\n" % header for header in headers)
        self.transport.writelines(
            (STATUS_LINE[response.status_code] + lines + b"\r\n", cast(bytes, response.body))
        )
        cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()
