"""Regions: from the words of a text to a place of the table, or to a place the table does not know."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.match.mention import AgencyName, Place
from kg.schema.regions import Region, Regions
from kg.terms import Mint
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A region that a text speaks of; ``parents`` nearest first. ``official`` is how agencies' full names begin there."""

    iri: str
    name: str
    official: str
    code: str
    level: str
    parents: tuple["PlaceRef", ...] = ()
    short: str = ""  # the name without its level word, where the table knows it

    def chain(self) -> tuple["PlaceRef", ...]:
        """The place and its parents, nearest first."""
        return (self, *self.parents)

    @property
    def stem(self) -> str:
        """The name without its level word."""
        return self.short or (
            self.name[:-1] if len(self.name) > 2 and self.name[-1] in _LEVELS else self.name
        )


class Gazette:
    """Resolves places against the table of regions as of one year."""

    __slots__ = ("_mint", "_year", "regions")

    def __init__(self, regions: Regions, year: int | None, mint: Mint) -> None:
        self.regions = regions
        self._year = year
        self._mint = mint

    def of(self, region: Region) -> PlaceRef:
        """The reference to a region of the table."""
        parents = tuple(self.of(parent) for parent in self.regions.ancestors(region)[:1])
        return PlaceRef(
            region.iri, region.name, self.regions.official(region), region.code, region.level,
            (*parents, *(parents[0].parents if parents else ())), self.regions.short(region),
        )  # fmt: skip

    def resolve(self, place: Place, home: PlaceRef | None) -> PlaceRef | None:
        """The region a place means, seen from the writer's own; None where the words leave it open."""
        if not place.names:
            return self._level(place.level, home)
        outer: PlaceRef | None = None
        for index, name in enumerate(place.names):
            # a name of two characters (浚县) is open wherever nothing else of its place is named
            last_open = place.open and index == len(place.names) - 1 and len(name) > 2
            found = self._named(name, outer, home) if outer is not None or not last_open else None
            if found is None and outer is None and not last_open and self._is_of_many(name):
                found = PlaceRef(self._mint.entity("region", name), name, name, "", _level_of(name))
            elif found is None or (last_open and name != found.name):
                found = self._unknown(name, outer, home)
            outer = found
        return outer

    def _is_of_many(self, name: str) -> bool:
        """Whether several places have this full name, so that none of them is meant for sure."""
        return len([one for one in self.regions.named(name, self._year) if one.name == name]) > 1

    def _level(self, level: str, home: PlaceRef | None) -> PlaceRef | None:
        for ref in home.chain() if home else ():
            if ref.name.endswith(level):
                return ref
        return None

    def _named(self, name: str, outer: PlaceRef | None, home: PlaceRef | None) -> PlaceRef | None:
        for ref in home.chain() if home else ():
            if name in (ref.name, ref.official):
                return ref
        candidates = [self.of(region) for region in self.regions.named(name, self._year)]
        if not candidates:
            candidates = [self.of(region) for region in self._autonomous(name)]
        if outer is not None:
            candidates = [
                ref for ref in candidates if outer.iri in {parent.iri for parent in ref.chain()}
            ] or candidates[:0]
        if len(candidates) > 1 and home is not None:
            near = {ref.iri: depth for depth, ref in enumerate(home.chain()) if ref.level != "country"}
            ranked = sorted(
                candidates,
                key=lambda ref: min(
                    (near[parent.iri] for parent in ref.chain() if parent.iri in near), default=99
                ),
            )
            best = min((near[p.iri] for p in ranked[0].chain() if p.iri in near), default=99)
            if best < 99:
                return ranked[0]
        if len({ref.iri for ref in candidates}) > 1:
            provinces = [ref for ref in candidates if ref.level == "province"]
            top = provinces or [ref for ref in candidates if ref.level == "prefecture"]
            return top[0] if len(top) == 1 else None
        return candidates[0] if candidates else None

    def _autonomous(self, name: str) -> list[Region]:
        """关岭自治县 is short for 关岭布依族苗族自治县."""
        level = name[-3:]
        found = self.regions.named(name[:-3], self._year) if len(name) > 4 else ()
        return [region for region in found if region.name.endswith(level) and region.name != name]

    def _unknown(self, name: str, outer: PlaceRef | None, home: PlaceRef | None) -> PlaceRef:
        """A place of no table: a township, a zone, a city of an example."""
        for ref in home.chain() if home else ():
            if ref.name == name or (
                not ref.code
                and len(ref.name) > 2
                and name.endswith(ref.name)
                and len(name) - len(ref.name) < 3
            ):
                return ref
        parent = outer or self._named_in(name) or self._parent_for(name, home)
        path = (self._path(parent) if parent else "") + name
        chain = parent.chain() if parent else ()
        written = outer is not None and outer.level == "prefecture" and _level_of(name) == "township"
        nested = parent is not None and (written or self.nests(name, parent))
        official = (parent.official if parent and nested else "") + name
        return PlaceRef(self._mint.entity("region", path), name, official, "", _level_of(name), chain)

    def _named_in(self, name: str) -> PlaceRef | None:
        """The city or province that the name of a zone begins with (郑州|示范区)."""
        for size in range(2, len(name) - 2) if _level_of(name) == "county" else ():
            found = [one for one in self.regions.named(name[:size], self._year) if one.level != "county"]
            if len(found) == 1:
                return self.of(found[0])
        return None

    def nests(self, name: str, parent: PlaceRef) -> bool:
        """Whether agencies' full names here begin with the place above: districts of cities, townships of counties and of cities without any."""
        if _level_of(name) != "village" and name.startswith(parent.name[:2]):
            return False
        if _level_of(name) in ("township", "village"):
            known = self.regions.by_iri.get(parent.iri)
            undivided = (
                known is not None and parent.level == "prefecture" and not self.regions.children(known)
            )
            return parent.level in ("county", "township") or undivided
        return name[-1] in "区" and parent.level == "prefecture"

    def _parent_for(self, name: str, home: PlaceRef | None) -> PlaceRef | None:
        order = ("country", "province", "prefecture", "county", "township", "village")
        rank = order.index(_level_of(name))
        return next(
            (
                ref
                for ref in (home.chain() if home else ())
                if order.index(ref.level) < rank and ref.level != "country"
            ),
            None,
        )

    def _path(self, ref: PlaceRef) -> str:
        return "".join(part.name for part in reversed(ref.chain()) if part.level != "country")


_LEVELS = {
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "区": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "道": "township",
    "木": "township",
    "村": "village",
    "社区": "village",
}


def _level_of(name: str) -> str:
    return _LEVELS.get(name[-2:]) or _LEVELS.get(name[-1:], "township")


def only_called(detail: AgencyName, regions: Regions) -> bool:
    """Whether an institution is called by a place's short name (某大学 of that name), which tells nothing of a place that a text speaks of."""
    names = detail.place.names if detail.place is not None else ()
    return detail.kind.open and len(names) == 1 and not names[0].endswith(regions.words.suffixes)


def called_after_a_word(detail: AgencyName, regions: Regions) -> bool:
    """Whether the place in an institution's name is more often something else (中山大学 is called after a person)."""
    return (
        only_called(detail, regions)
        and detail.place is not None
        and detail.place.names[0] in regions.words.short_context
    )


def names_in(places: Sequence[PlaceRef]) -> frozenset[str]:
    """All names of some places."""
    return frozenset(name for ref in places for name in (ref.name, ref.official))


_ADDRESS_END = re.compile(r"[，；。）\n]")


def addresses(text: str, fields: Sequence[str]) -> Iterator[Span]:
    """Postal addresses: what stands after 地址： up to the next mark. The places in them are where letters go.

    >>> text = "地址：青岚市某路1号，邮编"
    >>> [span.of(text) for span in addresses(text, ["地址"])]
    ['青岚市某路1号']
    """
    options = "|".join(sorted(map(re.escape, fields), key=lambda word: (-len(word), word)))
    for found in re.finditer(rf"(?:{options})[：是为]?", text):
        stop = _ADDRESS_END.search(text, found.end())
        yield Span(found.end(), stop.start() if stop is not None else len(text))
