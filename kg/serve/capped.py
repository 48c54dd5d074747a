"""An answer written to memory that stops at its limits, so that none is ever cut short in silence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.serve.refusal import Refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Form:
    """What ends a row or parts two, how many of them more than rows there are, and what values look like that may hold it as well."""

    mark: bytes
    beyond: int
    quoted: re.Pattern[bytes] | None = None


_FORMS: Mapping[str, _Form] = {
    "application/sparql-results+json": _Form(b"},{", -1, re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)),
    "application/sparql-results+xml": _Form(b"<result>", 0),
    "text/tab-separated-values": _Form(b"\n", 1),
    "text/csv": _Form(b"\r\n", 1, re.compile(rb'"[^"]*"')),
}


class Capped:
    """Collects an answer; raises ``Refused`` with 422 once it is longer than ``most_bytes`` or has more than ``most_rows``.

    Marks are counted once the bytes have room for too many, and then as they come. Where that says too much, they are counted once more
    without the values.

    >>> sink = Capped("text/tab-separated-values", most_bytes=100, most_rows=2)
    >>> sink.write(b"?a\\n1\\n2\\n"), sink.body
    (7, b'?a\\n1\\n2\\n')
    >>> sink.write(b"3\\n")
    Traceback (most recent call last):
    kg.serve.refusal.Refused: the answer has more than 2 rows
    """

    def __init__(self, kind: str, *, most_bytes: int, most_rows: int) -> None:
        self._parts: list[bytes] = []
        self._length = 0
        self._most_bytes = most_bytes
        self._most_rows = most_rows
        self._form = _FORMS.get(kind)
        self._few = (most_rows + self._form.beyond) * len(self._form.mark) if self._form else most_bytes
        self._counted = 0  # parts
        self._marks = 0  # as far as they are settled
        self._open = 0  # those seen since, in values or not
        self._settled = 0  # parts
        self._tail = self._rest = b""  # where a mark, or a value, may go on
        self.refused: Refused | None = None

    @property
    def body(self) -> bytes:
        """What was written."""
        return b"".join(self._parts)

    def flush(self) -> None:
        """Nothing is held back."""

    def write(self, chunk: Any) -> int:
        """Take the next bytes."""
        data = bytes(chunk)
        self._length += len(data)
        if self._length > self._most_bytes:
            raise self._refuse(f"the answer is longer than {self._most_bytes} bytes")
        self._parts.append(data)
        if self._length > self._few and self._form and self._too_many(self._form):
            raise self._refuse(f"the answer has more than {self._most_rows} rows")
        return len(data)

    def _too_many(self, form: _Form) -> bool:
        seen = b"".join((self._tail, *self._parts[self._counted :]))
        self._counted = len(self._parts)
        self._open += seen.count(form.mark)
        self._tail = seen[max(len(seen) - len(form.mark) + 1, 0) :]
        most = self._most_rows + form.beyond
        if self._marks + self._open > most and form.quoted:
            self._settle(form.mark, form.quoted)
        return self._marks + self._open > most

    def _settle(self, mark: bytes, quoted: re.Pattern[bytes]) -> None:
        bare = quoted.sub(b"", self._rest + b"".join(self._parts[self._settled :]))
        opened = bare.find(b'"')  # of a value that is not yet whole
        end = len(bare) if opened < 0 else opened
        self._marks += bare.count(mark, 0, end)
        self._open = 0
        self._rest = bare[max(end - len(mark) + 1, 0) :]
        self._settled = len(self._parts)

    def _refuse(self, what: str) -> Refused:
        self.refused = Refused(422, what, "add LIMIT, or ask for less")
        return self.refused


def counted(statements: Iterable[T], most: int) -> Iterator[T]:
    """The same statements; raises ``Refused`` with 422 where there are more.

    >>> list(counted("ab", 2))
    ['a', 'b']
    >>> list(counted("abc", 2))
    Traceback (most recent call last):
    kg.serve.refusal.Refused: the answer has more than 2 statements
    """
    for number, statement in enumerate(statements):
        if number == most:
            raise Refused(422, f"the answer has more than {most} statements", "add LIMIT, or ask for less")
        yield statement
