"""A store on disk, made by hand, and a way to run ``kg`` on it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.store import OxigraphStore

REPORTS = Path(__file__).parents[1] / "evaluate" / "yunchuan.trig"


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build") / "store"
    graphs: dict[str, list[str]] = {}
    for quad in ox.parse(REPORTS.read_bytes(), format=ox.RdfFormat.TRIG):
        graphs.setdefault(quad.graph_name.value, []).append(f"{quad} .\n")
    with OxigraphStore(folder, writable=True) as opened:
        opened.add({graph: "".join(lines).encode() for graph, lines in graphs.items()})
    return folder


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        code = ended.value.code
        captured = capsys.readouterr()
        return Ran(code if isinstance(code, int) else int(code is not None), captured.out, captured.err)

    return run
