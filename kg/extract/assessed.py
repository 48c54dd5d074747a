"""What an assessment gave: the place in a ranking (排名第4, 列全县28个乡镇第6位), and what a bare score is of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.counted import Counted
from kg.extract.reading import Reading, State
from kg.extract.wording import clean
from kg.match.scan import Scan
from kg.match.words import alternatives
from kg.schema.ontology import Ontology
from kg.terms import IND
from kg.text.document import Span
from kg.values import cjk_number

RANK, SCORE = IND + "oversight.rank", IND + "oversight.score"
_FAR = 14  # characters between a verb of ranking and the place, as those among whom one is ranked
_TOPIC = 14  # characters of what an assessment is called


@dataclass(frozen=True, slots=True)
class AssessedReader:
    """Reads places in rankings, with the words of one ontology."""

    counted: Counted
    place: re.Pattern[str]
    assessment: re.Pattern[str]

    @staticmethod
    def of(ontology: Ontology, counted: Counted) -> "AssessedReader":
        """A reader with the verbs of ranking and the names of assessments of an ontology."""
        verbs, kinds = (alternatives(ontology.words[name]) for name in ("rankVerb", "assessment"))
        place = re.compile(
            rf"(?:{verbs})[^，；。：、“”]{{0,{_FAR}}}?第(?P<n>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:名|位)?(?=[，；。、）！\n]|$)"
        )
        return AssessedReader(
            counted, place, re.compile(rf"[^，；。：、（）\d]{{0,{_TOPIC}}}?(?P<kind>{kinds})")
        )

    def read(self, scan: Scan, sentence: Span, clause: Span, state: State) -> Iterator[Reading]:
        """The place that a clause tells, of what it or the clause before was ranked in."""
        found = self.place.search(scan.text, clause.start, clause.end)
        if found is None:
            return
        value = Decimal(found["n"]) if found["n"].isdigit() else cjk_number(found["n"])
        if not value:
            return
        ontology = self.counted.ontology
        unit = ontology.vocabulary.units[ontology.vocabulary.indicators[RANK].unit]
        span = Span(*found.span())
        topic = self.topic(scan, Span(sentence.start, span.start)) or self._thing(scan, clause, span)
        words = ontology.words["rankNoun"][0]
        label = topic.of(scan.text).removesuffix(words) + words if topic is not None else ""
        yield Reading(
            span, Span((topic or span).start, span.end), value, unit.symbols[0], "Count", "Exact", 0,
            "" if label else RANK, label, topic or span, state.year, scope=state.scope, clause=clause, broader=RANK if label else "",
        )  # fmt: skip

    def topic(self, scan: Scan, span: Span) -> Span | None:
        """The last assessment that a stretch names, without who held it and where: 在全市|政务公开第三方评估|中."""
        last = None
        for found in self.assessment.finditer(scan.text, span.start, span.end):
            last = found
        if last is None:
            return None
        words = scan.words
        start = last.start("kind")
        index = words.at(start - 1) if start > last.start() else -1
        while index >= 0 and words.starts[index] >= last.start():
            begin = int(words.starts[index])
            word = scan.text[begin : int(words.starts[index + 1])]
            scope = self.counted.cue["wholeScope"].fullmatch(word)
            if scope or words.tags[index][0] not in "nvajbl" or word in self.counted.wording.filler:
                break
            start, index = begin, index - 1
        return Span(start, last.end())

    def score(self, scan: Scan, sentence: Span, left: Span, right: Span) -> Span | None:
        """What a bare score is of: 在全市|评估|中得92.5分, 以92.5分通过|验收; nothing where words of their own say it."""
        if not left.of(scan.text).endswith(self.counted.ontology.words["scoreVerb"]):
            return None
        return self.topic(scan, right) or self.topic(scan, Span(sentence.start, left.end))

    def _thing(self, scan: Scan, clause: Span, span: Span) -> Span | None:
        """What is ranked, where no assessment is named: 旅游收入|位居全省第三."""
        thing = self.counted.before.of(scan, Span(clause.start, span.start), ())
        if thing is None or len(clean(thing.of(scan.text))) < 2:
            return None
        named = any(mention.span.overlaps(thing) for mention in scan.outer)
        return None if named else thing
