"""Pairs of quotation marks, title marks and brackets in folded text."""

from bisect import bisect_left
from dataclasses import dataclass

_CLOSERS = {"”": "“", "》": "《", "）": "（", "’": "‘"}
_LONGEST = {"“": 60, "《": 120, "（": 200, "‘": 60}


@dataclass(frozen=True, slots=True)
class Marks:
    """Openers by closer position and the reverse; positions of the marks themselves."""

    opener: dict[int, int]
    closer: dict[int, int]
    starts: tuple[int, ...]

    def pairs(self, text: str, mark: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Outermost pairs that open with this mark inside a stretch, as half-open spans."""
        found: list[tuple[int, int]] = []
        stop = len(text) if end is None else end
        for opened in self.starts[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]:
            if text[opened] == mark and not (found and opened < found[-1][1]) and self.closer[opened] < stop:
                found.append((opened, self.closer[opened] + 1))
        return found


def find_marks(text: str) -> Marks:
    """Pair the marks of a text; a pair never crosses a line end nor grows beyond what titles and quotations measure.

    >>> find_marks("《a〔“b”》").pairs("《a〔“b”》", "《")
    [(0, 7)]
    """
    opener: dict[int, int] = {}
    closer: dict[int, int] = {}
    stack: list[int] = []
    for position, c in enumerate(text):
        if c in _LONGEST:
            stack.append(position)
        elif c in _CLOSERS:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
                start = stack[depth]
                if text[start] == _CLOSERS[c] and position - start <= _LONGEST[text[start]]:
                    opener[position], closer[start] = start, position
                    del stack[depth:]
                    break
        elif c == "\n":
            stack.clear()
    return Marks(opener, closer, tuple(sorted(closer)))
