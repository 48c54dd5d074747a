"""``kg stats``: what a store holds, counted, and how good its corpus is."""

from typing import Annotated

import typer

from kg.cli.options import STORE, Lang, Output, Store, check_format
from kg.cli.output import put

FORMATS = ("text", "json", "html", "turtle")


def stats(
    quality: Annotated[bool, typer.Option("--quality")] = False,
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))] = "text",
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Count reports, entities, facts, evidence, findings and queries; tell the quality of the corpus."""
    from kg.query import query_names
    from kg.stats import as_html, as_json, as_text, as_turtle, read_corpus
    from kg.stats import stats as counted
    from kg.store import open_store

    check_format(format, FORMATS, lang)
    with open_store(store) as opened:
        found = counted(opened, queries=query_names())
        corpus = read_corpus(opened) if quality or format in ("html", "turtle") else None
        if format == "json":
            put(as_json(found, corpus), output)
        elif corpus is None or format == "text":
            put(as_text(found, corpus, lang), output)
        else:
            put(as_html(found, corpus, lang) if format == "html" else as_turtle(opened, corpus), output)
