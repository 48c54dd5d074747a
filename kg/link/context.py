"""Who wrote a report, for which year and from which place."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.link.credit_code import region_codes
from kg.link.place import Gazette, PlaceRef, nests
from kg.link.policy_title import find_policy_title, find_policy_year
from kg.link.site import names_in_head
from kg.link.title import Title, TitleWords, before_year, find_title, find_year, worth
from kg.match.mention import AgencyName, Citation, KnownName, Mention, Phrase, Place, RegionName, SelfName
from kg.match.scan import Scan, Scanner
from kg.schema.ontology import Ontology
from kg.terms import Mint, expand
from kg.text.document import Document, Span


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that wrote a report: its full name, class, where the text says so, and its place."""

    label: str
    cls: str
    span: Span
    home: PlaceRef | None


@dataclass(frozen=True, slots=True)
class Context:
    """What linking needs to know about a report."""

    title: Title | None
    issuer: Issuer | None
    year: int | None
    year_span: Span | None
    home: PlaceRef | None
    gazette: Gazette
    genre: str = ""  # IRI of the kind of report


GOVERNMENT = expand("pol:Government")
_GENRES = {"annual": "pol:AnnualReport", "work": "pol:WorkReport", "policy": "pol:PolicyText"}
_OPENING_SIZE = 600  # characters in which a report without a title says what it is
_OPENING = re.compile(r"(?:^|[\n。])(?:\d{4}年度?|\d{4}[-—至]+\d{4}学年度?)，?$")


def title_of(document: Document, ontology: Ontology) -> Title | None:
    """The title a document gives itself: of a policy, or of a report."""
    endings = [one.ending for one in ontology.gazetteer.title_endings]
    words = ontology.words
    policy = find_policy_title(document, endings, words, sure=True)
    if policy is not None:
        return policy
    report = find_title(document, TitleWords.of(words))
    if report is not None and worth(report) > 1:
        return report
    return find_policy_title(document, endings, words, sure=False) or report


def genre_of(document: Document, title: Title | None, ontology: Ontology) -> str:
    """The kind of report, as an IRI: what the title says, else what the opening says it is, else an annual report."""
    if title is not None:
        return expand(_GENRES[title.genre])
    opening = document.folded[document.body.start : document.body.start + _OPENING_SIZE]
    work = any(sign in opening for sign in ontology.words["workReportSign"])
    return expand(_GENRES["work" if work else "annual"])


class ContextFinder:
    """Finds who wrote a report; one a document."""

    def __init__(self, document: Document, scan: Scan, scanner: Scanner, mint: Mint) -> None:
        self.document = document
        self.scan = scan
        self.scanner = scanner
        self.words = scanner.ontology.words
        self.title = title_of(document, scanner.ontology)
        self.genre = genre_of(document, self.title, scanner.ontology)
        self.year, self.year_span = find_policy_year(document, self.title, self.words) or find_year(
            document, self.title
        )
        self.gazette = Gazette(scanner.ontology.regions, self.year, mint)
        self.coded = self._coded()

    def find(self) -> Context:
        """The context of the document."""
        issuer = None
        policy = self.title is not None and self.title.genre == "policy"
        for text, span in self._policy_candidates() if policy else self._candidates():
            issuer = self._issuer(text, span)
            if issuer is not None:
                break
        home = issuer.home if issuer else None
        if issuer is not None and home is not None and not home.parents and home.level != "province":
            home = self._placed(home)
            old = issuer.home.official if issuer.home is not None else ""
            label = issuer.label.replace(old, home.official, 1) if old else home.official + issuer.label
            issuer = Issuer(label, issuer.cls, issuer.span, home)
        return Context(
            self.title, issuer, self.year, self.year_span, home or self._commonest(), self.gazette, self.genre
        )

    def _coded(self) -> PlaceRef | None:
        """The place whose code stands in the index number that the publisher gave the document."""
        source = self.document.source
        values = (value for _, value in source.metadata)
        codes = region_codes("\n".join((self.document.folded, *values, source.address)))
        region = next((self.scanner.ontology.regions.coded(code, self.year) for code in codes), None)
        return self.gazette.of(region) if region is not None else None

    def _placed(self, home: PlaceRef) -> PlaceRef:
        """A place no table knows, inside the one of the publisher's code, else the place above it that the text names most."""
        order = ("country", "province", "prefecture", "county", "township", "village")
        count: Counter[str] = Counter()
        refs: dict[str, PlaceRef] = {}
        for mention in self.scan.mentions:
            detail = mention.detail
            place = detail.place if isinstance(detail, AgencyName | RegionName) else None
            ref = self.gazette.resolve(place, None) if place is not None and place.names else None
            for one in ref.chain() if ref is not None else ():
                if one.level != "country" and order.index(one.level) < order.index(home.level):
                    count[one.iri] += 1
                    refs.setdefault(one.iri, one)
        best = max(count, key=lambda iri: (order.index(refs[iri].level), count[iri], iri), default=None)
        coded = self.coded
        if coded is not None and order.index(coded.level) < order.index(home.level):
            parent = coded
        elif best is None:
            return home
        else:
            parent = refs[best]
        if not parent.parents and parent.level != "province":
            parent = self._placed(parent)
        nested = nests(home.name, parent)
        return PlaceRef(
            home.iri,
            home.name,
            (parent.official if nested else "") + home.name,
            home.code,
            home.level,
            parent.chain(),
        )

    def _policy_candidates(self) -> Iterable[tuple[str, Span]]:
        """Where a policy document names its issuer: in title, letterhead, number or signature, else on the page."""
        assert self.title is not None
        if self.title.issuer and self.title.issuer_span is not None:
            yield self.title.issuer, self.title.issuer_span
        yield from self._fields()

    def _candidates(self) -> Iterable[tuple[str, Span]]:
        """Words that may name the issuer, the surest first."""
        text, body = self.document.folded, self.document.body
        if self.title is not None and self.title.issuer:
            yield self.title.issuer, self._title_span() or self.title.span
        for mention in self.scan.mentions:
            if mention.span.start > body.start + 3000:
                break
            if isinstance(mention.detail, AgencyName | KnownName) and self._compiles(mention):
                yield mention.span.of(text), mention.span
        opening = self._opening()
        if opening is not None:
            yield opening
        yield from self._fields()
        source = self.document.source.title
        for name in sorted(self.words["reportTitle"], key=len, reverse=True):
            if name in source:
                issuer = before_year(source[: source.index(name)], TitleWords.of(self.words))
                if issuer and issuer in text:
                    at = text.index(issuer)
                    yield issuer, Span(at, at + len(issuer))
                break
        count: Counter[str] = Counter()
        first: dict[str, Span] = {}
        governments: dict[str, str] = {}  # by their words, the place of each
        for mention in self.scan.mentions:
            detail = mention.detail
            if isinstance(detail, AgencyName) and detail.place is not None and detail.place.names:
                words = mention.span.of(text)
                count[words] += 1
                if mention.cls == GOVERNMENT:
                    governments[words] = detail.place.names[-1]
                first.setdefault(words, mention.span)
        levels = self._own_levels()
        for words, number in sorted(count.items(), key=lambda item: (-item[1], first[item[0]].start)):
            if number > 1 and not (
                words in governments and levels and not governments[words].endswith(levels)
            ):
                yield words, first[words]
        yield from self._own_bodies()
        own = self._own_place()
        if own is not None:
            yield own
        yield from self._site()

    def _fields(self) -> Iterable[tuple[str, Span]]:
        """What the page's own table says of the issuer."""
        text = self.document.folded
        for name, value in self.document.source.metadata:
            if name in self.words["issuerField"] and value in text:
                at = text.index(value)
                yield value, Span(at, at + len(value))
        for table in self.document.tables:
            if table.span.start > self.document.body.start + _OPENING_SIZE:
                break
            for label, cell in pairwise(table.cells):
                if label.row == cell.row and label.text in self.words["issuerField"]:
                    yield text[cell.span.start : cell.span.end], cell.span

    def _site(self) -> Iterable[tuple[str, Span]]:
        """What the head of a page names as its source or its site, where the text holds it and may call its writer so."""
        text, body, words = self.document.folded, self.document.body, self.words
        for name in names_in_head(self.document.source.metadata, words["siteField"], words["website"]):
            at = text.find(name, body.start, body.end) if len(name) > 2 else -1
            if at >= 0 and self._may_be(name):
                yield name, Span(at, at + len(name))

    def _may_be(self, words: str) -> bool:
        """Whether the text calls its writer as this name ends (我局: 局), or by nothing at all."""
        expand_suffix = self.scanner.ontology.gazetteer.suffix_forms
        selves = {m.detail.word for m in self.scan.mentions if isinstance(m.detail, SelfName)}
        selves -= set(self.words["manyBodies"])
        levels = self._own_levels()
        governments = tuple(
            level + form
            for level in levels
            for form in (*self.words["governmentForm"], *self.words["governmentWord"], "")
        )
        endings = (*selves, *(expand_suffix.get(noun, noun) for noun in selves))
        return words.endswith((*endings, *governments)) if selves or levels else True

    def _opening(self) -> tuple[str, Span] | None:
        """The body a text without a title begins with: 2020年，市教育局根据…"""
        text, body = self.document.folded, self.document.body
        for mention in self.scan.mentions:
            if mention.span.start > body.start + 160:
                return None
            inner = mention not in self.scan.outer  # 云川市人民政府|网站 names no writer
            if isinstance(mention.detail, AgencyName) and mention.detail.place is not None and not inner:
                before = text[max(body.start, mention.span.start - 15) : mention.span.start]
                if _OPENING.search(before):
                    return mention.span.of(text), mention.span
        return None

    def _own_bodies(self) -> Iterable[tuple[str, Span]]:
        """Where nothing names the writer: the body that the text calls itself (我局), or names by its kind alone (住建局)."""
        text = self.document.folded
        expand_suffix = self.scanner.ontology.gazetteer.suffix_forms
        selves = {m.detail.word for m in self.scan.mentions if isinstance(m.detail, SelfName)}
        endings = tuple(expand_suffix.get(noun, noun) for noun in sorted(selves))
        count: Counter[str] = Counter()
        bare: Counter[str] = Counter()
        first: dict[str, Mention] = {}
        for mention in self.scan.mentions:
            detail = mention.detail
            if not isinstance(detail, AgencyName) or detail.bare or detail.kind.inner:
                continue
            if self._in_title(mention.span):
                continue
            words = mention.span.of(text)
            first.setdefault(words, mention)
            if detail.kind.core(detail.form).endswith(endings):
                count[words] += 1
            if detail.place is None and detail.kind.cls != GOVERNMENT:
                bare[detail.kind.iri] += 1
        for words in sorted(first, key=lambda one: (-count[one], first[one].span.start)):
            detail = first[words].detail
            assert isinstance(detail, AgencyName)
            called = bare[detail.kind.iri] if not self._own_levels() else 0
            named = detail.place is not None and bool(detail.place.names)
            if count[words] or called > 1 or (called and named):
                yield words, first[words].span

    def _own_levels(self) -> tuple[str, ...]:
        """The level words of the place that the text calls its own: 我乡, 本县."""
        places = [m.detail.place for m in self.scan.mentions if isinstance(m.detail, RegionName)]
        text, own = self.document.folded, tuple(self.words["own"])
        return tuple({p.level for p in places if p.own and text.startswith(own, p.span.start)})

    def _in_title(self, span: Span) -> bool:
        """Whether a stretch is inside the title of a policy."""
        return any(isinstance(one.detail, Citation) and one.span.covers(span) for one in self.scan.mentions)

    def _own_place(self) -> tuple[str, Span] | None:
        """Where nothing names the writer: the place named most whose level it calls its own (我区, 全区)."""
        text = self.document.folded
        own = [m for m in self.scan.mentions if isinstance(m.detail, RegionName) and not m.detail.place.names]
        counts = Counter(m.detail.place.level for m in own if isinstance(m.detail, RegionName))
        if not counts:
            return None
        level = min(counts, key=lambda word: (-counts[word], word))
        named: Counter[str] = Counter()
        first: dict[str, Span] = {}
        for mention in self.scan.mentions:
            place = mention.detail.place if isinstance(mention.detail, AgencyName | RegionName) else None
            if place is not None and place.names and place.names[-1].endswith(level):
                named[place.span.of(text)] += 1
                first.setdefault(place.span.of(text), place.span)
        best = min(named, key=lambda name: (-named[name], first[name].start), default=None)
        return (best, first[best]) if best is not None else None

    def _title_span(self) -> Span | None:
        """Where the title names the issuer."""
        if self.title is None or not self.title.issuer:
            return None
        if self.title.issuer_span is not None:
            return self.title.issuer_span
        at = max(self.title.text.find(self.title.issuer), 0)
        return Span(self.title.span.start + at, self.title.span.start + at + len(self.title.issuer))

    def _compiles(self, mention: Mention) -> bool:
        """本报告由X编制, X编制了《…报告》."""
        text = self.document.folded
        ends = [at for at in (text.find(mark, mention.span.end) for mark in "。\n") if at > 0]
        after = text[mention.span.end : min([*ends, mention.span.end + 160])]
        if not any(word in after for word in self.words["compiledBy"]):
            return False
        before = text[max(0, mention.span.start - 2) : mention.span.start]
        return before.endswith(tuple(self.words["agentMark"])) or after.startswith(
            tuple(self.words["compiledBy"])
        )

    def _issuer(self, words: str, span: Span, *, home: tuple[str, ...] = ()) -> Issuer | None:
        """The body some words name as a whole; none where an advertiser's words are among them."""
        if any(c.isascii() for c in words):
            return None
        scanned = self.scanner.scan(words, [Span(0, len(words))], home=home)
        model = self.scanner.ontology.model
        agencies = [
            m
            for m in scanned.mentions
            if model.is_a(m.cls, expand("pol:Agency")) and not isinstance(m.detail, SelfName)
        ]
        best = max(agencies, key=lambda m: (m.span.end, len(m.span)), default=None)
        if best is not None and best.span.start and not home and (home := self.scanner.unknown_place(words)):
            return self._issuer(words, span, home=home)  # 中和|场镇人民政府
        if best is not None and best.span.end >= len(words) - 1:
            return self._from_mention(best, words, span)
        named = next(
            (m for m in scanned.mentions if isinstance(m.detail, RegionName) and len(m.span) == len(words)),
            None,
        )
        whole = named.detail.place if named is not None else self.scanner.whole_place(words)  # type: ignore[union-attr]
        own = self._home(whole) if whole is not None else None
        if own is not None:
            return self._government(own, span)
        place = next(
            (m for m in scanned.mentions if isinstance(m.detail, RegionName) and m.detail.place.names), None
        )
        return self._open(words, span, place)

    def _government(self, home: PlaceRef, span: Span) -> Issuer:
        """The government of a place."""
        return Issuer(
            home.official + government_form(home.name, self.words), expand("pol:Government"), span, home
        )

    def _from_mention(self, mention: Mention, words: str, span: Span) -> Issuer | None:
        detail = mention.detail
        if isinstance(detail, KnownName):
            return Issuer(detail.label, mention.cls, span, self._home_of_known(detail))
        if isinstance(detail, AgencyName):
            if detail.place is None:
                if detail.kind.zone and not detail.own:
                    return None
                home = self._commonest()
                if home is None and not detail.kind.open:
                    return None
                label = agency_label(detail, home) if home else own_label(detail)
                return Issuer(label, mention.cls, span, home)
            home = self._home(detail.place)
            if home is None and not detail.place.names:
                return None
            if home is None:
                return Issuer(own_label(detail) if detail.kind.open else words, mention.cls, span, None)
            if mention.cls == expand("pol:GovernmentOffice") and span != self._title_span():
                if detail.kind.zone:
                    zone = agency_label(detail, home).partition(self.words["zoneBody"][0])
                    return Issuer(zone[0] + zone[1], GOVERNMENT, span, home)
                return self._government(home, span)
            return Issuer(agency_label(detail, home), mention.cls, span, home)
        if isinstance(detail, Phrase):
            return Issuer(words, mention.cls, span, self._commonest())
        return None

    def _open(self, words: str, span: Span, place: Mention | None) -> Issuer | None:
        """A name of no known kind, such as a company or a school: taken as it stands where it looks like a whole name."""
        if not 4 <= len(words) <= 30 or any(c in "，。；：、？！" for c in words):
            return None
        if any(word in words for word in (*self.words["determiner"], *self.words["notIssuer"])):
            return None
        if any(
            words.startswith(word)
            for word in (*self.words["own"], *self.words["determiner"], *self.words["adverb"])
        ):
            return None
        home = (
            self._home(place.detail.place)
            if place is not None and isinstance(place.detail, RegionName)
            else self._commonest()
        )
        return Issuer(words, expand("pol:Agency"), span, home)

    def _home(self, place: Place) -> PlaceRef | None:
        return self.gazette.resolve(place, None) or self.gazette.resolve(place, self._commonest())

    def _home_of_known(self, detail: KnownName) -> PlaceRef | None:
        """The place of a body known by name: the longest place its name begins with (陕西省|人民政府办公厅)."""
        for end in range(len(detail.label), 1, -1):
            for mention in self.scanner.scan(detail.label[:end], [Span(0, end)]).mentions:
                place = mention.detail.place if isinstance(mention.detail, AgencyName | RegionName) else None
                if place is not None and place.names:
                    return self.gazette.resolve(place, None)
        return None

    def _commonest(self) -> PlaceRef | None:
        """The place a text names most among those the table knows, the most particular of equals."""
        count: Counter[str] = Counter()
        refs: dict[str, PlaceRef] = {}
        for mention in self.scan.mentions:
            detail = mention.detail
            place = detail.place if isinstance(detail, AgencyName | RegionName) else None
            if place is None or not place.names or place.open:
                continue
            ref = self.gazette.resolve(place, None)
            if ref is not None:
                for depth, one in enumerate(ref.chain()):
                    if one.level != "country":
                        count[one.iri] += 3 if depth == 0 else 1
                        refs.setdefault(one.iri, one)
        best = min(count, key=lambda iri: (-count[iri], -len(refs[iri].parents), iri), default=None)
        return refs[best] if best is not None else self.coded


def government_form(place: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """What the government of a place is called: a subdistrict has an office, a zone a committee.

    >>> from kg.schema import load_ontology
    >>> words = load_ontology().words
    >>> [government_form(place, words) for place in ("青岚县", "青岚街道", "青岚高新区")]
    ['人民政府', '办事处', '管理委员会']
    """
    if place.endswith(words["streetForm"]):
        return words["streetBody"][0]
    return words["zoneBody" if place.endswith(words["zone"]) else "governmentForm"][0]


def agency_label(detail: AgencyName, home: PlaceRef) -> str:
    """The full name of a body at a place.

    >>> from pathlib import Path
    >>> from kg.schema.gazetteer import Gazetteer
    >>> from kg.schema.index import load
    >>> kind = Gazetteer.from_index(load(Path("ontology/vocab").glob("*.ttl"))).by_form("人社局")[0]
    >>> agency_label(AgencyName(None, kind, "人社局"), PlaceRef("", "衢州市", "衢州市", "330800", "prefecture"))
    '衢州市人力资源和社会保障局'
    """
    kind = detail.kind
    provincial = home.level == "province" or home.name in kind.provincial_style
    if detail.bare:
        core = kind.usual(provincial=provincial, prefecture=home.level == "prefecture")
    else:
        core = kind.core(detail.form, provincial=provincial)
    if kind.open:
        return own_prefix(detail, home) + detail.own + core
    if detail.place is not None and detail.place.under and home.parents:
        return home.parents[0].official + detail.place.under + home.name + core
    return kind.named(home.official, core, home.stem)


def own_label(detail: AgencyName) -> str:
    """The full name of a body with a name of its own, where nothing tells its place."""
    return own_prefix(detail, None) + detail.own + detail.kind.core(detail.form)


def own_prefix(detail: AgencyName, home: PlaceRef | None) -> str:
    """What the full name of a body with a name of its own begins with: the place as written, where that is no full name.

    山东|大学 and 六盘水|高新技术产业开发区管理委员会 keep the short name; 市|第一|中学 takes the place's own.
    """
    place = detail.place
    if place is None:
        return ""
    written = "".join(place.names)
    full = home is not None and (not place.names or home.name == place.names[-1])
    return home.official if full and home is not None else written
