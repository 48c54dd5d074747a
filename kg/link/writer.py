"""What a report calls by words that only its writer makes plain: the body above it, and its own office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.facts import Entity
from kg.link.context import Context
from kg.link.issuer import AGENCY, GOVERNMENT, Issuer
from kg.link.label import government_label, holds_in_order
from kg.link.place import PlaceRef
from kg.match.mention import AgencyName, Place
from kg.schema.gazetteer import AgencyKind
from kg.schema.ontology import Ontology
from kg.terms import Mint, expand
from kg.text.document import Span

OFFICE = expand("pol:GovernmentOffice")
PARTY_BODY = expand("pol:PartyBody")


def line_above(
    who: Issuer, words: str, noun: str, levels: Sequence[str], kinds: Sequence[AgencyKind]
) -> str | None:
    """The name of the body above the writer in its own line, "" where the words name no level but its own.

    市局 in the report of a county's bureau is the city's of the same name, 省厅 the province's department; None where that cannot be told.
    """
    level = next((word for word in levels if words.startswith(word)), "")
    home = who.home
    if home is None or not level or home.name.endswith(level):
        return ""
    above = next((ref for ref in home.chain() if ref.name.endswith(level)), None)
    prefix, found, core = who.label.rpartition(home.name)
    if above is None or not found:
        return None
    if not core.endswith(noun):
        core = _called_above(core, noun, kinds)
    for ref in home.chain():
        prefix = prefix.removesuffix(ref.name)
    return prefix + above.official + core if core else None


def _called_above(core: str, noun: str, kinds: Sequence[AgencyKind]) -> str:
    """What a body is called whose own kind ends otherwise above (教育局: 省厅), or nothing."""
    kind = next((one for one in kinds if core in one.cores.values() and noun in one.suffixes), None)
    if kind is None:
        return ""
    suffix = next((one for one in sorted(kind.suffixes, key=len, reverse=True) if core.endswith(one)), "")
    return core.removesuffix(suffix) + kind.cores.get(kind.stem + noun, kind.stem + noun)[len(kind.stem) :]


def own_office(who: Issuer, words: str, forms: Mapping[str, str]) -> tuple[str, bool]:
    """The name of an office that begins with a word for a committee, and whether it is the writer's own.

    委办公室 is the own office of a 委员会, of another body that of its party's committee.
    """
    short = next((s for s in forms if words.startswith(s) and who.label.endswith(forms[s])), "")
    return who.label + words.removeprefix(short), bool(short)


@dataclass(frozen=True, slots=True)
class Writer:
    """The body that wrote a report, and what its words mean by that."""

    ontology: Ontology
    context: Context
    mint: Mint

    def entity(self, form: str = "") -> Entity | None:
        """The body that wrote the report."""
        who = self.context.issuer
        if who is None:
            return None
        forms = (form,) if form else ()
        return Entity(self.mint.entity("agency", who.label), who.cls, who.label, forms)

    def government(self) -> Entity | None:
        """The government of the writer's place: the writer itself where it is one."""
        who = self.context.issuer
        if who is not None and who.cls == GOVERNMENT:
            return self.entity()
        home = self.context.home
        if home is None:
            return None
        label = government_label(home, self.ontology.words)
        return Entity(self.mint.entity("agency", label), GOVERNMENT, label)

    def head_office(self, noun: str) -> str:
        """The name of the body at the head of the writer's line that is called by this noun, or nothing.

        国家税务|总局 for 国家税务总局某市税务局, 海关总署 for 某地海关, 国家市场监督管理总局 for 某县市场监督管理局.
        """
        who = self.context.issuer
        if who is None:
            return ""
        head, found, _ = who.label.partition(noun)
        if found:
            return head + found
        national = self.ontology.words["nameStart"]
        lines: dict[str, str] = {}  # by what the name says of the line
        for known in self.ontology.gazetteer.entities:
            if known.label.endswith(noun) and self.ontology.model.is_a(known.cls, AGENCY):
                line = known.label.removesuffix(noun)
                start = next((word for word in national if line.startswith(word)), "")
                lines[line.removeprefix(start)] = known.label
        own = max((line for line in lines if len(line) > 1 and line in who.label), key=len, default="")
        return lines[own] if own else ""

    def calls_itself(self, noun: str) -> bool:
        """Whether the writer may call itself by this noun: no government is 我局."""
        who = self.context.issuer
        if who is None or who.cls != GOVERNMENT or noun in self.ontology.words["manyBodies"]:
            return True
        return who.label.endswith(self.ontology.gazetteer.suffix_forms.get(noun, noun))

    def led_by(self, title: str) -> bool:
        """Whether a title is that of the head of the writer: 局长 of 某县教育局, 县长 of 某县人民政府, 校长 of a university."""
        who, home, words = self.context.issuer, self.context.home, self.ontology.words
        if who is None:
            return False
        if title.endswith(words["anyHead"]):
            return True
        if title.endswith(words["headOfBoard"]):
            return who.label.endswith(words["board"])
        if title.endswith(words["headOfSchool"]) and who.label.endswith(words["school"]):
            return True
        chief = next((one for one in words["chief"] if title.endswith(one)), "")
        if who.cls == GOVERNMENT:
            return bool(chief) and home is not None and home.name.endswith(chief[:-1])
        return bool(chief) and who.label.endswith(chief[:-1])

    def resolved(self, place: Place, *, party: bool = False) -> PlaceRef | None:
        """The region a place means; 高新区 in a report of 六盘水高新技术产业开发区管理委员会 is its zone, and 区 in 区党工委."""
        ref = self.context.gazette.resolve(place, self.context.home)
        zones = self.ontology.words["zone"]
        zone = self.own_zone()
        if place.names and place.names[-1] != zone and self.calls_zone(place.names[-1]):
            parents = self.context.home.chain() if self.context.home is not None else ()
            return PlaceRef(self.mint.entity("region", zone), zone, zone, "", "county", parents)
        short = party and place.level and any(zone.endswith(place.level) for zone in zones)
        if ref is not None or not (short or place.level in zones):
            return ref
        own = self.zone_of_home(place.level)
        if own is not None:
            return own
        zone = self.own_zone()
        if not zone or not holds_in_order(zone.partition("（")[0], place.level):
            return None
        parents = self.context.home.chain() if self.context.home is not None else ()
        return PlaceRef(self.mint.entity("region", zone), zone, zone, "", "county", parents)

    def zone_of_home(self, words: str) -> PlaceRef | None:
        """The zone in which the writer is, where these words may mean it (高新区 for 某市高新技术产业开发区)."""
        home = self.context.home
        if home is None or home.code or not home.name.endswith(self.ontology.words["zone"]):
            return None
        return home if not words or holds_in_order(home.name, words) else None

    def calls_zone(self, words: str) -> bool:
        """Whether words are a name of the writer's zone, maybe a short one (云川高新区 for 云川高新技术产业开发区)."""
        zone, zones = self.own_zone(), self.ontology.words["zone"]
        named = bool(zone) and words.endswith(zones) and words not in zones
        part = self.last_part(zone) if named else ""
        return named and words[:2] in (zone[:2], part[:2]) and holds_in_order(zone, words)

    def last_part(self, name: str) -> str:
        """The last place in the full name of a place, as it is called where the others are understood: 云川县|石桥镇."""
        lexicon = self.ontology.words
        cuts = [
            at + len(level)
            for level in (*lexicon["upperLevel"], *lexicon["zone"])
            for at in range(2, len(name) - len(level) - 1)
            if name.startswith(level, at)
        ]
        for cut in sorted(cuts, reverse=True):
            if len(name) - cut > 2 and name[cut:] not in lexicon["zone"]:
                return name[cut:]
        return name

    def own_zone(self) -> str:
        """The zone whose committee writes."""
        who = self.context.issuer
        zone = who.label.partition(self.ontology.words["zoneBody"][0])[0] if who is not None else ""
        return zone if zone.endswith((*self.ontology.words["zone"], "）")) else ""

    def inner(self, detail: AgencyName) -> str | None:
        """The full name of a unit of the writer's that the text names without saying whose it is: 党政办, 政务公开科."""
        who = self.context.issuer
        if who is None or not (detail.kind.inner or (detail.kind.shared and who.cls != GOVERNMENT)):
            return None
        core = detail.kind.core(detail.form)
        if detail.kind.cls == PARTY_BODY and not detail.kind.unit_of:
            of = self.own_zone() or (who.home.official if self._is_street(who) and who.home else "")
            return detail.kind.named(of, core) if of else None
        if who.cls != GOVERNMENT or self.own_zone():
            return detail.kind.named(who.label, core)
        if detail.kind.cls == OFFICE:
            return None
        home = who.home
        if home is None or home.level in ("township", "village"):
            return self.holder_of_units() + core
        office = self.ontology.gazetteer.kind(expand("kind:government-office"))
        assert office is not None, "a kind of the vocabulary"
        provincial = home.level == "province" or home.name in office.provincial_style
        return office.named(home.official, office.usual(provincial=provincial)) + core

    def lacks(self, kind: AgencyKind) -> bool:
        """Whether only other bodies than the writer have units of this kind: a town its 财政所, a university its 教务处."""
        if not kind.unit_of:
            return False
        who = self.context.issuer
        if kind.unit_of == GOVERNMENT:
            return who is None or who.cls != GOVERNMENT or not self.below_county()
        if kind.unit_of == AGENCY:
            return who is None or who.cls == GOVERNMENT
        return who is None or not self.ontology.model.is_a(who.cls, kind.unit_of)

    def _is_street(self, who: Issuer) -> bool:
        """Whether a subdistrict writes, whose committee of the party is a 工作委员会 too."""
        return who.home is not None and who.home.name.endswith(self.ontology.words["streetForm"])

    def below_county(self) -> bool:
        home = self.context.home
        return home is not None and home.level in ("township", "village")

    def has_units(self, who: Entity) -> bool:
        """Whether the units a text names without an owner are the writer's own: a government's own are those of a township or zone."""
        return who.cls != GOVERNMENT or self.below_county() or bool(self.own_zone())

    def of_unknown_government(self, words: str) -> bool:
        """Whether a name begins with a government above the writer's that nothing tells (县政府|…领导小组)."""
        level = next((word for word in self.ontology.words["level"] if words.startswith(word)), "")
        if not level or not words.startswith(self.ontology.words["governmentWord"], len(level)):
            return False
        return self.context.gazette.resolve(Place(Span(0, len(level)), (), level), self.context.home) is None

    def holder_of_units(self) -> str:
        """How the names of the writer's own units begin: with itself, those of a township or zone with its place (望江镇|党政办公室)."""
        who = self.context.issuer
        if who is None:
            return ""
        if zone := self.own_zone():
            return zone
        township = who.cls == GOVERNMENT and who.home is not None and who.home.level == "township"
        return who.home.official if township and who.home is not None else who.label

    def of_township(self, entity: Entity) -> Entity:
        """A body of the township that writes by the plain name of the place, as everybody calls it (望江镇|党政办公室).

        Its IRI keeps the county, for there are many townships of one name.
        """
        who, home = self.context.issuer, self.context.home
        if who is None or home is None or home.level != "township":
            return entity
        if who.cls != GOVERNMENT or entity.cls == GOVERNMENT:
            return entity
        kinds = self.ontology.gazetteer.kinds
        for prefix in ("", *sorted({one for kind in kinds for one in kind.prefixes})):
            for place in (home.official, home.name):
                rest = entity.label.removeprefix(prefix + place)
                if rest and rest != entity.label:
                    iri = self.mint.entity("agency", prefix + home.official + rest)
                    return Entity(iri, entity.cls, prefix + home.name + rest, entity.forms)
        return entity

    def own_prefix(self, words: str) -> str:
        """How the name of a body of the writer's begins: with its place for a government, with itself for another.

        A name that begins with a place as it stands is whole.
        """
        who = self.context.issuer
        home = self.context.home
        for ref in home.chain() if home is not None else ():
            if words[:1] == ref.name[-1:] and words.startswith(self.ontology.words["governmentWord"], 1):
                return ref.official[:-1]  # 县政府…领导小组 in a report of the county, or of a body below it
        if home is not None and words.startswith(home.name) and len(words) > len(home.name):
            return home.official.removesuffix(home.name)
        part = who.label.find(words[:3]) if who is not None else 0
        if part > 0:
            return who.label[:part] if who is not None else ""  # 汽车城|政务公开领导小组 of 某市汽车城管委会
        if words.startswith(self.ontology.words["nameStart"]):
            return ""  # 中央|第五生态环境保护督察组
        if self._begins_with_place(words) or (who is not None and words[:4] == who.label[:4]):
            return ""
        if zone := self.own_zone():
            return zone
        if who is not None and who.cls != GOVERNMENT:
            return who.label
        return self.context.home.official if self.context.home is not None else ""

    def _begins_with_place(self, words: str) -> bool:
        return any(self.ontology.regions.named(words[:size]) for size in range(2, min(9, len(words))))
