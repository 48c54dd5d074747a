"""Each extension in ``ontology/extensions`` loads with the core, its patterns hold, its queries read."""

from pathlib import Path

import pytest

from kg.extract.extract import Extractor
from kg.query import load_query
from kg.schema import Ontology, load_ontology
from kg.text import read_text

FOLDER = Path(__file__).parents[1] / "ontology" / "extensions"
HEAD = "衢州市人民政府2020年政府信息公开工作年度报告\n"


@pytest.fixture(scope="module", params=sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
def extended(request: pytest.FixtureRequest) -> tuple[str, Ontology]:
    return request.param, load_ontology([request.param])


def test_patterns_of_extensions_hold(extended: tuple[str, Ontology]) -> None:
    name, ontology = extended
    extractor = Extractor(ontology)
    own = [
        pattern for pattern in ontology.patterns if f"extensions/{name}/" in Path(pattern.where).as_posix()
    ]
    assert own

    def found(text: str, rule: str) -> list[dict[str, str]]:
        document = read_text(HEAD + text, cues=ontology.cues)
        return [words for iri, words in extractor.pattern_matches(document) if iri == rule]

    for pattern in own:
        assert pattern.examples, pattern.where
        assert pattern.counter_examples, pattern.where
        for example in pattern.examples:
            wanted = {variable.removeprefix("?"): words for variable, words in example.gives}
            matches = found(example.text, pattern.iri)
            assert any(wanted.items() <= words.items() for words in matches), (pattern.where, matches)
        for text in pattern.counter_examples:
            assert not found(text, pattern.iri), (pattern.where, text)


def test_extensions_define_what_they_add(extended: tuple[str, Ontology]) -> None:
    name, ontology = extended
    core = load_ontology().model.classes
    added = {iri: cls for iri, cls in ontology.model.classes.items() if iri not in core}
    assert added, name
    for iri in added:
        for language in ("zh", "en"):
            assert ontology.index.text(iri, "rdfs:label", language), iri
            assert ontology.index.text(iri, "skos:definition", language), iri


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/queries/*.rq")), ids=lambda path: path.stem)
def test_queries_of_extensions_read(path: Path) -> None:
    query = load_query(path)
    assert query.title.of("zh")
    assert query.title.of("en")
