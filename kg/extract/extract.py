"""A document becomes the facts of its report."""

from collections.abc import Iterator

from kg.errors import InputError
from kg.extract.closing import ClosingReader
from kg.extract.draft import Draft
from kg.extract.figures import FigureReader
from kg.extract.names import name, state_known_issuers, state_same_names
from kg.extract.observations import state_readings, state_tables
from kg.extract.places import state_places
from kg.extract.plans import state_plans
from kg.extract.relations import PatternBook, find_matches, state_relations, sure_mentions, with_named
from kg.extract.report import report_title, state_report
from kg.extract.skeleton import Match, Skeleton
from kg.extract.tables import read_tables
from kg.extract.work import Work
from kg.facts import Extraction
from kg.link.context import ContextFinder
from kg.link.linker import Linked, Linker
from kg.link.policy import PolicyBook
from kg.match.lexicon import Lexicon
from kg.match.scan import Scanner
from kg.schema.ontology import Ontology
from kg.terms import Mint
from kg.text.document import Document, Span


class Extractor:
    """Reads documents with one ontology; build it once, use it for many."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.scanner = Scanner(Lexicon(ontology))
        self.figures = FigureReader(ontology)
        self.closing = ClosingReader(ontology.words)
        self.patterns = PatternBook.of(ontology.patterns)

    def extract(self, document: Document, mint: Mint) -> Extraction:
        """Everything a document says.

        Raises ``InputError`` where there is no text to read.
        """
        work = self._start(document, mint)
        state_report(work)
        found = self._name(work)
        state_relations(work, found, sure_mentions(work, found))
        state_same_names(work)
        state_known_issuers(work)
        tables = read_tables(document, self.ontology.form)
        state_tables(work, tables)
        printed = [table.span for table in tables.tables]
        readings = self.figures.read(document, work.scan, work.context.year)
        state_readings(
            work, [one for one in readings if not any(span.overlaps(one.span) for span in printed)]
        )
        if work.context.title is None or work.context.title.genre != "work":
            state_plans(work, self.closing)
        state_places(work)
        entities, facts = work.draft.finished()
        issuer = work.linker.issuer()
        return Extraction(
            work.report,
            report_title(work),
            issuer.iri if issuer else "",
            work.context.year,
            entities,
            facts,
            (*work.draft.findings, *tables.findings),
        )

    def pattern_matches(self, document: Document) -> Iterator[tuple[str, dict[str, str]]]:
        """Every match of a pattern: its IRI, and the words bound to its variables."""
        work = self._start(document, Mint())
        state_report(work)
        for match, _ in self._name(work):
            words = {name: span.of(document.text) for name, span in match.texts.items()}
            for variable, mentions in match.mentions.items():
                spans = [one.mention.span if isinstance(one, Linked) else one.span for one in mentions]
                if spans:
                    words[variable] = Span(spans[0].start, spans[-1].end).of(document.text)
            yield match.pattern.iri, words

    def _start(self, document: Document, mint: Mint) -> Work:
        if not document.text[document.body.start : document.body.end].strip():
            raise InputError(
                "there is no text in it", where=document.source.name, hint="a scanned page needs OCR first"
            )
        ontology = self.ontology
        scan = self.scanner.scan(document.folded, [*document.sentences, *_headings(document)])
        context = ContextFinder(document, scan, self.scanner, mint).find()
        follow = frozenset(word for name in ("follow", "implement", "issue") for word in ontology.words[name])
        policies = PolicyBook(ontology, document, mint, follow)
        policies.learn(scan.mentions)
        linker = Linker(ontology, document, context, mint, policies)
        return Work(ontology, document, scan, context, mint, linker, Draft(ontology.model))

    def _name(self, work: Work) -> list[tuple[Match, Skeleton]]:
        """Name everything the text mentions; patterns that make names of plain words come first."""
        for mention in work.scan.mentions:
            linked = work.linker.link(mention)
            if linked is not None:
                work.linked[id(mention)] = linked
        found = find_matches(work, self.patterns, work.scan.outer)
        outer = with_named(work, found)
        if outer != work.scan.outer:
            found += [pair for pair in find_matches(work, self.patterns, outer) if pair not in found]
        sure = sure_mentions(work, found)
        for mention in (*work.scan.mentions, *work.made):
            if id(mention) in sure:
                name(work, work.linked[id(mention)])
        return found


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
