"""Which list of problems or plans is being counted, and how far."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.listing import ListMark

ORDINAL = "一二三四五六七八九十"


@dataclass(slots=True)
class Lists:
    """Which list of each kind is being counted, and how far."""

    last: dict[str, ListMark] = field(default_factory=dict)

    def goes_on(self, kind: str, mark: ListMark | None) -> bool:
        """Whether a mark is the next of the list of this kind."""
        last = self.last.get(kind)
        return (
            mark is not None and last is not None and (mark.kind, mark.value) == (last.kind, last.value + 1)
        )

    def restarts(self, kind: str, marks: Sequence[ListMark]) -> bool:
        """Whether a list of the same make as this one begins anew."""
        last = self.last.get(kind)
        return last is not None and last.value > 1 and any((m.kind, m.value) == (last.kind, 1) for m in marks)

    def count(self, kind: str, marks: Sequence[ListMark]) -> None:
        """Take in the marks of a stretch of this kind; marks of lists within the list are passed over."""
        for mark in marks:
            last = self.last.get(kind)
            if last is None or last.kind == mark.kind or mark.value == 1 == last.value:
                self.last[kind] = mark if last is None or last.kind == mark.kind else last
