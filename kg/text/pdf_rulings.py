"""Ruling lines that a page break leaves out: the last row of a page without a line below it, the first without one above."""

from collections.abc import Sequence

CLOSE = 3.0
_FEWEST = 3  # lines downwards that end at one height where a table is cut

Box = tuple[float, float, float, float]  # left, top, right, bottom; of a line, too


def closed(lines: Sequence[Box]) -> list[Box]:
    """Lines that close the tables of a page where its lines downwards end and none runs all the way across.

    Only what is drawn first and last on a page can be cut.
    """
    downwards = [line for line in lines if line[1] != line[3]]
    found: list[Box] = []
    for side, last in ((1, min), (3, max)):
        if not downwards:
            break
        end = last(line[side] for line in downwards)
        ending = [line[0] for line in downwards if abs(line[side] - end) <= CLOSE]
        left, right = min(ending), max(ending)
        places = {round(place / CLOSE) for place in ending}
        if len(places) >= _FEWEST and not _spanned(left, right, end, lines):
            found.append((left, end, right, end))
    return found


def is_open(box: Box, lines: Sequence[Box], ends: Sequence[Box], *, top: bool) -> bool:
    """Whether a box ends at one of the lines that close a table, and no drawn one closes it."""
    height = box[1] if top else box[3]
    if not any(abs(end[1] - height) <= CLOSE for end in ends):
        return False
    return not _spanned(box[0], box[2], height, lines)


def _spanned(left: float, right: float, height: float, lines: Sequence[Box]) -> bool:
    """Whether lines at one height reach from one side to the other."""
    reached = left
    for start, stop in sorted(
        (line[0], line[2]) for line in lines if line[1] == line[3] and abs(line[1] - height) <= CLOSE
    ):
        if start > reached + CLOSE:
            break
        reached = max(reached, stop)
    return reached >= right - CLOSE
