"""What several tests share: the core ontology, one extractor, and the folder of real reports where it is there."""

from pathlib import Path

import pytest

from kg.extract.extract import Extractor
from kg.schema import Ontology, load_ontology

SHARED = Path(__file__).parents[1].parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=8, help="how many whole reports of each kind to invent")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def extractor(ontology: Ontology) -> Extractor:
    return Extractor(ontology)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "reports").is_dir():
        pytest.skip("the folder of real reports is not beside this checkout")
    return SHARED
