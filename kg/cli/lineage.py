"""``kg lineage`` and ``kg spread``: what came of policies, and what went from place to place."""

from typing import Annotated

import typer

from kg.cli.options import STORE, Lang, Output, Store, check_format
from kg.cli.output import put

FORMATS = ("text", "json", "html")
Format = Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))]


def lineage(
    policy: Annotated[str, typer.Argument(metavar="[POLICY]", show_default=False)] = "",
    format: Format = "text",
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Show what came of a policy, from level to level."""
    from kg.lineage import as_html, as_json, as_text, descent
    from kg.store import open_store

    check_format(format, FORMATS, lang)
    with open_store(store) as opened:
        found = descent(opened, policy)
    if format == "json":
        put(as_json(found), output)
    else:
        put(as_html(found, lang) if format == "html" else as_text(found, lang), output)


def spread(
    name: Annotated[str, typer.Argument(metavar="[NAME]", show_default=False)] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="Initiative|Platform", show_default=False)] = "",
    format: Format = "text",
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Show which initiatives and platforms went from place to place."""
    from kg.lineage import spread as found_in
    from kg.lineage import spread_html, spread_json, spread_text
    from kg.store import open_store

    check_format(format, FORMATS, lang)
    with open_store(store) as opened:
        found = found_in(opened, name, kind)
    if format == "json":
        put(spread_json(found), output)
    else:
        put(spread_html(found, lang) if format == "html" else spread_text(found, lang), output)
