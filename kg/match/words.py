"""The words of a text with their parts of speech, from the jieba dictionary."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba


@dataclass(frozen=True, slots=True)
class Words:
    """Words in order; ``starts`` has one entry a word and a last one for the end of the text.

    >>> words = segment("建立健全公开发布机制")
    >>> [words.text(i) for i in range(len(words.tags))]
    ['建立健全', '公开', '发布', '机制']
    """

    source: str
    starts: array  # type: ignore[type-arg]
    tags: tuple[str, ...]

    def text(self, index: int) -> str:
        """The word at this index."""
        return self.source[self.starts[index] : self.starts[index + 1]]

    def at(self, position: int) -> int:
        """The index of the word that holds this position."""
        return bisect_right(self.starts, position) - 1

    def ends_at(self, position: int) -> bool:
        """Whether a word ends here."""
        index = bisect_right(self.starts, position) - 1
        return position == len(self.source) or self.starts[index] == position


def segment(text: str) -> Words:
    """Cut a text into words."""
    starts = array("l")
    tags = []
    position = 0
    for word, tag in rjieba.tag(text, False):
        starts.append(position)
        tags.append(tag)
        position += len(word)
    starts.append(position)
    return Words(text, starts, tuple(tags))


def longest(words: Iterable[str]) -> tuple[str, ...]:
    """Words in the order in which they are tried: the longest first.

    >>> longest(["市", "自治区", "县"])
    ('自治区', '县', '市')
    """
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
