"""The Graph Store Protocol: put, get, post, delete, by name, by address and without a name."""

import gzip
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.serve import Limits, Settings
from kg.serve.refusal import Refusal, Refused
from kg.serve.work import Change, Value
from kg.serve.worker import died
from kg.serve.writer import Writer
from kg.store import OxigraphStore
from tests.serve.conftest import TOKEN, alone, filled, running

CARD = '<#me> a <x:Person> ; <x:card> [ <x:name> "李四" ] .'
MORE = '<#me> <x:card> [ <x:mail> "a@example.org" ] .'
CSV = {"Accept": "text/csv"}
TURTLE = {"Content-Type": "text/turtle"}
PLACES = {
    "named": ("/store", {"graph": "http://example.org/person"}),
    "without a name": ("/store", {"default": ""}),
    "by address": ("/store/people/one", {}),
}


def told(text: str, client: httpx.Client, path: str, params: dict[str, str]) -> rdflib.Graph:
    base = params.get("graph") or (
        "https://w3id.org/policy-kg/id/graph/unnamed" if "default" in params else f"{client.base_url}{path}"
    )
    return rdflib.Graph().parse(data=text, format="turtle", publicID=base)


@pytest.mark.parametrize(("path", "params"), PLACES.values(), ids=PLACES)
def test_the_life_of_a_graph(open_server: httpx.Client, path: str, params: dict[str, str]) -> None:
    def get() -> httpx.Response:
        return open_server.get(path, params=params, headers={"Accept": "text/turtle"})

    always = "default" in params  # the default graph is never not there
    assert get().status_code == (200 if always else 404)
    assert open_server.delete(path, params=params).status_code == (204 if always else 404)
    made = open_server.put(path, params=params, content=CARD.encode(), headers=TURTLE)
    assert made.status_code == (204 if always else 201)
    assert isomorphic(rdflib.Graph().parse(data=get().text), told(CARD, open_server, path, params))
    assert open_server.put(path, params=params, content=MORE.encode(), headers=TURTLE).status_code == 204
    assert isomorphic(rdflib.Graph().parse(data=get().text), told(MORE, open_server, path, params))
    assert open_server.post(path, params=params, content=CARD.encode(), headers=TURTLE).status_code == 204
    both = told(CARD, open_server, path, params) + told(MORE, open_server, path, params)
    assert isomorphic(rdflib.Graph().parse(data=get().text), both)
    assert open_server.head(path, params=params).status_code == 200
    assert open_server.delete(path, params=params).status_code == 204
    assert get().status_code == (200 if always else 404)
    seen = open_server.get("/sparql", params={"query": "ASK { ?s a <x:Person> }"})
    assert seen.json()["boolean"] is False


def test_a_graph_without_content_is_there(open_server: httpx.Client) -> None:
    params = {"graph": "http://example.org/empty"}
    assert open_server.put("/store", params=params, content=b"", headers=TURTLE).status_code == 201
    answer = open_server.get("/store", params=params)
    assert (answer.status_code, len(rdflib.Graph().parse(data=answer.text))) == (200, 0)
    assert open_server.delete("/store", params=params).status_code == 204


def test_a_name_is_decoded_once(open_server: httpx.Client) -> None:
    place = "/store?graph=http://example.org/%2561"
    assert open_server.put(place, content=CARD.encode(), headers=TURTLE).status_code == 201
    assert open_server.get("/store?graph=http://example.org/%61").status_code == 404
    assert open_server.delete("/store", params={"graph": "http://example.org/%61"}).status_code == 204


def test_several_files_in_one_form(open_server: httpx.Client) -> None:
    params = {"graph": "http://example.org/form"}
    files = [
        ("one", ("one.ttl", CARD.encode(), "text/turtle")),
        ("two", ("two.nt", b'<x:a> <x:b> "c" .', "application/n-triples")),
    ]
    assert open_server.post("/store", params=params, files=files).status_code == 201
    assert len(rdflib.Graph().parse(data=open_server.get("/store", params=params).text)) == 4
    open_server.delete("/store", params=params)


TRIPLE = b"<x:a> <x:b> <x:c> ."
FILES = {
    "a.ttl": TRIPLE,
    "a.nt": TRIPLE,
    "A.NT": TRIPLE,
    "a.jsonld": b'{"@id": "x:a", "x:b": {"@id": "x:c"}}',
    "a.rdf": b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="x:a"><b xmlns="x:" r:resource="x:c"/></r:Description></r:RDF>',
    "a": TRIPLE,
}


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "text/plain"])
@pytest.mark.parametrize(("name", "content"), FILES.items(), ids=FILES)
def test_the_name_of_a_file_says_its_format(
    open_server: httpx.Client, name: str, content: bytes, kind: str
) -> None:
    params = {"graph": "http://example.org/files"}
    head = f'Content-Disposition: form-data; name="f"; filename="{name}"\r\n'
    head += f"Content-Type: {kind}\r\n" if kind else ""
    body = f"--b\r\n{head}\r\n".encode() + content + b"\r\n--b--\r\n"
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = open_server.put("/store", params=params, content=body, headers=form)
    if (name, kind) == ("a", "application/octet-stream"):  # which may be anything
        assert answer.status_code == 415
        return
    assert answer.status_code == 201, answer.text
    told = open_server.get("/store", params=params, headers={"Accept": "application/n-triples"})
    assert told.content.strip() == TRIPLE
    open_server.delete("/store", params=params)


def test_a_graph_that_must_be_new_is_not_written_over(open_server: httpx.Client) -> None:
    params = {"graph": "http://example.org/new"}
    new = {**TURTLE, "If-None-Match": "*"}
    assert open_server.put("/store", params=params, content=TRIPLE, headers=new).status_code == 201
    for method in ("PUT", "POST"):
        answer = open_server.request(method, "/store", params=params, content=CARD.encode(), headers=new)
        assert answer.status_code == 412
    told = open_server.get("/store", params=params, headers={"Accept": "application/n-triples"})
    assert told.content.strip() == TRIPLE
    assert open_server.put("/store?default", content=TRIPLE, headers=new).status_code == 412
    open_server.delete("/store", params=params)
    assert open_server.post("/store", params=params, content=TRIPLE, headers=new).status_code == 201
    open_server.delete("/store", params=params)


@pytest.mark.parametrize(
    ("named", "status"),
    [("http://example.org/ld", 201), ("", 201), ("http://example.org/other", 400), ("_:b", 400)],
)
def test_json_ld_may_name_the_graph_it_goes_to_and_no_other(
    open_server: httpx.Client, named: str, status: int
) -> None:
    params = {"graph": "http://example.org/ld"}
    data = f'{{"@id": "{named}", "@graph": [{{"@id": "x:a", "x:b": {{"@id": "x:c"}}}}]}}'
    kind = {"Content-Type": "application/ld+json"}
    assert open_server.put("/store", params=params, content=data, headers=kind).status_code == status
    told = open_server.get("/store", params=params, headers={"Accept": "application/n-triples"})
    assert (told.content.strip() == TRIPLE) is (status == 201)
    assert open_server.delete("/store", params=params).status_code == (204 if status == 201 else 404)


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("form", [False, True])
def test_what_is_packed_is_refused_and_told(open_server: httpx.Client, method: str, form: bool) -> None:
    headers = {
        "Content-Encoding": "gzip",
        "Content-Type": "multipart/form-data; boundary=x" if form else "text/turtle",
    }
    params = {"graph": "http://example.org/packed"}
    answer = open_server.request(
        method, "/store", params=params, content=gzip.compress(CARD.encode()), headers=headers
    )
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    assert "gzip" in answer.text
    assert open_server.get("/store", params=params).status_code == 404


def test_a_new_graph_gets_an_address(open_server: httpx.Client) -> None:
    answer = open_server.post("/store", content=CARD.encode(), headers=TURTLE)
    assert answer.status_code == 201
    place = answer.headers["location"]
    assert len(rdflib.Graph().parse(data=open_server.get(place).text)) == 3
    assert open_server.delete(place).status_code == 204


@pytest.mark.parametrize(
    ("status", "method", "params", "content", "kind"),
    [
        (400, "PUT", {"graph": "http://example.org/bad"}, b"<x:a> <x:b>", "text/turtle"),
        (400, "PUT", {"graph": "http://example.org/bad"}, CARD.encode(), "application/rdf+xml"),
        (400, "PUT", {"graph": "not an iri"}, CARD.encode(), "text/turtle"),
        (400, "PUT", {"graph": "http://example.org/bad", "default": ""}, CARD.encode(), "text/turtle"),
        (400, "GET", {}, b"", ""),
        (415, "PUT", {"graph": "http://example.org/bad"}, CARD.encode(), "image/png"),
        (405, "PATCH", {"graph": "http://example.org/bad"}, b"", ""),
    ],
)
def test_what_is_refused(
    open_server: httpx.Client, status: int, method: str, params: dict[str, str], content: bytes, kind: str
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = open_server.request(method, "/store", params=params, content=content, headers=headers)
    assert answer.status_code == status
    assert open_server.get("/store", params={"graph": "http://example.org/bad"}).status_code == 404


def test_writing_needs_the_token(server: httpx.Client, open_server: httpx.Client) -> None:
    params = {"graph": "http://example.org/g0"}
    assert server.delete("/store", params=params).status_code == 403
    refused = open_server.delete("/store", params=params, headers={"Authorization": "Bearer no"})
    assert (refused.status_code, refused.headers["www-authenticate"][:6]) == (401, "Bearer")
    assert server.get("/store", params=params).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_others_are_answered_while_a_graph_is_written(open_server: httpx.Client, method: str) -> None:
    params = {"graph": "http://example.org/large"}
    data = "".join(f"<x:s{n % 997}> <x:p> {n} .\n" for n in range(40_000)).encode()
    answered = 0
    with ThreadPoolExecutor(1) as others:
        sent = others.submit(
            open_server.request, method, "/store", params=params, content=data, headers=TURTLE
        )
        while not sent.done():
            assert open_server.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
            answered += 1
    assert sent.result().status_code == 201
    assert answered > 10
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <http://example.org/large> { ?s ?p ?o } }"
    assert open_server.get("/sparql", params={"query": count}, headers=CSV).text.split()[1] == "40000"
    assert open_server.put("/store", params=params, content=CARD.encode(), headers=TURTLE).status_code == 204
    assert open_server.get("/sparql", params={"query": count}, headers=CSV).text.split()[1] == "3"
    assert open_server.delete("/store", params=params).status_code == 204


@pytest.mark.parametrize("node", ["<x:node>", "_:node"])
def test_a_graph_is_seen_as_it_was_or_as_it_is(open_server: httpx.Client, node: str) -> None:
    params = {"graph": "http://example.org/changing"}
    first, second = (
        "".join(f"{node} <x:is> {n * factor} .\n" for n in range(8_000)).encode() for factor in (1, -1)
    )
    assert open_server.put("/store", params=params, content=first, headers=TURTLE).status_code == 201
    query = (
        "SELECT (COUNT(*) AS ?all) (SUM(?n) AS ?sum) { GRAPH <http://example.org/changing> { ?s <x:is> ?n } }"
    )
    seen = []
    with ThreadPoolExecutor(1) as others:
        sent = others.submit(open_server.put, "/store", params=params, content=second, headers=TURTLE)
        while not sent.done():
            seen.append(open_server.get("/sparql", params={"query": query}, headers=CSV).text.split()[1])
    assert sent.result().status_code == 204
    whole = 8_000 * 7_999 // 2
    seen.append(open_server.get("/sparql", params={"query": query}, headers=CSV).text.split()[1])
    assert set(seen) <= {f"8000,{whole}", f"8000,{-whole}"}
    assert seen[-1] == f"8000,{-whole}"
    assert open_server.delete("/store", params=params).status_code == 204
    assert open_server.get("/sparql", params={"query": "ASK { ?s <x:is> ?n }"}).json()["boolean"] is False


def test_a_graph_whose_change_was_cut_off_is_taken_out_at_the_start(tmp_path: Path) -> None:
    place = filled(tmp_path / "store")
    with (
        suppress(KeyboardInterrupt),
        OxigraphStore(place, writable=True) as store,
        store.changing("http://example.org/g1"),
    ):
        raise KeyboardInterrupt
    with running(Settings(str(place), Limits(workers=1), token=TOKEN)) as client:
        query = "SELECT DISTINCT ?g { GRAPH ?g {} } ORDER BY ?g"
        found = client.get("/sparql", params={"query": query}, headers=CSV).text.split()[1:]
    assert found == ["http://example.org/g0", "http://example.org/g2"]


def test_a_process_that_ends_in_the_midst_of_a_change_leaves_nothing_of_the_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = filled(tmp_path / "store")

    class Ending:
        """In the place of the process that writes: of the first change it dies, and then another does what is wanted."""

        def __init__(self) -> None:
            self.died = False

        async def put(self, change: Change) -> Value | Refusal:
            if self.died:
                return Value(change.function(str(place), *change.arguments, **change.how))
            self.died = True
            with (
                suppress(KeyboardInterrupt),
                OxigraphStore(place, writable=True) as store,
                store.changing("http://example.org/g1"),
            ):
                raise KeyboardInterrupt
            return died(-signal.SIGKILL, "graph")

    writer = Writer(Settings(str(place), Limits(workers=1), token=TOKEN))
    monkeypatch.setattr(writer, "_lane", Ending())
    with pytest.raises(Refused, match="too much memory"):
        alone(writer.put("http://example.org/g1", [(b"<x:a> <x:b> 1 .", "text/turtle")]))
    with OxigraphStore(place) as store:
        assert store.graphs() == ("http://example.org/g0", "http://example.org/g2")


@pytest.mark.parametrize("size", [3, 7_000])
def test_a_blank_node_is_the_same_in_its_graph_and_in_all(open_server: httpx.Client, size: int) -> None:
    params = {"graph": "http://example.org/blank"}
    data = "".join(f"_:b{n // 2} <x:n> {n} .\n" for n in range(size)).encode()
    assert open_server.put("/store", params=params, content=data, headers=TURTLE).status_code == 201
    query = "SELECT (COUNT(*) AS ?n) { ?s <x:n> ?o GRAPH <http://example.org/blank> { ?s <x:n> ?o } }"
    assert open_server.get("/sparql", params={"query": query}, headers=CSV).text.split()[1] == str(size)
    assert open_server.delete("/store", params=params).status_code == 204
    query = "ASK { ?s <x:n> ?o }"
    assert open_server.get("/sparql", params={"query": query}).json()["boolean"] is False
