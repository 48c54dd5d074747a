"""From a document to its mentions: names first, then figures, then noun phrases around them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.match.agency import Core, PlaceContext
from kg.match.citation import CitationReader
from kg.match.edge import Candidate, PhraseContext, joins_fields
from kg.match.home import HomeWords, home_places, short_name
from kg.match.lexicon import Anchor, Head, Hit, Lexicon, RegionForm
from kg.match.marks import Marks, find_marks
from kg.match.mention import (
    AgencyName,
    Citation,
    Figure,
    KnownName,
    Mention,
    Phrase,
    Place,
    Quote,
    RegionName,
    SelfName,
)
from kg.match.names import AGENCY, POLICY, NameReader
from kg.match.overlap import has_name, is_known, is_quoted, is_weak, longest_only, outermost
from kg.match.phrase import read_phrase
from kg.match.plain_title import TitleShape, plain_titles
from kg.match.sentence import Sentence
from kg.match.shared import governed_with, inherit_quote
from kg.match.words import Words, cut_at, cut_before, joined, longest, segment
from kg.terms import expand
from kg.text.document import Span
from kg.values import Quantity, UnitFinder, quantities

PLATFORM = expand("pol:Platform")
HOTLINE, WEBSITE = expand("pol:Hotline"), expand("pol:Website")
INITIATIVE = expand("pol:Initiative")
QUANTITY, QUOTE, MOTTO = "Quantity", "Quote", "Motto"  # slots of patterns that are no classes
RULES = {name: expand(f"rule:{name}") for name in ("citation", "figure", "quote")}


_BY_NUMBERS = re.compile(r"(?:[一二三四五六七八九十两双][\u4e00-\u9fff]{1,2}、?){2,4}")


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
        "_boundary", "_citations", "_cities", "_codes", "_determiners", "_heads", "_home", "_names", "_numbered", "_prefixes", "_selves_alone", "_things", "_titles", "lexicon", "ontology", "units",
    )  # fmt: skip

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.ontology = lexicon.ontology
        words = self.ontology.words
        self.units = UnitFinder(self.ontology.vocabulary.symbols())
        kinds = self.ontology.gazetteer.kinds
        self._prefixes = tuple(sorted({prefix for kind in kinds for prefix in kind.prefixes}))
        self._names = NameReader.of(self.ontology)
        surfaces = self.ontology.regions.names()
        self._cities = frozenset(one.form for one in surfaces if one.kind == "short" and len(one.form) == 2)
        self._home = HomeWords(longest(words["level"]), frozenset(words["notPlace"]), self._names.own.zones)
        self._boundary = frozenset(words["boundary"])
        self._determiners = frozenset(words["determiner"])
        gazetteer = self.ontology.gazetteer
        self._codes = frozenset(gazetteer.codes) | frozenset(gazetteer.ministry_codes)
        self._citations = CitationReader.of(words, self._trim_code, self._knows_code)
        self._titles = TitleShape(
            words["titleVerb"], tuple(one.ending for one in gazetteer.title_endings), words["join"]
        )
        self._selves_alone = longest(set(words["selfNoun"]) - set(words["manyBodies"]))
        self._numbered = frozenset(rule.iri for rule in self.ontology.nouns if rule.numbered)
        self._heads = frozenset(
            head for rule in self.ontology.nouns if rule.accept - {"Quoted"} for head in rule.heads
        )
        self._things = tuple(
            head for rule in self.ontology.nouns if "Modified" in rule.accept for head in rule.heads
        )

    def scan(self, folded: str, stretches: Iterable[Span], *, home: tuple[str, ...] = ()) -> Scan:
        """Find every mention in the given stretches (sentences) of a folded text.

        ``home`` has the names of the writer's place that no table knows, the outermost first: places wherever they stand.
        """
        lexicon = self.ontology.words
        joins, county, above = lexicon["countyHead"], lexicon["countyLevel"][0], lexicon["upperLevel"]
        words = cut_at(segment(folded), lexicon["service"])
        words = joined(cut_before(words, joins, county, above), self._names.own.zones)
        for noun in lexicon["lineNoun"]:
            words = cut_before(words, lexicon["setsUp"], noun, ())  # 办公室|设|局办公室
            words = cut_before(words, lexicon["enlarges"], noun, (), lexicon["channel"])  # 加大|局网站
        for noun in lexicon["net"]:
            words = cut_before(words, lexicon["governmentWord"], noun, ())  # 云川政府|网
        marks = find_marks(folded)
        spans = sorted(stretches)
        hits: dict[int, list[Hit]] = {}
        anchors: dict[str, list[int]] = {}
        regions: dict[int, list[tuple[int, str]]] = {}
        shorts: dict[int, list[tuple[int, str]]] = {}
        forms: list[Hit] = []
        for hit in self.lexicon.hits(folded):
            if isinstance(hit.entry, Anchor):
                anchors.setdefault(hit.entry.word, []).append(hit.end)
            else:
                hits.setdefault(hit.start, []).append(hit)
                if isinstance(hit.entry, RegionForm):
                    forms.append(hit)
        cores = [hit for found in hits.values() for hit in found if isinstance(hit.entry, Core)]
        bodies, ends = {hit.start for hit in cores}, {hit.end for hit in cores}
        stem = short_name(home[-1], self._home) if home else ""
        for hit in forms:
            if stem and folded.startswith(stem, hit.start) and hit.end == hit.start + len(stem):
                continue  # in a report of 望江镇 望江 is no county elsewhere
            if (
                folded[hit.start] in joins
                and folded[hit.start + 1 : hit.end] == county
                and words.ends_at(hit.start + 1)
            ):
                continue  # 应|县广播电视台
            begins = words.ends_at(hit.start) or folded.endswith(self._prefixes, 0, hit.start)
            index = words.at(hit.start)  # 西安|交通大学, 曲阜|师范大学 are one word of the dictionary
            whole = words.tags[index] in ("nt", "nz") or int(words.starts[index + 1]) in ends
            if begins and (words.ends_at(hit.end) or hit.end in bodies or whole):
                table = shorts if hit.entry.needs_context else regions  # type: ignore[union-attr]
                table.setdefault(hit.end, []).append((hit.start, hit.entry.name))  # type: ignore[union-attr]
        place = PlaceContext(
            folded, words, regions, shorts, longest(self.ontology.words["level"]), self.ontology.words["own"],
            self.ontology.words["whole"], self._boundary, self._determiners, frozenset(self.ontology.words["namedBody"]), frozenset(self.ontology.words["notPlace"]),
            self._prefixes, (*self.ontology.words["governmentForm"], *self.ontology.words["governmentWord"]), frozenset(self._names.own.zones), self._names.own.inside, self.ontology.words["measure"], self.ontology.words["upperLevel"], self.ontology.words["join"], self.ontology.words["topLevel"], self.ontology.words["selfNoun"], self.ontology.words["genericLevels"], self.ontology.words["acrossEnd"], self._cities, self.ontology.words["longNamed"], home,
        )  # fmt: skip
        for name in home:
            for at in home_places(folded, words, bodies, name, self._home, short=name == home[-1]):
                regions.setdefault(at.end, []).append((at.start, name))
        found: list[Mention] = []
        for span in spans:
            inside = [
                hit
                for start in range(span.start, span.end)
                for hit in hits.get(start, ())
                if hit.end <= span.end
            ]
            found.extend(self._sentence(Sentence(span, inside, place, marks)))
        found.extend(self._called(folded, marks, spans, found))
        found.sort(key=lambda mention: (mention.span.start, -mention.span.end, mention.cls))
        return Scan(folded, words, marks, tuple(found), outermost(found), anchors)

    def _called(
        self, text: str, marks: Marks, spans: Sequence[Span], found: Sequence[Mention]
    ) -> list[Mention]:
        """Bodies by the short names the text gives them: 云川市教育考试院（以下简称考试院）."""
        names: dict[str, Mention] = {}
        for mention in found:
            if isinstance(mention.detail, AgencyName | KnownName) and self.ontology.model.is_a(
                mention.cls, AGENCY
            ):
                short = self._citations.short_name(text, marks, mention.span.end)
                if len(short) > 2:
                    names.setdefault(short, mention)
        result: list[Mention] = []
        for short, mention in names.items():
            at = text.find(short)
            while at >= 0:
                span = Span(at, at + len(short))
                free = not any(
                    other.span.overlaps(span) for other in found if not isinstance(other.detail, SelfName)
                )
                if free and any(stretch.covers(span) for stretch in spans):
                    result.append(replace(mention, span=span, parts=(span,)))
                at = text.find(short, at + len(short))
        return result

    def unknown_place(self, words: str) -> tuple[str, ...]:
        """The place that a writer's name begins with or consists of, as far as no table knows its names.

        >>> from kg.schema import load_ontology
        >>> scanner = Scanner(Lexicon(load_ontology()))
        >>> [scanner.unknown_place(name) for name in ("云川市望岚区教育局", "松和场镇", "衢州市")]
        [('云川市', '望岚区'), ('松和场镇',), ()]
        """
        for mention in self.scan(words, [Span(0, len(words))]).mentions:
            place = mention.detail.place if isinstance(mention.detail, AgencyName) else None
            if place is not None and place.names and place.span.start == 0:
                return self._unknown(place) if place.open else ()
        lexicon = self.ontology.words
        forms = ("", *lexicon["governmentForm"], *lexicon["governmentWord"])
        wholes = (self.whole_place(words.removesuffix(form)) for form in forms)
        return next((self._unknown(whole) for whole in wholes if whole is not None and whole.open), ())

    def _unknown(self, place: Place) -> tuple[str, ...]:
        return tuple(name for name in place.names if not self.ontology.regions.named(name))

    def whole_place(self, words: str) -> Place | None:
        """The place that a name consists of, known to the table or not."""
        text = words + self.ontology.words["governmentForm"][0]
        scan = self.scan(text, [Span(0, len(text))])
        for mention in scan.mentions:
            if (
                isinstance(mention.detail, AgencyName)
                and mention.detail.place is not None
                and mention.span == Span(0, len(text))
            ):
                return mention.detail.place
        return self._short_place(words)

    def _short_place(self, words: str) -> Place | None:
        """A place whose short name holds words that names seldom do (下各镇), where nothing else stands beside it."""
        lexicon = self.ontology.words
        level = next((word for word in longest(lexicon["level"]) if words.endswith(word)), "")
        own = words.removesuffix(level)
        common = (*lexicon["determiner"], *lexicon["own"], *lexicon["whole"], *lexicon["level"])
        if not level or not 1 < len(own) < 4 or own in lexicon["notPlace"] or own.startswith(common):
            return None
        return Place(Span(0, len(words)), (words,), open=True)

    def _sentence(self, sentence: Sentence) -> list[Mention]:
        text, words, marks, span = sentence.text, sentence.words, sentence.marks, sentence.span
        cited = [
            Mention(found.span, POLICY, RULES["citation"], found.citation, (found.span,))
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
        figures = self._figures(sentence, known)
        ending: dict[int, Mention] = {}
        for mention in names:
            if not any(title.overlaps(mention.span) for title in titles):
                other = ending.get(mention.span.end)
                if other is None or len(mention.span) > len(other.span):
                    ending[mention.span.end] = mention
        level = self.ontology.words["rank"]  # 市区两级 counts no platforms
        context = PhraseContext(
            text, words, marks, ending, frozenset(m.span.end for m in figures if not text.endswith(level, 0, m.span.end)), self._heads, self._things, self._boundary,
            frozenset(self.ontology.words.get("nominal", ())), frozenset(self.ontology.words["ambiguousVerb"]), frozenset(self.ontology.words["afterHead"]), self._determiners,
            longest(self.ontology.words["level"]), self._selves_alone,
            frozenset(self.ontology.words["verbEnding"]), self.ontology.words["compound"], longest(self.ontology.words["unitField"]), frozenset(self.ontology.words["attributive"]), self.ontology.words["sameName"], self.ontology.words["namedAs"], self.ontology.words["posts"], self.ontology.words["urges"], frozenset(self.ontology.words["beforeHead"]), frozenset(self.ontology.words["takesNoun"]), frozenset(self.ontology.words["manyBodies"]),
        )  # fmt: skip
        phrases = self._phrases(context, sentence, known)
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
        taken = [*titles, *(m.span for m in phrases if not is_weak(m)), *(m.span for m in names)]
        quotes = self._quotes(sentence, taken)
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
            Mention(found.span, POLICY, RULES["citation"], found.citation, (found.span,))
            for found in plain_titles(sentence, self._citations, self._titles, bodies)
            if not any(other.overlaps(found.span) for other in known)
        ]

    def _quotes(self, sentence: Sentence, taken: Sequence[Span]) -> list[Mention]:
        """Quotations that are no part of a name; a pattern may make names of them."""
        found = []
        for start, end in sentence.marks.pairs(sentence.text, "“", sentence.span.start, sentence.span.end):
            where = Span(start, end)
            if 4 <= len(where) <= 32 and not any(other.overlaps(where) for other in taken):
                cls = MOTTO if self._is_motto(sentence.text[start + 1 : end - 1]) else QUOTE
                found.append(Mention(where, cls, RULES["quote"], Quote(), (where,)))
        return found

    def _is_motto(self, words: str) -> bool:
        """Whether a quotation tells in parallel words who or what comes when (谁主管、谁负责, 先审查、后公开, 三审三校)."""
        pairs = [pair.split("…") for pair in self.ontology.words["motto"]]
        return bool(_BY_NUMBERS.fullmatch(words)) or any(
            words.startswith(first) and second in words[len(first) :] for first, second in pairs
        )

    def _trim_code(self, code: str) -> str:
        """The longest known code at the end of the words before a document number's year."""
        for start in range(len(code)):
            if code[start:] in self._codes:
                return code[start:]
        words = segment(code)
        cut = max(
            (
                end
                for word in self._boundary
                if (end := code.rfind(word) + len(word)) >= len(word) and words.ends_at(end)
            ),
            default=0,
        )
        return code[cut:] or code

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

    def _knows_code(self, code: str) -> bool:
        return code in self._codes or (
            len(code) > 2
            and any(
                code.endswith(one.ending) and len(code) > len(one.ending)
                for one in self.ontology.gazetteer.code_endings
            )
        )

    def _figures(self, sentence: Sentence, barred: Sequence[Span]) -> list[Mention]:
        text, words, span, found = sentence.text, sentence.words, sentence.span, []
        for quantity in quantities(text, self.units, start=span.start, end=span.end):
            where = Span(quantity.start, quantity.end)
            if any(other.overlaps(where) for other in barred):
                continue
            if (
                quantity.unit
                and _longer_word(words, quantity.number_end, quantity.unit)
                and not text.startswith(self._things, quantity.end)  # 7个|子栏目
            ):
                continue
            if quantity.unit in self.ontology.words["greatMeasure"] and not text.startswith(
                self.ontology.words["greatThing"], quantity.end
            ):
                continue  # 三大|攻坚战 has a name, 三大|栏目 are counted
            if quantity.words and not _number_alone(
                words, quantity.start, quantity.number_end, quantity.end if _counts(text, quantity) else -1
            ):
                continue
            detail = Figure(
                quantity.value,
                quantity.unit,
                quantity.bound,
                quantity.decimals,
                Span(quantity.start, quantity.number_end),
            )
            found.append(Mention(where, QUANTITY, RULES["figure"], detail, (where,)))
        return found

    def _phrases(self, context: PhraseContext, sentence: Sentence, barred: Sequence[Span]) -> list[Mention]:
        found: list[Mention] = []
        for hit in sentence.hits:
            if not isinstance(hit.entry, Head) or not (
                context.words.ends_at(hit.end)
                or context.text.startswith(self.ontology.words["inPaper"], hit.end)  # 信息报|刊登
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
                    found.append(governed_with(one, mention, before))
        return longest_only(found, heads=True, stays=self._renewed)

    def _renewed(self, site: Mention, other: Mention) -> bool:
        """Whether a deed begins with the name of the site that it is done to."""
        return site.cls == WEBSITE and has_name(site) and self.ontology.model.is_a(other.cls, INITIATIVE)


def _last_before(found: Sequence[Mention], start: int) -> Mention | None:
    """The phrase that ends last before a place; of several that end there the one that is a name, then the longest."""
    last = next((m.span.end for m in reversed(found) if m.span.end < start), 0)
    same = [m for m in found if m.span.end == last]
    return max(same, key=lambda m: (not is_weak(m), len(m.span)), default=None)


def _longer_word(words: Words, start: int, unit: str) -> bool:
    """Whether what looks like a unit begins another word (六|部分, 两|个月)."""
    index = words.at(start)
    return words.starts[index] == start and words.starts[index + 1] > start + len(unit) and len(unit) == 1


def _number_alone(words: Words, start: int, end: int, unit_end: int = -1) -> bool:
    """Whether Chinese numerals are a number, maybe in one word with their unit, and not part of another word (红|十字, 十分)."""
    index = words.at(start)
    if words.starts[index] != start:
        return False
    return words.starts[index + 1] in (*range(start, end + 1), unit_end) or words.tags[index].startswith("m")


def _counts(text: str, quantity: Quantity) -> bool:
    """Whether numerals say how many, whatever word they stand in: 两期, 百余人."""
    return quantity.bound == "AtLeast" or text[quantity.start] == "两"
