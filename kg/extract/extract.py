"""A document becomes the facts of its report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kg.errors import InputError
from kg.extract.closing import ClosingReader, answers
from kg.extract.draft import Draft
from kg.extract.figures import FigureReader, Reading
from kg.extract.skeleton import Match, Skeleton, build_skeleton, matches, patterns_by_anchor
from kg.extract.tables import TableFigure, TableReading, read_tables
from kg.facts import Entity, Extraction, Finding, Literal
from kg.link.context import Context, ContextFinder
from kg.link.linker import Linked, Linker
from kg.link.policy import GAZETTE, PolicyBook
from kg.match.citation import code_of
from kg.match.lexicon import Lexicon
from kg.match.mention import AgencyName, Citation, KnownName, Mention, Phrase, Quote, RegionName
from kg.match.scan import Scan, Scanner
from kg.schema.ontology import Ontology
from kg.schema.pattern import Pattern
from kg.terms import IND, POL, Mint, expand, segment
from kg.text.document import Document, Span

YEAR, DECIMAL = expand("xsd:gYear"), expand("xsd:decimal")
RULE = {
    name: expand(f"rule:{name}")
    for name in ("title", "citation", "figure", "table", "closing", "within", "owner", "title-issuer", "code-issuer", "known-issuer", "same-name", "office-of", "year", "contact")
}  # fmt: skip
_GENRES = {"annual": "AnnualReport", "work": "WorkReport", "": "AnnualReport"}


class Extractor:
    """Reads documents with one ontology; build it once, use it for many."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.scanner = Scanner(Lexicon(ontology))
        self.figures = FigureReader(ontology)
        self.closing = ClosingReader(ontology.words)
        self.by_anchor, self.free = patterns_by_anchor(ontology.patterns)

    def extract(self, document: Document, mint: Mint) -> Extraction:
        """Everything a document says.

        Raises ``InputError`` where there is no text to read.
        """
        if not document.text[document.body.start : document.body.end].strip():
            raise InputError("there is no text in it", where=document.source.name, hint="a scanned page needs OCR first")
        scan = self.scanner.scan(document.folded, [*document.sentences, *_headings(document)])
        context = ContextFinder(document, scan, self.scanner, mint).find()
        return _Reader(self, document, scan, context, mint).run()


@dataclass(slots=True)
class _Reader:
    """One document while it is being read."""

    tools: Extractor
    document: Document
    scan: Scan
    context: Context
    mint: Mint
    draft: Draft = field(init=False)
    linker: Linker = field(init=False)
    linked: dict[int, Linked] = field(default_factory=dict)
    report: str = ""
    quoted: dict[str, Entity] = field(default_factory=dict)
    kept: list[Mention] = field(default_factory=list)  # mentions that patterns made; their identity is a key

    def __post_init__(self) -> None:
        ontology = self.tools.ontology
        self.draft = Draft(ontology.model)
        follow = frozenset((*ontology.words["follow"], *ontology.words["implement"], *ontology.words["issue"]))
        book = PolicyBook(ontology, self.document, self.mint, follow)
        book.learn(self.scan.mentions)
        self.linker = Linker(ontology, self.document, self.context, self.mint, book)

    def run(self) -> Extraction:
        self._report()
        for mention in self.scan.mentions:
            linked = self.linker.link(mention)
            if linked is not None:
                self.linked[id(mention)] = linked
        found = self._matches(self.scan.outer)
        outer = self._with_named(found)
        if outer != self.scan.outer:
            found = self._matches(outer)
        sure = self._sure(found)
        for mention in (*self.scan.mentions, *self.kept):
            if id(mention) in sure:
                self._name(self.linked[id(mention)])
        self._apply(found, sure)
        self._same_names()
        self._known_issuers()
        tables = read_tables(self.document, self.tools.ontology.form)
        self._tables(tables)
        printed = [table.span for table in tables.tables]
        readings = tuple(
            reading
            for reading in self.tools.figures.read(self.document, self.scan, self.context.year)
            if not any(span.overlaps(reading.span) for span in printed)
        )
        self._readings(readings)
        self._closing()
        self._regions()
        entities, facts = self.draft.finished()
        issuer = self.linker.issuer()
        return Extraction(
            self.report, self._title(), issuer.iri if issuer else "", self.context.year, entities, facts,
            (*self.draft.findings, *tables.findings),
        )  # fmt: skip

    # the report itself

    def _title(self) -> str:
        title = self.context.title
        if title is not None:
            return " ".join(title.span.of(self.document.text).split())
        return self.document.source.title or self.document.source.name

    def _report(self) -> None:
        context = self.context
        issuer = self.linker.issuer()
        genre = "" if context.title is None or context.title.genre != "work" else context.title.text[-6:]
        name = issuer.label if issuer is not None else self.document.source.name.rpartition(".")[0] or self.document.source.name
        self.report = self.mint.report(name, context.year, genre)
        here = context.title.span if context.title is not None else Span(self.document.body.start, min(self.document.body.end, self.document.body.start + 40))
        self.draft.entity(Entity(self.report, expand("pol:Report"), self._title()), here, RULE["title"])
        kind = _GENRES[context.title.genre if context.title else ""]
        self.draft.fact(self.report, expand("pol:reportGenre"), POL + kind, (here,), RULE["title"])
        if context.year is not None:
            self.draft.fact(self.report, expand("pol:reportYear"), Literal(str(context.year), YEAR), (context.year_span or here,), RULE["year"])
        if issuer is not None and context.issuer is not None:
            span = context.issuer.span
            self.draft.entity(Entity(issuer.iri, issuer.cls, issuer.label, (span.of(self.document.text),)), span, RULE["title"])
            self.draft.fact(self.report, expand("pol:issuedBy"), issuer.iri, (span,), RULE["title"])
            if context.home is not None:
                place = self.linker.place(context.home)
                self.draft.entity(place, span, RULE["title"])
                self.draft.fact(issuer.iri, expand("pol:jurisdiction"), place.iri, (span,), RULE["title"])
        else:
            self.draft.findings.append(
                Finding("FORM-ISSUER", "error", "正文和题名都没有写明发布机关", "neither text nor title names the issuing body", (here,), self.report)
            )

    # names

    def _sure(self, found: Sequence[tuple[Match, Skeleton]]) -> set[int]:
        """Mentions that are names: by themselves, or because a pattern says so of them."""
        sure = {key for key, linked in self.linked.items() if not isinstance(linked.mention.detail, Phrase) or linked.mention.detail.accepted}
        for match, _ in found:
            for template in match.pattern.templates:
                if template.predicate == expand("rdf:type"):
                    for one in match.mentions.get(template.subject[1:], ()):
                        if isinstance(one, Linked):
                            sure.add(id(one.mention))
        return sure

    def _name(self, linked: Linked) -> None:
        mention = linked.mention
        for entity, span in zip(linked.entities, linked.spans, strict=True):
            self.draft.entity(entity, span, mention.rule)
            detail = mention.detail
            if isinstance(detail, Citation):
                self._cited(entity, detail, span)
            elif isinstance(detail, KnownName) and self._is(entity.cls, "Policy"):
                self.draft.fact(self.report, expand("pol:cites"), entity.iri, (span,), RULE["citation"])
            elif isinstance(detail, AgencyName):
                self._office(entity, detail, span)
            elif isinstance(detail, Phrase):
                self._owned(entity, detail, span)
                if self._is(entity.cls, "Initiative") and (quote := _leading_quote(entity.label)):
                    self.quoted.setdefault(quote, entity)

    def _cited(self, entity: Entity, detail: Citation, span: Span) -> None:
        if entity.cls == GAZETTE:
            return
        if not self._is(entity.cls, "Policy"):
            return
        self.draft.fact(self.report, expand("pol:cites"), entity.iri, (span,), RULE["citation"])
        if detail.number and detail.number_span is not None:
            self.draft.fact(entity.iri, expand("pol:documentNumber"), Literal(detail.number), (detail.number_span,), RULE["citation"])
        if detail.abbreviation:
            self.draft.entity(Entity(entity.iri, entity.cls, entity.label, (detail.abbreviation,)), span, RULE["citation"])
        issuer = self._issuer_of(entity, detail)
        if issuer is not None:
            body, where, rule = issuer
            self.draft.entity(body, where, rule)
            self.draft.fact(entity.iri, expand("pol:issuedBy"), body.iri, (where,), rule)

    def _issuer_of(self, entity: Entity, detail: Citation) -> tuple[Entity, Span, str] | None:
        """Who issued a policy: the body its title begins with, else the one its number's code is of."""
        if detail.title is not None:
            for mention in self.scan.mentions:
                if mention.span.start == detail.title.start and mention.span.end < detail.title.end:
                    linked = self.linked.get(id(mention))
                    after = self.scan.text[mention.span.end : mention.span.end + 2]
                    if linked is not None and self._is(mention.cls, "Agency") and after in self.tools.ontology.words["titleVerb"]:
                        return linked.entities[0], mention.span, RULE["title-issuer"]
        gazetteer = self.tools.ontology.gazetteer
        if detail.number and detail.number_span is not None:
            iri = gazetteer.issuer_of(code_of(detail.number))
            known = next((one for one in gazetteer.entities if one.iri == iri), None)
            if known is not None:
                return Entity(known.iri, known.cls, known.label), detail.number_span, RULE["code-issuer"]
            by_letters = self.linker.issuer_by_code(code_of(detail.number))
            if by_letters is not None:
                return by_letters, detail.number_span, RULE["code-issuer"]
        return None

    def _known_issuers(self) -> None:
        """Who issued a well-known policy, where the text names that body too."""
        for known in self.tools.ontology.gazetteer.entities:
            if known.issuers and known.iri in self.draft.entities and not self.draft.has(known.iri, expand("pol:issuedBy")):
                if known.issuers[0] in self.draft.entities:
                    spans = self.draft.facts[(self.report, expand("pol:cites"), known.iri)][0]
                    self.draft.fact(known.iri, expand("pol:issuedBy"), known.issuers[0], tuple(spans), RULE["known-issuer"])

    def _office(self, entity: Entity, detail: AgencyName, span: Span) -> None:
        """A government's office is part of the government; a body has its place."""
        if entity.cls != expand("pol:GovernmentOffice"):
            return
        cut = entity.label.rfind("办公")
        parent = entity.label[:cut] if cut > 0 else ""
        iri = self.mint.entity("agency", parent)
        if parent and iri in self.draft.entities:
            self.draft.fact(entity.iri, expand("pol:partOf"), iri, (span,), RULE["office-of"])

    def _owned(self, entity: Entity, detail: Phrase, span: Span) -> None:
        """A platform whose name begins with a body's is that body's; an account named by a quotation alone is the writer's."""
        if not self._is(entity.cls, "Platform"):
            return
        writer = self.linker.issuer()
        if detail.quotes and detail.owner is None and writer is not None and self._is(entity.cls, "NewMedia"):
            before = self.scan.text[max(0, span.start - 1) : span.start]
            if before not in ("”", "》"):
                self.draft.entity(writer, span, RULE["owner"])
                self.draft.fact(entity.iri, expand("pol:operatedBy"), writer.iri, (span,), RULE["owner"])
                return
        for owner in self._possible_owners(detail):
            if entity.label.startswith(owner.label):
                self.draft.entity(owner, span, RULE["owner"])
                self.draft.fact(entity.iri, expand("pol:operatedBy"), owner.iri, (span,), RULE["owner"])
                return

    def _possible_owners(self, detail: Phrase) -> Iterable[Entity]:
        if detail.owner is not None:
            linked = self.linker.link(detail.owner)
            if linked is not None and self._is(linked.entities[0].cls, "Agency"):
                yield Entity(linked.entities[0].iri, linked.entities[0].cls, linked.entities[0].label)
        for entity in (self.linker.issuer(), self.linker.government()):
            if entity is not None:
                yield entity

    def _regions(self) -> None:
        """Every region named, with the regions it lies in."""
        where: dict[str, Span] = {}
        for mention in self.scan.mentions:
            if isinstance(mention.detail, RegionName | AgencyName) and id(mention) in self.linked:
                place = mention.detail.place
                if place is not None:
                    ref = self.context.gazette.resolve(place, self.context.home)
                    for one in ref.chain() if ref else ():
                        where.setdefault(one.iri, mention.span)
        if self.context.home is not None and self.context.issuer is not None:
            for one in self.context.home.chain():
                where.setdefault(one.iri, self.context.issuer.span)
        for iri, span in where.items():
            ref = self.linker.places.get(iri)
            if ref is None or ref.level == "country":
                continue
            self.draft.entity(Entity(iri, expand("pol:Region"), ref.name), span, RULE["within"])
            if ref.code:
                self.draft.fact(iri, expand("skos:notation"), Literal(ref.code), (span,), RULE["within"])
            parent = ref.parents[0] if ref.parents else None
            if parent is not None and parent.level != "country" and parent.iri in where:
                self.draft.fact(iri, expand("pol:within"), parent.iri, (span,), RULE["within"])

    # patterns

    def _with_named(self, found: Sequence[tuple[Match, Skeleton]]) -> tuple[Mention, ...]:
        """The outermost mentions together with the words that patterns have made names of."""
        named: list[Mention] = []
        for match, _ in found:
            for template in match.pattern.templates:
                span = match.texts.get(template.subject[1:])
                if template.predicate != expand("rdf:type") or span is None or self._is(template.object, "Result"):
                    continue
                if any(other.span.overlaps(span) for other in named):
                    continue
                mention = Mention(span, template.object, match.pattern.iri, Quote(), (span,))
                label = self._text_label(span)
                entity = Entity(self.linker.mint_phrase(template.object, label, self.report), template.object, label)
                self.linked[id(mention)] = Linked(mention, (entity,), (span,))
                self.kept.append(mention)
                named.append(mention)
        if not named:
            return self.scan.outer
        rest = [m for m in self.scan.outer if not any(n.span.overlaps(m.span) for n in named)]
        return tuple(sorted((*rest, *named), key=lambda mention: mention.span))

    def _text_label(self, span: Span) -> str:
        """The name of what plain words name: verb and noun, where a long clause stands between them."""
        words = " ".join(span.of(self.document.text).split())
        if len(words) <= 16 or "的" not in words:
            return words
        cut = words.rindex("的") + 1
        index = self.scan.words.at(span.start)
        end = span.start
        while self.scan.words.tags[index][0] == "v" and self.scan.words.starts[index + 1] < span.end:
            index += 1
            end = int(self.scan.words.starts[index])
        verb = Span(span.start, end).of(self.document.text)
        return verb + words[cut:] if verb and len(words) - cut >= 3 else words

    def _matches(self, mentions: Sequence[Mention]) -> list[tuple[Match, Skeleton]]:
        text = self.scan.text
        ends: list[tuple[int, str]] = sorted((end, word) for word, places in self.scan.anchors.items() for end in places)
        outer = list(mentions)
        found: list[tuple[Match, Skeleton]] = []
        first = at = 0
        for sentence in self.document.sentences:
            inside = []
            while at < len(outer) and outer[at].span.start < sentence.start:
                at += 1
            index = at
            while index < len(outer) and outer[index].span.end <= sentence.end:
                inside.append(outer[index])
                index += 1
            while first < len(ends) and ends[first][0] <= sentence.start:
                first += 1
            here: dict[tuple[str, str], Pattern] = {(p.iri, p.expression): p for p in self.tools.free}
            last = first
            while last < len(ends) and ends[last][0] <= sentence.end:
                for pattern in self.tools.by_anchor.get(ends[last][1], ()):
                    here.setdefault((pattern.iri, pattern.expression), pattern)
                last += 1
            if not here or not inside:
                continue
            chosen = [here[key] for key in sorted(here)]
            letters = self.tools.ontology.letters
            sure = build_skeleton(text, sentence, [m for m in inside if not _unsure(m)], self.linked, letters)
            found.extend((match, sure) for match in matches(sure, chosen))
            if any(_unsure(m) for m in inside):
                every = build_skeleton(text, sentence, inside, self.linked, letters)
                found.extend((match, every) for match in matches(every, [p for p in chosen if p.names]))
        return found

    def _apply(self, found: Sequence[tuple[Match, Skeleton]], sure: set[int]) -> None:
        """Facts of all matches: what names its subject first, what takes the writer for granted last."""
        ordered = [
            (template, match) for match, _ in found for template in match.pattern.templates
        ]
        ordered.sort(key=lambda pair: (pair[0].predicate != expand("rdf:type"), "?actor" in (pair[0].subject, pair[0].object)))
        explicit: set[tuple[str, str]] = set()  # what a pattern found in so many words
        for template, match in ordered:
            by_default = "?actor" in (template.subject, template.object)
            for subject in self._values(template.subject, match, sure):
                if template.predicate == expand("rdf:type"):
                    if subject not in self.draft.entities:
                        self._mint_text(subject, template.object, template.subject, match)
                    continue
                for value in self._values(template.object, match, sure):
                    if subject == value or subject not in self.draft.entities or value not in self.draft.entities:
                        continue
                    if by_default and (subject, template.predicate) in explicit:
                        continue
                    if not by_default:
                        explicit.add((subject, template.predicate))
                    self.draft.fact(subject, template.predicate, value, (match.span,), match.pattern.iri)

    def _values(self, term: str, match: Match, sure: set[int]) -> list[str]:
        if not term.startswith("?"):
            return [term]
        name = term[1:]
        if name in match.texts:
            return [self._text_iri(match, name, match.texts[name])]
        if name in match.mentions:
            found: list[str] = []
            for one in match.mentions[name]:
                if isinstance(one, Linked):
                    found.extend(entity.iri for entity in one.entities if id(one.mention) in sure)
                elif isinstance(one.detail, Quote):
                    found.append(self._text_iri(match, name, one.span))
            return found
        return self._from_context(name, match)

    def _text_iri(self, match: Match, name: str, span: Span) -> str:
        """The IRI of what a pattern makes of plain words: of the class it yields for them."""
        cls = next((t.object for t in match.pattern.templates if t.subject == f"?{name}" and t.predicate == expand("rdf:type")), "")
        return self.linker.mint_phrase(cls, self._text_label(span), self.report)

    def _mint_text(self, iri: str, cls: str, term: str, match: Match) -> None:
        spans = [match.texts[term[1:]]] if term[1:] in match.texts else [
            one.span for one in match.mentions.get(term[1:], ()) if isinstance(one, Mention)
        ]  # fmt: skip
        for span in spans:
            if self._text_iri(match, term[1:], span) == iri and cls in self.tools.ontology.model.classes:
                words = self._text_label(span)
                self.draft.entity(Entity(iri, cls, words), span, match.pattern.iri)
                if self._is(cls, "Initiative"):
                    self.quoted.setdefault(_leading_quote(words), self.draft.entities[iri])

    def _from_context(self, name: str, match: Match) -> list[str]:
        if name == "report":
            return [self.report]
        issuer = self.linker.issuer()
        if name == "issuer":
            return [issuer.iri] if issuer else []
        if name == "actor":
            return self._subject(match) or ([issuer.iri] if issuer else [])
        if name == "subject":
            return self._subject(match)
        if name == "region":
            return [self.context.home.iri] if self.context.home else []
        if name == "site":
            return self._nearest("Website", match)
        return self._nearest("Initiative", match)

    def _subject(self, match: Match) -> list[str]:
        """The body that the sentence of a match begins with, or the clause; the writer speaking of itself too."""
        text = self.scan.text
        start = max(text.rfind(mark, 0, match.span.start) for mark in "。\n；") + 1
        found: list[str] = []
        for mention in self.scan.outer:
            if mention.span.end > match.span.start:
                break
            if mention.span.start < start or not self._is(mention.cls, "Agency"):
                continue
            linked = self.linked.get(id(mention))
            before = text[mention.span.start - 1 : mention.span.start] if mention.span.start else "\n"
            after = text[mention.span.end : mention.span.end + 1]
            if linked is not None and before in "。\n；，" and after not in "、的和与及":
                found = [linked.entities[0].iri]
        return found

    def _nearest(self, cls: str, match: Match) -> list[str]:
        """The entity of a class named last before a match in the same paragraph or its heading."""
        floor = self.scan.text.rfind("\n", 0, match.span.start) + 1
        section = self.document.section_at(match.span.start)
        if section is not None:
            floor = min(floor, section.heading.start)
        found: list[str] = []
        for mention in self.scan.mentions:
            if mention.span.end > match.span.start:
                break
            linked = self.linked.get(id(mention))
            if mention.span.start >= floor and linked is not None and self._is(linked.entities[0].cls, cls):
                found = [linked.entities[0].iri]
        return found

    def _same_names(self) -> None:
        """A platform quoted by the name of an initiative carries that initiative out."""
        for linked in self.linked.values():
            detail = linked.mention.detail
            if not isinstance(detail, Phrase) or not self._is(linked.mention.cls, "Platform") or not detail.accepted:
                continue
            for entity in linked.entities:
                quote = _leading_quote(entity.label)
                initiative = self.quoted.get(quote) if quote else None
                if initiative is not None:
                    self.draft.fact(entity.iri, expand("pol:implements"), initiative.iri, (linked.mention.span,), RULE["same-name"])

    # figures

    def _readings(self, readings: Sequence[Reading]) -> None:
        for reading in readings:
            self._observation(reading)

    def _observation(self, reading: Reading) -> None:
        vocabulary = self.tools.ontology.vocabulary
        unit = vocabulary.symbol(reading.unit)
        value = reading.value * (unit.factor if unit is not None else 1)
        known = vocabulary.indicators.get(reading.indicator)
        label = reading.label or (known.labels.get("zh", "") if known else "")
        indicator = reading.indicator or self._minted(label, reading.label_span)
        name = known.notation if known is not None else label
        iri = self._observation_iri(f"{name}-{reading.year or ''}-{reading.measure}-{_plain(value)}", reading.span)
        evidence = (self._evidence(reading),)
        shown = f"{label} {reading.span.of(self.document.text)}"
        self.draft.entity(Entity(iri, expand("pol:Observation"), " ".join(shown.split())), evidence[0], RULE["figure"])
        self._values_of(iri, indicator, value, reading.measure, unit.base if unit is not None else "", reading.bound, reading.year, evidence, RULE["figure"])
        fact = self.draft.fact
        if reading.compared is not None:
            fact(iri, expand("pol:comparedWith"), Literal(str(reading.compared), YEAR), evidence, RULE["figure"])
        if reading.measure == "Share":
            whole = self._whole(reading)
            if whole:
                fact(iri, expand("pol:shareOf"), whole, evidence, RULE["figure"])
        if reading.scope:
            fact(iri, expand("pol:scope"), POL + reading.scope, evidence, RULE["figure"])
        self._about(iri, reading, evidence)

    def _whole(self, reading: Reading) -> str:
        if reading.whole is not None:
            return reading.whole.indicator or self._minted(reading.whole.label, reading.whole.label_span)
        if len(reading.whole_label) >= 2:
            return self._minted(reading.whole_label, reading.span)
        return ""

    def _about(self, iri: str, reading: Reading, evidence: tuple[Span, ...]) -> None:
        about = self.linked.get(id(reading.about)) if reading.about is not None else None
        target = about.entities[0].iri if about is not None and about.entities[0].iri in self.draft.entities else ""
        issuer = self.linker.issuer()
        if not target and issuer is not None:
            target = issuer.iri
        if target:
            self.draft.fact(iri, expand("pol:observedFor"), target, evidence, RULE["figure"])
        clause = reading.clause.of(self.scan.text) if reading.clause is not None else ""
        for quote, initiative in self.quoted.items():
            if quote and quote in clause:
                self.draft.fact(iri, expand("pol:resultOf"), initiative.iri, evidence, RULE["same-name"])

    def _evidence(self, reading: Reading) -> Span:
        start = min(reading.label_span.start, reading.span.start)
        end = max(reading.label_span.end, reading.span.end)
        return Span(start, end) if end - start <= 120 else reading.evidence

    def _minted(self, label: str, span: Span) -> str:
        iri = self.mint.within(self.report, "indicator", label)
        self.draft.entity(Entity(iri, expand("pol:Indicator"), label), span, RULE["figure"])
        return iri

    def _observation_iri(self, name: str, span: Span) -> str:
        iri = self.mint.within(self.report, "observation", name)
        return iri

    def _values_of(
        self, iri: str, indicator: str, value: Decimal, measure: str, unit: str, bound: str, year: int | None,
        evidence: tuple[Span, ...], rule: str,
    ) -> None:  # fmt: skip
        fact = self.draft.fact
        fact(iri, expand("pol:indicator"), indicator, evidence, rule)
        fact(iri, expand("pol:measure"), POL + measure, evidence, rule)
        fact(iri, expand("sdmx-measure:obsValue"), Literal(_plain(value), DECIMAL), evidence, rule)
        fact(iri, expand("pol:bound"), POL + bound, evidence, rule)
        if unit:
            fact(iri, expand("pol:unit"), unit, evidence, rule)
        if year is not None:
            fact(iri, expand("sdmx-dimension:refPeriod"), Literal(str(year), YEAR), evidence, rule)

    def _tables(self, tables: TableReading) -> None:
        issuer = self.linker.issuer()
        vocabulary = self.tools.ontology.vocabulary
        for cell in tables.figures:
            indicator = IND + cell.indicator if cell.indicator else self._minted(cell.label, cell.label_span)
            name = cell.indicator or cell.label
            parts = [name, cell.applicant, "cumulative" if cell.cumulative else "", f"t{cell.instance}" if cell.instance else ""]
            iri = self.mint.within(self.report, "cell", "-".join(part for part in parts if part))
            unit = vocabulary.symbol(cell.unit)
            evidence = (cell.span, cell.label_span)
            rule = f"{RULE['table']}-{segment(cell.table)}"
            shown = f"{cell.label} {cell.applicant} {cell.printed}{cell.printed_unit}"
            self.draft.entity(Entity(iri, expand("pol:Observation"), " ".join(shown.split())), cell.span, rule)
            measure = "Amount" if unit is not None and unit.kind == "money" else "Count"
            if cell.indicator.endswith(".change"):
                measure = "Change"
            self._values_of(iri, indicator, cell.value, measure, unit.base if unit is not None else "", "Exact", self.context.year, evidence, rule)
            if cell.applicant:
                self.draft.fact(iri, expand("pol:applicant"), f"{IND}applicant/{cell.applicant}", evidence, rule)
            if cell.scope:
                scope = "OwnBody" if cell.scope == "own" else "WholeRegion"
                self.draft.fact(iri, expand("pol:scope"), POL + scope, evidence, rule)
            if cell.cumulative:
                self.draft.fact(iri, expand("pol:cumulative"), Literal("true", expand("xsd:boolean")), evidence, rule)
            if issuer is not None:
                self.draft.fact(iri, expand("pol:observedFor"), issuer.iri, evidence, rule)

    # problems and plans

    def _closing(self) -> None:
        items = self.tools.closing.read(self.document)
        iris: dict[Span, str] = {}
        issuer = self.linker.issuer()
        for item in items:
            cls = expand("pol:Problem" if item.kind == "problem" else "pol:Improvement")
            iri = self.mint.within(self.report, item.kind, item.label)
            iris[item.span] = iri
            self.draft.entity(Entity(iri, cls, item.label), item.span, RULE["closing"])
        for plan, problem in answers(items, frozenset(self.tools.ontology.words["domain"])):
            self.draft.fact(iris[plan.span], expand("pol:addresses"), iris[problem.span], (plan.span, problem.span), RULE["closing"])
        del issuer

    def _is(self, cls: str, name: str) -> bool:
        return self.tools.ontology.model.is_a(cls, expand(f"pol:{name}"))


def _headings(document: Document) -> list[Span]:
    """Headings that no sentence covers."""
    starts = {sentence.start for sentence in document.sentences}
    return [s.heading for s in document.sections if s.heading.start not in starts and not any(t.overlaps(s.heading) for t in document.sentences)]


def _unsure(mention: Mention) -> bool:
    return isinstance(mention.detail, Phrase) and not mention.detail.accepted


def _leading_quote(label: str) -> str:
    """The quotation a name begins with, with its marks, in their folded form."""
    return label[: label.index("”") + 1].replace(",", "，") if label.startswith("“") and "”" in label else ""


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def extract(document: Document, ontology: Ontology, mint: Mint | None = None) -> Extraction:
    """Read one document; for many, keep an ``Extractor``."""
    return Extractor(ontology).extract(document, mint or Mint())
