"""The place that the domain of a government's website spells: www.quzhou.gov.cn."""

import re
from collections import Counter

from pypinyin import lazy_pinyin

from kg.schema.regions import ALWAYS, Region, Regions
from kg.text.document import Span

_HOST = re.compile(
    r"(?<![\w@.-])(?:[\w-]+\.)*?(?P<name>[a-z]{4,})\.gov\.cn(?![\w.])", re.ASCII | re.IGNORECASE
)


def hosted(text: str, regions: Regions, levels: tuple[str, ...]) -> tuple[Region, Span] | None:
    """The region that the domain named most in a text spells, of those whose names end in one of some levels, and where it stands.

    None where no region of today is spelt so, or several are; a mailbox says nothing.

    >>> from pathlib import Path
    >>> regions = Regions.from_file(Path("ontology/vocab/regions.ttl"))
    >>> text = "可在www.quzhou.gov.cn下载"
    >>> [regions.path(hosted(text, regions, (level,))[0]) for level in "市县"]
    ['浙江省衢州市', '河北省邯郸市曲周县']
    >>> hosted(text, regions, ("市", "县")), hosted("信箱a@quzhou.gov.cn", regions, ("市",))
    (None, None)
    """
    found = list(_HOST.finditer(text))
    if not found:
        return None
    name = Counter(one["name"].lower() for one in found).most_common(1)[0][0]
    spelt = [
        region
        for region in regions.by_iri.values()
        if region.valid_to == ALWAYS[1] and region.name.endswith(levels) and _spells(name, region, regions)
    ]
    if len(spelt) != 1:
        return None
    at = next(one for one in found if one["name"].lower() == name)
    return spelt[0], Span(*at.span())


def _spells(name: str, region: Region, regions: Regions) -> bool:
    return name in ("".join(lazy_pinyin(regions.short(region))), "".join(lazy_pinyin(region.name)))
