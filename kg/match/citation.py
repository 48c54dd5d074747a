"""Citations: titles in 《》, document numbers, and what a text says it will call them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.match.marks import Marks
from kg.match.mention import Citation
from kg.text.document import Span

_HAN = "\u4e00-\u9fff"
_YEAR = r"(?P<year>(?:19|20)\d{2})年?"
# code〔year〕number号, also 第…号; inside brackets 号 may be lost
NUMBER = re.compile(
    rf"(?P<code>[{_HAN}]{{1,12}}?)\s*[〔（\[]{_YEAR}[〕）\]]\s*第?(?P<n>\d{{1,5}})\s*(?:号|(?=[）〕\]]))"
    rf"|(?P<order>[{_HAN}]{{1,16}}?令)\s?（?第?(?P<on>\d{{1,4}})号"
    rf"|(?P<body>[{_HAN}]{{2,16}}?)（?第?(?P<bn>\d{{1,4}})号令"
)
# The same where one or both brackets are lost: only after a code that is known.
_LOOSE = re.compile(rf"(?P<code>[{_HAN}]{{2,12}}?)\s?[〔（\[]?{_YEAR}[〕）\]]?\s?第?(?P<n>\d{{1,4}})\s?号")
# what notices are numbered by, anew each year: 国家税务总局公告|2016年第78号
_SERIAL = re.compile(r"\s?（?(?P<year>(?:19|20)\d{2})年第(?P<n>\d{1,4})号）?")
_ISSUED_BY = re.compile(rf"[{_HAN}]{{2,20}}(?:[、 ][{_HAN}]{{2,16}}){{0,5}}$")
_PAREN = re.compile(r"[，、]?\s*（")
_DAY = re.compile(rf"[年月日](?=[{_HAN}]{{3}})")
_SERIES = re.compile(r"\d{4}年$")
_STATE = "中华人民共和国"
_ORDERS = {"国": "国务院"}  # how an order is numbered for short, and in full


@dataclass(frozen=True, slots=True)
class Found:
    """A citation with the whole stretch it stands in."""

    span: Span
    citation: Citation


@dataclass(frozen=True, slots=True)
class CitationReader:
    """How titles and numbers are read: the words that give short names, and what is known of codes.

    ``trim`` cuts the words that stand before a number's code off it (按照国办发 → 国办发); ``known`` tells whether a code is one
    without a doubt.
    """

    abbreviation: re.Pattern[str]
    marks_short: tuple[str, ...]
    trim: Callable[[str], str]
    known: Callable[[str], bool]
    bodies: tuple[str, ...]  # last words of names of bodies (总局)
    notices: tuple[str, ...]  # 公告, 通告

    @classmethod
    def of(
        cls, words: Mapping[str, tuple[str, ...]], trim: Callable[[str], str], known: Callable[[str], bool]
    ) -> "CitationReader":
        """With the word classes of an ontology."""
        leads, verbs = _options(words["shortNameLead"]), _options(words["shortNameVerb"])
        return cls(
            re.compile(
                rf"(?:{leads})*(?:{verbs})[：，]?(?P<open>[“《]*)(?P<name>[^“”《》（），。、；]{{2,20}})[”》]*"
            ),
            words["shortNameSure"],
            trim,
            known,
            (*words["selfNoun"], *words["governmentWord"]),
            tuple(word for word in words["orderKind"] if len(word) > 1),
        )

    def citations(self, text: str, marks: Marks, start: int, end: int) -> Iterator[Found]:
        """Every title in 《》 and every document number of a stretch, titles with the numbers and short names that follow them."""
        taken: list[Span] = []
        for opened, closed in marks.pairs(text, "《", start, end):
            title = Span(opened + 1, closed - 1)
            if not title.of(text).strip():
                continue
            numbers, short, stop = self.following(text, marks, closed)
            number, number_span, year = numbers[0] if numbers else ("", None, None)
            if number_span is None and (late := self._serial_behind(text, title, stop)):
                number, number_span, year = late
                stop = number_span.end
            if number_span is None and (before := self._number_before(text, start, opened)):
                number, number_span, year = before
                taken.append(number_span)
            span = Span(opened, stop)
            taken.append(span)
            yield Found(span, Citation(title, number, number_span, short, year))
        for number, span, year in self._numbers(text, start, end):
            if not any(other.overlaps(span) for other in taken):
                taken.append(span)
                yield Found(span, Citation(None, number, span, "", year))

    def following(
        self, text: str, marks: Marks, position: int
    ) -> tuple[list[tuple[str, Span, int | None]], str, int]:
        """Numbers and the short name in the brackets after a title, and where they end."""
        numbers: list[tuple[str, Span, int | None]] = []
        short = ""
        stop = position
        while (paren := _PAREN.match(text, stop)) and (paren.end() - 1) in marks.closer:
            close = marks.closer[paren.end() - 1]
            found = list(self._numbers(text, paren.end(), close + 1))
            called = self.abbreviation.search(text, paren.end(), close)
            if not found and not called:
                break
            numbers += found
            if called:
                short = called["name"]
            stop = close + 1
        if not numbers:
            direct = next(self._numbers(text, stop, min(stop + 30, len(text))), None)
            if direct and direct[1].start == stop and direct[2]:
                numbers.append(direct)
                stop = direct[1].end
        return numbers, short, stop

    def short_name(self, text: str, marks: Marks, position: int) -> str:
        """What the bracket that opens here says a name will be shortened to, or nothing."""
        if text[position : position + 1] != "（" or position not in marks.closer:
            return ""
        called = self.abbreviation.search(text, position, marks.closer[position])
        sure = called is not None and any(word in called[0] for word in self.marks_short)
        return called["name"] if called is not None and sure else ""

    def _numbers(self, text: str, start: int, end: int) -> Iterator[tuple[str, Span, int | None]]:
        stop = start
        for found in NUMBER.finditer(text, start, end):
            read = self._number(found)
            if read is not None:
                yield from self._loose(text, stop, found.start())
                yield read
                stop = found.end()
        yield from self._loose(text, stop, end)
        yield from self._notices(text, start, end)

    def _loose(self, text: str, start: int, end: int) -> Iterator[tuple[str, Span, int | None]]:
        for found in _LOOSE.finditer(text, start, end):
            code = self.trim(_mended(found["code"]))
            if self.known(code):
                cut = len(found["code"]) - len(code)
                span = Span(found.start() + cut, found.end())
                yield normal_number(code, found["year"], found["n"]), span, int(found["year"])

    def _notices(self, text: str, start: int, end: int) -> Iterator[tuple[str, Span, int | None]]:
        for found in _SERIAL.finditer(text, start, end):
            kind = next((one for one in self.notices if text.endswith(one, start, found.start())), "")
            late = next((one for one in self.notices if not kind and text.startswith(one, found.end())), "")
            at = found.start() - len(kind)
            before = _ISSUED_BY.search(text, max(start, at - 70), at) if kind or late else None
            first, mark, more = (before[0] if before is not None else "").partition("、")
            day = _DAY.match(first)
            body = self.trim(first[day.end() if day else 0 :].split(" ")[-1]) + mark + more
            if body.endswith(self.bodies):
                number = notice_number(body, kind or late, found["year"], found["n"])
                end_at = (
                    found.end() - found[0].endswith("）") if kind and "（" not in found[0] else found.end()
                )
                yield number, Span(at, end_at + len(late)), int(found["year"])

    def _serial_behind(self, text: str, title: Span, stop: int) -> tuple[str, Span, int | None] | None:
        """《国家税务总局公告》|2016年第78号: the number of a notice that is called by whose it is alone."""
        words = title.of(text)
        kind = next((one for one in self.notices if words.endswith(one)), "")
        found = _SERIAL.match(text, stop) if kind else None
        body = words.removesuffix(kind)
        if found is None or not body.endswith(self.bodies):
            return None
        number = notice_number(body, kind, found["year"], found["n"])
        return number, Span(*found.span()), int(found["year"])

    def _number(self, found: re.Match[str]) -> tuple[str, Span, int | None] | None:
        if found["code"]:
            code = self.trim(_mended(found["code"]))
            cut = len(found["code"]) - len(code)
            span = Span(found.start() + cut, found.end())
            return normal_number(code, found["year"], found["n"]), span, int(found["year"])
        words = found["order"].removesuffix("令") if found["order"] else found["body"]
        day = _DAY.match(words)
        body = self.trim(words[day.end() if day else 0 :] + "令").removesuffix("令")
        if not body:
            return None
        span = Span(found.start() + len(words) - len(body), found.end())
        body = _ORDERS.get(body, body.removeprefix(_STATE))
        return f"{body}令第{int(found['on'] or found['bn'])}号", span, None

    def _number_before(self, text: str, start: int, opened: int) -> tuple[str, Span, int | None] | None:
        """国办发〔2019〕54号《…》: a number that stands directly before its title."""
        last = next(reversed(list(self._numbers(text, max(start, opened - 30), opened))), None)
        return last if last and last[1].end == opened else None


def _options(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _mended(code: str) -> str:
    """A code that ends in a letter of its like (涵) ends in the one that is meant (函).

    >>> _mended("国办公开办涵")
    '国办公开办函'
    """
    return f"{code[:-1]}函" if code.endswith("涵") else code


def normal_number(code: str, year: str, number: str) -> str:
    """The normal form of a document number.

    >>> normal_number("国办发", "2020", "017")
    '国办发〔2020〕17号'
    """
    return f"{code}〔{year}〕{number.lstrip('0') or '0'}号"


def notice_number(body: str, kind: str, year: str, number: str) -> str:
    """The normal form of the number of a notice, which names its issuer in full.

    >>> notice_number("财政部 税务总局", "公告", "2019", "039")
    '财政部税务总局公告2019年第39号'
    """
    return f"{re.sub('[、 ]', '', body)}{kind}{year}年第{number.lstrip('0') or '0'}号"


def code_of(number: str) -> str:
    """The issuing body's code of a document number.

    >>> code_of("浙政办发〔2020〕20号")
    '浙政办发'
    >>> code_of("国家税务总局公告2016年第78号")
    '国家税务总局公告'
    """
    return number.partition("〔")[0] if "〔" in number else _SERIES.sub("", number.partition("第")[0])
