"""Where one sentence ends and the next begins."""

import re
from collections.abc import Iterator

from kg.text.document import Span

_MARK = re.compile("[。！？]+[”’）》]*|[“‘（《〔【]|[”’）》〕】]")
_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〔": "〕", "【": "】"}
_LONGEST_INSIDE = 400


def sentences(folded: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a paragraph: they end at 。！？, but not inside quotation marks, titles or parentheses.

    A mark that is never closed encloses nothing. A full stop just before a closing quotation mark ends the sentence
    behind that mark.

    >>> text = "公开（含解读。）12条。推行“一网通办。”成效好"
    >>> [span.of(text) for span in sentences(text, 0, len(text))]
    ['公开（含解读。）12条。', '推行“一网通办。”', '成效好']
    """
    inside = _enclosed(folded, start, end)
    here = start
    at = 0
    for found in _MARK.finditer(folded, start, end):
        if found[0][0] not in "。！？":
            continue
        while at < len(inside) and inside[at][1] <= found.start():
            at += 1
        if at < len(inside) and inside[at][0] < found.start() and inside[at][1] > found.end():
            continue
        if at < len(inside) and inside[at][0] < found.start() and folded[found.end() - 1] not in "”’":
            continue
        yield from _trimmed(folded, here, found.end())
        here = found.end()
    yield from _trimmed(folded, here, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _enclosed(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost stretches between a mark and its partner, in order."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for found in re.finditer("[“‘（《〔【”’）》〕】]", folded[start:end]):
        mark, at = found[0], start + found.start()
        if mark in _PAIRS:
            stack.append((mark, at))
            continue
        for depth in range(len(stack) - 1, max(-1, len(stack) - 6), -1):
            if _PAIRS[stack[depth][0]] == mark:
                opened = stack[depth][1]
                del stack[depth:]
                if at - opened <= _LONGEST_INSIDE:
                    while pairs and pairs[-1][0] > opened:
                        pairs.pop()
                    pairs.append((opened, at + 1))
                break
    return pairs
