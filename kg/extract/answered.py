"""Of what a rate of answers is: of requests for information, or of the proposals, letters or calls that were counted before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.counted import Counted
from kg.extract.indicators import IndicatorFinder
from kg.extract.reading import Place, Reading, State
from kg.match.words import alternatives
from kg.schema.ontology import Ontology
from kg.terms import IND

_RATE = IND + "requests.answered_in_time_rate"
_REQUESTS = (IND + "s3.", IND + "requests.")
_JOINED = "、"
_APART = "，；。：！？\n"


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """Tells rates of answers to requests from those to anything else, with the words of one ontology."""

    counted: Counted
    finder: IndicatorFinder
    request: re.Pattern[str]
    answered: re.Pattern[str]
    ending: re.Pattern[str]

    @staticmethod
    def of(ontology: Ontology, counted: Counted, finder: IndicatorFinder) -> "AnswerReader":
        """A reader with the words for what is answered of an ontology."""
        words = ontology.words
        verbs, rates = (alternatives(words[name]) for name in ("answers", "rate"))
        return AnswerReader(
            counted,
            finder,
            re.compile(alternatives(words["request"])),
            re.compile(alternatives(words["answered"])),
            re.compile(f"(?:{verbs})(?:{rates})$"),
        )

    def rate(self, reading: Reading, place: Place, state: State) -> Reading:
        """A rate of answers with what it is of, where that is no request: 办理提案62件，办复率|100%."""
        if reading.indicator != _RATE or self.request.search(reading.label):
            return reading
        if self.answered.search(reading.label):
            return self._of(reading, reading.label, place)
        text = place.scan.text
        counts = self._last(state.counts[state.opened :], text) or self._last(state.before, text)
        if counts:
            if self._is_request(counts[-1]):
                return reading
            things = _JOINED.join(self.counted.wording.thing(one.label) for one in counts)
            return self._of(reading, things + self._bare(reading.label), place)
        said = text[place.sentence.start : place.left.end]
        if self.answered.search(said) and not self.request.search(said):
            found = list(self.answered.finditer(said))[-1]
            return self._of(reading, found.group() + self._bare(reading.label), place)
        return reading

    def _of(self, reading: Reading, label: str, place: Place) -> Reading:
        """The rate under these words, and what the vocabulary calls them or the last thing that they name."""
        named = ""
        things = list(self.answered.finditer(label))
        for words in (label, *(one.group() + self._bare(label) for one in reversed(things))):
            named = named or self.finder.named(words, reading.unit, place.phrases)
        known = "" if named == _RATE else named
        return replace(reading, indicator=known, broader="", label=label)

    def _bare(self, label: str) -> str:
        """The name of the rate alone: 按时办结率."""
        found = self.ending.search(label)
        return label[found.start() :] if found is not None else label

    def _last(self, counts: Sequence[Reading], text: str) -> list[Reading]:
        """The last of some figures that counts what is answered, with those joined to it (建议45件、提案|62件)."""
        told: list[Reading] = []
        for one in reversed(counts):
            if told and any(mark in text[one.span.end : told[0].span.start] for mark in _APART):
                break
            if self._is_request(one):
                return told or [one]
            if self._is_answered(one):
                told.insert(0, one)
            elif told:
                break
        return told

    def _is_request(self, counted: Reading) -> bool:
        whole = counted.part_of or counted
        return whole.indicator.startswith(_REQUESTS) or self.request.search(whole.label) is not None

    def _is_answered(self, counted: Reading) -> bool:
        return self.answered.search(counted.label) is not None
