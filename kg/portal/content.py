"""The page of a graph: how much it states, and of what."""

from dataclasses import dataclass

from kg.portal.links import Link, links
from kg.portal.titles import titled
from kg.query import select
from kg.store import Store
from kg.store.sparql import checked

PAGE = 50


@dataclass(frozen=True, slots=True)
class Content:
    """A graph, how many statements it holds, and what they are about; ``page`` counts from one."""

    link: Link
    count: int
    things: tuple[Link, ...]
    page: int
    pages: int

    def query(self) -> str:
        """The query that shows what it states."""
        return f"SELECT ?s ?p ?o WHERE {{ GRAPH <{self.link.iri}> {{ ?s ?p ?o }} }} LIMIT 1000"


def is_graph(store: Store, iri: str) -> bool:
    """Whether an IRI names a graph of the store and nothing that the store describes.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.add({"x:g": b"<x:a> <x:b> <x:c> <x:g> .\\n"})
    >>> is_graph(store, "x:g"), is_graph(store, "x:a")
    (True, False)
    """
    it = f"<{checked(iri)}>"
    if store.query(f"ASK {{ {it} ?p ?o }}"):
        return False
    return store.query(f"ASK {{ GRAPH {it} {{ ?s ?p ?o }} }}") is True


def content(store: Store, iri: str, lang: str, page: int = 1) -> Content:
    """What a graph holds, its things in the order of their IRIs.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.add({"x:g": b"<x:a> <x:b> <x:c> <x:g> .\\n<x:a> <x:b> <x:d> <x:g> .\\n"})
    >>> made = content(store, "x:g", "zh")
    >>> made.count, [link.iri for link in made.things], made.pages
    (2, ['x:a'], 1)
    """
    here = f"GRAPH <{checked(iri)}> {{ ?s ?p ?o }}"
    (counts,) = select(store, f"SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?things) WHERE {{ {here} }}")
    pages = max(1, -(-int(counts["things"].value) // PAGE))
    page = min(max(page, 1), pages)
    rows = select(
        store,
        f"SELECT DISTINCT ?s WHERE {{ {here} FILTER(isIRI(?s)) }} ORDER BY ?s LIMIT {PAGE} OFFSET {(page - 1) * PAGE}",
    )
    things = [row["s"].value for row in rows]
    known = titled(store, links(store, [iri, *things], lang), lang)
    return Content(known[iri], int(counts["n"].value), tuple(known[one] for one in things), page, pages)
