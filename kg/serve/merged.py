"""The default graph of a query that names several: their RDF merge, in which a triple of two of them stands once.

The engine looks into the graphs one after the other, so that it counts such a triple twice.

Source: https://www.w3.org/TR/sparql11-query/#unnamedGraph
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import pyoxigraph as ox

from kg.query.tokens import tokens
from kg.serve.refusal import Refused
from kg.store import MemoryStore, Store
from kg.store.sparql import PROLOGUE, form

MOST = 200_000  # statements of the graphs that are merged, about 100 MB
MERGE = "urn:kg:merge"


def dataset(text: str, base: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs after FROM and those after FROM NAMED, each once; none where an IRI is not right.

    >>> dataset("PREFIX x: <http://x/> SELECT ?from FROM x:a FROM <http://x/a> FROM NAMED <b> { ?from ?p 'FROM' }", "http://y/")
    (('http://x/a',), ('http://y/b',))
    """
    prologue: list[str] = []
    found: list[tuple[bool, str]] = []
    parts = [token for token in tokens(text) if token.kind != "comment" and token.text.strip()]
    for at, token in enumerate(parts):
        word = token.text.upper() if token.kind == "word" else ""
        if token.text == "{":
            break
        if word in ("PREFIX", "BASE"):
            prologue += [one.text for one in parts[at : at + (3 if word == "PREFIX" else 2)]]
        elif word == "FROM":
            named = parts[at + 1 : at + 2] and parts[at + 1].text.upper() == "NAMED"
            found += [(bool(named), one.text) for one in parts[at + 1 + bool(named) : at + 2 + bool(named)]]
    return _iris(prologue, [name for named, name in found if not named], base), _iris(
        prologue, [name for named, name in found if named], base
    )


def merged(store: Store, default: Sequence[str], named: Sequence[str]) -> MemoryStore:
    """A store with the merge of some graphs as the graph ``MERGE``, and with others by their names; refused with 422 where that is much."""

    def quads() -> Iterator[ox.Quad]:
        for graph in default:
            for quad in store.quads(graph):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(MERGE))
        for graph in named:
            yield from store.quads(graph)

    taken = list(islice(quads(), MOST + 1))
    if len(taken) > MOST:
        raise Refused(
            422,
            f"the graphs of FROM have more than {MOST} statements together, too many to be merged",
            "name fewer, or none, for without FROM all graphs are merged; or ask with GRAPH",
        )
    made = MemoryStore()
    made.engine.bulk_extend(taken)
    return made


def counts_twice(text: str, default: Sequence[str]) -> bool:
    """Whether a query with these default graphs would have a row twice for a triple that two of them state."""
    return len(default) > 1 and form(text) == "SELECT"


def _iris(prologue: Sequence[str], names: Sequence[str], base: str) -> tuple[str, ...]:
    """Names as whole IRIs, each once."""
    lines = "".join(f"<urn:a> <urn:b> {name} .\n" for name in names)
    data = f"{PROLOGUE}{' '.join(prologue)}\n{lines}".encode()
    try:
        quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri=base or None))
    except (SyntaxError, ValueError):
        return ()
    return tuple(dict.fromkeys(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)))
