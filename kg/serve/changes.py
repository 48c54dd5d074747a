"""What is done to a store in the process that writes: it opens the store for one change, so that a build may write between two of them.

A process that is ended leaves nothing of a change that is one transaction, as every update is.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import KgError, QueryError, StoreError
from kg.nesting import check_data
from kg.query import searches
from kg.serve.dataset import UNNAMED, using, with_graph
from kg.serve.negotiation import GRAPHS, negotiate
from kg.serve.refusal import Refused, refusal_of, unreadable
from kg.serve.request import Operation
from kg.serve.work import uses
from kg.store import OxigraphStore, Triples
from kg.store.oxigraph import MUCH
from kg.store.sparql import blank, checked, removal, replacement, taken_by_default
from kg.terms import PREFIXES

T = TypeVar("T")
_THEIRS = re.compile("not valid|does not exist|already exists")  # wrong with a change, not with the store
_READ = 1_000_000  # triples of a graph from which it is not read to see what of it differs
_FEW = 6_000  # triples that a transaction adds sooner than a bulk load


def update(location: str, operation: Operation, base: str, *, federation: bool) -> None:
    """Run a SPARQL update, in which a graph without a name is ``UNNAMED``; refused where it would delete nothing for that reason.

    It is looked through here, too, as a long one takes as many seconds as it has megabytes.
    """
    for word in ("LOAD", "SERVICE"):
        if not federation and uses(operation.text, word):
            raise Refused(403, f"{word} is not allowed here", "send the data, or start with --federation")
    if searches(operation.text):
        raise Refused(400, "an update cannot search", "ask for the entities first, and name them")
    text = using(operation.text, operation.default_graphs, operation.named_graphs)

    def change(store: OxigraphStore) -> None:
        if (taken := taken_by_default(text)) and _elsewhere(store, taken, base):
            raise Refused(
                409,
                "what this would delete stands in named graphs, and without the name of one nothing is deleted there",
                "write GRAPH ?g { … } around it, or WITH <graph> before DELETE",
            )
        store.update(with_graph(text, UNNAMED), base=base)

    try:
        _written(location, change)
    except Refused as error:
        if error.refusal.what.startswith("not valid"):
            raise Refused.of(unreadable(text, _reason(text, base), update=True)) from None
        raise


def _reason(text: str, base: str) -> str:
    """What the engine says of an update as it was sent; nothing of what might ask another server."""
    try:
        if not uses(text, "LOAD", "SERVICE"):
            ox.Store().update(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        return error.msg
    except (OSError, RuntimeError, ValueError):
        pass
    return ""


def put(
    location: str, graph: str, files: Sequence[tuple[bytes, str]], *, clear: bool, absent: bool = False
) -> bool:
    """Add what files say to a graph, or make it the whole of it; says whether the graph is new.

    A file is its bytes and its media type. The graph is not touched where it must be ``absent``, and is not.
    """
    triples = _parsed(files, graph)
    return _written(location, lambda store: _put(store, graph, triples, clear=clear, absent=absent))


def create(location: str, address: str, files: Sequence[tuple[bytes, str]]) -> str:
    """Make a graph below an address of what files say; its name, which comes from that."""
    triples = _parsed(files, address)
    digest = hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()[:16]
    graph = f"{address}/{digest}"
    _written(location, lambda store: _put(store, graph, triples, clear=True, absent=False))
    return graph


def delete(location: str, graph: str) -> bool:
    """Take a graph out; says whether it was there."""

    def take(store: OxigraphStore) -> bool:
        there = bool(store.engine.contains_named_graph(ox.NamedNode(checked(graph))))
        if there:
            store.remove([graph])
        return there

    return _written(location, take)


def repair(location: str) -> None:
    """Clear away what a writer that was cut off has left behind, as opening the store does."""
    _written(location, lambda store: None)


def _elsewhere(store: OxigraphStore, taken: str, base: str) -> bool:
    """Whether some triples of a query stand in graphs with a name, and none in that without."""
    found = False
    try:
        answer = store.query(taken, base=base)
        assert isinstance(answer, Triples)
        for triple in answer:
            graphs = {
                quad.graph_name
                for quad in store.engine.quads_for_pattern(
                    triple.subject, triple.predicate, triple.object, None
                )
            }
            if ox.NamedNode(UNNAMED) in graphs:
                return False
            found = found or bool(graphs - {ox.DefaultGraph()})
    except QueryError:  # the update itself tells what is wrong
        return False
    return found


def there() -> Refused:
    """What is said where a graph must not be there, and is."""
    return Refused(412, "the graph is there already", "leave out If-None-Match to write to it")


def _written(location: str, act: Callable[[OxigraphStore], T]) -> T:
    try:
        with OxigraphStore(location, writable=True) as store:
            return act(store)
    except QueryError as error:
        raise _refused(error, 400) from None
    except KgError as error:
        raise _refused(error, 400 if _THEIRS.search(error.what) else 503) from None


def _refused(error: KgError, status: int) -> Refused:
    refusal = refusal_of(error, status)
    return Refused(refusal.status, refusal.what, refusal.hint)


def _put(
    store: OxigraphStore, graph: str, triples: Sequence[ox.Triple], *, clear: bool, absent: bool
) -> bool:
    name = ox.NamedNode(checked(graph))
    new = not store.engine.contains_named_graph(name)
    if absent and not new:
        raise there()
    try:
        if clear and not new:
            _exchange(store, graph, triples)
        elif len(triples) < _FEW:
            store.engine.update(_inserted(graph, map(_line, triples)))
        else:
            store.engine.bulk_load(_lines(triples, name), ox.RdfFormat.N_QUADS)
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"writing failed: {error}") from None
    return new


def _exchange(store: OxigraphStore, graph: str, triples: Sequence[ox.Triple]) -> None:
    """Triples in the place of all that a graph has: what differs, in one transaction where that fits in memory."""
    if store.size(graph, _READ) < _READ:
        given = dict.fromkeys(map(_line, triples))
        old = dict.fromkeys(_line(quad.triple) for quad in store.quads(graph))
        gone, come = [line for line in old if line not in given], [line for line in given if line not in old]
        nameless = any(map(blank, gone))  # it cannot be said which ones to delete, so all are
        if len(old) + len(given) <= MUCH or (not nameless and len(gone) + len(come) <= MUCH):
            change = (
                f"{removal([graph])} ;\n{_inserted(graph, given)}"
                if nameless
                else replacement({graph: (gone, come)})
            )
            if change:
                store.engine.update(change)
            return
    with store.changing(graph):
        store.remove([graph])
        store.engine.bulk_load(_lines(triples, ox.NamedNode(graph)), ox.RdfFormat.N_QUADS)
        store.flush()


def _line(triple: ox.Triple) -> str:
    return f"{triple} .\n"


def _inserted(graph: str, given: Iterable[str]) -> str:
    lines = "".join(given)
    return f"CREATE SILENT GRAPH <{graph}> ;\nINSERT DATA {{ {lines}GRAPH <{graph}> {{ {lines}}} }}"


def _lines(triples: Iterable[ox.Triple], graph: ox.NamedNode) -> bytes:
    def quads() -> Iterator[ox.Quad]:
        for triple in triples:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            yield ox.Quad(triple.subject, triple.predicate, triple.object)

    return ox.serialize(quads(), format=ox.RdfFormat.N_QUADS) or b""


def _parsed(files: Iterable[tuple[bytes, str]], base: str) -> list[ox.Triple]:
    return [triple for data, kind in files for triple in _read(data, kind, base)]


def _read(data: bytes, kind: str, base: str) -> list[ox.Triple]:
    kind = negotiate(kind, GRAPHS)
    if not kind:
        raise Refused(415, "the content type is no format of RDF", f"send one of {', '.join(GRAPHS)}")
    try:
        if "xml" not in kind:  # where brackets are words
            check_data(data.decode(errors="replace"))
        quads = list(ox.parse(data, format=GRAPHS[kind], base_iri=base, rename_blank_nodes=True))
    except KgError as error:
        raise Refused(400, error.what, error.hint) from None
    except (SyntaxError, ValueError) as error:
        raise Refused(400, f"the data is not valid {kind}: {error}", "mend it and send it again") from None
    for graph in {quad.graph_name for quad in quads}:
        if graph not in (ox.DefaultGraph(), ox.NamedNode(base)):
            raise Refused(400, f"the data names another graph ({graph})", "send each graph to its own name")
    return [quad.triple for quad in quads]
