"""The body that some words name as the writer of a report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.link.home import Homes
from kg.link.label import agency_label, government_form, government_label, own_label
from kg.link.place import PlaceRef, called_after_a_word
from kg.match.mention import AgencyName, KnownName, Mention, Phrase, Place, RegionName, SelfName
from kg.match.place import unknown_place, whole_place
from kg.match.scan import Scanner
from kg.terms import expand
from kg.text.document import Span

_BESIDE = re.compile(r"(?P<name>[^（）]{3,})（(?P<also>[^（）]{2,})）")
AGENCY, GOVERNMENT = expand("pol:Agency"), expand("pol:Government")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that wrote a report: its full name, class, where the text says so, and its place."""

    label: str
    cls: str
    span: Span
    home: PlaceRef | None


@dataclass(frozen=True, slots=True)
class IssuerReader:
    """Reads the words that may name the writer; ``titled`` is where the title names it."""

    scanner: Scanner
    homes: Homes
    titled: Span | None

    def read(self, words: str, span: Span, *, home: tuple[str, ...] = ()) -> Issuer | None:
        """The body some words name as a whole; none where an advertiser's words are among them."""
        if any(c.isascii() for c in words):
            return None
        beside = _BESIDE.fullmatch(words)
        if beside is not None and self._is_called_also(beside["name"], beside["also"]):
            return self.read(beside["name"], span, home=home)  # 云川市人民政府|（市政府办公室）
        where = whole_place(self.scanner, beside["also"]) if beside is not None else None
        if beside is not None and where is not None and self._is_body(beside["name"]):
            body = self.read(beside["name"], span, home=home)  # 某石油大学|（北京）
            if body is None or beside["also"] in beside["name"]:
                return body
            return Issuer(words, body.cls, span, self.homes.home(where) or body.home)
        scanned = self.scanner.scan(words, [Span(0, len(words))], home=home)
        model = self.scanner.ontology.model
        agencies = [
            m for m in scanned.mentions if model.is_a(m.cls, AGENCY) and not isinstance(m.detail, SelfName)
        ]
        best = max(agencies, key=lambda m: (m.span.end, len(m.span)), default=None)
        if best is not None and best.span.start and not home and (home := unknown_place(self.scanner, words)):
            return self.read(words, span, home=home)  # 中和|场镇人民政府
        if best is not None and not home and (names := self._zone_in(best, words)):
            return self.read(words, span, home=names)
        if best is not None and best.span.end >= len(words) - 1:
            rest = self._goes_before(best, scanned.mentions, words)
            whole_name = self._open(words, span, best) if rest else None
            return whole_name or self._from_mention(best, words, span)
        if best is None and (of_field := self._of_field(words, home)) is not None:
            return self._from_mention(of_field, words, span)
        named = next(
            (m for m in scanned.mentions if isinstance(m.detail, RegionName) and len(m.span) == len(words)),
            None,
        )
        whole = named.detail.place if named is not None else whole_place(self.scanner, words)  # type: ignore[union-attr]
        own = self.homes.home(whole) if whole is not None else None
        if own is not None:
            return self._government(own, span)
        place = next(
            (m for m in scanned.mentions if isinstance(m.detail, RegionName) and m.detail.place.names), None
        )
        return self._open(words, span, place)

    def _of_field(self, words: str, home: tuple[str, ...]) -> Mention | None:
        """The body of a place that is named by its field alone (云川市气象|部门, 云川市税务|系统), as in a list of bodies."""
        lexicon = self.scanner.ontology.words
        group = lexicon["andMore"][0] + lexicon["countedGroup"][0]  # 等部门
        listed = self.scanner.scan(words + group, [Span(0, len(words + group))], home=home)
        whole = Span(0, len(words))
        return next(
            (m for m in listed.mentions if m.span == whole and isinstance(m.detail, AgencyName)), None
        )

    def _is_called_also(self, name: str, also: str) -> bool:
        """Whether brackets behind a body's name hold another body, its office or the second name of it; （北京） is a place."""
        noun = tuple(self.scanner.ontology.words["selfNoun"])
        return self._is_body(also, name + also) or (also.endswith(noun) and self._is_body(name))

    def _is_body(self, *names: str) -> bool:
        """Whether one of some names is that of a body as a whole."""
        model = self.scanner.ontology.model
        return any(
            model.is_a(mention.cls, AGENCY) and mention.span == Span(0, len(name))
            for name in names
            for mention in self.scanner.scan(name, [Span(0, len(name))]).mentions
        )

    def _goes_before(self, body: Mention, mentions: Sequence[Mention], words: str) -> bool:
        """Whether what stands before the body's name is part of it: a zone (某合作区|审计局), the body it belongs to."""
        start, detail = body.span.start, body.detail
        if not start or not isinstance(detail, AgencyName) or detail.kind.inner:
            return False
        levels = self.scanner.ontology.words["level"]
        if any(isinstance(m.detail, RegionName) and m.span == Span(0, start) for m in mentions):
            return not words.endswith(levels, 0, start)  # 甘孜州|康定市…, but 株洲|云龙示范区…
        named = detail.place is not None and bool(detail.place.names) and not detail.place.open
        return not named or any(m.span == Span(0, start) for m in mentions)

    def _zone_in(self, body: Mention, words: str) -> tuple[str, ...]:
        """The place no table knows and the zone in it that is called as a place elsewhere is: 云川市|东湖新区管理委员会."""
        detail, start = body.detail, body.span.start
        if not start or not isinstance(detail, AgencyName) or not detail.kind.zone or not detail.own:
            return ()
        lexicon = self.scanner.ontology.words
        outer = whole_place(self.scanner, words[:start])
        zone = "".join((*(detail.place.names if detail.place is not None else ()), detail.own))
        whole = outer is not None and outer.open and outer.names and words[:start].endswith(lexicon["level"])
        return (*outer.names, zone) if whole and outer is not None and zone.endswith(lexicon["zone"]) else ()

    def _government(self, home: PlaceRef, span: Span) -> Issuer:
        """The government of a place."""
        return Issuer(government_label(home, self.scanner.ontology.words), GOVERNMENT, span, home)

    def _from_mention(self, mention: Mention, words: str, span: Span) -> Issuer | None:
        detail = mention.detail
        if isinstance(detail, KnownName):
            return Issuer(detail.label, mention.cls, span, self.homes.of_known(detail))
        if isinstance(detail, AgencyName):
            if detail.place is None:
                if detail.kind.zone and not detail.own:
                    return None
                home = self._zone(detail.own) if detail.kind.zone else None
                home = home or self.homes.commonest()
                if home is None and not detail.kind.open:
                    return None
                label = agency_label(detail, home) if home else own_label(detail)
                return Issuer(label, mention.cls, span, home)
            if called_after_a_word(detail, self.homes.gazette.regions):
                return Issuer(words, mention.cls, span, self.homes.commonest())
            home = self.homes.home(detail.place)
            if home is None and not detail.place.names:
                return None
            if home is None:
                return Issuer(own_label(detail) if detail.kind.open else words, mention.cls, span, None)
            if mention.cls == expand("pol:GovernmentOffice") and span != self.titled:
                if detail.kind.zone:
                    zone = agency_label(detail, home).partition(self.scanner.ontology.words["zoneBody"][0])
                    return Issuer(zone[0] + zone[1], GOVERNMENT, span, home)
                return self._government(home, span)
            return Issuer(agency_label(detail, home), mention.cls, span, home)
        if isinstance(detail, Phrase):
            return Issuer(words, mention.cls, span, self.homes.commonest())
        return None

    def _open(self, words: str, span: Span, place: Mention | None) -> Issuer | None:
        """A name of no known kind, such as a company or a school: taken as it stands where it looks like a whole name."""
        if not 4 <= len(words) <= 30 or any(c in "，。；：、？！" for c in words):
            return None
        if any(
            word in words
            for word in (
                *self.scanner.ontology.words["determiner"],
                *self.scanner.ontology.words["notIssuer"],
            )
        ):
            return None
        if any(
            words.startswith(word)
            for word in (
                *self.scanner.ontology.words["own"],
                *self.scanner.ontology.words["determiner"],
                *self.scanner.ontology.words["adverb"],
            )
        ):
            return None
        committee = self._of_zone(words, span)
        if committee is not None:
            return committee
        of = place.detail.place if place and isinstance(place.detail, AgencyName | RegionName) else None
        home = self._zone_of(words)
        if home is None:
            home = self.homes.home(of) if of is not None and of.names else self.homes.commonest()
        lexicon = self.scanner.ontology.words
        if (form := government_form(words, lexicon)) == lexicon["zoneBody"][0]:
            return Issuer(words + form, GOVERNMENT, span, home)  # 青岚经济技术开发区|2019年…报告
        return Issuer(words, self._class_of(words), span, home)

    def _of_zone(self, words: str, span: Span) -> Issuer | None:
        """The committee of a zone whose name begins with no place that is known (望岚经济技术开发区|管委会)."""
        kinds = self.scanner.ontology.gazetteer.kinds
        forms = (
            (form, kind) for kind in kinds if kind.zone and kind.cls == GOVERNMENT for form in kind.cores
        )
        for form, kind in forms:
            zone = words.removesuffix(form)
            home = self._zone(zone) if zone != words else None
            if home is not None:
                return Issuer(zone + kind.core(form), kind.cls, span, home)
        return None

    def _zone_of(self, words: str) -> PlaceRef | None:
        """The zone whose bureau a name is, in a place no table knows: 云川市|高新技术产业开发区|财政局."""
        lexicon = self.scanner.ontology.words
        sort = max((word for word in lexicon["oneZone"] if word in words), key=len, default="")
        outer, found, bureau = words.partition(sort) if sort else ("", "", "")
        place = whole_place(self.scanner, outer) if outer and bureau else None
        if place is None or not place.open:
            return None
        home = self.homes.home(Place(Span(0, len(outer + found)), (*place.names, found), open=True))
        return home if home is not None and home.official == outer + found else None

    def _zone(self, name: str) -> PlaceRef | None:
        """The place of this name where it is a zone's own."""
        zones = self.scanner.ontology.words["zone"]
        if not name.endswith(zones) or name in zones:
            return None
        return self.homes.home(Place(Span(0, len(name)), (name,), open=True))

    def _class_of(self, words: str) -> str:
        """The class that the last word of a body's name tells."""
        classes = self.scanner.ontology.gazetteer.suffix_classes
        ending = max((end for end in classes if words.endswith(end)), key=len, default="")
        return classes.get(ending, AGENCY)
