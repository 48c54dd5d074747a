"""Requests as they come through a socket: queries on the shorter way and other requests, on one connection and in any order."""

import socket
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from kg.serve import Limits, Settings
from tests.serve.conftest import filled, running

ASK = f"GET /sparql?query={quote('ASK { ?s ?p ?o }')}"
OTHER = f"GET /sparql?query={quote('ASK { ?s ?p 1 }')}"
HOST = "Host: here\r\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server that minds no other origins, which the shorter way wants."""
    place = filled(tmp_path_factory.mktemp("wire") / "store")
    with running(Settings(str(place), Limits(workers=1))) as client:
        yield client


def sent(client: httpx.Client, *parts: str) -> str:
    """All that comes back until the server closes the connection."""
    address = client.base_url
    with socket.create_connection((address.host, address.port or 80), 30) as channel:
        for part in parts:
            channel.sendall(part.encode())
        got = b""
        while more := channel.recv(1 << 16):
            got += more
    return got.decode()


# What is sent, in parts, and what is said in each answer, in order.
TALKS: dict[str, tuple[list[str], list[str]]] = {
    "one": ([f"{ASK} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"], ["true"]),
    "in pieces": ([ASK[:9], ASK[9:30], ASK[30:] + " HTTP/1.1\r\nHo", "st: here\r\nConnection: close\r\n", "\r\n"], ["true"]),
    "two before an answer": (
        [f"{ASK} HTTP/1.1\r\n{HOST}\r\n{OTHER} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"], ["true", "false"]
    ),
    "three ways": (
        [
            f"{ASK} HTTP/1.1\r\n{HOST}\r\nPOST /sparql HTTP/1.1\r\n{HOST}Content-Type: application/sparql-query\r\nContent-Length: 15\r\n\r\n",
            "ASK { ?s ?p 1 }",
            f"HEAD {ASK[4:]} HTTP/1.1\r\n{HOST}\r\n{ASK} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n",
        ],
        ["true", "false", "", "true"],
    ),
    "an older version": ([f"{ASK} HTTP/1.0\r\n{HOST}\r\n"], ["true"]),
    "a body": ([f"{ASK} HTTP/1.1\r\n{HOST}Connection: close\r\nContent-Length: 3\r\n\r\nabc"], ["true"]),
    "a wrong query": ([f"GET /sparql?query=ASK HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"], ["does not parse"]),
    "no query": ([f"GET /sparql?other=1 HTTP/1.1\r\n{HOST}Accept: text/turtle\r\nConnection: close\r\n\r\n"], ["sd:Service"]),
    "bad bytes": ([f"GET /sparql?query=%ff HTTP/1.1\r\n{HOST}Accept: text/csv\r\nConnection: close\r\n\r\n"], ["not UTF-8"]),
    "not encoded": ([f"GET /sparql?query=SELECT('政务'AS?a){{}} HTTP/1.1\r\n{HOST}Accept: text/csv\r\nConnection: close\r\n\r\n"], ["政务"]),
    "not encoded elsewhere": ([f"GET /政务 HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"], ["not found"]),
    "no host": ([f"{ASK} HTTP/1.1\r\nConnection: close\r\n\r\n"], ["true"]),
    "another path": ([f"GET /sparqlx?query=ASK HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"], ["not found"]),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "said"), TALKS.values(), ids=TALKS)
def test_what_is_said_on_one_connection(client: httpx.Client, parts: list[str], said: list[str]) -> None:
    answers = sent(client, *parts).split("HTTP/1.1 ")[1:]
    assert len(answers) == len(said)
    for answer, words in zip(answers, said, strict=True):
        head, _, body = answer.partition("\r\n\r\n")
        assert words in body
        assert head.count("content-length: ") == head.count("date: ") == 1
    assert "connection: close" in answers[-1]
    assert not any("connection: close" in answer for answer in answers[:-1])


def test_the_shorter_way_says_what_the_longer_says(client: httpx.Client) -> None:
    for query in ("ASK { ?s ?p ?o }", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p", "SELECT <c> { }", "ASK {"):
        for accept in ("", "text/csv", "image/png"):
            asked = {"params": {"query": query}, "headers": {"Accept": accept}}
            short, long = (
                client.get("/sparql", params={"query": query}, headers={"Accept": accept, **more})
                for more in ({}, {"X-Forwarded-For": "127.0.0.1"})
            )
            del short.headers["date"], long.headers["date"]
            assert (short.status_code, short.text, short.headers) == (
                long.status_code,
                long.text,
                long.headers,
            ), asked


def test_who_asks_in_the_name_of_another_is_told_the_address_there(client: httpx.Client) -> None:
    query = {"query": "SELECT (STR(<c>) AS ?c) { }"}
    headers = {"Accept": "text/csv", "Host": "there", "X-Forwarded-Proto": "https"}
    assert client.get("/sparql", params=query, headers=headers).text.split() == ["c", "https://there/c"]
    assert client.get(
        "/sparql", params=query, headers={**headers, "X-Forwarded-Proto": "http"}
    ).text.split() == ["c", "http://there/c"]
