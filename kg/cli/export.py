"""``kg export``: the whole store in a format of other tools."""

import sys
from typing import Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Lang, Output, Store
from kg.cli.output import note


def export(
    format: Annotated[
        str, typer.Option("--format", metavar="nquads|turtle|jsonld|csv|graphml|gexf")
    ] = "nquads",
    output: Output = None,
    store: Store = STORE,
    lang: Lang = "",
) -> None:
    """Write the store to a file or to standard output."""
    from kg.export import export as write_out
    from kg.store import open_store

    with open_store(store) as opened:
        if output is None:
            write_out(opened, format, sys.stdout.buffer)
            sys.stdout.flush()
        else:
            write_out(opened, format, output)
            note(say("written", lang, path=output))
