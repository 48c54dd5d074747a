"""``kg analyse``: tables of a store, and figures kept in it."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.synthetic import synthetic
from kg.store import OxigraphStore, Rows, open_store
from tests.cli.conftest import Ran


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some invented cities, on disk."""
    folder = tmp_path_factory.mktemp("cities") / "store"
    made = synthetic(100)
    graphs: dict[str, list[str]] = {}
    for quad in made.quads():
        graphs.setdefault(quad.graph_name.value, []).append(f"{quad} .\n")
    with OxigraphStore(folder, writable=True) as opened:
        opened.add({graph: "".join(lines).encode() for graph, lines in graphs.items()})
    return folder


def test_figures_as_csv(kg: Callable[..., Ran], store: Path) -> None:
    ran = kg("analyse", "policies", "--format", "csv", "--limit", 0, "--store", store, "--lang", "en")
    assert ran.code == 0, ran.err
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert rows
    assert [float(row["pagerank"]) for row in rows] == sorted(
        (float(row["pagerank"]) for row in rows), reverse=True
    )
    first = kg("analyse", "policies", "--format", "csv", "--limit", 1, "--store", store, "--lang", "en")
    assert len(first.out.splitlines()) == 2


def test_figures_kept_in_the_store(kg: Callable[..., Ran], store: Path, tmp_path: Path) -> None:
    own = shutil.copytree(store, tmp_path / "store")
    ran = kg("analyse", "policies", "--write", "--store", own, "--lang", "en")
    assert ran.code == 0, ran.err
    with open_store(own) as opened:
        rows = opened.query("SELECT ?v { ?m a dqv:QualityMeasurement ; dqv:value ?v }")
        assert isinstance(rows, Rows)
        assert list(rows)


def test_an_analysis_that_is_not_there(kg: Callable[..., Ran], store: Path) -> None:
    ran = kg("analyse", "streets", "--store", store, "--lang", "en")
    assert ran.code == 2
    assert "platforms" in ran.err
