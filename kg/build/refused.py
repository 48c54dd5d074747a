"""Files that gave no report: what is known of them, so that they are not read again as long as they stay as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from json import dumps, loads
from pathlib import Path

from kg.files import write


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file gives no report; ``owner`` is the key of the file before it that holds the same report, else empty."""

    path: str
    message: str
    owner: str = ""


def read_refused(path: Path) -> dict[str, Refused]:
    """What a build before wrote down, by the key of file, ontology and program; nothing where that cannot be read."""
    try:
        found = loads(path.read_text(encoding="utf-8"))
        return {str(key): Refused(*map(str, one)) for key, one in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_refused(path: Path, refused: Mapping[str, Refused]) -> None:
    """Write it down for the next build.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_refused(Path(folder) / "r.json", {"key": Refused("a.txt", "a.txt: no text")})
    ...     read_refused(Path(folder) / "r.json")
    {'key': Refused(path='a.txt', message='a.txt: no text', owner='')}
    """
    rows = {key: [one.path, one.message, one.owner] for key, one in refused.items()}
    write(path, dumps(rows, ensure_ascii=False, indent=0, sort_keys=True))
