"""What a store says of one report, as values that gold can be compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.terms import expand

_SAME = "issuedBy cites operatedBy carriedOutBy implements basedOn usesPlatform partOf resultOf addresses"
# The relation names of gold files and the properties they stand for.
RELATIONS = {name: expand(f"pol:{name}") for name in (*_SAME.split(), "concerns")} | {
    "partOfRegion": expand("pol:within")
}
# The categories of gold files that are classes of named things.
CLASSES = {
    "agencies": "Agency",
    "policies": "Policy",
    "platforms": "Platform",
    "initiatives": "Initiative",
    "regions": "Region",
    "achievements": "Achievement",
    "problems": "Problem",
    "improvements": "Improvement",
}
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: its canonical name, every other name, and for a policy its numbers and issuers."""

    iri: str
    label: str
    others: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation. ``cell`` tells that it stands in a statistical table and not in running text."""

    iri: str
    indicators: tuple[str, ...]
    codes: tuple[str, ...]
    applicants: tuple[str, ...]
    measure: str
    value: Decimal
    units: tuple[str, ...]
    year: int | None
    bound: str
    whole: tuple[str, ...]
    compared_with: int | None
    cell: bool

    def __str__(self) -> str:
        unit = self.units[0] if self.units else ""
        indicator = self.indicators[0] if self.indicators else "?"
        return f"{indicator} {self.value}{unit} {self.year or '?'} {self.measure}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding: its code and the numbers it names."""

    code: str
    stated: Decimal | None
    recomputed: Decimal | None
    message: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence and whether its words stand where it says."""

    iri: str
    exact: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Actual:
    """Everything a store says of one report that gold can be compared with.

    ``stated`` are the relations in the report's own graph, ``known`` those of its entities in any graph, and
    ``reference`` those that the ontology or the regions state.
    """

    report: Thing
    year: int | None
    things: Mapping[str, tuple[Thing, ...]]
    figures: tuple[Figure, ...]
    stated: frozenset[Triple]
    known: frozenset[Triple]
    reference: frozenset[Triple]
    faults: tuple[Fault, ...]
    quotes: tuple[Quote, ...]
