"""A scene as one page that needs nothing but itself."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pyvis
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import InputError
from kg.store import Store
from kg.terms import BASE, expand, shorten
from kg.view.classes import DrawnClass, drawn_classes, names_of
from kg.view.facts import Quotation, Told, facts_of
from kg.view.labels import short, width
from kg.view.layout import Box, Point, beside, layout
from kg.view.scene import Scene, fallback_name, scene
from kg.view.words import Family, families, language, limit, page_words, property_label, resource, say

_OTHER = DrawnClass("", "", "#7f8a96", "dot", 12, (), "")
_NUMBER = expand("pol:documentNumber")
_REPORTED_IN = expand("pol:reportedIn")
_SCALE = 0.62  # sizes of the ontology, to the page's
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
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror})", where=str(path), hint="choose another file"
        ) from None


def html(
    store: Store,
    *,
    query: str | None = None,
    parameters: Mapping[str, object] | None = None,
    focus: str | None = None,
    depth: int = 2,
    lang: str = "zh",
) -> str:
    """A page that draws a store, what a query constructs, or what stands around one entity.

    The page holds its script, its style and its data, and asks the network for nothing.

    >>> from kg.store import MemoryStore
    >>> page = html(MemoryStore(), lang="en")
    >>> "There is nothing to draw" in page, "src=" in page.partition("<body")[2].partition("<script")[0]
    (True, False)
    """
    listed = families()
    classes = drawn_classes(store, listed, language(lang))
    shown = scene(
        store,
        classes,
        listed,
        query=query,
        parameters=parameters or {},
        focus=focus,
        depth=depth,
        limit=limit(),
        lang=lang,
    )
    facts = facts_of(store, shown.nodes)
    return _rendered(shown, classes, listed, facts, _Namer(store, facts, shown, lang), lang)


class _Namer:
    """What entities and properties are called."""

    def __init__(self, store: Store, facts: Iterable[Told], shown: Scene, lang: str) -> None:
        wanted = {fact.value for fact in facts if fact.is_iri}
        wanted |= {fact.property for fact in facts} | {line.property for line in shown.relations}
        wanted |= {place.report for fact in facts for place in fact.quotations}
        self.names = {**names_of(store, wanted - shown.nodes.keys(), lang), **shown.names}
        self.first = {iri: names[0] for iri, names in self.names.items()}
        self.lang = lang

    def entity(self, iri: str) -> str:
        return self.first.get(iri) or fallback_name(iri)

    def property(self, iri: str) -> str:
        return property_label(iri, self.first, self.lang)


def _rendered(
    shown: Scene,
    classes: Mapping[str, DrawnClass],
    listed: Iterable[Family],
    facts: tuple[Told, ...],
    namer: _Namer,
    lang: str,
) -> str:
    numbers = {fact.subject: fact.value for fact in facts if fact.property == _NUMBER}
    labels = {
        iri: short(namer.entity(iri), [numbers[iri]] if iri in numbers else namer.names.get(iri, ())[1:])
        for iri in shown.nodes
    }
    places = _places(shown, classes, labels)
    ids = {iri: number for number, iri in enumerate(shown.nodes)}
    picture = Network(directed=True, cdn_resources="in_line")
    for iri, name in shown.nodes.items():
        cls = classes.get(name, _OTHER)
        x, y = places[iri]
        picture.add_node(
            ids[iri],
            label=labels[iri],
            title=namer.entity(iri),
            group=cls.name,
            shape=cls.shape,
            size=_size(cls),
            x=x,
            y=y,
            hidden=iri in shown.hidden,
        )
    for line in shown.relations:
        picture.add_edge(
            ids[line.source],
            ids[line.target],
            label=namer.property(line.property),
            hidden=line.source in shown.hidden or line.target in shown.hidden,
            **({"dashes": [2, 5]} if line.property == _REPORTED_IN else {}),
        )
    used = sorted({classes.get(name, _OTHER) for name in shown.nodes.values()}, key=lambda cls: cls.name)
    picture.options = _options(used, len(shown.nodes))
    words = page_words(lang)
    title = shown.title or _title(shown, classes, namer, lang)
    data = _data(shown, facts, namer, ids) | {
        "classes": _legend(used, classes, listed),
        "words": words,
        "focus": ids.get(shown.focus, -1),
        "empty": say("counts", "empty", lang),
    }
    return _page(
        picture,
        title=title,
        subtitle=_subtitle(shown, classes, lang),
        lang="zh-CN" if lang == "zh" else lang,
        words=words,
        data=data,
        figures=any(cls.family in {one.cls for one in listed if one.figures} for cls in used),
    )


def _size(cls: DrawnClass) -> int:
    return max(4, round(cls.size * _SCALE))


def _places(
    shown: Scene, classes: Mapping[str, DrawnClass], labels: Mapping[str, str]
) -> dict[str, Point]:
    """Places of all nodes; those hidden at first find theirs among the others."""
    crowded = len(shown.nodes) - len(shown.hidden) > 300
    boxes: dict[str, Box] = {}
    for iri, name in shown.nodes.items():
        size = 2 * _size(classes.get(name, _OTHER))
        words = 0 if crowded and shown.degrees[iri] < 4 else 12.5 * width(labels[iri])
        boxes[iri] = (max(size, words) + 14, size + (26 if words else 14))
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(iri for iri in shown.nodes if iri not in shown.hidden)
    near: dict[str, list[str]] = {iri: [] for iri in shown.nodes if iri in shown.hidden}
    for line in shown.relations:
        if line.source in network and line.target in network:
            network.add_edge(line.source, line.target)
        for one, other in ((line.source, line.target), (line.target, line.source)):
            if one in near:
                near[one].append(other)
    places = layout(network, boxes)
    return places | beside(places, boxes, near)


def _title(shown: Scene, classes: Mapping[str, DrawnClass], namer: _Namer, lang: str) -> str:
    if shown.focus:
        return say("title", "focus", lang, name=namer.entity(shown.focus))
    reports = _reports(shown, classes)
    return namer.entity(reports[0]) if len(reports) == 1 else say("title", "store", lang)


def _reports(shown: Scene, classes: Mapping[str, DrawnClass]) -> list[str]:
    return [iri for iri, name in shown.nodes.items() if classes.get(name, _OTHER).family == "pol:Report"]


def _subtitle(shown: Scene, classes: Mapping[str, DrawnClass], lang: str) -> str:
    if not shown.nodes:
        return say("counts", "empty", lang)
    numbers = (
        ("reports", len(_reports(shown, classes))),
        ("nodes", len(shown.nodes)),
        ("edges", len(shown.relations)),
    )
    parts = [say("counts", key, lang, n=f"{number:,}") for key, number in numbers if number]
    if shown.total > len(shown.nodes):
        parts.append(say("counts", "cut", lang, n=f"{len(shown.nodes):,}", total=f"{shown.total:,}"))
    return " · ".join(parts)


def _options(used: Iterable[DrawnClass], count: int) -> dict[str, Any]:
    """Options of vis-network: nothing moves by itself, and names are drawn by the page's own script."""
    never = {"label": {"drawThreshold": 1_000_000}}
    return {
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "scaling": never},
        "edges": {
            "width": 1,
            "hoverWidth": 0.6,
            "selectionWidth": 0.8,
            "smooth": False,
            "color": {"color": "#cbd0d8", "highlight": "#6b7686", "hover": "#8d97a5"},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.42}},
            "scaling": never,
        },
        "groups": {
            cls.name: {
                "color": {
                    "background": cls.color,
                    "border": "#ffffff",
                    "highlight": {"background": cls.color, "border": "#1d2733"},
                    "hover": {"background": cls.color, "border": "#5b6675"},
                }
            }
            for cls in used
        },
        "interaction": {
            "hover": True,
            "tooltipDelay": 200,
            "hideEdgesOnDrag": count > 500,
            "keyboard": {"enabled": True, "bindToWindow": False},
        },
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "physics": {
            "enabled": False,
            "solver": "barnesHut",
            "barnesHut": {"gravitationalConstant": -9000, "springLength": 130, "avoidOverlap": 0.3},
            "stabilization": False,
        },
    }


def _legend(
    used: Iterable[DrawnClass], classes: Mapping[str, DrawnClass], listed: Iterable[Family]
) -> list[dict[str, object]]:
    """The families of the legend in their order, each with the classes on the page."""
    order = {family.cls: family for family in listed}
    present: dict[str, list[DrawnClass]] = {}
    for cls in used:
        present.setdefault(cls.family, []).append(cls)
    ranks = {name: place for place, name in enumerate(order)}
    return [
        {
            "name": name,
            "label": head.label or say("page", "details", "zh"),
            "color": head.color,
            "shape": head.shape,
            "figures": order[name].figures if name in order else False,
            "classes": [
                {"name": cls.name, "label": cls.label, "color": cls.color, "shape": cls.shape}
                for cls in present[name]
            ],
        }
        for name in sorted(present, key=lambda name: (ranks.get(name, len(ranks)), name))
        for head in [classes.get(name, present[name][0])]
    ]


def _data(
    shown: Scene, facts: Iterable[Told], namer: _Namer, ids: Mapping[str, int]
) -> dict[str, object]:
    """What the panel tells: other names, facts and quotations, each text stored once."""
    texts = _Once()
    places = _Once()
    told = []
    for fact in facts:
        value: object = fact.value
        if fact.is_iri:
            value = ids[fact.value] if fact.value in ids else namer.entity(fact.value)
        quoted = [places(_place(place, texts, namer, ids)) for place in fact.quotations]
        row = [ids[fact.subject], texts(namer.property(fact.property)), value, quoted]
        told.append([*row, fact.more] if fact.more else row)
    return {
        "iris": [iri.removeprefix(BASE) if iri.startswith(BASE) else shorten(iri) for iri in ids],
        "forms": [list(namer.names.get(iri, ())[1:]) for iri in ids],
        "facts": told,
        "places": places.values,
        "texts": texts.values,
    }


def _place(place: Quotation, texts: "_Once", namer: _Namer, ids: Mapping[str, int]) -> tuple[object, ...]:
    return (
        place.exact,
        place.prefix,
        place.suffix,
        texts(place.section),
        place.page,
        texts(namer.entity(place.report)),
        ids.get(place.report, -1),
    )


class _Once:
    """Values by number, equal ones once."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self._known: dict[object, int] = {}

    def __call__(self, value: object) -> int:
        if value not in self._known:
            self._known[value] = len(self.values)
            self.values.append(value)
        return self._known[value]


def _json(value: object) -> Markup:
    """JSON that may stand inside a script element.

    >>> str(_json({"a": "</script>&"}))
    '{"a":"\\\\u003c/script\\\\u003e\\\\u0026"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704  # escaped in the line above


def _page(picture: Network, **values: object) -> str:
    """The page, rendered by pyvis from our template: pyvis's own asks for style and script from outside."""
    environment = Environment(
        loader=DictLoader({"page.html": resource("page.html")}), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["json"] = _json
    environment.globals |= values | {
        "style": Markup(resource("page.css")),
        "script": Markup(resource("page.js")),
        "library": Markup(_library()),
        "loads": json.loads,
    }
    picture.templateEnv = environment
    picture.path = "page.html"
    text: str = picture.generate_html()
    return text


def _library() -> str:
    """vis-network, as pyvis carries it."""
    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    return sorted(folder.glob("vis-9*/vis-network.min.js"))[-1].read_text(encoding="utf-8")
