"""Each extension in ``ontology/extensions`` loads with the core and adds something; its queries read and have their rows beside them."""

from pathlib import Path

import pytest

from kg.query import load_query
from kg.schema import load_ontology
from kg.schema.files import extension_files, extension_names

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

FOLDER = Path(__file__).parents[1] / "ontology" / "extensions"


@pytest.mark.parametrize("name", extension_names())
def test_an_extension_loads_and_adds_classes(name: str) -> None:
    assert set(load_ontology([name]).model.classes) > set(load_ontology().model.classes)


def test_all_extensions_load_together() -> None:
    assert load_ontology(extension_names()).genres


@pytest.mark.parametrize("name", extension_names())
def test_examples_of_an_extension_are_no_part_of_it(name: str) -> None:
    assert [path for path in extension_files(name) if "examples" in path.parts] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/queries/*.rq")), ids=lambda path: path.stem)
def test_queries_of_extensions_read(path: Path) -> None:
    query = load_query(path)
    assert query.title.of("zh")
    assert query.title.of("en")
    assert path.with_suffix(".csv").is_file()
