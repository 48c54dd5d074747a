"""``kg analyse``: what the structure of the networks tells, as a table, CSV or RDF."""

from typing import Annotated

import pyoxigraph as ox
import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Lang, Output, Store
from kg.cli.output import note, show


def analyse(
    what: Annotated[
        str, typer.Argument(metavar="policies|agencies|platforms|cities|all", show_default=False)
    ],
    *,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0)] = 20,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT")] = "table",
    write: Annotated[bool, typer.Option("--write")] = False,
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Measure one network of the store and write its rows, the most telling first."""
    from kg.network import analyse as measure
    from kg.network import write_analysis
    from kg.query import Table
    from kg.store import open_store

    with open_store(store, writable=write) as opened:
        found = measure(opened, what, language=lang)
        if write:
            note(say("written", lang, path=write_analysis(opened, found)))
    rows = found.rows[: limit or None]
    show(Table(found.columns, tuple(tuple(map(_term, row)) for row in rows)), format, output)


def _term(value: str | float) -> ox.Literal:
    if isinstance(value, str):
        return ox.Literal(value)
    return ox.Literal(int(value)) if value.is_integer() else ox.Literal(f"{value:.6g}")
