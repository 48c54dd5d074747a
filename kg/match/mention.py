"""What matching finds in a text: stretches that name something, before anyone asks what exactly."""

from dataclasses import dataclass
from decimal import Decimal

from kg.schema.gazetteer import AgencyKind
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Place:
    """What stands before a body's own name: a region by name, a level word (市), or a word for oneself (我, 本)."""

    span: Span
    names: tuple[str, ...] = ()  # region names from the outermost in, as written
    level: str = ""  # 省 市 县 区 …
    own: bool = False  # 我 本
    open: bool = False  # named, but in no table of regions
    under: str = (
        ""  # 人民政府, where it stands between an outer place and this one (荔湾区|人民政府|南源街道)
    )


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A public body composed of place and kind: 市 + 人力资源和社会保障局."""

    place: Place | None
    kind: AgencyKind
    form: str  # as written: 人社局
    own: str = ""  # a name of its own between place and kind: 第一 in 市|第一|中学
    bare: bool = False  # named by its field of work alone (司法、财政等部门)
    unit: "AgencyName | None" = (
        None  # what it is where the writer has units of this name (科技 in a university)
    )


@dataclass(frozen=True, slots=True)
class KnownName:
    """Something of the reference vocabulary, by one of its names."""

    entity: str
    label: str


@dataclass(frozen=True, slots=True)
class RegionName:
    """A region by name, level word or 全市."""

    place: Place


@dataclass(frozen=True, slots=True)
class SelfName:
    """我局, 本机关: the body that writes."""

    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with a head of some class: owner + modifiers + head, or quotations before a head."""

    head: str
    owner: "Mention | None"
    modifier: Span
    quotes: tuple[Span, ...]
    governor: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A policy by title, number or both; ``abbreviation`` is what 以下简称 calls it from here on."""

    title: Span | None
    number: str
    number_span: Span | None
    abbreviation: str
    numbers_year: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit."""

    value: Decimal
    unit: str
    bound: str
    decimals: int
    number: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks that are no part of a longer name."""


Detail = Quote | AgencyName | KnownName | RegionName | SelfName | Phrase | Citation | Figure


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something of a class; ``rule`` is the IRI of what found it.

    ``parts`` are the stretches of the single names where several stand before one noun (“A”“B”等栏目).
    """

    span: Span
    cls: str
    rule: str
    detail: Detail
    parts: tuple[Span, ...] = ()
