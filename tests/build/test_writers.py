"""Two builds of one store at the same time, and a server that reads while a build writes."""

import json
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from kg.export import export
from kg.store import open_store
from tests.build.killed import write

ROOT = Path(__file__).parents[2]
_KG = (sys.executable, "-m", "kg.cli")
_COUNT = "SELECT (COUNT(DISTINCT ?r) AS ?n) { ?r a pol:Report }"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    write(tmp_path / "in", {("青渡市人民政府", year): 1 for year in (2021, 2022)})
    return tmp_path / "in"


def started(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*_KG, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*_KG, *arguments], cwd=ROOT, check=False, capture_output=True, text=True)


def digest(out: Path) -> str:
    with open_store(out / "store") as store:
        export(store, "nquads", out / "all.nq")
    return sha256((out / "all.nq").read_bytes()).hexdigest()


def test_the_second_of_two_builds_is_refused_in_a_line(reports: Path, tmp_path: Path) -> None:
    out, alone = tmp_path / "out", tmp_path / "alone"
    first = started("build", str(reports), "--out", str(out))
    while not (out / "store" / "CURRENT").exists() and first.poll() is None:
        time.sleep(0.01)
    first.send_signal(signal.SIGSTOP)  # it holds the store for as long as the other tries
    second = ended("build", str(reports), "--out", str(out))
    first.send_signal(signal.SIGCONT)
    first.communicate()
    assert first.returncode == 0
    assert second.returncode == 2
    assert (
        second.stderr
        == f"error: {out / 'store'}: locked by another build; wait until it ends, or use another --out\n"
    )
    assert ended("build", str(reports), "--out", str(alone)).returncode == 0
    assert digest(out) == digest(alone)


def test_a_server_reads_while_a_build_writes(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert ended("build", str(reports), "--out", str(out)).returncode == 0
    server = started("serve", "--store", str(out / "store"), "--port", "0")
    try:
        assert server.stderr is not None
        address = next(
            word for line in server.stderr for word in line.split() if word.startswith("http://")
        ).rstrip("/。.")
        write(reports, {("青渡市教育局", year): 1 for year in range(2016, 2024)})
        build = started("build", str(reports), "--out", str(out))
        seen = [count(address)]
        while build.poll() is None:
            seen.append(count(address))
        build.communicate()
        assert build.returncode == 0
        seen.append(count(address))
    finally:
        server.terminate()
        server.communicate()
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (2, 10)


def count(address: str) -> int:
    with urlopen(f"{address}/sparql?query={quote(_COUNT)}&format=json", timeout=60) as answer:
        return int(json.load(answer)["results"]["bindings"][0]["n"]["value"])
