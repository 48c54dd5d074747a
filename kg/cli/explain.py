"""``kg explain``: what a store knows of an entity, and on which words that rests."""

from typing import Annotated

import typer

from kg.cli.options import STORE, Lang, Output, Store, check_format
from kg.cli.output import put


def explain(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", show_default=False)],
    format: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Explain one entity."""
    from kg.explain import explain as explained
    from kg.store import open_store

    check_format(format, ("text", "json"), lang)
    with open_store(store) as opened:
        explanation = explained(opened, entity)
    put(explanation.json() if format == "json" else explanation.text(lang), output)
