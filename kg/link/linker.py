"""Every mention of a report becomes an entity, or nothing where the words leave it open."""

from dataclasses import dataclass, field

from kg.facts import Entity
from kg.link.context import Context
from kg.link.issuer import GOVERNMENT
from kg.link.label import agency_label, government_label, holds_in_order, own_label
from kg.link.noun import NounNames
from kg.link.place import PlaceRef, addresses
from kg.link.policy import PolicyBook
from kg.link.variants import Variants
from kg.link.writer import OFFICE, PARTY_BODY, Writer, line_above, own_office
from kg.match.mention import AgencyName, Citation, KnownName, Mention, Phrase, Place, RegionName, SelfName
from kg.match.own_name import only_zone
from kg.match.words import longest
from kg.schema.ontology import Ontology
from kg.terms import Mint, expand
from kg.text.document import Document, Span

AGENCY, INSTITUTION = expand("pol:Agency"), expand("pol:PublicInstitution")
PARTY_OFFICE = expand("kind:party-committee-office")


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention with the entities it means and the stretch that names each."""

    mention: Mention
    entities: tuple[Entity, ...]
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Linker:
    """Links the mentions of one document."""

    ontology: Ontology
    document: Document
    context: Context
    mint: Mint
    policies: PolicyBook
    variants: Variants = field(default_factory=Variants)
    places: dict[str, PlaceRef] = field(default_factory=dict)
    writer: Writer = field(init=False)
    _nouns: NounNames = field(init=False)
    _addresses: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        self._addresses = tuple(addresses(self.document.folded, self.ontology.words["addressField"]))
        self.writer = Writer(self.ontology, self.context, self.mint)
        rules = {rule.iri: rule for rule in self.ontology.nouns}
        self._nouns = NounNames(self.document, self.writer, rules, self.variants, self.places, self._owner)

    def _owner(self, mention: Mention) -> Entity | None:
        linked = self.link(mention)
        return linked.entities[0] if linked is not None else None

    def link(self, mention: Mention) -> Linked | None:
        """The entities of a mention, or None."""
        detail = mention.detail
        entity: Entity | None = None
        if isinstance(detail, Phrase):
            named = self._nouns.named(mention, detail)
            if named is None:
                return None
            return Linked(mention, tuple(map(self._of_township, named[0])), named[1])
        if isinstance(detail, Citation):
            entity = self.policies.resolve(mention)
        elif isinstance(detail, KnownName) and (local := self.variants.hotline(detail.label)) is not None:
            linked = self.link(local)
            return Linked(mention, linked.entities, (mention.span,)) if linked is not None else None
        elif isinstance(detail, KnownName):
            entity = Entity(detail.entity, mention.cls, detail.label, (mention.span.of(self.document.text),))
        elif isinstance(detail, AgencyName):
            entity = self._agency(mention, detail)
        elif isinstance(detail, SelfName):
            entity = self._self(mention, detail.word)
        elif isinstance(detail, RegionName):
            entity = self._region(mention, detail)
        return Linked(mention, (self._of_township(entity),), (mention.span,)) if entity is not None else None

    def _of_township(self, entity: Entity) -> Entity:
        """A body in the writer's township by the name it goes by there."""
        return self.writer.of_township(entity) if self.ontology.model.is_a(entity.cls, AGENCY) else entity

    def _self(self, mention: Mention, noun: str) -> Entity | None:
        """The writer, or the body above it in its own line: 市局 in a report of a county's bureau."""
        words, who = mention.span.of(self.document.text), self.context.issuer
        if words in self.ontology.words["headOffice"]:
            head, cls = self.writer.head_office(words), expand("pol:Department")
            return Entity(self.mint.entity("agency", head), cls, head, (words,)) if head else None
        levels, kinds = self.ontology.words["level"], self.ontology.gazetteer.kinds
        label = line_above(who, words, noun, levels, kinds) if who is not None else ""
        if label == "":
            owned = not words.startswith(levels) or (who is not None and who.label.endswith(noun))
            if words in (*self.ontology.words["manyBodies"], *self.ontology.words["schoolSelf"]):
                owned = who is not None and self._is_a(who.label, noun)
            return self.writer.entity(words) if owned and self.writer.calls_itself(noun) else None
        return Entity(self.mint.entity("agency", label), mention.cls, label, (words,)) if label else None

    def _is_a(self, label: str, noun: str) -> bool:
        """Whether a body can be meant by a bare noun that many others go by, too: 部|网站, 学校|主页."""
        words = self.ontology.words
        return noun in label or (noun in words["schoolSelf"] and label.endswith(words["school"]))

    def place(self, ref: PlaceRef, form: str = "") -> Entity:
        """The entity of a region, which is remembered with its parents."""
        for one in ref.chain():
            self.places.setdefault(one.iri, one)
        return Entity(ref.iri, expand("pol:Region"), ref.name, (form,) if form else ())

    def _agency(self, mention: Mention, detail: AgencyName) -> Entity | None:
        words = mention.span.of(self.document.text)
        if detail.unit is not None and self._institution() and not self.writer.lacks(detail.unit.kind):
            detail = detail.unit  # a bureau means another bureau, a university its own
        placed = detail.place is not None and bool(detail.place.names)  # 青石镇|财政所 in a county's report
        if self.in_address(mention.span) or (self.writer.lacks(detail.kind) and not placed):
            return None
        if detail.kind.open:
            return self._own_named(mention, detail, words)
        if detail.place is None:
            who = self.context.issuer
            if who is not None and who.label.endswith(detail.kind.core(detail.form)):
                return self.writer.entity(words)
            if who is not None and who.cls != GOVERNMENT and detail.kind.iri == PARTY_OFFICE:
                label, own = own_office(who, words, self.ontology.gazetteer.suffix_forms)
                cls = expand("pol:Department") if own else mention.cls
                return Entity(self.mint.entity("agency", label), cls, label, (words,))
            if (inner := self.writer.inner(detail)) is not None:
                return Entity(self.mint.entity("agency", inner), mention.cls, inner, (words,))
            home = self.context.home
        else:
            home = self.writer.resolved(detail.place, party=detail.kind.cls == PARTY_BODY)
            home = home or self._zone_here(detail.place)
        if home is None or self._zone_without(detail, home):
            return None
        if self._writes(detail, home) or self._same_kind(detail, home):
            return self.writer.entity(words)
        label = agency_label(detail, home)
        if detail.kind.cls == GOVERNMENT and words.endswith(self.ontology.words["governmentWord"]):
            plain = not words.endswith(self.ontology.words["governmentForm"])
            label = government_label(home, self.ontology.words) if plain else label  # 高新区|政府
        for one in home.chain():
            self.places.setdefault(one.iri, one)
        return Entity(self.mint.entity("agency", label), mention.cls, label, (words,))

    def _institution(self) -> bool:
        who = self.context.issuer
        return who is not None and self.ontology.model.is_a(who.cls, INSTITUTION)

    def _own_named(self, mention: Mention, detail: AgencyName, words: str) -> Entity | None:
        """A body with a name of its own; the writer itself where the writer's name holds these words in their order."""
        place, who = detail.place, self.context.issuer
        bare = detail.kind.zone and place is None and self._only_zone(detail.own)
        if bare or (detail.kind.zone and place is None and not detail.own):
            zone = self.writer.zone_of_home(detail.own)
            if zone is not None:
                label = zone.official + detail.kind.core(detail.form)
                if who is not None and who.label == label:
                    return self.writer.entity(words)
                return Entity(self.mint.entity("agency", label), mention.cls, label, (words,))
            if not detail.own:
                return self.writer.entity(words) if self.writer.own_zone() else None
        home = self._place_of(place) if place is not None else self.context.home
        if place is not None and home is None and not place.names:
            return None
        label = agency_label(detail, home) if home is not None else own_label(detail)
        if who is not None and who.cls == mention.cls and holds_in_order(who.label, label):
            return self.writer.entity(words)
        if (
            who is not None
            and detail.kind.zone
            and self.writer.own_zone()
            and holds_in_order(label, who.label)
        ):
            return self.writer.entity(words)
        if bare and home is not None:
            label = home.stem + label
        for one in home.chain() if home is not None and place is not None else ():
            self.places.setdefault(one.iri, one)
        return Entity(self.mint.entity("agency", label), mention.cls, label, (words,))

    def _place_of(self, place: Place) -> PlaceRef | None:
        """The region that a body is called after; one of the writer's also by its short name (崇江|高新区管委会)."""
        here = self.context.home
        own = (ref for ref in here.chain() if place.names == (ref.stem,)) if here is not None else iter(())
        return next(own, None) or self.context.gazette.resolve(place, here)

    def _zone_here(self, place: Place) -> PlaceRef | None:
        """The zone of the writer's place that is meant by its sort, where a place has one of the sort (高新区|财政局)."""
        here, sorts = self.context.home, self.ontology.words["oneZone"]
        if here is None or place.names or place.own or place.level not in sorts:
            return None
        if here.level == "township" or here.official != here.name:
            return None  # in a district it may be the city's
        name = here.stem + place.level
        return PlaceRef(self.mint.entity("region", name), name, name, "", "county", here.chain())

    def _only_zone(self, own: str) -> bool:
        words = self.ontology.words
        return only_zone(own, longest(words["zone"]), frozenset(words["zoneField"]))

    def _region(self, mention: Mention, detail: RegionName) -> Entity | None:
        ref = self.writer.resolved(detail.place) if not self.in_address(mention.span) else None
        return self.place(ref, mention.span.of(self.document.text)) if ref is not None else None

    def in_address(self, span: Span) -> bool:
        """Whether a stretch is part of a postal address."""
        return any(address.covers(span) for address in self._addresses)

    def _zone_without(self, detail: AgencyName, home: PlaceRef) -> bool:
        """Whether a bare level word would give a zone a people's government, which none has: it is another place's (区政府)."""
        of_government = detail.kind.cls in (GOVERNMENT, OFFICE) and not detail.kind.inner
        unnamed = detail.place is None or not (
            detail.place.names or detail.place.level in self.ontology.words["zone"]
        )
        return of_government and unnamed and home == self.writer.zone_of_home("")

    def _writes(self, detail: AgencyName, home: PlaceRef) -> bool:
        """Whether the government of this place is the writer, under whichever of its names (荔湾区人民政府南源街道办事处)."""
        who = self.context.issuer
        if who is None or who.home is None or who.cls != GOVERNMENT or detail.kind.cls != GOVERNMENT:
            return False
        return who.home.iri == home.iri and who.label.endswith(home.name + detail.kind.core(detail.form))

    def _same_kind(self, detail: AgencyName, home: PlaceRef) -> bool:
        """Whether the writer is this place's body of this kind under another of the kind's names (大数据|发展管理|局)."""
        who = self.context.issuer
        if who is None or who.home is None or who.home.iri != home.iri or detail.kind.cls == GOVERNMENT:
            return False
        government = government_label(home, self.ontology.words)  # 某省|人民政府|国有资产监督管理委员会
        cores = detail.kind.cores.values()
        names = {detail.kind.named(home.official, full, home.stem) for full in cores}
        names |= {government + full for full in cores}
        return who.label in names
