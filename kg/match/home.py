"""Where a text names the place of its own writer, if no table of regions knows that place."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from kg.match.words import Words
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class HomeWords:
    """By what a short name is told from a common word."""

    levels: tuple[str, ...]  # longest first
    common: frozenset[str]  # words before a level word that name no place
    zones: tuple[str, ...]


def short_name(home: str, known: HomeWords) -> str:
    """A place's name without its level word, "" where that is no name by itself."""
    level = next((word for word in known.levels if home.endswith(word)), "")
    stem = home.removesuffix(level)
    common = not level or len(stem) < 2 or stem in known.common or stem.endswith(known.zones)
    return "" if common else stem


def home_places(
    text: str, words: Words, bodies: Set[int], home: str, known: HomeWords, *, short: bool = True
) -> Iterator[Span]:
    """Where the writer's place is named: in full, or where ``short`` also without its level word before a body (云川|政府).

    ``bodies`` are the places where the own name of a body begins.

    >>> from kg.match.words import segment
    >>> text = "2009年松和场镇公开信息，松和场政府网站另有专栏。"
    >>> known = HomeWords(("镇",), frozenset(), ())
    >>> [at.of(text) for at in home_places(text, segment(text), {text.index("政府")}, "松和场镇", known)]
    ['松和场镇', '松和场']
    """
    for found in re.finditer(re.escape(home), text):
        ends = words.ends_at(found.end()) or found.end() in bodies
        if ends and (len(home) > 3 or words.ends_at(found.start())):
            yield Span(*found.span())
    stem = short_name(home, known) if short else ""
    level = home.removeprefix(stem)
    for found in re.finditer(re.escape(stem), text) if stem else ():
        named = found.end() in bodies and not text.startswith(level, found.end())
        if named and words.ends_at(found.start()):
            yield Span(*found.span())
