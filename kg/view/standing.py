"""Where an entity stands: the level and the region of the body it belongs to, as far as names tell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import networkx as nx

from kg.terms import expand
from kg.view.words import toml

_ISSUED_BY = expand("pol:issuedBy")
# From a body to what is its own.
_OWNED = tuple(expand(f"pol:{name}") for name in ("operatedBy", "carriedOutBy", "partOf", "reportedIn"))


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """A level, 0 the country, one more for each below, and the region by name; empty for the country."""

    level: int
    region: str


OTHER = Standing(99, "")


def standing_of(name: str, provinces: Iterable[str] = ()) -> Standing:
    """Where the body of a name stands; ``provinces`` are those whose names end like a city's.

    >>> standing_of("云川市望岚区人民政府办公室")
    Standing(level=3, region='云川市望岚区')
    >>> standing_of("北京市财政局", ["北京市"]), standing_of("国务院办公厅")
    (Standing(level=1, region='北京市'), Standing(level=0, region=''))
    """
    for province in provinces:
        if name.startswith(province):
            below = standing_of(name.removeprefix(province))
            return Standing(max(1, below.level), province + below.region)
    found = _pattern().match(name)
    parts = found.groups() if found else ()
    level = max((place for place, part in enumerate(parts, 1) if part), default=0)
    return Standing(level, "".join(part or "" for part in parts))


@cache
def _pattern() -> re.Pattern[str]:
    """What a body's name begins with, one group a level."""
    told = toml("levels.toml")
    never = "".join(f"(?<!{re.escape(word)})" for word in told["not"])
    parts = [
        rf"([\u3400-\u9fff]{{1,7}}?(?:{'|'.join(map(re.escape, level['ends']))}){never})?"
        for level in told["level"]
    ]
    return re.compile("".join(parts))


def level_label(level: int, lang: str) -> str:
    """What a level is called.

    >>> [level_label(level, "en") for level in (0, 2, 99)]
    ['Country', 'City', 'Others']
    """
    told: Mapping[str, Any] = toml("levels.toml")
    listed = [told["country"], *told["level"]]
    label: str = (listed[level] if level < len(listed) else told["other"])["label"][lang]
    return label


def standings(
    drawn: "nx.MultiDiGraph[str]",
    families: Mapping[str, str],
    names: Mapping[str, tuple[str, ...]],
    provinces: Iterable[str] = (),
    institutions: Iterable[str] = (),
) -> dict[str, Standing]:
    """Where each node of a picture stands: a body by its name, a policy by who issued it or by its title, the
    rest by the body it is nearest to.

    ``families`` and ``names`` are those of the nodes. A school or a hospital whose name begins with no place may
    be of any: it has no standing, other bodies of this kind stand for the country.
    """
    provinces = sorted(provinces)
    found: dict[str, Standing] = {}
    for iri in sorted(drawn):
        if families.get(iri) in ("pol:Agency", "pol:Region"):
            place = standing_of(names[iri][0] if names.get(iri) else "", provinces)
            found[iri] = OTHER if place.level == 0 and iri in institutions else place
    for iri in sorted(drawn):
        if families.get(iri) in ("pol:Policy", "pol:Report"):
            issuers = [
                found[other]
                for _, other, key in drawn.out_edges(iri, keys=True)
                if key == _ISSUED_BY and other in found
            ]
            title = (names[iri][0] if names.get(iri) else "").lstrip("《“")
            found[iri] = min(issuers, default=standing_of(title, provinces))
    layer = sorted(found)
    while layer:  # what belongs to a body stands beside it, then what belongs to that
        nearer: dict[str, list[Standing]] = {}
        for iri in layer:
            for one, _, key in drawn.in_edges(iri, keys=True):
                if one not in found and key in _OWNED:
                    nearer.setdefault(one, []).append(found[iri])
        if not nearer:
            around = ((iri, other) for iri in layer for other in nx.all_neighbors(drawn, iri))
            for iri, other in around:
                if other not in found:
                    nearer.setdefault(other, []).append(found[iri])
        found |= {iri: max(places) for iri, places in nearer.items()}
        layer = sorted(nearer)
    return {iri: found.get(iri, OTHER) for iri in drawn}
