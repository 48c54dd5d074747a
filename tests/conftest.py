"""What several tests share: the core ontology, one extractor, and the folder of real reports where it is there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.extract.extract import Extractor
from kg.schema import Ontology, load_ontology
from kg.store import Store, open_store

SHARED = Path(__file__).parents[1].parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=8, help="how many whole reports of each kind to invent")
    parser.addoption(
        "--kills", type=int, default=8, help="how many builds are killed somewhere and completed"
    )
    parser.addoption("--examples", type=int, default=12, help="how many texts each public function is given")
    parser.addoption(
        "--inputs", type=int, default=24, help="how many hostile inputs each target of fuzz is given"
    )
    parser.addoption(
        "--load", type=float, default=4, help="how many seconds the server is put under full load"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long go first: with several processes none then waits for the last file of another."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The core; while this is held, whoever loads it in this process gets it."""
    return load_ontology()


@pytest.fixture(scope="session")
def extractor(ontology: Ontology) -> Extractor:
    return Extractor.of(ontology)


@pytest.fixture(scope="session")
def sample_store(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample reports, built once, by what is loaded already; for reading."""
    from kg.build import build

    folder = tmp_path_factory.mktemp("samples")
    result = build([Path(__file__).parents[1] / "data" / "reports"], out=folder)
    assert not result.failed
    with open_store(folder / "store") as opened:
        yield opened


@pytest.fixture(scope="session")
def playwright_engine() -> Iterator[Any]:
    """Playwright's engine, of which a process may have one."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as engine:
        yield engine


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "reports").is_dir():
        pytest.skip("the folder of real reports is not beside this checkout")
    return SHARED
