"""The store behind a SPARQL endpoint, against a server of a few lines over a store in memory."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.store import DEFAULT, MemoryStore, RemoteStore, Rows, Triples, open_store

LINE = b'<http://x/a> <http://x/p> "\xe4\xb8\x80"@zh <http://x/%b> .\n'


class Handler(BaseHTTPRequestHandler):
    """Queries as a form, updates as they are; 400 for what does not parse."""

    engine: ox.Store

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            if self.headers["Content-Type"] == "application/sparql-update":
                self.engine.update(body)
                return self.answer(204, "text/plain", b"")
            answer = self.engine.query(parse_qs(body)["query"][0])
            if isinstance(answer, ox.QueryTriples):
                data = answer.serialize(format=ox.RdfFormat.N_TRIPLES)
                return self.answer(200, "application/n-triples", data or b"")
            data = answer.serialize(format=ox.QueryResultsFormat.JSON)
            return self.answer(200, "application/sparql-results+json", data or b"")
        except SyntaxError as error:
            return self.answer(400, "text/plain", str(error).encode())

    def answer(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    handler = type("Bound", (Handler,), {"engine": ox.Store()})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sparql"
        server.shutdown()
        thread.join()


def test_remote_writes_and_reads_like_a_local_store(address: str) -> None:
    remote, local = open_store(address, writable=True), MemoryStore()
    for store in (remote, local):
        store.replace({"http://x/1": LINE % b"1", "http://x/2": LINE % b"2"})
        store.replace({"http://x/2": LINE.replace(b"/a>", b"/b>") % b"2"})
    for graph in (None, DEFAULT, "http://x/1"):
        assert sorted(map(str, remote.quads(graph))) == sorted(map(str, local.quads(graph)))
    remote.remove(["http://x/1"])
    local.remove(["http://x/1"])
    assert remote.graphs() == ("http://x/2",)
    assert sorted(map(str, remote.quads(DEFAULT))) == sorted(map(str, local.quads(DEFAULT)))
    remote.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert list(remote.quads(DEFAULT)) == []


def test_the_three_kinds_of_answer(address: str) -> None:
    store = RemoteStore(address, writable=True)
    store.add({"http://x/1": LINE % b"1"})
    rows = store.query("SELECT ?o ?none { ?s ?p ?o }")
    assert isinstance(rows, Rows)
    assert list(rows) == [(ox.Literal("一", language="zh"), None)]
    assert store.query("ASK { ?s skos:prefLabel ?o }") is False
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, Triples)
    assert [triple.object for triple in triples] == [ox.Literal("一", language="zh")]


def test_what_cannot_be_done_says_so(address: str) -> None:
    store = RemoteStore(address)
    with pytest.raises(QueryError, match="refused the query"):
        store.query("SELECT")
    with pytest.raises(StoreError, match="reading only"):
        store.update("CLEAR ALL")
    with pytest.raises(QueryError, match="no extension functions"):
        store.query("ASK {}", functions={"http://x/f": lambda: None})
    with pytest.raises(StoreError, match="no answer"):
        RemoteStore("http://127.0.0.1:9/sparql").query("ASK {}")
