"""Any server that speaks the SPARQL 1.1 protocol."""

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.protocol import DEFAULT, Function, Rows, Triples
from kg.store.sparql import PROLOGUE, checked, groups, removal, with_default, with_union

_RESULTS = "application/sparql-results+json"
_ACCEPT = f"{_RESULTS}, application/n-triples;q=0.9, text/turtle;q=0.8"
_TRIPLES = {"application/n-triples": ox.RdfFormat.N_TRIPLES, "text/turtle": ox.RdfFormat.TURTLE}
_TIMEOUT = 300.0
_LINES = 5_000  # lines of one INSERT DATA


class RemoteStore:
    """A SPARQL endpoint; updates go to the same address unless ``update_address`` is given."""

    def __init__(self, address: str, *, update_address: str = "", writable: bool = False) -> None:
        self._address = address
        self._update_address = update_address or address
        self._writable = writable

    @property
    def location(self) -> str:
        """The address of the endpoint."""
        return self._address

    @property
    def writable(self) -> bool:
        """Whether this store was opened for writing."""
        return self._writable

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
        if functions:
            raise QueryError("a remote store has no extension functions", where=self._address)
        fields = [("query", _based(base) + PROLOGUE + sparql)]
        fields += [("default-graph-uri", graph) for graph in default_graphs]
        fields += [("named-graph-uri", graph) for graph in named_graphs]
        kind, data = self._post(
            self._address, urlencode(fields).encode(), "application/x-www-form-urlencoded"
        )
        try:
            if kind in _TRIPLES:
                return Triples([quad.triple for quad in ox.parse(data, format=_TRIPLES[kind])])
            answer = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"the answer ({kind}) cannot be read: {error}", where=self._address) from None
        if isinstance(answer, ox.QuerySolutions):
            return Rows(tuple(variable.value for variable in answer.variables), answer)
        return bool(answer)

    def update(self, sparql: str, *, base: str = "") -> None:
        """Run a SPARQL update on named graphs; the default graph follows in the same request."""
        self._update(_based(base) + PROLOGUE + with_union(sparql))

    def add(self, graphs: Mapping[str, bytes]) -> None:
        """Add N-Quads to graphs, in requests of some thousand lines."""
        with_default(graphs)  # refuses lines of another graph
        for graph, lines in graphs.items():
            end = f" <{graph}> .\n".encode()
            triples = map(bytes.decode, lines.replace(end, b" .\n").splitlines(keepends=True))
            for group in groups(triples, _LINES):
                block = "".join(group)
                self._update(f"INSERT DATA {{\n{block}GRAPH <{graph}> {{\n{block}}}\n}}")

    def replace(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what the graphs held before."""
        self.remove(graphs)
        self.add(graphs)

    def remove(self, graphs: Iterable[str]) -> None:
        """Take graphs out; from the default graph goes exactly what no other graph states."""
        for group in groups(graphs, 30):
            self._update(removal(group))

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

    def _update(self, sparql: str) -> None:
        if not self._writable:
            raise StoreError("the store was opened for reading only", where=self._address)
        self._post(self._update_address, sparql.encode(), "application/sparql-update")

    def _post(self, address: str, body: bytes, kind: str) -> tuple[str, bytes]:
        request = Request(
            address, data=body, headers={"Content-Type": kind, "Accept": _ACCEPT}, method="POST"
        )
        try:
            with urlopen(request, timeout=_TIMEOUT) as response:
                return response.headers.get_content_type(), response.read()
        except HTTPError as error:
            with error:
                words = " ".join(error.read(400).decode("utf-8", "replace").split())
            if error.code == 400:
                raise QueryError(f"the server refused the query: {words}", where=self._address) from None
            raise StoreError(f"the server answered {error.code}: {words}", where=self._address) from None
        except (URLError, TimeoutError, ConnectionError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            raise StoreError(
                f"no answer ({reason})", where=self._address, hint="is the server running?"
            ) from None


def _based(base: str) -> str:
    return f"BASE <{checked(base)}>\n" if base else ""
