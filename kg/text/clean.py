"""Pieces in normalised words: one script, plain letters, no stray white space; what was taken out stands beside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.text.characters import unify
from kg.text.cues import Cues
from kg.text.cut_titles import with_whole_titles
from kg.text.fold import fold
from kg.text.headings import mark_at
from kg.text.navigation import furniture
from kg.text.paragraphs import split_headings
from kg.text.pinyin import without_pinyin
from kg.text.raw import Block, Grid, Piece
from kg.text.script import simplify
from kg.text.spaces import tidy
from kg.text.spam import find_spam
from kg.text.tokens import unescape
from kg.text.traced import Traced

_LONGEST_TITLE = 40
_LOWEST_TITLE = 3
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Aside:
    """Words taken out of the text, with the kind of noise they are."""

    kind: str
    text: Traced


@dataclass(frozen=True, slots=True)
class Clean:
    """The pieces of the body, what was set aside, what was converted, and what the furniture said."""

    pieces: tuple[Piece, ...]
    asides: tuple[Aside, ...]
    conversions: tuple[str, ...]
    metadata: tuple[tuple[str, str], ...]


def clean(pieces: Sequence[Piece], cues: Cues) -> Clean:
    """Normalise every piece, then part text from noise."""
    readings: list[Traced] = []
    pieces = _map(pieces, [_normal(text, readings, cell=cell) for text, cell in _texts(pieces)])
    texts, conversions = simplify([text for text, _ in _texts(pieces)], keep=cues.taiwan_keep)
    pieces = [piece for piece in _map(pieces, texts) if isinstance(piece, Grid) or piece.text.text]
    asides = [Aside("pinyin", reading) for reading in readings]
    if readings:
        conversions = (*conversions, "pinyin")
    pieces, metadata = _without_furniture(with_whole_titles(pieces), cues, asides)
    pieces = _without_spam(pieces, cues, asides)
    return Clean(tuple(_split(_joined(pieces, cues), cues)), tuple(asides), conversions, metadata)


def _texts(pieces: Sequence[Piece]) -> Iterator[tuple[Traced, bool]]:
    """Every text of the pieces in order, and whether it is a cell's."""
    for piece in pieces:
        if isinstance(piece, Block):
            yield piece.text, False
        else:
            yield from ((cell.text, True) for cell in piece.cells)


def _map(pieces: Sequence[Piece], texts: Sequence[Traced]) -> list[Piece]:
    """The pieces with other words, given in the order of ``_texts``."""
    supply = iter(texts)
    return [
        piece.with_text(next(supply))
        if isinstance(piece, Block)
        else replace(piece, cells=tuple(cell.with_text(next(supply)) for cell in piece.cells))
        for piece in pieces
    ]


def _normal(text: Traced, readings: list[Traced], *, cell: bool) -> Traced:
    # Mirror sites escape twice, and leave references in plain text.
    text, found = without_pinyin(unify(unescape(text, whole=True)))
    readings += found
    return tidy(text, cell=cell)


def _without_furniture(
    pieces: Sequence[Piece], cues: Cues, asides: list[Aside]
) -> tuple[list[Piece], tuple[tuple[str, str], ...]]:
    known = [piece for piece in pieces if piece.aside]
    rest = [piece for piece in pieces if not piece.aside]
    for piece in known:
        text = (
            piece.text if isinstance(piece, Block) else Traced.join((cell.text for cell in piece.cells), " ")
        )
        if text.text.strip():
            asides.append(Aside(piece.aside, text))
    lines = [piece.text.text if isinstance(piece, Block) else "" for piece in rest]
    found = furniture(lines, cues, anchors={at for at, piece in enumerate(rest) if isinstance(piece, Grid)})
    kept: list[Piece] = []
    for piece, kind in zip(rest, found.kinds, strict=True):
        if kind and isinstance(piece, Block):
            asides.append(Aside(kind, piece.text))
        else:
            kept.append(piece)
    return kept, found.metadata


def _without_spam(pieces: Sequence[Piece], cues: Cues, asides: list[Aside]) -> list[Piece]:
    texts = [text for text, _ in _texts(pieces)]
    cleaned: list[Traced] = []
    for text, spans in zip(texts, find_spam([text.text for text in texts], cues), strict=True):
        asides += [Aside("spam", text.slice(start, end)) for start, end in spans]
        cleaned.append(text.edit([(start, end, "") for start, end in spans]).strip() if spans else text)
    return [piece for piece in _map(pieces, cleaned) if isinstance(piece, Grid) or piece.text.text]


def _joined(pieces: Sequence[Piece], cues: Cues) -> Iterator[Piece]:
    """The pieces with the titles of sections whole that stood on several lines, the number perhaps on one of its own."""
    titles = frozenset(cues.section_titles + cues.section_parts)
    here = 0
    while here < len(pieces):
        piece = pieces[here]
        stop = _title_end(pieces, here, titles) if isinstance(piece, Block) else here
        if isinstance(piece, Block) and stop > here:
            lines = [line.text for line in pieces[here : stop + 1] if isinstance(line, Block)]
            piece = piece.with_text(Traced.join(lines))
        yield piece
        here = stop + 1


def _title_end(pieces: Sequence[Piece], start: int, titles: frozenset[str]) -> int:
    """The last line of the title that begins at this one; the line itself where its words are no part of one alone."""
    first = pieces[start]
    words = fold(first.text.text) if isinstance(first, Block) else ""
    mark = mark_at(words[:_LONGEST_TITLE], 0, min(len(words), _LONGEST_TITLE))
    if mark is None or mark.level > _LOWEST_TITLE or len(words) > _LONGEST_TITLE:
        return start
    end = start
    title = words[mark.end :]
    for at in range(start + 1, min(start + _MOST_LINES, len(pieces))):
        piece = pieces[at]
        if not isinstance(piece, Block) or len(piece.text) > _LONGEST_TITLE:
            break
        title += fold(piece.text.text)
        if title.rstrip("：。") in titles:
            end = at
    return end


def _split(pieces: Iterable[Piece], cues: Cues) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Block):
            yield from (
                piece.with_text(part.strip())
                for part in split_headings(piece.text, cues)
                if part.text.strip()
            )
        else:
            yield piece
