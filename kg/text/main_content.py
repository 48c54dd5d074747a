"""Which paragraphs of a page are its text, and which are furniture around it: by where prose and figures stand thick."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kg.text.cues import Cues
from kg.text.raw import Block, Grid, Piece

_MARKS = re.compile("[，。；、：！？,;]")
_SPACE = re.compile(r"\s+")
_ENOUGH = 0.9
_NEAR = 20
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)\b", re.I)
_BARE_PAIR = 80
_COPY = 6  # cells that a table must have to be told for a copy


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of a page with the block element it stands in, its length, and how much of it is links."""

    piece: Piece
    container: int
    length: int
    linked: int = 0
    furniture: bool = False

    @property
    def weight(self) -> float:
        """How much this piece speaks for its surroundings being the text."""
        if self.furniture or self.length < 1:
            return 0.0
        own = self.length - self.linked
        if isinstance(self.piece, Grid):
            return float(own)
        marks = len(_MARKS.findall(self.piece.text.text))
        return float(own) if own * 2 > self.length and (marks > 1 or own > 40) else 0.0


def choose(
    candidates: Sequence[Candidate], parents: Sequence[int], title: str, cues: Cues
) -> tuple[list[Piece], tuple[tuple[str, str], ...]]:
    """The pieces in order, furniture marked as navigation, and the pairs of the info table above the text.

    The text is what stands in the innermost element that holds nearly all prose and figures of the page; beyond it only
    long prose, tables of figures and the title belong to the text.
    """
    main = _main(candidates, parents)
    within = _within(main, parents)
    inside = [within[candidate.container] for candidate in candidates]
    titles = _titles(candidates, inside, title)
    first, last = _bounds(candidates, inside)
    pieces: list[Piece] = []
    pairs: list[tuple[str, str]] = []
    for at, candidate in enumerate(candidates):
        piece = candidate.piece
        found = _info(piece, cues, bare=not inside[at] and at < first)
        pairs += found
        body = at in titles or _is_body(candidate) or (inside[at] and not candidate.furniture)
        outside = not first <= at <= last and at not in titles
        again = at > 0 and _is_copy(piece, candidates[at - 1].piece)
        if found or again or not body or (inside[at] and _is_menu(candidate, outside=outside)):
            piece = replace(piece, aside="navigation")
        pieces.append(piece)
    return pieces, tuple(pairs)


def _is_copy(piece: Piece, before: Piece) -> bool:
    """Whether a table is the one before it once more, as pages keep a second one for small screens."""
    if not (isinstance(piece, Grid) and isinstance(before, Grid)) or len(piece.cells) < _COPY:
        return False
    places, others = (
        [(cell.row, cell.column, _SPACE.sub("", cell.text.text)) for cell in grid.cells]
        for grid in (piece, before)
    )
    return places == others


def _main(candidates: Sequence[Candidate], parents: Sequence[int]) -> int:
    """The innermost element that holds nearly all the weight."""
    weights = [0.0] * len(parents)
    for candidate in candidates:
        weights[candidate.container] += candidate.weight
    for node in range(len(parents) - 1, 0, -1):
        weights[parents[node]] += weights[node]
    children: dict[int, list[int]] = {}
    for node in range(1, len(parents)):
        children.setdefault(parents[node], []).append(node)
    here = 0
    total = weights[0]
    while total and here in children:
        best = max(children[here], key=lambda node: weights[node])
        if weights[best] < _ENOUGH * total or best not in children:
            break
        here = best
    return here


def _within(ancestor: int, parents: Sequence[int]) -> list[bool]:
    """For every element, whether it is the given one or stands in it; parents come before their children."""
    within: list[bool] = []
    for node, parent in enumerate(parents):
        within.append(node == ancestor or (parent >= 0 and within[parent]))
    return within


def _is_body(candidate: Candidate) -> bool:
    """Whether a piece is text wherever it stands: long prose without links, or a table of figures."""
    if candidate.furniture:
        return False
    if isinstance(candidate.piece, Grid):
        numeric = sum(
            bool(re.fullmatch(r"\s*\d[\d.,]*\s*", cell.text.text)) for cell in candidate.piece.cells
        )
        return numeric >= 2
    text = candidate.piece.text.text
    return len(text) >= 40 and "。" in text and candidate.linked * 4 < candidate.length


def _bounds(candidates: Sequence[Candidate], inside: Sequence[bool]) -> tuple[int, int]:
    """The first and the last piece of the text that is a sentence or a table of figures."""
    heavy = [
        at
        for at, candidate in enumerate(candidates)
        if inside[at]
        and not candidate.furniture
        and candidate.linked * 2 < candidate.length
        and (_is_body(candidate) if isinstance(candidate.piece, Grid) else "。" in candidate.piece.text.text)
    ]
    return (heavy[0], heavy[-1]) if heavy else (0, len(candidates))


def _is_menu(candidate: Candidate, *, outside: bool) -> bool:
    """Whether a line among the text's is but a link, as of a list of other pages: a short one, or one ``outside`` the prose."""
    if not isinstance(candidate.piece, Block) or candidate.linked < 1:
        return False
    words = candidate.piece.text.text
    if outside and not _FILE.search(words):
        return candidate.linked * 3 >= candidate.length * 2
    return (
        candidate.linked >= candidate.length
        and candidate.length <= 12
        and candidate.piece.heading < 0
        and not _MARKS.search(words)
    )


def _titles(candidates: Sequence[Candidate], inside: Sequence[bool], title: str) -> set[int]:
    """The lines shortly before the text that say what the page's title says."""
    first = next((at for at, is_inside in enumerate(inside) if is_inside), len(candidates))
    wanted = _SPACE.sub("", title)
    found: set[int] = set()
    for at in range(max(0, first - _NEAR), first):
        piece = candidates[at].piece
        if not isinstance(piece, Block):
            continue
        words = _SPACE.sub("", piece.text.text)
        same = len(words) >= 8 and (
            words in wanted or (len(wanted) >= 8 and wanted in words and len(words) < 80)
        )
        if (piece.heading in (1, 2) and len(words) >= 8) or same:
            found.add(at)
    return {max(found)} if found else found


def _info(piece: Piece, cues: Cues, *, bare: bool) -> list[tuple[str, str]]:
    """The pairs of an info table: cells or lines that begin with one of its row names.

    ``bare`` ones may lack the colon between name and value, as where a page sets them apart by style alone.
    """
    names = {_SPACE.sub("", word) for word in cues.info}
    if isinstance(piece, Block):
        text = piece.text.text.strip()
        if len(text) > 120:
            return []
        return _pairs([text], names, grid=False) or (_bare_pair(text, names) if bare else [])
    pairs = _pairs([_SPACE.sub("", cell.text.text) for cell in piece.cells], names, grid=True)
    return pairs if len(pairs) > 1 else []


def _pairs(texts: Sequence[str], names: Collection[str], *, grid: bool) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for at, text in enumerate(texts):
        name, colon, value = re.sub(r"[【】\[\]]", "", text).replace(":", "：").partition("：")
        if _SPACE.sub("", name) not in names:
            continue
        if not value and grid and at + 1 < len(texts):
            value = texts[at + 1]
        if value and (colon or grid):
            pairs.append((_SPACE.sub("", name), value.strip()))
    return pairs


def _bare_pair(text: str, names: Collection[str]) -> list[tuple[str, str]]:
    words = _SPACE.sub("", text)
    name = max((name for name in names if len(name) > 1 and words.startswith(name)), key=len, default="")
    value = words[len(name) :]
    return [(name, value)] if name and value and len(words) <= _BARE_PAIR and not _MARKS.search(value) else []
