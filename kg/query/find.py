"""Where named queries live, and how one is found by its name."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from kg.errors import OntologyError, QueryError
from kg.query.header import Query, parse_query
from kg.schema.files import data_folder, extension_folder, extension_names

_NUMBER = re.compile(r"^\d+-")


def query_folders(extensions: Iterable[Path | str] = ()) -> tuple[Path, ...]:
    """The folders of queries: the project's own, those of its extensions, those of the given extensions.

    Raises ``QueryError`` for an extension that is no file, no folder and none of the project's by name.
    """
    own = data_folder("ontology") / "extensions"
    given = []
    for extension in extensions:
        if str(extension) not in extension_names():
            try:
                given.append(extension_folder(extension))
            except OntologyError as error:
                raise QueryError(error.what, where=error.where, hint=error.hint) from None
    folders = [folder / "queries" for folder in given if folder is not None]
    return (data_folder("queries"), *sorted(own.glob("*/queries")), *folders)


def load_query(path: Path | str) -> Query:
    """Read one ``.rq`` file; the query's name is the file's.

    Raises ``QueryError`` where the file cannot be read or its header is wrong.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        strange = "not UTF-8" if isinstance(error, UnicodeDecodeError) else "no name of a file"
        reason = error.strerror if isinstance(error, OSError) else strange
        raise QueryError(f"the query cannot be read ({reason})", where=str(path)) from None
    if not text.strip():
        raise QueryError("the query is empty", where=str(path), hint="write a SPARQL query into it")
    return parse_query(text, name=path.stem, path=str(path))


def list_queries(folders: Iterable[Path] | None = None) -> tuple[Query, ...]:
    """Every named query, sorted by folder and name."""
    return tuple(load_query(path) for _, path in _files(folders))


def query_names(folders: Iterable[Path] | None = None) -> tuple[str, ...]:
    """The name of every query, sorted by folder and name."""
    return tuple(path.stem for _, path in _files(folders))


def find_query(name: str, folders: Iterable[Path] | None = None) -> Query:
    """The query of this name: a file's name without ``.rq``, or its path inside the folder (``cq/policies``).

    Letter case and a number before the name (``01-policies``) do not matter. Raises ``QueryError`` with the
    nearest names where there is none.
    """
    wanted = name.removesuffix(".rq").strip("/").casefold()
    files = _files(folders)
    for local, path in files:
        stem = path.stem.casefold()
        if wanted in (local.casefold(), stem, _NUMBER.sub("", stem)):
            return load_query(path)
    names = sorted({path.stem for _, path in files})
    near = [found for found in names if wanted and wanted in found.casefold()][:3]
    near = near or get_close_matches(wanted, names, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "`kg query --list` lists the names"
    raise QueryError(f"no query is called “{name}”", hint=hint)


def _files(folders: Iterable[Path] | None) -> list[tuple[str, Path]]:
    found = []
    for folder in query_folders() if folders is None else folders:
        for path in sorted(Path(folder).rglob("*.rq")):
            found.append((re.sub(r"\.rq$", "", path.relative_to(folder).as_posix()), path))
    return found
