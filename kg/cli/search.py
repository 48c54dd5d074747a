"""``kg search``: entities by words in their names."""

import json
from typing import Annotated

import typer

from kg.cli.options import STORE, Lang, Output, Store, check_format
from kg.cli.output import put, show


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", show_default=False)],
    *,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000)] = 20,
    format: Annotated[str, typer.Option("--format", metavar="table|json")] = "table",
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Write the entities whose names have all of the words."""
    import pyoxigraph as ox

    from kg.query import Table
    from kg.query import search as found_by
    from kg.store import open_store

    check_format(format, ("table", "json"), lang)
    with open_store(store) as opened:
        hits = found_by(opened, " ".join(words), limit=limit)
    if format == "json":
        content = [{"iri": hit.iri, "label": hit.label, "form": hit.form, "class": hit.cls} for hit in hits]
        put(json.dumps(content, ensure_ascii=False, indent=1) + "\n", output)
        return
    rows = tuple(
        (
            ox.Literal(hit.label),
            ox.Literal(hit.form) if hit.form != hit.label else None,
            ox.NamedNode(hit.cls) if hit.cls else None,
        )
        for hit in hits
    )
    show(Table(("name", "form", "class"), rows), "table", output)
