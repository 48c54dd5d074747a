"""``/.well-known/void``: the store as a VoID dataset, counted anew when it is asked."""

import json

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.description import dataset_description
from kg.serve.endpoint import described, response_of
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal, Refused
from kg.serve.work import Question
from kg.stats.void import CLASSES, ENTITIES, PROPERTIES, TRIPLES

_JSON = "application/sparql-results+json"


class Dataset:
    """Answers ``/.well-known/void`` for one store."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, request: Request) -> Response:
        """Answer one request."""
        try:
            counts = {
                "triples": (await self._numbers(TRIPLES))[""],
                "entities": (await self._numbers(ENTITIES))[""],
            }
            made = dataset_description(
                str(request.url.replace(query="")),
                counts,
                await self._numbers(CLASSES),
                await self._numbers(PROPERTIES),
            )
        except Refused as error:
            return response_of(error.refusal)
        return described(request, made)

    async def _numbers(self, query: str) -> dict[str, int]:
        answer = await self._pool.ask(Question(query, _JSON))
        if isinstance(answer, Refusal):
            raise Refused(answer.status, answer.what, answer.hint)
        rows = json.loads(answer.body)["results"]["bindings"]
        return {row["x"]["value"] if "x" in row else "": int(row["n"]["value"]) for row in rows}
