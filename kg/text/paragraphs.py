"""Lines become paragraphs: hard-wrapped lines are joined, texts without breaks are split before their headings."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.text.cues import Cues
from kg.text.fold import fold
from kg.text.headings import mark_at, ordinal
from kg.text.navigation import is_page_number
from kg.text.spaces import is_row
from kg.text.traced import Traced

_ENDED = re.compile(r"[。！？；：!?;:…”）)》】|]$")
_INDENT = re.compile(r"[ \t\u3000\xa0]{2,}|\u3000")
_GAP = re.compile(r"\S[ \t\u3000]+\S")
_WIDE_LINE = range(40, 132)
_LONG_LINE = range(20, 66)
_INLINE = {
    1: re.compile(r"(?<!第)(?P<n>[一二三四五六七八九十]{1,3})、(?![一二三四五六七八九十][、级类])"),
    2: re.compile(r"（(?P<n>[一二三四五六七八九十]{1,3})）(?!(?:至|到|、|和|及)?（|[项款目条])"),
}
_SHORT, _LONG = 80, 600
# A run of blanks is tried from its start alone, else a line of nothing else would take the square of its length.
_BREAK = re.compile(
    r"(?<=[。！？；：”）)])[ \u3000\xa0\t]{2,}(?=\S)"
    r"|(?:(?<![ \t])[ \t]++|(?<![ \t\u3000]))\u3000{2,}+(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十])"
)


def width(text: str) -> int:
    """How many columns a line takes, a Chinese character taking two.

    >>> width("共12件")
    6
    """
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)


def unwrap(lines: Sequence[Traced]) -> list[Traced]:
    """Paragraphs from the lines of a plain text; empty lines part them.

    Lines are joined only where the text as a whole shows a wrap width: many lines of nearly that width that stop in
    mid-sentence. Headings, rows of tables and indented lines begin anew.

    >>> [line.text for line in unwrap([Traced.of("一行"), Traced.of(""), Traced.of("二行")])]
    ['一行', '二行']
    """
    wrap = _wrap([line.text for line in lines])
    if wrap is None:
        return [line for line in lines if line.text.strip()]
    indented = sum(bool(_INDENT.match(line.text)) for line in lines) > 1
    joined: list[list[Traced]] = []
    aside: list[Traced] = []
    open_paragraph = False
    for line in lines:
        words = line.text.strip()
        if not words:
            open_paragraph = False
            continue
        if is_page_number(words):
            aside.append(line)
            continue
        if open_paragraph and not _begins(line.text, indented=indented):
            joined[-1].append(line)
        else:
            joined.append([line])
        full = wrap.filled(line.text) if indented else wrap.filled(line.text, 2) and not _ENDED.search(words)
        open_paragraph = full and not is_row(words)
    return sorted([_glue(parts) for parts in joined] + aside, key=lambda line: line.start)


@dataclass(frozen=True, slots=True)
class _Wrap:
    """At which measure lines break: of ``most`` columns, or of so many characters of whatever width."""

    measure: Callable[[str], int]
    most: int
    slack: int  # a break before a mark, or of a character that did not fit

    def filled(self, line: str, times: int = 1) -> bool:
        return self.measure(line.rstrip()) >= self.most - self.slack * times


def _wrap(lines: Sequence[str]) -> _Wrap | None:
    """How lines were wrapped, in columns or in characters, whichever more of them are full by; None where they were not."""
    lines = [line for line in lines if line.strip()]
    if len(lines) < 4:
        return None
    columns = sum(
        _GAP.search(line) is not None for line in lines
    )  # rows of a table, whose length says nothing
    found: list[tuple[int, _Wrap]] = []
    for measure, usual, slack in ((width, _WIDE_LINE, 4), (len, _LONG_LINE, 2)):
        sizes = sorted(measure(line.rstrip()) for line in lines)
        wrap = _Wrap(measure, sizes[int(len(sizes) * 0.9)], slack)
        filled = [line for line in lines if wrap.filled(line)]
        stopped_short = sum(not _ENDED.search(line.rstrip()) for line in filled)
        if (
            wrap.most in usual
            and (measure is width or columns * 4 < len(lines))
            and sizes[-1] <= wrap.most + slack * 2
            and len(filled) >= 3
            and len(filled) * 4 >= len(lines)
            and stopped_short * 2 >= len(filled)
        ):
            found.append((len(filled), wrap))
    return max(found, key=lambda pair: pair[0], default=(0, None))[1]


def _begins(line: str, *, indented: bool) -> bool:
    words = line.strip()
    if (indented and _INDENT.match(line)) or is_row(words):
        return True
    mark = mark_at(fold(words[:12]), 0, min(len(words), 12))
    return mark is not None and (
        mark.level < 3 or (mark.level == 3 and mark.words[-1] in ".、" and not words[:4].isdigit())
    )


def _glue(parts: Sequence[Traced]) -> Traced:
    """Lines of one paragraph; between two Latin words the break was a space."""
    glued: list[Traced] = []
    for part in parts:
        stripped = part.strip() if glued else part.slice(0, len(part.text.rstrip()))
        if (
            glued
            and glued[-1].text[-1:].isascii()
            and stripped.text[:1].isascii()
            and (glued[-1].text[-1:].isalpha() and stripped.text[:1].isalpha())
        ):
            glued.append(Traced.at(" ", glued[-1].ends[-1], glued[-1].ends[-1]))
        glued.append(stripped)
    return Traced.join(glued)


def broken(line: Traced) -> Iterator[Traced]:
    """The paragraphs of a long line in which wide gaps stand where the breaks were.

    >>> [part.text for part in broken(Traced.of("公开信息。" * 50 + "　　二、受理申请。"))][-1]
    '二、受理申请。'
    """
    if len(line) < 200:
        yield line
        return
    here = 0
    for found in _BREAK.finditer(line.text):
        yield line.slice(here, found.start())
        here = found.end()
    yield line.slice(here, len(line))


def split_headings(paragraph: Traced, cues: Cues) -> list[Traced]:
    """A text without breaks, parted before 一、二、三、 and within those before （一）（二）, where the numbers run on.

    >>> text = "年报一、总体情况" + "公开信息。" * 120 + "二、收到申请" + "无申请。" * 9 + "三、问题有待解决。"
    >>> [part.text[:6] for part in split_headings(Traced.of(text), Cues())]
    ['年报', '一、总体情况', '二、收到申请', '三、问题有待']
    """
    if len(paragraph) < _SHORT:
        return [paragraph]
    folded = fold(paragraph.text)
    if len(paragraph) < _LONG and sum(title in folded for title in cues.section_titles) < 2:
        return [paragraph]
    cuts = _sequence(folded, 1, 0, len(folded), cues)
    bounds = [0, *cuts, len(folded)]
    for start, end in pairwise(bounds):
        if end - start > 40:
            cuts.extend(_sequence(folded, 2, start, end, cues))
    bounds = [0, *sorted(cut for cut in set(cuts) if cut), len(folded)]
    return [paragraph.slice(start, end) for start, end in pairwise(bounds)]


def _sequence(folded: str, level: int, start: int, end: int, cues: Cues) -> list[int]:
    """Where the headings of one level stand that count up from one without a gap; none where there is but one."""
    cuts: list[int] = []
    for found in _INLINE[level].finditer(folded, start, end):
        value = ordinal(found["n"])
        if value != len(cuts) + 1:
            continue
        known = any(folded.startswith(title, found.end()) for title in cues.section_titles)
        if not known and any(folded.startswith(row, found.end()) for row in cues.table_rows):
            continue
        before = folded[found.start() - 1 : found.start()]
        clear = not before or before in "。！？；：）” \t" or (not cuts and level == 1)
        after_title = bool(cuts) and level == 2 and found.start() - cuts[-1] < 30
        if known or clear or after_title or (level == 2 and not cuts and found.start() - start < 40):
            cuts.append(found.start())
    return cuts if len(cuts) > 1 else []
