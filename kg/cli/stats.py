"""``kg stats``: what a store holds, counted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Lang, Output, Store
from kg.cli.output import put
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.stats import Counted


def stats(
    format: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Count reports, entities, facts, evidence, findings and queries."""
    from kg.query import query_names
    from kg.stats import stats as counted
    from kg.store import open_store

    if format not in ("text", "json"):
        raise QueryError(say("bad_format", lang, formats="text, json"))
    with open_store(store) as opened:
        found = counted(opened, queries=query_names())
    if format == "json":
        put(found.json(), output)
        return
    lines = [f"{say('reports', lang)}  {found.reports}", *_lines(found.years, lang)]
    lines += [say("entities", lang), *_lines(found.classes, lang)]
    lines += [f"{say('facts', lang)}  {found.facts}", f"{say('evidence', lang)}  {found.evidence}"]
    lines += [say("findings", lang), *_lines(found.findings, lang)]
    lines += [f"{say('queries', lang)}  {len(found.queries)}", *(f"  {name}" for name in found.queries)]
    put("\n".join(lines) + "\n", output)


def _lines(items: Iterable["Counted"], lang: str) -> list[str]:
    return [f"  {item.label(lang)}  {item.count}" for item in items]
