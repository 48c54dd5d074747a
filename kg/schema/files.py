"""Where the ontology and the queries stand: beside the package in a checkout, inside it when installed."""

import os
from collections.abc import Sequence
from pathlib import Path

from kg.errors import OntologyError

EXAMPLES = "examples"  # the folder of an extension that holds example reports and data
_MOST = 5000  # files and folders of an extension, without its examples
_HERE = Path(__file__).resolve().parent.parent


def data_folder(name: str) -> Path:
    """The folder ``ontology`` or ``queries`` of this installation.

    >>> data_folder("ontology").name
    'ontology'
    """
    for folder in (_HERE.parent / name, _HERE / "_data" / name):
        if folder.is_dir():
            return folder
    raise OntologyError(f"the folder {name} is missing", where=str(_HERE), hint="install the package again")


def extension_names() -> tuple[str, ...]:
    """The extensions that come with the project, by name.

    >>> "press" in extension_names()
    True
    """
    return tuple(
        sorted(path.name for path in (data_folder("ontology") / "extensions").glob("*") if path.is_dir())
    )


def extension_path(extension: Path | str) -> Path:
    """The file or folder of an extension, given by path or by the name of one that comes with the project.

    Raises ``OntologyError`` where there is none.
    """
    named = data_folder("ontology") / "extensions" / str(extension)
    path = next((p for p in (named, Path(extension)) if _exists(p) and str(extension).strip()), None)
    if path is None:
        known = ", ".join(extension_names()) or "none"
        raise OntologyError("no such extension", where=str(extension), hint=f"known by name: {known}")
    return path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long for a name, or a character that no name has
        return False


def extension_files(extension: Path | str) -> list[Path]:
    """The Turtle files of an extension; what stands in a folder ``examples`` is data, and no part of it.

    Raises ``OntologyError`` for a folder that holds far more than an extension does, such as ``/``.
    """
    path = extension_path(extension)
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    seen = 0
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(set(folders) - {EXAMPLES})
        seen += len(folders) + len(files)
        if seen > _MOST:
            raise OntologyError(
                f"more than {_MOST} files and folders are no extension",
                where=str(extension),
                hint=f"give a folder that holds Turtle files, with queries/ and {EXAMPLES}/ beside them",
            )
        found += [Path(folder, name) for name in files if name.endswith(".ttl")]
    return sorted(found)


def extension_folder(extension: Path | str) -> Path | None:
    """Where the queries and examples of an extension stand: its folder, or that of its file where no other Turtle is in it."""
    path = extension_path(extension)
    if path.is_dir():
        return path
    alone = [one for one in sorted(path.parent.glob("*.ttl")) if one.name != path.name] == []
    return path.parent if alone else None


def ontology_files(extensions: Sequence[Path | str] = ()) -> list[Path]:
    """Every Turtle file of the core and of the extensions, given by name, folder or file.

    Raises ``OntologyError`` where an extension is not found.
    """
    root = data_folder("ontology")
    files = [path for path in sorted(root.rglob("*.ttl")) if "extensions" not in path.relative_to(root).parts]
    for extension in extensions:
        files += extension_files(extension)
    return list(dict.fromkeys(files))
