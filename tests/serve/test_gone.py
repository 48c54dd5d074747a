"""Clients that go away before they are answered free the process that works for them; those that only send no more are answered."""

import itertools
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest

from kg.query import Query, parse_query
from kg.serve import Limits, Settings, named, search
from kg.store import Store
from tests.serve.conftest import TOKEN, filled, running
from tests.serve.test_lanes import ENDLESS, UPDATES, content
from tests.serve.test_lent import NAMED, Talk, plain, watched

HOST = "Host: here\r\n"
FORM = f"{HOST}Authorization: Bearer {TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
NUMBERS = itertools.count()
SOON = 20  # seconds, a third of the limits


def get(path: str, more: str = "", version: str = "1.1") -> str:
    return f"GET {path} HTTP/{version}\r\n{HOST}{more}\r\n"


def posted(path: str, **form: str) -> str:
    body = urlencode(form)
    return f"POST {path} HTTP/1.1\r\n{FORM}Content-Length: {len(body)}\r\n\r\n{body}"


def never(store: Store, *rest: object) -> None:
    time.sleep(60)


QUERY = f"/sparql?query={quote(ENDLESS)}"
# What takes until the limit, and what wants the same process.
LONG = {
    "GET": (get(QUERY), "/sparql?query=ASK{}"),
    "GET on the longer way": (get(QUERY, "X-Forwarded-For: 127.0.0.1\r\n"), "/sparql?query=ASK{}"),
    "GET of an older version": (get(QUERY, version="1.0"), "/sparql?query=ASK{}"),
    "POST": (posted("/sparql", query=ENDLESS), "/sparql?query=ASK{}"),
    "two at once": (get(QUERY) + get("/sparql?query=ASK{}"), "/sparql?query=ASK{}"),
    "three at once": (posted("/sparql", query=ENDLESS) + get(QUERY) * 2, "/sparql?query=ASK{}"),
    "on the query page": (get(QUERY, "Accept: text/html\r\n"), "/sparql?query=ASK{}"),
    "named": (get("/query/endless"), "/sparql?query=ASK{}"),
    "search": (get("/search?q=a"), "/thing?iri=http://example.org/a0"),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with one process for queries and one for pages, a named query without end and a search that takes a minute."""
    place = filled(tmp_path_factory.mktemp("gone") / "store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(named, "find_query", endless)
        patch.setattr(search, "hits_of", never)
        with running(Settings(str(place), Limits(seconds=60, workers=1, pages=1))) as client:
            client.timeout = httpx.Timeout(SOON)
            yield client


def endless(name: str) -> Query:
    return parse_query(ENDLESS, name=name)


@contextmanager
def connected(client: httpx.Client) -> Iterator[socket.socket]:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), SOON) as channel:
        yield channel


def read(channel: socket.socket) -> str:
    got = b""
    while more := channel.recv(1 << 16):
        got += more
    return got.decode()


def final(said: str) -> list[str]:
    """The answers without interim ones."""
    return [part for part in said.split("HTTP/1.1 ")[1:] if not part.startswith("102 ")]


@pytest.mark.parametrize(("request_", "other"), LONG.values(), ids=LONG)
def test_who_goes_away_frees_the_process(client: httpx.Client, request_: str, other: str) -> None:
    with connected(client) as channel:
        channel.sendall(request_.encode())
        time.sleep(0.5)
    once = (
        f"%23{next(NUMBERS)}" if "query=" in other else ""
    )  # a query asked again is answered without a process
    assert client.get(f"{other}{once}").status_code == 200


def test_who_hangs_up_on_a_lent_connection_frees_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(
        Settings(str(filled(tmp_path / "store")), Limits(seconds=60, workers=1)), monkeypatch
    ) as server:
        with Talk(server, lent=True) as talk:
            talk.send(plain(ENDLESS))
            time.sleep(0.5)
        with Talk(server) as other:
            other.socket.settimeout(SOON)
            assert other.ask(NAMED)[0].startswith(b"HTTP/1.1 200")


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = filled(tmp_path_factory.mktemp("hasty") / "store")
    with running(Settings(str(place), Limits(seconds=2, workers=1))) as client:
        yield client


@pytest.mark.parametrize("first", [get(QUERY), posted("/sparql", query=ENDLESS)], ids=["GET", "POST"])
def test_who_only_sends_no_more_is_answered(hasty: httpx.Client, first: str) -> None:
    then = get("/sparql?query=ASK{}", "Accept: text/boolean, */*\r\n") + get(
        "/query", "Accept: text/turtle\r\n"
    )
    with connected(hasty) as channel:
        channel.sendall((first + then).encode())
        channel.shutdown(socket.SHUT_WR)
        said = read(channel)
    assert [answer[:3] for answer in final(said)] == ["504", "200", "200"]
    assert re.search(r"HTTP/1.1 102 Processing\r\n\r\n", said)  # it was asked whether it is there


def test_who_only_sends_no_more_on_a_lent_connection_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        watched(
            Settings(str(filled(tmp_path / "store")), Limits(seconds=2, workers=1)), monkeypatch
        ) as server,
        Talk(server, lent=True) as talk,
    ):
        talk.send(plain(ENDLESS))
        talk.socket.shutdown(socket.SHUT_WR)
        assert [answer[:3] for answer in final(talk.file.read().decode())] == ["504"]


def test_a_quick_answer_comes_alone(hasty: httpx.Client) -> None:
    with connected(hasty) as channel:
        channel.sendall(get("/sparql?query=ASK{}").encode())
        channel.shutdown(socket.SHUT_WR)
        assert read(channel).count("HTTP/1.1 ") == 1


@pytest.mark.parametrize("text", UPDATES.values(), ids=UPDATES)
def test_an_update_whose_client_has_gone_leaves_nothing(tmp_path: Path, text: str) -> None:
    folder = filled(tmp_path / "store")
    before = content(folder)
    with running(Settings(str(folder), Limits(writing=60, workers=1), token=TOKEN)) as client:
        with connected(client) as channel:
            channel.sendall(posted("/sparql", update=text).encode())
            time.sleep(0.5)
        more = {"update": "INSERT DATA { GRAPH <x:more> { <x:a> <x:b> 1 } }"}
        answer = client.post("/sparql", data=more, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=SOON)
        assert answer.status_code == 204
    assert [line for line in content(folder) if "x:" not in line] == before


def test_a_graph_whose_client_has_gone_is_written(tmp_path: Path) -> None:
    lines = "".join(f"<http://example.org/s{n}> <http://example.org/p> {n} .\n" for n in range(9_000))
    head = f"{HOST}Authorization: Bearer {TOKEN}\r\nContent-Type: text/turtle\r\n"
    with running(Settings(str(filled(tmp_path / "store")), Limits(workers=1), token=TOKEN)) as client:
        with connected(client) as channel:
            request = f"PUT /store?graph=x:g HTTP/1.1\r\n{head}Content-Length: {len(lines)}\r\n\r\n{lines}"
            channel.sendall(request.encode())
        for _ in range(200):
            if client.get("/sparql?query=ASK{GRAPH<x:g>{?s ?p 1}}").json()["boolean"]:
                break
            time.sleep(0.1)
        count = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH <x:g> { ?s ?p ?o } }"}
        assert client.get("/sparql", params=count, headers={"Accept": "text/csv"}).text.split() == [
            "n",
            "9000",
        ]
