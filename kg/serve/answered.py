"""The answer to a query as a page shows it without scripts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from kg.serve.chinese import in_chinese
from kg.serve.negotiation import GRAPHS
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal
from kg.serve.work import Question

_ACCEPT = "application/sparql-results+json, text/turtle"
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Answered:
    """Rows of a table, or text: a graph as Turtle, or what is wrong; ``count`` of all rows, of which some are here."""

    status: int
    columns: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Mapping[str, object]], ...] = ()
    count: int = 0
    text: str = ""


async def answered(pool: Pool, text: str, given: QueryParams, lang: str) -> Answered:
    """Put a query as the page's form sends it."""
    graphs = tuple(given.getlist("default-graph-uri")), tuple(given.getlist("named-graph-uri"))
    answer = await pool.ask(Question(text, _ACCEPT, *graphs))
    if isinstance(answer, Refusal):
        return Answered(answer.status, text=(in_chinese(answer) if lang == "zh" else answer).text)
    if answer.kind in GRAPHS:
        return Answered(200, text=answer.body.decode())
    data = json.loads(answer.body)
    if "results" not in data:
        return Answered(200, text=str(data["boolean"]).lower())
    rows = data["results"]["bindings"]
    return Answered(200, tuple(data["head"]["vars"]), tuple(rows[:_MOST]), len(rows))
