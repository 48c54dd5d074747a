"""Delays in words, in zh and en."""

from kg.lineage.data import Thing, delay
from kg.page import words


def later(above: Thing, thing: Thing, lang: str) -> str:
    """How long after the thing above, in words; empty where a year is not known.

    >>> later(Thing("a", "", "", year=2020), Thing("b", "", "", year=2022), "en")
    '2 years on'
    """
    passed = delay(above, thing)
    if passed is None:
        return ""
    count, unit = passed
    say = words("kg.lineage", lang)
    return say.get(f"{count} {unit}", say[unit]).format(count=count)
