"""The ontology as a site of plain pages: the class tree, every term with all that is said of it, rules with their sentences."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from kg.files import write
from kg.ontology.difference import mentions
from kg.ontology.finding import words
from kg.ontology.terms import Term, terms_of
from kg.query import list_queries, query_folders, select
from kg.schema.files import ontology_files
from kg.schema.index import TripleIndex, load
from kg.schema.model import Model
from kg.store import Store
from kg.terms import expand, shorten

_KINDS = {  # which kinds of term each page has
    "index": ("class",),
    "properties": ("property", "individual"),
    "indicators": ("indicator", "unit"),
    "rules": ("pattern", "noun", "passage", "words"),
}
_ALIGNED = (
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
    "owl:equivalentClass",
    "owl:equivalentProperty",
    "skos:exactMatch",
    "skos:closeMatch",
    "skos:broadMatch",
)
_SHOWN = {  # what is said of a term, in this order
    "rdfs:domain": "domain", "http://purl.org/dc/dcam/domainIncludes": "domain", "rdfs:range": "range",
    "http://purl.org/dc/dcam/rangeIncludes": "range", "owl:inverseOf": "inverse", "owl:disjointWith": "disjoint with", "skos:broader": "broader",
    "pol:denotes": "denotes", "skos:notation": "code", "skos:altLabel": "also", "pol:symbol": "written", "pol:countedUnit": "unit",
    "pol:head": "head", "pol:accept": "accept", "pol:expression": "expression", "pol:heading": "heading", "pol:opening": "opening",
    "pol:yields": "yields", "pol:phrase": "phrase", "pol:kindPhrase": "kinds", "pol:phraseContext": "after", "pol:notPhrase": "not with", "pol:word": "words",
    "pol:includes": "includes", "pol:genre": "genre", "pol:inPassage": "within", "pol:period": "period", "dcterms:isReplacedBy": "replaced by",
}  # fmt: skip
_STYLE = """body{font:15px/1.55 "PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif;max-width:64rem;margin:auto;padding:1rem;color:#1d2733;background:#fff}
a{color:#1f5fbf}nav a,svg a{text-decoration:none}nav a:hover{text-decoration:underline}nav{display:flex;gap:.2rem 1.2rem;flex-wrap:wrap;border-bottom:1px solid #ccd4dd;padding-bottom:.5rem}
section{border-top:1px solid #e3e8ee;padding:.5rem 0}h2{margin:.2rem 0;font-size:1.05rem}h2.part{font-size:1.25rem;margin:1.3rem 0 .5rem}code{background:#eef2f6;padding:0 .25rem;border-radius:3px;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(0,9rem) minmax(0,1fr);gap:.1rem .8rem;margin:.3rem 0}dt{color:#5b6876}small{font-size:.85em}dd,dt{margin:0;overflow-wrap:anywhere}mark{background:#ffe48a}.no{color:#a3341f}.count{color:#5b6876}
.tree ul{list-style:none;padding-left:1.3rem;border-left:1px solid #dfe5ec;margin:.1rem 0}.tree>ul{border:0;padding:0;columns:3 17rem}.tree>ul>li{break-inside:avoid;margin-bottom:.35rem}.dot{display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.35em}
.old{text-decoration:line-through}svg{width:100%;height:auto}svg text{font-size:12px;fill:#1d2733;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}svg line:hover{stroke:#1f5fbf;stroke-width:2.5}:target{background:#f3f7fd}
@media(prefers-color-scheme:dark){body{background:#11161d;color:#dbe3ec}code{background:#1f2934}section,nav,.tree ul{border-color:#2a3542}svg text{fill:#dbe3ec;stroke:#11161d}:target{background:#1a2431}a{color:#7fb2ff}mark{background:#6b5200;color:#fff}dt,.count{color:#a3b1c0}.no{color:#ff9d8a}}
"""


_SLOT = re.compile(r"\{\?\w+:([\w|]+)\+?\}")  # {?it:Column|Module}


def write_site(
    folder: Path, *, extensions: Sequence[Path | str] = (), store: Store | None = None
) -> tuple[Path, ...]:
    """Write the site of the core and the given extensions; with a store, classes have counts. The same ontology gives the same bytes."""
    pages = site(extensions=extensions, store=store)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, text in pages.items():
        path = folder / name
        write(path, text)
        made.append(path)
    return tuple(made)


def stale_pages(
    folder: Path, *, extensions: Sequence[Path | str] = (), store: Store | None = None
) -> dict[str, str]:
    """How a folder differs from the site of today: page names, each ``stale``, ``missing`` or ``extra``; empty where it is current."""
    pages = site(extensions=extensions, store=store)
    there = {path.name: path for path in sorted(folder.glob("*")) if path.is_file()}
    found = dict.fromkeys(there.keys() - pages.keys(), "extra")
    found |= dict.fromkeys(pages.keys() - there.keys(), "missing")
    found |= {
        name: "stale"
        for name in pages.keys() & there.keys()
        if there[name].read_bytes() != pages[name].encode()
    }
    return dict(sorted(found.items()))


def site(
    *, extensions: Sequence[Path | str] = (), store: Store | None = None, home: str = "", data: str = ""
) -> dict[str, str]:
    """The pages of the site by file name; ``home`` is where a server's first page is, which they then lead back to, ``data`` where it has the
    ontology as Turtle."""
    index = load(path for path in ontology_files(extensions) if path.name != "regions.ttl")
    terms = terms_of(index)
    places = {
        term.iri: f"{page}.html#{term.name}"
        for term in terms
        for page, kinds in _KINDS.items()
        if term.kind in kinds
    }
    counts = _counts(store) if store is not None else {}
    queries = [
        (one.name, one.text, one.title.zh, one.title.en) for one in list_queries(query_folders(extensions))
    ]
    model = Model.from_index(index)
    said = _Said(index, places, counts, _uses(terms, queries), model)
    pages = {"style.css": _STYLE}
    for page, kinds in _KINDS.items():
        zh, en = words("pages")[page]
        body = [Markup("<h1>{} / {}</h1>").format(zh, _english(en))]
        if page == "index":
            body += [
                _part("tree"),
                _tree(model, said),
                _part("diagram"),
                _diagram(model, places),
                _part("terms"),
            ]
        body += [said.term(term) for term in terms if term.kind in kinds]
        pages[f"{page}.html"] = _page(page, zh, en, Markup("\n").join(body), home, data)
    return pages


def _english(text: str) -> Markup:
    """English words on a page in Chinese, for who reads it aloud."""
    return Markup('<span lang="en">{}</span>').format(text)


def _part(name: str) -> Markup:
    """The heading of a part of a page."""
    zh, en = words("parts")[name]
    return Markup('<h2 class="part" id="part-{}">{} / {}</h2>').format(name, zh, _english(en))


def _title(row: str) -> Markup:
    """What a row of a term is called, in both languages where it has a name."""
    named = words("rows").get(row)
    return Markup('{} <small lang="en">{}</small>').format(*named) if named else escape(row)


def _page(page: str, zh: str, en: str, body: Markup, home: str, data: str) -> str:
    back = Markup('<a href="{}">policy-kg</a> ').format(home) if home else ""
    turtle = Markup(' <a href="{}" type="text/turtle">Turtle</a>').format(data) if data else ""
    icon = '<link rel="icon" href="data:,">' if home else ""  # else a browser asks the server for one
    links = Markup(" ").join(
        Markup('<a href="{}.html"{}>{} / {}</a>').format(
            name, Markup(' aria-current="page"') if name == page else "", chinese, _english(english)
        )
        for name, (chinese, english) in words("pages").items()
    )
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(zh)} / {escape(en)} · policy-kg</title>{icon}<link rel="stylesheet" href="style.css"></head>\n<body><nav>{back}{links}{turtle}</nav>\n'
        f"<main>{body}</main>\n</body></html>\n"
    )


class _Said:
    """Writes what is said of terms; holds what they have in common."""

    def __init__(
        self,
        index: TripleIndex,
        home: Mapping[str, str],
        counts: Mapping[str, int],
        uses: Mapping[str, Sequence[str]],
        model: Model,
    ) -> None:
        self.index, self.home, self.counts, self.uses, self.model = index, home, counts, uses, model
        self.rules = _rules(index)

    def link(self, iri: str) -> Markup:
        name = shorten(iri)
        return (
            Markup('<a href="{}">{}</a>').format(self.home[iri], name)
            if iri in self.home
            else Markup("<code>{}</code>").format(name)
        )

    def count(self, iri: str) -> Markup:
        return (
            Markup(' <span class="count">{}</span>').format(self.counts[iri])
            if iri in self.counts
            else Markup("")
        )

    def term(self, term: Term) -> Markup:
        """One term: names, definition, alignment, how it is written, sentences, queries."""
        rows = [
            Markup("<dt>{}</dt><dd>{}</dd>").format(_title(name), text) for name, text in self._rows(term)
        ]
        return Markup('<section id="{}"><h2{}>{}{} / {} <code>{}</code>{}</h2>{}<dl>{}</dl></section>').format(
            term.name, Markup(' class="old"') if term.deprecated else "", self._dot(term.iri), term.labels[0], _english(term.labels[1]),
            term.name, self.count(term.iri),
            _paragraph(term.definitions), Markup("").join(rows),
        )  # fmt: skip

    def _dot(self, iri: str) -> Markup:
        cls = self.model.classes.get(iri)
        return (
            Markup('<span class="dot" style="background:{}"></span>').format(cls.color)
            if cls is not None
            else Markup("")
        )

    def _rows(self, term: Term) -> Iterable[tuple[str, Markup]]:
        index = self.index
        yield "IRI", Markup("<code>{}</code>").format(term.iri)
        for predicate in _ALIGNED:
            if nodes := [one for one in index.nodes(term.iri, predicate) if not one.startswith("_:")]:
                yield predicate, Markup(", ").join(map(self.link, nodes))
        for predicate, title in _SHOWN.items():
            nodes = [self.link(one) for one in index.nodes(term.iri, predicate) if not one.startswith("_:")]
            texts = [Markup("<code>{}</code>").format(one) for one in index.texts(term.iri, predicate)]
            if nodes or texts:
                yield title, Markup(" ").join((*nodes, *texts))
        for node in index.nodes(term.iri, "pol:example"):
            gives = [one.partition("=")[2].strip() for one in index.texts(node, "pol:gives")]
            yield "✓", marked(index.text(node, "pol:text"), gives)
        for text in index.texts(term.iri, "pol:counterExample"):
            yield "✗", Markup('<span class="no">{}</span>').format(text)
        if term.iri in self.rules:
            yield "rules", Markup(" ").join(map(self.link, self.rules[term.iri]))
        if term.iri in self.uses:
            yield (
                "queries",
                Markup(" ").join(Markup("<code>{}</code>").format(one) for one in self.uses[term.iri]),
            )


def _paragraph(texts: tuple[str, str]) -> Markup:
    zh, en = texts
    lines = Markup("<br>").join(filter(None, (zh, en and _english(en))))
    return Markup("<p>{}</p>").format(lines) if lines else lines


def marked(text: str, words: Iterable[str]) -> Markup:
    """A sentence with some words highlighted.

    >>> marked("市民政局召开会议", ["市民政局"])
    Markup('<mark>市民政局</mark>召开会议')
    """
    spans = sorted((at, at + len(word)) for word in words if word and (at := text.find(word)) >= 0)
    parts, position = [], 0
    for start, end in spans:
        if start >= position:
            parts += [escape(text[position:start]), Markup("<mark>{}</mark>").format(text[start:end])]
            position = end
    return Markup("").join((*parts, escape(text[position:])))


def _counts(store: Store) -> dict[str, int]:
    rows = select(
        store, "SELECT ?c (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a ?c . FILTER(isIRI(?c)) } GROUP BY ?c"
    )
    return {row["c"].value: int(row["n"].value) for row in rows}


def _uses(terms: Iterable[Term], queries: Sequence[tuple[str, str, str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if term.kind in ("class", "property", "individual", "indicator", "unit"):
            for name, text, _, _ in queries:
                if term.name in text and mentions(text, term.name):
                    found[term.iri].append(name)
    return dict(found)


def _rules(index: TripleIndex) -> dict[str, list[str]]:
    """The rules that find or name things of a class, or state a property."""
    found: dict[str, list[str]] = defaultdict(list)
    classes = {shorten(cls).partition(":")[2]: cls for cls in index.instances("owl:Class")}
    for rule in index.instances("pol:NounRule"):
        for cls in index.nodes(rule, "pol:denotes"):
            found[cls].append(rule)
    for rule in index.instances("pol:Pattern"):
        words = {word for text in index.texts(rule, "pol:yields") for word in text.split() if ":" in word}
        slots = (one for text in index.texts(rule, "pol:expression") for one in _SLOT.findall(text))
        named = {classes[one] for slot in slots for one in slot.split("|") if one in classes}
        for term in sorted({*map(expand, words), *named}):
            found[term].append(rule)
    return dict(found)


def _tree(model: Model, said: _Said) -> Markup:
    children: dict[str, list[str]] = defaultdict(list)
    for iri, cls in model.classes.items():
        own = [one for one in cls.parents if one in model.classes]
        for parent in own or [""]:
            children[parent].append(iri)

    def branch(iri: str, above: frozenset[str]) -> Markup:
        below = [one for one in children[iri] if one not in above]
        items = Markup("").join(branch(one, above | {iri}) for one in below)
        line = Markup("{}{} {}{}").format(
            said._dot(iri),
            Markup('<a href="#{}">{}</a>').format(shorten(iri), model.label(iri, "zh")),
            _english(model.label(iri, "en")),
            said.count(iri),
        )
        return Markup("<li>{}{}</li>").format(line, Markup("<ul>{}</ul>").format(items) if below else "")

    roots = Markup("").join(branch(iri, frozenset()) for iri in children[""])
    return Markup('<div class="tree"><ul>{}</ul></div>').format(roots)


_MIDDLE, _WIDTH, _TOP, _STEP = 480, 250, 40, 46  # of the diagram


def _places(tops: Sequence[str]) -> Iterator[tuple[str, tuple[float, int]]]:
    """An oval with one class to a line on either side, so that no name stands on another."""
    rows = -(-len(tops) // 2)
    for n, iri in enumerate(tops):
        row = n if n < rows else len(tops) - 1 - n
        off = _WIDTH * math.sqrt(1 - 0.8 * (2 * row / max(rows - 1, 1) - 1) ** 2)
        yield iri, (round(_MIDDLE + (off if n < rows else -off), 1), _TOP + _STEP * row)


def _diagram(model: Model, home: Mapping[str, str]) -> Markup:
    """The classes at the top, and those of extensions, on a circle, joined by the properties between them."""
    core = expand("pol:")

    def top(iri: str) -> str:
        line = [one for one in (iri, *model.superclasses(iri)) if one in model.classes]
        return next((one for one in line if not one.startswith(core)), line[-1])

    joins: dict[tuple[str, str], list[str]] = defaultdict(list)
    literal = (expand("xsd:"), expand("rdf:"))
    for prop in model.properties.values():
        for one in dict.fromkeys(top(cls) for cls in prop.domain if cls in model.classes):
            for two in dict.fromkeys(
                top(cls) for cls in prop.range if cls in model.classes and not cls.startswith(literal)
            ):
                joins[one, two].append(f"{model.label(prop.iri, 'zh')} {model.label(prop.iri, 'en')}")
    for iri in model.classes:
        if top(iri) == iri and not iri.startswith(core):
            for parent in dict.fromkeys(
                top(one) for one in model.classes[iri].parents if one in model.classes
            ):
                joins[iri, parent].append("上位类 subclass of")
    tops = list(dict.fromkeys(iri for pair in sorted(joins) for iri in pair))
    place = dict(_places(tops))
    parts = []
    for (one, two), names in sorted(joins.items()):
        (x1, y1), (x2, y2) = place[one], place[two]
        if one != two:
            parts.append(
                Markup(
                    '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#9aa7b5" marker-end="url(#to)"><title>{} → {}: {}</title></line>'
                ).format(x1, y1, x2, y2, model.label(one, "zh"), model.label(two, "zh"), "；".join(names))
            )
    for iri, (x, y) in place.items():
        right = x >= _MIDDLE
        parts.append(
            Markup(
                '<a href="{}"><circle cx="{}" cy="{}" r="9" fill="{}"/><text x="{}" y="{}" text-anchor="{}">{} <tspan lang="en">{}</tspan></text></a>'
            ).format(
                home.get(iri, "#"), x, y, model.classes[iri].color, round(x + (16 if right else -16), 1), y + 4, "start" if right else "end",
                model.label(iri, "zh"), model.label(iri, "en"),
            )
        )  # fmt: skip
    return Markup(
        '<svg viewBox="0 0 960 {}" role="group" aria-labelledby="part-diagram">'
        '<defs><marker id="to" viewBox="0 0 8 8" refX="20" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#9aa7b5"/></marker></defs>{}</svg>'
    ).format(_TOP * 2 + _STEP * (-(-len(tops) // 2) - 1), Markup("").join(parts))
