"""Where a text names the place of its own writer, if no table of regions knows that place."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from kg.match.words import Words
from kg.text.document import Span

_LONGEST_ZONE = 12
_APART = ("的", "和", "与", "及")  # words no name of a zone holds


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


def before_zones(text: str, bodies: Set[int], stem: str, zones: tuple[str, ...]) -> Iterator[int]:
    """Where a short name ends that a zone of a body is called after (云川|经济开发区管委会).

    >>> text = "松坪经济开发区管委会、松坪的园区管委会"
    >>> bodies = {found.start() for found in re.finditer("管委会", text)}
    >>> list(before_zones(text, bodies, "松坪", ("开发区", "园区")))
    [2]
    """
    for body in sorted(bodies):
        if stem and text.endswith(zones, 0, body):
            at = text.rfind(stem, max(0, body - len(stem) - _LONGEST_ZONE), body)
            zone = text[at + len(stem) : body]
            if at >= 0 and zone.isalpha() and not any(word in zone for word in _APART):
                yield at + len(stem)


def home_places(
    text: str, words: Words, bodies: Set[int], home: str, known: HomeWords, names: Set[int] = frozenset()
) -> Iterator[Span]:
    """Where the writer's place is named: in full, or without its level word where what is called after it begins (云川|政府).

    ``bodies`` are the places where the own name of a body begins, ``names`` those before which a short name may stand.

    >>> from kg.match.words import segment
    >>> text = "2009年松和场镇公开信息，松和场政府网站另有专栏。"
    >>> known = HomeWords(("镇",), frozenset(), ())
    >>> [at.of(text) for at in home_places(text, segment(text), set(), "松和场镇", known, {text.index("政府")})]
    ['松和场镇', '松和场']
    """
    for found in re.finditer(re.escape(home), text):
        ends = words.ends_at(found.end()) or found.end() in bodies
        if ends and (len(home) > 3 or words.ends_at(found.start())):
            yield Span(*found.span())
    stem = short_name(home, known) if names else ""
    level = home.removeprefix(stem)
    for found in re.finditer(re.escape(stem), text) if stem else ():
        named = found.end() in names and not text.startswith(level, found.end())
        if named and words.ends_at(found.start()):
            yield Span(*found.span())
