"""Which reports the store holds, of which file, in which state: what makes a build resumable.

One JSON value a line, appended as the build goes. A report is *begun* before its graphs are written and
*done* after, so that a build that was killed in between knows which reports to do again; the last line about
a report counts.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kg.errors import StoreError

REFERENCE = ""  # stands for the graphs that belong to no report


@dataclass(frozen=True, slots=True)
class Entry:
    """A report, the file it was read from, and the key of what it was made with; no key: not finished."""

    report: str
    path: str
    key: str = ""


class Journal:
    """The entries of an output folder; use it as a context manager.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with Journal(Path(folder) / "store.journal") as journal:
    ...         journal.write([Entry("http://x/r", "a.txt", "key"), Entry("http://x/q", "b.txt")])
    ...         journal.forget(["http://x/q"])
    ...     with Journal(Path(folder) / "store.journal") as journal:
    ...         list(journal.entries.values())
    [Entry(report='http://x/r', path='a.txt', key='key')]
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.entries: dict[str, Entry] = _read(path)
        self._file: TextIO | None = None

    def write(self, entries: Iterable[Entry]) -> None:
        """Note what is begun, or done where it has a key."""
        for entry in entries:
            self.entries[entry.report] = entry
            self._append([entry.report, entry.path, entry.key])

    def forget(self, reports: Iterable[str]) -> None:
        """Note reports that are no longer in the store."""
        for report in reports:
            self.entries.pop(report, None)
            self._append([report])

    def _append(self, line: list[str]) -> None:
        assert self._file is not None
        try:
            self._file.write(_line(line))
            self._file.flush()
        except OSError as error:
            raise self._unwritable(error) from None

    def __enter__(self) -> Self:
        """Start on a fresh file that holds each entry once; it takes the old one's place in one step."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        lines = [_line([one.report, one.path, one.key]) for _, one in sorted(self.entries.items())]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text("".join(lines), encoding="utf-8")
            os.replace(fresh, self._path)
            self._file = self._path.open("a", encoding="utf-8")
        except OSError as error:
            raise self._unwritable(error) from None
        return self

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(f"the journal cannot be written ({error.strerror or error})", where=str(self._path))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _line(values: list[str]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"


def _read(path: Path) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StoreError(f"the journal cannot be read ({error.strerror or error})", where=str(path)) from None
    for line in lines:
        match _values(line):
            case [str(report), str(source), str(key)]:
                entries[report] = Entry(report, source, key)
            case [str(report)]:
                entries.pop(report, None)
            case _:  # the line that was being written when a process died
                continue
    return entries


def _values(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None
