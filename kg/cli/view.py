"""``kg view``: the store drawn as a page."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Lang, Store, pairs
from kg.cli.output import note


def view(
    *,
    query: Annotated[str | None, typer.Option("--query", metavar="NAME|FILE")] = None,
    parameters: Annotated[list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE")] = None,
    focus: Annotated[str | None, typer.Option("--focus", metavar="ENTITY")] = None,
    depth: Annotated[int, typer.Option("--depth", metavar="N", min=1)] = 2,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE")] = Path("graph.html"),
    store: Store = STORE,
    lang: Lang = "",
) -> None:
    """Draw the store, what a query constructs, or what surrounds an entity."""
    from kg.store import open_store
    from kg.view import write_html

    given = pairs(parameters, lang)
    with open_store(store) as opened:
        write_html(opened, output, query=query, parameters=given, focus=focus, depth=depth, lang=lang)
    note(say("written", lang, path=output))
