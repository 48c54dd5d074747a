"""``kg query``: answer a named query, a file, standard input, or a text."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Extension, Lang, Output, Store, check_format, pairs
from kg.cli.output import note, put, show
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query import Query


def query(
    query: Annotated[str | None, typer.Argument(metavar="NAME|FILE|-", show_default=False)] = None,
    *,
    text: Annotated[str | None, typer.Option("-e", "--execute", metavar="TEXT")] = None,
    parameters: Annotated[list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE")] = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", show_default=False)] = "",
    store: Store = STORE,
    output: Output = None,
    extension: Extension = None,
    names: Annotated[bool, typer.Option("--list")] = False,
    lang: Lang = "",
) -> None:
    """Answer one query and write the result."""
    from kg.query import FORMATS, Network, ask, deprecated_terms, list_queries, query_folders
    from kg.store import open_store

    folders = query_folders(extension or ())
    if names:
        listed = list_queries(folders)
        width = max((len(item.name) for item in listed), default=0)
        put(
            "".join(f"{item.name:<{width}}  {item.title.of(lang)}".rstrip() + "\n" for item in listed), output
        )
        return
    if format:
        check_format(format, FORMATS, lang)
    asked = _asked(query, text, folders, lang)
    given = pairs(parameters, lang)
    with open_store(store) as opened:
        result = ask(opened, asked, given)
        for old, new in deprecated_terms(opened, asked):
            note(say("deprecated", lang, old=old, new=new or "–"))
    show(result, format or ("turtle" if isinstance(result, Network) else "table"), output)


def _asked(name: str | None, text: str | None, folders: Iterable[Path], lang: str) -> "Query":
    from kg.query import find_query, load_query, parse_query

    if (name is None) == (text is None):
        raise QueryError(say("one_query", lang))
    if text is not None or name == "-":
        content = sys.stdin.read() if text is None else text
        if not content.strip():
            raise QueryError(say("one_query", lang))
        return parse_query(content)
    assert name is not None
    is_file = name.endswith(".rq") or "\\" in name or name.startswith((".", "/")) or Path(name).is_file()
    return load_query(name) if is_file else find_query(name, folders)
