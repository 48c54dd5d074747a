"""A build killed at any point loses nothing and doubles nothing; none of its processes outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.build.killed import PHASES

ROOT = Path(__file__).parents[2]


def test_a_killed_build_is_completed_byte_by_byte(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    kills = request.config.getoption("--kills")
    command = [sys.executable, "-m", "tests.build.killed", str(tmp_path), str(kills), "20261126"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) == kills
    assert [row for row in rows if row[3]] == []
    assert {row[0] for row in rows} == set(list(PHASES)[:kills])
    assert sum(row[2] == "killed" for row in rows) >= 0.9 * kills


def test_a_build_killed_while_it_writes_findings_is_completed_byte_by_byte(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.build.killed_finish", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert (
        len(rows) > 20
    )  # begun, taken out, written, safe, done: before and after each, for two groups at least
    assert {row[1] for row in rows[:-1]} == {"killed"}
    assert rows[-1][1] == "ended"
    assert [row for row in rows if row[2]] == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are looked up in /proc")
def test_processes_end_with_a_build_that_is_killed_alone(tmp_path: Path) -> None:
    reports = ROOT / "data" / "reports"
    command = [sys.executable, "-m", "kg.cli", "build", str(reports), "--out", str(tmp_path), "--jobs", "2"]
    build = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
    workers: list[str] = []
    while len(workers) < 3 and build.poll() is None:  # two, and one that keeps track of them
        workers = children.read_text(encoding="ascii").split()
        time.sleep(0.05)
    build.send_signal(signal.SIGKILL)
    build.wait()
    assert workers
    deadline = time.monotonic() + 60
    while (alive := [one for one in workers if _runs(int(one))]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
