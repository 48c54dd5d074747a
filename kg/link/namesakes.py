"""Districts and counties of one name: which of them a report is from, by the cities that it names elsewhere."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.schema.regions import Region, Regions

_NAMED, _PRESS = 2, 1  # what a full name counts, and a short one in the name of a local paper or site


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Tells regions of one name apart by a report's text, the codes in it, and the levels it speaks of (省政府).

    Nothing is guessed: where no region of the name is told more of than every other, it stays open.
    """

    regions: Regions
    year: int | None
    words: Mapping[str, Sequence[str]]

    def of(self, name: str) -> tuple[Region, ...]:
        """The districts and counties of a name, where there are several and no city or province has it."""
        found = [one for one in self.regions.named(name, self.year) if one.name == name]
        return tuple(found) if len(found) > 1 and all(one.level == "county" for one in found) else ()

    def told(self, name: str, text: str, codes: Iterable[str], levels: Iterable[str]) -> Region | None:
        """The region of a name that a report means, seen from all it says."""
        found = self.of(name)
        coded = [one for one in found if one.code in (*codes,) or _coded(one.code, text)]
        if len(coded) == 1:
            return coded[0]
        above = self.words["aboveDistrict"]
        said = [level for level in levels if level in above]
        fitting = [one for one in found if all(self._has(one, level) for level in said)]
        count = {one.iri: self._count(one, text) for one in fitting}
        best = max(count.values(), default=0)
        leading = [one for one in fitting if count[one.iri] == best]
        return leading[0] if len(leading) == 1 and (best or len(found) > len(fitting)) else None

    def _has(self, region: Region, level: str) -> bool:
        """Whether a region lies in one of this level: 省政府 is spoken of in no municipality."""
        return any(above.name.endswith(level) for above in self.regions.ancestors(region))

    def _count(self, region: Region, text: str) -> int:
        """How much a text tells of the city and province of a region, but for where it was on a visit."""
        away = "".join(f"(?<!{re.escape(word)})" for word in self.words["visiting"])
        press = "|".join(
            map(re.escape, sorted(self.words["localPress"], key=lambda word: (-len(word), word)))
        )
        count = 0
        for above in self.regions.ancestors(region)[:2]:
            if above.level == "country":
                continue
            short = re.escape(self.regions.short(above))
            count += _NAMED * len(re.findall(f"{away}{re.escape(above.name)}", text))
            count += _PRESS * len(re.findall(rf"{short}(?:{press})", text))
        return count


def _coded(code: str, text: str) -> bool:
    """Whether a code of region begins an index number or the number of a site.

    >>> _coded("410204", "索引号：410204-0001"), _coded("410204", "电话：0371-410204")
    (True, False)
    """
    return re.search(rf"(?<![\d-]){code}(?:-|\d{{4}}(?!\d)|(?![\d-]))", text) is not None
