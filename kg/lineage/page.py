"""Lineages and spreads as one page each for the browser; they need nothing but themselves."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from kg.lineage.data import Lineage, Spread
from kg.lineage.words import later, words


def as_html(lineages: Sequence[Lineage], lang: str = "zh") -> str:
    """Each policy as a tree, with the words each step rests on."""
    return _page("lineage", lang, lineages=lineages, spreads=())


def spread_html(spreads: Sequence[Spread], lang: str = "zh") -> str:
    """Each thing with its places along the years."""
    return _page("spread", lang, lineages=(), spreads=spreads)


def _page(kind: str, lang: str, **values: object) -> str:
    template = _environment().from_string(_read("page.html"))
    return template.render(
        kind=kind,
        say=words(lang),
        lang="en" if lang == "en" else "zh-CN",
        later=lambda above, thing: later(above, thing, lang),
        style=_read("page.css"),
        **values,
    )


@cache
def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _read(name: str) -> str:
    return files("kg.lineage").joinpath(name).read_text(encoding="utf-8")
