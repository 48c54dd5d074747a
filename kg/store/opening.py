"""From what a person writes after ``--store`` to a store."""

from pathlib import Path

from kg.store.oxigraph import MemoryStore, OxigraphStore
from kg.store.protocol import Store
from kg.store.remote import RemoteStore


def open_store(location: str | Path | None, *, writable: bool = False) -> Store:
    """The store at a folder or at the address of a SPARQL endpoint; ``None`` is a new one in memory.

    >>> open_store(None).location
    'memory'
    >>> open_store("https://example.org/sparql").location
    'https://example.org/sparql'
    """
    if location is None:
        return MemoryStore()
    if isinstance(location, str) and location.startswith(("http://", "https://")):
        return RemoteStore(location, writable=writable)
    return OxigraphStore(location, writable=writable)
