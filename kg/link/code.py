"""Whose a document number is: the letters of a region and an ending that tells the kind of body (衢政办发)."""

from dataclasses import dataclass

from kg.facts import Entity
from kg.link.context import Context
from kg.link.issuer import GOVERNMENT
from kg.link.place import PlaceRef
from kg.schema.ontology import Ontology
from kg.terms import Mint


@dataclass(frozen=True, slots=True)
class CodeReader:
    """Reads the codes of document numbers as the report's own place means them."""

    ontology: Ontology
    context: Context
    mint: Mint

    def issuer(self, code: str) -> Entity | None:
        """The body whose code begins a document number: letters of its region and an ending that tells its kind (衢政办发)."""
        gazetteer = self.ontology.gazetteer
        for order in self.ontology.words["orderKind"]:
            if code.endswith(order):
                return self._government_named(code.removesuffix(order))
        for one in gazetteer.code_endings:
            letters = code.removesuffix(one.ending)
            if letters == code or not 1 <= len(letters) <= 4:
                continue
            ref = self._by_letters(letters)
            kind = next((kind for kind in gazetteer.kinds if kind.iri == one.kind), None)
            if ref is None or kind is None:
                continue
            provincial = ref.level == "province" or ref.name in kind.provincial_style
            label = kind.named(ref.official, kind.usual(provincial=provincial), ref.stem)
            return Entity(self.mint.entity("agency", label), kind.cls, label)
        return None

    def _government_named(self, words: str) -> Entity | None:
        """The government that an order names in full: 浙江省人民政府|令第376号."""
        for form in (*self.ontology.words["governmentForm"], *self.ontology.words["governmentWord"]):
            name = words.removesuffix(form)
            region = next(iter(self.ontology.regions.named(name)), None) if name != words else None
            if region is not None:
                label = self.context.gazette.of(region).official + self.ontology.words["governmentForm"][0]
                return Entity(self.mint.entity("agency", label), GOVERNMENT, label)
        return None

    def _by_letters(self, letters: str) -> PlaceRef | None:
        """The region of the writer's own chain that a code's letters stand for, else the province they are the sign of."""
        gazetteer = self.ontology.gazetteer
        full = gazetteer.city_letters.get(letters) or gazetteer.province_letters.get(letters)
        chain = self.context.home.chain() if self.context.home is not None else ()
        for ref in chain:
            if (
                ref.name == full
                or ref.name.startswith(letters)
                or (len(letters) == 1 and ref.name[0] == letters)
            ):
                return ref
        for ref in chain:
            if all(letter in ref.name for letter in letters):
                return ref
        region = next(iter(self.ontology.regions.named(full)), None) if full else None
        return self.context.gazette.of(region) if region is not None else None
