"""Finding where digits without delimiters part, by the sums that must hold.

A reading gives each column of a row its number or a blank. Sums inside a row (the parts before the last column of each group
add up to it) cut down the readings of one row; sums down the columns cut down their combinations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import add, sub

from kg.extract.tables.numbers import Number, Token
from kg.text.document import Span

MOST_STEPS = 30_000
MOST_READINGS = 400
MOST_STATES = 20_000
MOST_DIGITS = 6  # in one number where digits run together

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
    return Number(Decimal(token.digits), Span(token.start, token.end), token.unit)


def _without_pages(tokens: Sequence[Token], width: int, group: int) -> Iterator[Reading]:
    if len(tokens) != width + 1:
        return
    for index, token in enumerate(tokens):
        if token.alone and len(token.digits) <= 3:
            reading = tuple(_whole(other) for other in (*tokens[:index], *tokens[index + 1 :]))
            if group and sums_hold(reading, group):
                yield reading


def _with_blanks(tokens: Sequence[Token], width: int, group: int) -> Iterator[Reading]:
    if any(len(token.digits) > 1 and token.digits[0] == "0" and token.digits[1] != "." for token in tokens):
        return  # no number is printed as 000: these are several
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
    if any(token.digits.startswith("-") for token in tokens):
        return []
    digits = [
        _Digit(token.start + place, digit, place == 0 and token.gap == "strong", place == 0 or inside)
        for token in tokens
        for place, digit in enumerate(token.digits)
        if token.end - token.start == len(token.digits) and "." not in token.digits
    ]
    if len(digits) != sum(len(token.digits) for token in tokens) or (len(digits) < width and not blanks):
        return []
    search = _Search(digits, blanks)
    found = search.groups(0, width // group, group) if group else search.plain(width)
    return found if search.steps <= MOST_STEPS and len(found) <= MOST_READINGS else []


class _Search:
    """All ways to part a run of digits into numbers; ``steps`` counts the work, and no answer is whole beyond its limit."""

    def __init__(self, digits: Sequence[_Digit], blanks: bool) -> None:
        self._digits = digits
        self._text = "".join(digit.digit for digit in digits)
        self._sums = [0]
        for digit in digits:
            self._sums.append(self._sums[-1] + int(digit.digit))
        self._blanks = blanks
        self.steps = 0

    def plain(self, width: int) -> list[Reading]:
        """Readings of so many columns without sums."""
        return list(self._parts(0, width, len(self._digits), None))

    def groups(self, start: int, count: int, size: int) -> list[Reading]:
        """Readings of so many groups of columns, in each of which the parts add up to the last."""
        end = len(self._digits)
        if count == 0:
            return [()] if start == end else []
        found: list[Reading] = []
        for stop in range(start, min(end, start + MOST_DIGITS * (size - 1)) + 1):
            if self._blanks and self._sums[stop] == self._sums[start] and (count > 1 or stop == end):
                for parts in self._parts(start, size - 1, stop, 0):
                    found.extend((*parts, None, *rest) for rest in self.groups(stop, count - 1, size))
            for after in [end] if count == 1 else range(stop + 1, min(end, stop + MOST_DIGITS) + 1):
                total = self._number(stop, after)
                if total is None or self.steps > MOST_STEPS or len(found) > MOST_READINGS:
                    continue
                for parts in self._parts(start, size - 1, stop, int(total.value)):
                    found.extend((*parts, total, *rest) for rest in self.groups(after, count - 1, size))
        return found

    def _parts(self, start: int, count: int, stop: int, target: int | None) -> Iterator[Reading]:
        """The ways to part the digits up to ``stop`` into so many numbers that add up to ``target``."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        if count == 0:
            if start == stop and not target:
                yield ()
            return
        least, most = self._sums[stop] - self._sums[start], int(self._text[start:stop] or "0")
        if target is not None and not least <= target <= most:
            return
        if self._blanks:
            yield from ((None, *rest) for rest in self._parts(start, count - 1, stop, target))
        for end in range(start + 1, min(stop, start + MOST_DIGITS) + 1):
            number = self._number(start, end)
            if number is None:
                if end > start + 1 and self._text[start] == "0":
                    break
                continue
            left = None if target is None else target - int(number.value)
            if left is not None and left < 0:
                break
            yield from ((number, *rest) for rest in self._parts(end, count - 1, stop, left))

    def _number(self, start: int, end: int) -> Number | None:
        """The number that these digits may be."""
        digits = self._digits
        if end <= start or end - start > MOST_DIGITS or (end - start > 1 and self._text[start] == "0"):
            return None
        if not (digits[start].may and (end == len(digits) or digits[end].may)) or any(
            d.must for d in digits[start + 1 : end]
        ):
            return None
        return Number(Decimal(self._text[start:end]), Span(digits[start].at, digits[end - 1].at + 1))


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """Rows whose columns add up: those on the left to those on the right."""

    left: tuple[int, ...]
    right: tuple[int, ...]


def consistent(
    rows: Sequence[Sequence[Reading]], sums: Sequence[ColumnSum], width: int
) -> list[list[Reading]]:
    """For each row the readings that some choice for the other rows completes to a table whose column sums hold.

    The rows come back as they were where no choice does, or where there are too many to try.
    """
    State = tuple[int, ...]
    weights = [tuple((index in s.left) - (index in s.right) for s in sums) for index in range(len(rows))]
    zero: State = (0,) * (width * len(sums))
    moves: list[list[State]] = [
        [
            tuple(int(cell.value) * weight if cell else 0 for weight in weights[index] for cell in reading)
            for reading in choices
        ]
        for index, choices in enumerate(rows)
    ]
    reach: list[set[State]] = [{zero}]
    for index, choices in enumerate(rows):
        steps = set(moves[index]) or {zero}
        if len(steps) * len(reach[-1]) > MOST_STATES:
            return [list(choices) for choices in rows]
        states = (
            {tuple(map(add, state, step)) for state in reach[-1] for step in steps} if choices else reach[-1]
        )
        reach.append(states)
    if zero not in reach[-1]:
        return [list(choices) for choices in rows]
    alive = {zero}
    kept: list[list[Reading]] = [[] for _ in rows]
    for index in range(len(rows) - 1, -1, -1):
        if not rows[index]:
            continue
        before: set[State] = set()
        for reading, step in zip(rows[index], moves[index], strict=True):
            sources = {tuple(map(sub, state, step)) for state in alive} & reach[index]
            if sources:
                kept[index].append(reading)
                before |= sources
        alive = before
    return kept
