"""What the scripts of the pages ask for: the vocabulary of the store, names of things, both as JSON."""

import json

from starlette.requests import Request
from starlette.responses import Response

from kg.portal import vocabulary
from kg.portal.links import Link, links
from kg.portal.places import with_words
from kg.serve.endpoint import body_of, response_of
from kg.serve.language import lang_of
from kg.serve.pool import Pool
from kg.serve.refusal import Refused
from kg.serve.work import Reply
from kg.store import Store
from kg.terms import is_iri

_MOST_BODY = 1 << 20
_MOST = 1000


class Lookups:
    """Answers ``/vocabulary`` and ``/labels`` for one store."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def vocabulary(self, request: Request) -> Response:
        """Classes and properties."""
        return response_of(Reply("application/json", _json(await self._pool.kept(vocabulary))))

    async def labels(self, request: Request) -> Response:
        """Name, class and colour of each IRI in the posted list, and whether words of a report tell of it."""
        try:
            asked = json.loads(await body_of(request, _MOST_BODY))
        except ValueError:
            asked = None
        if not isinstance(asked, list) or len(asked) > _MOST:
            raise Refused(400, "the body is no list of IRIs", f"post a JSON list of at most {_MOST}")
        iris = [iri for iri in asked if isinstance(iri, str) and is_iri(iri)]
        known, told = await self._pool.call(called, tuple(iris), lang_of(request))
        content = {
            iri: {"label": link.label, "kind": link.kind, "color": link.color, "told": iri in told}
            for iri, link in known.items()
        }
        return response_of(Reply("application/json", _json(content)))


def called(store: Store, iris: tuple[str, ...], lang: str) -> tuple[dict[str, Link], frozenset[str]]:
    """What these things are called, and which of them reports speak of."""
    return links(store, iris, lang), with_words(store, iris)


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False) + "\n").encode()
