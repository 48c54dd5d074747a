"""Where the quads live: Oxigraph on disk or in memory, or any SPARQL 1.1 server.

The default graph of every store is the union of its named graphs as a set. It is materialised, and
every write keeps it so.
"""

from kg.store.opening import open_store
from kg.store.oxigraph import MemoryStore, OxigraphStore
from kg.store.protocol import DEFAULT, UNREADABLE, Rows, Store, Term, Triples
from kg.store.rdf import to_rdflib, turtle
from kg.store.remote import RemoteStore

__all__ = [
    "DEFAULT",
    "UNREADABLE",
    "MemoryStore",
    "OxigraphStore",
    "RemoteStore",
    "Rows",
    "Store",
    "Term",
    "Triples",
    "open_store",
    "to_rdflib",
    "turtle",
]
