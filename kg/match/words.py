"""The words of a text with their parts of speech, from the jieba dictionary."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
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


def cut_before(
    words: Words, firsts: Iterable[str], level: str, above: tuple[str, ...], follows: tuple[str, ...] = ()
) -> Words:
    """The words with those cut in two that join what stands before to a level word (领导|和|县政府), and are a county elsewhere.

    ``above`` ends the name of what such a county lies in: 安徽省|和县 stays whole, as it does where nothing stands before it. ``follows``
    are what must follow, where not everything may (加大|局|网站, but 服务|大局).

    >>> words = cut_before(segment("按照领导和县监察局的要求"), ["和"], "县", ("省", "市"))
    >>> [words.text(i) for i in range(len(words.tags))][1:5]
    ['领导', '和', '县', '监察局']
    """
    source, cuts = words.source, dict[int, int]()
    for first in firsts:
        name, size = first + level, len(first)
        for at in _places(source, name):
            if (
                words.ends_at(at)
                and words.text(words.at(at)) == name
                and (
                    not above or size > 1 or source[at - 1 : at].isalnum()
                )  # first in a clause it is a county
                and not source.endswith(above, 0, at)
                and (not follows or source.startswith(follows, at + len(name)))
            ):
                cuts[at] = at + size
    if not cuts:
        return words
    starts, tags = array("l"), []
    for start, tag in zip(words.starts, words.tags, strict=False):
        starts.append(start)
        if start in cuts:
            starts.append(cuts[start])
            tags += ["c", "n"]
        else:
            tags.append(tag)
    starts.append(words.starts[-1])
    return Words(source, starts, tuple(tags))


def cut_at(words: Words, forms: Iterable[str]) -> Words:
    """The words with those cut in two in the middle of which one of these forms begins (利用微|信, where 微信 is meant).

    >>> words = cut_at(segment("充分利用微信公众号"), ["微信"])
    >>> [words.text(i) for i in range(len(words.tags))][:3]
    ['充分', '利用', '微']
    """
    text = words.source
    cuts = set()
    for form in forms:
        at = text.find(form)
        while at >= 0:
            if not words.ends_at(at):
                cuts.add(at)
            at = text.find(form, at + 1)
    if not cuts:
        return words
    starts, tags = array("l"), []
    for index, tag in enumerate(words.tags):
        start, end = int(words.starts[index]), int(words.starts[index + 1])
        pieces = [start, *sorted(cut for cut in cuts if start < cut < end)]
        starts.extend(pieces)
        tags += (
            [tag]
            if len(pieces) == 1
            else [segment(text[a:b]).tags[0] for a, b in zip(pieces, [*pieces[1:], end], strict=True)]
        )
    starts.append(words.starts[-1])
    return Words(text, starts, tuple(tags))


def joined(words: Words, forms: Iterable[str]) -> Words:
    """The words with each of these forms as one word where the dictionary has only its parts.

    >>> words = joined(segment("在云川经开区网站"), ["经开区"])
    >>> words.text(words.at(words.source.index("经")))
    '经开区'
    """
    text = words.source
    inside: set[int] = set()
    for form in forms:
        for at in _places(text, form):
            if words.ends_at(at) and words.ends_at(at + len(form)):
                inside.update(range(at + 1, at + len(form)))
    if not inside:
        return words
    kept = [index for index in range(len(words.tags)) if words.starts[index] not in inside]
    ends = [*(words.starts[index] for index in kept), words.starts[-1]]
    tags = tuple(
        words.tags[index] if words.starts[index + 1] == end else "n"
        for index, end in zip(kept, ends[1:], strict=True)
    )
    return Words(text, array("l", ends), tags)


def _places(text: str, form: str) -> Iterator[int]:
    """Where a form begins; an empty one nowhere."""
    at = text.find(form) if form else -1
    while at >= 0:
        yield at
        at = text.find(form, at + 1)


def longest(words: Iterable[str]) -> tuple[str, ...]:
    """Words in the order in which they are tried: the longest first.

    >>> longest(["市", "自治区", "县"])
    ('自治区', '县', '市')
    """
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def alternatives(words: Iterable[str]) -> str:
    """Any of some words, the longest first, as branches of a regular expression; nothing matches where there are none.

    >>> alternatives(["国令", "国务院令"]), alternatives([])
    ('国务院令|国令', '(?!)')
    """
    return "|".join(map(re.escape, longest(words))) or "(?!)"
