"""Lines of a web page's furniture around the text: breadcrumbs, share bars, sources, footers, page numbers."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.text.cues import Cues

_BETWEEN = re.compile(r"[\s|｜>》»›<《/:：\[\]【】()（）·,，;；、\-—_]+")
_WORDLESS = re.compile(r"[\W_]+")
_TIME = re.compile(
    r"(?:19|20)\d\d(?:[-/.年])\d{1,2}(?:[-/.月])\d{1,2}日?\s*(?:\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?|分)?)?"
)
_VALUE = re.compile(r"\d+(?:[:：.]\d+)*次?")
_PAGE_NUMBER = re.compile(r"[-—–－_]+ ?\d{1,4} ?[-—–－_]+|第 ?\d{1,4} ?页(?:[,，/ ]*共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4}")
_PROSE = re.compile(r"[，。；,;]")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a sequence of lines holds besides text: the kind of noise of each line, or ``""``, and what was said there."""

    kinds: tuple[str, ...]
    metadata: tuple[tuple[str, str], ...]


def is_page_number(text: str) -> bool:
    """Whether a line holds a page number and nothing else.

    >>> is_page_number("- 3 -"), is_page_number("第 3 页 共 10 页"), is_page_number("3")
    (True, True, False)
    """
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))


def furniture(lines: Sequence[str], cues: Cues, *, anchors: Collection[int] = ()) -> Furniture:
    """Which lines are no part of the text.

    Labels count as furniture only before the first and after the last line of prose; within the text they are the text.
    ``anchors`` are lines that stand for a table, which bounds the text as prose does.

    >>> cues = Cues(navigation=("来源",), buttons=("打印",))
    >>> furniture(["打印", "来源：本局", "2020年，我局认真落实要求，主动公开信息。"], cues).kinds
    ('navigation', 'navigation', '')
    """
    prose = [at for at, line in enumerate(lines) if at in anchors or _is_prose(line)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    kinds: list[str] = []
    pairs: list[tuple[str, str]] = []
    label = ""
    for at, line in enumerate(lines):
        outside = at < first or at > last
        kind = "page-number" if is_page_number(line) else ""
        if not kind and outside and len(line) <= _LONGEST:
            value = "" if _open(line) else line
            if label and value and len(value) <= 20 and not _PROSE.search(value) and not _is_button(value, cues):
                kind = "navigation"
                pairs.append((label, value))
            elif _is_furniture(line, cues) or (at > last and _is_footer(line, cues)):
                kind = "navigation"
                pairs.extend(_pairs(line, cues))
        elif not kind and _is_trail(line, cues):
            kind = "navigation"
        label = _open(line) if kind == "navigation" else ""
        kinds.append(kind)
    _spread(lines, kinds, cues)
    return Furniture(tuple(kinds), tuple(pairs))


def _is_prose(line: str) -> bool:
    return len(line) >= 30 and len(_PROSE.findall(line)) >= 2 and line.count(">") < 2


def _open(line: str) -> str:
    """The label of a line that ends after it, its value being on the next."""
    return line.rstrip(":： ") if line.endswith((":", "：")) and len(line) <= 12 and "【" not in line else ""


def _is_button(text: str, cues: Cues) -> bool:
    return text in cues.buttons or text in cues.navigation


def _is_furniture(line: str, cues: Cues) -> bool:
    if _is_trail(line, cues):
        return True
    label = next((word for word in cues.navigation if line.lstrip("【[( （").startswith(word)), "")
    if label:
        rest = line.lstrip("【[( （")[len(label) :]
        if (not rest or rest[0] in ":： 】|>") and not re.search("[。；]", rest):
            return True
    if _TIME.fullmatch(line) and re.search(r"\d[:：时]\d", line):
        return True
    tokens = [token for token in _BETWEEN.split(_TIME.sub(" ", line)) if token]
    known = [token for token in tokens if _is_button(token, cues)]
    other = [token for token in tokens if token not in known and not _VALUE.fullmatch(token)]
    return bool(known) and not other and any(len(token) > 1 for token in known)


def _is_trail(line: str, cues: Cues) -> bool:
    """A breadcrumb: steps parted by arrows, the first a known word."""
    if len(line) > _LONGEST or not re.search("[>»›》]", line) or "《" in line:
        return False
    return any(word in line for word in cues.navigation + cues.buttons) and not re.search("[。；]", line)


def _is_footer(line: str, cues: Cues) -> bool:
    return "。" not in line and any(word.lower() in line.lower() for word in cues.footer)


def _spread(lines: Sequence[str], kinds: list[str], cues: Cues) -> None:
    """Bits between two lines of furniture, or a button of one character beside one, belong to it."""
    for step in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        back = -1 if step.step > 0 else 1
        for at in step:
            bit = _WORDLESS.fullmatch(lines[at]) or (len(lines[at]) == 1 and lines[at] in cues.buttons)
            if not kinds[at] and bit and kinds[at + back] == "navigation":
                kinds[at] = "navigation"


def _pairs(line: str, cues: Cues) -> list[tuple[str, str]]:
    """What a line of labels says: source, time, author."""
    labels = sorted({*cues.navigation, *cues.footer, *cues.info}, key=lambda word: (-len(word), word))
    if not labels:
        return []
    found = list(re.finditer("(" + "|".join(map(re.escape, labels)) + ")[:：]", line))
    ends = [match.start() for match in found[1:]] + [len(line)] * bool(found)
    pairs = [(match[1], line[match.end() : end].strip(" |【】[]　")) for match, end in zip(found, ends, strict=True)]
    return [(name, value) for name, value in pairs if value]
