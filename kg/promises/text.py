"""Promises for a terminal: one block a plan, with both quotations."""

from collections.abc import Iterable, Iterator

from kg.page import words
from kg.promises.data import Followed
from kg.series import Promise


def as_text(followed: Iterable[Followed], lang: str = "zh") -> str:
    """Each body with its counts, each promise with its fate, what was planned, and what the later report says.

    >>> from kg.promises.data import Followed
    >>> print(as_text([Followed("http://x/a", "甲市人民政府", (2020,), (), {})], "en"), end="")
    甲市人民政府  2020
      No two reports of this body stand in the store, so nothing can be followed.
    """
    return "\n".join("\n".join(_lines(one, lang)) for one in followed) + "\n"


def _lines(one: Followed, lang: str) -> Iterator[str]:
    say = words("kg.promises", lang)
    years = "、".join(map(str, one.years)) if lang != "en" else ", ".join(map(str, one.years))
    yield f"{one.name}  {years}"
    if not one.promises:
        yield f"  {say['none']}"
        return
    yield "  " + "  ".join(f"{say[fate]} {count}" for fate, count in one.counts.items())
    for promise in one.promises:
        yield ""
        yield from _promise(promise, lang)


def _promise(promise: Promise, lang: str) -> Iterator[str]:
    say = words("kg.promises", lang)
    yield f"  [{say[promise.fate]}] {promise.year} → {promise.later_year}"
    yield f"    “{promise.plan.words}”"
    for quote in promise.quotes:
        yield f"    → “{' '.join(quote.words.split())}”"
    if promise.repeats is not None:
        yield f"    ↻ “{promise.repeats.words}”"
    if promise.answers:
        names = dict.fromkeys(one.words for one in promise.answers)
        yield f"    {say['answered']}{' | '.join(names)}"
