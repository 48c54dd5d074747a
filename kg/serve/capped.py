"""An answer written to memory that stops at its limits, so that none is ever cut short in silence."""

import io
from typing import Any

from kg.serve.refusal import Refused

# What begins a row or parts two in each format; in none but CSV can it stand inside a value.
_ROW = {
    "application/sparql-results+json": b'"}},{"',
    "application/sparql-results+xml": b"<result>",
    "text/tab-separated-values": b"\n",
    "text/csv": b"\r\n",
    "application/n-triples": b"\n",
}
_WITH_HEAD = frozenset({"text/tab-separated-values", "text/csv"})


class Capped(io.RawIOBase):
    """Collects an answer; raises ``Refused`` with 422 once it is longer than ``most_bytes`` or ``most_rows``.

    >>> sink = Capped("text/tab-separated-values", most_bytes=100, most_rows=2)
    >>> sink.write(b"?a\\n1\\n2\\n"), sink.body
    (7, b'?a\\n1\\n2\\n')
    >>> sink.write(b"3\\n")
    Traceback (most recent call last):
    kg.serve.refusal.Refused: the answer has more than 2 rows
    """

    def __init__(self, kind: str, *, most_bytes: int, most_rows: int) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._length = 0
        self._most_bytes = most_bytes
        self._most_rows = most_rows
        self._mark = _ROW.get(kind, b"")
        self._marks = -1 if kind in _WITH_HEAD else 0
        self._tail = b""
        self.refused: Refused | None = None

    @property
    def body(self) -> bytes:
        """What was written."""
        return b"".join(self._parts)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, chunk: Any) -> int:
        """Take the next bytes."""
        data = bytes(chunk)
        self._length += len(data)
        if self._length > self._most_bytes:
            raise self._refuse(f"the answer is longer than {self._most_bytes} bytes")
        if self._mark:
            seen = self._tail + data
            self._marks += seen.count(self._mark)
            keep = len(self._mark) - 1
            self._tail = seen[-keep:] if keep else b""
            if self._marks > self._most_rows:
                raise self._refuse(f"the answer has more than {self._most_rows} rows")
        self._parts.append(data)
        return len(data)

    def _refuse(self, what: str) -> Refused:
        self.refused = Refused(422, what, "add LIMIT, or ask for less")
        return self.refused
