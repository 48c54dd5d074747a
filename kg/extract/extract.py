"""A document becomes the facts of its report."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakValueDictionary

from kg.errors import InputError
from kg.extract.closing import ClosingReader
from kg.extract.columns import ColumnReader
from kg.extract.doings import DoingReader
from kg.extract.draft import Draft
from kg.extract.figures import FigureReader
from kg.extract.issuers import state_known_issuers
from kg.extract.names import name, state_same_names
from kg.extract.observations import state_readings, state_tables
from kg.extract.passages import find_passages
from kg.extract.places import state_places
from kg.extract.plans import is_done, state_plans
from kg.extract.relations import (
    PatternBook,
    find_matches,
    named_deeds,
    state_relations,
    sure_mentions,
    with_named,
)
from kg.extract.report import ANNUAL_REPORT, WORK_REPORT, report_title, state_report
from kg.extract.skeleton import Match, Skeleton
from kg.extract.tables import TableReading, read_tables
from kg.extract.undone import is_undone
from kg.extract.units import state_units, unit_cells
from kg.extract.work import Work
from kg.facts import Extraction
from kg.link.context import find_context, genre_of, title_of
from kg.link.linker import Linked, Linker
from kg.link.policy import KnownPolicies, PolicyBook
from kg.link.variants import Variants
from kg.match.lexicon import Lexicon
from kg.match.mention import Mention
from kg.match.place import unknown_place
from kg.match.scan import Scanner
from kg.schema.ontology import Ontology
from kg.schema.passage import PassageRule
from kg.terms import Mint
from kg.text.document import Document, Span


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads the reports of one kind: rules may be for some kinds alone."""

    scanner: Scanner
    figures: FigureReader
    patterns: PatternBook
    doings: DoingReader
    columns: ColumnReader
    passages: tuple[PassageRule, ...]

    @staticmethod
    def of(ontology: Ontology) -> "Tools":
        """The tools for the rules of an ontology."""
        return Tools(
            Scanner(Lexicon(ontology)),
            FigureReader(ontology),
            PatternBook.of(ontology.patterns),
            DoingReader(ontology),
            ColumnReader(ontology),
            ontology.passages,
        )


_made: "WeakValueDictionary[int, Extractor]" = (
    WeakValueDictionary()
)  # those that somebody holds, by the identity of their ontology


class Extractor:
    """Reads documents with one ontology; build it once, use it for many."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.closing = ClosingReader(ontology.words)
        self._policies = KnownPolicies.of(ontology)
        self._made: dict[str, Tools] = {}  # by genre; "" for all that have no rules of their own
        self._tools(ANNUAL_REPORT)  # nearly every report is one

    @staticmethod
    def of(ontology: Ontology) -> "Extractor":
        """The extractor of an ontology: the one that somebody holds, else a new one."""
        known = _made.get(id(ontology))  # an ontology that an extractor holds keeps its identity
        if known is None:
            known = _made[id(ontology)] = Extractor(ontology)
        return known

    @cached_property
    def scanner(self) -> Scanner:
        """What finds names by the rules for reports of whatever kind."""
        return Scanner(Lexicon(self.ontology))

    def extract(self, document: Document, mint: Mint) -> Extraction:
        """Everything a document says.

        Raises ``InputError`` where there is no text to read.
        """
        return self.read(document, mint)[0]

    def read(self, document: Document, mint: Mint) -> tuple[Extraction, TableReading]:
        """Everything a document says, and the tables that it was read from, which the checks look at again.

        Raises ``InputError`` where there is no text to read.
        """
        work = self._start(document, mint)
        state_report(work)
        if work.context.genre != WORK_REPORT:
            bodies = [one.span for one in work.scan.outer if work.is_a(one.cls, "Agency")]
            work.items = tuple(
                item
                for item in self.closing.read(document)
                if not any(one.covers(item.span) for one in bodies)
            )  # a signature is no plan
        found = self._name(work)
        state_relations(work, found, sure_mentions(work, found))
        state_same_names(work)
        state_known_issuers(work)
        state_units(work)
        tables = read_tables(document, self.ontology.form, work.context.year)
        state_tables(work, tables)
        printed = [table.span for table in tables.tables]
        tools = self._tools(work.context.genre)
        readings = tools.figures.read(document, work.scan, work.context.year, work.passages)
        state_readings(
            work,
            [one for one in readings if not any(span.overlaps(one.span) for span in printed)],
            work.passages,
        )
        state_plans(work)
        state_places(work)
        entities, facts = work.draft.finished()
        issuer = work.linker.writer.entity()
        extraction = Extraction(
            work.report,
            report_title(work),
            issuer.iri if issuer else "",
            work.context.year,
            entities,
            facts,
            (*work.draft.findings, *tables.findings),
        )
        return extraction, tables

    def pattern_matches(self, document: Document) -> Iterator[tuple[str, dict[str, str]]]:
        """Every match of a pattern: its IRI, and the words bound to its variables."""
        return (match for match, _ in self.pattern_spans(document))

    def pattern_spans(self, document: Document) -> Iterator[tuple[tuple[str, dict[str, str]], Span]]:
        """Every match of a pattern, with the stretch that it covers."""
        work = self._start(document, Mint())
        state_report(work)
        for match, _ in self._name(work):
            words = {name: span.of(document.text) for name, span in match.texts.items()}
            for variable, mentions in match.mentions.items():
                spans = [one.mention.span if isinstance(one, Linked) else one.span for one in mentions]
                if spans:
                    words[variable] = Span(spans[0].start, spans[-1].end).of(document.text)
            yield (match.pattern.iri, words), match.span

    def _genre(self, document: Document) -> str:
        ontology = self.ontology
        return genre_of(document, title_of(document, ontology), ontology) if ontology.genres else ""

    def _tools(self, genre: str) -> "Tools":
        """The tools for a kind of report, made when the first of them is read."""
        own = genre if genre in self.ontology.genres else ""
        if own not in self._made:
            self._made[own] = Tools.of(self.ontology.of_genre(own))
        return self._made[own]

    def _start(self, document: Document, mint: Mint) -> Work:
        if not document.text[document.body.start : document.body.end].strip():
            raise InputError(
                "there is no text in it", where=document.source.name, hint="a scanned page needs OCR first"
            )
        ontology = self.ontology
        scanner = self._tools(self._genre(document)).scanner
        title = title_of(document, ontology)
        annual = title is not None and title.genre == "annual"
        home = unknown_place(scanner, title.issuer) if title is not None and annual else ()
        stretches = [*document.sentences, *_headings(document)]
        stretches += unit_cells(document, ontology.words["unitColumn"], stretches)
        scan = scanner.scan(document.folded, stretches, home=home)
        context = find_context(document, scan, scanner, mint)
        follow = frozenset(word for name in ("follow", "implement", "issue") for word in ontology.words[name])
        policies = PolicyBook(ontology, document, mint, self._policies, follow)
        policies.learn(scan.mentions)
        variants = Variants.of(scan.mentions, {rule.iri: rule for rule in ontology.nouns}, document.folded)
        linker = Linker(ontology, document, context, mint, policies, variants)
        passages = find_passages(document, self._tools(context.genre).passages, context.year)
        return Work(ontology, document, scan, context, mint, linker, Draft(ontology.model), passages=passages)

    def _name(self, work: Work) -> list[tuple[Match, Skeleton]]:
        """Name everything the text mentions; patterns that make names of plain words come first."""
        for mention in work.scan.mentions:
            linked = work.linker.link(mention)
            if linked is not None:
                work.linked[id(mention)] = linked
        tools = self._tools(work.context.genre)
        patterns = tools.patterns
        listed = list(tools.columns.read(work))
        found = listed + find_matches(work, patterns, work.scan.outer)
        found += tools.doings.read(work, named_deeds(work, found))
        outer = with_named(work, found)
        if outer != work.scan.outer:
            found += [pair for pair in find_matches(work, patterns, outer) if pair not in found]
        sure = sure_mentions(work, found)
        for mention in (*work.scan.mentions, *work.made):
            if id(mention) in sure and not _is_none(work, mention) and not _goes_on(work, mention):
                name(work, work.linked[id(mention)])
        return found


def _is_none(work: Work, mention: Mention) -> bool:
    """Whether a sentence names a deed or a channel that it says there is none of, or a deed that is yet to be done."""
    if work.is_a(mention.cls, "Initiative"):
        return not is_done(work, mention.span)
    return work.is_a(mention.cls, "Platform") and is_undone(work, mention.span)


def _goes_on(work: Work, mention: Mention) -> bool:
    """Whether the name of a deed goes on with a quotation, with which a pattern has made one name of it (治安整治|“百日行动”)."""
    text = work.scan.text
    return work.is_a(mention.cls, "Initiative") and any(
        one.span.start == mention.span.start
        and text.startswith("“", mention.span.end)
        and text.find("”", mention.span.end) == one.span.end - 1
        for one in work.made
    )


def _headings(document: Document) -> list[Span]:
    """Headings that no sentence covers."""
    starts = {sentence.start for sentence in document.sentences}
    return [
        section.heading
        for section in document.sections
        if section.heading.start not in starts
        and not any(span.overlaps(section.heading) for span in document.sentences)
    ]


def extract(document: Document, ontology: Ontology, mint: Mint | None = None) -> Extraction:
    """Read one document; for many, keep an ``Extractor``."""
    return Extractor(ontology).extract(document, mint or Mint())
