"""What a sentence names in so many words: bodies, places, things of the reference vocabulary, the writer itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.match.agency import Core, levels_joined, places_joined, read_agency, read_place
from kg.match.bodies import Fields, read_fields, read_shared
from kg.match.lexicon import BodyGroup, RegionForm
from kg.match.mention import AgencyName, KnownName, Mention, Place, RegionName, SelfName
from kg.match.office import with_issuing_offices
from kg.match.overlap import longest_only
from kg.match.own_name import OwnWords, inherit_places, join_nested, read_own_name, with_units, zones_joined
from kg.match.sentence import Sentence
from kg.match.words import longest
from kg.schema.gazetteer import Known
from kg.schema.lexicon import NounRule
from kg.schema.ontology import Ontology
from kg.terms import expand
from kg.text.document import Span

REGION, AGENCY, POLICY = (expand(f"pol:{name}") for name in ("Region", "Agency", "Policy"))
_OWN_OFFICE = expand("rule:noun-own-office")
_KNOWN, _REGION_RULE, _SELF = (expand(f"rule:{name}") for name in ("known", "region", "self"))


@dataclass(frozen=True, slots=True)
class NameReader:
    """Reads names with the words of one ontology."""

    ontology: Ontology
    own: OwnWords
    fields: Fields
    office: NounRule | None  # the body's own office
    issues: tuple[str, ...]  # what goes on after an issuer: 关于, 《, 、
    acts: tuple[str, ...]  # what goes on after one that begins a title: 全面, 贯彻

    @staticmethod
    def of(ontology: Ontology) -> "NameReader":
        """A reader for an ontology."""
        words = ontology.words
        own = OwnWords(
            frozenset(words["nameStart"]),
            frozenset(words["nameInside"]),
            longest(words["zone"]),
            frozenset(words["zoneField"]),
            frozenset(words["oneZone"]),
            frozenset(words["verbEnding"]),
            words["namePraise"],
            frozenset(words["manyParts"]),
            words["hasParts"],
        )
        fields = Fields.of(
            ontology.gazetteer.kinds,
            words["bodyGroup"],
            words["countedGroup"],
            words["join"],
            words["andMore"],
        )
        office = next((one for one in ontology.nouns if one.iri == _OWN_OFFICE), None)
        issues = (*words["titleVerb"], "《", " ", *words["join"])
        return NameReader(ontology, own, fields, office, issues, (*words["adverb"], *words["implement"]))

    def names(self, sentence: Sentence, titles: Sequence[Span]) -> list[Mention]:
        """Bodies, places and things of the reference vocabulary, by name, and how the writer speaks of itself."""
        found: list[Mention] = []
        text, words, place, floor = sentence.text, sentence.words, sentence.place, sentence.span.start
        lexicon = self.ontology.words
        for hit in sentence.hits:
            entry = hit.entry
            mention: Mention | None = None
            if isinstance(entry, Core):
                if words.starts[words.at(hit.end - 1) + 1] > hit.end and not words.ends_at(hit.end):
                    if words.ends_at(hit.end - 1):
                        continue  # 政务公开办|法: the last character begins another word
                    tail = text[hit.end : words.starts[words.at(hit.end - 1) + 1]]
                    if tail in lexicon["titleOfOffice"]:
                        continue
                if entry.kind.open:
                    mention = read_own_name(place, self.own, sentence.marks, entry, hit.start, floor)
                    if mention is not None:
                        found += zones_joined(place, self.own, sentence.marks, mention, floor)
                else:
                    listed = bool(found) and _joined(text, found[-1], hit.start, lexicon["join"])
                    mention = read_agency(
                        place, entry, hit.start, floor, lexicon["titleOfOffice"], listed=listed
                    )
                    if mention is not None:
                        found += read_shared(place, self.fields, mention, floor)
            elif isinstance(entry, BodyGroup):
                last = words.at(hit.end - 1)
                if words.starts[last] == hit.end - 1 and words.starts[last + 1] > hit.end:
                    continue  # 财政等局|限: the last character begins another word
                ends = {one.span.end for one in found if isinstance(one.detail, AgencyName)}
                found.extend(read_fields(place, self.fields, hit.start, floor, ends))
            elif (
                isinstance(entry, Known)
                and not text.startswith(self._barred_after(entry), hit.end)
                and text[hit.end - 1 : hit.end + 1] not in lexicon["acrossEnd"]
                and (hit.end - hit.start > 4 or (words.ends_at(hit.start) and words.ends_at(hit.end)))
            ):
                where = Span(hit.start, hit.end)
                mention = Mention(where, entry.cls, _KNOWN, KnownName(entry.iri, entry.label), (where,))
            if mention is not None:
                found.append(mention)
        found = [
            mention
            for mention in found
            if not (
                self.ontology.model.is_a(mention.cls, POLICY)
                and any(title.covers(mention.span) for title in titles)
            )
        ]
        found = join_nested(text, longest_only(found), lexicon["affiliated"])
        found = inherit_places(text, found, lexicon["join"])
        if self.office is not None:
            found = with_units(text, found, self.office, self.is_body)
        found.extend([other for one in found for other in levels_joined(place, one, floor)])
        taken = [one.span for one in found]
        shared = [other for one in found for other in places_joined(place, one, floor)]
        found.extend(one for one in shared if not any(other.overlaps(one.span) for other in taken))
        if self.office is not None:
            found = with_issuing_offices(text, found, self.office, self.issues, self.is_body, self.acts)
        taken = [mention.span for mention in found]
        found.extend(self._places(sentence, taken))
        found.extend(self._selves(sentence, taken))
        return found

    def _places(self, sentence: Sentence, taken: Sequence[Span]) -> list[Mention]:
        """Regions by full name, and 我市, 全市 as the writer's own."""
        spans: dict[int, Place] = {}
        text, words, place, span = sentence.text, sentence.words, sentence.place, sentence.span
        for hit in sentence.hits:
            if (
                isinstance(hit.entry, RegionForm)
                and not (hit.entry.short or hit.entry.needs_context)
                and hit.end in place.regions
            ):
                read = read_place(place, hit.end, span.start)
                if read is not None and read.names and not any(other.covers(read.span) for other in taken):
                    spans[hit.end] = read
        for end in range(span.start, span.end + 1) if place.home else ():
            if end in place.regions and end not in spans and text.endswith(place.home, span.start, end):
                read = read_place(place, end, span.start)
                if read is not None and not any(other.covers(read.span) for other in taken):
                    spans[end] = read
        for position in range(span.start, span.end):
            if text[position] in self.ontology.words["own"] or text[position] in self.ontology.words["whole"]:
                level = next(
                    (word for word in place.lexicon.levels if text.startswith(word, position + 1)), ""
                )
                end = position + 1 + len(level)
                if (
                    level
                    and end not in spans
                    and words.ends_at(end)
                    and not any(s.overlaps(Span(position, end)) for s in taken)
                ):
                    spans[end] = Place(Span(position, end), (), level, own=True)
        outermost = [
            one
            for one in spans.values()
            if not any(other is not one and other.span.covers(one.span) for other in spans.values())
        ]
        return [Mention(one.span, REGION, _REGION_RULE, RegionName(one), (one.span,)) for one in outermost]

    def _selves(self, sentence: Sentence, taken: Sequence[Span]) -> list[Mention]:
        """我局, 本机关: the writer; 市局, 省厅: the body of its line at a level; 总局: the one at its head."""
        text, words, found = sentence.text, sentence.words, []
        nouns = longest(self.ontology.words["selfNoun"])
        for position in range(sentence.span.start, sentence.span.end):
            noun, size = "", 1
            if text[position] in self.ontology.words["own"]:
                noun = next((word for word in nouns if text.startswith(word, position + 1)), "")
            elif words.ends_at(position):
                level = next(
                    (w for w in self.ontology.words["upperLevel"] if text.startswith(w, position)), ""
                )
                size = len(level)
                line = self.ontology.words["lineNoun"] if level else ()
                noun = next((word for word in line if text.startswith(word, position + size)), "")
                if not level and self._opens(sentence, position):
                    heads = self.ontology.words["headOffice"]
                    noun = next((word for word in heads if text.startswith(word, position)), "")
            span = Span(position, position + size + len(noun))
            if noun and words.ends_at(span.end) and not any(other.overlaps(span) for other in taken):
                found.append(Mention(span, AGENCY, _SELF, SelfName(noun), (span,)))
        return found

    def _opens(self, sentence: Sentence, at: int) -> bool:
        """Whether nothing stands before a word that could be the beginning of a name (广电|总局)."""
        text, words = sentence.text, sentence.words
        if at == sentence.span.start or not text[at - 1].isalnum():
            return True
        before = words.at(at - 1)
        return words.text(before) in self.ontology.words["boundary"] or words.tags[before][0] in "pcdu"

    def _barred_after(self, known: Known) -> tuple[str, ...]:
        """What may not follow a known name: 贵州省政府|信息公开规定 is about 政府信息."""
        barred = known.not_before
        for kind in self.ontology.gazetteer.kinds:
            if kind.cls == known.cls and any(
                form.endswith(core) for form in known.forms for core in kind.cores
            ):
                barred += kind.not_before
        return barred or ("\0",)

    def is_body(self, mention: Mention) -> bool:
        """Whether it is a public body."""
        return self.ontology.model.is_a(mention.cls, AGENCY)


def _joined(text: str, before: Mention, at: int, joins: tuple[str, ...]) -> bool:
    """Whether a place in the text is right behind a body and what joins it to the next (市图书馆、|档案馆)."""
    return isinstance(before.detail, AgencyName) and text[before.span.end : at] in joins
