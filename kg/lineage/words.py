"""What lineages and spreads are told with, in zh and en."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.lineage.data import Thing, delay


@cache
def words(lang: str) -> Mapping[str, str]:
    """The words of one language.

    >>> words("en")["pol:Policy"]
    'policy'
    """
    text = files("kg.lineage").joinpath("words.toml").read_text(encoding="utf-8")
    return {name: said[lang if lang == "en" else "zh"] for name, said in tomllib.loads(text).items()}


def later(above: Thing, thing: Thing, lang: str) -> str:
    """How long after the thing above, in words; empty where a year is not known.

    >>> later(Thing("a", "", "", year=2020), Thing("b", "", "", year=2022), "en")
    '2 years on'
    """
    passed = delay(above, thing)
    if passed is None:
        return ""
    count, unit = passed
    return words(lang).get(f"{count} {unit}", words(lang)[unit]).format(count=count)
