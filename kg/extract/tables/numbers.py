"""Numbers as they stand in table cells and between labels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.match.words import alternatives
from kg.schema.form import Form
from kg.text.document import Span

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_CUT = r"\d(?: ?\d){0,2}(?: ?[,，](?: ?\d){3})+(?: ?\.(?: ?\d)+)?"  # 59,74 5: broken over the lines of a narrow cell
_MINUS = "-－−"
_BRACKETS = re.compile(r"（[^（）]{0,60}）")
_ORDINAL = re.compile(r"（[一二三四五六七八九十]{1,3}）")
_BLANKED = re.compile(r"[\x00\x01]")
_PAGE = re.compile(
    r"(?m)[-—–－―]+[ \t]*\d{1,3}[ \t]*[-—–－―]+[ \t]*$|^[ \t\u3000]*(?:第[ \t]*\d{1,3}[ \t]*页(?:[，,/ \t]*共[ \t]*\d{1,3}[ \t]*页)?|\d{1,3}[ \t]*/[ \t]*\d{1,3})[ \t]*$"
)
_AROUND = " \t\u3000-—–－−·|"  # what may stand beside the only number of a line
_SINGLE = re.compile(r"[|\t]")
_DOUBLE = re.compile(r"\|\||\t\t")
_DIGITS = re.compile(r"\d+")
_HAN = re.compile(r"[\u3400-\u9fff\u3007A-Za-z]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, with the unit printed beside it."""

    value: Decimal
    span: Span
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of digits between labels; ``gap`` is what stands before it: "none", "weak" (spaces) or "strong"."""

    digits: str
    start: int
    end: int
    gap: str
    alone: bool  # the only thing on its line
    unit: str = ""  # printed after it


@dataclass(frozen=True, slots=True)
class Segment:
    """Words, and the run of numbers after them; ``start`` and ``end`` bound the numbers."""

    words: str
    tokens: tuple[Token, ...]
    start: int
    end: int
    words_start: int


class NumberReader:
    """Reads numbers in folded text with the form's units, marks of blanks, and words for zero."""

    __slots__ = ("_aside", "_blank", "_cell", "_fall", "_item", "_line", "_zero")

    def __init__(self, form: Form) -> None:
        units = "|".join(map(re.escape, sorted(form.unit_words, key=lambda word: (-len(word), word))))
        zeros = "|".join(map(re.escape, form.words["zero"]))
        rise, fall = (
            alternatives((*marks, *form.words[name])) for marks, name in (("+＋", "rise"), (_MINUS, "fall"))
        )
        self._fall = re.compile(fall)
        words = alternatives((*form.words["rise"], *form.words["fall"]))
        ends = "".join(dict.fromkeys(word[-1] for word in form.words["zero"]))
        short = "".join(word for word in form.unit_words if len(word) == 1)
        word_before, word_after = (
            rf"(?<!(?![{ends}{short}])[\u3400-\u9fff])",
            rf"(?!(?!{zeros}|(?:{words})[ ]?\d|[一二三四五六七八九十]、)[\u3400-\u9fff])",
        )
        blanks = "".join(map(re.escape, form.words["blank"]))
        self._blank = re.compile(rf"[\s|{blanks}]*")
        self._line = re.compile(rf"\n(?:[ \t]*(?:\d[\d,.]*(?:{units})?|{zeros}))+[ \t]*\n")
        self._zero = re.compile(rf"\s*(?P<zero>{zeros})\s*(?:{units})?\s*")
        self._cell = re.compile(
            rf"\s*(?P<number>(?:(?:{rise}|{fall})\s?(?=\d))?(?:{_NUMBER}|\d[\d ]*\d|{_CUT}))\s*(?P<unit>{units})?\s*"
        )
        self._aside = re.compile(
            rf"(?<=(?![{ends}{short}])[\u3400-\u9fff])\d+(?:\.\d+)?(?:{units})(?=）|(?!{zeros})[\u3400-\u9fff])"
        )
        self._item = re.compile(
            rf"(?P<number>(?:(?:(?<![A-Za-z0-9.）\-－−]){word_before}[\-－−]|[+＋]|{words})[ ]?(?=\d))?(?:{_NUMBER})(?![.．、][ ]?[\u3400-\u9fff]))(?:[ ]?(?P<unit>{units}){word_after})?"
            rf"|(?P<zero>{word_before}(?<!\x01)(?:{zeros}){word_after})"
        )

    def cell(self, text: str, start: int, end: int) -> Number | None:
        """The number that fills a cell, or None."""
        found = self._cell.fullmatch(text, start, end)
        if found:
            span = Span(*found.span("number"))
            return Number(Decimal(self._plain(found["number"])), span, found["unit"] or "")
        zero = self._zero.fullmatch(text, start, end)
        return Number(Decimal(0), Span(*zero.span("zero"))) if zero else None

    def _plain(self, printed: str) -> str:
        """The digits of a printed number, with a sign where it is a fall."""
        digits = re.sub(r"[^\d.]", "", printed)
        return f"-{digits}" if self._fall.match(printed) else digits

    def blank(self, text: str, start: int, end: int) -> bool:
        """Whether a cell holds nothing, or a mark that says so."""
        return self._blank.fullmatch(text, start, end) is not None

    def _noted(self, found: re.Match[str]) -> str:
        """A note in brackets blanked out, a number in them by another sign, for it begins a label (（四）无); unless figures stand in it because the note was broken around them."""
        if _ORDINAL.fullmatch(found[0]):
            return "\x01" * len(found[0])
        broken = len(_DIGITS.findall(found[0])) > 2 or self._line.search(found[0])
        return found[0] if broken else "\x00" * len(found[0])

    def segments(self, text: str, start: int, end: int) -> list[Segment]:
        """The numbers of a stretch in runs, each with the words before it; notes in brackets and page numbers are passed over."""
        plain = _PAGE.sub(lambda found: "\n" * len(found[0]), text[start:end])
        plain = _BRACKETS.sub(self._noted, plain)
        plain = self._aside.sub(lambda found: "\x00" * len(found[0]), plain)
        runs: list[Segment] = []
        tokens: list[Token] = []
        words, words_start, position = "", start, 0
        for found in self._item.finditer(plain):
            between = plain[position : found.start()]
            if _HAN.search(between) or not (tokens or runs or words):
                if tokens:
                    runs.append(Segment(words, tuple(tokens), tokens[0].start, tokens[-1].end, words_start))
                    words, words_start, tokens = "", start + position, []
                words += _BLANKED.sub("", between)
            strong = (
                any(mark in between for mark in "\n\t|") or _HAN.search(between) is not None or not tokens
            )
            gap = "strong" if strong else ("weak" if between else "none")
            digits = "0" if found["zero"] else self._plain(found["number"])
            left, right = found.span("zero" if found["zero"] else "number")
            alone, unit = _alone(plain, found), found["unit"] or ""
            tokens.append(Token(digits, start + left, start + right, gap, alone, unit))
            position = found.end()
        if tokens:
            runs.append(Segment(words, tuple(tokens), tokens[0].start, tokens[-1].end, words_start))
        return runs

    def cells(
        self, text: str, start: int, end: int, *, first: bool = False, double: bool = False
    ) -> list[Number | None] | None:
        """The cells of a row written with ``|``, ``||`` or tabs between them; None where there are no such marks.

        What stands before the first mark is the label's, unless ``first``. ``double`` takes ``||`` for one mark; otherwise it
        encloses a blank cell.
        """
        marks = _DOUBLE if double else _SINGLE
        edges = [start, *(edge for found in marks.finditer(text, start, end) for edge in found.span()), end]
        parts = list(zip(edges[::2], edges[1::2], strict=True))
        if len(parts) < 3:
            return None
        if text[parts[-1][0] - 1] == "|" and not text[slice(*parts[-1])].strip():
            parts.pop()  # what follows the last mark of a line is no cell
        found: list[Number | None] = []
        for left, right in parts if first else parts[1:]:
            number = self.cell(text, left, right)
            if number is None and not self.blank(text, left, right):
                head = text[left:right].split("\n", 1)[0]
                number = self.cell(text, left, left + len(head))
                if number is not None:
                    found.append(number)
                if any(found):
                    break
                found.clear()
                continue
            found.append(number)
        return found


def only_double(text: str) -> bool:
    """Whether every mark between cells is a double one."""
    return _DOUBLE.search(text) is not None and not _SINGLE.search(_DOUBLE.sub("", text))


def fit(cells: Sequence[Number | None], width: int) -> list[tuple[Number | None, ...]]:
    """The ways to cut a row of cells to a width by leaving out blank ones at its ends."""
    ways = []
    for lead in range(len(cells) - width + 1):
        tail = len(cells) - width - lead
        if not any(cells[:lead]) and not any(cells[len(cells) - tail :]):
            ways.append(tuple(cells[lead : lead + width]))
    return list(dict.fromkeys(ways))


def _alone(text: str, found: re.Match[str]) -> bool:
    left = text.rfind("\n", 0, found.start()) + 1
    right = text.find("\n", found.end())
    line = text[left : right if right >= 0 else len(text)]
    return line.strip(_AROUND) == found[0].strip(_AROUND)
