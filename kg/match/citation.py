"""Citations: titles in 《》, document numbers, and what a text says it will call them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.match.marks import Marks
from kg.match.mention import Citation
from kg.text.document import Span

# code〔year〕number号, also 第…号; the bracket may have lost one half
NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,12}?)\s*[〔（\[](?P<year>(?:19|20)\d{2})年?[〕）\]]\s*第?(?P<n>\d{1,5})\s*号"
    r"|(?P<order>(?:中华人民共和国)?(?:国务院令?|国令|主席令|[\u4e00-\u9fff]{2,12}令))第?(?P<on>\d{1,4})号"
)
_ABBREVIATION = re.compile(
    r"(?:以下|下文|下称|后文)?(?:统一)?(?:简称为?|称为?|合称)[：，]?(?P<open>[“《]*)(?P<name>[^“”《》（），。、；]{2,20})[”》]*"
)
_DAY = re.compile(r"[年月日](?=[\u4e00-\u9fff]{3})")
_PAREN = re.compile(r"\s*（")


@dataclass(frozen=True, slots=True)
class Found:
    """A citation with the whole stretch it stands in."""

    span: Span
    citation: Citation


def normal_number(code: str, year: str, number: str) -> str:
    """The normal form of a document number.

    >>> normal_number("国办发", "2020", "017")
    '国办发〔2020〕17号'
    """
    return f"{code}〔{year}〕{int(number)}号"


def citations(text: str, marks: Marks, start: int, end: int, trim: Callable[[str], str]) -> Iterator[Found]:
    """Every title in 《》 and every document number of a stretch, titles with the numbers and short names that follow them.

    ``trim`` cuts the words that stand before a number's code off it (按照国办发 → 国办发).
    """
    taken: list[Span] = []
    for opened, closed in marks.pairs(text, "《", start, end):
        title = Span(opened + 1, closed - 1)
        if not title.of(text).strip():
            continue
        numbers, short, stop = _following(text, marks, closed)
        number, number_span, year = numbers[0] if numbers else ("", None, None)
        if number_span is None and (before := _number_before(text, start, opened, trim)):
            number, number_span, year = before
            taken.append(number_span)
        span = Span(opened, stop)
        taken.append(span)
        yield Found(span, Citation(title, number, number_span, short, year))
    for found in NUMBER.finditer(text, start, end):
        if any(
            span.start <= found.start() < span.end or span.start < found.end() <= span.end for span in taken
        ):
            continue
        number, span, year = _number(found, trim)
        yield Found(span, Citation(None, number, span, "", year))


def _number(found: re.Match[str], trim: Callable[[str], str]) -> tuple[str, Span, int | None]:
    if found["order"]:
        day = _DAY.match(found["order"])
        name = found["order"][day.end() if day else 0 :].removeprefix("中华人民共和国")
        span = Span(found.start() + (day.end() if day else 0), found.end())
        return f"{name}第{int(found['on'])}号", span, None
    code = trim(found["code"])
    cut = len(found["code"]) - len(code)
    return (
        normal_number(code, found["year"], found["n"]),
        Span(found.start() + cut, found.end()),
        int(found["year"]),
    )


def _number_before(
    text: str, start: int, opened: int, trim: Callable[[str], str]
) -> tuple[str, Span, int | None] | None:
    """国办发〔2019〕54号《…》: a number that stands directly before its title."""
    window = max(start, opened - 30)
    last = next(reversed(list(NUMBER.finditer(text, window, opened))), None)
    return _number(last, trim) if last and last.end() == opened else None


def _following(text: str, marks: Marks, position: int) -> tuple[list[tuple[str, Span, int | None]], str, int]:
    """Numbers and the short name in the brackets after a title, and where they end."""
    numbers: list[tuple[str, Span, int | None]] = []
    short = ""
    stop = position
    while (paren := _PAREN.match(text, stop)) and (paren.end() - 1) in marks.closer:
        close = marks.closer[paren.end() - 1]
        found = NUMBER.search(text, paren.end(), close)
        called = _ABBREVIATION.search(text, paren.end(), close)
        if not found and not called:
            break
        if found:
            numbers.append(_number(found, str))
        if called:
            short = called["name"]
        stop = close + 1
    if not numbers:
        direct = NUMBER.match(text, stop)
        if direct and direct["code"]:
            numbers.append(_number(direct, str))
            stop = direct.end()
    return numbers, short, stop


def short_names(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Places where a text says 以下简称 X, and X, whatever it is short for."""
    for found in _ABBREVIATION.finditer(text, start, end):
        if text[max(0, found.start() - 3) : found.start() + 2].find("简称") >= 0 or "简称" in found[0]:
            yield found.start(), found["name"]


def code_of(number: str) -> str:
    """The issuing body's code of a document number.

    >>> code_of("浙政办发〔2020〕20号")
    '浙政办发'
    """
    return number.partition("〔")[0] if "〔" in number else number.partition("第")[0]
