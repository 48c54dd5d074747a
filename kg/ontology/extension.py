"""An extension as it lies on disk: its Turtle, its questions, its examples."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.inputs import SUFFIXES
from kg.schema.files import EXAMPLES, data_folder, extension_files, extension_folder, ontology_files


@dataclass(frozen=True, slots=True)
class Extension:
    """The files of an extension, or of the core where ``given`` is ""."""

    given: str  # as it was named: a name, a file or a folder
    turtle: tuple[Path, ...]
    queries: tuple[Path, ...]
    reports: tuple[Path, ...]  # what its questions are asked over
    good: Path | None  # a graph that its shapes let pass
    bad: Path | None  # one in which each constraint is broken

    @property
    def extensions(self) -> tuple[str, ...]:
        """What to load beside the core."""
        return (self.given,) if self.given else ()


def open_extension(given: Path | str = "") -> Extension:
    """Find what belongs to an extension, given by name, file or folder; "" is the core.

    Raises ``OntologyError`` where there is none.

    >>> found = open_extension("press")
    >>> [path.name for path in found.turtle], [path.name for path in found.queries]
    (['findings.ttl', 'press.ttl'], ['press-without-host.rq', 'press-conferences.rq'])
    """
    if not str(given):
        return Extension("", tuple(ontology_files()), (), (), None, None)
    folder = extension_folder(given)
    examples = folder / EXAMPLES if folder is not None else None
    return Extension(
        str(given),
        tuple(extension_files(given)),
        _listed(folder / "queries" if folder else None, (".rq",)),
        _listed(examples, tuple(SUFFIXES)),
        _there(examples, "good.ttl"),
        _there(examples, "bad.ttl"),
    )


def _listed(folder: Path | None, endings: Sequence[str]) -> tuple[Path, ...]:
    if folder is None or not folder.is_dir():
        return ()
    return tuple(path for path in sorted(folder.rglob("*")) if path.suffix.lower() in endings)


def _there(folder: Path | None, name: str) -> Path | None:
    return folder / name if folder is not None and (folder / name).is_file() else None


def shown(path: Path | str) -> str:
    """A path as people read it: from where they are, or from the project's folder."""
    full = Path(path).resolve()
    for start in (Path.cwd(), data_folder("ontology").parent):
        if full.is_relative_to(start.resolve()):
            return full.relative_to(start.resolve()).as_posix()
    return str(path)
