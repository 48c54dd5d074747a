"""The cues that the ontology carries, and the folder of real inputs where there is one."""

from pathlib import Path

import pytest

from kg.schema.index import load
from kg.text import Cues

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "reports"


@pytest.fixture(scope="session")
def cues() -> Cues:
    index = load([ROOT / "ontology" / "vocab" / "reading.ttl"])
    words = {
        name.rsplit("/", 1)[1]: index.texts(name, "pol:word") for name in index.instances("pol:WordClass")
    }
    return Cues.from_words(words)


@pytest.fixture(scope="session")
def reports() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the folder of real reports is not here")
    return SHARED
