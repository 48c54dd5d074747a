"""What a figure counts: the words of the clause that say so, in normal form."""

import re
from collections.abc import Sequence

from kg.extract.counted.before import WordsBefore
from kg.extract.counted.behind import NounBehind
from kg.extract.counted.label import Label
from kg.extract.listing import clause_end
from kg.extract.reading import State
from kg.extract.wording import Wording, clean, either
from kg.match.scan import Scan
from kg.match.words import longest
from kg.schema.ontology import Ontology
from kg.text.document import Span

_TITLES = re.compile(r"《[^《》]*》(?:[、和及与，]?《[^《》]*》)*等(?P<noun>[^，；：。！？、《》\n]{2,14})$")
_LEAST = 2  # characters that say what is counted
_BLANK = "，、；： "
_TOTAL = 14  # characters between a word of total and its figure
_COMPARES = ("comparedWith", "shareOf", "rise", "fall", "upTo", "respectively", "total")
_JOINS = "的和与及或以"
_CUES = (
    "rise", "fall", "changeLead", "shareOf", "comparedWith", "lastYear", "nextYear", "total", "respectively", "zero", "zeroBehind", "wholeScope",
    "ownScope", "ofThose", "since", "upTo", "partNoun", "every", "within", "beforeBareNumber", "way", "apiece",
    "yearly", "inAll", "scopeInName", "caseOutcome", "perTime", "frame",
)  # fmt: skip


class Counted:
    """Reads what figures count, with the words of one ontology; ``cue`` has the word classes around figures as expressions."""

    def __init__(self, ontology: Ontology) -> None:
        words = ontology.words
        self.ontology = ontology
        self.cue = {name: either(words[name]) for name in _CUES}
        self.wording = Wording(ontology)
        self.before = WordsBefore(ontology, self.cue, self.wording)
        self.behind = NounBehind(ontology, self.cue, self.wording)
        self._rest = words["remainder"]
        self._holds = longest(words["holds"])
        self._light = frozenset(words["light"])

    def label(self, scan: Scan, left: Span, right: Span, state: State, drop: Sequence[str] = ()) -> Label:
        """The counted thing in normal form: the noun after the figure, else the words before it, else the clause before."""
        after = self.behind.of(scan, right) or self.behind.deed(scan, left, right)
        if after is None and (_lists(scan.text, left) or (state.in_passage and left.start == left.end)):
            after = self.behind.of(scan, right, verbs=True)
        if after is not None:
            words = clean(after.of(scan.text))
            return Label(
                self.before.verb(scan, left) + words if words in self.wording.bare_nouns else words, after
            )
        listed = self._listed(scan, left)
        if listed is not None:
            return listed
        before = self._without_holding(scan, self.before.of(scan, left, drop))
        rest = self.is_rest(scan.text, left)
        earlier = (
            self.before.of(scan, state.previous, drop) if state.previous is not None and not rest else None
        )
        if (
            before is not None
            and len(before) >= _LEAST
            and not (earlier is not None and not state.in_passage and self._bare_verb(scan, before))
        ):
            return Label(clean(before.of(scan.text)), before)
        if earlier is not None:
            return Label(clean(earlier.of(scan.text)), earlier)
        if state.last is not None:
            outcome = self.outcome(scan, right)
            if outcome is not None:
                return outcome
            if rest:
                return Label(self._rest[0] + self.wording.object(state.last.label), left, outcome=True)
            return Label(state.last.label, state.last.label_span, inherited=True)
        return Label("", left)

    def _listed(self, scan: Scan, left: Span) -> Label | None:
        """出台《甲》《乙》等制度|15项: the noun behind titles, with the verb before them."""
        found = _TITLES.search(scan.text, left.start, left.end)
        if found is None:
            return None
        span = self.before.of(scan, Span(*found.span("noun")), ())
        if span is None or len(span) < _LEAST:
            return None
        verb = self.before.verb(scan, Span(left.start, found.start()))
        return Label(verb + clean(span.of(scan.text)), span, alone=True)

    def _without_holding(self, scan: Scan, before: Span | None) -> Span | None:
        """政企恳谈会|召开24场: what is held, without the verb behind it."""
        if before is None:
            return None
        verb = next((one for one in self._holds if scan.text.endswith(one, before.start, before.end)), "")
        noun = Span(before.start, before.end - len(verb))
        return noun if len(noun) >= _LEAST and scan.words.ends_at(noun.end) else before

    def outcome(self, scan: Scan, right: Span) -> Label | None:
        """15件|予以公开, 5件（2件为网上申请）|按时办结: what is told of a part right behind its number.

        Empty where the words lead on to another figure (2次|参加人数达50人) and so are not of this one.
        """
        text, start = scan.text, right.start
        if (closer := scan.marks.closer.get(start, -1)) > start and text[start] == "（":
            start = closer + 1
        if not text[start : start + 1].isalpha() or text[start] in _JOINS:
            return None
        stop = clause_end(text, start)
        cut = min(
            (found.start() for name in _COMPARES if (found := self.cue[name].search(text, start, stop))),
            default=stop,
        )
        words = Span(start, cut)
        if len(words) < _LEAST:
            return None
        if right.end < cut and start == right.start:
            words = Span(start, start)
        return Label(self.wording.became(words.of(text)), words, outcome=True)

    def sums_up(self, text: str, position: int) -> bool:
        """Whether a word of total stands before a figure, in its own sentence."""
        first = max(0, position - _TOTAL)
        opens = max(first, *(text.rfind(mark, first, position) + 1 for mark in "\n。；"))
        return self.cue["total"].search(text, opens, position) is not None

    def meant(self, label: Label) -> str:
        """The words of a label, or none where they say little alone (已有事项)."""
        return "" if self.wording.says_little(label.words) else label.words

    def in_points(self, unit: str) -> bool:
        """Whether a unit is of percentage points."""
        return unit.endswith(self.ontology.words["percentagePoint"])

    def is_rest(self, text: str, left: Span) -> bool:
        """Whether a figure is what is left of a whole: 其余|2件."""
        return left.of(text).strip(_BLANK).endswith(self._rest)

    def per_time(self, text: str, left: Span) -> str:
        """The word that says that a figure is of each day, week or month (日均|接听120个); empty where none does."""
        found = self.cue["perTime"].search(text, left.start, left.end)
        return found.group() if found else ""

    def own_words(self, text: str, left: Span) -> bool:
        """Whether more than filler stands before a figure."""
        return len(self.wording.bare(left.of(text))) >= _LEAST

    def _bare_verb(self, scan: Scan, span: Span) -> bool:
        """公开某事项完成情况，已公开12批: a verb alone counts what the clause before says."""
        index = scan.words.at(span.start)
        verb = scan.words.tags[index] == "v" or scan.words.text(index) in self._light
        return verb and scan.words.starts[index + 1] >= span.end


def _lists(text: str, left: Span) -> bool:
    """200个样板村、|300个补短村: the words before a figure are what the figure before them counts."""
    return len(left) > 2 and text[left.end - 1] == "、" and text[left.start - 1] not in "，；：。！？\n、（"
