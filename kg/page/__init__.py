"""One page for the browser that needs nothing but itself: a part's words and template within the shell that all such pages share.

A part that has a page keeps ``page.html`` (which extends ``shell.html``), ``page.css`` and, where it acts, ``page.js`` beside its code,
and what it says in zh and en in ``words.toml``.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined


@cache
def words(part: str, lang: str) -> Mapping[str, str]:
    """What a part says in one language, ``zh`` where it is not ``en``.

    >>> words("kg.promises", "en")["done"]
    'done'
    """
    return {
        name: said[lang if lang == "en" else "zh"]
        for name, said in tomllib.loads(_read(part, "words.toml")).items()
    }


def page(part: str, lang: str, **values: object) -> str:
    """A part's page with what it tells of; its template knows the words as ``say``.

    >>> page("kg.promises", "en", bodies=[], fates=())[:32]
    '<!doctype html>\\n<html lang="en">'
    """
    return (
        _environment(part)
        .get_template("page.html")
        .render(say=words(part, lang), lang="en" if lang == "en" else "zh-CN", **values)
    )


@cache
def _environment(part: str) -> Environment:
    texts = {name: _read(part, name, default="") for name in ("page.css", "page.js")}
    made = Environment(
        loader=DictLoader(
            {"shell.html": _read(__name__, "shell.html"), "page.html": _read(part, "page.html")}
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"style": _read(__name__, "shell.css") + texts["page.css"], "script": texts["page.js"]}
    made.filters["percent"] = _percent
    return made


def _percent(part: float) -> str:
    return f"{part:.0%}"


def _read(part: str, name: str, default: str | None = None) -> str:
    file = files(part).joinpath(name)
    return default if default is not None and not file.is_file() else file.read_text(encoding="utf-8")
