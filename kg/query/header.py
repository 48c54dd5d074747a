"""A query and its header: the ``#+`` comment lines at the top of an ``.rq`` file, which are YAML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from kg.errors import QueryError

TYPES = ("string", "zh", "en", "integer", "decimal", "boolean", "year", "date", "iri", "entity")
_KEYS = (
    "title",
    "question",
    "parameters",
    "tags",
    "defaultView",
    "layout",
    "severity",
    "problem",
    "solution",
    "finding",
    "reach",
)
_REACHES = ("body",)
_MOST_BRACKETS = 500  # what YAML takes to read grows with the square of their depth
LAYOUTS = ("force", "layered", "grouped", "radial", "time", "flow")
_PARAMETER_KEYS = ("type", "default", "description", "optional")


@dataclass(frozen=True, slots=True)
class Wording:
    """The same words in Chinese and English.

    >>> Wording("政策", "policies").of("en")
    'policies'
    >>> Wording("政策").of("en")
    '政策'
    """

    zh: str = ""
    en: str = ""

    def of(self, lang: str) -> str:
        """The words in a language, or in the other one where this one is missing."""
        return (self.en or self.zh) if lang == "en" else (self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of the query whose value the asker gives."""

    name: str
    type: str = "string"
    default: str | None = None
    description: Wording = Wording()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query with what its header says about it; ``text`` is the whole file, header included."""

    name: str
    text: str
    path: str = ""
    title: Wording = Wording()
    question: Wording = Wording()
    parameters: tuple[Parameter, ...] = ()
    tags: tuple[str, ...] = ()
    view: str = ""
    layout: str = ""  # how a picture of what a CONSTRUCT yields is laid out
    severity: str = ""
    problem: Wording = Wording()
    solution: Wording = Wording()
    finding: str = ""  # the code of the finding that each row is
    reach: str = ""  # of a rule: "body" where what it says of a report follows from the reports of its body, "" from all


@lru_cache(maxsize=256)
def parse_query(text: str, *, name: str = "", path: str = "") -> Query:
    """Read the header of a query; a text without a header is a query without parameters.

    >>> query = parse_query('''#+ title: {zh: 政策, en: Policies}
    ... #+ parameters:
    ... #+   year: {type: year, default: 2020}
    ... #+ tags: [policy]
    ... SELECT * WHERE { ?report pol:reportYear ?year }''', name="policies")
    >>> query.title.en, query.parameters[0].default, query.tags
    ('Policies', '2020', ('policy',))
    """
    where = path or name
    header = _header(text, where)
    for key in header:
        if key not in _KEYS:
            raise QueryError(
                f"unknown header key “{key}”", where=where, hint=f"use one of {', '.join(_KEYS)}"
            )
    parameters = _mapping(header.get("parameters"), "parameters", where)
    tags = header.get("tags") or []
    if not isinstance(tags, list):
        tags = str(tags).replace("，", ",").split(",")
    return Query(
        name=name,
        text=text,
        path=path,
        title=_wording(header.get("title"), "title", where),
        question=_wording(header.get("question"), "question", where),
        parameters=tuple(_parameter(str(key), value, where) for key, value in parameters.items()),
        tags=tuple(str(tag).strip() for tag in tags),
        view=str(header.get("defaultView") or ""),
        layout=_one_of(LAYOUTS, str(header.get("layout") or ""), "layout", where),
        severity=str(header.get("severity") or ""),
        problem=_wording(header.get("problem"), "problem", where),
        solution=_wording(header.get("solution"), "solution", where),
        finding=str(header.get("finding") or ""),
        reach=_one_of(_REACHES, str(header.get("reach") or ""), "reach", where),
    )


def _one_of(known: Sequence[str], name: str, key: str, where: str) -> str:
    if name and name not in known:
        raise QueryError(f"unknown {key} “{name}”", where=where, hint=f"use one of {', '.join(known)}")
    return name


def _header(text: str, where: str) -> Mapping[str, Any]:
    # Lines that are no header become empty ones, so that YAML counts the lines of the file.
    lines = [line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in text.splitlines()]
    header_text = "\n".join(lines)
    if header_text.count("[") + header_text.count("{") > _MOST_BRACKETS:
        raise QueryError(
            "the query's header is no YAML (nested too deeply)", where=where, hint="mend the #+ lines"
        )
    try:
        # BaseLoader: every scalar stays the text that was written.
        header = yaml.load(header_text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise QueryError(
            f"the query's header is no YAML ({error.problem})",
            where=f"{where}{line}",
            hint="mend the #+ lines",
        ) from None
    except (yaml.YAMLError, RecursionError) as error:  # a character that may not be there, blocks without end
        reason = getattr(error, "reason", "") or "nested too deeply"
        raise QueryError(
            f"the query's header is no YAML ({reason})", where=where, hint="mend the #+ lines"
        ) from None
    return _mapping(header, "header", where)


def _mapping(value: Any, key: str, where: str) -> Mapping[str, Any]:
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise QueryError(f"{key} must be a list of “name: value”", where=where, hint="see queries/README.md")
    return value


def _wording(value: Any, key: str, where: str) -> Wording:
    if isinstance(value, str):
        return Wording(zh=value, en=value)
    words = _mapping(value, key, where)
    return Wording(zh=str(words.get("zh", "")), en=str(words.get("en", "")))


def _parameter(name: str, value: Any, where: str) -> Parameter:
    options = (
        {"type": value} if isinstance(value, str) and value else _mapping(value, f"parameter {name}", where)
    )
    for key in options:
        if key not in _PARAMETER_KEYS:
            raise QueryError(
                f"unknown key “{key}” of parameter {name}",
                where=where,
                hint=f"use one of {', '.join(_PARAMETER_KEYS)}",
            )
    kind = str(options.get("type", "string"))
    if kind not in TYPES:
        raise QueryError(
            f"unknown type “{kind}” of parameter {name}", where=where, hint=f"use one of {', '.join(TYPES)}"
        )
    default = options.get("default")
    return Parameter(
        name=name,
        type=kind,
        default=None if default is None else str(default),
        description=_wording(options.get("description"), f"description of {name}", where),
        optional=str(options.get("optional", "false")).lower() == "true",
    )
