"""The names of things that a noun phrase names: platforms, mechanisms, units, working groups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.facts import Entity
from kg.link.issuer import GOVERNMENT
from kg.link.label import government_form, government_label
from kg.link.place import PlaceRef
from kg.link.variants import HOTLINE, Variants
from kg.link.writer import OFFICE, PARTY_BODY, Writer
from kg.match.generic import is_generic
from kg.match.mention import AgencyName, KnownName, Mention, Phrase, Place, RegionName
from kg.match.words import longest
from kg.schema.lexicon import NounRule
from kg.schema.model import Model
from kg.terms import Mint, expand
from kg.text.document import Document, Span

PLATFORM = expand("pol:Platform")
NEW_MEDIA, WINDOW, WEBSITE = (expand(f"pol:{name}") for name in ("NewMedia", "ServiceWindow", "Website"))
LINE_SITE, NEWSPAPER = expand("rule:noun-line-site"), expand("rule:noun-newspaper")
ACCOUNT_KINDS = ("microblog", "messenger", "clips")  # word classes: how their names end
# What a whole place has one of: 全省|政府网站集约化平台
SHARED = frozenset(expand(f"pol:{name}") for name in ("ServicePlatform", "InformationSystem", "Database"))


@dataclass(frozen=True, slots=True)
class NounNames:
    """Gives the noun phrases of one document their full names; ``owner`` tells whom the words of an owner mean."""

    document: Document
    writer: Writer
    rules: Mapping[str, NounRule]
    variants: Variants
    places: Mapping[str, PlaceRef]
    owner: Callable[[Mention], Entity | None]

    def named(self, mention: Mention, detail: Phrase) -> tuple[tuple[Entity, ...], tuple[Span, ...]] | None:
        """The things a phrase names, and the stretch that names each."""
        rule = self.rules[mention.rule]
        text = self.document.wording
        spans: tuple[Span, ...] = (mention.span,)
        is_body = self.writer.ontology.model.is_a(mention.cls, expand("pol:Agency")) and not detail.quotes
        shared_quote = len(mention.parts) == 2 and mention.parts[1] == mention.span
        if shared_quote and rule.default_owner and not detail.quotes:
            words = mention.parts[0].of(text) + mention.span.of(text)
            label = self._account(detail, rule) or self._phrase_label(mention, detail, rule, words)
            if label is None:
                return None
            spans, labels = (mention.span,), [label]
        elif shared_quote:
            labels = [mention.parts[0].of(text) + mention.span.of(text)]
        elif (
            mention.parts[1:]
            or mention.parts[:1] not in ((), (mention.span,))
            or (detail.quotes and detail.quotes[-1].start > detail.modifier.end)
        ):
            labels = [_with_head(quote.of(text), detail.head, rule) for quote in mention.parts]
            spans = mention.parts
        else:
            if (other := self._in_other_words(mention, detail, rule)) is not None:
                return self._same(other, mention)
            label = self._account(detail, rule) or self._phrase_label(mention, detail, rule)
            if rule.iri == LINE_SITE:
                label = self._line_site(mention, detail, rule)
            if label is None:
                return None
            if rule.iri == NEWSPAPER:
                label = f"《{label}》"
            label = self.variants.unmarked(label)
            model = self.writer.ontology.model
            if model.is_a(mention.cls, PLATFORM):
                label = self.variants.in_quotes(label, {PLATFORM, *model.subclasses(PLATFORM)})
            labels = [self._in_full(label, detail.head) if is_body and mention.cls != PARTY_BODY else label]
        entities = tuple(
            Entity(
                mint_named(self.writer.ontology.model, self.writer.mint, mention.cls, label),
                mention.cls,
                label,
                (span.of(text),),
            )
            for label, span in zip(labels, spans, strict=True)
        )
        return entities, spans

    def _same(self, other: Mention, mention: Mention) -> tuple[tuple[Entity, ...], tuple[Span, ...]] | None:
        """What another mention names, as this one words it."""
        found = self.named(other, other.detail) if isinstance(other.detail, Phrase) else None
        if found is None:
            return None
        one, words = found[0][0], mention.span.of(self.document.wording)
        return (Entity(one.iri, one.cls, one.label, (words,)),), (mention.span,)

    def _in_other_words(self, mention: Mention, detail: Phrase, rule: NounRule) -> Mention | None:
        """What the text names in full elsewhere: the site of a quotation (门户网站“中国·某市”（www…）: “中国·某市”|网站), a hotline of a body."""
        if mention.cls == HOTLINE and detail.owner is None and not detail.quotes:
            local = self.variants.hotline(mention.span.of(self.document.wording))
            return local if local is not mention else None
        if not rule.owned_heads or len(detail.quotes) != 1:
            return None
        words = detail.quotes[0].of(self.document.wording)[1:-1]
        return next(
            (site for name, site in self.variants.aliases if name == words and site is not mention), None
        )

    def _account(self, detail: Phrase, rule: NounRule) -> str:
        """The one account that the text quotes the name of, where this is just the writer's account (我局|微信公众号)."""
        if rule.cls != NEW_MEDIA or detail.quotes:
            return ""
        if rule.default_owner and detail.owner is None:
            return self._own_account(detail, rule)
        if len(detail.modifier) or detail.owner is None:
            return ""
        owner, who = self.owner(detail.owner), self.writer.entity()
        own = owner is not None and who is not None and owner.iri == who.iri
        if not own:
            return ""
        other = self._own_account(detail, rule) if rule.default_owner else ""
        return self.variants.account(detail.head) or other

    def _line_site(self, mention: Mention, detail: Phrase, rule: NounRule) -> str | None:
        """The writer's own site, named by its place and its field of work (云川|教育网 of 云川市教育局); another's has no owner that is known."""
        who, home = self.writer.entity(), self.writer.context.home
        words, head = mention.span.of(self.document.wording), detail.head
        field = next(
            (head[:size] for size in range(len(head) - 1, 1, -1) if who and head[:size] in who.label), ""
        )
        if words.removesuffix(head) in self.writer.ontology.words["national"]:
            return words  # 中国水利网
        if who is None or home is None or not field:
            return None
        if words.removesuffix(head) not in (home.name, home.stem, home.official):
            return None
        return who.label + (rule.canonical_head if who.iri in self._portals() else min(rule.owned_heads))

    def _own_account(self, detail: Phrase, rule: NounRule) -> str:
        """The one account of its kind that the text quotes the name of, where an account is the writer's by default (政务微信)."""
        words, modifier = self.writer.ontology.words, detail.modifier.of(self.document.folded)
        kinds = [words[name] for name in ACCOUNT_KINDS]
        name = (
            self.variants.own_account(detail.head, kinds) if not modifier or modifier in rule.generic else ""
        )
        home, who = self.writer.context.home, self.writer.entity()
        if not name or home is None or who is None or who.cls == GOVERNMENT:
            return name
        press = {place + rest for place in (home.name, home.stem) for rest in words["wholePlace"]}
        return "" if name[1 : name.index("”")] in press else name  # “某市发布” is the city's

    def _in_full(self, label: str, head: str) -> str:
        """A unit's name with its last word in full: 政务公开办 is 政务公开办公室."""
        forms = self.writer.ontology.gazetteer.suffix_forms
        short = next((form for form in forms if head.endswith(form)), "")
        return label.removesuffix(short) + forms[short] if short else label

    def _phrase_label(self, mention: Mention, detail: Phrase, rule: NounRule, words: str = "") -> str | None:
        text = self.document.wording
        modifier = detail.modifier.of(text)
        modifier = self.variants.in_full(detail, text, rule.dropped)
        words = words or modifier + Span(detail.modifier.end, mention.span.end).of(text)
        if rule.number_behind and words[-1:] in _NUMBER_END:
            words = self._number_first(words, detail)
        if detail.owner is None:
            if rule.owner_in_name and not detail.quotes:
                return self._owned_by_default(detail, rule, words)
            return self._of_level(words) if rule.cls in SHARED and not detail.quotes else words
        owner = self.owner(detail.owner)
        if owner is None:
            village = (
                rule.cls == WINDOW and detail.owner.span.of(text) in self.writer.ontology.words["village"]
            )
            return (
                detail.owner.span.of(text) * village + words
                if detail.quotes or not rule.owner_in_name or village
                else None
            )
        if isinstance(detail.owner.detail, RegionName) and not rule.owner_in_name and not detail.quotes:
            unnamed = not detail.owner.detail.place.names  # 全市, 我市, 市
            return owner.label + words if unnamed and rule.cls in SHARED and not rule.default_owner else words
        if not rule.owner_in_name or detail.quotes:
            return words
        if rule.cls == WINDOW and owner.cls == GOVERNMENT and isinstance(detail.owner.detail, AgencyName):
            return self._at_government(detail.owner, detail.owner.detail, owner) + words
        if isinstance(detail.owner.detail, RegionName):
            return self._of_region(owner, detail.owner.span, detail.owner.detail.place, detail, rule, words)
        if isinstance(detail.owner.detail, KnownName) and self.writer.ontology.model.is_a(
            owner.cls, PLATFORM
        ):
            return detail.owner.span.of(text) + words  # a unit of a hotline by the name that it has here
        unit = isinstance(detail.owner.detail, AgencyName) and detail.owner.detail.kind.unit_of
        return self._holder(owner, rule) + (
            words if unit else self._canonical_head(words, detail, rule, owner)
        )

    def _number_first(self, words: str, detail: Phrase) -> str:
        """A hotline's name with its number where most texts have it: 12345市长热线; the full name of one that is known."""
        name, _, number = words.rpartition(detail.head)
        number = "".join(filter(str.isdigit, number))
        if not number:
            return words  # “政风行风热线”
        words = number + name + detail.head
        known = (
            one
            for one in self.writer.ontology.gazetteer.entities
            if words in one.forms and one.cls == HOTLINE
        )
        return next((one.label for one in known if detail.owner is None), words)

    def _of_level(self, words: str) -> str:
        """A name that begins with a government without its place, with the place (县政府信息公开平台)."""
        lexicon = self.writer.ontology.words
        level = next((word for word in longest(lexicon["level"]) if words.startswith(word)), "")
        if not level or not words.startswith(lexicon["governmentWord"], len(level)):
            return words
        ref = self.writer.resolved(Place(Span(0, len(level)), (), level))
        return ref.name + words[len(level) :] if ref is not None else words

    def _at_government(self, mention: Mention, detail: AgencyName, owner: Entity) -> str:
        """How a board or a hall names the government that has it: by the name of its place, as the text has the rest (镇政府|公开栏)."""
        ref = self.writer.resolved(detail.place) if detail.place is not None else None
        if ref is None or detail.place is None:
            return owner.label
        own = Span(detail.place.span.end, mention.span.end).of(self.document.folded)
        if not own.startswith(self.writer.ontology.words["governmentWord"]):
            return owner.label  # 望河街道|办事处
        return ref.name + Span(detail.place.span.end, mention.span.end).of(self.document.wording)

    def _of_region(
        self, region: Entity, span: Span, place: Place, detail: Phrase, rule: NounRule, words: str
    ) -> str | None:
        """The name of what a region has: for a website and its like the region stands for its government."""
        text, lexicon = self.document.wording, self.writer.ontology.words
        modifier = detail.modifier.of(text)
        ref = self.places.get(region.iri)
        official = ref.official if ref is not None else region.label
        is_body = self.writer.ontology.model.is_a(rule.cls, expand("pol:Agency"))
        governed = span.of(text).endswith(lexicon["governmentWord"])
        if (
            governed
            and ref is not None
            and rule.cls in (WEBSITE, WINDOW)
            and words.startswith(lexicon["specific"])
        ):
            return ref.name + text[place.span.end : span.end] + words  # 石桥镇|政府信息公开网站
        shared = rule.default_owner or place.own or place.names
        if rule.cls == WEBSITE and ref is not None and not shared and words in rule.plain_heads:
            return government_label(ref, lexicon) + rule.canonical_head  # 省网、市网
        if not place.names and not rule.default_owner and not is_body:
            return region.label + (government_form(official, lexicon) if governed else "") + words
        many = rule.default_owner or (is_body and not modifier)
        if many and span.of(self.document.folded).startswith(lexicon["whole"]):
            return None  # 全市政府网站, 全县看守所 are many
        if is_body and governed and not words.startswith(lexicon["governmentWord"]):
            words = lexicon["governmentWord"][0] + words  # 镇|政府信息公开领导小组
        says = bool(modifier) and not is_generic(modifier, rule.generic, rule.specific)
        if rule.cls == WEBSITE and rule.default_owner and says and not governed and not place.names:
            return region.label + words  # 县|房地产信息网
        plain = rule.default_owner and detail.head in rule.plain_heads
        if (plain and (not modifier or modifier in rule.generic)) or place.own or not place.names or is_body:
            region = self._owner_for(region, rule) or region
        elif modifier and rule.cls == NEW_MEDIA and span.of(text) != region.label:
            return span.of(text) + words  # 达州教育|微信公众号 is called so
        elif not rule.default_owner:
            return (span.of(text) if rule.as_written else region.label) + words
        return self._holder(region, rule) + self._canonical_head(words, detail, rule, region)

    def _owner_for(self, region: Entity, rule: NounRule) -> Entity | None:
        """What a region stands for as an owner: its government for a website, itself for a working group."""
        if not rule.default_owner:
            ref = self.places.get(region.iri)
            return Entity(region.iri, region.cls, ref.official) if ref else region
        ref = self.places.get(region.iri)
        if ref is None:
            return None
        label = government_label(ref, self.writer.ontology.words)
        return Entity(self.writer.mint.entity("agency", label), GOVERNMENT, label)

    def _owned_by_default(self, detail: Phrase, rule: NounRule, words: str) -> str | None:
        modifier = detail.modifier.of(self.document.folded)
        generic = not modifier or modifier in rule.generic
        if rule.cls == WEBSITE and modifier in self.writer.ontology.words["national"]:
            return None  # 中国|政府网站|绩效评估
        if rule.inner:
            who = self.writer.entity()
            if who is None or not self.writer.has_units(who):
                return None
            return words if words.startswith(who.label) else self.writer.holder_of_units() + words
        if not rule.default_owner:
            if self.writer.of_unknown_government(words):
                return None
            return (
                self.writer.own_prefix(words)
                if self.writer.ontology.model.is_a(rule.cls, expand("pol:Agency"))
                else ""
            ) + words
        if modifier.startswith("“") and detail.head in rule.plain_heads:
            cut = modifier.index("”") + 1 if "”" in modifier else 0
            if cut and modifier[cut:] in rule.generic:
                return words[:cut] + detail.head  # “中国·某地”|政府|门户网站
        if rule.cls == WEBSITE and detail.head in rule.plain_heads and self.writer.calls_zone(modifier):
            return "".join(self._zone_site(rule))
        if not generic or (detail.head not in rule.plain_heads and modifier):
            return self._of_level(words)
        governments = self.writer.ontology.words["governmentWord"]
        official = any(word in words for word in governments)
        who = self.writer.entity()
        if (official or detail.head not in rule.plain_heads) and self.writer.below_county():
            return None  # 政府网站 in a township's report may be the county's
        if (
            rule.cls == WEBSITE
            and words in rule.plain_heads
            and words.startswith(governments)
            and not self._names_site()
        ):
            return None  # 政府网站 alone may be anybody's
        owner = self.writer.government() if official or (who is not None and who.cls == OFFICE) else who
        if owner is None:
            return None
        return self._holder(owner, rule) + self._canonical_head(words, detail, rule, owner)

    def _holder(self, owner: Entity, rule: NounRule) -> str:
        """How a name begins with its owner: accounts of a government with its place, channels of a zone's committee with the zone."""
        if owner.cls != GOVERNMENT or rule.cls not in (NEW_MEDIA, WEBSITE):
            return owner.label
        if self._has_zone(owner):
            return self._zone_site(rule)[0]
        if rule.cls == WEBSITE:
            return owner.label
        forms = self.writer.ontology.words["governmentForm"]
        return self.writer.last_part(
            next((owner.label.removesuffix(one) for one in forms if owner.label.endswith(one)), owner.label)
        )

    def _names_site(self) -> bool:
        """Whether the text names the site of the writer's government in other words."""
        government, who = self.writer.government(), self.writer.entity()
        owners = (who if one is None else self.owner(one) for one in self.variants.sites)
        return any(one is not None and government is not None and one.iri == government.iri for one in owners)

    def _has_zone(self, owner: Entity) -> bool:
        """Whether it is the committee of a zone that writes."""
        who = self.writer.entity()
        return bool(self.writer.own_zone()) and who is not None and owner.iri == who.iri

    def _zone_site(self, rule: NounRule) -> tuple[str, str]:
        """The zone and the head by which the text first names the site of the writer's zone (云川高新区|网站), else their full names."""
        heads = {head for one in self.rules.values() if one.cls == WEBSITE for head in one.plain_heads}
        called = {
            (name.removesuffix(head), head)
            for name in self.variants.plain
            for head in heads
            if name.endswith(head) and self.writer.calls_zone(name.removesuffix(head))
        }
        whole = (self.writer.last_part(self.writer.own_zone()), rule.canonical_head)
        return min(called, key=lambda one: (self.document.folded.find("".join(one)), one), default=whole)

    def _canonical_head(self, words: str, detail: Phrase, rule: NounRule, owner: Entity) -> str:
        """The head of the full name: of a government's site always the same, of another body's the plain one unless the text says portal."""
        if detail.quotes or detail.head not in rule.plain_heads:
            return words
        modifier = detail.modifier.of(self.document.folded)
        if modifier and modifier not in rule.generic:
            return words
        if rule.cls == WEBSITE and self._has_zone(owner):
            return self._zone_site(rule)[1]
        plain = next(iter(sorted(rule.owned_heads)), "")
        if plain and owner.cls != GOVERNMENT and owner.iri not in self._portals():
            return plain
        return rule.canonical_head or words

    def _portals(self) -> set[str]:
        """The bodies whose sites the text calls portals."""
        writer = self.writer.entity()
        owners = (writer if one is None else self.owner(one) for one in self.variants.portals)
        return {one.iri for one in owners if one is not None}


_NUMBER_END = "0123456789”）"


def _with_head(words: str, head: str, rule: NounRule) -> str:
    """An item of a list with the head of the list, where it has none of that kind itself (热点专题, 政策解读|栏目)."""
    return (
        words if words.endswith(tuple(one for one in rule.item_heads if one in rule.heads)) else words + head
    )


def mint_named(model: Model, mint: Mint, cls: str, label: str, report: str = "") -> str:
    """The IRI of a named thing: shared between reports, but results are one report's own."""
    for kind in ("Platform", "Initiative", "Agency", "Policy", "Region"):
        if model.is_a(cls, expand(f"pol:{kind}")):
            return mint.entity(kind.lower(), label)
    name = cls.rpartition("#")[2].rpartition("/")[2].lower()
    if report and model.is_a(cls, expand("pol:Result")):
        return mint.within(report, name, label)
    return mint.entity(name, label)
