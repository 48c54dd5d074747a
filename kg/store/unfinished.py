"""The graphs of a store in a folder that are being changed in more than one transaction, so that what is cut off can be cleared away."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import InputError, StoreError
from kg.files import write

NAME = "unfinished.txt"  # in the folder of the store, so that a copy of the folder has it too


class Unfinished:
    """A file that names such graphs while it is there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     first, second = Unfinished(Path(folder)), Unfinished(Path(folder))
    ...     with first.marked("http://example.org/g"):
    ...         print(second.graphs())
    ...     print(second.graphs())
    ('http://example.org/g',)
    ()
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._now: list[str] = []

    def graphs(self) -> tuple[str, ...]:
        """What a writer before this one did not bring to its end."""
        try:
            return tuple(self._file.read_text(encoding="utf-8").split())
        except (OSError, UnicodeDecodeError):
            return ()

    @contextmanager
    def marked(self, *graphs: str) -> Iterator[None]:
        """The graphs are named until this ends; where it ends with an error, or never, they stay named."""
        before = list(self._now)
        self._now += [graph for graph in graphs if graph not in before]
        self._write()
        yield
        self._now = before
        self._write()

    def _write(self) -> None:
        if not self._now:
            with suppress(FileNotFoundError):
                self._file.unlink()
            settle(self._file.parent)
            return
        try:
            write(self._file, "".join(f"{graph}\n" for graph in self._now))
        except InputError as error:
            raise StoreError(error.what, where=str(self._file.parent), hint=error.hint) from None


def settle(folder: Path) -> None:
    """What became of the names in a folder is safe on disk when this ends; where the system can say so."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unfinished(location: str) -> bool:
    """Whether a store has such graphs, as far as can be told without opening it."""
    return (Path(location) / NAME).is_file()
