"""Lineages and spreads as one page each for the browser."""

from collections.abc import Sequence

from kg.lineage.data import Lineage, Spread
from kg.lineage.later import later
from kg.page import page


def as_html(lineages: Sequence[Lineage], lang: str = "zh") -> str:
    """Each policy as a tree, with the words each step rests on."""
    return _page("lineage", lang, lineages=lineages, spreads=())


def spread_html(spreads: Sequence[Spread], lang: str = "zh") -> str:
    """Each thing with its places along the years."""
    return _page("spread", lang, lineages=(), spreads=spreads)


def _page(kind: str, lang: str, **values: object) -> str:
    return page("kg.lineage", lang, kind=kind, later=lambda above, thing: later(above, thing, lang), **values)
