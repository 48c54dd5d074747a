"""Titles and document numbers that a line break cuts, made whole, whether or not the text is wrapped elsewhere."""

import re
from collections.abc import Sequence

from kg.text.fold import fold
from kg.text.headings import mark_at
from kg.text.raw import Block, Piece
from kg.text.spaces import is_row
from kg.text.traced import Traced

_MOST_LINES = 4
_LONGEST = 120
_OPEN, _CLOSE = r"（(〔\[【", r"）)〕\]】"
_YEAR = rf"[{_OPEN}](?:\d{{0,4}}|(?:19|20)\d\d[{_CLOSE}]第?\d{{0,4}})"
_CODE = r"[^\W\d_]{1,14}"
_CODE_END = re.compile(rf"[{_OPEN}]{_CODE}(?:{_YEAR})?$|{_CODE}{_YEAR}$")  # （某办发〔2023〕|10号
_NUMBER = re.compile(rf"[{_OPEN}]?{_CODE}[{_OPEN}](?:19|20)\d\d[{_CLOSE}]第?\d{{1,4}}(?:-\d+)?号")
_NUMBER_NEXT = re.compile(rf"[{_OPEN}]{_NUMBER.pattern.removeprefix(f'[{_OPEN}]?')}[{_CLOSE}]")
_STOPS = re.compile("[。；！？]")
_MARK_SIZE = 12


def with_whole_titles(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, lines joined where a title in 《》 or a document number that one opens is closed by one of the next.

    >>> lines = ["印发《松坪县公开", "工作要点》（松政办〔2023〕", "5号）。", "《工作动态", "一、总体情况》"]
    >>> [piece.text.text for piece in with_whole_titles([Block(Traced.of(line)) for line in lines])]
    ['印发《松坪县公开工作要点》（松政办〔2023〕5号）。', '《工作动态', '一、总体情况》']
    """
    whole: list[Piece] = []
    here = 0
    while here < len(pieces):
        piece = pieces[here]
        stop = here
        if isinstance(piece, Block) and not piece.aside:
            words = fold(piece.text.text)
            while (end := _end(words, pieces, stop)) > stop:
                words += "".join(
                    fold(one.text.text) for one in pieces[stop + 1 : end + 1] if isinstance(one, Block)
                )
                stop = end
            if stop > here:
                lines = [one.text for one in pieces[here : stop + 1] if isinstance(one, Block)]
                piece = piece.with_text(Traced.join(lines))
        whole.append(piece)
        here = stop + 1
    return whole


def _end(words: str, pieces: Sequence[Piece], last: int) -> int:
    """The line that closes what the words before it leave open; ``last`` itself where they leave nothing open, or none does."""
    title = _open_title(words)
    code = _CODE_END.search(words) is not None
    if not title and not code and not words.endswith("》"):
        return last
    after = ""
    for at in range(last + 1, min(last + _MOST_LINES, len(pieces))):
        piece = pieces[at]
        if not isinstance(piece, Block) or piece.aside or _begins_anew(piece.text.text):
            return last
        line = fold(piece.text.text)
        after += line
        if not title:
            joined = _NUMBER.match(words[_opening(words) :] + line) if code else _NUMBER_NEXT.match(line)
            return at if joined else last
        closed = _closed(title, after)
        if closed:
            inside = title + after[:closed]
            return at if len(inside) <= _LONGEST and not _STOPS.search(inside) else last
        if len(title) + len(after) > _LONGEST or _STOPS.search(after):
            return last
    return last


def _open_title(words: str) -> str:
    """A title that is opened and not closed, with its mark; one inside it may be open, too (《关于印发《…)."""
    depth = 0
    opened = len(words)
    for at, mark in enumerate(words):
        if mark == "《":
            opened = at if not depth else opened
            depth += 1
        elif mark == "》":
            depth = max(depth - 1, 0)
    return words[opened:] if depth and len(words) - opened <= _LONGEST else ""


def _closed(title: str, after: str) -> int:
    """Where the title is closed in what follows it, behind the mark; 0 where it is not, or another opens first."""
    depth = title.count("《") - title.count("》")
    for at, mark in enumerate(after):
        if mark == "《":
            return 0
        depth -= mark == "》"
        if not depth:
            return at + 1
    return 0


def _opening(words: str) -> int:
    found = _CODE_END.search(words)
    return found.start() if found is not None else len(words)


def _begins_anew(line: str) -> bool:
    """Whether a line is a heading, an item of a list or the row of a table."""
    head = fold(line[:_MARK_SIZE])
    mark = mark_at(head, 0, len(head))
    return is_row(line) or (mark is not None and mark.level < 4 and not head[:4].isdigit())
