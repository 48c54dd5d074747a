"""The marks that headings begin with: 一、 （一） 1. （1） and 一是."""

import re
from dataclasses import dataclass

_CHINESE = "一二三四五六七八九十"
_VALUES = {digit: value for value, digit in enumerate(_CHINESE, 1)}
_ORDINAL = rf"[{_CHINESE}]{{1,3}}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_MARKS = (
    (1, re.compile(rf"第(?P<n>{_ORDINAL})(?:部分|章)[、：. ]?")),
    (
        1,
        re.compile(rf"(?P<n>{_ORDINAL})(?:、|[.，：,:](?!\d)| (?=[^\d\s]))(?!是|级|类|[{_CHINESE}][、级类])"),
    ),
    (2, re.compile(rf"（(?P<n>{_ORDINAL})）[、.]?(?!(?:至|到|、|和|及)?（|[项款目条])")),
    (
        4,
        re.compile(
            r"\d{1,2}[.．](?P<n>\d{1,2})(?:[、.．]|(?= ?[\u4e00-\u9fff]))(?! ?[\d万亿元余多倍个件条年月])"
        ),
    ),
    (3, re.compile(r"(?P<n>\d{1,2})(?:[、]|[.](?!\d)|．)(?!\d)")),
    (4, re.compile(r"（(?P<n>\d{1,2})）[、.]?(?![项款目条])")),
    (4, re.compile(r"(?P<n>\d{1,2})）")),
    (4, re.compile(rf"(?P<n>[{_CIRCLED}])")),
    (4, re.compile(rf"(?P<n>[{_CHINESE}]{{1,2}})(?:是(?!否)|要(?=[\u4e00-\u9fff]))")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a heading: its words, level and value, and where it ends."""

    words: str
    level: int
    value: int
    end: int


def mark_at(folded: str, start: int, end: int) -> Mark | None:
    """The mark that a paragraph begins with, if any.

    >>> mark_at("（二）依申请公开", 0, 8)
    Mark(words='（二）', level=2, value=2, end=3)
    >>> mark_at("一、二级响应", 0, 6) is None
    True
    """
    for level, pattern in _MARKS:
        found = pattern.match(folded, start, end)
        if found:
            value = ordinal(found["n"])
            if value:
                return Mark(found[0].strip(), level, value, found.end())
    return None


def ordinal(words: str) -> int:
    """The value of a heading's number up to 99, or 0 where it is none.

    >>> ordinal("十二"), ordinal("二十"), ordinal("7"), ordinal("③"), ordinal("十十")
    (12, 20, 7, 3, 0)
    """
    if words.isascii():
        return int(words) if words.isdecimal() and len(words) < 10 else 0
    if words in _CIRCLED:
        return _CIRCLED.index(words) + 1
    if len(words) == 1:
        return _VALUES.get(words, 0)
    tens, ten, units = words.partition("十")
    if not ten or len(tens) > 1 or len(units) > 1 or "十" in units or not {*tens, *units} <= _VALUES.keys():
        return 0
    return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[units] if units else 0)
