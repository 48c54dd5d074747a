"""Names compared as a reader would: width, punctuation, quotes, spaces and script do not matter."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

import opencc

_BRACKETS = str.maketrans("〔﹝【［[（{〕﹞】］]）}", "(((((((" + ")))))))")
_SPACE = re.compile(r"\s+")
_LENIENT = 0.6


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without punctuation, quotes and spaces, in half-width simplified letters.

    >>> fold("“眾志成城，打赢疫情防控之战” 专栏") == fold("「众志成城,打赢疫情防控之战」专栏")
    True
    >>> fold("“互联网＋监管”改革")
    '互联网+监管改革'
    """
    plain = unicodedata.normalize("NFKC", name)
    kept = "".join(c for c in plain if unicodedata.category(c)[0] not in "PZC")
    return str(_converter().convert(kept)).casefold()


@lru_cache(maxsize=4096)
def fold_number(number: str) -> str:
    """A document number with its brackets in one form.

    >>> fold_number("国办发[2020]17 号") == fold_number("国办发〔2020〕17号")
    True
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", number).translate(_BRACKETS))


def overlap(one: str, other: str) -> float:
    """The share of characters two folded names have in common: Dice, each character as often as it stands.

    >>> overlap("abcd", "abce")
    0.75
    """
    if not one or not other:
        return 0.0
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other))


def likeness(one: str, other: str) -> float:
    """How alike two folded names are: 3 if the same, above 1 if one contains the other, else their overlap.

    >>> likeness("文件清理", "文件清理"), likeness("清理", "文件清理") > 1
    (3.0, True)
    """
    if not one or not other:
        return 0.0
    if one == other:
        return 3.0
    contained = one in other or other in one
    return overlap(one, other) + (1.0 if contained else 0.0)


def lenient(one: str, other: str) -> bool:
    """Whether two folded names match leniently: one contains the other, or their overlap is at least 0.6.

    >>> lenient(fold("“跨省通办”改革"), fold("“跨省通办”")), lenient(fold("教育培训"), fold("政策解读"))
    (True, False)
    """
    return likeness(one, other) >= _LENIENT
