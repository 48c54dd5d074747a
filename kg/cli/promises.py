"""``kg promises``: what became of the plans of a body's reports."""

from typing import Annotated

import typer

from kg.cli.options import STORE, Extension, Lang, Output, Store, check_format
from kg.cli.output import put

FORMATS = ("text", "json", "html")


def promises(
    agency: Annotated[str, typer.Argument(metavar="[AGENCY]", show_default=False)] = "",
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))] = "text",
    store: Store = STORE,
    extension: Extension = None,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Follow the plans of a body's reports into the next report."""
    from kg.promises import as_html, as_text, follow
    from kg.promises.data import as_json
    from kg.schema import load_ontology
    from kg.store import open_store

    check_format(format, FORMATS, lang)
    words = load_ontology(extension or ()).words
    with open_store(store) as opened:
        followed = follow(opened, words, agency)
    if format == "json":
        put(as_json(followed), output)
    else:
        put(as_html(followed, lang) if format == "html" else as_text(followed, lang), output)
