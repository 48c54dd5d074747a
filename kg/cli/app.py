"""The verbs of ``kg``, put together; their help comes from ``messages.toml`` in the reader's language."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from kg.cli.analyse import analyse
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.compare import compare
from kg.cli.eval import eval_
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.lineage import lineage, spread
from kg.cli.messages import help_text
from kg.cli.ontology import ONTOLOGY
from kg.cli.options import Lang
from kg.cli.output import put
from kg.cli.promises import promises
from kg.cli.query import query
from kg.cli.remove import remove
from kg.cli.search import search
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.view import view

VERBS: dict[str, Callable[..., None] | dict[str, Callable[..., None]]] = {
    "build": build,
    "query": query,
    "search": search,
    "explain": explain,
    "promises": promises,
    "compare": compare,
    "lineage": lineage,
    "spread": spread,
    "view": view,
    "analyse": analyse,
    "serve": serve,
    "stats": stats,
    "check": check,
    "remove": remove,
    "export": export,
    "eval": eval_,
    "ontology": ONTOLOGY,
}


def _version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        put(f"kg {__version__}\n")
        raise typer.Exit


def command(lang: str) -> Any:
    """The command line as a click command, with its help in a language."""
    app = typer.Typer(
        name="kg",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_start)
    for name, verb in VERBS.items():
        if isinstance(verb, dict):
            app.add_typer(_group(verb), name=name)
        else:
            app.command(name, no_args_is_help=False)(verb)
    group = typer.main.get_command(app)
    _localise(group, "kg", lang)
    return group


def _group(verbs: dict[str, Callable[..., None]]) -> typer.Typer:
    """Verbs of a verb: ``kg ontology check``."""
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    group.callback()(_speak)
    for name, verb in verbs.items():
        group.command(name, no_args_is_help=False)(verb)
    return group


def _speak(lang: Lang = "") -> None:
    """The language of the help of a verb that has verbs."""


def _start(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """What comes before the verb; the work is the verbs'."""


def _localise(item: Any, name: str, lang: str) -> None:
    item.help = help_text(name, "", lang)
    item.short_help = item.help
    for parameter in item.params:
        parameter.help = help_text(name, parameter.name, lang)
    for verb, child in getattr(item, "commands", {}).items():
        _localise(child, verb if name == "kg" else f"{name}.{verb}", lang)
