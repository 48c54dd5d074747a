"""The pages of what came of policies, and of what went from place to place."""

from dataclasses import dataclass

from kg.lineage import Lineage, Spread, Thing, descent, spread
from kg.lineage.later import later
from kg.store import Store

_POLICIES, _SPREADS = 30, 200  # on one page


@dataclass(frozen=True, slots=True)
class Policies:
    """Lineages, and how many more there are; ``chosen`` where it is of one policy."""

    lineages: tuple[Lineage, ...]
    more: int
    chosen: bool
    lang: str

    def later(self, above: Thing, thing: Thing) -> str:
        """How long after the thing above, in words."""
        return later(above, thing, self.lang)


@dataclass(frozen=True, slots=True)
class Spreads:
    """Things that spread, and how many more there are; as asked for."""

    spreads: tuple[Spread, ...]
    more: int
    name: str
    kind: str


def lineage(store: Store, policy: str, lang: str) -> Policies:
    """What came of a policy, by IRI; or of all that something came of."""
    found = descent(store, policy)
    return Policies(found[:_POLICIES], max(0, len(found) - _POLICIES), bool(policy), lang)


def spreads(store: Store, name: str, kind: str) -> Spreads:
    """What bodies of two or more places have."""
    found = spread(store, name, kind)
    return Spreads(found[:_SPREADS], max(0, len(found) - _SPREADS), name, kind)
