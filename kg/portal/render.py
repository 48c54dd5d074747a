"""Values become HTML: templates, their words in two languages, and where a thing's page is."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.bundle import bundle
from kg.errors import BundleError
from kg.terms import BASE

LANGUAGES = ("zh", "en")
_HERE = Path(__file__).parent
_KINDS = {".css": "text/css", ".js": "text/javascript"}
_BUNDLES = ("network.js", "yasqe.css", "yasqe.js")


def render(template: str, lang: str, **values: object) -> str:
    """A page; every value is escaped.

    >>> "&lt;b&gt;" in render("message.html", "en", title="<b>", text="", other="lang=zh")
    True
    """
    return _environment().get_template(template).render(lang=lang, t=saying(lang), **values)


def href(iri: str) -> str:
    """The address of a thing's page.

    >>> href(BASE + "agency/甲"), href("http://example.org/a")
    ('/id/agency/%E7%94%B2', '/thing?iri=http%3A//example.org/a')
    """
    if iri.startswith(BASE):
        return "/id/" + quote(iri.removeprefix(BASE))
    return "/thing?iri=" + quote(iri)


def language(chosen: str, kept: str, accept: str) -> str:
    """The reader's language: as chosen now, as kept from before, else the first of ``Accept-Language`` that there is.

    >>> language("", "", "fr, en;q=0.8, zh;q=0.5"), language("zh", "en", ""), language("", "", "")
    ('en', 'zh', 'zh')
    """
    for given in (chosen, kept, *(part.strip()[:2].lower() for part in accept.split(","))):
        if given in LANGUAGES:
            return given
    return "zh"


def static(name: str) -> tuple[bytes, str] | None:
    """A style sheet or script with its media type, or None where there is no such file, or it was not bundled.

    >>> static("dom.js")[1], static("render.py"), static("../words.toml")
    ('text/javascript', None, None)
    """
    kind = _KINDS.get(Path(name).suffix, "")
    known = name in _BUNDLES or (kind and (_HERE / "static" / name) in _files())
    return _static(name, kind) if known else None


@cache
def _files() -> frozenset[Path]:
    return frozenset((_HERE / "static").iterdir())


@cache
def _static(name: str, kind: str) -> tuple[bytes, str] | None:
    """A file that there is, or a bundle; others are not kept, for there are as many as anybody asks for."""
    if name in _BUNDLES:
        try:
            return bundle(name).encode(), kind
        except BundleError:
            return None
    return (_HERE / "static" / name).read_bytes(), kind


def words(lang: str) -> Mapping[str, str]:
    """All words of the pages in a language."""
    return {
        key: entry[lang]
        for key, entry in tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8")).items()
    }


@cache
def saying(lang: str) -> Callable[..., str]:
    """A function from the key of a word, and what stands in it, to the word in a language."""
    known = words(lang)

    def say(key: str, **values: object) -> str:
        return known[key].format(**values)

    return say


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["href"] = href
    return made
