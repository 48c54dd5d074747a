"""From a document to its mentions: names first, then figures, then noun phrases around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.match.agency import Core, PlaceContext, PlaceWords
from kg.match.called import called
from kg.match.citation import CitationReader
from kg.match.codes import IssuerCodes
from kg.match.edge import Candidate, PhraseContext, PhraseWords, joins_fields
from kg.match.figure import FigureFinder
from kg.match.home import HomeWords, before_zones, home_places, short_name
from kg.match.lexicon import Anchor, Head, Hit, Lexicon, RegionForm
from kg.match.marks import Marks, find_marks
from kg.match.mention import (
    AgencyName,
    Citation,
    KnownName,
    Mention,
    Phrase,
    RegionName,
)
from kg.match.names import AGENCY, POLICY, NameReader
from kg.match.overlap import has_name, is_known, is_quoted, is_weak, longest_only, outermost
from kg.match.phrase import read_phrase
from kg.match.plain_title import TitleShape, plain_titles
from kg.match.quote import QuoteFinder
from kg.match.sentence import Sentence
from kg.match.shared import governed_with, inherit_quote, without_named
from kg.match.units import UnitRules, units_listed
from kg.match.words import Words, cut_at, cut_before, joined, longest, segment
from kg.terms import expand
from kg.text.document import Span

PLATFORM = expand("pol:Platform")
HOTLINE, WEBSITE = expand("pol:Hotline"), expand("pol:Website")
INITIATIVE = expand("pol:Initiative")
_CITATION = expand("rule:citation")


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over a text found.

    ``mentions`` are all, nested ones too, by start; ``outer`` are those inside no other; ``anchors`` are the pattern words with the
    places where they end.
    """

    text: str
    words: Words
    marks: Marks
    mentions: tuple[Mention, ...]
    outer: tuple[Mention, ...]
    anchors: dict[str, list[int]]


class Scanner:
    """Reads texts with one ontology; build it once."""

    __slots__ = (
        "_citations", "_codes", "_figures", "_home", "_names", "_numbered", "_owned", "_phrase_words", "_place_words", "_quotes", "_titles", "lexicon", "ontology",
    )  # fmt: skip

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.ontology = lexicon.ontology
        words = self.ontology.words
        self._names = NameReader.of(self.ontology)
        self._home = HomeWords(longest(words["level"]), frozenset(words["notPlace"]), self._names.own.zones)
        self._codes = IssuerCodes.of(self.ontology)
        self._citations = CitationReader.of(words, self._codes.trimmed, self._codes.knows)
        endings = tuple(one.ending for one in self.ontology.gazetteer.title_endings)
        self._titles = TitleShape(words["titleVerb"], endings, words["join"])
        self._numbered = frozenset(rule.iri for rule in self.ontology.nouns if rule.numbered)
        self._place_words = PlaceWords.of(self.ontology)
        self._phrase_words = PhraseWords.of(self.ontology)
        self._owned = UnitRules.of(self.ontology.nouns, self._phrase_words.body_classes)
        self._figures = FigureFinder.of(self.ontology, self._phrase_words.things)
        self._quotes = QuoteFinder.of(self.ontology)

    def scan(self, folded: str, stretches: Iterable[Span], *, home: tuple[str, ...] = ()) -> Scan:
        """Find every mention in the given stretches (sentences) of a folded text.

        ``home`` has the names of the writer's place that no table knows, the outermost first: places wherever they stand.
        """
        words = self._words(folded)
        marks = find_marks(folded)
        spans = sorted(stretches)
        hits: dict[int, list[Hit]] = {}
        anchors: dict[str, list[int]] = {}
        every = list(self.lexicon.hits(folded))
        for hit in every:
            if isinstance(hit.entry, Anchor):
                anchors.setdefault(hit.entry.word, []).append(hit.end)
            else:
                hits.setdefault(hit.start, []).append(hit)
        place = self._places(folded, words, every, home)
        found: list[Mention] = []
        for span in spans:
            inside = [
                hit
                for start in range(span.start, span.end)
                for hit in hits.get(start, ())
                if hit.end <= span.end
            ]
            found.extend(self._sentence(Sentence(span, inside, place, marks)))
        bodies = list(filter(self._is_named_body, found))
        found.extend(list(called(folded, marks, spans, bodies, found, self._citations)))
        found.sort(key=lambda mention: (mention.span.start, -mention.span.end, mention.cls))
        return Scan(folded, words, marks, tuple(found), outermost(found), anchors)

    def _words(self, text: str) -> Words:
        """The text cut into words, and cut again where the field's own words tell that the dictionary erred."""
        lexicon = self.ontology.words
        joins, county, above = lexicon["countyHead"], lexicon["countyLevel"][0], lexicon["upperLevel"]
        words = cut_at(segment(text), (*lexicon["service"], *lexicon["cityFirm"]))
        words = joined(words, lexicon["cityFirm"])
        words = joined(cut_before(words, joins, county, above), self._names.own.zones)
        for noun in lexicon["lineNoun"]:
            words = cut_before(words, lexicon["setsUp"], noun, ())  # 办公室|设|局办公室
            words = cut_before(words, lexicon["enlarges"], noun, (), lexicon["channel"])  # 加大|局网站
        for noun in lexicon["net"]:
            words = cut_before(words, lexicon["governmentWord"], noun, ())  # 云川政府|网
        return words

    def _places(self, text: str, words: Words, hits: Sequence[Hit], home: tuple[str, ...]) -> PlaceContext:
        """The names of places that stand as such: those of the table, and the writer's own."""
        lexicon = self._place_words
        joins, county = self.ontology.words["countyHead"], self.ontology.words["countyLevel"][0]
        cores = [hit for hit in hits if isinstance(hit.entry, Core)]
        bodies, ends = {hit.start for hit in cores}, {hit.end for hit in cores}
        stem = short_name(home[-1], self._home) if home else ""
        regions: dict[int, list[tuple[int, str]]] = {}
        shorts: dict[int, list[tuple[int, str]]] = {}
        for hit in hits:
            if not isinstance(hit.entry, RegionForm):
                continue
            if stem and text.startswith(stem, hit.start) and hit.end == hit.start + len(stem):
                continue  # in a report of 望江镇 望江 is no county elsewhere
            if hit.entry.needs_context and text[hit.start : hit.end] in lexicon.boundary:
                continue  # 会同|高新区管委会
            if (
                text[hit.start] in joins
                and text[hit.start + 1 : hit.end] == county
                and words.ends_at(hit.start + 1)
            ):
                continue  # 应|县广播电视台
            begins = words.ends_at(hit.start) or text.endswith(lexicon.prefixes, 0, hit.start)
            index = words.at(hit.start)  # 西安|交通大学, 曲阜|师范大学 are one word of the dictionary
            whole = words.tags[index] in ("nt", "nz") or int(words.starts[index + 1]) in ends
            if begins and (words.ends_at(hit.end) or hit.end in bodies or whole):
                table = shorts if hit.entry.needs_context else regions
                table.setdefault(hit.end, []).append((hit.start, hit.entry.name))
        for name in home:
            called = set(before_zones(text, bodies, short_name(name, self._home), self._home.zones))
            called |= bodies if name == home[-1] else set()
            for at in home_places(text, words, bodies, name, self._home, called):
                regions.setdefault(at.end, []).append((at.start, name))
        return PlaceContext(text, words, regions, shorts, home, lexicon)

    def _is_named_body(self, mention: Mention) -> bool:
        named = isinstance(mention.detail, AgencyName | KnownName)
        return named and self.ontology.model.is_a(mention.cls, AGENCY)

    def _sentence(self, sentence: Sentence) -> list[Mention]:
        text, words, marks, span = sentence.text, sentence.words, sentence.marks, sentence.span
        cited = [
            Mention(found.span, POLICY, _CITATION, found.citation, (found.span,))
            for found in self._citations.citations(text, marks, span.start, span.end)
        ]
        titles = [mention.span for mention in cited]
        plain = self._plain_titles(sentence, titles)
        cited = [one for one in cited if not any(other.span.covers(one.span) for other in plain)] + plain
        titles = [mention.span for mention in cited]
        numbers = [
            m.detail.number_span
            for m in cited
            if isinstance(m.detail, Citation) and m.detail.number_span is not None
        ]
        names = [
            mention
            for mention in self._names.names(sentence, titles)
            if not any(number.overlaps(mention.span) for number in numbers)
        ]
        names = [mention for mention in names if not self._of_a_place(sentence, mention, names)]
        known = [*titles, *(mention.span for mention in names if is_known(mention))]
        figures = list(self._figures.figures(sentence, known))
        ending: dict[int, Mention] = {}
        for mention in names:
            if not any(title.overlaps(mention.span) for title in titles):
                other = ending.get(mention.span.end)
                if other is None or len(mention.span) > len(other.span):
                    ending[mention.span.end] = mention
        level = self.ontology.words["rank"]  # 市区两级 counts no platforms
        counts = frozenset(m.span.end for m in figures if not text.endswith(level, 0, m.span.end))
        context = PhraseContext(text, words, marks, ending, counts, self._phrase_words)
        phrases = self._phrases(context, sentence, known)
        units = units_listed(context, phrases, self._owned, span.end)
        named = {one.span.end for one in units}
        phrases = [one for one in phrases if one.span.end not in named] + units
        joined = {m.span.end for m in phrases if joins_fields(context, m)}
        names = [
            m
            for m in names
            if m.span.end not in joined or not isinstance(m.detail, AgencyName) or m.detail.place
        ]
        bodies = {m.span.end for m in names if isinstance(m.detail, AgencyName | Phrase)}
        phrases = [m for m in phrases if m.span.end not in bodies or not self._names.is_body(m)]
        quoted = {
            quote.start
            for mention in phrases
            if isinstance(mention.detail, Phrase) and not is_weak(mention)
            for quote in mention.detail.quotes
        }
        phrases = [m for m in phrases if not self._within_title(m, phrases)]
        sites = {m.span.end for m in phrases if m.cls == WEBSITE and not is_weak(m)}
        phrases = [m for m in phrases if not self._on_site(m, sites)]
        names = [m for m in names if not (is_known(m) and {m.span.start, m.span.start - 1} & quoted)]
        starts = {m.span.start for m in phrases}  # 信用中国|（江北云川）网站
        names = [
            m
            for m in names
            if not (is_known(m) and m.span.start in starts and text.startswith("（", m.span.end))
        ]
        numbered = [m.span for m in phrases if m.rule in self._numbered and not is_weak(m)]
        figures = [m for m in figures if not any(span.overlaps(m.span) for span in numbered)]
        # “全省通办”: a place without a name of its own is no part of a quotation
        placed = (m for m in names if not (isinstance(m.detail, RegionName) and not m.detail.place.names))
        taken = [*titles, *(m.span for m in phrases if not is_weak(m)), *(m.span for m in placed)]
        quotes = self._quotes.quotes(sentence, taken)
        return [*cited, *names, *figures, *phrases, *quotes]

    def _plain_titles(self, sentence: Sentence, titles: Sequence[Span]) -> list[Mention]:
        """Titles without 《》 that begin with a body's name, where no title is known by its very words."""
        if not any(word in sentence.span.of(sentence.text) for word in self._titles.verbs):
            return []
        names = self._names.names(sentence, titles)
        known = [one.span for one in names if one.cls == POLICY or self.ontology.model.is_a(one.cls, POLICY)]
        bodies = [
            one
            for one in names
            if isinstance(one.detail, AgencyName | KnownName | Phrase)
            and self.ontology.model.is_a(one.cls, AGENCY)
            and not any(title.overlaps(one.span) for title in titles)
        ]
        return [
            Mention(found.span, POLICY, _CITATION, found.citation, (found.span,))
            for found in plain_titles(sentence, self._citations, self._titles, bodies)
            if not any(other.overlaps(found.span) for other in known)
        ]

    def _of_a_place(self, sentence: Sentence, mention: Mention, names: Sequence[Mention]) -> bool:
        """Whether a known hotline stands behind a place, which has its own of that number (望岚区|12345热线)."""
        if not is_known(mention) or mention.cls != HOTLINE or mention.span.start <= sentence.span.start:
            return False
        at, words = mention.span.start, sentence.words
        level = words.ends_at(at) and words.text(words.at(at - 1)) in self.ontology.words["level"]
        return level or any(one.span.end == at and isinstance(one.detail, RegionName) for one in names)

    def _on_site(self, mention: Mention, sites: set[int]) -> bool:
        """Whether a quotation that names a deed by itself stands behind a website, whose column it is (网站|“在线访谈”)."""
        return (
            mention.span.start in sites
            and isinstance(mention.detail, Phrase)
            and mention.span in mention.detail.quotes
            and not self.ontology.model.is_a(mention.cls, PLATFORM)
        )

    def _within_title(self, mention: Mention, phrases: Sequence[Mention]) -> bool:
        """Whether a platform's name stands inside the quotation that another is named by (“某县专栏汇总”平台)."""
        return self.ontology.model.is_a(mention.cls, PLATFORM) and any(
            quote.covers(mention.span) and len(quote) > len(mention.span) + 2
            for other in phrases
            if other is not mention and isinstance(other.detail, Phrase) and not is_weak(other)
            for quote in other.detail.quotes
        )

    def _phrases(self, context: PhraseContext, sentence: Sentence, barred: Sequence[Span]) -> list[Mention]:
        found: list[Mention] = []
        for hit in sentence.hits:
            if not isinstance(hit.entry, Head) or not (
                context.words.ends_at(hit.end)
                or context.text.startswith(self.ontology.words["inPaper"], hit.end)  # 信息报|刊登
                or context.text.startswith(context.lexicon.of_body, hit.end)  # 领导小组|会议
            ):
                continue
            if any(other.overlaps(Span(hit.start, hit.end)) for other in barred):
                continue
            for rule in hit.entry.rules:
                one = Candidate(context, rule, hit.entry.noun, hit.start, sentence.span.start)
                mention = read_phrase(one)
                before = _last_before(found, hit.start)
                if (mention is None or not is_quoted(mention)) and before is not None:
                    mention = inherit_quote(one, before) or mention
                if mention is not None:
                    things = self._things(found, mention.cls) if len(mention.parts) > 1 else ()
                    found.append(without_named(governed_with(one, mention, before), things))
        return longest_only(found, heads=True, stays=self._renewed)

    def _things(self, found: Sequence[Mention], cls: str) -> list[Span]:
        """Where the platforms of other kinds stand that are named for sure."""
        return [
            m.span
            for m in found
            if m.cls != cls and not is_weak(m) and self.ontology.model.is_a(m.cls, PLATFORM)
        ]

    def _renewed(self, site: Mention, other: Mention) -> bool:
        """Whether a deed begins with the name of the site that it is done to."""
        return site.cls == WEBSITE and has_name(site) and self.ontology.model.is_a(other.cls, INITIATIVE)


def _last_before(found: Sequence[Mention], start: int) -> Mention | None:
    """The phrase that ends last before a place; of several that end there the one that is a name, then the longest."""
    last = next((m.span.end for m in reversed(found) if m.span.end < start), 0)
    same = [m for m in found if m.span.end == last]
    return max(same, key=lambda m: (not is_weak(m), len(m.span)), default=None)
