"""Finding where digits without delimiters part, by the sums that must hold.

A reading gives each column of a row its number or a blank. Sums inside a row (the parts before the last column of each group
add up to it) cut down the readings of one row; sums down the columns cut down their combinations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.tables.numbers import Number, Token
from kg.text.document import Span

MOST_STEPS = 60_000
MOST_READINGS = 400
MOST_STATES = 20_000

Reading = tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class _Digit:
    at: int
    digit: str
    must: bool  # a number must begin here
    may: bool  # a number may begin here


def sums_hold(reading: Reading, group: int) -> bool:
    """Whether in each group of columns the parts add up to the last; a blank counts as nothing."""
    for start in range(0, len(reading), group):
        *parts, total = (cell.value if cell else Decimal(0) for cell in reading[start : start + group])
        if sum(parts) != total:
            return False
    return True


def row_readings(tokens: Sequence[Token], width: int, group: int, *, blanks: bool = False) -> list[Reading]:
    """Every reading of the numbers of one row that its sums allow; just one, unchecked, where the numbers fit the columns.

    ``group`` is how many columns share a sum, 0 for no sums. ``blanks`` lets digits part and cells be blank at once.
    """
    if len(tokens) == width:
        return [tuple(_whole(token) for token in tokens)]
    found: list[Reading] = []
    if len(tokens) > width:
        found.extend(_without_pages(tokens, width, group))
        found.extend(_split(tokens, width, group, inside=False))
    else:
        found.extend(_split(tokens, width, group, inside=True, blanks=blanks))
        if group and not blanks:
            found.extend(_with_blanks(tokens, width, group))
    unique = list(dict.fromkeys(found))
    return unique if len(unique) <= MOST_READINGS else []


def _whole(token: Token) -> Number:
    return Number(Decimal(token.digits), Span(token.start, token.end))


def _without_pages(tokens: Sequence[Token], width: int, group: int) -> Iterator[Reading]:
    if len(tokens) != width + 1:
        return
    for index, token in enumerate(tokens):
        if token.alone and len(token.digits) <= 3:
            reading = tuple(_whole(other) for other in (*tokens[:index], *tokens[index + 1 :]))
            if group and sums_hold(reading, group):
                yield reading


def _with_blanks(tokens: Sequence[Token], width: int, group: int) -> Iterator[Reading]:
    steps = 0

    def place(index: int, cells: tuple[Number | None, ...]) -> Iterator[Reading]:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            return
        if len(cells) % group == 0 and cells and not sums_hold(cells[-group:], group):
            return
        if len(cells) == width:
            if index == len(tokens):
                yield cells
            return
        if index < len(tokens):
            yield from place(index + 1, (*cells, _whole(tokens[index])))
        if len(tokens) - index < width - len(cells):
            yield from place(index, (*cells, None))

    yield from place(0, ())


def _split(
    tokens: Sequence[Token], width: int, group: int, *, inside: bool, blanks: bool = False
) -> list[Reading]:
    """Readings that part the digits anew: across spaces always, inside runs where allowed.

    None at all where there are more ways than can be tried, for then it is not known that one is the only one.
    """
    digits = [
        _Digit(token.start + place, digit, place == 0 and token.gap == "strong", place == 0 or inside)
        for token in tokens
        for place, digit in enumerate(token.digits)
        if token.end - token.start == len(token.digits) and "." not in token.digits
    ]
    if len(digits) != sum(len(token.digits) for token in tokens) or (len(digits) < width and not blanks):
        return []
    found: list[Reading] = []
    steps = 0

    def cut(position: int, cells: Reading) -> None:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS or len(found) > MOST_READINGS:
            return
        if len(cells) == width:
            if position == len(digits):
                found.append(cells)
            return
        due = bool(group) and len(cells) % group == group - 1
        total = sum(int(cell.value) for cell in cells[-(group - 1) :] if cell) if due else 0
        if blanks and not (due and total):
            cut(position, (*cells, None))
        left = width - len(cells) - 1
        last = len(digits) - (0 if blanks else left)
        for end in range(position + 1, last + 1):
            piece = digits[position:end]
            if end - position > 1 and (piece[0].digit == "0" or piece[-1].must):
                break
            if (end < len(digits) and not digits[end].may) or (left == 0 and end != len(digits)):
                continue
            words = "".join(digit.digit for digit in piece)
            if due and words != str(total):
                continue
            cut(end, (*cells, Number(Decimal(words), Span(piece[0].at, piece[-1].at + 1))))

    cut(0, ())
    return found if steps <= MOST_STEPS and len(found) <= MOST_READINGS else []


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """Rows whose columns add up: those on the left to those on the right."""

    left: tuple[int, ...]
    right: tuple[int, ...]


def consistent(rows: Sequence[Sequence[Reading]], sums: Sequence[ColumnSum], width: int) -> list[list[Reading]]:
    """For each row the readings that some choice for the other rows completes to a table whose column sums hold.

    The rows come back as they were where no choice does, or where there are too many to try.
    """
    weights = [tuple((index in s.left) - (index in s.right) for s in sums) for index in range(len(rows))]
    zero = tuple(Decimal(0) for _ in range(width * len(sums)))

    def move(state: tuple[Decimal, ...], row: int, reading: Reading, sign: int) -> tuple[Decimal, ...]:
        values = [cell.value if cell else Decimal(0) for cell in reading]
        steps = (value * weight * sign for weight in weights[row] for value in values)
        return tuple(old + step for old, step in zip(state, steps, strict=True))

    reach: list[set[tuple[Decimal, ...]]] = [{zero}]
    for index, choices in enumerate(rows):
        states = {move(state, index, reading, 1) for state in reach[-1] for reading in choices or [()]} if choices else reach[-1]
        if len(states) > MOST_STATES:
            return [list(choices) for choices in rows]
        reach.append(states)
    if zero not in reach[-1]:
        return [list(choices) for choices in rows]
    alive = {zero}
    kept: list[list[Reading]] = [[] for _ in rows]
    for index in range(len(rows) - 1, -1, -1):
        if not rows[index]:
            continue
        before: set[tuple[Decimal, ...]] = set()
        for reading in rows[index]:
            sources = {move(state, index, reading, -1) for state in alive} & reach[index]
            if sources:
                kept[index].append(reading)
                before |= sources
        alive = before
    return kept
