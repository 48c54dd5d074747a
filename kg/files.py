"""A file that is written is there whole, or is what it was before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError, is_full


def write(path: Path | str, content: str | bytes) -> None:
    """Write a file, and the folders it is in; text as UTF-8 with plain line ends.

    Raises ``InputError`` where it cannot be written, or the disk is full.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write(Path(folder) / "年报" / "a.csv", "件数\\n3\\n")
    ...     (Path(folder) / "年报" / "a.csv").read_text(encoding="utf-8")
    '件数\\n3\\n'
    """
    with written(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def written(path: Path | str) -> Iterator[BinaryIO]:
    """A file to write into, which takes its place when the block ends well; a device or a pipe is written to as it is.

    Raises ``InputError`` where it cannot be written, or the disk is full.
    """
    path = Path(path)
    plain = path.is_file() or not path.exists()
    fresh = path.with_name(f".{path.name}.new") if plain else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            yield file
        if plain:
            os.replace(fresh, path.resolve())
    except OSError as error:
        what, hint = f"cannot be written ({error.strerror or error})", "choose another file"
        if is_full(error):
            what, hint = "the disk is full", "free some space or choose another file"
        raise InputError(what, where=str(path), hint=hint) from None
    finally:
        if plain:
            with suppress(OSError):  # it is only there when writing failed
                fresh.unlink()
