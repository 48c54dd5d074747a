"""Public bodies as a text names them: a place, a stem of competence, a kind of office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.match.mention import AgencyName, Mention, Place
from kg.match.words import Words
from kg.schema.gazetteer import AgencyKind
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Core:
    """A body's own name without its place (人社局), and the kind that is written so."""

    surface: str
    kind: AgencyKind

    @property
    def alone(self) -> bool:
        """Whether it names a body of the writer's place also without a place before it."""
        return len(self.surface) >= 3 and not self.kind.open and not self.kind.prefixed and bool(self.kind.suffixes)


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is needed to read the place before a name."""

    text: str
    words: Words
    regions: Mapping[int, Sequence[tuple[int, str]]]  # by end: (start, name)
    levels: tuple[str, ...]  # longest first
    own: tuple[str, ...]
    whole: tuple[str, ...]
    boundary: frozenset[str]
    determiners: frozenset[str]


def read_place(context: PlaceContext, end: int, floor: int) -> Place | None:
    """The place whose name ends here, with the regions it lies in where they are written before it.

    Returns None where none stands here; a place of ``各县`` or ``有关市`` is none either.
    """
    text = context.text
    named = _region_chain(context, end, floor)
    if named:
        return named
    level = next((word for word in context.levels if text.endswith(word, floor, end)), "")
    if not level:
        return None
    start = end - len(level)
    for word in (*context.own, *context.whole):
        if text.endswith(word, floor, start):
            return Place(Span(start - len(word), end), (), level, own=True)
    if any(text.endswith(word, floor, start) for word in context.determiners):
        return None
    opened = _open_name(context, start, floor)
    if opened < start:
        outer = _region_chain(context, opened, floor)
        names = (*(outer.names if outer else ()), text[opened:end])
        return Place(Span(outer.span.start if outer else opened, end), names, open=True)
    if start > floor and text[start - 1].isalnum() and not context.words.ends_at(start):
        return None
    return Place(Span(start, end), (), level)


def _region_chain(context: PlaceContext, end: int, floor: int) -> Place | None:
    names: list[str] = []
    start = end
    while hits := [(at, name) for at, name in context.regions.get(start, ()) if at >= floor]:
        at, name = min(hits)
        names.insert(0, name)
        start = at
    return Place(Span(start, end), tuple(names)) if names else None


def _open_name(context: PlaceContext, level_at: int, floor: int) -> int:
    """Where the unknown name before a level word begins; ``level_at`` itself where there is none."""
    words = context.words
    index = words.at(level_at)
    # the level word may be the end of a longer word that the dictionary knows as a place name
    if words.starts[index] < level_at:
        if words.tags[index].startswith("ns") and words.starts[index] >= floor:
            return int(words.starts[index])
        return level_at
    start = level_at
    while start > floor and level_at - start < 8:
        at = words.at(start - 1)
        begin = words.starts[at]
        word = context.text[begin:start]
        if begin < floor or word in context.boundary or word in context.determiners or not word.isalpha():
            break
        if start in context.regions:
            break
        if not words.tags[at].startswith(("n", "j", "s", "z", "a", "b", "m", "v", "g", "t", "x", "l", "i", "k")):
            break
        start = begin
    return start if 1 <= level_at - start <= 8 and _looks_like_name(context, start, level_at) else level_at


def _looks_like_name(context: PlaceContext, start: int, level_at: int) -> bool:
    """A place name has one to five characters and no common noun of administration in it."""
    words = context.words
    if context.text.startswith(context.levels, start):
        return False
    first, last = words.at(start), words.at(level_at - 1)
    tags = [words.tags[i] for i in range(first, last + 1)]
    if len(tags) == 1 and (tags[0].startswith(("ns", "nr", "nz")) or level_at - start in (1, 2)):
        return not tags[0].startswith(("v", "p", "c", "d", "m"))
    return level_at - start <= 4 and all(words.starts[i + 1] - words.starts[i] <= 2 for i in range(first, last + 1))


def read_agency(
    context: PlaceContext, core: Core, at: int, floor: int, holders: Sequence[str]
) -> Mention | None:
    """The body whose own name stands at ``at``, with its place; None where the words are a common noun."""
    text = context.text
    end = at + len(core.surface)
    kind = core.kind
    if text.startswith((*holders, *kind.not_before), end):
        return None
    place = read_place(context, at, floor)
    if place is None:
        if not core.alone or any(text.endswith(word, floor, at) for word in context.determiners):
            return None
        if at > floor and text[at - 1].isalnum():
            index = context.words.at(at - 1)
            word = text[context.words.starts[index] : at]
            if word not in context.boundary and not context.words.tags[index].startswith(("p", "c", "v", "d", "u", "f", "r", "x")):
                return None
    start = place.span.start if place else at
    prefix = next((word for word in kind.prefixes if text.endswith(word, floor, start)), "")
    if kind.prefixed and not prefix:
        return None
    start -= len(prefix)
    return Mention(Span(start, end), kind.cls, kind.iri, AgencyName(place, kind, core.surface), (Span(start, end),))
