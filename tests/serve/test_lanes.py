"""What one client does without end keeps nobody else waiting: queries, the server's own pages and updates have processes of their own."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kg.serve import Limits, Settings
from kg.store import OxigraphStore
from tests.serve.conftest import TOKEN, filled, running

ANY = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(20))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {ANY} }}"
PAGES = ("/", "/search?q=云川", "/find?q=云川", "/thing?iri=http://example.org/a0", "/compare", "/vocabulary")
UPDATE = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
UPDATES = {
    "counted": f"INSERT {{ GRAPH <x:g> {{ <x:a> <x:b> ?n }} }} WHERE {{ {ENDLESS} }}",
    "after others": f"INSERT DATA {{ GRAPH <x:g> {{ <x:a> <x:b> 1 }} }} ; DROP GRAPH <http://example.org/g0> ; DELETE {{ GRAPH <x:g> {{ ?a0 ?b0 ?c19 }} }} WHERE {{ {ANY} }}",
    "without a graph": f"DELETE {{ ?a0 ?b0 ?c19 }} INSERT {{ ?a1 ?b1 ?c19 }} WHERE {{ {ANY} }}",
}


@contextmanager
def runaways(client: httpx.Client, count: int) -> Iterator[list[int]]:
    """So many queries without end at once, and what has become of them by now; they have ended after the block."""
    codes: list[int] = []
    data = {"query": ENDLESS}
    threads = [
        threading.Thread(target=lambda: codes.append(client.post("/sparql", data=data).status_code))
        for _ in range(count)
    ]
    for thread in threads:
        thread.start()
    yield codes
    for thread in threads:
        thread.join()


def content(folder: Path) -> list[str]:
    with OxigraphStore(folder) as store:
        return sorted(map(str, store.engine))


def test_pages_and_searches_are_answered_while_all_queries_run_away(tmp_path: Path) -> None:
    limits = Limits(seconds=8, workers=2, waiting=10)
    with (
        running(Settings(str(filled(tmp_path / "store")), limits)) as client,
        runaways(client, 4) as codes,
    ):
        for page in (*PAGES, *PAGES):
            answer = client.get(page, headers={"Accept": "text/html, */*;q=0.1"})
            assert answer.status_code == 200, page
        assert codes == []  # they are all at it still
    assert codes == [504] * 4


def test_each_line_has_an_end(tmp_path: Path) -> None:
    limits = Limits(seconds=3, workers=1, pages=1, waiting=1)
    with running(Settings(str(filled(tmp_path / "store")), limits)) as client:
        with runaways(client, 5) as codes:
            pass
        assert set(codes) == {503, 504}
        with ThreadPoolExecutor(12) as many:
            found = list(many.map(lambda n: client.get("/search", params={"q": f"云川{n}"}), range(12)))
    refused = [answer for answer in found if answer.status_code != 200]
    assert {answer.status_code for answer in refused} <= {503}
    assert all(answer.headers["retry-after"] == "5" for answer in refused)


@pytest.mark.parametrize("text", UPDATES.values(), ids=UPDATES)
def test_an_update_without_end_is_stopped_and_leaves_nothing(tmp_path: Path, text: str) -> None:
    folder = filled(tmp_path / "store")
    before = content(folder)
    limits = Limits(seconds=20, writing=2, workers=1)
    with running(Settings(str(folder), limits, token=TOKEN)) as client:
        with ThreadPoolExecutor(1) as other:
            sent = other.submit(client.post, "/sparql", content=text, headers=UPDATE)
            while not sent.done():
                assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code == 200
        answer = sent.result()
        assert (answer.status_code, answer.text) == (
            504,
            "the update was stopped after 2 seconds; nothing of it was written: make it more selective, or do it in parts\n",
        )
        assert content(folder) == before
        text = "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }"
        assert client.post("/sparql", content=text, headers=UPDATE).status_code == 204
        put = client.put(
            "/store?graph=x:h", content=b"<x:a> <x:b> 2 .", headers={**UPDATE, "Content-Type": "text/turtle"}
        )
        assert put.status_code == 201
    assert len(content(folder)) == len(before) + 4


def test_an_update_that_holds_too_much_is_stopped_and_leaves_nothing(tmp_path: Path) -> None:
    folder = filled(tmp_path / "store")
    before = content(folder)
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(36))
    text = f"INSERT {{ GRAPH <x:g> {{ <x:a> <x:b> ?x36 }} }} WHERE {{ BIND('0123456789abcdef' AS ?x0) {doubled} }}"
    with running(Settings(str(folder), Limits(memory=800 << 20, workers=1), token=TOKEN)) as client:
        answer = client.post("/sparql", content=text, headers=UPDATE)
        assert (answer.status_code, answer.text.split(";")[0]) == (503, "the update needed too much memory")
        assert content(folder) == before
        assert client.post("/sparql", content="CLEAR ALL", headers=UPDATE).status_code == 204


def test_a_server_that_is_told_to_stop_does_so_in_the_midst_of_an_update(tmp_path: Path) -> None:
    folder = filled(tmp_path / "store")
    before = content(folder)
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(folder), "--port", "0", "--writable"]
    environment = {**os.environ, "KG_TOKEN": TOKEN}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr
        address = re.search(r"http://\S+:\d+", process.stderr.readline())
        assert address

        def post() -> int:
            try:
                sent = httpx.post(
                    f"{address[0]}/sparql", content=UPDATES["counted"], headers=UPDATE, timeout=60
                )
                return sent.status_code
            except httpx.HTTPError:
                return 0

        with ThreadPoolExecutor(1) as other, httpx.Client(base_url=address[0], timeout=60) as client:
            sent = other.submit(post)
            for _ in range(200):  # by then it is at work
                assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
            process.send_signal(signal.SIGINT)
            process.wait(60)
            assert sent.result(60) != 204
    assert content(folder) == before
