"""The full names of bodies: what a kind of body at a place is called."""

from collections.abc import Mapping

from kg.link.place import PlaceRef
from kg.match.mention import AgencyName
from kg.terms import expand

_INSTITUTION = expand("pol:PublicInstitution")


def government_form(place: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """What the government of a place is called: a subdistrict has an office, a zone a committee.

    >>> from kg.schema import load_ontology
    >>> words = load_ontology().words
    >>> [government_form(place, words) for place in ("青岚县", "青岚街道", "青岚高新区", "青岚高新区（石梁科技城）")]
    ['人民政府', '办事处', '管理委员会', '管理委员会']
    """
    if place.endswith(words["streetForm"]):
        return words["streetBody"][0]
    named = place.partition("（")[0] if place.endswith("）") else place
    return words["zoneBody" if named.endswith(words["zone"]) else "governmentForm"][0]


def government_label(home: PlaceRef, words: Mapping[str, tuple[str, ...]]) -> str:
    """The full name of the government of a place; a 新区 that has a code of its own is no zone.

    >>> from kg.schema import load_ontology
    >>> words = load_ontology().words
    >>> government_label(PlaceRef("", "浦东新区", "上海市浦东新区", "310115", "county"), words)
    '上海市浦东新区人民政府'
    """
    form = words["governmentForm"][0] if home.code else government_form(home.name, words)
    return home.official + form


def agency_label(detail: AgencyName, home: PlaceRef) -> str:
    """The full name of a body at a place.

    >>> from pathlib import Path
    >>> from kg.schema.gazetteer import Gazetteer
    >>> from kg.schema.index import load
    >>> kind = Gazetteer.from_index(load(Path("ontology/vocab").glob("*.ttl"))).by_form("人社局")[0]
    >>> agency_label(AgencyName(None, kind, "人社局"), PlaceRef("", "衢州市", "衢州市", "330800", "prefecture"))
    '衢州市人力资源和社会保障局'
    """
    kind = detail.kind
    provincial = home.level == "province" or home.name in kind.provincial_style
    if detail.bare:
        core = kind.usual(provincial=provincial, prefecture=home.level == "prefecture")
    else:
        core = kind.core(detail.form, provincial=provincial)
    if kind.open:
        return own_prefix(detail, home) + detail.own + core
    if detail.place is not None and detail.place.under and home.parents:
        return home.parents[0].official + detail.place.under + home.name + core
    printed = detail.place.names[-1] if detail.place is not None and detail.place.names else ""
    if home.level == "province" and printed == home.stem and kind.cls == _INSTITUTION:
        return home.stem + core  # 浙江|图书馆 is called so
    if kind.township and home.level == "township" and not home.name.endswith(kind.endings):
        return kind.township.format(region=home.official)
    return kind.named(home.official, core, home.stem)


def own_label(detail: AgencyName) -> str:
    """The full name of a body with a name of its own, where nothing tells its place."""
    return own_prefix(detail, None) + detail.own + detail.kind.core(detail.form)


def own_prefix(detail: AgencyName, home: PlaceRef | None) -> str:
    """What the full name of a body with a name of its own begins with: the place as written, where that is no full name.

    山东|大学 and 六盘水|高新技术产业开发区管理委员会 keep the short name; 市|第一|中学 takes the place's own.
    """
    place = detail.place
    if place is None:
        return ""
    written = "".join(place.names)
    short = len(place.names) > 1 and home is not None and not home.code  # 株洲|云龙|示范区管委会
    full = home is not None and not short and (not place.names or home.name == place.names[-1])
    return home.official if full and home is not None else written


def holds_in_order(whole: str, part: str) -> bool:
    """Whether a long name holds the characters of a shorter one in their order, to the last.

    >>> holds_in_order("六盘水高新技术产业开发区管理委员会", "六盘水高新区管理委员会")
    True
    """
    rest = iter(whole)
    return whole[-1:] == part[-1:] and all(character in rest for character in part)
