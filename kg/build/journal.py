"""Which reports the store holds, of which file, in which state: what makes a build resumable.

One JSON value a line, appended as the build goes. A report is *begun* before its graphs are written and
*done* after, so that a build that was killed in between knows which reports to do again; the last line about
a report counts.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kg.errors import StoreError, is_full

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
        entries = list(entries)
        self._append([entry.report, entry.path, entry.key] for entry in entries)
        self.entries.update((entry.report, entry) for entry in entries)

    def forget(self, reports: Iterable[str]) -> None:
        """Note reports that are no longer in the store."""
        reports = list(reports)
        self._append([report] for report in reports)
        for report in reports:
            self.entries.pop(report, None)

    def _append(self, lines: Iterable[list[str]]) -> None:
        """Lines that are safe on disk when this ends: what they tell of happens afterwards, or has happened before."""
        assert self._file is not None
        try:
            self._file.write("".join(map(_line, lines)))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._unwritable(error) from None

    def __enter__(self) -> Self:
        """Start on a fresh file that holds each entry once; it takes the old one's place in one step."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        lines = [_line([one.report, one.path, one.key]) for _, one in sorted(self.entries.items())]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as file:
                file.write("".join(lines))
                file.flush()
                os.fsync(file.fileno())
            os.replace(fresh, self._path)
            self._file = self._path.open("a", encoding="utf-8")
        except OSError as error:
            raise self._unwritable(error) from None
        return self

    def _unwritable(self, error: OSError) -> StoreError:
        if is_full(error):
            hint = "the store is sound; free some space and run the same again"
            return StoreError("the disk is full", where=str(self._path), hint=hint)
        return StoreError(f"the journal cannot be written ({error.strerror or error})", where=str(self._path))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            with suppress(OSError):  # a line that found no room is tried once more on closing
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
