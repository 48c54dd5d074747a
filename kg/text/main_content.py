"""Which paragraphs of a page are its text, and which are furniture around it: by where prose and figures stand thick."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.text.cues import Cues
from kg.text.raw import Block, Grid, Piece

_MARKS = re.compile("[，。；、：！？,;]")
_SPACE = re.compile(r"\s+")
_ENOUGH = 0.9
_NEAR = 20


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
    pieces: list[Piece] = []
    pairs: list[tuple[str, str]] = []
    for at, candidate in enumerate(candidates):
        piece = candidate.piece
        found = _info(piece, cues)
        pairs += found
        body = at in titles or _is_body(candidate) or (inside[at] and not candidate.furniture)
        if found or not body or (inside[at] and _is_menu(candidate)):
            piece = replace(piece, aside="navigation")
        pieces.append(piece)
    return pieces, tuple(pairs)


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


def _is_menu(candidate: Candidate) -> bool:
    """Whether a short line inside the text is nothing but a link, as of a list of other pages."""
    return (
        isinstance(candidate.piece, Block)
        and candidate.linked >= candidate.length > 0
        and candidate.length <= 12
        and candidate.piece.heading < 0
        and not _MARKS.search(candidate.piece.text.text)
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


def _info(piece: Piece, cues: Cues) -> list[tuple[str, str]]:
    """The pairs of an info table: cells or lines that begin with one of its row names."""
    texts = (
        [_SPACE.sub("", cell.text.text) for cell in piece.cells]
        if isinstance(piece, Grid)
        else [piece.text.text.strip()]
        if len(piece.text) <= 120
        else []
    )
    pairs: list[tuple[str, str]] = []
    for at, text in enumerate(texts):
        name, colon, value = re.sub(r"[【】\[\]]", "", text).replace(":", "：").partition("：")
        if _SPACE.sub("", name) not in {_SPACE.sub("", word) for word in cues.info}:
            continue
        if not value and isinstance(piece, Grid) and at + 1 < len(texts):
            value = texts[at + 1]
        if value and (colon or isinstance(piece, Grid)):
            pairs.append((_SPACE.sub("", name), value.strip()))
    return pairs if len(pairs) > 1 or (pairs and isinstance(piece, Block)) else []
