"""Things as a page links them: what each is called, of which class, in which colour."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.query import plain
from kg.store import Store
from kg.view.classes import PLAIN, classes_of, drawn_classes, names_of
from kg.view.words import families


@dataclass(frozen=True, slots=True)
class Link:
    """A thing with its name, and its class and colour where the ontology gives them."""

    iri: str
    label: str
    kind: str = ""
    color: str = PLAIN.color
    cls: str = ""


def links(store: Store, iris: Iterable[str], lang: str) -> dict[str, Link]:
    """Each of these as a page links it, in a language.

    >>> from kg.store import MemoryStore
    >>> links(MemoryStore(), ["https://w3id.org/policy-kg/id/agency/甲"], "zh").popitem()[1].label
    'agency/甲'
    """
    wanted = sorted(set(iris))
    called = names_of(store, wanted, lang)
    known = drawn_classes(store, families(), lang)
    kinds = classes_of(store, wanted, known)
    return {
        iri: Link(
            iri,
            next(iter(called.get(iri, ())), "") or plain(ox.NamedNode(iri)),
            known[kinds[iri]].label if iri in kinds else "",
            known[kinds[iri]].color if iri in kinds else PLAIN.color,
            kinds.get(iri, ""),
        )
        for iri in wanted
    }
