"""Changes of the store, one at a time; the store is open for writing only while one is made."""

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.serve.refusal import Refused, refusal_of
from kg.serve.settings import Settings
from kg.store import OxigraphStore
from kg.store.sparql import checked

T = TypeVar("T")
_THEIRS = re.compile(
    "not valid|does not exist|already exists"
)  # what is wrong with an update, not with the store


class Writer:
    """Updates and whole graphs; raises ``Refused`` where the store cannot be written to."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turn = asyncio.Lock()

    async def update(self, text: str, *, base: str = "") -> None:
        """Run a SPARQL update."""
        await self._do(lambda store: store.update(text, base=base))

    async def put(self, graph: str, triples: Sequence[ox.Triple], *, absent: bool = False) -> bool:
        """Make these triples the whole of a graph; says whether the graph is new, and takes no other where it must be ``absent``."""
        return await self._do(lambda store: _put(store, graph, triples, clear=True, absent=absent))

    async def post(self, graph: str, triples: Sequence[ox.Triple], *, absent: bool = False) -> bool:
        """Add triples to a graph; says whether the graph is new, and takes no other where it must be ``absent``."""
        return await self._do(lambda store: _put(store, graph, triples, clear=False, absent=absent))

    async def delete(self, graph: str) -> bool:
        """Take a graph out; says whether it was there."""
        return await self._do(lambda store: _delete(store, graph))

    async def _do(self, act: Callable[[OxigraphStore], T]) -> T:
        if not self._settings.local:
            raise Refused(
                403, "this is the store of another server", "write to that server", Allow="GET, HEAD"
            )
        async with self._turn:
            try:
                return await asyncio.to_thread(self._once, act)
            except QueryError as error:
                raise _refused(error, 400) from None
            except KgError as error:
                raise _refused(error, 400 if _THEIRS.search(error.what) else 503) from None

    def _once(self, act: Callable[[OxigraphStore], T]) -> T:
        with OxigraphStore(self._settings.location, writable=True) as store:
            return act(store)


def _refused(error: KgError, status: int) -> Refused:
    refusal = refusal_of(error, status)
    return Refused(refusal.status, refusal.what, refusal.hint)


def there() -> Refused:
    """What is said where a graph must not be there, and is."""
    return Refused(412, "the graph is there already", "leave out If-None-Match to write to it")


def _put(
    store: OxigraphStore, graph: str, triples: Sequence[ox.Triple], *, clear: bool, absent: bool
) -> bool:
    name = ox.NamedNode(checked(graph))
    new = not store.engine.contains_named_graph(name)
    if absent and not new:
        raise there()
    if clear and not new:
        store.remove([graph])
    store.engine.add_graph(name)
    store.engine.extend(
        [
            quad
            for triple in triples
            for quad in (
                ox.Quad(triple.subject, triple.predicate, triple.object, name),
                ox.Quad(triple.subject, triple.predicate, triple.object),
            )
        ]
    )
    return new


def _delete(store: OxigraphStore, graph: str) -> bool:
    there = store.engine.contains_named_graph(ox.NamedNode(checked(graph)))
    if there:
        store.remove([graph])
    return bool(there)
