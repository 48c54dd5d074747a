"""A policy and what came of it, level by level; a thing and where it was taken up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Quote:
    """The words a step or a place rests on: whose report of which year, and where in its text."""

    report: str
    title: str
    year: int
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Thing:
    """A policy, initiative, platform or result.

    ``cls`` is the prefixed name of its class, ``by`` who issued it, carries it out or runs it; ``year`` is that of its
    number or date, for other things than policies that of the first report which tells of it; ``day`` where it
    is known.
    """

    iri: str
    name: str
    cls: str
    number: str = ""
    by: tuple[str, ...] = ()
    year: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A thing with what follows from it, the earliest first; ``property`` says how it hangs on the thing above it."""

    thing: Thing
    property: str = ""
    quotes: tuple[Quote, ...] = ()
    steps: "tuple[Step, ...]" = ()

    def walk(self, depth: int = 0, above: Thing | None = None) -> "Iterator[tuple[int, Thing | None, Step]]":
        """Every step from the top down, each with its depth and the thing above it."""
        yield depth, above, self
        for step in self.steps:
            yield from step.walk(depth + 1, self.thing)


@dataclass(frozen=True, slots=True)
class Lineage:
    """A policy's descent; ``cited`` are the reports that speak of it, by year."""

    root: Step
    cited: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A body that tells of a thing, with its place (a region's name, else its own) and the first year it does."""

    body: str
    place: str
    year: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Spread:
    """An initiative or platform that several bodies have, the first first."""

    name: str
    cls: str
    places: tuple[Place, ...]


def delay(above: Thing, thing: Thing) -> tuple[int, str] | None:
    """How long after the thing above: days where both days are known, else years; nothing where a year is missing.

    >>> delay(Thing("a", "", "", year=2020), Thing("b", "", "", year=2022))
    (2, 'years')
    >>> delay(Thing("a", "", "", day=date(2021, 4, 1)), Thing("b", "", "", day=date(2021, 6, 30)))
    (90, 'days')
    """
    if above.day and thing.day:
        return (thing.day - above.day).days, "days"
    if above.year is None or thing.year is None:
        return None
    return thing.year - above.year, "years"
