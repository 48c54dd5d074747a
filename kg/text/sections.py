"""Headings and what stands under them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.text.cues import Cues
from kg.text.document import Section, Span
from kg.text.headings import mark_at

_TITLE_END = re.compile("[。；：！？]")
_CLAUSE_END = re.compile("[，。；：！？]")
_FIGURES = re.compile(r"[\d\s|.,%/—-]*\d[\d\s|.,%/—-]*")
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
    found = [
        heading
        for paragraph in paragraphs
        if (heading := _heading(text, folded, paragraph, cues, paragraph.start in marked)) is not None
    ]
    return _nest(found, end)


def _heading(text: str, folded: str, paragraph: Span, cues: Cues, marked: bool) -> _Heading | None:
    start, end = paragraph.start, paragraph.end
    mark = mark_at(folded, start, end)
    if mark is None:
        return _unnumbered(text, folded, paragraph, cues, marked)
    rest = folded[mark.end : end]
    if not rest.strip():
        return None
    if mark.level < 4 and _is_table_row(rest, cues):
        return None
    title_end = mark.end + _title_length(rest, cues)
    title = text[mark.end : title_end].strip()
    return _Heading(mark.words, title, mark.level, Span(start, title_end)) if title else None


def _unnumbered(text: str, folded: str, paragraph: Span, cues: Cues, marked: bool) -> _Heading | None:
    """A title that stands alone without a number: marked up as one, or worded as the official forms word it."""
    words = paragraph.of(folded).strip()
    if not words or len(words) > _LONGEST_LINE or _TITLE_END.search(words.rstrip("：")):
        return None
    known = words.rstrip("：") in cues.section_titles
    if not known and not (marked and re.search(r"[\u4e00-\u9fff]{2}", words) and "，" not in words):
        return None
    return _Heading("", paragraph.of(text).strip().rstrip(":："), 0, paragraph)


def _is_table_row(rest: str, cues: Cues) -> bool:
    """Whether a numbered line is a row of a form's table: its name, alone or with figures behind."""
    name = next((row for row in cues.table_rows if rest.startswith(row)), "")
    if name:
        tail = re.sub("^（[^）]*）", "", rest[len(name) :].strip())
        return not tail or bool(_FIGURES.fullmatch(tail))
    return bool(re.search(r" \d[\d,.]*(?: \d[\d,.]*)+$", rest))


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
