"""The servers of other engines, started here: loaded in batches, asked by every verb, added to, taken from."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.build import build, remove
from kg.cli import main
from kg.errors import StoreError
from kg.store import DEFAULT, Store, open_store, remote
from tests.build.fake_pipeline import prepare

pytestmark = [
    pytest.mark.long,
    pytest.mark.usefixtures("extractor"),  # held, so that what loads the core here gets it
]

REPORTS = Path(__file__).parents[2] / "data" / "reports"
VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
{more}
"""
VERBS = (
    ("query", "policies-most-cited"),
    ("query", "problems-that-recur"),
    ("query", "figures-that-do-not-reconcile"),
    ("query", "-e", "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c"),
    ("query", "-e", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"),
    ("query", "-e", "ASK { ?r a pol:Report ; skos:prefLabel '没有'@zh }"),
    ("search", "青澜"),
    ("explain", "青澜县人民政府"),
    ("stats",),
    ("promises",),
    ("compare", "青澜县人民政府"),
    ("lineage",),
    ("spread",),
    ("analyse", "all"),
    ("view", "-o", "{out}/view.html"),
    ("export", "--format", "nquads", "-o", "{out}/all.nq"),
    ("export", "--format", "csv", "-o", "{out}/all.csv"),
    ("check", str(REPORTS / "quzhou-2020.txt")),
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def started(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A server that answers on its port; ended at the end."""
    with (folder / "out.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            pytest.fail((folder / "out.log").read_text(errors="replace")[-2000:])
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph(folder: Path, *options: str, more: str = "") -> Iterator[str]:
    found = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if not found:
        pytest.skip("the server oxigraph is not installed")
    port = free_port()
    with started([found, "serve", "--bind", f"127.0.0.1:{port}", *options], folder, port):
        yield f"http://127.0.0.1:{port}/query{more}"


@contextmanager
def virtuoso(folder: Path, more: str = "ResultSetMaxRows = 0") -> Iterator[str]:
    server, console = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if not server or not console:
        pytest.skip("Virtuoso (virtuoso-opensource-7-bin) is not installed")
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(http=http, sql=sql, more=more))
    with started([server, "-f", "-c", "virtuoso.ini"], folder, http):
        grant = 'exec=GRANT SPARQL_UPDATE TO "SPARQL";'
        until = time.monotonic() + 60
        while subprocess.run(
            [console, str(sql), "dba", "dba", grant], check=False, capture_output=True
        ).returncode:
            assert time.monotonic() < until
            time.sleep(0.2)
        yield f"http://127.0.0.1:{http}/sparql"


SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three of the sample reports, two of them of one body, in a folder."""
    out = tmp_path_factory.mktemp("here")
    build([*REPORTS.glob("qinglan-*"), *REPORTS.glob("songping-*")], out=out)
    with open_store(out / "store") as opened:
        yield opened


@pytest.fixture(scope="module", params=SERVERS)
def loaded(
    request: pytest.FixtureRequest, here: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server with the same reports."""
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as address:
        with open_store(address, writable=True) as store:
            copy(here, store)
        yield address


def copy(source: Store, target: Store) -> None:
    for graph in source.graphs():
        target.add({graph: "".join(f"{quad} .\n" for quad in source.quads(graph)).encode()})


def asked(verb: tuple[str, ...], store: str, out: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What a verb prints or writes, without where it was asked."""
    out.mkdir(exist_ok=True)
    arguments = [part.format(out=out) if "{out}" in part else part for part in verb]
    code = 0
    try:
        main([*arguments, "--store", store, "--lang", "en"])
    except SystemExit as ended:
        code = int(ended.code or 0)
    told, wrong = capsys.readouterr()
    assert code in (0, 1), wrong
    written = "".join(path.read_text(encoding="utf-8") for path in sorted(out.iterdir()))
    return (told + written).replace(store.partition("#")[0], "…").splitlines()


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, ...], list[str]]:
    """What each verb answers from a folder, for both servers to compare with."""
    return {}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: " ".join(verb)[:40])
def test_each_verb_answers_as_from_a_folder(
    loaded: str,
    verb: tuple[str, ...],
    here: Store,
    answers: dict[tuple[str, ...], list[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if verb not in answers:
        answers[verb] = asked(verb, here.location, tmp_path / "here", capsys)
    told = asked(verb, loaded, tmp_path / "there", capsys)
    assert len(answers[verb]) > 0
    assert told == answers[verb]


@pytest.mark.parametrize("server", SERVERS)
def test_builds_and_removals_there_are_those_of_a_folder(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_BATCH", 2)
    with SERVERS[server](tmp_path) as address:
        build_and_remove(address, tmp_path)


def build_and_remove(address: str, tmp_path: Path) -> None:
    """Builds, one with a changed and one with a failed file, and a removal, each compared with a folder's."""
    files = {f"{n}.txt": f"{body}/2020\nshared o\ns{n} o{n}\n" for n, body in enumerate("甲乙丙丁")}
    base = "http://y/"

    def content(store: Store) -> tuple[list[str], list[str]]:
        graphs = [graph for graph in store.graphs() if graph.startswith(f"{base}report/")]
        quads = sorted(str(quad) for graph in graphs for quad in store.quads(graph))
        default = sorted(str(quad) for quad in store.quads(DEFAULT) if base in str(quad.subject))
        return quads, default

    def compare() -> None:
        with open_store(address) as there, open_store(tmp_path / "here" / "store") as here:
            assert content(there) == content(here)
            assert content(here)[0]

    folder = tmp_path / "in"
    folder.mkdir()
    for step in ({}, {"1.txt": "乙/2020\nshared o\ns9 o9\n", "2.txt": ""}, {"3.txt": "戊/2020\n一 二\n"}):
        for name, text in (files | step).items():
            (folder / name).write_text(text, encoding="utf-8")
        for out, store in ((tmp_path / "here", None), (tmp_path / "there", address)):
            build([folder], out=out, store=store, base=base, prepare=prepare)
        compare()
    for store in (address, str(tmp_path / "here" / "store")):
        with open_store(store, writable=True) as opened:
            remove("甲/2020", opened)
    compare()


def test_a_server_whose_default_graph_is_the_union_gets_each_triple_once(tmp_path: Path) -> None:
    lines = b'<http://x/a> <http://x/b> "\xe4\xb8\x80"@zh <http://x/1> .\n'
    with oxigraph(tmp_path, "--union-default-graph", more="#default=union") as address:
        store = open_store(address, writable=True)
        store.replace({"http://x/1": lines, "http://x/2": lines.replace(b"/1>", b"/2>")})
        store.remove(["http://x/1"])
        assert len(list(store.quads(DEFAULT))) == 1
        store.remove(["http://x/2"])
        assert not list(store.quads(DEFAULT))


def test_answers_that_virtuoso_cuts_are_refused(tmp_path: Path) -> None:
    lines = "".join(f'<http://x/{n}> <http://x/b> "{n}" <http://x/g> .\n' for n in range(30)).encode()
    with virtuoso(tmp_path, "ResultSetMaxRows = 20") as address:
        store = open_store(address, writable=True)
        store.add({"http://x/g": lines})
        assert len(list(store.query("SELECT ?s { ?s <http://x/b> ?o } LIMIT 10"))) == 10  # type: ignore[arg-type]
        words = re.escape("cuts answers after 20 rows; raise ResultSetMaxRows")
        with pytest.raises(StoreError, match=words):
            store.query("SELECT ?s { ?s <http://x/b> ?o }")
        with pytest.raises(StoreError, match=words):
            list(store.quads("http://x/g"))
