"""Promises as one page for the browser, with both quotations side by side; it needs nothing but itself."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, StrictUndefined

from kg.promises.data import Followed
from kg.promises.words import words
from kg.series import FATES


def as_html(followed: Sequence[Followed], lang: str = "zh") -> str:
    """Every body as a section, the plans of each year under that year."""
    bodies = [
        (
            one,
            [(year, list(group)) for year, group in groupby(one.promises, key=lambda promise: promise.year)],
        )
        for one in followed
    ]
    return (
        _environment()
        .from_string(_read("page.html"))
        .render(
            bodies=bodies,
            say=words(lang),
            fates=FATES,
            lang="en" if lang == "en" else "zh-CN",
            style=_read("page.css"),
            script=_read("page.js"),
        )
    )


@cache
def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _read(name: str) -> str:
    return files("kg.promises").joinpath(name).read_text(encoding="utf-8")
