"""Every mention of a report becomes an entity, or nothing where the words leave it open."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.facts import Entity
from kg.link.context import GOVERNMENT, Context, Issuer, agency_label, government_form, own_label
from kg.link.place import PlaceRef, addresses
from kg.link.policy import PolicyBook
from kg.link.variants import Variants
from kg.link.writer import line_above, own_office
from kg.match.mention import AgencyName, Citation, KnownName, Mention, Phrase, Place, RegionName, SelfName
from kg.schema.lexicon import NounRule
from kg.schema.ontology import Ontology
from kg.terms import Mint, expand
from kg.text.document import Document, Span

_ORDER = "令"
OFFICE = expand("pol:GovernmentOffice")
PARTY_OFFICE = expand("kind:party-committee-office")
PARTY_BODY = expand("pol:PartyBody")
NEW_MEDIA = expand("pol:NewMedia")


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
    _rules: dict[str, NounRule] = field(default_factory=dict)
    _addresses: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        self._addresses = tuple(addresses(self.document.folded, self.ontology.words["addressField"]))
        self._rules = {rule.iri: rule for rule in self.ontology.nouns}

    def link(self, mention: Mention) -> Linked | None:
        """The entities of a mention, or None."""
        detail = mention.detail
        text = self.document.text
        entities: Iterable[Entity | None]
        if isinstance(detail, Phrase):
            return self._phrase(mention, detail)
        if isinstance(detail, Citation):
            entity = self.policies.resolve(mention)
        elif isinstance(detail, KnownName):
            entity = Entity(detail.entity, mention.cls, detail.label, (mention.span.of(text),))
        elif isinstance(detail, AgencyName):
            entity = self._agency(mention, detail)
        elif isinstance(detail, SelfName):
            entity = self._self(mention, detail.word)
        elif isinstance(detail, RegionName):
            entity = self._region(mention, detail)
        else:
            entity = None
        entities = (entity,)
        kept = tuple(one for one in entities if one is not None)
        return Linked(mention, kept, (mention.span,) * len(kept)) if kept else None

    def issuer(self, form: str = "") -> Entity | None:
        """The body that wrote the report."""
        who = self.context.issuer
        if who is None:
            return None
        forms = (form,) if form else ()
        return Entity(self.mint.entity("agency", who.label), who.cls, who.label, forms)

    def _self(self, mention: Mention, noun: str) -> Entity | None:
        """The writer, or the body above it in its own line: 市局 in a report of a county's bureau."""
        words, who = mention.span.of(self.document.text), self.context.issuer
        label = line_above(who, words, noun, self.ontology.words["level"]) if who is not None else ""
        if label == "":
            return self.issuer(words) if self._calls_itself(noun) else None
        return Entity(self.mint.entity("agency", label), mention.cls, label, (words,)) if label else None

    def _calls_itself(self, noun: str) -> bool:
        """Whether the writer may call itself by this noun: no government is 我局."""
        who = self.context.issuer
        if who is None or who.cls != GOVERNMENT or noun in self.ontology.words["manyBodies"]:
            return True
        return who.label.endswith(self.ontology.gazetteer.suffix_forms.get(noun, noun))

    def government(self) -> Entity | None:
        """The government of the writer's place: the writer itself where it is one."""
        who = self.context.issuer
        if who is not None and who.cls == GOVERNMENT:
            return self.issuer()
        home = self.context.home
        if home is None:
            return None
        label = home.official + government_form(home.name, self.ontology.words)
        return Entity(self.mint.entity("agency", label), GOVERNMENT, label)

    def issuer_by_code(self, code: str) -> Entity | None:
        """The body whose code begins a document number: letters of its region and an ending that tells its kind (衢政办发)."""
        gazetteer = self.ontology.gazetteer
        if code.endswith(_ORDER):
            return self._government_named(code.removesuffix(_ORDER))
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

    def place(self, ref: PlaceRef, form: str = "") -> Entity:
        """The entity of a region, which is remembered with its parents."""
        for one in ref.chain():
            self.places.setdefault(one.iri, one)
        return Entity(ref.iri, expand("pol:Region"), ref.name, (form,) if form else ())

    def _agency(self, mention: Mention, detail: AgencyName) -> Entity | None:
        words = mention.span.of(self.document.text)
        if self.in_address(mention.span):
            return None
        if detail.kind.open:
            return self._own_named(mention, detail, words)
        if detail.place is None:
            who = self.context.issuer
            if who is not None and who.label.endswith(detail.kind.core(detail.form)):
                return self.issuer(words)
            if who is not None and who.cls != GOVERNMENT and detail.kind.iri == PARTY_OFFICE:
                label, own = own_office(who, words, self.ontology.gazetteer.suffix_forms)
                cls = expand("pol:Department") if own else mention.cls
                return Entity(self.mint.entity("agency", label), cls, label, (words,))
            if (inner := self._inner(detail)) is not None:
                return Entity(self.mint.entity("agency", inner), mention.cls, inner, (words,))
            home = self.context.home
        else:
            home = self._resolved(detail.place, party=detail.kind.cls == PARTY_BODY)
        if home is None:
            return None
        if self._writes(detail, home) or self._same_kind(detail, home):
            return self.issuer(words)
        label = agency_label(detail, home)
        for one in home.chain():
            self.places.setdefault(one.iri, one)
        return Entity(self.mint.entity("agency", label), mention.cls, label, (words,))

    def _own_named(self, mention: Mention, detail: AgencyName, words: str) -> Entity | None:
        """A body with a name of its own; the writer itself where the writer's name holds these words in their order."""
        place, who = detail.place, self.context.issuer
        if detail.kind.zone and place is None and detail.own in ("", *self.ontology.words["zone"]):
            zone = self._zone_of_home(detail.own)
            if zone is not None:
                label = zone.official + detail.kind.core(detail.form)
                if who is not None and who.label == label:
                    return self.issuer(words)
                return Entity(self.mint.entity("agency", label), mention.cls, label, (words,))
            if not detail.own:
                return self.issuer(words) if self._own_zone() else None
        home = (
            self.context.gazette.resolve(place, self.context.home) if place is not None else self.context.home
        )
        if place is not None and home is None and not place.names:
            return None
        label = agency_label(detail, home) if home is not None else own_label(detail)
        if who is not None and who.cls == mention.cls and holds_in_order(who.label, label):
            return self.issuer(words)
        if who is not None and detail.kind.zone and self._own_zone() and holds_in_order(label, who.label):
            return self.issuer(words)
        if (
            detail.kind.zone
            and place is None
            and home is not None
            and detail.own in self.ontology.words["zone"]
        ):
            label = home.stem + label
        for one in home.chain() if home is not None and place is not None else ():
            self.places.setdefault(one.iri, one)
        return Entity(self.mint.entity("agency", label), mention.cls, label, (words,))

    def _region(self, mention: Mention, detail: RegionName) -> Entity | None:
        ref = self._resolved(detail.place) if not self.in_address(mention.span) else None
        return self.place(ref, mention.span.of(self.document.text)) if ref is not None else None

    def in_address(self, span: Span) -> bool:
        """Whether a stretch is part of a postal address."""
        return any(address.covers(span) for address in self._addresses)

    def _resolved(self, place: Place, *, party: bool = False) -> PlaceRef | None:
        """The region a place means; 高新区 in a report of 六盘水高新技术产业开发区管理委员会 is its zone, and 区 in 区党工委."""
        ref = self.context.gazette.resolve(place, self.context.home)
        zones = self.ontology.words["zone"]
        short = party and place.level and any(zone.endswith(place.level) for zone in zones)
        if ref is not None or not (short or place.level in zones):
            return ref
        own = self._zone_of_home(place.level)
        if own is not None:
            return own
        zone = self._own_zone()
        if not zone or not holds_in_order(zone.partition("（")[0], place.level):
            return None
        parents = self.context.home.chain() if self.context.home is not None else ()
        return PlaceRef(self.mint.entity("region", zone), zone, zone, "", "county", parents)

    def _zone_of_home(self, words: str) -> PlaceRef | None:
        """The zone in which the writer is, where these words may mean it (高新区 for 某市高新技术产业开发区)."""
        home = self.context.home
        if home is None or home.code or not home.name.endswith(self.ontology.words["zone"]):
            return None
        return home if not words or holds_in_order(home.name, words) else None

    def _own_zone(self) -> str:
        """The zone whose committee writes."""
        who = self.context.issuer
        zone = who.label.partition(self.ontology.words["zoneBody"][0])[0] if who is not None else ""
        return zone if zone.endswith((*self.ontology.words["zone"], "）")) else ""

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
        names = {detail.kind.named(home.official, full, home.stem) for full in detail.kind.cores.values()}
        return who.label in names

    def _inner(self, detail: AgencyName) -> str | None:
        """The full name of a unit of the writer's that the text names without saying whose it is: 党政办, 政务公开科."""
        who = self.context.issuer
        if who is None or not detail.kind.inner:
            return None
        core = detail.kind.core(detail.form)
        if detail.kind.cls == PARTY_BODY:
            of = self._own_zone() or (who.home.official if self._is_street(who) and who.home else "")
            return detail.kind.named(of, core) if of else None
        if who.cls != GOVERNMENT or self._own_zone():
            return who.label + core
        if detail.kind.cls == expand("pol:GovernmentOffice"):
            return None
        home = who.home
        if home is None or home.level in ("township", "village"):
            return who.label + core
        office = next(
            kind for kind in self.ontology.gazetteer.kinds if kind.iri == expand("kind:government-office")
        )
        provincial = home.level == "province" or home.name in office.provincial_style
        return office.named(home.official, office.usual(provincial=provincial)) + core

    def _is_street(self, who: Issuer) -> bool:
        """Whether a subdistrict writes, whose committee of the party is a 工作委员会 too."""
        return who.home is not None and who.home.name.endswith(self.ontology.words["streetForm"])

    # noun phrases

    def _phrase(self, mention: Mention, detail: Phrase) -> Linked | None:
        rule = self._rules[mention.rule]
        text = self.document.text
        spans: tuple[Span, ...] = (mention.span,)
        is_body = self.ontology.model.is_a(mention.cls, expand("pol:Agency")) and not detail.quotes
        shared_quote = len(mention.parts) == 2 and mention.parts[1] == mention.span
        if shared_quote:
            labels = [mention.parts[0].of(text) + mention.span.of(text)]
        elif len(mention.parts) > 1 or (detail.quotes and detail.quotes[-1].start > detail.modifier.end):
            labels = [quote.of(text) + detail.head for quote in mention.parts]
            spans = mention.parts
        else:
            label = self._account(detail, rule) or self._phrase_label(mention, detail, rule)
            if label is None:
                return None
            label = self.variants.unmarked(label)
            labels = [self._in_full(label, detail.head) if is_body and mention.cls != PARTY_BODY else label]
        entities = tuple(
            Entity(self.mint_phrase(mention.cls, label), mention.cls, label, (span.of(text),))
            for label, span in zip(labels, spans, strict=True)
        )
        return Linked(mention, entities, spans)

    def _account(self, detail: Phrase, rule: NounRule) -> str:
        """The one account that the text quotes the name of, where this is just the writer's account (我局|微信公众号)."""
        if rule.cls != NEW_MEDIA or detail.quotes or len(detail.modifier) or detail.owner is None:
            return ""
        owner, who = self.link(detail.owner), self.issuer()
        own = owner is not None and who is not None and owner.entities[0].iri == who.iri
        return self.variants.account(detail.head) if own else ""

    def _in_full(self, label: str, head: str) -> str:
        """A unit's name with its last word in full: 政务公开办 is 政务公开办公室."""
        forms = self.ontology.gazetteer.suffix_forms
        short = next((form for form in forms if head.endswith(form)), "")
        return label.removesuffix(short) + forms[short] if short else label

    def _phrase_label(self, mention: Mention, detail: Phrase, rule: NounRule) -> str | None:
        text = self.document.text
        modifier = detail.modifier.of(text)
        modifier = self.variants.in_full(detail, text, rule.dropped)
        words = modifier + Span(detail.modifier.end, mention.span.end).of(text)
        if detail.owner is None:
            if rule.owner_in_name and not detail.quotes:
                return self._owned_by_default(detail, rule, words)
            return words
        owner = self.link(detail.owner)
        if owner is None or not owner.entities:
            return words if detail.quotes or not rule.owner_in_name else None
        if not rule.owner_in_name or detail.quotes:
            return words
        body = owner.entities[0]
        if isinstance(detail.owner.detail, RegionName):
            if (
                not detail.owner.detail.place.names
                and rule.default_owner is False
                and not self.ontology.model.is_a(rule.cls, expand("pol:Agency"))
            ):
                ref = self.places.get(body.iri)
                of = ref.official if ref is not None else body.label
                governed = detail.owner.span.of(text).endswith(self.ontology.words["governmentWord"])
                return of + (government_form(of, self.ontology.words) if governed else "") + words
            whole = self.ontology.words["whole"]
            if rule.default_owner and detail.owner.span.of(self.document.folded).startswith(whole):
                return None  # 全市政府网站 are many
            plain = (
                rule.default_owner
                and detail.head in rule.plain_heads
                and (not modifier or modifier in rule.generic)
            )
            if not plain and not detail.owner.detail.place.own and detail.owner.detail.place.names:
                form = detail.owner.span.of(text)
                if modifier and rule.cls == NEW_MEDIA and form != body.label:
                    return form + words  # 达州教育|微信公众号 is called so
                return body.label + self._canonical_head(words, detail, rule)
            body = self._owner_for(body, rule) or body
        return body.label + self._canonical_head(words, detail, rule)

    def _owner_for(self, region: Entity, rule: NounRule) -> Entity | None:
        """What a region stands for as an owner: its government for a website, itself for a working group."""
        if not rule.default_owner:
            ref = self.places.get(region.iri)
            return Entity(region.iri, region.cls, ref.official) if ref else region
        ref = self.places.get(region.iri)
        if ref is None:
            return None
        label = ref.official + government_form(ref.name, self.ontology.words)
        return Entity(self.mint.entity("agency", label), GOVERNMENT, label)

    def _owned_by_default(self, detail: Phrase, rule: NounRule, words: str) -> str | None:
        modifier = detail.modifier.of(self.document.folded)
        generic = not modifier or modifier in rule.generic
        if rule.inner:
            who = self.issuer()
            if who is None or not self._has_units(who):
                return None
            return words if words.startswith(who.label) else who.label + words
        if not rule.default_owner:
            if self._of_unknown_government(words):
                return None
            return (
                self._own_prefix(words) if self.ontology.model.is_a(rule.cls, expand("pol:Agency")) else ""
            ) + words
        if modifier.startswith("“") and detail.head in rule.plain_heads:
            cut = modifier.index("”") + 1 if "”" in modifier else 0
            if cut and modifier[cut:] in rule.generic:
                return words[:cut] + detail.head  # “中国·某地”|政府|门户网站
        if not generic or (detail.head not in rule.plain_heads and modifier):
            return words
        governments = self.ontology.words["governmentWord"]
        official = any(word in words for word in governments)
        who = self.issuer()
        if (official or detail.head not in rule.plain_heads) and self._below_county():
            return None  # 政府网站 in a township's report may be the county's
        owner = self.government() if official or (who is not None and who.cls == OFFICE) else who
        return owner.label + self._canonical_head(words, detail, rule) if owner is not None else None

    def _below_county(self) -> bool:
        home = self.context.home
        return home is not None and home.level in ("township", "village")

    def _has_units(self, who: Entity) -> bool:
        """Whether the units a text names without an owner are the writer's own: a government's own are those of a township."""
        return who.cls != GOVERNMENT or self._below_county()

    def _of_unknown_government(self, words: str) -> bool:
        """Whether a name begins with a government above the writer's that nothing tells (县政府|…领导小组)."""
        level = next((word for word in self.ontology.words["level"] if words.startswith(word)), "")
        if not level or not words.startswith(self.ontology.words["governmentWord"], len(level)):
            return False
        return self.context.gazette.resolve(Place(Span(0, len(level)), (), level), self.context.home) is None

    def _own_prefix(self, words: str) -> str:
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
        if self._begins_with_place(words) or (who is not None and words[:4] == who.label[:4]):
            return ""
        if zone := self._own_zone():
            return zone
        if who is not None and who.cls != GOVERNMENT:
            return who.label
        return self.context.home.official if self.context.home is not None else ""

    def _begins_with_place(self, words: str) -> bool:
        return any(self.ontology.regions.named(words[:size]) for size in range(2, min(9, len(words))))

    def _canonical_head(self, words: str, detail: Phrase, rule: NounRule) -> str:
        if detail.quotes or detail.head not in rule.plain_heads:
            return words
        modifier = detail.modifier.of(self.document.folded)
        if not modifier or modifier in rule.generic:
            return rule.canonical_head
        return words

    def mint_phrase(self, cls: str, label: str, report: str = "") -> str:
        """The IRI of a named thing: shared between reports, but results are one report's own."""
        model = self.ontology.model
        for kind in ("Platform", "Initiative", "Agency", "Policy", "Region"):
            if model.is_a(cls, expand(f"pol:{kind}")):
                return self.mint.entity(kind.lower(), label)
        name = cls.rpartition("#")[2].rpartition("/")[2].lower()
        if report and model.is_a(cls, expand("pol:Result")):
            return self.mint.within(report, name, label)
        return self.mint.entity(name, label)


def holds_in_order(whole: str, part: str) -> bool:
    """Whether a long name holds the characters of a shorter one in their order, to the last.

    >>> holds_in_order("六盘水高新技术产业开发区管理委员会", "六盘水高新区管理委员会")
    True
    """
    rest = iter(whole)
    return whole[-1:] == part[-1:] and all(character in rest for character in part)
