"""Lines of a web page's furniture around the text: breadcrumbs, share bars, sources, footers, page numbers."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.text.cues import Cues

_BETWEEN = re.compile(r"[\s|｜>》»›<《/:：\[\]【】()（）·•●◆►*,，;；、\-—_]+")
_WORDLESS = re.compile(r"[\W_]+")
_TIME = re.compile(
    r"(?:19|20)\d\d(?:[-/.年])\d{1,2}(?:[-/.月])\d{1,2}日?\s*(?:\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?|分)?)?"
)
_DATE = re.compile(r"[•·●◆►*\- ]*(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
_VALUE = re.compile(r"\d+(?:[:：.]\d+)*次?")
_PAGE_NUMBER = re.compile(
    r"[-—–－_]+ ?\d{1,4} ?[-—–－_]+|第 ?\d{1,4} ?页(?:[,，/ ]*共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4}"
)
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


@dataclass(frozen=True, slots=True)
class _Words:
    """The cues as regular expressions and sets, made once for a document."""

    label: re.Pattern[str]
    any: re.Pattern[str]
    footer: re.Pattern[str]
    imprint: re.Pattern[str]
    pair: re.Pattern[str]
    buttons: frozenset[str]

    @classmethod
    def of(cls, cues: Cues) -> "_Words":
        """Compile the cues; an empty class matches nothing."""
        return cls(
            re.compile(rf"[【\[( （•·●◆►*-]*(?:{_either(cues.navigation)})(?P<rest>.?)", re.S),
            re.compile(_either(cues.navigation + cues.buttons)),
            re.compile(_either(cues.footer), re.I),
            re.compile(_either(cues.imprint), re.I),
            re.compile(f"({_either(cues.navigation + cues.footer + cues.info)})[:：]"),
            frozenset(cues.navigation + cues.buttons),
        )


def _either(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))) or "(?!)"


def furniture(lines: Sequence[str], cues: Cues, *, anchors: Collection[int] = ()) -> Furniture:
    """Which lines are no part of the text.

    Labels count as furniture only before the first and after the last line of prose; within the text they are the text.
    ``anchors`` are lines that stand for a table, which bounds the text as prose does.

    >>> cues = Cues(navigation=("来源",), buttons=("打印",))
    >>> furniture(["打印", "来源：本局", "2020年，我局认真落实要求，主动公开信息，接受各方面的监督。"], cues).kinds
    ('navigation', 'navigation', '')
    """
    words = _Words.of(cues)
    prose = [
        at
        for at, line in enumerate(lines)
        if at in anchors or (_is_prose(line) and not words.imprint.search(line))
    ]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    kinds: list[str] = []
    pairs: list[tuple[str, str]] = []
    label = ""
    for at, line in enumerate(lines):
        outside = at < first or at > last
        kind = "page-number" if is_page_number(line) else ""
        if not kind and outside and len(line) <= _LONGEST:
            if label and _is_value(line, words):
                kind = "navigation"
                pairs.append((label, line))
            elif _is_furniture(line, words) or (at > last and _is_footer(line, words)):
                kind = "navigation"
                pairs.extend(_pairs(line, words))
        elif not kind and _is_trail(line, words):
            kind = "navigation"
        label = _open(line) if kind == "navigation" else ""
        kinds.append(kind)
    _spread(lines, kinds, words)
    return Furniture(tuple(kinds), tuple(pairs))


def _is_prose(line: str) -> bool:
    return len(line) >= 30 and len(_PROSE.findall(line)) >= 2 and line.count(">") < 2


def _open(line: str) -> str:
    """The label of a line that ends after it, its value being on the next."""
    return line.rstrip(":： ") if line.endswith((":", "：")) and len(line) <= 12 and "【" not in line else ""


def _is_value(line: str, words: _Words) -> bool:
    """Whether a line can be the value of the label before it."""
    return not _open(line) and len(line) <= 20 and not _PROSE.search(line) and line not in words.buttons


def _is_furniture(line: str, words: _Words) -> bool:
    if _is_trail(line, words):
        return True
    label = words.label.match(line)
    if label and (not label["rest"] or label["rest"] in ":： 】|>") and not re.search("[。；]", line):
        return True
    if _TIME.fullmatch(line) and re.search(r"\d[:：时]\d", line):
        return True
    if not words.any.search(line):
        return False
    tokens = [token for token in _BETWEEN.split(_TIME.sub(" ", line)) if token]
    known = [token for token in tokens if token in words.buttons]
    other = [token for token in tokens if token not in words.buttons and not _VALUE.fullmatch(token)]
    return not other and any(len(token) > 1 for token in known)


def _is_trail(line: str, words: _Words) -> bool:
    """A breadcrumb: steps parted by arrows, among them a known word."""
    if len(line) > _LONGEST or "《" in line or not re.search("[>»›》]", line):
        return False
    return words.any.search(line) is not None and not re.search("[。；]", line)


def _is_footer(line: str, words: _Words) -> bool:
    return ("。" not in line and words.footer.search(line) is not None) or words.imprint.search(
        line
    ) is not None


def _spread(lines: Sequence[str], kinds: list[str], words: _Words) -> None:
    """Bits between two lines of furniture, or a button of one character beside one, belong to it."""
    for step in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        back = -1 if step.step > 0 else 1
        for at in step:
            bit = (
                _WORDLESS.fullmatch(lines[at])
                or _DATE.fullmatch(lines[at])
                or (len(lines[at]) == 1 and lines[at] in words.buttons)
            )
            if not kinds[at] and bit and kinds[at + back] == "navigation":
                kinds[at] = "navigation"


def _pairs(line: str, words: _Words) -> list[tuple[str, str]]:
    """What a line of labels says: source, time, author."""
    found = list(words.pair.finditer(line))
    ends = [match.start() for match in found[1:]] + [len(line)] * bool(found)
    pairs = [
        (match[1], line[match.end() : end].strip(" |【】[]")) for match, end in zip(found, ends, strict=True)
    ]
    return [(name, value) for name, value in pairs if value]
