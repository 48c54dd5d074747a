"""Any server that speaks the SPARQL 1.1 protocol."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.nesting import check_query
from kg.store import virtuoso
from kg.store.address import Address
from kg.store.protocol import DEFAULT, Function, Rows, Triples
from kg.store.sparql import PROLOGUE, checked, form, groups, removal, with_default, with_union
from kg.store.wire import Reply, TooLarge, Unsupported, Wire

_RESULTS = "application/sparql-results+json"
_GRAPH = "application/n-triples, text/turtle;q=0.8"
_ANY = f"{_RESULTS}, application/n-triples;q=0.9, text/turtle;q=0.8"
_TRIPLES = {"application/n-triples": ox.RdfFormat.N_TRIPLES, "text/turtle": ox.RdfFormat.TURTLE}
_FORM = "application/x-www-form-urlencoded"
_LINES = 5_000  # lines of one INSERT DATA
_BATCH = 20_000  # lines of one request of the Graph Store Protocol


class RemoteStore:
    """A SPARQL server, at the address of its queries; ``kg.store.address`` says how the others follow from it.

    What is written is the same when it is written twice, so a request that failed in passing is sent again.
    """

    def __init__(self, address: str, *, update_address: str = "", writable: bool = False) -> None:
        self._at = Address.of(f"{address}#update={quote(update_address)}" if update_address else address)
        self._wire = Wire(self._at)
        self._loads = True
        self._writable = writable

    @property
    def location(self) -> str:
        """The address of the endpoint."""
        return self._at.query

    @property
    def writable(self) -> bool:
        """Whether this store was opened for writing."""
        return self._writable

    @property
    def note(self) -> str:
        """Always "": anyone may have written to a server."""
        return ""

    def leave(self, note: str) -> None:
        """Nothing: see ``note``."""

    @cached_property
    def _virtuoso(self) -> bool:
        """Whether the server is Virtuoso, which has to be spoken to differently."""
        reply = self._wire.send(self._at.query, urlencode([("query", "ASK { }")]).encode(), _FORM, _RESULTS)
        return reply.headers.get("Server", "").startswith("Virtuoso")

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
        if functions:
            raise QueryError("a remote store has no extension functions", where=self.location)
        text = _based(base) + PROLOGUE + (virtuoso.seen(sparql) if self._virtuoso else sparql)
        default, named = list(default_graphs), list(named_graphs)
        if self._virtuoso and not default and not named:
            default = [virtuoso.UNION]
        fields = [("query", text)]
        fields += [("default-graph-uri", graph) for graph in default]
        fields += [("named-graph-uri", graph) for graph in named]
        accept = {"SELECT": _RESULTS, "ASK": _RESULTS, "CONSTRUCT": _GRAPH, "DESCRIBE": _GRAPH}
        reply = self._wire.send(
            self._at.query, urlencode(fields).encode(), _FORM, accept.get(form(sparql), _ANY)
        )
        return self._answer(reply)

    def _answer(self, reply: Reply) -> Rows | bool | Triples:
        try:
            if reply.kind in _TRIPLES:
                triples = [quad.triple for quad in ox.parse(reply.data, format=_TRIPLES[reply.kind])]
                self._whole(reply, len(triples))
                return Triples(triples)
            data = reply.data
            if self._virtuoso:
                told = virtuoso.asked(data)
                if told is not None:
                    return told
                data = virtuoso.without_own(virtuoso.mended(data))
                self._whole(reply, data.count(b"\n    {"))
            answer = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"the answer ({reply.kind}) cannot be read: {error}", where=self.location
            ) from None
        if isinstance(answer, ox.QuerySolutions):
            return Rows(tuple(variable.value for variable in answer.variables), answer)
        return bool(answer)

    def _whole(self, reply: Reply, count: int) -> None:
        if self._virtuoso:
            virtuoso.check_whole(reply.headers, count, self.location)

    def update(self, sparql: str, *, base: str = "") -> None:
        """Run a SPARQL update on named graphs; the default graph follows in the same request."""
        self._must_write()
        check_query(sparql)
        whole = with_union(sparql, self._default, self._hidden)
        self._update(_based(base) + PROLOGUE + whole, again=False)

    @property
    def _data(self) -> str:
        """Where graphs are loaded; "" where there is no such address, or it did not do."""
        if not self._loads:
            return ""
        return self._at.data or (
            self._at.query.replace("/sparql", "/sparql-graph-crud") if self._virtuoso else ""
        )

    @property
    def _default(self) -> str | None:
        """The graph that holds the default graph: "" for the server's own, None where it needs no writing."""
        if self._at.default:
            return "" if self._at.default == "own" else None
        return virtuoso.UNION if self._virtuoso else ""

    @property
    def _hidden(self) -> str:
        return virtuoso.HIDDEN if self._virtuoso else ""

    def add(self, graphs: Mapping[str, bytes]) -> None:
        """Add N-Quads to graphs, in requests of some thousand lines.

        The default graph comes last: what it holds is in a graph, so that taking the graph out finds it, wherever this was cut short.
        """
        self._must_write()
        with_default(graphs)  # refuses lines of another graph
        everything: list[str] = []
        for graph, lines in graphs.items():
            end = f" <{graph}> .\n".encode()
            triples = list(map(bytes.decode, lines.replace(end, b" .\n").splitlines(keepends=True)))
            self._load(graph, triples)
            everything += triples
        if self._default is not None:
            self._load(self._default, list(dict.fromkeys(everything)))

    def replace(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what the graphs held before."""
        self.remove(graphs)
        self.add(graphs)

    def remove(self, graphs: Iterable[str]) -> None:
        """Take graphs out; from the default graph goes exactly what no other graph states."""
        self._must_write()
        for group in groups(graphs, 30):
            self._update(removal(group, self._default, self._hidden))

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of all named graphs, sorted."""
        rows = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(rows, Rows)
        return tuple(sorted(row[0].value for row in rows if isinstance(row[0], ox.NamedNode)))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph, of ``DEFAULT``, or of every named graph."""
        if graph is None:
            for name in self.graphs():
                yield from self.quads(name)
            return
        inside = "?s ?p ?o" if graph == DEFAULT else f"GRAPH <{checked(graph)}> {{ ?s ?p ?o }}"
        where = ox.DefaultGraph() if graph == DEFAULT else ox.NamedNode(graph)
        if self._virtuoso:  # which tells of a SELECT that it was cut, of a CONSTRUCT not
            rows: Any = self.query(f"SELECT ?s ?p ?o WHERE {{ {inside} }}")
            yield from (ox.Quad(row[0], row[1], row[2], where) for row in rows)
            return
        triples = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {inside} }}")
        assert isinstance(triples, Triples)
        for triple in triples:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, where)

    def flush(self) -> None:
        """Nothing to do: the server answers when it has written."""

    def close(self) -> None:
        """Nothing to do: every request has a connection of its own."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _load(self, graph: str, triples: list[str]) -> None:
        """Put triples into a graph, ``""`` for the default one: by the Graph Store Protocol where the server has it."""
        data = self._data
        if data:
            where = f"graph={quote(graph, safe='')}" if graph else "default"
            mark = "&" if "?" in data else "?"
            try:
                for group in groups(triples, _BATCH):
                    self._post(f"{data}{mark}{where}", group)
                return
            except Unsupported:
                self._loads = False
        for group in groups(triples, _LINES):
            self._insert(graph, group)

    def _post(self, url: str, triples: list[str]) -> None:
        try:
            self._wire.send(url, "".join(triples).encode(), "application/n-triples", "*/*", again=True)
        except TooLarge:
            if len(triples) < 2:
                raise
            for half in _halves(triples):
                self._post(url, half)

    def _insert(self, graph: str, triples: list[str]) -> None:
        block = "".join(triples)
        inside = f"GRAPH <{graph}> {{\n{block}}}\n" if graph else block
        try:
            self._update(f"INSERT DATA {{\n{inside}}}")
        except TooLarge:
            if len(triples) < 2:
                raise
            for half in _halves(triples):
                self._insert(graph, half)

    def _must_write(self) -> None:
        if not self._writable:
            raise StoreError("the store was opened for reading only", where=self.location)

    def _update(self, sparql: str, *, again: bool = True) -> None:
        self._must_write()
        self._wire.send(self._at.update, sparql.encode(), "application/sparql-update", "*/*", again=again)


def _halves(triples: list[str]) -> tuple[list[str], list[str]]:
    return triples[: len(triples) // 2], triples[len(triples) // 2 :]


def _based(base: str) -> str:
    return f"BASE <{checked(base)}>\n" if base else ""
