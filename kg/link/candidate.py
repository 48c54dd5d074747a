"""Where a document may name its writer: words and their places, the surest first."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.link.host import hosted
from kg.link.issuer import GOVERNMENT
from kg.link.site import names_in_head
from kg.link.title import Title, TitleWords, before_year
from kg.match.mention import AgencyName, Citation, KnownName, Mention, RegionName, SelfName
from kg.match.scan import Scan
from kg.schema.ontology import Ontology
from kg.text.document import Document, Span

OPENING_SIZE = 600  # characters in which a report without a title says what it is
CLOSING_SIZE = 400  # characters at the end that tell whom to write to
_OPENING = re.compile(r"(?:^|[\n。])(?:\d{4}年度?|\d{4}[-—至]+\d{4}学年度?)，?$")


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of one document."""

    document: Document
    scan: Scan
    ontology: Ontology
    title: Title | None

    def all(self) -> Iterable[tuple[str, Span]]:
        """Every candidate; a policy document names its issuer in title, letterhead, number or signature, else on the page."""
        if self.title is None or self.title.genre != "policy":
            yield from self._of_report()
            return
        if self.title.issuer and self.title.issuer_span is not None:
            yield self.title.issuer, self.title.issuer_span
        yield from self._fields()

    def _of_report(self) -> Iterable[tuple[str, Span]]:
        """Words that may name the issuer, the surest first."""
        text, body = self.document.folded, self.document.body
        if self.title is not None and self.title.issuer:
            yield self.title.issuer, self.title_span() or self.title.span
        for mention in self.scan.mentions:
            if mention.span.start > body.start + 3000:
                break
            if isinstance(mention.detail, AgencyName | KnownName) and self._compiles(mention):
                yield mention.span.of(text), mention.span
        opening = self._opening()
        if opening is not None:
            yield opening
        yield from self._announced()
        yield from self._fields()
        source = self.document.source.title
        for name in sorted(self.ontology.words["reportTitle"], key=len, reverse=True):
            if name in source:
                issuer = before_year(source[: source.index(name)], TitleWords.of(self.ontology.words))
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
        yield from self._host()
        yield from self._contact()

    def _host(self) -> Iterable[tuple[str, Span]]:
        """The place that the domain of the website spells, where the text calls its own place by that level."""
        text, levels = self.document.folded, self._own_levels()
        found = hosted(text, self.ontology.regions, levels) if levels else None
        if found is not None:
            region, span = found
            yield self.ontology.regions.official(region), span

    def _contact(self) -> Iterable[tuple[str, Span]]:
        """The body that the end of the text says to write to or is signed by (联系单位：青川县教育局, 地址：…)."""
        text, body = self.document.folded, self.document.body
        fields = self.ontology.words["contact"]
        for mention in self.scan.mentions:
            detail = mention.detail
            if mention.span.start < body.end - CLOSING_SIZE or not isinstance(detail, AgencyName):
                continue
            if detail.place is None or not detail.place.names or self._in_title(mention.span):
                continue
            start, end = (text.rfind("\n", 0, mention.span.start) + 1, text.find("\n", mention.span.end))
            line = text[start : end if end >= 0 else body.end]
            if line.strip() == mention.span.of(text) or any(word in line for word in fields):
                yield mention.span.of(text), mention.span

    def _fields(self) -> Iterable[tuple[str, Span]]:
        """What the page's own table says of the issuer."""
        text = self.document.folded
        for name, value in self.document.source.metadata:
            if name in self.ontology.words["issuerField"] and value in text:
                at = text.index(value)
                yield value, Span(at, at + len(value))
        for table in self.document.tables:
            if table.span.start > self.document.body.start + OPENING_SIZE:
                break
            for label, cell in pairwise(table.cells):
                if label.row == cell.row and label.text in self.ontology.words["issuerField"]:
                    yield text[cell.span.start : cell.span.end], cell.span

    def _site(self) -> Iterable[tuple[str, Span]]:
        """What the head of a page names as its source or its site, where the text holds it and may call its writer so."""
        text, body, words = self.document.folded, self.document.body, self.ontology.words
        for name in names_in_head(self.document.source.metadata, words["siteField"], words["website"]):
            at = text.find(name, body.start, body.end) if len(name) > 2 else -1
            if at >= 0 and self._may_be(name):
                yield name, Span(at, at + len(name))

    def _may_be(self, words: str) -> bool:
        """Whether the text calls its writer as this name ends (我局: 局), or by nothing at all."""
        expand_suffix = self.ontology.gazetteer.suffix_forms
        selves = {m.detail.word for m in self.scan.mentions if isinstance(m.detail, SelfName)}
        selves -= set(self.ontology.words["manyBodies"])
        levels = self._own_levels()
        governments = tuple(
            level + form
            for level in levels
            for form in (*self.ontology.words["governmentForm"], *self.ontology.words["governmentWord"], "")
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

    def _announced(self) -> Iterable[tuple[str, Span]]:
        """Whose report a text without a title announces: 现将望江街道2020年…情况公布."""
        if self.title is not None and self.title.issuer:
            return
        text, body = self.document.folded, self.document.body
        leads = "|".join(word for word in self.ontology.words["announces"] if len(word) > 1)
        opening = text[body.start : body.start + OPENING_SIZE]
        for found in re.finditer(rf"(?:{leads})(?P<who>[^\W\d]{{3,24}})(?:19|20)\d{{2}}年", opening):
            yield found["who"], Span(body.start + found.start("who"), body.start + found.end("who"))

    def _own_bodies(self) -> Iterable[tuple[str, Span]]:
        """Where nothing names the writer: the body that the text calls itself (我局), or names by its kind alone (住建局)."""
        text = self.document.folded
        expand_suffix = self.ontology.gazetteer.suffix_forms
        selves = {m.detail.word for m in self.scan.mentions if isinstance(m.detail, SelfName)}
        endings = tuple(
            full for noun in sorted(selves) for form, full in expand_suffix.items() if form.endswith(noun)
        )  # 我办 may be an office or a subdistrict's
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
            if detail.kind.core(detail.form).endswith(endings) or words.endswith(endings):
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
        text, own = self.document.folded, tuple(self.ontology.words["own"])
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

    def title_span(self) -> Span | None:
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
        if not any(word in after for word in self.ontology.words["compiledBy"]):
            return False
        before = text[max(0, mention.span.start - 2) : mention.span.start]
        return before.endswith(tuple(self.ontology.words["agentMark"])) or after.startswith(
            tuple(self.ontology.words["compiledBy"])
        )
