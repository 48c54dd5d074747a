"""Connections that workers answer by themselves: what the client gets is what it gets on any other, whatever happens to the worker."""

import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from kg.serve import Limits, Settings
from kg.serve.pool import Pool
from kg.serve.slots import FREE, TAKEN, Slots
from kg.serve.wire import Protocol
from kg.serve.worker import Worker
from kg.store import OxigraphStore
from tests.serve.conftest import LABEL, NAMES, filled, running
from tests.serve.test_runaway import ENDLESS, HEAVY, PROLOGUE

HEAD = "Host: here\r\nAccept: text/csv\r\n"
NAMED = f"SELECT ?n {{ ?a {LABEL} ?n }} ORDER BY ?n"
MANY = "VALUES (?v ?t) { " + " ".join(f"({n} '{'政' * 300}')" for n in range(30)) + " }"


class Watched:
    """A server, and which of its connections are lent, by the client's port."""

    def __init__(self, client: httpx.Client) -> None:
        self.address = (client.base_url.host, client.base_url.port or 80)
        self.lent: dict[int, bool] = {}
        self.workers: set[Worker] = set()


@contextmanager
def watched(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    events: dict[int, bool] = {}
    workers: set[Worker] = set()
    lend = Pool.lend

    def lends(pool: Pool, client: Protocol, terms: object) -> object:
        loan = lend(pool, client, terms)  # type: ignore[arg-type]
        assert client.client
        events[client.client[1]] = loan is not None
        return loan

    monkeypatch.setattr(Pool, "lend", lends)
    for name in ("returned", "lost"):
        monkeypatch.setattr(Protocol, name, _noted(getattr(Protocol, name), events))
    opened = Worker.open

    async def opens(worker: Worker, *rest: Callable[[Worker], None]) -> None:
        workers.add(worker)
        await opened(worker, *rest)

    monkeypatch.setattr(Worker, "open", opens)
    with running(settings) as client:
        found = Watched(client)
        found.lent, found.workers = events, workers
        yield found


def _noted(act: Callable[..., None], events: dict[int, bool]) -> Callable[..., None]:
    def noted(client: Protocol, *given: object, **more: object) -> None:
        assert client.client
        events[client.client[1]] = False
        act(client, *given, **more)

    return noted


class Talk:
    """A connection that a client keeps."""

    number = 0

    def __init__(self, server: Watched, *, lent: bool = False) -> None:
        self.server = server
        self.socket = socket.create_connection(server.address, 60)
        self.file = self.socket.makefile("rb")
        for _ in range(1000 if lent else 0):
            if server.lent.get(self.socket.getsockname()[1]):
                return
            assert self.ask(NAMED)[0].startswith(b"HTTP/1.1 200")
        assert not lent

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def __enter__(self) -> "Talk":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, data: str | bytes) -> None:
        self.socket.sendall(data.encode() if isinstance(data, str) else data)

    def answer(self, method: str = "GET") -> tuple[bytes, bytes]:
        """Head and body of the next answer, with another date; raises ``EOFError`` where the connection was closed before its end."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.file.readline()
            if not line:
                raise EOFError
            head += line
        size = re.search(rb"content-length: (\d+)", head)
        length = int(size[1]) if size and method != "HEAD" else 0
        body = self.file.read(length)
        if len(body) < length:
            raise EOFError
        return re.sub(rb"\ndate: [^\r]+", b"\ndate: now", head), body

    def ask(self, query: str) -> tuple[bytes, bytes]:
        """The answer to a query that was not asked before."""
        Talk.number += 1
        self.send(plain(f"{query} # {Talk.number}"))
        return self.answer()

    def ended(self) -> bool:
        """Whether the server has closed the connection; waits for it."""
        return self.file.read(1) == b""


def plain(query: str, head: str = HEAD) -> str:
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\n{head}\r\n"


# What is sent, in parts, and the methods of the requests in it.
SENT: dict[str, tuple[list[str], list[str]]] = {
    "plain": ([plain(NAMED)], ["GET"]),
    "plain with graphs": ([f"GET /sparql?query={quote(NAMED)}&default-graph-uri=http%3A%2F%2Fexample.org%2Fg1 HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "plus for a blank": ([plain(NAMED).replace("%20", "+")], ["GET"]),
    "bytes of UTF-8": ([plain("SELECT ('政务' AS ?a) (<c> AS ?c) { }")], ["GET"]),
    "another head": ([plain("ASK { ?s ?p ?o }", "Host: there\r\n")], ["GET"]),
    "a graph": ([plain("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "Host: here\r\nAccept: application/n-triples\r\n")], ["GET"]),
    "for people": ([plain(NAMED, "Host: here\r\nAccept: text/html\r\n")], ["GET"]),
    "not to be had so": ([plain("ASK { }")], ["GET"]),
    "closed after": ([plain(NAMED, HEAD + "Connection: close\r\n")], ["GET"]),
    "two at once": ([plain(NAMED) + plain("SELECT (1 AS ?a) { }")], ["GET", "GET"]),
    "two, the second in pieces": ([plain(NAMED) + plain(NAMED)[:40], plain(NAMED)[40:]], ["GET", "GET"]),
    "in pieces": ([plain(NAMED)[:9], plain(NAMED)[9:30], plain(NAMED)[30:70], plain(NAMED)[70:]], ["GET"]),
    "HEAD": ([plain(NAMED).replace("GET", "HEAD")], ["HEAD"]),
    "POST": ([f"POST /sparql HTTP/1.1\r\n{HEAD}Content-Type: application/sparql-query\r\nContent-Length: {len(NAMED)}\r\n\r\n", NAMED], ["POST"]),
    "a body": ([f"GET /sparql?query={quote(NAMED)} HTTP/1.1\r\n{HEAD}Content-Length: 3\r\n\r\n", "abc"], ["GET"]),
    "expected": ([f"GET /sparql?query={quote(NAMED)} HTTP/1.1\r\n{HEAD}Expect: 100-continue\r\n\r\n"], ["GET"]),
    "passed on": ([plain(NAMED, HEAD + "X-Forwarded-Proto: https\r\n")], ["GET"]),
    "an older version": ([plain(NAMED).replace("1.1", "1.0")], ["GET"]),
    "another page": ([f"GET /query HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "nowhere": ([f"GET /sparqlx?query=ASK HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "a description": ([f"GET /sparql?other=1 HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "nothing asked": ([f"GET /sparql? HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "an update": ([f"GET /sparql?update=CLEAR%20ALL HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "two queries": ([f"GET /sparql?query=ASK&query=ASK HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "no query": ([plain("SELECT")], ["GET"]),
    "not UTF-8": ([f"GET /sparql?query=%ff HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "not encoded": ([f"GET /sparql?query=SELECT('政务'AS?a){{}} HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "a fragment": ([f"GET /sparql?query=ASK#x HTTP/1.1\r\n{HEAD}\r\n"], ["GET"]),
    "no HTTP": (["nothing of the kind\r\n\r\n"], ["GET"]),
    "SERVICE": ([plain("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")], ["GET"]),
    "too deep": ([plain("SELECT * " + "{" * 300 + "}" * 300)], ["GET"]),
    "too many rows": ([plain("SELECT * { VALUES ?a { " + "1 " * 120 + "} }")], ["GET"]),
    "too many bytes": ([plain(f"SELECT * {{ {MANY} {MANY.replace('?', '?x')} }} LIMIT 90")], ["GET"]),
    "a long answer": ([plain(f"SELECT ?v ?w ?t {{ {MANY} VALUES ?w {{ 1 2 3 }} }}")], ["GET"]),
    "names in a search": ([plain('SELECT * { ?e pol:search "政务公开" }')], ["GET"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    limits = Limits(seconds=30, rows=100, bytes=100_000, workers=2)
    with (
        pytest.MonkeyPatch.context() as patch,
        watched(Settings(str(filled(tmp_path_factory.mktemp("lent") / "store")), limits), patch) as found,
    ):
        yield found


@pytest.mark.parametrize("again", [False, True], ids=["once", "twice"])
@pytest.mark.parametrize(("parts", "methods"), SENT.values(), ids=SENT)
def test_a_lent_connection_says_what_any_other_says(
    server: Watched, parts: list[str], methods: list[str], again: bool
) -> None:
    said = []
    for lent in (False, True):
        with Talk(server, lent=lent) as talk:
            got: list[object] = []
            for _ in range(1 + again):
                for part in parts:
                    talk.send(part)
                    time.sleep(0.002 if len(parts) > 1 else 0)  # most come as they are sent
                got += [talk.answer(method) for method in methods]
                if b"connection: close" in got[-1][0]:  # type: ignore[index]
                    assert talk.ended()
                    break
            else:
                got.append(talk.ask(NAMED))
            said.append(got)
    assert said[0] == said[1]


def test_it_sees_what_is_written_to_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filled(tmp_path / "store")
    settings = Settings(str(folder), Limits(workers=2))
    with watched(settings, monkeypatch) as server, Talk(server, lent=True) as talk:
        assert sorted(talk.ask(NAMED)[1].decode().split()[1:]) == sorted(NAMES)
        for number in range(3):
            with OxigraphStore(folder, writable=True) as store:
                store.remove([f"http://example.org/g{number}"])
            left = talk.ask(NAMED)[1].decode().split()[1:]
            assert sorted(left) == sorted(NAMES[number + 1 :])


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = "".join(
        f"<http://example.org/n{n}> <http://example.org/{kind}> <http://example.org/n{(n * step + 1) % 400}> <http://example.org/w> .\n"
        for n in range(400)
        for kind, step in (("p", 7), ("q", 11))
    )
    folder = tmp_path_factory.mktemp("lent-web") / "store"
    with OxigraphStore(folder, writable=True) as store:
        store.add({"http://example.org/w": lines.encode()})
    return folder


ONE = "SELECT (1 AS ?one) { }"
ENDS = {
    "without end": (
        ENDLESS["cross product"], 504, "the query was stopped after 1 seconds; make it more selective, or add LIMIT\n"
    ),
    "without memory": (
        HEAVY["text joined"], 503, "the query needed too much memory; make it more selective, or add LIMIT\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("query", "status", "words"), ENDS.values(), ids=ENDS)
def test_a_query_that_has_to_be_ended_is_told_so(
    web: Path, monkeypatch: pytest.MonkeyPatch, query: str, status: int, words: str
) -> None:
    limits = Limits(seconds=1 if status == 504 else 50, workers=2, memory=800 << 20)
    with watched(Settings(str(web), limits), monkeypatch) as server, Talk(server, lent=True) as talk:
        head, body = talk.ask(PROLOGUE + query)
        assert head.startswith(b"HTTP/1.1 %d " % status)
        assert body.decode() == words
        assert talk.ask(ONE)[1] == b"one\r\n1\r\n"  # on the same connection


def test_who_is_lent_to_the_same_worker_does_not_wait(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(Settings(str(web), Limits(seconds=8, workers=2)), monkeypatch) as server:
        talks = [Talk(server, lent=True) for _ in range(7)]
        late, ended = talks[0], threading.Event()
        told: list[bytes] = []

        def run() -> None:
            told.append(late.ask(PROLOGUE + ENDLESS["cross product"])[0])
            ended.set()

        thread = threading.Thread(target=run)
        thread.start()
        while not any(worker.busy(time.monotonic()) for worker in server.workers if not worker.gone):
            time.sleep(0.001)
        for _ in range(3):
            assert [talk.ask(ONE)[1] for talk in talks[1:]] == [b"one\r\n1\r\n"] * 6
        with httpx.Client(base_url="http://{}:{}".format(*server.address)) as client:
            assert client.post("/sparql", data={"query": ONE}).status_code == 200
        assert not ended.is_set()
        thread.join(60)
        assert told[0].startswith(b"HTTP/1.1 504")
        for talk in talks:
            talk.close()


def test_workers_that_are_killed_take_at_most_one_answer_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong: list[object] = []
    count: list[int] = []
    numbers = itertools.count()
    with watched(Settings(str(filled(tmp_path / "store")), Limits(workers=2)), monkeypatch) as server:
        done = threading.Event()

        def ask() -> None:
            talk = Talk(server)
            good = 0
            while not done.is_set():
                number = next(numbers)
                try:
                    head, body = talk.ask(f"SELECT ({number} AS ?n) {{ }}")
                except (EOFError, ConnectionError):  # what it got cannot be told
                    talk.close()
                    talk = Talk(server)
                    continue
                if head.startswith(b"HTTP/1.1 200") and body == b"n\r\n%d\r\n" % number:
                    good += 1
                elif not head.startswith(b"HTTP/1.1 503") or b"too much memory" not in body:
                    wrong.append((head, body))
            talk.close()
            count.append(good)

        clients = [threading.Thread(target=ask) for _ in range(5)]
        for client in clients:
            client.start()
        for _ in range(12):
            time.sleep(0.1)
            for worker in list(server.workers):
                with suppress(ProcessLookupError, ValueError):  # it is gone already
                    if worker.loans and (pid := worker.number):
                        os.kill(pid, signal.SIGKILL)
        done.set()
        for client in clients:
            client.join(60)
        assert not wrong
        assert len(count) == len(clients)
        with Talk(server, lent=True) as talk:
            assert talk.ask(NAMED)[0].startswith(b"HTTP/1.1 200")


def descriptors(server: Watched) -> list[int]:
    """How many files the server and its workers have open."""
    return [len(os.listdir("/proc/self/fd"))] + [
        len(os.listdir(f"/proc/{worker.number}/fd")) for worker in server.workers if not worker.gone
    ]


def settled(server: Watched, wanted: Callable[[list[int]], bool]) -> list[int]:
    """The numbers of descriptors, as soon as they are as wanted, or after a long time."""
    for _ in range(300):
        if wanted(found := descriptors(server)):
            break
        time.sleep(0.1)
    return found


def test_no_descriptor_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(Settings(str(filled(tmp_path / "store")), Limits(workers=2)), monkeypatch) as server:
        with Talk(server, lent=True) as one, Talk(server, lent=True) as two:
            assert one.ask(NAMED) == two.ask(NAMED)  # each of its worker, which opens the store
        before = settled(server, lambda _: not any(server.lent.values()))
        for number in range(300):
            with Talk(server, lent=True) as talk:
                if number % 3 == 0:
                    talk.send(plain(NAMED))  # and goes without the answer
                elif number % 3 == 1:
                    talk.send(plain(NAMED)[:20])
        after = settled(server, lambda now: sum(now) <= sum(before))
        assert sum(after) <= sum(before) + 2, (before, after)


def test_a_silent_connection_is_closed_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(str(filled(tmp_path / "store")), Limits(workers=2))
    with watched(settings, monkeypatch) as server, Talk(server, lent=True) as talk:
        assert talk.ended()
        assert not server.lent[talk.socket.getsockname()[1]]


def test_lent_connections_are_closed_with_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(Settings(str(filled(tmp_path / "store")), Limits(workers=2)), monkeypatch) as server:
        talks = [Talk(server, lent=True) for _ in range(5)]
    assert all(talk.ended() for talk in talks)
    for talk in talks:
        talk.close()


def test_more_clients_than_can_be_lent_to_workers_are_all_answered(server: Watched) -> None:
    right: list[bool] = []

    def ask(first: int) -> None:
        with Talk(server) as talk:
            for number in range(first, first + 50):
                right.append(talk.ask(f"SELECT ({number} AS ?n) {{ }}")[1] == b"n\r\n%d\r\n" % number)

    clients = [threading.Thread(target=ask, args=(number * 50,)) for number in range(40)]
    for client in clients:
        client.start()
    for client in clients:
        client.join(60)
    assert len(right) == 2000
    assert all(right)


READER = """
import sys
from kg.serve.slots import FREE, TAKEN, Slots
slots = Slots(int(sys.argv[1]))
print(flush=True)
while True:
    if slots.begin(1):
        slots.end(1, FREE)
"""


def test_a_slot_is_had_by_one_alone() -> None:
    slots = Slots.new()
    command = [sys.executable, "-c", READER, str(slots.file)]
    with subprocess.Popen(command, pass_fds=[slots.file], stdout=subprocess.PIPE) as reader:
        assert reader.stdout
        reader.stdout.readline()
        had = {True: 0, False: 0}
        for number in range(1000):
            slots.lend(1)
            sum(range(number % 50))  # a little later each time
            mine = False
            while slots[1] != FREE and not mine:
                if number % 10:
                    mine = slots.take(1)
                else:
                    time.sleep(0.0001)  # it is left to the other
            had[mine] += 1
            if mine:
                time.sleep(0)
                assert slots[1] == TAKEN
                slots[1] = FREE
        reader.kill()
    slots.close()
    assert had[False] >= 100
