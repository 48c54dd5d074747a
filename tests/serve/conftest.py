"""Servers on a free port of this machine, each with a store of its own."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serve import Limits, Settings, make_app
from kg.serve.wire import HEADERS, Protocol
from kg.store import OxigraphStore
from kg.terms import PREFIXES

T = TypeVar("T")
TOKEN = "a-token"
LABEL = f"<{PREFIXES['skos']}prefLabel>"
AGENCY = f"<{PREFIXES['pol']}Agency>"
NAMES = ("云川市政务公开办公室", "云川市档案馆", "青澜县人民政府")


@contextmanager
def running(settings: Settings, around: Callable[[ASGIApp], ASGIApp] | None = None) -> Iterator[httpx.Client]:
    """A server in a thread, with something around it where given, and a client with its address."""
    app = make_app(settings)
    config = uvicorn.Config(
        around(app) if around else app,
        port=0,
        http=Protocol,
        headers=HEADERS,
        log_level="error",
        lifespan="on",
    )
    server = uvicorn.Server(config)
    channel = config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [channel]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.02)
    address = f"http://127.0.0.1:{channel.getsockname()[1]}"
    try:
        with httpx.Client(base_url=address, timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        channel.close()


def alone(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns, in a thread of its own: in this one a browser of other tests may have its loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def trusting(app: ASGIApp) -> ASGIApp:
    """The server with the token in every request, for clients that have no place to put it."""

    async def ask(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            token = (b"authorization", f"Bearer {TOKEN}".encode())
            scope = {**scope, "headers": [*scope["headers"], token]}
        await app(scope, receive, send)

    return ask


def filled(folder: Path) -> Path:
    """A store with three agencies in three graphs."""
    with OxigraphStore(folder, writable=True) as store:
        for number, name in enumerate(NAMES):
            graph = f"http://example.org/g{number}"
            lines = (
                f'<http://example.org/a{number}> {LABEL} "{name}"@zh <{graph}> .\n'
                f"<http://example.org/a{number}> <{PREFIXES['rdf']}type> {AGENCY} <{graph}> .\n"
            )
            store.add({graph: lines.encode()})
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[httpx.Client]:
    """A server that only reads, with small limits."""
    limits = Limits(seconds=20, rows=10, bytes=3_000, workers=2, waiting=1)
    with running(Settings(str(folder), limits, cors=("https://pages.example.org",))) as client:
        yield client


@pytest.fixture(scope="session")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server that can be written to, with the token in the client's hand."""
    place = filled(tmp_path_factory.mktemp("open") / "store")
    with running(Settings(str(place), Limits(workers=1), token=TOKEN)) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client
