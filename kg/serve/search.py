"""``/search?q=…``: entities by words in their names, as JSON."""

import json

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KgError
from kg.query.names import Hit, search
from kg.serve.endpoint import response_of
from kg.serve.refusal import refusal_of
from kg.serve.work import Handle, Reply
from kg.store import Store

_MOST = 100


class Search:
    """Answers ``/search`` for one store."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def __call__(self, words: str, limit: int) -> tuple[Hit, ...]:
        """The closest hits; raises ``KgError``."""
        store: Store = self._handle.store()
        return search(store, words, limit=limit)

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        words = request.query_params.get("q", "")
        limit = request.query_params.get("limit", "20")
        try:
            hits = self(words, min(int(limit) if limit.isdecimal() else 20, _MOST))
        except KgError as error:
            return response_of(refusal_of(error))
        content = [{"iri": hit.iri, "label": hit.label, "form": hit.form, "class": hit.cls} for hit in hits]
        return response_of(
            Reply("application/json", (json.dumps(content, ensure_ascii=False) + "\n").encode())
        )
