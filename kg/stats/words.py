"""What the quality of a corpus is told with, in zh and en."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def words(lang: str) -> Mapping[str, str]:
    """The words of one language.

    >>> words("en")["coverage"]
    'coverage'
    """
    text = files("kg.stats").joinpath("words.toml").read_text(encoding="utf-8")
    return {name: said[lang if lang == "en" else "zh"] for name, said in tomllib.loads(text).items()}
