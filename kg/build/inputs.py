"""The files a build reads."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

SUFFIXES = frozenset({".txt", ".htm", ".html", ".xhtml", ".shtml", ".pdf", ".docx"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to read, in the order they are read; the folders they were looked for in; files left aside."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    skipped: tuple[str, ...]
    missing: tuple[Path, ...] = ()  # given, but not there

    def place(self, path: Path) -> int:
        """Where a file stands among the files."""
        return bisect_left(self.files, path)

    def cover(self, path: Path) -> bool:
        """Whether a file, there or not, is in the care of this build."""
        place = self.place(path)
        return self.files[place : place + 1] == (path,) or any(map(path.is_relative_to, self.folders))


def find_inputs(inputs: Iterable[Path | str], *, out: Path | None = None) -> Inputs:
    """The given files, and every file of a known kind in the given folders and below, sorted by path.

    Hidden files and folders are passed over, and what builds write to ``out``; paths that do not exist are set aside.
    Raises ``InputError`` where no file is left to read.
    """
    given = [Path(one) for one in inputs]
    written = out.resolve() if out is not None else None
    files: dict[Path, None] = {}
    skipped: list[str] = []
    missing = [one for one in given if not one.exists()]
    for one in given:
        if one.is_dir():
            for path in sorted(one.rglob("*")):
                hidden = any(part.startswith(".") for part in path.relative_to(one).parts)
                if path.is_file() and not hidden and not (written and path.resolve().is_relative_to(written)):
                    if path.suffix.lower() in SUFFIXES:
                        files[path.resolve()] = None
                    else:
                        skipped.append(str(path))
        elif one.exists():
            files[one.resolve()] = None
    if not files and missing:
        raise InputError("no such file or folder", where=", ".join(map(str, missing)), hint="check the path")
    if not files:
        kinds = ", ".join(sorted(SUFFIXES))
        raise InputError(
            "no report found", where=", ".join(map(str, given)) or "no input", hint=f"known kinds are {kinds}"
        )
    folders = tuple(one.resolve() for one in given if one.is_dir())
    return Inputs(tuple(sorted(files)), folders, tuple(skipped), tuple(missing))
