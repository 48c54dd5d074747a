"""Promises as one page for the browser, with both quotations side by side."""

from collections.abc import Sequence
from itertools import groupby

from kg.page import page
from kg.promises.data import Followed
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
    return page("kg.promises", lang, bodies=bodies, fates=FATES)
