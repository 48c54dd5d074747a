"""One sentence with what is needed to read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.match.agency import PlaceContext
from kg.match.lexicon import Hit
from kg.match.marks import Marks
from kg.match.words import Words
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text, and what the lexicon knows of the words in it."""

    span: Span
    hits: Sequence[Hit]
    place: PlaceContext
    marks: Marks

    @property
    def text(self) -> str:
        """The whole text."""
        return self.place.text

    @property
    def words(self) -> Words:
        """The words of the whole text."""
        return self.place.words
