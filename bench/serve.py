"""Queries through HTTP: `kg serve`, the `oxigraph` server and rdflib-endpoint, in turn, on the same data."""

import itertools
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from os import sysconf
from pathlib import Path
from shutil import which
from statistics import median
from typing import Self
from urllib.parse import urlencode, urlsplit

from bench.corpus import ROOT, write_corpus
from bench.table import Part
from kg.build import build
from kg.store import DEFAULT, OxigraphStore
from kg.terms import PREFIXES

CLIENTS = 4
OURS, MEMORY = "kg serve", "kg serve --in-memory"
AGAIN = "kg serve, asked again"
COPIED = 12_000  # triples of the default graph a second that are copied to memory at least, with those of all graphs
PATIENCE = 20  # seconds that a client waits for one answer; a server that needs more has a rate of 0
_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
# By kind: a query, in SPARQL that all three answer alike.
QUERIES = {
    "point": "SELECT ?p ?o { <%(entity)s> ?p ?o }",
    "join": "SELECT ?name ?cited { ?a a pol:Agency ; skos:prefLabel ?name . ?r pol:issuedBy ?a . ?r pol:cites ?c . ?c skos:prefLabel ?cited } LIMIT 2000",
    "path": "SELECT (COUNT(*) AS ?n) { ?a pol:partOf+ ?b }",
    "group": "SELECT ?class (COUNT(?s) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n)",
    "text": "SELECT ?s ?name { ?s skos:prefLabel ?name FILTER(CONTAINS(?name, '政务')) } LIMIT 200",
    "word": "SELECT ?s ?name { ?s skos:prefLabel ?name FILTER(CONTAINS(?name, '便民')) } LIMIT 200",
}
# What one asks here instead of the same kind: words inside names are in an index.
OWN = {"word": "SELECT ?s ?name { ?s pol:search '便民' ; skos:prefLabel ?name } LIMIT 200"}


def serve(folder: Path, count: int, seconds: float) -> Part:
    """Answers a second of each server, by kind of query; 4 clients ask without a pause."""
    out = folder / "served"
    build(write_corpus(folder / "corpus", count), out=out, jobs=1)
    with OxigraphStore(out / "store") as store:
        rows = store.query("SELECT ?a { ?a a pol:Agency } ORDER BY ?a LIMIT 1")
        entity = next(iter(rows))[0].value  # type: ignore[union-attr]
        triples = out / "default.nt"
        triples.write_text("".join(f"{quad.triple} .\n" for quad in store.quads(DEFAULT)), encoding="utf-8")
        size = triples.read_bytes().count(b"\n")
    found: dict[str, dict[str, list[float]]] = {}
    spent: dict[str, dict[str, list[float]]] = {}
    rounds = 3 if seconds >= 1 else 1
    stuck: set[tuple[str, str]] = set()  # not asked again
    for _ in range(rounds):
        for name, command in servers(out / "store", triples).items():
            with running(command) as (address, process):
                if name == MEMORY:
                    time.sleep(5 + size / COPIED)
                for kind, query in QUERIES.items():
                    asked = OWN.get(kind, query) if name in (OURS, MEMORY) else query
                    text = _PROLOGUE + (asked % {"entity": entity} if "%(" in asked else asked)
                    for again in (False, True) if name == OURS else (False,):
                        before, begun = processor_time(process), time.perf_counter()
                        rate = 0.0 if (name, kind) in stuck else rate_of(address, text, seconds, again=again)
                        if not rate:
                            stuck.add((name, kind))
                        answers = rate * (time.perf_counter() - begun)
                        cost = (processor_time(process) - before) / answers if answers else 0.0
                        column = AGAIN if again else name
                        found.setdefault(kind, {}).setdefault(column, []).append(rate)
                        spent.setdefault(kind, {}).setdefault(column, []).append(cost * 1000)
    others = [name for name in servers(out / "store", triples) if name not in (OURS, MEMORY)]
    names = [OURS, MEMORY, AGAIN, *others]
    table = []
    for kind, rates in found.items():
        costs = {name: median(spent[kind][name]) for name in names}
        cells = [f"{median(rates[name]):,.1f} · {costs[name]:,.2f}" for name in names]
        ratios = [
            " · ".join(_ratio(median(rates[ours]), median(rates[name])) for ours in (OURS, MEMORY, AGAIN))
            + f" · {_ratio(costs[name], costs[OURS])}"
            for name in others
        ]
        table.append([kind, *cells, *ratios])
    return Part(
        f"Queries through HTTP, {count} reports, {size:,} triples",
        ("query", *names, *(f"to {name}" for name in others)),
        table,
        f"Answers a second · milliseconds of processors that all processes of the server spend on one; then how many times as many answers "
        f"we give a second, a second with the store in memory, a second where the same is asked again, and, from disk, for the same work of the processors, which other work on the machine changes less. "
        f"No query is asked twice, each has a comment with a number of its own, but where it is said. {CLIENTS} clients on kept connections ask for JSON without a pause, {seconds:g} s a query, the servers in turn, {rounds} times; the median. "
        f"*word* is of few names, which are found here by `pol:search`, there by looking at all. "
        f"`oxigraph` reads the very same folder; rdflib-endpoint holds the default graph in memory. 0 is no answer within {PATIENCE} s; servers that are not installed are left out.",
    )  # fmt: skip


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if ours and theirs else "–"


def processor_time(process: int) -> float:
    """The seconds that a process and all below it have had; Linux alone tells."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (
                (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            )
        except OSError:  # ended while we look
            continue
        parents[int(folder.name)] = int(fields[1])
        ticks[int(folder.name)] = int(fields[11]) + int(fields[12])

    def below(one: int) -> bool:
        while one and one != process:
            one = parents.get(one, 0)
        return one == process

    return sum(ticks[one] for one in ticks if below(one)) / sysconf("SC_CLK_TCK")


def servers(store: Path, triples: Path) -> Mapping[str, list[str]]:
    """The command of each server that is installed, with ``{port}`` in it, and the path of its endpoint last."""
    here = Path(sys.executable).parent
    ours = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", "{port}"]
    found = {OURS: [*ours, "/sparql"], MEMORY: [*ours, "--in-memory", "/sparql"]}
    if oxigraph := which("oxigraph", path=str(here)) or which("oxigraph"):
        found["oxigraph"] = [
            oxigraph,
            "serve-read-only",
            "--location",
            str(store),
            "--bind",
            "127.0.0.1:{port}",
            "/query",
        ]
    if find_spec("rdflib_endpoint"):
        command = str(here / "rdflib-endpoint")
        found["rdflib-endpoint"] = [
            command,
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            "{port}",
            str(triples),
            "/",
        ]
    return found


@contextmanager
def running(command: list[str]) -> Iterator[tuple[str, int]]:
    """The address of the endpoint of a server that runs as long as the block, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    *parts, path = command
    process = subprocess.Popen(
        [part.replace("{port}", str(port)) for part in parts], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(3000):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"{parts[0]} ended at once") from None
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}{path}", process.pid
    finally:
        process.terminate()
        process.wait(30)


def rate_of(address: str, query: str, seconds: float, *, again: bool = False) -> float:
    """Answers a second that the clients get together, 0 where one waits in vain; raises ``RuntimeError`` where one is not a 200."""
    numbers = itertools.count()

    def text() -> str:
        return query if again else f"{query} # {next(numbers)}"

    try:
        with Connection(address) as first:
            for _ in range(3):
                once(first, text())  # what the server makes for the first
    except TimeoutError:
        return 0.0
    counts: list[int] = []
    wrong: list[Exception] = []
    end = time.perf_counter() + seconds

    def ask() -> None:
        try:
            count = 0
            with Connection(address) as connection:
                while time.perf_counter() < end:
                    once(connection, text())
                    count += 1
            counts.append(count)
        except Exception as error:
            wrong.append(error)

    start = time.perf_counter()
    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if any(isinstance(error, TimeoutError) for error in wrong):
        return 0.0
    if wrong:
        raise wrong[0]
    return sum(counts) / (time.perf_counter() - start)


class Connection:
    """A kept connection, as cheap as can be, for the processors are the servers'."""

    def __init__(self, address: str) -> None:
        self.parts = urlsplit(address)
        self.socket = socket.create_connection((self.parts.hostname or "", self.parts.port or 80), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.socket.close()


def once(connection: Connection, query: str) -> bytes:
    """The body of one answer."""
    parts = connection.parts
    connection.socket.sendall(
        f"GET {parts.path}?{urlencode({'query': query})} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        "Accept: application/sparql-results+json\r\n\r\n".encode()
    )
    file = connection.file
    status = file.readline()
    length, chunked = 0, False
    while (line := file.readline()) not in (b"\r\n", b""):
        name, _, value = line.lower().partition(b":")
        if name == b"content-length":
            length = int(value)
        chunked |= name == b"transfer-encoding" and b"chunked" in value
    if chunked:
        body = b""
        while size := int(file.readline().partition(b";")[0], 16):
            body += file.read(size)
            file.readline()
        file.readline()
    else:
        body = file.read(length)
    if b" 200 " not in status:
        raise RuntimeError(f"{status.decode().strip()}: {body[:300].decode(errors='replace')}")
    return body
