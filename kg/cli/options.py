"""Options that mean the same in every verb; their help is in ``messages.toml``."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.messages import LANGUAGES, default_lang, say
from kg.errors import QueryError

STORE = "build/store"


def _lang(chosen: str) -> str:
    """The language chosen, or the locale's."""
    if chosen and chosen not in LANGUAGES:
        raise typer.BadParameter(say("bad_lang", default_lang()))
    return chosen or default_lang()


Store = Annotated[str, typer.Option("--store", metavar="DIR|URL")]
Lang = Annotated[str, typer.Option("--lang", metavar="zh|en", show_default=False, callback=_lang)]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE")]
Extension = Annotated[list[str] | None, typer.Option("--extension", metavar="NAME|DIR")]
Inputs = Annotated[list[Path], typer.Argument(metavar="INPUT…", show_default=False)]


def check_format(format: str, known: Collection[str], lang: str) -> None:
    """Raise ``QueryError`` where a format is none of those a verb knows."""
    if format not in known:
        raise QueryError(say("bad_format", lang, formats=", ".join(known)))


def pairs(written: list[str] | None, lang: str) -> dict[str, str]:
    """The values given as NAME=VALUE, by name.

    >>> pairs(["year=2020", "?name=a=b"], "en")
    {'year': '2020', 'name': 'a=b'}
    """
    found = {}
    for text in written or ():
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise QueryError(say("not_a_parameter", lang, text=text))
        found[name.strip().lstrip("?$")] = value
    return found
