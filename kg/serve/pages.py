"""The portal: pages for people, each asked of a worker like a query."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryError
from kg.ontology.site import site
from kg.portal import (
    Content,
    Entity,
    Record,
    compare,
    content,
    entity,
    first_known,
    home,
    iris_at,
    is_graph,
    lineage,
    promises,
    reading,
    record,
    render,
    spreads,
    static,
    terms_called,
    words,
)
from kg.portal.links import Link, links
from kg.portal.places import place_of
from kg.portal.render import href
from kg.query import Query, list_queries, search
from kg.serve.answered import answered
from kg.serve.chinese import in_chinese
from kg.serve.endpoint import Endpoint, for_people, response_of, worded
from kg.serve.language import lang_of
from kg.serve.named import described
from kg.serve.negotiation import FORMATS, GRAPHS, negotiate
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal, Refused
from kg.serve.request import number
from kg.serve.work import Question, Reply
from kg.store import Store
from kg.terms import BASE, PREFIXES, is_iri
from kg.view import html

_MODEL = "/store?" + urlencode({"graph": f"{BASE}graph/ontology"})
_FORMATS = {"html": "text/html", **{name: kind for name, kind in FORMATS.items() if kind in GRAPHS}}
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
_DRAWN = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src 'self'"


_TEMPLATES = {Entity: "entity.html", Content: "graph.html", Record: "record.html"}
_MOST_COMPARED = 40
_MOST_FOUND = 60
_AS_DATA = frozenset(("update", "format", "output"))  # parameters that programs send


class Pages:
    """Answers what people look at."""

    def __init__(self, pool: Pool, endpoint: Endpoint) -> None:
        self._pool = pool
        self._endpoint = endpoint

    async def home(self, request: Request) -> Response:
        """The first page."""
        lang = lang_of(request)
        shown = await self._pool.kept(home, lang)
        return _page(request, "home.html", home=shown, queries=_questions())

    async def query(self, request: Request) -> Response:
        """The page to write queries on, for a browser; the endpoint for anything else.

        A browser that runs no scripts sends the form, and is shown the answer on the page.
        """
        if not _for_people(request):
            return await self._endpoint(request)
        given = request.query_params
        text = given.get("query", "")
        shown = await answered(self._pool, text, given, lang_of(request)) if text else None
        named = [query for query in list_queries() if not query.severity]
        listed = [described(query, f"/query/{query.name}") for query in named]
        return _page(
            request,
            "query.html",
            shown.status if shown else 200,
            queries=named,
            listed=listed,
            asked_query=text,
            shown=shown,
            texts={**words(lang_of(request)), "lang": lang_of(request), "prefixes": PREFIXES},
        )

    async def thing(self, request: Request) -> Response:
        """The page of a thing at its address, or what the graph says of it as RDF."""
        iri = await self._named(request)
        written = request.query_params.get("format", "")
        if written and written not in _FORMATS:
            raise Refused(400, f"unknown format “{written}”", f"use one of {', '.join(_FORMATS)}")
        accept = _FORMATS[written] if written else request.headers.get("accept", "")
        kind = negotiate(accept, ("text/html", *GRAPHS))
        if not kind:
            raise Refused(
                406, f"no thing comes as “{accept}”", f"accept one of text/html, {', '.join(GRAPHS)}"
            )
        if kind != "text/html":
            if await self._pool.kept(is_graph, iri):
                question = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
                return response_of(await self._pool.ask(Question(question, kind)))
            known = await self._pool.ask(Question(f"ASK {{ <{iri}> ?p ?o }}"), own=True)
            if isinstance(known, Reply) and b"true" not in known.body:
                raise Refused(404, f"nothing in the store is called “{iri}”", "see / for what there is")
            question = f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}"
            return response_of(await self._pool.ask(Question(question, kind), own=True))
        page = number(request.query_params.get("page", ""), "page", 1)
        lang = lang_of(request)
        address = f"{href(iri)}{'&' if '?' in href(iri) else '?'}"
        try:
            if iri.startswith(f"{BASE}report/") and iri.count("/") == BASE.count("/") + 2:
                return _page(
                    request, "report.html", it=await self._pool.kept(reading, iri, lang), address=address
                )
            whole = await self._pool.kept(is_graph, iri)  # of which all is sorted, which takes long
            year = request.query_params.get("year", "")
            shown = await self._pool.kept(told, iri, lang, page, year, own=not whole)
        except Refused as error:
            unknown = error.refusal.what.replace(f"<{iri}>", iri)
            return self.refused(request, replace(error.refusal, what=unknown))
        return _page(request, _TEMPLATES[type(shown)], it=shown, address=address)

    async def _named(self, request: Request) -> str:
        """The IRI of the thing that an address names."""
        if request.url.path == "/thing":
            given = request.query_params.get("iri", "")
            iris: tuple[str, ...] = (given,) if is_iri(given) else ()
        else:
            given = BASE + request.path_params["name"]
            iris = iris_at(request.scope["raw_path"].decode("latin-1").partition("/id/")[2])
        if not iris:
            raise Refused(404, f"“{given}” is no IRI", "see / for what there is")
        return await self._pool.kept(first_known, iris) if len(iris) > 1 else iris[0]

    async def find(self, request: Request) -> Response:
        """The results of the search box; a name that is found exactly is opened at once."""
        asked = request.query_params.get("q", "").strip()
        hits: Sequence[Link] = ()
        cut = False
        if asked:
            hits, cut = await self._pool.kept(found, asked, lang_of(request))
        return _page(request, "search.html", asked=asked, hits=hits, cut=cut, most=_MOST_FOUND)

    async def words(self, request: Request) -> Response:
        """To the words in a report that a thing is known from."""
        iri = request.query_params.get("iri", "")
        if not is_iri(iri):
            raise Refused(404, f"“{iri}” is no IRI", "see / for what there is")
        report, start, end = await self._pool.kept(place_of, iri)
        return Response(status_code=303, headers={"Location": f"{href(report)}#char={start},{end}"})

    async def compare(self, request: Request) -> Response:
        """Agencies and indicators of choice beside each other."""
        asked = [
            tuple(dict.fromkeys(iri for iri in request.query_params.getlist(name) if is_iri(iri)))
            for name in ("agency", "indicator")
        ]
        chosen = [iris[:_MOST_COMPARED] for iris in asked]
        shown = await self._pool.kept(compare, *chosen, lang_of(request))
        cut = {
            name: len(iris)
            for name, iris in zip(("agencies", "indicators"), asked, strict=True)
            if len(iris) > _MOST_COMPARED
        }
        return _page(request, "compare.html", it=shown, cut=cut, most=_MOST_COMPARED)

    async def promises(self, request: Request) -> Response:
        """What became of the plans of a body's reports."""
        shown = await self._pool.kept(promises, _iri(request, "agency"), lang_of(request))
        return _page(request, "promises.html", it=shown)

    async def lineage(self, request: Request) -> Response:
        """What came of a policy, or of all."""
        shown = await self._pool.kept(lineage, _iri(request, "policy"), lang_of(request))
        return _page(request, "lineage.html", it=shown)

    async def spread(self, request: Request) -> Response:
        """Which initiatives and platforms several places have."""
        name, kind = (request.query_params.get(one, "").strip() for one in ("name", "kind"))
        return _page(request, "spread.html", it=await self._pool.kept(spreads, name, kind))

    async def ontology(self, request: Request) -> Response:
        """The ontology's documentation, with counts of this store; its graph to who asks for data."""
        name = request.path_params["name"] or "index.html"
        kind = negotiate(request.headers.get("accept", ""), ("text/html", *GRAPHS))
        if name == "index.html" and kind in GRAPHS:
            return Response(status_code=303, headers={"Location": _MODEL, "Vary": "Accept"})
        pages = await self._pool.kept(documented)
        if name not in pages:
            raise Refused(404, "there is no such page", "see /ontology/ for what there is")
        kind = "text/css" if name.endswith(".css") else "text/html"
        return Response(
            pages[name], media_type=kind, headers={"Content-Security-Policy": _POLICY, "Vary": "Accept"}
        )

    async def network(self, request: Request) -> Response:
        """The store, an entity's surroundings, or what a query constructs, as a picture."""
        given = request.query_params
        focus, name = given.get("focus") or None, given.get("query") or None
        lang = lang_of(request)
        far = number(given.get("depth", ""), "depth", 1)
        drawn = await self._pool.kept(picture, name, focus, far, lang, own=False)
        headers = {"Content-Security-Policy": _DRAWN, "Vary": "Accept-Language, Cookie"}
        return Response(drawn, media_type="text/html", headers=headers)

    async def static(self, request: Request) -> Response:
        """A style sheet or script."""
        found = static(request.path_params["name"])
        if found is None:
            raise Refused(404, "there is no such file", "")
        return Response(found[0], media_type=found[1], headers={"Cache-Control": "max-age=300"})

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """What is wrong, as a page for a browser, else as a line; in Chinese to who reads Chinese."""
        if negotiate(request.headers.get("accept", ""), ("text/plain", "text/html")) != "text/html":
            return response_of(worded(request, refusal))
        if lang_of(request) == "zh":
            refusal = in_chinese(refusal)
        return _page(request, "message.html", refusal.status, title=refusal.what, text=refusal.hint)


def told(store: Store, iri: str, lang: str, page: int, year: str) -> Entity | Content | Record:
    """What a page tells of a thing, of a graph, or of what facts rest on."""
    if is_graph(store, iri):
        return content(store, iri, lang, page)
    try:
        return entity(store, iri, lang, page, year)
    except QueryError:
        return record(store, iri, lang)


def documented(store: Store) -> dict[str, str]:
    """The pages of ``kg ontology docs``."""
    return site(store=store, home="/", data=_MODEL)


def _for_people(request: Request) -> bool:
    """Whether a page is asked for; parameters are read last, for most who ask are programs with a long query."""
    if request.method not in ("GET", "HEAD"):
        return False
    return for_people(request.headers.get("accept", "")) and _AS_DATA.isdisjoint(request.query_params)


def _iri(request: Request, name: str) -> str:
    given = request.query_params.get(name, "")
    return given if is_iri(given) else ""


def found(store: Store, asked: str, lang: str) -> tuple[tuple[Link, ...], bool]:
    """The things whose names have these words, as links, and the terms of the ontology that are called so in either language; whether
    there are more of the first."""
    hits = [hit.iri for hit in search(store, asked, limit=_MOST_FOUND + 1)]
    iris = dict.fromkeys([*hits[:_MOST_FOUND], *terms_called(store, asked)])
    known = links(store, iris, lang)
    return tuple(known[iri] for iri in iris), len(hits) > _MOST_FOUND


def picture(store: Store, query: str | None, focus: str | None, depth: int, lang: str) -> str:
    """The page of ``kg view``."""
    return html(
        store,
        query=query,
        focus=f"<{focus}>" if focus else None,
        depth=min(max(depth, 1), 4),
        lang=lang,
        served="/sparql",
    )


def _questions() -> list[Query]:
    return [
        query for query in list_queries() if query.question.zh and not query.parameters and not query.severity
    ][:12]


def _page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    lang = lang_of(request)
    kept = [
        (name, value) for name, value in request.query_params.multi_items() if name not in ("lang", "page")
    ]
    paged = [(name, value) for name, value in request.query_params.multi_items() if name == "page"]
    other = urlencode([*kept, *paged, ("lang", "en" if lang == "zh" else "zh")])
    keep = "".join(f"&{urlencode([pair])}" for pair in kept)
    text = render(template, lang, other=other, keep=keep, here=request.url.path, **values)
    headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept, Accept-Language, Cookie"}
    response = Response(text, status, headers, media_type="text/html")
    if request.query_params.get("lang") == lang:
        response.set_cookie("lang", lang, max_age=31_536_000, httponly=True, samesite="lax")
    return response
