"""What the way to a server does with passing errors, large requests, passwords and addresses that do not fit."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.errors import StoreError
from kg.store import RemoteStore, wire
from kg.store.address import Address

LINES = "".join(f'<http://x/{n}> <http://x/p> "中" <http://x/g> .\n' for n in range(8)).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers as it is told, and remembers what it was asked."""

    statuses: list[int]  # of the next requests that write; then 204
    most = 1_000_000  # bytes of a request
    seen: list[tuple[str, str, int]]  # path, content type, lines
    names: list[str | None]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.names.append(self.headers["Authorization"])
        if self.headers["Content-Type"] == "application/x-www-form-urlencoded":
            return self.answer(200, b'{"head": {}, "boolean": true}')
        status = self.statuses.pop(0) if self.statuses else 413 if len(body) > self.most else 204
        if status == 204:
            self.seen.append((self.path, self.headers["Content-Type"], body.count("中".encode())))
        return self.answer(status)

    def answer(self, status: int, data: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(data)))
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="kg"')
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, type[Handler]]]:
    monkeypatch.setattr(wire, "WAITS", (0.0,) * 3)
    kind = type("Bound", (Handler,), {"statuses": [], "seen": [], "names": []})
    with HTTPServer(("127.0.0.1", 0), kind) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"127.0.0.1:{running.server_port}", kind
        running.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_tried_again(server: tuple[str, type[Handler]], status: int) -> None:
    host, kind = server
    kind.statuses += [status] * 3
    RemoteStore(f"http://{host}/query", writable=True).add({"http://x/g": LINES})
    assert kind.seen == [
        ("/store?graph=http%3A%2F%2Fx%2Fg", "application/n-triples", 8),
        ("/store?default", "application/n-triples", 8),
    ]


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([503] * 4, "answered 503"),
        ([500], "answered 500"),
        ([403], "KG_STORE_TOKEN"),
        ([507], "answered 507"),
    ],
)
def test_what_does_not_pass_is_one_line(
    server: tuple[str, type[Handler]], statuses: list[int], words: str
) -> None:
    host, kind = server
    kind.statuses += statuses
    with pytest.raises(StoreError, match=words):
        RemoteStore(f"http://{host}/query", writable=True).add({"http://x/g": LINES})
    assert not kind.seen


def test_too_large_a_request_goes_in_parts(server: tuple[str, type[Handler]]) -> None:
    host, kind = server
    kind.most = 100
    RemoteStore(f"http://{host}/query", writable=True).add({"http://x/g": LINES})
    assert [lines for path, _, lines in kind.seen if "graph=" in path] == [2, 2, 2, 2]
    kind.most = 10
    with pytest.raises(StoreError, match="413"):
        RemoteStore(f"http://{host}/query", writable=True).add({"http://x/g": LINES})


@pytest.mark.parametrize("status", [404, 405, 415])
def test_a_server_without_the_graph_store_protocol_gets_updates(
    server: tuple[str, type[Handler]], status: int
) -> None:
    host, kind = server
    kind.statuses.append(status)
    RemoteStore(f"http://{host}/query", writable=True).add({"http://x/g": LINES})
    assert kind.seen == [("/update", "application/sparql-update", 8)] * 2


def test_names_and_tokens(server: tuple[str, type[Handler]], monkeypatch: pytest.MonkeyPatch) -> None:
    host, kind = server
    kind.statuses.append(401)
    store = RemoteStore(f"http://me:se%3Acret@{host}/query", writable=True)
    store.add({"http://x/g": LINES})
    assert kind.seen[0][2] == 8
    assert "Basic bWU6c2U6Y3JldA==" in kind.names
    assert "secret" not in store.location
    monkeypatch.setenv("KG_STORE_TOKEN", "abc")
    RemoteStore(f"http://{host}/query").query("ASK {}")
    assert kind.names[-1] == "Bearer abc"


@pytest.mark.parametrize(
    ("written", "update", "data"),
    [
        ("http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data"),
        ("http://h/repositories/R", "http://h/repositories/R/statements", "http://h/repositories/R/rdf-graphs/service"),
        ("http://h/sparql-auth", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth"),
        ("http://h/sparql", "http://h/sparql", ""),
        ("http://h/a/q#update=/u&data=d/", "http://h/u", "http://h/a/d/"),
        ("http://h/query#data=", "http://h/update", ""),
    ],
)  # fmt: skip
def test_addresses_follow_from_that_of_queries(written: str, update: str, data: str) -> None:
    found = Address.of(written)
    assert (found.query, found.update, found.data) == (written.partition("#")[0], update, data)


@pytest.mark.parametrize("fragment", ["default=none", "upload=/x"])
def test_what_means_nothing_is_refused(fragment: str) -> None:
    with pytest.raises(StoreError, match=r"own or union|means nothing"):
        Address.of(f"http://h/query#{fragment}")
