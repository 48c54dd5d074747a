"""The words of a page, from ``messages.toml``, and its families of classes, from ``families.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.terms import shorten

LANGUAGES = ("zh", "en")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Family:
    """A class under which the legend gathers others; ``shown`` in the opening picture, or not."""

    cls: str
    shown: bool = True
    figures: bool = False


def resource(name: str) -> str:
    """The text of a file that stands beside this module."""
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def toml(name: str) -> Mapping[str, Any]:
    """A table that stands beside this module."""
    return tomllib.loads(resource(name))


def say(section: str, key: str, lang: str, **values: object) -> str:
    """One message, with its values filled in.

    >>> say("counts", "nodes", "en", n=3)
    '3 entities'
    """
    message: str = toml("messages.toml")[section][key][lang]
    return message.format(**values)


def page_words(lang: str) -> dict[str, str]:
    """Every word the page's script needs.

    >>> page_words("en")["close"]
    'Close'
    """
    return {key: entry[lang] for key, entry in toml("messages.toml")["page"].items()}


def property_label(iri: str, known: str, lang: str) -> str:
    """What a property is called: as the store has it, as the messages have it, or its short IRI.

    >>> property_label("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "", "en")
    'class'
    """
    name = shorten(iri)
    other = toml("messages.toml")["property"].get(name, {}).get(lang, "")
    return known or other or name.rpartition(":")[2].rpartition("/")[2]


def families() -> tuple[Family, ...]:
    """The families of the legend, in their order.

    >>> [family.cls for family in families() if family.figures]
    ['pol:Observation', 'pol:Indicator']
    """
    return tuple(
        Family(entry["class"], entry.get("shown", True), entry.get("figures", False))
        for entry in toml("families.toml")["family"]
    )


def limits() -> tuple[int, int]:
    """How many nodes pyvis draws, and how many sigma.

    >>> limits()
    (1000, 50000)
    """
    told = toml("families.toml")
    return told["limit"], told["most"]


def language(lang: str) -> str:
    """The language, where there are words in it.

    Raises ``QueryError`` for another.

    >>> language("zh")
    'zh'
    """
    if lang not in LANGUAGES:
        raise QueryError(f"no words in the language “{lang}”", hint=f"use {' or '.join(LANGUAGES)}")
    return lang
