"""A scene as one page that needs nothing but itself."""

import json
from collections.abc import Mapping
from pathlib import Path

import pyvis
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from pyvis.network import Network

from kg.bundle import bundle
from kg.files import write
from kg.store import Store
from kg.terms import BASE, PREFIXES
from kg.view.classes import PLAIN, DrawnClass, drawn_classes
from kg.view.drawing import arranged, columns, drawing, heaped
from kg.view.facts import facts_of
from kg.view.measures import measures
from kg.view.names import Names, names_on, short_names
from kg.view.payload import legend, told_on
from kg.view.scene import Scene, scene
from kg.view.words import families, language, limits, page_words, resource, say

# What draws; a large picture is drawn by sigma where there is a graphics card, else on plain canvases.
_ENGINES = {"vis": ("vis",), "sigma": ("large", "sigma", "plain")}
# The parts of the page's script in their order; the empty one is what draws.
_PARTS = (
    "start",
    "names",
    "",
    "moving",
    "path",
    "list",
    "panel",
    "legend",
    "search",
    "export",
    "table",
    "open",
)
# A server's picture is waited for: entities beyond which it comes without figures, and those besides figures beyond which it is of classes.
_FIGURES, _WAITED_FOR = 5000, 5000
_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def write_html(
    store: Store,
    path: Path | str,
    *,
    query: str | None = None,
    parameters: Mapping[str, object] | None = None,
    focus: str | None = None,
    depth: int = 2,
    lang: str = "zh",
) -> None:
    """Draw a store into one file; see ``html``.

    Raises ``InputError`` where the file cannot be written.
    """
    text = html(store, query=query, parameters=parameters, focus=focus, depth=depth, lang=lang)
    write(path, text)


def html(
    store: Store,
    *,
    query: str | None = None,
    parameters: Mapping[str, object] | None = None,
    focus: str | None = None,
    depth: int = 2,
    lang: str = "zh",
    served: str = "",
) -> str:
    """A page that draws a store, what a query constructs, or what stands around one entity.

    The page holds its script, its style and its data, and asks the network for nothing; only with ``served``, the
    address of a SPARQL endpoint, a picture of classes asks that for their entities, some at a click.

    >>> from kg.store import MemoryStore
    >>> page = html(MemoryStore(), lang="en")
    >>> "There is nothing to draw" in page, "src=" in page.partition("<body")[2].partition("<script")[0]
    (True, False)
    """
    listed = families()
    most = min(limits()[1], _WAITED_FOR) if served else limits()[1]
    classes = drawn_classes(store, listed, language(lang))
    shown = scene(
        store,
        classes,
        listed,
        query=query,
        parameters=parameters or {},
        focus=focus,
        depth=depth,
        limit=limits()[0],
        most=most,
        lang=lang,
        figures=_FIGURES if served else None,
    )
    facts = facts_of(store, shown.nodes)
    names = names_on(store, facts, shown, lang)
    used = sorted({classes.get(name, PLAIN) for name in shown.nodes.values()}, key=lambda cls: cls.name)
    ids = {iri: number for number, iri in enumerate(shown.nodes)}
    words = page_words(lang)
    labels = short_names(shown, facts, names)
    draw = heaped if shown.engine == "sigma" else arranged
    places = draw(shown, classes, listed, labels, lang)
    lore = told_on(shown, facts, names, ids)
    data = {
        "classes": legend(used, classes, listed, lang),
        "words": words,
        "focus": ids.get(shown.focus, -1),
        "guides": [[guide.kind, guide.label, *guide.box] for guide in places[1]],
        "years": [shown.years.get(iri, ()) for iri in ids],
        "measures": measures(shown, lang),
        "summary": [shown.counts.get(iri, 0) for iri in ids] if shown.counts else [],
        "classIris": list(ids) if shown.counts else [],
        "served": served,
        "spaces": {"": BASE, **PREFIXES} if served else {},
        "empty": say("counts", "empty", lang),
    }
    values: dict[str, object] = {
        "title": shown.title or _title(shown, classes, names, lang),
        "subtitle": _subtitle(shown, classes, lang, most),
        "lang": "zh-CN" if lang == "zh" else lang,
        "words": words,
        "data": data,
        "lore": lore,
        "figures": any(cls.family in {one.cls for one in listed if one.figures} for cls in used),
        "served": served,
    }
    if shown.engine == "sigma":
        return _page(columns(shown, classes, labels, names, places[0]), **values)
    return _pyvis(drawing(shown, classes, used, labels, names, places), **values)


def _title(shown: Scene, classes: Mapping[str, DrawnClass], names: Names, lang: str) -> str:
    if shown.focus:
        return say("title", "focus", lang, name=names.entity(shown.focus))
    reports = _reports(shown, classes) if not shown.counts else []
    return names.entity(reports[0]) if len(reports) == 1 else say("title", "store", lang)


def _reports(shown: Scene, classes: Mapping[str, DrawnClass]) -> list[str]:
    return [iri for iri, name in shown.nodes.items() if classes.get(name, PLAIN).family == "pol:Report"]


def _subtitle(shown: Scene, classes: Mapping[str, DrawnClass], lang: str, most: int) -> str:
    if not shown.nodes:
        return say("counts", "empty", lang)
    numbers = (
        ("reports", len(_reports(shown, classes))),
        ("nodes", len(shown.nodes)),
        ("edges", len(shown.relations)),
    )
    parts = [
        say("counts", f"{key}_one" if number == 1 else key, lang, n=f"{number:,}")
        for key, number in numbers
        if number
    ]
    if shown.counts:
        return say("counts", "summary", lang, total=f"{shown.total:,}", most=f"{most:,}")
    if shown.total > len(shown.nodes):
        figures = {family.cls for family in families() if family.figures}
        bare = not shown.title and not any(
            classes.get(name, PLAIN).family in figures for name in shown.nodes.values()
        )
        parts.append(
            say(
                "counts", "bare" if bare else "cut", lang, n=f"{len(shown.nodes):,}", total=f"{shown.total:,}"
            )
        )
    return " · ".join(parts)


def _json(value: object) -> Markup:
    """JSON that may stand inside a script element.

    >>> str(_json({"a": "</script>&"}))
    '{"a":"\\\\u003c/script\\\\u003e\\\\u0026"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # escaped in the line above


def _environment(engine: str, library: str, values: Mapping[str, object]) -> Environment:
    environment = Environment(
        loader=DictLoader({"page.html": resource("page.html")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["json"] = _json
    environment.globals |= dict(values) | {
        "style": Markup(resource("page.css")),
        "script": Markup(_script(engine)),
        "library": Markup(library.replace("</script", "<\\/script")),
        "loads": json.loads,
    }
    return environment


def _pyvis(picture: Network, **values: object) -> str:
    """The page, rendered by pyvis from our template: pyvis's own asks for style and script from outside."""
    picture.templateEnv = _environment("vis", _library(), values)
    picture.path = "page.html"
    text: str = picture.generate_html()
    return text


def _page(picture: Mapping[str, object], **values: object) -> str:
    """The page of a large picture, drawn by sigma."""
    environment = _environment("sigma", bundle("network.js"), values)
    text: str = environment.get_template("page.html").render(columns=picture)
    return text


def _script(engine: str) -> str:
    """The page's own script, its parts in one scope."""
    names = [part for name in _PARTS for part in ((name,) if name else _ENGINES[engine])]
    parts = "\n".join(resource(f"script/{name}.js") for name in names)
    return (
        '"use strict";\n(() => {\n  const data = JSON.parse(document.getElementById("data").textContent);\n'
        f"{parts}\n}})();\n"
    )


def _library() -> str:
    """vis-network, as pyvis carries it."""
    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    return sorted(folder.glob("vis-9*/vis-network.min.js"))[-1].read_text(encoding="utf-8")
