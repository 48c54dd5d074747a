"""A full disk ends a build, and the writing of an answer, with one line; nothing is lost, and the same command goes on later."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from shutil import which

import pytest

from kg.cli import main
from kg.export import export
from kg.store import open_store

ROOT = Path(__file__).parents[2]
_ALONE = ["unshare", "-Urm", "--propagation", "private"]


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """The command before a command that may mount a disk of its own."""
    if which("unshare") is None:
        pytest.skip("there is no command unshare here")
    trial = subprocess.run(
        [*_ALONE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False, capture_output=True
    )
    if trial.returncode:
        pytest.skip("this account may not mount a small disk")
    return _ALONE


@pytest.mark.parametrize("size", [1, 20])
def test_a_build_goes_on_when_there_is_room_again(alone: list[str], tmp_path: Path, size: int) -> None:
    command = [*alone, sys.executable, "-m", "tests.build.full_disk", str(tmp_path), str(size)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    first, second, third, left, fourth, digest = done.stdout.splitlines()
    disk = tmp_path / "disk"
    for line, where in ((first, disk / "out" / "store"), (third, disk / "all.nq")):
        code, told = line.split("\t")
        assert code == "2"
        assert told.startswith(f"error: {where}")
        assert "the disk is full" in told
        assert "free some space" in told
    assert left == "False\t['out']"
    assert second.startswith("0\t2 read")
    assert fourth.startswith("0\t")
    main_of(["build", str(tmp_path / "reports"), "--out", str(tmp_path / "out")])
    with open_store(tmp_path / "out" / "store") as store:
        export(store, "nquads", tmp_path / "all.nq")
    assert sha256((tmp_path / "all.nq").read_bytes()).hexdigest() == digest


def main_of(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "verb",
    [["query", "-e", "SELECT * {}", "-o"], ["stats", "-o"], ["export", "-o"], ["view", "-o"], ["compare", "--format", "svg", "-o"]],
)  # fmt: skip
def test_an_answer_that_finds_no_room_says_so(
    verb: list[str], told_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main_of([*verb, "/dev/full", "--store", str(told_store)]) == 2
    assert (
        capsys.readouterr().err
        == "error: /dev/full: the disk is full; free some space or choose another file\n"
    )


@pytest.fixture(scope="module")
def told_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kg.build import build
    from tests.build.killed import prepare, write

    folder = tmp_path_factory.mktemp("told")
    write(folder / "in", {("青渡市人民政府", 2021): 1})
    build([folder / "in"], out=folder / "out", prepare=prepare)
    return folder / "out" / "store"
