"""How a policy document names itself: its title, number and issuer, wherever the head of the document has them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from kg.link.title import Title, lines_of
from kg.match.citation import NUMBER, normal_number
from kg.text.document import Document, Span
from kg.text.headings import mark_at
from kg.values import cjk_number, first_date, last_date

_LINES = 16
_LONGEST = 80
_HEAD, _FOOT = 1500, 500
_MARKS = "。；：|>！？"
_TAIL = re.compile(r"(?:（[^）]{1,12}）)+$")
_ORDER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,24}?)(?P<kind>令|公告|通告)(?:（?(?P<year>(?:19|20)\d{2})年）?)?\s*第\s*(?P<n>\d{1,4}|[一二三四五六七八九十百〇零]{1,6})\s*号"
)
_DATE_LINE = re.compile(
    r"[（(]?(?:(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})年.{1,3}月.{1,3}日[）)]?"
)
_DAY = re.compile(r"^.*[年月日](?=[\u4e00-\u9fff]{2})")


@dataclass(frozen=True, slots=True)
class _Number:
    """A document number in normal form, where it stands, and the body that its words name, if any."""

    words: str
    span: Span
    body: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line at the head of a document, and what it is: number, letterhead, note, text."""

    span: Span
    words: str
    kind: str
    number: _Number | None = None


def find_policy_title(
    document: Document, endings: Sequence[str], words: Mapping[str, Sequence[str]], *, sure: bool
) -> Title | None:
    """The title of a policy document.

    ``sure`` asks for a document number on a line of its own at the title; without it a letterhead, a note of
    promulgation, an addressee or the words that such documents end with are enough.
    """
    lines = list(_head(document, words))
    for start, stop in _titles(lines, endings, words):
        below = lines[stop] if stop < len(lines) else None
        title = Title(
            "".join(line.words for line in lines[start:stop]),
            Span(lines[start].span.start, lines[stop - 1].span.end),
            "policy",
            "",
        )
        number = _number_of(lines, start, stop)
        if number is None and not sure:
            number = _number_apart(document, words)
            noted = below is not None and below.kind == "note"
            if number is None and not (noted or _signs(document, title.span.end, words)):
                return None
        if number is None:
            if sure:
                return None
            return _issued(document, title, lines[:start], None, words)
        return _issued(document, title, lines[:start], number, words)
    return None


def _head(document: Document, words: Mapping[str, Sequence[str]]) -> Iterator[_Line]:
    text = document.folded
    spans = list(islice(lines_of(text, document.body), _LINES))
    for span, after in zip_longest(spans, spans[1:]):
        line = span.of(text).strip()
        number = _own_number(text, span, words)
        if number is None and after is not None and line.endswith(tuple(words["orderKind"])):
            order = _ORDER.fullmatch(line + after.of(text).strip())
            number = _order(order, Span(span.start, after.end)) if order else None
        kind = "text"
        if number is not None:
            kind = "number"
        elif line.startswith("（") and line.endswith("）"):
            kind = "note"
            number = _order_in(text, span)
        elif _is_letterhead(line, words):
            kind = "letterhead"
        elif line.startswith(tuple(words["signedBy"])):
            kind = "signed"
        yield _Line(span, line, kind, number)


def _is_letterhead(line: str, words: Mapping[str, Sequence[str]]) -> bool:
    about = any(word in line for word in words["titleAbout"])
    return len(line) <= 30 and line.endswith(tuple(words["letterhead"])) and not about


def _own_number(text: str, span: Span, words: Mapping[str, Sequence[str]]) -> _Number | None:
    """The number that a line consists of, a name of who signed perhaps behind it."""
    line = span.of(text)
    begin = span.start + len(line) - len(line.lstrip())
    found = NUMBER.match(text, begin, span.end)
    if found and found["code"]:
        rest = text[found.end() : span.end].strip()
        if not rest or rest.startswith(tuple(words["signedBy"])):
            place = Span(begin, found.end())
            return _Number(normal_number(found["code"], found["year"], found["n"]), place)
    order = _ORDER.fullmatch(line.strip())
    return _order(order, Span(begin, begin + len(line.strip()))) if order else None


def _order_in(text: str, span: Span) -> _Number | None:
    """The order by which a note says that the document was published."""
    found = _ORDER.search(text, span.start, span.end)
    return _order(found, Span(*found.span())) if found else None


def _order(found: re.Match[str], span: Span) -> _Number:
    body = _DAY.sub("", found["body"])
    n = found["n"] if found["n"].isdigit() else str(cjk_number(found["n"]))
    year = f"{found['year']}年" if found["year"] else ""
    cut = len(found["body"]) - len(body)
    return _Number(f"{body}{found['kind']}{year}第{n}号", Span(span.start + cut, span.end), body)


def _titles(
    lines: Sequence[_Line], endings: Sequence[str], words: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, int]]:
    """Where one to four lines make a title, the first first."""
    about = tuple(words["titleAbout"])
    reports = tuple(words["reportTitle"])
    for stop in range(1, len(lines) + 1):
        last = lines[stop - 1]
        if last.words.endswith(reports):
            return
        if mark_at(last.words, 0, len(last.words)) is not None:
            continue
        if last.kind != "text" or not _TAIL.sub("", last.words).endswith(tuple(endings)):
            continue
        start = stop - 1
        numbered = stop < len(lines) and lines[stop].kind == "number"
        while start > 0 and stop - start < 4 and _goes_on(lines[start - 1], lines[start], about, numbered):
            start -= 1
        whole = "".join(line.words for line in lines[start:stop])
        if 6 <= len(whole) <= _LONGEST and not any(mark in _bare(whole) for mark in _MARKS):
            yield start, stop


def _bare(title: str) -> str:
    return re.sub(r"《[^》]*》", "", title)


def _goes_on(above: _Line, below: _Line, about: tuple[str, ...], numbered: bool) -> bool:
    """Whether a line is the first part of the title that goes on below."""
    if above.kind != "text" or len(above.words) > 40 or any(mark in above.words for mark in _MARKS + "，"):
        return False
    return numbered or below.words.startswith(about) or any(word in above.words for word in about)


def _number_of(lines: Sequence[_Line], start: int, stop: int) -> _Number | None:
    """The number below a title, in the note below it, or above it."""
    for line in [*lines[stop : stop + 2], *reversed(lines[max(0, start - 4) : start])]:
        if line.number is not None:
            return line.number
    return None


def _number_apart(document: Document, words: Mapping[str, Sequence[str]]) -> _Number | None:
    """The number that the page gives in the table above the text."""
    for name, value in document.source.metadata:
        if name not in words["numberField"]:
            continue
        for noise in document.noise:
            at = document.folded.find(value, noise.span.start, noise.span.end)
            if at < 0:
                continue
            span = Span(at, at + len(value))
            found = NUMBER.fullmatch(value)
            if found and found["code"]:
                return _Number(normal_number(found["code"], found["year"], found["n"]), span)
            order = _ORDER.fullmatch(value)
            if order:
                return _order(order, span)
    return None


def _signs(document: Document, begin: int, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether a text speaks as a policy document: to an addressee, or of itself as 本办法, or with its closing words."""
    text, end = document.folded, document.body.end
    line = next(iter(lines_of(text, Span(min(begin + 1, end), end))), None)
    if line is not None:
        first = line.of(text).strip()
        if first.endswith("：") and len(first) <= 120 and "。" not in first:
            return True
    head = text[begin : min(end, begin + _HEAD)]
    foot = text[max(begin, end - _FOOT) : end]
    return any(sign in head or sign in foot for sign in words["policySign"])


def _issued(
    document: Document,
    title: Title,
    above: Sequence[_Line],
    number: _Number | None,
    words: Mapping[str, Sequence[str]],
) -> Title:
    """A title with its number, and with its issuer from the title, the letterhead, the number or the signature."""
    if number is not None:
        title = replace(title, number=number.words, number_span=number.span)
    about = [at for word in words["titleAbout"] if (at := title.text.find(word)) > 0]
    if about and "《" not in title.text[: min(about)]:
        end = min(about)
        return replace(
            title, issuer=title.text[:end], issuer_span=Span(title.span.start, title.span.start + end)
        )
    for line in reversed(above):
        if line.kind == "letterhead":
            name = line.words
            for word in words["letterhead"]:
                name = name.removesuffix(word)
            at = document.folded.index(name, line.span.start)
            return replace(title, issuer=name, issuer_span=Span(at, at + len(name)))
    if number is not None and number.body:
        at = number.span.start
        return replace(title, issuer=number.body, issuer_span=Span(at, at + len(number.body)))
    signature = _signature(document)
    if signature is not None:
        return replace(title, issuer=signature.of(document.folded), issuer_span=signature)
    return title


def _signature(document: Document) -> Span | None:
    """The line above the date at the end of the text, or the one above a date in the middle that closes a notice."""
    text = document.folded
    above: Span | None = None
    found: Span | None = None
    for span in lines_of(text, document.body):
        line = span.of(text).strip()
        if above is not None and _DATE_LINE.fullmatch(line):
            name = above.of(text).strip()
            if 4 <= len(name) <= 30 and not any(mark in name for mark in _MARKS + "，、"):
                at = above.start + above.of(text).index(name)
                found = Span(at, at + len(name))
        above = span
    return found


def find_issue_day(
    document: Document, title: Title, words: Mapping[str, Sequence[str]]
) -> tuple[str, Span] | None:
    """The day a policy document was made, in ISO form: below its signature, in the page's table, in the note below the
    title; else the last day it tells.
    """
    text, body = document.folded, document.body
    lines = list(lines_of(text, body))
    spans = [span for span in lines if _DATE_LINE.fullmatch(span.of(text).strip())][:1]
    for noise in document.noise:
        at = max(noise.span.of(text).find(name) for name in words["dayField"])
        if at >= 0:
            spans.append(Span(noise.span.start + at, noise.span.end))
    spans += [span for span in lines[:_LINES] if text[span.start] == "（" and title.span < span]
    return next((day for span in spans if (day := first_date(text, span))), None) or last_date(text, body)


def find_policy_year(
    document: Document, title: Title | None, words: Mapping[str, Sequence[str]]
) -> tuple[int, Span] | None:
    """The year of a policy document: that of its number, else of the day it was made."""
    if title is None or title.genre != "policy":
        return None
    found = re.search(r"(?:19|20)\d{2}", title.number)
    if found and title.number_span is not None:
        return int(found[0]), title.number_span
    day = find_issue_day(document, title, words)
    return (int(day[0][:4]), day[1]) if day else None
