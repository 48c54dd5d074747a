"""RDF for other programs: triples as Turtle, the store as an rdflib dataset."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.oxigraph import MemoryStore, OxigraphStore
from kg.store.protocol import Store
from kg.terms import PREFIXES

if TYPE_CHECKING:
    import rdflib


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Triples as Turtle, the same for the same triples in the same order.

    >>> print(turtle([ox.Triple(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("c"))], {"x": "http://x/"}))
    @prefix x: <http://x/> .
    x:a x:b "c" .
    <BLANKLINE>
    """
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    lines = [line.decode() for line in data.splitlines(keepends=True)]
    head = sorted(line for line in lines if line.startswith("@prefix"))
    return "".join([*head, *lines[len(head) :]])  # the engine writes prefixes in any order


def to_rdflib(store: Store) -> "rdflib.Dataset":
    """A view of a local store, not a copy: queries run in Oxigraph, named graphs are contexts.

    >>> import rdflib
    >>> store = MemoryStore()
    >>> store.add({"http://x/g": b'<http://x/a> <http://x/b> "c" <http://x/g> .\\n'})
    >>> [str(o) for o in to_rdflib(store).graph(rdflib.URIRef("http://x/g")).objects()]
    ['c']
    """
    import oxrdflib  # half a second of imports that nothing else needs
    import rdflib

    if not isinstance(store, (MemoryStore, OxigraphStore)):
        raise StoreError(
            "rdflib can be given local stores only", where=store.location, hint="use rdflib's SPARQLStore"
        )
    dataset = rdflib.Dataset(store=oxrdflib.OxigraphStore(store=store.engine))
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset
