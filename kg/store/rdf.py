"""The store as an rdflib dataset, for programs written against rdflib."""

from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.oxigraph import MemoryStore, OxigraphStore
from kg.store.protocol import Store
from kg.terms import PREFIXES

if TYPE_CHECKING:
    import rdflib


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
