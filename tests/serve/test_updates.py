"""What an update leaves in the store: by default in one graph of its own, and always in the union."""

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kg.serve import Limits, Settings
from kg.serve.dataset import UNNAMED
from kg.terms import PREFIXES
from tests.serve.conftest import TOKEN, filled, running

# An update, and what the store then has in the graph without a name; g0 holds what `filled` put there.
LEFT = {
    "data": ("INSERT DATA { <x:a> <x:b> 1 . GRAPH <x:g> { <x:a> <x:b> 2 } <x:c> <x:d> 3 }", {"a b 1", "c d 3"}),
    "data taken back": ("INSERT DATA { <x:a> <x:b> 1 , 2 } ; DELETE DATA { <x:a> <x:b> 2 }", {"a b 1"}),
    "what a pattern finds": ("INSERT { ?s <x:is> 1 } WHERE { VALUES ?s { <x:a> <x:b> } }", {"a is 1", "b is 1"}),
    "a pattern after data": (
        "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } } ; INSERT { ?s <x:saw> ?o } WHERE { ?s <x:b> ?o }",
        {"a saw 1"},
    ),
    "a pattern after a deletion": (
        "INSERT DATA { <x:a> <x:b> 1 } ; DELETE WHERE { <x:a> <x:b> ?o } ; INSERT { ?s <x:saw> ?o } WHERE { ?s <x:b> ?o }",
        set(),
    ),
    "a graph of its own": ("WITH <x:g> INSERT { <x:a> <x:b> 1 } WHERE { }", set()),
    "comments": ("# one }\nINSERT DATA { <x:a> <x:b> '{' . # two {\n} ; # three", {"a b {"}),
    "cleared": ("INSERT DATA { <x:a> <x:b> 1 } ; CLEAR DEFAULT", set()),
    "dropped": ("DROP DEFAULT", set()),
    "the named ones dropped": (
        "INSERT DATA { <x:a> <x:b> 1 . GRAPH <x:g> { <x:c> <x:d> 1 } } ; DROP NAMED", {"a b 1"}
    ),
    "copied": ("INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } } ; COPY <x:g> TO DEFAULT", {"a b 1"}),
    "moved away": ("INSERT DATA { <x:a> <x:b> 1 } ; MOVE DEFAULT TO <x:g>", set()),
    "nothing": ("", set()),
    "nothing but a prologue": ("PREFIX x: <x:> BASE <http://example.org/> # no more", set()),
    "a graph that is not there cleared": ("CLEAR GRAPH <x:nowhere>", set()),
}  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = filled(tmp_path_factory.mktemp("updates") / "store")
    with running(Settings(str(place), Limits(workers=1), token=TOKEN)) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client


def update(client: httpx.Client, text: str) -> httpx.Response:
    return client.post(
        "/sparql", content=text.encode(), headers={"Content-Type": "application/sparql-update"}
    )


def triples(client: httpx.Client, inside: str) -> set[str]:
    answer = client.get("/sparql", params={"query": f"SELECT ?s ?p ?o {{ {inside} }}"})
    return {
        " ".join(row[name]["value"].removeprefix("x:") for name in "spo")
        for row in answer.json()["results"]["bindings"]
    }


@pytest.mark.parametrize(("text", "left"), LEFT.values(), ids=LEFT)
def test_what_is_written_without_a_graph(client: httpx.Client, text: str, left: set[str]) -> None:
    assert update(client, "CLEAR DEFAULT ; DROP SILENT GRAPH <x:g>").status_code == 204
    assert update(client, text).status_code == 204
    assert triples(client, f"GRAPH <{UNNAMED}> {{ ?s ?p ?o }}") == left
    everything = triples(client, "?s ?p ?o")
    assert everything == triples(client, "GRAPH ?g { ?s ?p ?o }")
    assert left <= everything


@pytest.mark.parametrize(
    "text",
    [
        "DROP GRAPH <x:nowhere>",
        "CREATE GRAPH <http://example.org/g0>",
        "nothing",
        "CLEAR ALL ;;",
        "INSERT DATA { <x:a>",
    ],
)
def test_an_update_that_fails_says_so(client: httpx.Client, text: str) -> None:
    client_before = triples(client, "?s ?p ?o")
    answer = update(client, text)
    assert (answer.status_code, len(answer.text.splitlines())) == (400, 1)
    assert triples(client, "?s ?p ?o") == client_before


IN_G0 = "<http://example.org/a0>"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"DELETE WHERE {{ {IN_G0} ?p ?o }}", 409),
        (f"DELETE WHERE {{ {IN_G0} ?p ?o }} ; CLEAR GRAPH <http://example.org/g1>", 409),
        (f"DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 'new' }} WHERE {{ ?s ?p ?o FILTER(?s = {IN_G0}) }}", 409),
        ("DELETE { ?s ?p ?o } USING <http://example.org/g0> WHERE { ?s ?p ?o }", 204),
        (f"DELETE DATA {{ {IN_G0} a pol:Agency }}", 409),
        (f"DELETE DATA {{ {IN_G0} a pol:Region }}", 204),
        ("DELETE { <x:u> <x:p> ?o } INSERT { <x:u> <x:p> 2 } WHERE { OPTIONAL { <x:u> <x:p> ?o } }", 204),
        ("DELETE WHERE { ?s <x:none> ?o }", 204),
        (f"INSERT DATA {{ {IN_G0} a pol:Agency }} ; DELETE DATA {{ {IN_G0} a pol:Agency }}", 204),
        ("DELETE WHERE { ?s ?p }", 400),
    ],
)  # fmt: skip
def test_what_would_delete_nothing_is_told_so(client: httpx.Client, text: str, status: int) -> None:
    named = f"GRAPH <http://example.org/g0> {{ {IN_G0} a pol:Agency }}"
    start = f"CLEAR DEFAULT ; INSERT DATA {{ <x:u> <x:p> 1 . {named} }}"
    assert update(client, start).status_code == 204
    before = triples(client, "?s ?p ?o")
    answer = update(client, text)
    assert answer.status_code == status, answer.text
    if status == 409:
        assert "GRAPH ?g { … }" in answer.text
        assert triples(client, "?s ?p ?o") == before
    assert f"{IN_G0[1:-1]} {PREFIXES['rdf']}type {PREFIXES['pol']}Agency" in triples(client, "?s ?p ?o")


def test_what_is_in_both_is_deleted_where_no_graph_is_named(client: httpx.Client) -> None:
    one = "<http://example.org/a1> a pol:Agency"
    start = f"CLEAR DEFAULT ; INSERT DATA {{ {one} GRAPH <http://example.org/g1> {{ {one} }} }}"
    assert update(client, start).status_code == 204
    assert (
        update(client, "DELETE WHERE { ?s a pol:Agency FILTER(?s = <http://example.org/a1>) }").status_code
        == 400
    )
    assert update(client, f"DELETE DATA {{ {one} }}").status_code == 204
    assert triples(client, f"GRAPH <{UNNAMED}> {{ ?s ?p ?o }}") == set()
    assert update(client, f"DELETE DATA {{ {one} }}").status_code == 409


def test_relative_names_are_relative_to_the_endpoint(client: httpx.Client) -> None:
    update(client, "CLEAR DEFAULT ; INSERT DATA { <x:a> <x:b> <c> }")
    assert triples(client, "?s <x:b> ?o . BIND(<x:b> AS ?p)") == {f"a b {client.base_url}/c"}
    assert triples(client, "?s ?p ?o FILTER(?o = <c>)") == {f"a b {client.base_url}/c"}


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        (f"Bearer {TOKEN}", 204),
        (f"bearer {TOKEN}", 204),
        ("Basic " + base64.b64encode(f"anyone:{TOKEN}".encode()).decode(), 204),
        ("Basic " + base64.b64encode(b"anyone:guess").decode(), 401),
        ("Basic %%%", 401),
        ("Bearer", 401),
        (f"Digest {TOKEN}", 401),
        (TOKEN, 401),
    ],
)
def test_the_token_as_clients_can_send_it(client: httpx.Client, shown: str, status: int) -> None:
    headers = {"Authorization": shown, "Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content="CLEAR DEFAULT", headers=headers).status_code == status


def test_an_empty_token_opens_nothing(tmp_path: Path) -> None:
    with running(Settings(str(filled(tmp_path / "store")), Limits(workers=1))) as client:
        assert (
            client.post(
                "/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": "Basic Og=="}
            ).status_code
            == 403
        )


def test_others_are_answered_while_a_long_update_is_read(client: httpx.Client) -> None:
    lines = " ".join(f"<x:s{number}> <x:p> 'service {number}' ." for number in range(12_000))
    answered = 0
    with ThreadPoolExecutor(1) as others:
        sent = others.submit(update, client, f"INSERT DATA {{ GRAPH <x:long> {{ {lines} }} }}")
        while not sent.done():
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
            answered += 1
    assert sent.result().status_code == 204
    assert answered > 10
    assert update(client, "DROP GRAPH <x:long>").status_code == 204
