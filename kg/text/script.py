"""Traditional script becomes simplified, character by character where it can, with every offset kept."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Protocol, cast

from opencc import OpenCC

from kg.text.spaces import HAN
from kg.text.traced import Edit, Traced

_CHUNK = re.compile(rf"[{HAN}]{{1,120}}")
_ENOUGH = 0.05
_BLOCK_ENOUGH = 0.15
_TAIWAN_WORDS = 3


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(name: str) -> _Converter:
    return cast(_Converter, OpenCC(name))


@cache
def _is_traditional(character: str) -> bool:
    return _converter("t2s").convert(character) != character


def simplify(texts: Sequence[Traced], *, keep: Sequence[str] = ()) -> tuple[list[Traced], tuple[str, ...]]:
    """The texts of one document in simplified script, and what was converted: ``traditional``, ``taiwan``.

    A text counts as traditional by its share of such characters; a single one is left as it stands. ``keep`` names
    words that Taiwan wording shares with the mainland and that keep their mainland form.

    >>> simplify([Traced.of("全市製度建設與政務公開")])[0][0].text
    '全市制度建设与政务公开'
    >>> simplify([Traced.of("成立於2008年")])[0][0].text
    '成立於2008年'
    """
    chosen = _traditional(texts)
    if not any(chosen):
        return list(texts), ()
    wording = "tw2sp" if _taiwan_words(texts, chosen, keep) >= _TAIWAN_WORDS else "tw2s"
    converted = [
        _convert(text, wording, keep) if choose else text for text, choose in zip(texts, chosen, strict=True)
    ]
    return converted, ("traditional", "taiwan") if wording == "tw2sp" else ("traditional",)


def traditional_characters(text: str) -> list[int]:
    """Where a text has characters that simplified script writes otherwise.

    >>> traditional_characters("完善製度")
    [2]
    """
    distinct = {
        character
        for character in set(text)
        if "\u3400" <= character <= "\u9fff" and _is_traditional(character)
    }
    return [at for at, character in enumerate(text) if character in distinct] if distinct else []


@cache
def _simple(character: str) -> str:
    found = _converter("t2s").convert(character)
    return found if len(found) == 1 else character


def simplified(text: str) -> str:
    """The text in simplified script, each character by itself, so that a part of it is changed as the whole is.

    >>> simplified("雲川市人民政府"), simplified("云川")
    ('云川市人民政府', '云川')
    """
    return text if text.isascii() else "".join(map(_simple, text))


def _traditional(texts: Sequence[Traced]) -> list[bool]:
    counts = [_count(text.text) for text in texts]
    han = sum(total for total, _ in counts)
    found = sum(len(odd) for _, odd in counts)
    distinct = len({character for _, odd in counts for character in odd})
    if han and distinct >= 2 and found / han >= _ENOUGH:
        return [True] * len(texts)
    return [total >= 10 and len(set(odd)) >= 3 and len(odd) / total >= _BLOCK_ENOUGH for total, odd in counts]


def _count(text: str) -> tuple[int, list[str]]:
    han = [character for chunk in _CHUNK.findall(text) for character in chunk]
    return len(han), [character for character in han if _is_traditional(character)]


def _chunks(text: str, keep: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """Runs of Chinese characters with their place, and whether Taiwan wording may be looked for in them."""
    kept = re.compile("(" + "|".join(map(re.escape, keep)) + ")") if keep else None
    for found in _CHUNK.finditer(text):
        here = found.start()
        plain = _converter("tw2s").convert(found[0])
        if kept is None or len(plain) != len(found[0]) or not kept.search(plain):
            yield here, found[0], True
            continue
        for number, part in enumerate(kept.split(plain)):
            if part:
                yield here, found[0][here - found.start() :][: len(part)], number % 2 == 0
            here += len(part)


def _taiwan_words(texts: Sequence[Traced], chosen: Sequence[bool], keep: Sequence[str]) -> int:
    """How many words of the chosen texts the mainland words otherwise; counting stops where there are enough."""
    count = 0
    for text, choose in zip(texts, chosen, strict=True):
        for _, chunk, free in _chunks(text.text, keep) if choose else ():
            count += _differences(chunk) if free else 0
            if count >= _TAIWAN_WORDS:
                return count
    return count


def _differences(chunk: str) -> int:
    ours, theirs = _converter("tw2sp").convert(chunk), _converter("tw2s").convert(chunk)
    if ours == theirs:
        return 0
    return sum(
        tag != "equal" for tag, *_ in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
    )


def _convert(traced: Traced, wording: str, keep: Sequence[str]) -> Traced:
    edits: list[Edit] = []
    for start, chunk, free in _chunks(traced.text, keep):
        new = _converter(wording if free else "tw2s").convert(chunk)
        edits.extend(_edits(start, chunk, new))
    return traced.edit(edits)


def _edits(start: int, old: str, new: str) -> Iterator[Edit]:
    """The smallest replacements that turn one run into the other, so that unchanged characters keep their places."""
    if len(old) == len(new):
        yield start, start + len(old), new
        return
    plain = _converter("tw2s").convert(old)
    if len(plain) != len(old):
        plain = old
    for tag, a, b, c, d in SequenceMatcher(None, plain, new, autojunk=False).get_opcodes():
        if tag != "equal" or plain[a:b] != old[a:b]:
            yield start + a, start + b, new[c:d]
