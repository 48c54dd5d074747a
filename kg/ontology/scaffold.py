"""A new extension: commented files that work as they are."""

import re
from pathlib import Path

from kg.errors import InputError, OntologyError
from kg.ontology.check import check
from kg.schema.files import data_folder, extension_names

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_FILES = {
    "extension.ttl.in": "{name}.ttl",
    "report.txt.in": "examples/example-2023.txt",
    "good.ttl.in": "examples/good.ttl",
    "bad.ttl.in": "examples/bad.ttl",
    "question.rq.in": "queries/{name}-promoted.rq",
}
PARENTS = ("Initiative", "Platform", "Policy", "Result", "Agency")


def scaffold(
    name: str,
    folder: Path,
    *,
    zh: str = "",
    en: str = "",
    parent: str = "Initiative",
    creator: str = "",
    date: str = "2026-01-01",
) -> tuple[Path, ...]:
    """Write an extension into ``folder/name``: Turtle with all it may hold, a question, an example report; answers the files.

    ``zh`` is the word that texts use. Raises ``OntologyError`` for a name that cannot be one, ``InputError`` where the folder is there.
    """
    if not _NAME.match(name):
        raise OntologyError(
            f"“{name}” is no name for an extension",
            hint="small letters, digits and hyphens, as in electronic-licence",
        )
    if name in extension_names():
        raise OntologyError(f"“{name}” comes with the project", hint="choose another name")
    place = folder / name
    if place.exists():
        raise InputError("is there already", where=str(place), hint="choose another name or folder")
    words = name.split("-")
    cls = "".join(word.capitalize() for word in words)
    values = {
        "name": name, "zh": zh or cls, "en": en or " ".join(words), "title": (en or " ".join(words)).capitalize(), "cls": cls,
        "relation": f"promotes{cls}", "parent": parent.removeprefix("pol:"), "creator": creator or "me", "date": date,
        "path": place.as_posix(), "gap": " " if (zh or cls)[-1].isascii() else "",
    }  # fmt: skip
    templates = data_folder("ontology") / "template"
    made = []
    for source, target in _FILES.items():
        path = place / target.format(**values)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (templates / source).read_text(encoding="utf-8").format(**values)
        path.write_text(text, encoding="utf-8", newline="\n")
        made.append(path)
    check(place, rewrite=True, reasoned=False)  # writes the expected rows of the question
    return (*made, *sorted(place.glob("queries/*.csv")))
