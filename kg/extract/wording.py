"""The words that say what is counted, whatever text they came from: verb, thing, filler and level told apart."""

import re
from collections.abc import Iterable
from itertools import pairwise

from kg.match.words import Words, alternatives, segment
from kg.schema.ontology import Ontology

_SHORTEST = 2  # characters of a noun
_FILLER = 6  # characters of the longest filler
_MARKS = re.compile(r"^[，、；：。（）\s]+|[，、；：。（\s]+$")
_QUOTED = re.compile(r"“[^“”]+”")
_TIMED = re.compile(r"^\d+(?:秒|分钟)内?(?=\w{1,6}率$)")  # how soon, before what is a rate of it


class Wording:
    """Takes labels of figures apart, with the words of one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        words = ontology.words
        self.filler = frozenset(words["fillerVerb"])
        self.boundary = frozenset(words["boundary"])
        self.verbal = frozenset(words["ambiguousVerb"])
        self.bare_nouns = frozenset(words["bareNoun"])
        verbs = (*words["ambiguousVerb"], *words["boundary"], *words["ofTheSame"])
        self._deeds = re.compile(f"(?:{alternatives(verbs)})+")
        self._own = either(words["ownScope"])
        self._level = words["levelOf"]
        self._total = words["total"]
        self._rest = words["remainder"]
        levels = alternatives((*words["level"], *words["genericLevels"]))
        each = alternatives(words["determiner"])
        self._below = re.compile(f"(?:{each})?(?P<those>(?:{levels})+(?:[、（](?:{levels})+)*）?)")

    def bare(self, words: str) -> str:
        """A label without filler at its ends."""
        return trim(words, self.filler)

    def says_little(self, words: str) -> bool:
        """Whether a label names nothing by itself (已有|事项)."""
        return self.bare(words) in self.bare_nouns

    def only_done(self, words: str) -> bool:
        """Whether words say what was done and not to what (已办结, 公开答复)."""
        return self._deeds.fullmatch(self.bare(words)) is not None

    def is_verb(self, words: str) -> bool:
        """Whether words are one verb of doing (已|办结)."""
        return self.bare(words) in self.verbal | self.boundary

    def is_rest(self, words: str) -> bool:
        """Whether a label begins with what is left of a whole (其余|申请)."""
        return words.startswith(self._rest)

    def only_level(self, words: str) -> bool:
        """Whether a label says no more than whose figure it is: 市本级, 县政府本级."""
        cue = self._own.search(words)
        around = words[: cue.start()] + words[cue.end() :] if cue is not None else words
        return cue is not None and around in ("", *self._level)

    def below(self, words: str) -> str:
        """The places below, where a label says no more than that a figure is theirs: 县（市、区）, 各|乡镇; else nothing."""
        found = self._below.fullmatch(words)
        return found["those"] + "）" * (words.count("（") - found["those"].count("）")) if found else ""

    def thing(self, words: str) -> str:
        """What a label counts, without the verb it begins with (受理|信访件)."""
        plain = self.bare(words)
        verb = max((word for word in self.boundary if plain.startswith(word)), key=len, default="")
        return plain[len(verb) :] or plain or words

    def object(self, words: str) -> str:
        """What a label counts without all verbs before it (公开|审核|信息, 受理|投诉); empty where it is a verb alone (审核)."""
        plain = self.bare(words)
        cut = segment(plain)
        first = self._past_total(cut)
        while first < len(cut.tags) and self._deeds.fullmatch(cut.text(first)):
            rest = plain[cut.starts[first + 1] :]
            if len(rest) < _SHORTEST:
                break
            first += 1
        thing = plain[cut.starts[first] :]
        return "" if len(thing) < _SHORTEST or (not first and self.only_done(plain)) else thing

    def _past_total(self, cut: Words) -> int:
        """The index behind a word of total that a verb follows (信箱|共|收到来信); 0 where none does."""
        pairs = pairwise(range(len(cut.tags)))
        totals = [at for at, (here, after) in enumerate(pairs) if self._sums(cut, here, after)]
        return totals[-1] + 1 if totals else 0

    def _sums(self, cut: Words, here: int, after: int) -> bool:
        verb = cut.text(after) in self.filler or self._deeds.fullmatch(cut.text(after)) is not None
        return cut.text(here) in self._total and verb

    def became(self, words: str) -> str:
        """What became of a part, where nothing but filler stands around words in quotation marks: 为“不存在”等."""
        quoted = _QUOTED.search(words)
        around = words.replace(quoted[0], "", 1) if quoted is not None else words
        return quoted[0][1:-1] if quoted is not None and not self.bare(around) else clean(words)


def either(words: Iterable[str]) -> re.Pattern[str]:
    """One expression for any of some words, the longest first.

    >>> either(["公开", "公开率"]).search("主动公开率").group()
    '公开率'
    """
    return re.compile(alternatives(words))


def trim(text: str, filler: frozenset[str]) -> str:
    """Words without filler and marks at both ends.

    >>> trim("，共收到申请", frozenset({"共", "收到"}))
    '申请'
    """
    changed = True
    while changed and text:
        changed = False
        for size in range(min(_FILLER, len(text)), 0, -1):
            if text[:size] in filler or not text[0].isalnum():
                text, changed = text[size if text[:size] in filler else 1 :], True
                break
            if text[-size:] in filler or not text[-1].isalnum():
                text, changed = text[: -(size if text[-size:] in filler else 1)], True
                break
    return text


def clean(label: str) -> str:
    """A label without marks at its ends.

    >>> clean("，受理申请：")
    '受理申请'
    >>> clean("“明白卡”")
    '明白卡'
    >>> clean("20秒接通率")
    '接通率'
    """
    words = _TIMED.sub("", _MARKS.sub("", label).replace("\n", "")).removeprefix("”").removesuffix("“")
    return words[1:-1] if _QUOTED.fullmatch(words) else words
