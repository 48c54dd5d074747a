"""What a phrase is about: its content words, each with the weight of how seldom it is used."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.match.words import segment

_CONTENT = ("n", "v", "a", "i", "l", "j", "z", "s", "d")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]+")
_SUFFIXES = "率度"  # make a noun of a verb; the dictionary has them as verbs
_LIGHT = 0.25  # of its weight counts a word that every report has


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a plan between commas: its content words in order, and the one it is about."""

    words: tuple[str, ...]
    head: str
    aim: bool = False  # says what for or how, behind a clause that says what


@dataclass(frozen=True, slots=True)
class Lexis:
    """How much a word says, among some passages.

    ``empty`` are words of no content; of ``common`` ones, which every report has, a little of the weight counts. ``loose``
    nouns name nothing without what stands before them, ``alike`` ones may stand for each other; ``aims`` open a clause that says what for, or how, and not what.
    """

    empty: frozenset[str]
    common: frozenset[str]
    frequency: Mapping[str, int]
    passages: int
    loose: frozenset[str]
    alike: frozenset[str]
    aims: tuple[str, ...]

    @staticmethod
    def of(passages: Iterable[str], words: Mapping[str, Sequence[str]]) -> "Lexis":
        """The lexis of some passages, with the word classes of the ontology."""
        empty = frozenset((*words["planLight"], *words["adverb"], *words["intention"]))
        counts: Counter[str] = Counter()
        number = 0
        for passage in passages:
            number += 1
            counts.update(set(content(passage, empty)))
        return Lexis(
            empty,
            frozenset((*words["domain"], *words["light"])),
            counts,
            number,
            frozenset(words["looseHead"]),
            frozenset(words["ruleKind"]),
            tuple(words["aim"]),
        )

    def weight(self, word: str) -> float:
        """How much it tells that two passages share this word; more the fewer have it."""
        rare = math.log((self.passages + 1) / (self.frequency.get(word, 0) + 0.5))
        return max(rare, 0.1) * (_LIGHT if word in self.common else 1.0)

    def clauses(self, plan: str) -> tuple[Clause, ...]:
        """The clauses of a plan that are about something.

        >>> words = dict.fromkeys(("adverb", "intention", "domain", "light"), ())
        >>> words |= {"planLight": ("开展", "编印"), "looseHead": ("活动",), "ruleKind": (), "aim": ("提高",)}
        >>> for clause in Lexis.of((), words).clauses("编印实务手册，开展宣讲活动，提高能力"):
        ...     print(clause.head, clause.aim)
        手册 False
        宣讲 False
        能力 True
        """
        found: list[Clause] = []
        for part in re.split(r"[，；。,;：]", plan):
            words = content(part, self.empty)
            if words:
                found.append(Clause(words, self._head(words), bool(found) and part.startswith(self.aims)))
        return tuple(found)

    def _head(self, words: Sequence[str]) -> str:
        telling = [word for word in words if word not in self.loose and word not in self.common]
        return (telling or list(words))[-1]

    def about(self, clause: Clause, passage: str) -> bool:
        """Whether a passage has what a clause is about, by that word or by one that may stand for it."""
        if held(clause.head, passage):
            return True
        return clause.head in self.alike and any(word in passage for word in self.alike)

    def cover(self, clause: Clause, passage: str) -> float:
        """The share of a clause's weight that a passage has, from 0 to 1."""
        whole = sum(map(self.weight, clause.words))
        return sum(self.weight(word) * held(word, passage) for word in clause.words) / whole


def content(text: str, empty: frozenset[str]) -> tuple[str, ...]:
    """The words of a text that say what it is about, in order, each once; a single character joins the word before.

    >>> content("全市统一的政策文件库建成", frozenset({"的", "全市"}))
    ('统一', '政策', '文件库', '建成')
    """
    words = segment(text)
    found: list[str] = []
    joined = -1  # index after the last word taken, where a single character may join it
    for index, tag in enumerate(words.tags):
        word = words.text(index)
        if not _HAN.fullmatch(word) or word in empty or tag[0] not in _CONTENT:
            continue
        if len(word) == 1:
            if joined == index and found and (tag[0] == "n" or word in _SUFFIXES):
                found[-1] += word
                joined = index + 1
            continue
        found.append(word)
        joined = index + 1
    return tuple(dict.fromkeys(found))


def held(word: str, passage: str) -> float:
    """How much of a word a passage has: a long word may stand there in halves.

    >>> held("业务培训", "累计培训3100余人次"), held("数据库", "文件库"), held("手册", "编印手册")
    (0.5, 0.0, 1.0)
    """
    if word in passage:
        return 1.0
    if len(word) == 4:
        return sum(0.5 for half in (word[:2], word[2:]) if half in passage)
    return 0.0
