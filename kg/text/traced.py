"""A text that knows, for each of its characters, where in the source it stood."""

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace the characters from start to end by a string."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Characters with the stretch of the decoded source that each came from.

    >>> traced = Traced.of("共 计", 10).edit([(1, 2, "")])
    >>> traced.text, list(traced.starts)
    ('共计', [10, 12])
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"

    @classmethod
    def of(cls, text: str, offset: int = 0) -> "Traced":
        """A text that stands unchanged at this place of the source."""
        return cls(
            text,
            array("I", range(offset, offset + len(text))),
            array("I", range(offset + 1, offset + len(text) + 1)),
        )

    @classmethod
    def at(cls, text: str, start: int, end: int) -> "Traced":
        """A text that stands for one stretch of the source as a whole, such as a character reference."""
        return cls(text, array("I", [start]) * len(text), array("I", [end]) * len(text))

    def __len__(self) -> int:
        return len(self.text)

    @property
    def start(self) -> int:
        """Where in the source this text begins; 0 for an empty one."""
        return self.starts[0] if self.starts else 0

    def slice(self, start: int, end: int) -> "Traced":
        """The characters from start to end."""
        return Traced(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def strip(self, characters: str | None = None) -> "Traced":
        """Without white space (or the given characters) at either end."""
        left = len(self.text) - len(self.text.lstrip(characters))
        kept = len(self.text.strip(characters))
        return self if kept == len(self.text) else self.slice(left, left + kept)

    def same_length(self, text: str) -> "Traced":
        """Other characters in the same places."""
        assert len(text) == len(self.text)
        return Traced(text, self.starts, self.ends)

    def edit(self, edits: Sequence[Edit]) -> "Traced":
        """The text with stretches replaced; edits stand in order and do not overlap.

        A replacement of equal length keeps the places one by one; any other takes the place of the whole stretch.
        """
        if not edits:
            return self
        parts: list[str] = []
        starts, ends = array("I"), array("I")
        here = 0
        for start, end, new in edits:
            if start < here:
                continue
            parts += (self.text[here:start], new)
            same = len(new) == end - start
            upto = end if same else start
            starts.extend(self.starts[here:upto])
            ends.extend(self.ends[here:upto])
            if new and not same:
                first, last = self._place(start, end)
                starts.extend([first] * len(new))
                ends.extend([last] * len(new))
            here = end
        parts.append(self.text[here:])
        starts.extend(self.starts[here:])
        ends.extend(self.ends[here:])
        return Traced("".join(parts), starts, ends)

    def _place(self, start: int, end: int) -> tuple[int, int]:
        if start < end:
            return self.starts[start], max(self.starts[start], self.ends[end - 1])
        here = self.ends[start - 1] if start else self.start
        return here, here

    def sub(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> "Traced":
        """Every match replaced, as ``re.sub`` does but with places kept; ``new`` is taken literally."""
        make = new if callable(new) else lambda _: new
        return self.edit([(found.start(), found.end(), make(found)) for found in pattern.finditer(self.text)])

    @classmethod
    def join(cls, parts: Iterable["Traced"], separator: str = "") -> "Traced":
        """Texts one after another; a separator stands at the end of what precedes it."""
        texts: list[str] = []
        starts, ends = array("I"), array("I")
        for part in parts:
            if texts and separator:
                here = ends[-1] if ends else part.start
                texts.append(separator)
                starts.extend([here] * len(separator))
                ends.extend([here] * len(separator))
            texts.append(part.text)
            starts.extend(part.starts)
            ends.extend(part.ends)
        return cls("".join(texts), starts, ends)
