"""``/search?q=…``: entities by words in their names, then terms of the ontology, as JSON."""

import json

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryError
from kg.portal import terms_called
from kg.portal.links import links
from kg.query.names import Hit, search
from kg.serve.endpoint import response_of
from kg.serve.language import lang_of
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal, refusal_of
from kg.serve.request import number
from kg.serve.work import Reply
from kg.store import Store
from kg.terms import expand

_MOST = 100


class Search:
    """Answers ``/search`` for one store."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        words = request.query_params.get("q", "")
        limit = number(request.query_params.get("limit", ""), "limit", 20)
        hits = await self._pool.call(hits_of, words, min(limit, _MOST), lang_of(request))
        if isinstance(hits, Refusal):
            return response_of(hits)
        content = [{"iri": hit.iri, "label": hit.label, "form": hit.form, "class": hit.cls} for hit in hits]
        return response_of(
            Reply("application/json", (json.dumps(content, ensure_ascii=False) + "\n").encode())
        )


def hits_of(store: Store, words: str, limit: int, lang: str) -> tuple[Hit, ...] | Refusal:
    """The closest hits, then terms that are called so in either language, labelled in this one; or what is wrong with the words."""
    try:
        hits = search(store, words, limit=limit)
    except QueryError as error:
        return refusal_of(error)
    if len(hits) >= limit:
        return hits
    known = {hit.iri for hit in hits}
    terms = {iri: name for iri, name in terms_called(store, words).items() if iri not in known}
    called = links(store, terms, lang)
    return (
        *hits,
        *(Hit(iri, called[iri].label, name, _whole(called[iri].cls)) for iri, name in terms.items()),
    )[:limit]


def _whole(name: str) -> str:
    return expand(name) if name and "://" not in name else name
