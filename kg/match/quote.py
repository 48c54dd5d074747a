"""Quotations that are no part of a name; a pattern may make names of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.match.mention import Mention, Quote
from kg.match.sentence import Sentence
from kg.schema.ontology import Ontology
from kg.terms import expand
from kg.text.document import Span

QUOTE, MOTTO = "Quote", "Motto"  # slots of patterns that are no classes
_RULE = expand("rule:quote")
_LEAST, _MOST = 4, 32  # characters, with the marks
_BY_NUMBERS = re.compile(r"(?:[一二三四五六七八九十两双][\u4e00-\u9fff]{1,2}、?){2,4}")


@dataclass(frozen=True, slots=True)
class QuoteFinder:
    """Finds quotations, and tells mottos by the words that an ontology gives them in pairs."""

    mottos: tuple[tuple[str, str], ...]  # 谁 … 谁

    @classmethod
    def of(cls, ontology: Ontology) -> "QuoteFinder":
        """A finder for an ontology."""
        pairs = (pair.partition("…") for pair in ontology.words["motto"])
        return cls(tuple((first, second) for first, _, second in pairs))

    def quotes(self, sentence: Sentence, taken: Sequence[Span]) -> Iterator[Mention]:
        """The quotations of a sentence that overlap nothing that is taken."""
        text = sentence.text
        for start, end in sentence.marks.pairs(text, "“", sentence.span.start, sentence.span.end):
            where = Span(start, end)
            if _LEAST <= len(where) <= _MOST and not any(other.overlaps(where) for other in taken):
                cls = MOTTO if self._is_motto(text[start + 1 : end - 1]) else QUOTE
                yield Mention(where, cls, _RULE, Quote(), (where,))

    def _is_motto(self, words: str) -> bool:
        """Whether a quotation tells in parallel words who or what comes when (谁主管、谁负责, 先审查、后公开, 三审三校)."""
        return bool(_BY_NUMBERS.fullmatch(words)) or any(
            words.startswith(first) and second in words[len(first) :] for first, second in self.mottos
        )
