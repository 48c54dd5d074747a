"""Headings and what stands under them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg.text.cues import Cues
from kg.text.document import Section, Span
from kg.text.headings import Mark, mark_at

_TITLE_END = re.compile("[。；：！？]")
_CLAUSE_END = re.compile("[，。；：！？]")
_FIGURES = re.compile(r"[\d\s|.,%/—-]*\d[\d\s|.,%/—-]*")
_FIGURE = re.compile(r"\d[\d,.]*%?|[-—/]")
_BARE_NUMBER = re.compile(r"(?P<n>[一二三四五六七八九十]{1,3}) ?(?P<title>[^一二三四五六七八九十 ].+)")
_NO_TITLE = re.compile(r"号）?$|^（.*）$|^\d{4}年\d{1,2}月\d{1,2}日$|\d[:：]\d")
_LONGEST_TITLE = 40
_LONGEST_LINE = 60


@dataclass(frozen=True, slots=True)
class _Heading:
    number: str
    title: str
    level: int
    span: Span


def find_sections(
    text: str, folded: str, paragraphs: Iterable[Span], end: int, cues: Cues, marked: Mapping[int, int]
) -> tuple[Section, ...]:
    """The sections of a body, from its paragraphs in order; each reaches to the next of its level or above.

    ``marked`` says which paragraphs, by their start, the source marks up as headings.

    >>> text = "一、总体情况\\n（一）主动公开。公开12条。\\n二、问题"
    >>> paragraphs = [Span(0, 6), Span(7, 21), Span(22, 26)]
    >>> [(s.number, s.title, s.level, s.parent) for s in find_sections(text, text, paragraphs, 26, Cues(), {})]
    [('一、', '总体情况', 1, -1), ('（一）', '主动公开', 2, 0), ('二、', '问题', 1, -1)]
    """
    found: list[_Heading] = []
    numbered = False
    spans = list(paragraphs)
    any_numbered = any((mark := mark_at(folded, span.start, span.end)) and mark.level == 1 for span in spans)
    for span, following in zip_longest(spans, spans[1:]):
        framed = folded[span.start] == "【" and folded[span.end - 1] == "】" and len(span) <= _LONGEST_LINE
        mark = mark_at(folded, span.start + framed, span.end)
        if mark is not None and following is not None and _is_figure(following.of(folded)):
            heading = None
        elif mark is not None:
            heading = _numbered(text, folded, span, mark, cues)
            numbered = numbered or (heading is not None and mark.level == 1)
        else:
            heading = _unnumbered(
                text, folded, span, cues, span.start in marked, under=any_numbered + numbered
            )
        if heading is None:
            continue
        if found and _is_one_title(found[-1], heading, text, marked):
            found[-1] = _Heading("", found[-1].title + heading.title, 0, Span(found[-1].span.start, span.end))
        else:
            found.append(heading)
    return _nest(found, end)


def _numbered(text: str, folded: str, paragraph: Span, mark: Mark, cues: Cues) -> _Heading | None:
    rest = folded[mark.end : paragraph.end]
    if not rest.strip() or (mark.level < 4 and _is_table_row(rest, cues)):
        return None
    if paragraph.of(folded)[0] == "【":
        inner = rest.rstrip("】 ")
        return _Heading(mark.words, inner.strip(), mark.level, paragraph) if inner.strip() else None
    title_end = mark.end + _title_length(rest, cues)
    title = text[mark.end : title_end].strip()
    return _Heading(mark.words, title, mark.level, Span(paragraph.start, title_end)) if title else None


def _unnumbered(
    text: str, folded: str, paragraph: Span, cues: Cues, marked: bool, *, under: int
) -> _Heading | None:
    """A title without a number: worded as the official forms word it, or marked up as a title and standing alone.

    Where no heading of the text is numbered it is of level 0. Else a form's section that lost its number ranks with
    the numbered ones, and any other title stands below them; ``under`` says whether the text has such headings (1) and
    one of them came before (2).
    """
    words = paragraph.of(folded)
    bare = _BARE_NUMBER.fullmatch(words) if len(words) <= _LONGEST_LINE else None
    if bare and bare["title"] in cues.section_titles + cues.section_parts:
        return _Heading(bare["n"], bare["title"], 1, paragraph)
    head, colon, _ = words[:_LONGEST_LINE].partition("：")
    known = head.strip() in cues.section_titles
    part = head.strip() in cues.section_parts
    alone = len(words.rstrip("： ")) == len(head.rstrip())
    if known or part:
        level = (1 if known and alone else 4 if under == 2 else 0) if under else 0
        if not alone and (not colon or (known and not part)):
            return None
        return _Heading(
            "",
            text[paragraph.start : paragraph.start + len(head)].strip(),
            level,
            Span(paragraph.start, paragraph.start + len(head)),
        )
    plain = len(words) <= _LONGEST_LINE and not _CLAUSE_END.search(words) and not _NO_TITLE.search(words)
    if marked and plain and re.search(r"[\u4e00-\u9fff]{2}", words):
        return _Heading("", paragraph.of(text).strip(), 4 if under == 2 else 0, paragraph)
    return None


def _is_one_title(before: _Heading, heading: _Heading, text: str, marked: Mapping[int, int]) -> bool:
    """Whether a title goes on from the line before: both marked up alike, both without number, nothing between."""
    return (
        before.number == heading.number == ""
        and before.level == heading.level == 0
        and before.span.end + 1 == heading.span.start
        and before.span.start in marked
        and marked.get(heading.span.start) is not None
        and len(before.title) + len(heading.title) <= 2 * _LONGEST_LINE
    )


def _is_figure(line: str) -> bool:
    """Whether a line is but a number, as the cell of a table that has lost its lines."""
    return len(line) <= 12 and bool(_FIGURE.fullmatch(line))


def _is_table_row(rest: str, cues: Cues) -> bool:
    """Whether a numbered line is a row of a form's table: its name, alone or with figures behind."""
    if any(rest.startswith(title) for title in cues.section_titles):
        return False
    name = next((row for row in cues.table_rows if rest.startswith(row)), "")
    if name:
        tail = re.sub("^（[^）]*）", "", rest[len(name) :].strip())
        return not tail or (len(tail) < 200 and bool(_FIGURES.fullmatch(tail)))
    return bool(re.search(r" \d[\d,.]*(?: \d[\d,.]*)+$", rest[-200:]))


def _title_length(rest: str, cues: Cues) -> int:
    """How much of what follows a number is title: a known one, a short line, a short first sentence, or a clause."""
    known = max((len(title) for title in cues.section_titles if rest.startswith(title)), default=0)
    stop = _TITLE_END.search(rest)
    if known and (stop is None or stop.start() != known):
        return known
    if stop is None:
        if len(rest) <= _LONGEST_LINE:
            return len(rest.rstrip())
        clause = _CLAUSE_END.search(rest)
        return clause.start() if clause and clause.start() <= _LONGEST_TITLE else _LONGEST_TITLE
    if stop.start() <= _LONGEST_TITLE:
        return stop.start()
    clause = _CLAUSE_END.search(rest)
    assert clause is not None
    return min(clause.start(), _LONGEST_LINE)


def _nest(headings: Sequence[_Heading], end: int) -> tuple[Section, ...]:
    """Give every heading its parent and the place where the next of its level or above begins."""
    ends = [end] * len(headings)
    parents = [-1] * len(headings)
    open_ones: list[int] = []
    for index, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            ends[open_ones.pop()] = heading.span.start
        parents[index] = open_ones[-1] if open_ones else -1
        open_ones.append(index)
    return tuple(
        Section(
            heading.number,
            heading.title,
            heading.level,
            heading.span,
            Span(heading.span.start, max(ends[index], heading.span.end)),
            parents[index],
        )
        for index, heading in enumerate(headings)
    )
