"""The classes of a store as they are drawn: name, colour, shape, size, and family in the legend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.query import Bound, select
from kg.schema.files import data_folder
from kg.schema.index import load
from kg.schema.model import Model
from kg.store import Store
from kg.terms import expand, shorten
from kg.view.words import Family

# Shapes that stand above their label; any other word of the ontology is drawn as a dot.
_ALL = 2000  # entities beyond which one question about all is quicker than many about some
SHAPES = ("dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon")
_CLASSES = """
SELECT ?class ?label ?definition ?color ?shape ?size ?parent WHERE {
  ?class a owl:Class .
  OPTIONAL { ?class rdfs:label ?label } OPTIONAL { ?class pol:color ?color } OPTIONAL { ?class pol:shape ?shape }
  OPTIONAL { ?class pol:size ?size } OPTIONAL { ?class rdfs:subClassOf ?parent FILTER(isIRI(?parent)) }
  FILTER(isIRI(?class))
}
"""


@dataclass(frozen=True, slots=True)
class DrawnClass:
    """A class of the legend. ``lineage`` holds itself and what it is a kind of, nearest first."""

    name: str
    label: str
    color: str
    shape: str
    size: int
    lineage: tuple[str, ...]
    family: str


PLAIN = DrawnClass("", "", "#7f8a96", "dot", 12, (), "")  # how an entity without a declared class is drawn


def drawn_classes(store: Store, families: Iterable[Family], lang: str) -> dict[str, DrawnClass]:
    """Every class the store's ontology declares, by prefixed name; the project's own where it declares none.

    >>> from kg.store import MemoryStore
    >>> from kg.view.words import families
    >>> found = drawn_classes(MemoryStore(), families(), "zh")
    >>> found["pol:Notice"].family, found["pol:Achievement"].family, found["pol:Observation"].family
    ('pol:Policy', 'pol:Result', 'pol:Observation')
    """
    listed = [family.cls for family in families]
    found = _from_store(store, listed, lang)
    return found if any(cls.color != PLAIN.color for cls in found.values()) else _from_files(listed, lang)


def _from_files(listed: list[str], lang: str) -> dict[str, DrawnClass]:
    folder = data_folder("ontology")
    model = Model.from_index(load([folder / "core.ttl", folder / "align.ttl"]))
    found = {}
    for iri, cls in model.classes.items():
        lineage = tuple(shorten(one) for one in (iri, *cls.ancestors) if one in model.classes)
        family = _family(lineage, listed)
        found[lineage[0]] = DrawnClass(
            lineage[0], model.label(iri, lang), cls.color, _shape(cls.shape), cls.size, lineage, family
        )
    return found


def _from_store(store: Store, listed: list[str], lang: str) -> dict[str, DrawnClass]:
    labels: dict[str, dict[str, str]] = {}
    parents: dict[str, set[str]] = {}
    looks: dict[str, dict[str, str]] = {}
    for row in select(store, _CLASSES):
        name = row["class"].value
        parents.setdefault(name, set())
        if "parent" in row:
            parents[name].add(row["parent"].value)
        for key in ("color", "shape", "size"):
            if key in row:
                looks.setdefault(name, {})[key] = row[key].value
        label = row.get("label")
        if isinstance(label, ox.Literal):
            labels.setdefault(name, {})[label.language or ""] = label.value
    found = {}
    for iri in sorted(parents):
        above = _lineage(iri, parents)

        def look(key: str, default: str, above: tuple[str, ...] = above) -> str:
            return next((looks[one][key] for one in above if key in looks.get(one, {})), default)

        names = labels.get(iri, {})
        lineage = tuple(shorten(one) for one in above)
        size = look("size", str(PLAIN.size))
        found[lineage[0]] = DrawnClass(
            lineage[0],
            names.get(lang) or next((names[key] for key in sorted(names)), lineage[0].rpartition(":")[2]),
            look("color", PLAIN.color),
            _shape(look("shape", PLAIN.shape)),
            int(size) if size.isdecimal() else PLAIN.size,
            lineage,
            _family(lineage, listed),
        )
    return found


def _lineage(iri: str, parents: Mapping[str, set[str]]) -> tuple[str, ...]:
    """A class and every declared class above it, nearest first."""
    found = {iri: None}
    layer = [iri]
    while layer:
        layer = sorted({up for one in layer for up in parents.get(one, ()) if up in parents} - found.keys())
        found |= dict.fromkeys(layer)
    return tuple(found)


def _family(lineage: tuple[str, ...], listed: list[str]) -> str:
    own = [one for one in lineage if one.startswith("pol:") or one == lineage[0]]
    return next((one for one in lineage if one in listed), own[-1])


def _shape(name: str) -> str:
    return name if name in SHAPES else "dot"


def most_specific(names: Iterable[str], classes: Mapping[str, DrawnClass]) -> str:
    """Of the classes of one entity, the one that is a kind of most others; empty where none is declared.

    >>> from kg.store import MemoryStore
    >>> from kg.view.words import families
    >>> known = drawn_classes(MemoryStore(), families(), "zh")
    >>> most_specific(["prov:Entity", "pol:Policy", "pol:Notice"], known)
    'pol:Notice'
    """
    declared = sorted((-len(classes[name].lineage), name) for name in names if name in classes)
    return declared[0][1] if declared else ""


def classes_of(store: Store, iris: Iterable[str], classes: Mapping[str, DrawnClass]) -> dict[str, str]:
    """The most specific declared class of each entity, as its prefixed name."""
    kinds: dict[str, set[str]] = {}
    for row in select_for(store, iris, "?it a ?class"):
        kinds.setdefault(row["it"].value, set()).add(shorten(row["class"].value))
    return {iri: name for iri in sorted(kinds) if (name := most_specific(kinds[iri], classes))}


def names_of(store: Store, iris: Iterable[str], lang: str) -> dict[str, tuple[str, ...]]:
    """Every name of each entity: the canonical one in the language first, then the other forms, sorted."""
    ranked: dict[str, set[tuple[int, bool, str]]] = {}
    rank = {expand("skos:prefLabel"): 0, expand("rdfs:label"): 1, expand("skos:altLabel"): 2}
    pattern = "?it ?p ?name FILTER(?p IN (skos:prefLabel, rdfs:label, skos:altLabel))"
    for row in select_for(store, iris, pattern):
        name = row["name"]
        if isinstance(name, ox.Literal):
            place = rank[row["p"].value]
            ranked.setdefault(row["it"].value, set()).add((place, name.language != lang, name.value))
    return {iri: tuple(dict.fromkeys(name for _, _, name in sorted(ranked[iri]))) for iri in sorted(ranked)}


def select_for(store: Store, iris: Iterable[str], pattern: str) -> list[dict[str, Bound]]:
    """The rows of a pattern about ``?it``, for many IRIs, some hundreds at a time; for very many, out of all rows."""
    wanted = set(iris)
    if len(wanted) > _ALL:
        return [row for row in select(store, f"SELECT * WHERE {{ {pattern} }}") if row["it"].value in wanted]
    return select_some(store, wanted, pattern)


def select_some(store: Store, iris: Iterable[str], pattern: str) -> list[dict[str, Bound]]:
    """The same where there are many more of its kind than the IRIs, however many these are."""
    listed = sorted({iri for iri in iris if not any(character in iri for character in '<>"{}|^`\\ ')})
    rows = []
    for start in range(0, len(listed), 400):
        values = " ".join(f"<{iri}>" for iri in listed[start : start + 400])
        rows += select(store, f"SELECT * WHERE {{ VALUES ?it {{ {values} }} {pattern} }}")
    return rows
