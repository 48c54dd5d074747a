"""Four clients ask without a pause: each answer is what it was the first time, and the processes do not grow.

``pytest tests/serve/test_load.py --load 60`` is the long form.
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serve.conftest import filled

CLIENTS = 4
MOST_GROWTH = 24 << 20  # bytes, of all processes together
CSV = {"Accept": "text/csv"}
VALUES = " ".join(map(str, range(2_000)))
# What is asked in turn, and the status that is due.
ASKED: tuple[tuple[int, str, dict[str, str], dict[str, str]], ...] = (
    (200, "/sparql", {"query": "SELECT ?p ?o { <http://example.org/a0> ?p ?o }"}, {}),
    (200, "/sparql", {"query": "SELECT ?a ?n { ?a a pol:Agency ; skos:prefLabel ?n } ORDER BY ?n"}, CSV),
    (200, "/sparql", {"query": f"SELECT ?v ('政务公开' AS ?t) {{ VALUES ?v {{ {VALUES} }} }}"}, {}),
    (200, "/sparql", {"query": "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c"}, {}),
    (200, "/sparql", {"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"}, {"Accept": "text/turtle"}),
    (200, "/sparql", {"query": 'ASK { ?e pol:search "政务公开" }'}, {}),
    (200, "/search", {"q": "云川"}, {}),
    (200, "/store", {"graph": "http://example.org/g0"}, {}),
    (200, "/thing", {"iri": "http://example.org/a0"}, {"Accept": "text/html"}),
    (400, "/sparql", {"query": "SELECT ?a { ?a"}, {}),
    (404, "/thing", {"iri": "http://example.org/none"}, {"Accept": "text/turtle"}),
    (422, "/sparql", {"query": f"SELECT * {{ VALUES ?v {{ {VALUES} }} VALUES ?w {{ 1 2 3 }} }}"}, {}),
)  # fmt: skip


@pytest.fixture(scope="module", params=[(), ("--in-memory",)], ids=["folder", "memory"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int]]:
    """The address of a server with a process of its own, and the process."""
    place = filled(tmp_path_factory.mktemp("load") / "store")
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(place), "--port", "0"]
    command += ["--workers", "2", "--row-limit", "5000", *request.param]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        found = re.search(r"http://\S+:\d+", process.stderr.readline())
        assert found
        if request.param:
            time.sleep(5)  # until the copies are there
        yield found[0], process.pid
        process.terminate()


def test_full_load_makes_no_error_and_takes_no_memory(
    served: tuple[str, int], request: pytest.FixtureRequest
) -> None:
    address, process = served
    known: dict[int, tuple[int, bytes]] = {}
    with httpx.Client(base_url=address, timeout=60) as client:
        for _ in range(3):  # what is made once, in each worker
            known |= {number: ask(client, number) for number in range(len(ASKED))}
    assert [known[number][0] for number in range(len(ASKED))] == [status for status, *_ in ASKED]
    load(address, known, 2)
    before = memory(process)
    count = load(address, known, float(request.config.getoption("--load")))
    growth = memory(process) - before
    assert count > len(ASKED)  # each was asked by somebody
    assert growth < MOST_GROWTH, f"{growth >> 20} MB more after {count} answers"
    print(f"{count} answers, {before >> 20} MB before, {growth / (1 << 20):+.1f} MB after")


def ask(client: httpx.Client, number: int, mark: str = "") -> tuple[int, bytes]:
    status, path, parameters, headers = ASKED[number]
    if "query" in parameters and status == 200:
        parameters = {"query": parameters["query"] + mark}
    answer = client.get(path, params=parameters, headers=headers)
    return answer.status_code, answer.content


def load(address: str, known: dict[int, tuple[int, bytes]], seconds: float) -> int:
    """How many answers all clients got, each compared with the one that is known."""
    counts: list[int] = []
    wrong: list[object] = []
    end = time.monotonic() + seconds

    def run(first: int) -> None:
        number = first
        try:
            with httpx.Client(base_url=address, timeout=60) as client:
                while time.monotonic() < end and not wrong:
                    at = number % len(ASKED)
                    mark = f" # {number}" if number % 3 else ""  # so that most are not asked a second time
                    if (answer := ask(client, at, mark)) != known[at]:
                        wrong.append((ASKED[at][1:], answer))
                    number += 1
        except httpx.HTTPError as error:
            wrong.append(error)
        counts.append(number - first)

    clients = [threading.Thread(target=run, args=(number * 3,)) for number in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert not wrong
    return sum(counts)


def memory(process: int) -> int:
    """Resident bytes of a process and all below it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    rest, total = [process], 0
    while rest:
        one = rest.pop()
        rest += parents.get(one, [])
        total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total
