"""Bodies that go on under another name: where a reform merged departments, or a county became a district."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.schema.gazetteer import AgencyKind, Gazetteer
from kg.schema.regions import Regions


@dataclass(frozen=True, slots=True)
class Body:
    """A body that reports: its name, its region's IRI and name, and the first and last year it reports on."""

    iri: str
    name: str
    region: str
    place: str
    first: int
    last: int


@dataclass(frozen=True)
class Succession:
    """Which kind of body goes on in which, and which region in which.

    >>> from kg.schema.ontology import load_ontology
    >>> ontology = load_ontology()
    >>> succession = Succession.of(ontology.gazetteer, ontology.regions)
    >>> old = Body("a", "衢州市环境保护局", "r", "衢州市", 2015, 2017)
    >>> succession.follows(Body("b", "衢州市生态环境局", "r", "衢州市", 2018, 2020), old)
    True
    >>> succession.follows(Body("c", "衢州市水利局", "r", "衢州市", 2018, 2020), old)
    False
    """

    kinds: tuple[AgencyKind, ...]
    regions: Regions

    @classmethod
    def of(cls, gazetteer: Gazetteer, regions: Regions) -> "Succession":
        """From what the ontology says of kinds and regions."""
        return cls(gazetteer.kinds, regions)

    def follows(self, later: Body, earlier: Body) -> bool:
        """Whether one body goes on where the other left off: of the same region or its heir, of the same kind or one made of it."""
        return earlier.last < later.first and self._made(later, earlier)

    def akin(self, one: Body, other: Body) -> bool:
        """Whether one of two bodies may go on where the other left off, whatever their years."""
        return self._made(one, other) or self._made(other, one)

    def kept(self, later: Body, earlier: Body) -> bool:
        """Whether only the name changed: of one that was merged out of several, the figures of the year before are not its own."""
        return self.follows(later, earlier) and self._kind(later) == self._kind(earlier)

    def _made(self, later: Body, earlier: Body) -> bool:
        if later.iri == earlier.iri or later.region not in self._places(earlier.region):
            return False
        old = self._kind(earlier)
        return bool(old) and self._kind(later) in self._reach(old)

    def predecessors(self, later: Body, bodies: Iterable[Body]) -> tuple[Body, ...]:
        """Those of some bodies that a body goes on from directly, by name: none that goes on in another of them first."""
        found = [one for one in bodies if self.follows(later, one)]
        return tuple(
            sorted(
                (one for one in found if not any(self.follows(other, one) for other in found)),
                key=lambda one: (one.name, one.iri),
            )
        )

    def places(self, region: str) -> frozenset[str]:
        """The regions a region went on in and those that went on in it, and itself."""
        return self._places(region) | set(self._old.get(region, ()))

    @cached_property
    def _old(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for iri in self.regions.by_iri:
            for heir in self._places(iri) - {iri}:
                found.setdefault(heir, set()).add(iri)
        return {heir: frozenset(old) for heir, old in found.items()}

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        """Each full name after a place, and its kind; of two kinds written alike, the first."""
        found: dict[str, str] = {}
        for kind in self.kinds:
            for form in kind.cores.values():
                found.setdefault(form, kind.iri)
        return found

    def _kind(self, body: Body) -> str:
        """What kind of body a name tells of: what stands after the place. "" where the ontology has none that is called so."""
        at = body.name.rfind(body.place) if body.place else -1
        return self._forms.get(body.name[at + len(body.place) :], "") if at >= 0 else ""

    @cached_property
    def _heirs(self) -> Mapping[str, tuple[str, ...]]:
        return {kind.iri: kind.heirs for kind in self.kinds}

    def _reach(self, kind: str) -> set[str]:
        """A kind and all that came of it."""
        found, todo = {kind}, [kind]
        while todo:
            new = set(self._heirs.get(todo.pop(), ())) - found
            found |= new
            todo += sorted(new)
        return found

    def _places(self, region: str) -> frozenset[str]:
        """A region and what it became, as long as that is one."""
        found = [region]
        known = self.regions.get(region)
        while (
            known is not None
            and (known := self.regions.successor(known)) is not None
            and known.iri not in found
        ):
            found.append(known.iri)
        return frozenset(found)
