"""Figures of the running text: what each counts, of which kind it is, for which year and scope."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.answered import AnswerReader
from kg.extract.assessed import AssessedReader
from kg.extract.change import ChangeReader
from kg.extract.channel import ChannelReader
from kg.extract.compared import Comparer, Told
from kg.extract.count import CountReader
from kg.extract.countable import Countable
from kg.extract.counted import Counted
from kg.extract.dated import YearReader
from kg.extract.indicators import IndicatorFinder
from kg.extract.passages import NO_PASSAGES, Passages
from kg.extract.reading import Clause, Reading, State
from kg.extract.scope import ScopeReader
from kg.extract.share import ShareReader
from kg.extract.single import SingleReader
from kg.extract.spread import SpreadReader
from kg.extract.zero import ZeroReader
from kg.link.place import addresses
from kg.match.mention import Figure, Mention
from kg.match.scan import Scan
from kg.schema.ontology import Ontology
from kg.schema.phrase import IndicatorPhrase
from kg.text.document import Document, Span

_CLAUSE = re.compile(r"[^，；：。！？\n]+[，；：。！？]?")


class FigureReader:
    """Reads the figures of documents with one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._counted = Counted(ontology)
        self._cue = self._counted.cue
        self._finder = IndicatorFinder(ontology)
        self._countable = Countable(self._counted)
        self._zeros = ZeroReader(self._counted)
        self._assessed = AssessedReader.of(ontology, self._counted)
        self._scopes = ScopeReader(self._counted)
        changes = ChangeReader.of(self._counted, self._finder)
        self._comparer = Comparer(self._counted, changes)
        self._dated = YearReader(self._counted, changes)
        self._single = SingleReader(
            self._counted,
            changes,
            ShareReader(self._counted, self._finder, AnswerReader.of(ontology, self._counted, self._finder)),
            CountReader(
                self._counted,
                self._finder,
                self._assessed,
                ChannelReader.of(ontology, self._counted, self._finder),
            ),
            self._dated,
            self._scopes,
        )
        self._spread = SpreadReader.of(ontology, self._single, self._finder)
        self._former = ontology.words["formerValue"]

    def read(
        self, document: Document, scan: Scan, year: int | None, passages: Passages = NO_PASSAGES
    ) -> Iterator[Reading]:
        """Every figure of the document's sentences; a passage says of which year those are that name none."""
        text = scan.text
        where = list(addresses(text, self.ontology.words["addressField"]))
        figures = [
            m
            for m in scan.mentions
            if isinstance(m.detail, Figure) and not any(span.covers(m.span) for span in where)
        ]
        state = State(year=year)
        counts: list[Reading] = []
        paragraph = -1
        index = 0
        anchors = _by_sentence(scan.anchors, document.sentences)
        for number, sentence in enumerate(document.sentences):
            here = text.rfind("\n", 0, sentence.start)
            if here != paragraph:
                paragraph = here
                state = State(year=year, counts=counts, opened=len(counts), shared=state.shared)
            inside = []
            while index < len(figures) and figures[index].span.start < sentence.end:
                if figures[index].span.start >= sentence.start:
                    inside.append(figures[index])
                index += 1
            goes_on = self._cue["ofThose"].match(text, sentence.start) is not None
            state.begin(passages.year(sentence, year), self._scopes.of(text, sentence), goes_on=goes_on)
            passage = passages.at(sentence.end - 1)
            if passage is not None and passage.rule.aside:
                continue
            state.in_passage = passage is not None
            state.years = passage.rule.years if passage is not None else 1
            words = anchors.get(number, [])
            phrases = self._finder.phrases([*words, *anchors.get(number - 1, ())] if goes_on else words)
            yield from self._sentence(scan, sentence, inside, state, phrases)

    def _sentence(
        self,
        scan: Scan,
        sentence: Span,
        figures: Sequence[Mention],
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Iterator[Reading]:
        text = scan.text
        usual = state.year
        waiting: list[tuple[Told, Clause]] = []  # comparisons before what they are of
        for span in _clauses(text, sentence):
            if state.in_passage and text[span.start - 1] == "；":
                state.year = usual  # 2018年投用；新建…: a date of one task is none of the next
            inside = [
                figure
                for figure in figures
                if span.start <= figure.span.start < span.end and self._countable.counts(scan, figure)
            ]
            yield from self._assessed.read(scan, sentence, span, state)
            if state.counts and self._cue["ofThose"].match(text, span.start, span.end):
                state.divided = state.counts[-1]
            if not inside:
                yield from self._without(scan, span, state, phrases)
                continue
            clause = Clause(scan, sentence, span, inside, phrases)
            told = self._settle(scan, span, figures, state)
            if told is not None and state.latest is None and state.last is None and state.previous is None:
                waiting.append((told, clause))
                continue
            yield from self._clause(clause, state)
            state.previous = None
            if waiting and state.last is not None:
                if waiting[0][0].fits(state.last):  # 较上年的9件增加3件，共收到12件
                    for _, early in waiting:
                        yield from self._clause(early, state)
                waiting = []

    def _without(
        self, scan: Scan, clause: Span, state: State, phrases: Sequence[IndicatorPhrase]
    ) -> Iterator[Reading]:
        """A clause without figures: its year and its words may be of those behind it, and it may say that there is none."""
        self._dated.carry(scan, clause, state)
        yield from self._zeros.read(scan, clause, state, phrases)
        if not self._cue["comparedWith"].match(
            scan.text, clause.start, clause.end
        ) and self._counted.before.of(scan, clause, ()):
            state.previous = clause

    def _settle(self, scan: Scan, clause: Span, figures: Sequence[Mention], state: State) -> Told | None:
        """What a comparison tells that names nothing; the figure it is of becomes the last one again."""
        after = [figure for figure in figures if figure.span.start >= clause.start]
        told = self._comparer.told(scan, clause, after)
        if told is not None and state.previous is None:
            state.last = self._comparer.source(scan, told, state)
        return told

    def _clause(self, clause: Clause, state: State) -> Iterator[Reading]:
        spread = self._spread.read(clause, state)
        return spread if spread is not None else self._each(clause, state)

    def _each(self, clause: Clause, state: State) -> Iterator[Reading]:
        """Each figure of a clause by itself."""
        left = clause.span.start
        text, figures = clause.scan.text, clause.figures
        for number, mention in enumerate(figures):
            state.enter(clause.scan.marks, mention.span.start, clause.sentence.start)
            stop = figures[number + 1].span.start if number + 1 < len(figures) else clause.span.end
            before = Span(left, mention.span.start)
            place = clause.place(before, Span(mention.span.end, stop))
            left = mention.span.end
            apiece = self._spread.apiece(clause, before, mention, state)
            if apiece is not None:
                yield from apiece
                continue
            reading = self._single.read(mention, place, state)
            if reading is None:
                continue
            reading = self._dated.over(reading, place, state)
            state.remember(reading, sums_up=self._counted.sums_up(text, reading.span.start))
            state.previous = None
            if not (state.in_passage and before.of(text).endswith(self._former)):
                yield reading  # in a review of several years the time of a former value is not told


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    for found in _CLAUSE.finditer(text, sentence.start, sentence.end):
        yield Span(*found.span())


def _by_sentence(anchors: dict[str, list[int]], sentences: Sequence[Span]) -> dict[int, list[str]]:
    """The anchor words of each sentence, by its index."""
    ends = sorted((end, word) for word, places in anchors.items() for end in places)
    found: dict[int, list[str]] = {}
    index = 0
    for end, word in ends:
        while index < len(sentences) and sentences[index].end < end:
            index += 1
        if index < len(sentences) and sentences[index].start < end:
            found.setdefault(index, []).append(word)
    return found
