"""Where the ontology and the queries stand: beside the package in a checkout, inside it when installed."""

from collections.abc import Sequence
from pathlib import Path

from kg.errors import OntologyError

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


def ontology_files(extensions: Sequence[Path | str] = ()) -> list[Path]:
    """Every Turtle file of the core and of the extensions, given by name, folder or file.

    Raises ``OntologyError`` where an extension is not found.
    """
    root = data_folder("ontology")
    files = [path for path in sorted(root.rglob("*.ttl")) if "extensions" not in path.relative_to(root).parts]
    for extension in extensions:
        path = next((p for p in (Path(extension), root / "extensions" / str(extension)) if p.exists()), None)
        if path is None:
            known = ", ".join(sorted(p.name for p in (root / "extensions").glob("*") if p.is_dir())) or "none"
            raise OntologyError("no such extension", where=str(extension), hint=f"known by name: {known}")
        files += sorted(path.rglob("*.ttl")) if path.is_dir() else [path]
    return files
