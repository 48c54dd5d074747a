"""Whose a document number is: the letters of a region and an ending that tells the kind of body (衢政办发)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.facts import Entity
from kg.link.context import Context
from kg.link.issuer import AGENCY, GOVERNMENT
from kg.link.label import government_label
from kg.link.place import PlaceRef
from kg.match.mention import Place
from kg.schema.gazetteer import AgencyKind
from kg.schema.ontology import Ontology
from kg.terms import Mint
from kg.text.document import Span

_LONGEST_PLACE = 8


@dataclass(frozen=True, slots=True)
class CodeReader:
    """Reads the codes of document numbers as the report's own place means them."""

    ontology: Ontology
    context: Context
    mint: Mint

    def issuer(self, code: str, title: str = "", bodies: Sequence[Entity] = ()) -> Entity | None:
        """The body whose code begins a document number: letters of its region and an ending that tells its kind (衢政办发).

        ``title`` is the document's, which may begin with the place that the letters stand for; ``bodies`` are those whose number it may
        be where both place and field are theirs, the likeliest first.
        """
        meant = next((body for body in bodies if self._is_of(code, body.label)), None)
        if meant is not None:
            return meant
        for order in self.ontology.words["orderKind"]:
            if code.endswith(order):
                words = code.removesuffix(order)
                return self._government_named(words, title) or self._known(words)
        return self._by_ending(code, lambda letters: self._by_letters(letters, title))

    def local(self, code: str, title: str) -> Entity | None:
        """The body of a smaller place whose code looks like a province's (云政发 of 云和县), where title or report tell of that place.

        None in a report from that province, and where the title begins with the province's name.
        """
        letters = next((one for one in self.ontology.gazetteer.province_letters if code.startswith(one)), "")
        province = self.ontology.gazetteer.province_letters.get(letters, "")
        chain = self._chain()
        if not province or title.startswith(province[:2]) or any(ref.name == province for ref in chain):
            return None
        named = (ref for ref in chain if letters in ref.name and not self._of_other_letters(ref, letters))
        return self._by_ending(code, lambda one: self._titled(one, title) or next(named, None))

    def _is_of(self, code: str, label: str) -> bool:
        """Whether a code may be of a body: letters of its place, then its field (绵自然资规: 绵阳市自然资源和规划局)."""
        gazetteer = self.ontology.gazetteer
        found = ((label[at:], gazetteer.by_form(label[at:])) for at in range(1, len(label) - 1))
        core, kinds = next(((core, kinds) for core, kinds in found if kinds), ("", ()))
        if not kinds:
            return False
        place = self._last_place(label.removesuffix(core))
        known = False
        for one in gazetteer.code_endings:
            letters = code.removesuffix(one.ending)
            if letters == code or not self._stands_for(letters, place):
                continue
            known = True
            other = gazetteer.kind(one.kind)
            if other is not None and _akin(kinds[0], other):
                return True
        field = code[len(letters) :] if (letters := self._sign(code, place)) else ""
        return not known and len(field) > 1 and field[0] == core[0]

    def _last_place(self, path: str) -> str:
        """The innermost place of a path: 望岚区 of 云川市望岚区."""
        levels = self.ontology.words["level"]
        start = max((at for at in range(2, len(path) - 1) if path.endswith(levels, 0, at)), default=0)
        return path[start:]

    def _sign(self, code: str, place: str) -> str:
        """The letters of a place that a code begins with, or nothing."""
        return next((code[:size] for size in (2, 1) if self._stands_for(code[:size], place)), "")

    def _stands_for(self, letters: str, place: str) -> bool:
        """Whether letters are of a place: its own sign, or characters of its name in their order."""
        gazetteer = self.ontology.gazetteer
        if gazetteer.city_letters.get(letters) == place or gazetteer.province_letters.get(letters) == place:
            return True
        if not letters or place in gazetteer.city_letters.values():
            return False
        at = 0
        for letter in letters:
            at = place.find(letter, at) + 1
            if not at:
                return False
        return True

    def _of_other_letters(self, ref: PlaceRef, letters: str) -> bool:
        """Whether a city has letters of its own other than these (宁波市: 甬)."""
        cities = self.ontology.gazetteer.city_letters
        return letters not in cities and ref.name in cities.values()

    def _chain(self) -> tuple[PlaceRef, ...]:
        return self.context.home.chain() if self.context.home is not None else ()

    def _by_ending(self, code: str, place_of: Callable[[str], PlaceRef | None]) -> Entity | None:
        gazetteer = self.ontology.gazetteer
        for one in gazetteer.code_endings:
            letters = code.removesuffix(one.ending)
            if letters == code or not 1 <= len(letters) <= 4:
                continue
            ref = place_of(letters)
            kind = gazetteer.kind(one.kind)
            if ref is None or kind is None:
                continue
            if ref not in self._chain() and not ref.code and ref.name.endswith(self.ontology.words["zone"]):
                ref = replace(ref, official=ref.name)  # as everybody calls a zone
            provincial = ref.level == "province" or ref.name in kind.provincial_style
            label = kind.named(ref.official, kind.usual(provincial=provincial), ref.stem)
            people, body = (
                self.ontology.words["governmentForm"][0],
                government_label(ref, self.ontology.words),
            )
            if label.startswith(ref.official + people):  # a zone has a committee
                label = body + label.removeprefix(ref.official + people)
            return Entity(self.mint.entity("agency", label), kind.cls, label)
        return None

    def _titled(self, letters: str, title: str) -> PlaceRef | None:
        """The place below a province that a title begins with and that the letters of a code may stand for."""
        levels = self.ontology.words["level"]
        for size in range(2, _LONGEST_PLACE + 1):
            name = title[:size]
            if name.endswith(levels) and all(letter in name for letter in letters):
                return self._place(name)
        return None

    def _place(self, name: str) -> PlaceRef | None:
        found = next(iter(self.ontology.regions.named(name)), None)
        here = next((ref for ref in self._chain() if ref.name == name), None)
        if here is not None or found is not None:
            return here or self.context.gazette.of(found) if found is not None else here
        return self.context.gazette.resolve(Place(Span(0, len(name)), (name,), open=True), self.context.home)

    def _government_named(self, words: str, title: str) -> Entity | None:
        """The government that an order names: 浙江省人民政府|令第376号, 县政府|令第8号, whose title may say which county."""
        for form in (*self.ontology.words["governmentForm"], *self.ontology.words["governmentWord"]):
            name = words.removesuffix(form)
            if name == words:
                continue
            ref = self._of_level(name, title) if name in self.ontology.words["level"] else None
            if ref is None and len(name) > 2 and name.endswith(self.ontology.words["level"]):
                ref = self._place(name)
            if ref is not None:
                label = government_label(ref, self.ontology.words)
                return Entity(self.mint.entity("agency", label), GOVERNMENT, label)
        return None

    def _known(self, words: str) -> Entity | None:
        """The central body that an order names by one of its names (国家发展改革委|令第33号)."""
        entities, model = self.ontology.gazetteer.entities, self.ontology.model
        known = (one for one in entities if words in one.forms and model.is_a(one.cls, AGENCY))
        return next((Entity(one.iri, one.cls, one.label) for one in known), None)

    def _of_level(self, level: str, title: str) -> PlaceRef | None:
        """The place of a level that a title begins with, else that of the writer's own chain."""
        at = title.find(level, 1, _LONGEST_PLACE)
        named = title[: at + len(level)] if at > 1 else ""
        own = next((ref for ref in self._chain() if ref.name.endswith(level)), None)
        if own is not None and (not named or named in (own.name, own.official)):
            return own
        plain = named and not any(one in named[:-1] for one in self.ontology.words["level"])
        known = bool(named) and bool(self.ontology.regions.named(named))
        return self._place(named) if known or (plain and own is None) else own

    def _by_letters(self, letters: str, title: str) -> PlaceRef | None:
        """The region of the writer's own chain that a code's letters stand for, else the place the title begins with, else the province
        they are the sign of."""
        gazetteer = self.ontology.gazetteer
        full = gazetteer.city_letters.get(letters) or gazetteer.province_letters.get(letters)
        chain = [ref for ref in self._chain() if not self._of_other_letters(ref, letters)]
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
        if (titled := self._titled(letters, title)) is not None:
            return titled
        region = next(iter(self.ontology.regions.named(full)), None) if full else None
        return self.context.gazette.of(region) if region is not None else None


def _akin(one: AgencyKind, other: AgencyKind) -> bool:
    """Whether two kinds are of one field: the same, its forerunner, or called by the same first word (自然资源, 自然资源和规划)."""
    return (
        one.iri == other.iri
        or (one.cls == other.cls and one.stem[:2] == other.stem[:2])
        or other.iri in one.heirs
        or one.iri in other.heirs
    )
