"""The server as an ASGI application."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.query import list_queries
from kg.serve.endpoint import Endpoint, response_of
from kg.serve.gone import attended
from kg.serve.graphs import Graphs
from kg.serve.lookups import Lookups
from kg.serve.named import NamedQueries
from kg.serve.openapi import KIND, openapi
from kg.serve.pages import Pages
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal, Refused
from kg.serve.search import Search
from kg.serve.settings import Settings
from kg.serve.transfer import sent
from kg.serve.void import Dataset
from kg.serve.work import Reply
from kg.serve.writer import Writer

_ALL = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
_LEFT = 499  # as others call what nobody reads, for the client has gone
_WRITER = ["Authorization", "If-None-Match"]  # headers of who writes


class App(Starlette):
    """The application, and the shorter way to it for queries of programs: see ``Endpoint.quickly``."""

    endpoint: Endpoint | None = None  # none where headers of other origins are to be minded


def make_app(settings: Settings) -> App:
    """The server of one store; its worker processes live as long as the application's lifespan."""
    pool, writer = Pool(settings), Writer(settings)
    endpoint, graphs = Endpoint(settings, pool, writer), Graphs(settings, pool, writer)
    pages, lookups = Pages(pool, endpoint), Lookups(pool)
    named, search, dataset = NamedQueries(pool), Search(pool), Dataset(pool)

    async def described(request: Request) -> Response:
        address = str(request.base_url).rstrip("/")
        return response_of(Reply(KIND, openapi(address, list_queries(), settings)))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.open()
        await writer.open()
        try:
            yield
        finally:
            await writer.close()
            await pool.close()

    routes = [  # what is asked most comes first
        _route("/sparql", pages.query),
        _route("/", pages.home, ["GET"]),
        _route("/id/{name:path}", pages.thing, ["GET"]),
        _route("/thing", pages.thing, ["GET"]),
        _route("/words", pages.words, ["GET"]),
        _route("/find", pages.find, ["GET"]),
        _route("/compare", pages.compare, ["GET"]),
        _route("/promises", pages.promises, ["GET"]),
        _route("/lineage", pages.lineage, ["GET"]),
        _route("/spread", pages.spread, ["GET"]),
        _route("/ontology/{name:path}", pages.ontology, ["GET"]),
        _route("/network", pages.network, ["GET"]),
        _route("/static/{name}", pages.static, ["GET"]),
        _route("/store", graphs),
        _route("/store/{graph:path}", graphs),
        _route("/query", named.listed, ["GET"]),
        _route("/query/{name:path}", named, ["GET"]),
        _route("/search", search.answer, ["GET"]),
        _route("/vocabulary", lookups.vocabulary, ["GET"]),
        _route("/labels", lookups.labels, ["POST"]),
        _route("/.well-known/void", dataset, ["GET"]),
        _route("/openapi.yaml", described, ["GET"]),
    ]
    middleware = [
        Middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors),
            allow_methods=["GET", "POST", "HEAD", *(["PUT", "DELETE"] if settings.writable else [])],
            allow_headers=["Accept", "Content-Type", *(_WRITER if settings.writable else [])],
            expose_headers=["Location"] if settings.writable else [],
        )
    ]
    app = App(
        routes=routes,
        middleware=middleware if settings.cors else [],
        lifespan=lifespan,
        exception_handlers={
            HTTPException: _told(pages, _http_error),
            Refused: _told(pages, _refusal),
            Exception: _told(pages, _broken),
        },
    )
    app.endpoint = None if settings.cors else endpoint
    return app


def _route(
    path: str, answer: Callable[[Request], Awaitable[Response]], methods: list[str] | None = None
) -> Route:
    async def work(request: Request) -> Response:
        return await sent(request, await answer(request))

    async def ask(request: Request) -> Response:
        given = await attended(request.scope.setdefault("state", {}), work(request))
        return given or Response(status_code=_LEFT)

    return Route(path, ask, methods=methods or _ALL)


def _told(
    pages: Pages, refusal: Callable[[Exception], Refusal]
) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def tell(request: Request, error: Exception) -> Response:
        return pages.refused(request, refusal(error))

    return tell


def _refusal(error: Exception) -> Refusal:
    assert isinstance(error, Refused)
    return error.refusal


def _http_error(error: Exception) -> Refusal:
    assert isinstance(error, HTTPException)
    headers = tuple((error.headers or {}).items())
    hint = "see / for what there is" if error.status_code == 404 else ""
    return Refusal(error.status_code, error.detail.lower(), hint, headers)


def _broken(error: Exception) -> Refusal:
    return Refusal(500, f"the server failed ({type(error).__name__})", "please report it")
