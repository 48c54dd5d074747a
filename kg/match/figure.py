"""Figures as a text has them: a number with its unit, where the words around it do not make it part of a name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.match.mention import Figure, Mention
from kg.match.sentence import Sentence
from kg.match.words import Words, segment
from kg.schema.ontology import Ontology
from kg.terms import expand
from kg.text.document import Span
from kg.values import Quantity, UnitFinder, quantities

QUANTITY = "Quantity"  # a slot of patterns that is no class
_RULE = expand("rule:figure")


@dataclass(frozen=True, slots=True)
class FigureFinder:
    """Finds figures with the units and words of one ontology."""

    units: UnitFinder
    things: tuple[
        str, ...
    ]  # nouns that are counted though one with their unit looks like a word (7个|子栏目)
    great_measure: tuple[str, ...]
    great_things: tuple[str, ...]  # what these count (三大|栏目)

    @classmethod
    def of(cls, ontology: Ontology, things: tuple[str, ...]) -> "FigureFinder":
        """A finder for an ontology."""
        words = ontology.words
        return cls(
            UnitFinder(ontology.vocabulary.symbols()), things, words["greatMeasure"], words["greatThing"]
        )

    def figures(self, sentence: Sentence, barred: Sequence[Span]) -> Iterator[Mention]:
        """The figures of a sentence outside the barred stretches."""
        text, span = sentence.text, sentence.span
        for quantity in quantities(text, self.units, start=span.start, end=span.end):
            where = Span(quantity.start, quantity.end)
            if any(other.overlaps(where) for other in barred) or self._in_name(sentence, quantity):
                continue
            number = Span(quantity.start, quantity.number_end)
            detail = Figure(quantity.value, quantity.unit, quantity.bound, quantity.decimals, number)
            yield Mention(where, QUANTITY, _RULE, detail, (where,))

    def _in_name(self, sentence: Sentence, quantity: Quantity) -> bool:
        """Whether what looks like a figure is part of another word, or of a name (三大|攻坚战)."""
        text, words, end = sentence.text, sentence.words, quantity.end
        if (
            quantity.unit
            and _longer_word(words, quantity.number_end, quantity.unit)
            and not text.startswith(self.things, end)
        ):
            return True
        if quantity.unit in self.great_measure and not text.startswith(self.great_things, end):
            return True
        return bool(quantity.words) and not _number_alone(
            words, quantity.start, quantity.number_end, end if _counts(text, quantity) else -1
        )


def _longer_word(words: Words, start: int, unit: str) -> bool:
    """Whether what looks like a unit begins another word (六|部分, 两|个月); 百分之三十|以上 has none of its own."""
    index = words.at(start)
    written = words.source.startswith(unit, start) and len(unit) == 1
    longer = written and words.starts[index] == start and words.starts[index + 1] > start + len(unit)
    return bool(longer) and not _is_noun(words.text(index)[len(unit) :])


def _is_noun(rest: str) -> bool:
    """Whether what the dictionary joins to a measure is a noun of its own: 4份|文件."""
    cut = segment(rest)
    return len(rest) > 1 and len(cut.tags) == 1 and cut.tags[0].startswith("n")


def _number_alone(words: Words, start: int, end: int, unit_end: int = -1) -> bool:
    """Whether Chinese numerals are a number, maybe in one word with their unit, and not part of another word (红|十字, 十分)."""
    index = words.at(start)
    if words.starts[index] != start:
        return False
    return words.starts[index + 1] in (*range(start, end + 1), unit_end) or words.tags[index].startswith("m")


def _counts(text: str, quantity: Quantity) -> bool:
    """Whether numerals say how many, whatever word they stand in: 两期, 百余人, 近千人."""
    return quantity.bound in ("AtLeast", "Nearly") or text[quantity.start] == "两"
