"""White space inside Chinese words and numbers goes; white space that separates columns or Latin words stays."""

import re

from kg.text.traced import Traced

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇○\U00020000-\U0003ffff"
_WIDE = (
    HAN
    + "，。；：！？、（）【】〔〕《》〈〉“”‘’「」『』·…—％\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_RUN = re.compile(r"\s+")
_STOP = re.compile(r"[，。；！？,;]")
_NUMERIC = re.compile(r"[-+]?[\d,.]+%?|[-—/]|零|无")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3} ?[、.．）)]")
_SPELLED_OUT = re.compile(r"(?<![\d.,])\d(?: \d){3}(?= ?[年〕\]）)])")
_DOUBLED = re.compile(
    r"(?<=[，,])(?<=[^\x00-\xff][，,])[，,]+(?=[^\x00-\xff])|(?<=、)、+|(?<=；)；+|(?<=(?<!。)。)。(?!。)"
)
_WIDE_SPACE = re.compile(rf" +(?=[{_WIDE}])|(?<=[{_WIDE}]) +")


def tidy(traced: Traced, *, cell: bool = False) -> Traced:
    """One space at most between words, none inside Chinese.

    A line that reads as the row of a table keeps a space between its columns; ``cell`` says that it cannot be one.

    >>> tidy(Traced.of("截至 2024 年 底，总 计 25 件")).text
    '截至2024年底，总计25件'
    >>> tidy(Traced.of("行政规范性文件  3  0  8")).text
    '行政规范性文件 3 0 8'
    """
    traced = traced.strip()
    if _DOUBLED.search(traced.text):
        traced = traced.sub(_DOUBLED, "")
    if not (_RUN.search(traced.text)):
        return traced
    traced = traced.sub(_RUN, " ").sub(_SPELLED_OUT, lambda found: found[0].replace(" ", ""))
    if not cell and is_row(traced.text):
        return traced
    columns = not cell and _may_hold_columns(traced.text)
    text = traced.text
    edits = []
    for found in _WIDE_SPACE.finditer(text):
        if columns and _between_words(text, found.start(), found.end()):
            continue
        edits.append((found.start(), found.end(), ""))
    return traced.edit(edits)


def is_row(text: str) -> bool:
    """Whether a line of plain text reads as a row: a label, then figures.

    >>> is_row("行政许可 9487"), is_row("2024 年 12 月"), is_row("第 711 号")
    (True, False, False)
    """
    tokens = text.split()
    if len(tokens) < 2 or _STOP.search(re.sub(r"\d,\d", "", text)) or not _NUMERIC.fullmatch(tokens[-1]):
        return False
    numeric = [bool(_NUMERIC.fullmatch(token)) for token in tokens]
    first = numeric.index(True)
    return first > 0 and all(numeric[first:]) and len(tokens[first - 1]) > 1


def _may_hold_columns(text: str) -> bool:
    """Whether spaces may part columns or a name from an office: not in prose, headings and long titles."""
    return not (_STOP.search(text) or _NUMBERED.match(text) or (text.count(" ") == 1 and len(text) > 24))


def _between_words(text: str, start: int, end: int) -> bool:
    """Whether a space parts two words of at least two Chinese characters each, as between columns or names."""
    left = text.rfind(" ", 0, start) + 1
    right = text.find(" ", end)
    before, after = text[left:start], text[end : right if right >= 0 else len(text)]
    return min(len(before), len(after)) > 1 and not (before.isascii() or after.isascii())
