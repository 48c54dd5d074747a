"""A build on a Dask cluster: scheduler and workers are processes of their own, one is killed, the store is the same to the byte."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kg.build import Progress, build, cluster
from kg.cli import main
from kg.errors import StoreError
from kg.export import export
from kg.store import Store, open_store
from tests.build import fake_pipeline

Client = pytest.importorskip("distributed", reason="the extra cluster is not installed").Client

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "data" / "reports"
QUIET = {"DASK_DISTRIBUTED__DASHBOARD__LINK": "", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def started(folder: Path, kind: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler or a worker, ended at the end."""
    with (folder / f"{kind}.log").open("ab") as log:
        command = [sys.executable, "-m", "distributed.cli.dask_" + kind, *arguments]
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **QUIET}, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()  # a nanny takes its worker along
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    port = free_port()
    with started(folder, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"):
        with Client(f"tcp://127.0.0.1:{port}", timeout=60, set_as_default=False):
            pass
        yield f"tcp://127.0.0.1:{port}"


@contextmanager
def workers(
    folder: Path, address: str, count: int, nanny: str = "--no-nanny"
) -> Iterator[list[subprocess.Popen[bytes]]]:
    options = (nanny, "--no-dashboard", "--nthreads", "1", "--host", "127.0.0.1")
    with ExitStack() as stack:
        processes = [stack.enter_context(started(folder, "worker", address, *options)) for _ in range(count)]
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)
        yield processes


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 2)
    monkeypatch.setattr(cluster, "_WORKERS", 2)
    monkeypatch.setattr(cluster, "_LOOK", 1)


def exported(out: Path) -> bytes:
    with open_store(out / "store") as store:
        export(store, "nquads", out / "all.nq")
    return (out / "all.nq").read_bytes()


def written(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


FILES = {f"{n}.txt": f"{body}/2020\ns{n} o{n}\n" for n, body in enumerate("甲乙丙丁戊己庚辛壬癸")}


def test_a_worker_killed_in_mid_build_changes_nothing(
    tmp_path: Path, sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_FILES", 1)
    with scheduler(tmp_path) as address, workers(tmp_path, address, 2) as (one, _):
        left: list[int] = []

        def kill(step: Progress) -> None:
            if one.poll() is None and step.outcome == "built":
                one.send_signal(signal.SIGKILL)
                left.append(step.total - step.done)

        result = build([REPORTS], out=tmp_path / "there", cluster=address, progress=kill)
        assert one.wait() == -signal.SIGKILL
    assert left[0] > 5
    assert not result.failed
    export(sample_store, "nquads", tmp_path / "here.nq")
    assert exported(tmp_path / "there") == (tmp_path / "here.nq").read_bytes()


def test_files_that_fail_and_files_that_kill_are_named_as_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    monkeypatch.setattr(cluster, "_FILES", 3)
    bad = {"2-bug.txt": "BUG\n", "3-none.txt": "", "5-crash.txt": "CRASH\n"}
    folder = written(tmp_path / "in", FILES | bad)
    monkeypatch.setattr(cluster, "_LARGE", 1_000)
    (folder / "4-large.txt").write_bytes(b"9" * 1_001)  # read here, in its turn
    with scheduler(tmp_path) as address, workers(tmp_path, address, 1, "--nanny"):
        there = build([folder], out=tmp_path / "there", cluster=address, prepare=fake_pipeline.prepare)
    here = build([folder], out=tmp_path / "here", jobs=2, prepare=fake_pipeline.prepare)
    assert there.built == here.built
    assert len(there.built) == len(FILES) + 1
    messages = {Path(one.path).name: one.message for one in there.failed}
    assert list(messages) == list(bad)
    assert messages["5-crash.txt"].endswith("5-crash.txt: the workers that read it died; leave this file out")
    assert [one for one in there.failed if "crash" not in one.path] == [
        one for one in here.failed if "crash" not in one.path
    ]
    assert exported(tmp_path / "there") == exported(tmp_path / "here")


@pytest.mark.usefixtures("quick")
def test_a_cluster_that_loses_all_workers_is_told_and_the_next_build_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_FILES", 1)
    folder = written(tmp_path / "in", FILES | {"5-crash.txt": "CRASH\n"})
    with (
        scheduler(tmp_path) as address,
        workers(tmp_path, address, 1, "--no-nanny"),
        pytest.raises(StoreError, match="no worker is left; what is in the store stays"),
    ):
        build([folder], out=tmp_path / "there", cluster=address, prepare=fake_pipeline.prepare)
    (folder / "5-crash.txt").unlink()
    for out in ("there", "here"):
        build([folder], out=tmp_path / out, prepare=fake_pipeline.prepare)
    assert exported(tmp_path / "there") == exported(tmp_path / "here")


def test_a_lost_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_FILES", 1)
    folder = written(tmp_path / "in", FILES)
    with ExitStack() as stack:
        address = stack.enter_context(scheduler(tmp_path))
        stack.enter_context(workers(tmp_path, address, 1))

        def end(step: Progress) -> None:
            if step.outcome == "built":
                stack.close()

        with pytest.raises(StoreError, match="the scheduler is gone"):
            build(
                [folder], out=tmp_path / "out", cluster=address, prepare=fake_pipeline.prepare, progress=end
            )


def test_workers_with_another_ontology_are_refused(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", FILES)
    with (
        scheduler(tmp_path) as address,
        workers(tmp_path, address, 1),
        pytest.raises(
            StoreError, match=r"worker tcp://\S+: has another ontology or program; install policy-kg"
        ),
    ):
        build([folder], out=tmp_path / "out", cluster=address, prepare=fake_pipeline.elsewhere)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp://127.0.0.1:{port}", "no scheduler answers"),
        ("nowhere", "no scheduler answers"),
        ("http://127.0.0.1:{port}", "no scheduler answers"),
    ],
)
def test_an_address_nobody_answers_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, words: str
) -> None:
    address = address.format(port=free_port())
    folder = written(tmp_path / "in", FILES)
    with pytest.raises(SystemExit) as ended:
        main(["build", str(folder), "--out", str(tmp_path / "out"), "--cluster", address, "--lang", "en"])
    (line,) = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert address in line
    assert words in line
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("quick")
def test_a_cluster_without_workers_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", FILES)
    with (
        scheduler(tmp_path) as address,
        pytest.raises(StoreError, match=f"no worker for 2 seconds; start some: dask worker {address}"),
    ):
        build([folder], out=tmp_path / "out", cluster=address, prepare=fake_pipeline.prepare)
