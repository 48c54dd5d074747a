"""The model as one page of Markdown: classes and properties with names, definitions and alignment, for a reader of the repository."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.ontology.terms import Term, terms_of
from kg.schema.files import extension_files, ontology_files
from kg.schema.index import TripleIndex, load
from kg.terms import shorten

_ALIGNED = (
    "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:equivalentClass", "owl:equivalentProperty",
    "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "owl:inverseOf",
)  # fmt: skip
_FROM = ("rdfs:domain", "http://purl.org/dc/dcam/domainIncludes")
_TO = ("rdfs:range", "http://purl.org/dc/dcam/rangeIncludes")
_HEAD = """# Ontology reference / 本体一览

Made by `make docs` from the Turtle under `ontology/`; a test compares. Every term with its rules, sentences and queries: `kg ontology docs`.
由 `make docs` 从 `ontology/` 生成，测试会比对。规则、例句、查询见 `kg ontology docs`。
"""
_LEXICAL = "lexical.ttl"  # the file of the core that tells how texts are written down, not what they tell of
_PARTS = {
    "core": ("年报所述", "what reports tell of"),
    "lexical": ("规则用语", "what rules are written with"),
}


def reference(*, extensions: Sequence[Path | str] = ()) -> str:
    """The page: a table of classes and one of properties, for the core and for each extension.

    >>> reference().splitlines()[0]
    '# Ontology reference / 本体一览'
    """
    index = load(path for path in ontology_files(extensions) if path.name != "regions.ttl")
    owner = {str(path): str(one) for one in extensions for path in extension_files(one)}
    parts: dict[str, list[Term]] = {name: [] for name in ("core", *map(str, extensions), "lexical")}
    for term in terms_of(index):
        if term.kind in ("class", "property") and any(term.labels):
            file = term.where.rpartition(":")[0]
            parts[owner.get(file, "lexical" if Path(file).name == _LEXICAL else "core")].append(term)
    lines = [_HEAD]
    for name, terms in parts.items():
        zh, en = _PARTS.get(name, ("扩展", "extension"))
        lines.append(f"## `{name}`: {en} / {zh}")
        for kind, title in (("class", "class / 类"), ("property", "property / 属性")):
            rows = [_row(index, term) for term in terms if term.kind == kind]
            if rows:
                lines += ["", f"| {title} | definition / 定义 | relations / 关系 |", "|---|---|---|", *rows]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(index: TripleIndex, term: Term) -> str:
    zh, en = term.labels
    old = "~~" if term.deprecated else ""
    cells = (
        f"{old}`{term.name}`{old}<br>{en}<br>{zh}",
        "<br>".join(text for text in reversed(term.definitions) if text),
        "<br>".join(_relations(index, term)),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _relations(index: TripleIndex, term: Term) -> Iterable[str]:
    """From what to what a property leads, and what a term is in this and other vocabularies."""
    ends = [_names(index, term.iri, predicates) for predicates in (_FROM, _TO)]
    if any(ends):
        yield f"{', '.join(ends[0]) or '…'} → {', '.join(ends[1]) or '…'}"
    for predicate in _ALIGNED:
        if found := _names(index, term.iri, (predicate,)):
            yield f"{predicate.partition(':')[2]} {', '.join(found)}"
    if term.replaced_by:
        yield f"isReplacedBy `{term.replaced_by}`"


def _names(index: TripleIndex, iri: str, predicates: Iterable[str]) -> list[str]:
    nodes = (node for predicate in predicates for node in index.nodes(iri, predicate))
    return [f"`{shorten(node)}`" for node in dict.fromkeys(nodes) if not node.startswith("_:")]
