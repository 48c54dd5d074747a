"""What every store can do, and what it answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import pyoxigraph as ox

from kg.errors import QueryError

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Function = Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]

UNREADABLE = (
    "the query does not parse: "  # begins what is said of such a query, and then what the engine says
)
DEFAULT = "default"  # stands for the default graph in ``Store.quads``


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: its variables, and once through its rows; an unbound cell is None."""

    variables: tuple[str, ...]
    solutions: ox.QuerySolutions

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        width = range(len(self.variables))
        with _failing():
            for solution in self.solutions:
                yield tuple(solution[index] for index in width)

    def serialize(self, format: ox.QueryResultsFormat) -> bytes:
        """The rows not yet read, in one of SPARQL's result formats."""
        with _failing():
            return self.solutions.serialize(format=format) or b""


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer of a CONSTRUCT or DESCRIBE, once through; the same triple may come twice."""

    triples: Iterable[ox.Triple]

    def __iter__(self) -> Iterator[ox.Triple]:
        with _failing():
            yield from self.triples


class _failing:
    """Turns what the engine raises half-way through an answer into a ``QueryError``."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, (OSError, RuntimeError, SyntaxError, ValueError)):
            raise QueryError(f"the answer broke off: {error}") from error


class Store(Protocol):
    """Quads in named graphs, with their union as default graph.

    A graph's content is N-Quads as ``kg.graph`` writes it: one statement a line, each line naming that graph,
    no blank nodes.

    Writing needs a store opened with ``writable=True``; everything else raises ``StoreError``.
    """

    @property
    def location(self) -> str:
        """The folder or address, or ``memory``."""

    @property
    def writable(self) -> bool:
        """Whether this store was opened for writing."""

    @property
    def note(self) -> str:
        """What the last writer left word of; "" where another has opened the store for writing since, or might have."""

    def leave(self, note: str) -> None:
        """Leave word for the next writer, once everything written is safe on disk."""

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        functions: Mapping[str, Function] | None = None,
        base: str = "",
    ) -> Rows | bool | Triples:
        """Answer a query; the prefixes of ``kg.terms`` need not be declared.

        ``default_graphs`` and ``named_graphs`` narrow the dataset as the SPARQL protocol's parameters do;
        ``functions`` adds extension functions by IRI, on local stores; relative IRIs are resolved against
        ``base``. Raises ``QueryError``.
        """

    def update(self, sparql: str, *, base: str = "") -> None:
        """Run a SPARQL update on named graphs.

        The default graph is made their union again in the same transaction; what an update writes into it
        directly does not stay.
        """

    def add(self, graphs: Mapping[str, bytes]) -> None:
        """Add N-Quads to graphs, by graph IRI; all of them or, where a line does not parse, none."""

    def replace(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what the graphs held before."""

    def remove(self, graphs: Iterable[str]) -> None:
        """Take graphs out; from the default graph goes exactly what no other graph states."""

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of all named graphs, sorted."""

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph, of ``DEFAULT``, or of every named graph."""

    def flush(self) -> None:
        """Wait until everything written is safe on disk."""

    def close(self) -> None:
        """Release the store; it cannot be used afterwards."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
