"""The words in which findings are shown, from ``words.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def words(part: str, lang: str) -> Mapping[str, str]:
    """The words of one part of what is shown, in a language.

    >>> words("severity", "en")["info"]
    'info'
    """
    catalogue = tomllib.loads(files("kg.inspect").joinpath("words.toml").read_text(encoding="utf-8"))
    return {name: said["en" if lang == "en" else "zh"] for name, said in catalogue[part].items()}


def counted(part: str, name: str, number: int, lang: str) -> str:
    """A number of things.

    >>> counted("count", "error", 2, "en")
    '2 errors'
    """
    return words(part, lang)[name].format(n=number, s="" if number == 1 else "s")
