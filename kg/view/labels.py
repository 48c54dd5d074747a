"""Names short enough to stand beside a node."""

import re
import unicodedata
from collections.abc import Iterable

WIDTH = 14  # in Chinese characters; two narrow ones count as one
_LEAST = 5  # a shorter form says too little by itself
_TAIL = re.compile(r"\s(\S{1,9})$")


def width(text: str) -> float:
    """How wide a text is drawn, in Chinese characters.

    >>> width("政策12"), width("")
    (3.0, 0.0)
    """
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text) + 0.0


def short(name: str, others: Iterable[str] = (), number: str = "", *, limit: int = WIDTH) -> str:
    """A name of at most ``limit`` characters: itself, the longest other that fits, its number, or its beginning.

    What stands apart at the end, as a figure's value does, is kept.

    >>> short("云川市人民政府")
    '云川市人民政府'
    >>> short("云川市人民政府关于印发政务公开办法的通知", ["办法"], "云政发〔2020〕17号")
    '云政发〔2020〕17号'
    >>> short("云川市人民政府关于印发政务公开办法的通知")
    '云川市人民政府关于印发政务…'
    >>> short("通过各类渠道受理政府信息公开申请 598件")
    '通过各类渠道受理政府…598件'
    """
    name = " ".join(name.split())
    if width(name) <= limit:
        return name
    fitting = [other for other in others if _LEAST <= width(other) <= limit] or [number]
    if 0 < width(fitting[0]) <= limit:
        return max(fitting, key=width)
    tail = found[1] if (found := _TAIL.search(name)) else ""
    head = name[: found.start()] if found else name
    return f"{_head(head, limit - 1 - width(tail))}…{tail}"


def _head(text: str, room: float) -> str:
    end = 0
    while end < len(text) and width(text[: end + 1]) <= room:
        end += 1
    while end and unicodedata.combining(
        text[min(end, len(text) - 1)]
    ):  # never between a letter and its accent
        end -= 1
    return text[:end].rstrip()
