"""What a bench found, as a table of Markdown that is also fit to read."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One question, the numbers that answer it, and what is to be known of them."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def __str__(self) -> str:
        lines = [_row(self.head), _row(["---"] * len(self.head)), *map(_row, self.rows)]
        return "\n".join([f"## {self.title}", "", *lines, *(["", self.note] if self.note else []), ""])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
