"""Oxigraph: on disk for builds, in memory for small things and tests."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.errors import InputError, QueryError, StoreError, is_full
from kg.files import write
from kg.nesting import check_query
from kg.store.protocol import DEFAULT, UNREADABLE, Function, Rows, Triples
from kg.store.sparql import checked, groups, part, removal, repaired, replacement, with_default
from kg.store.unfinished import Unfinished, settle
from kg.terms import PREFIXES

_BULK = 6_000  # lines from which one bulk load (about 90 ms, 6 µs a line) beats a transaction (14 µs a line)
_SMALL = 6_000  # lines that may take the place of others in one transaction, which is held in memory
_TOGETHER = 30  # graphs removed in one transaction
MUCH = 100_000  # triples that one transaction takes out or puts in; each is some 6 kB of memory
_PART = 20_000  # triples of a larger graph that are taken out at once
_NOTE = "note.txt"  # in the folder of the store, so that a copy of the folder has it too


class _Oxigraph:
    """What the stores on disk and in memory share; the engine itself stays behind this class."""

    def __init__(self, engine: ox.Store, location: str, *, writable: bool) -> None:
        self._engine: ox.Store | None = engine
        self._location = location
        self._writable = writable
        self._note = ""

    @property
    def location(self) -> str:
        """The folder, or ``memory``."""
        return self._location

    @property
    def writable(self) -> bool:
        """Whether this store was opened for writing."""
        return self._writable

    @property
    def note(self) -> str:
        """What the last writer left word of; "" where another has opened the store for writing since."""
        return self._note

    def leave(self, note: str) -> None:
        """Leave word for the next writer, once everything written is safe on disk."""
        self.flush()
        self._note = note

    @property
    def engine(self) -> ox.Store:
        """Oxigraph's own store, for what has to talk to it directly."""
        if self._engine is None:
            raise StoreError("the store is closed", where=self._location)
        return self._engine

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        functions: Mapping[str, Function] | None = None,
        base: str = "",
    ) -> Rows | bool | Triples:
        """Answer a query; the prefixes of ``kg.terms`` need not be declared."""
        check_query(sparql)
        try:
            default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
                *map(ox.NamedNode, default_graphs)
            ]
            named: list[ox.NamedNode | ox.BlankNode] = [*map(ox.NamedNode, named_graphs)]
            graphs = (default, named) if default or named else (None, None)
            calls = {ox.NamedNode(name): call for name, call in functions.items()} if functions else None

            def ask(
                prefixes: dict[str, str] | None,
            ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
                return self.engine.query(
                    sparql,
                    base_iri=base or None,
                    prefixes=prefixes,
                    default_graph=graphs[0],
                    named_graphs=graphs[1],
                    custom_functions=calls,
                )

            try:
                answer = ask(None if _declares(sparql) else PREFIXES)
            except SyntaxError:
                answer = ask(PREFIXES)
        except SyntaxError as error:
            raise QueryError(f"{UNREADABLE}{error.msg}") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed: {error}") from None
        if isinstance(answer, ox.QuerySolutions):
            return Rows(tuple(variable.value for variable in answer.variables), answer)
        return Triples(answer) if isinstance(answer, ox.QueryTriples) else bool(answer)

    def update(self, sparql: str, *, base: str = "") -> None:
        """Run a SPARQL update on named graphs; the default graph follows in the same transaction."""
        check_query(sparql)
        whole = repaired(sparql, base)
        self._write(lambda engine: engine.update(whole, base_iri=base or None, prefixes=PREFIXES))

    def add(self, graphs: Mapping[str, bytes]) -> None:
        """Add N-Quads to graphs; all of them or, where a line does not parse, none."""
        lines = with_default(graphs)
        bulk = lines.count(b"\n") >= _BULK

        def load(engine: ox.Store) -> None:
            (engine.bulk_load if bulk else engine.load)(lines, ox.RdfFormat.N_QUADS)

        self._write(load)

    def replace(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what the graphs held before: at once where they are small, so that nobody sees them empty."""
        size = sum(lines.count(b"\n") for lines in graphs.values())
        if size < _SMALL and len(graphs) <= _TOGETHER and any(map(self._holds, graphs)):
            with_default(graphs)  # refuses lines of another graph
            empty = [graph for graph, lines in graphs.items() if not lines and self._holds(graph)]
            update = replacement(dict(self._differences(graphs)), empty)
            if update:
                self._run(update)
            return
        self.remove(graphs)
        self.add(graphs)

    def _differences(self, graphs: Mapping[str, bytes]) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
        """What each graph is to lose and to win, as N-Triples."""
        for graph, lines in graphs.items():
            old = {f"{quad.triple} .\n" for quad in self.quads(graph)}
            triples = lines.replace(f" <{graph}> .\n".encode(), b" .\n")
            new = set(
                map(bytes.decode, triples.splitlines(keepends=True))
            )  # as bytes: characters know more line ends
            yield graph, (sorted(old - new), sorted(new - old))

    def remove(self, graphs: Iterable[str]) -> None:
        """Take graphs out; from the default graph goes exactly what no other graph states."""
        wanted = {checked(graph) for graph in graphs}
        here = sorted(filter(self._holds, wanted))
        if here and all(graph.value in wanted for graph in self.engine.named_graphs()):
            self._write(lambda engine: engine.clear())  # at once, where one by one takes 70 µs a quad
            return
        sizes = {graph: self.size(graph) for graph in here}
        for group in groups([graph for graph in here if sizes[graph] <= MUCH // _TOGETHER], _TOGETHER):
            self._run(removal(group))
        for graph, size in sizes.items():
            if MUCH // _TOGETHER < size <= MUCH:
                self._run(removal([graph]))
            elif size > MUCH:
                self._remove_in_parts(graph)

    def size(self, graph: str, most: int = MUCH + 1) -> int:
        """How many triples a graph has; ``most`` where it has more than that."""
        some = f"{{ SELECT ?s {{ GRAPH <{checked(graph)}> {{ ?s ?p ?o }} }} LIMIT {most} }}"
        answer = self.query(f"SELECT (COUNT(*) AS ?n) {some}")
        assert isinstance(answer, Rows)
        return next(int(str(getattr(row[0], "value", 0))) for row in answer)

    def changing(self, graph: str) -> AbstractContextManager[None]:
        """Around a change of a graph by more than one transaction: where it is cut off, the next writer takes the graph out."""
        checked(graph)
        return nullcontext()

    def _remove_in_parts(self, graph: str) -> None:
        with self.changing(graph):
            update = part(graph, _PART)
            while self.size(graph, 1):
                self._run(update)
            self._run(f"DROP SILENT GRAPH <{graph}>")
            self.flush()

    def _run(self, update: str) -> None:
        self._write(lambda engine: engine.update(update))

    def _holds(self, graph: str) -> bool:
        return self.engine.contains_named_graph(ox.NamedNode(checked(graph)))

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of all named graphs, sorted."""
        return tuple(sorted(str(graph.value) for graph in self.engine.named_graphs()))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph, of ``DEFAULT``, or of every named graph."""
        if graph is None:
            for name in self.graphs():
                yield from self.quads(name)
        else:
            where = ox.DefaultGraph() if graph == DEFAULT else ox.NamedNode(checked(graph))
            yield from self.engine.quads_for_pattern(None, None, None, where)

    def flush(self) -> None:
        """Wait until everything written is safe on disk."""
        if self._writable:
            self._write(lambda engine: engine.flush())

    def close(self) -> None:
        """Release the store; it cannot be used afterwards."""
        try:
            if self._engine is not None and self._writable:
                self.flush()
        finally:
            self._engine = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:  # what went wrong is told, not that flushing goes wrong for the same reason
            with suppress(StoreError):
                self.close()

    def _write(self, act: Callable[[ox.Store], None]) -> None:
        if not self._writable:
            raise StoreError("the store was opened for reading only", where=self._location)
        try:
            act(self.engine)
        except SyntaxError as error:
            raise StoreError(f"not valid: {error.msg}", where=self._location) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise _unwritten(self._location, error) from None


class MemoryStore(_Oxigraph):
    """A store that lives and dies with the process.

    >>> store = MemoryStore()
    >>> line = b'<http://x/a> <http://x/b> "c" '
    >>> store.replace({g: line + f"<{g}> .\\n".encode() for g in ("http://x/1", "http://x/2")})
    >>> [str(row[0].value) for row in store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")]
    ['1']
    """

    def __init__(self, location: str = "memory") -> None:
        super().__init__(ox.Store(), location, writable=True)


class OxigraphStore(_Oxigraph):
    """A store in a folder; one process may write, others may read.

    Raises ``StoreError`` where the folder holds no store, a broken one, or one that another build writes to.
    """

    def __init__(self, folder: Path | str, *, writable: bool = False) -> None:
        path = Path(folder)
        if not writable and not (path / "CURRENT").is_file():
            raise StoreError(
                "there is no store here", where=str(path), hint="run `kg build` first, or give --store"
            )
        try:
            if writable:
                path.parent.mkdir(parents=True, exist_ok=True)
            engine = ox.Store(str(path)) if writable else ox.Store.read_only(str(path))
        except (OSError, RuntimeError, ValueError) as error:
            raise _refused(path, error) from None
        super().__init__(engine, str(path), writable=writable)
        self._file = path / _NOTE
        self._unfinished = Unfinished(path)
        if writable:
            self._note = self._taken()
            for graph in self._unfinished.graphs():
                self._remove_in_parts(graph)

    def leave(self, note: str) -> None:
        """Leave word for the next writer, once everything written is safe on disk."""
        super().leave(note)
        try:
            write(self._file, note)
        except InputError as error:
            raise StoreError(error.what, where=self._location, hint=error.hint) from None

    def changing(self, graph: str) -> AbstractContextManager[None]:
        """Around a change of a graph by more than one transaction: where it is cut off, the next writer takes the graph out."""
        return self._unfinished.marked(checked(graph))

    def _taken(self) -> str:
        """The note, which whoever opens the store for writing takes with him: he may write what it knows nothing of."""
        try:
            note = self._file.read_text(encoding="utf-8")
            self._file.unlink()
            settle(self._file.parent)
        except (OSError, UnicodeDecodeError):
            return ""
        return note


def _declares(sparql: str) -> bool:
    """Whether a query begins with a prefix of its own, and so, most likely, declares all of them; to read ours takes time."""
    return sparql[:200].lstrip()[:6].upper() == "PREFIX"


def _unwritten(location: str, error: Exception) -> StoreError:
    if is_full(error):
        return StoreError(
            "the disk is full",
            where=location,
            hint="the store is sound; free some space and run the same again",
        )
    return StoreError(f"writing failed: {error}", where=location)


def _refused(path: Path, error: Exception) -> StoreError:
    words = " ".join(str(error).split())
    if is_full(error):
        return _unwritten(str(path), error)
    if "lock" in words.lower():
        return StoreError(
            "locked by another build", where=str(path), hint="wait until it ends, or use another --out"
        )
    if isinstance(error, (PermissionError, NotADirectoryError, FileExistsError)):
        return StoreError(
            f"the store cannot be opened ({words})", where=str(path), hint="check the path and its rights"
        )
    return StoreError(
        f"the store is damaged ({words})", where=str(path), hint="delete the folder and build again"
    )
