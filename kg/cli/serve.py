"""``kg serve``: the store as a SPARQL endpoint."""

import os
import secrets
import socket
from typing import Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Lang, Store
from kg.cli.output import note
from kg.errors import StoreError

_GRACE = 5  # seconds that what is at work has when the server is stopped


def serve(
    *,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535)] = 8000,
    writable: Annotated[bool, typer.Option("--writable")] = False,
    seconds: Annotated[float, typer.Option("--time-limit", metavar="SECONDS", min=0.1)] = 30.0,
    writing: Annotated[float, typer.Option("--update-limit", metavar="SECONDS", min=0.1)] = 300.0,
    rows: Annotated[int, typer.Option("--row-limit", metavar="N", min=1)] = 1_000_000,
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=0)] = 0,
    cors: Annotated[list[str] | None, typer.Option("--cors", metavar="ORIGIN")] = None,
    federation: Annotated[bool, typer.Option("--federation")] = False,
    in_memory: Annotated[bool, typer.Option("--in-memory")] = False,
    store: Store = STORE,
    lang: Lang = "",
) -> None:
    """Serve a store until it is stopped."""
    import uvicorn

    from kg.serve import Limits, Settings, make_app
    from kg.serve.stem import check_size
    from kg.serve.wire import HEADERS, Protocol
    from kg.store import open_store

    open_store(store).close()  # told now, not at the first query
    token = (os.environ.get("KG_TOKEN") or secrets.token_urlsafe(24)) if writable else ""
    limits = Limits(seconds=seconds, writing=writing, rows=rows, **({"workers": workers} if workers else {}))
    settings = Settings(store, limits, token, tuple(cors or ()), federation, in_memory)
    check_size(settings)
    app = make_app(settings)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Protocol,
        headers=HEADERS,
        log_level="critical",
        lifespan="on",
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=_GRACE,
    )
    try:
        channel = config.bind_socket()
    except (OSError, SystemExit):
        raise StoreError(
            say("port_taken", lang), where=f"{host}:{port}", hint=say("other_port", lang)
        ) from None
    place = f"[{host}]" if ":" in host else host
    lines = [say("serving", lang, address=f"http://{place}:{channel.getsockname()[1]}/")]
    if writable and not os.environ.get("KG_TOKEN"):
        lines.append(say("token", lang, token=token))

    class Server(uvicorn.Server):
        """Says where it is once it listens."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            note("\n".join(lines))

    Server(config).run(sockets=[channel])
