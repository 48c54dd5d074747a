"""The official form comes back from whatever program and hand it went through; ``pytest --seeds 80`` fills it in more often."""

from collections.abc import Callable

import pytest

from kg.extract.extract import Extractor
from kg.extract.tables import read_tables
from kg.text import read_bytes
from kg.text.cues import Cues
from tests.generator.facts import facts
from tests.generator.offices import paper, typed, web, word
from tests.generator.offices.form import Report, report

KINDS: dict[str, dict[str, Callable[[Report], bytes]]] = {
    "html": web.PAGES,
    "docx": word.FILES,
    "pdf": paper.PRINTS,
    "txt": typed.TEXTS,
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    seeds = range(max(1, metafunc.config.getoption("--seeds") // 8))
    cases = [
        (kind, name, edition, seed)
        for kind, forms in KINDS.items()
        for at, name in enumerate(forms)
        for edition in (("2019", "2021")[at % 2 :: 2] if kind == "pdf" else ("2019", "2021"))
        for seed in seeds
    ]
    metafunc.parametrize(("kind", "name", "edition", "seed"), cases)


def test_every_cell(kind: str, name: str, edition: str, seed: int, extractor: Extractor) -> None:
    """Each figure once, no figure that is not there, whether cells are blank or hold zeros; nothing left open."""
    for blanks in (0.5,) if kind == "pdf" else (0.0, 0.5):
        known = facts(seed + 5, edition, blanks=blanks, size=(9, 40, 3000)[seed % 3], falls=0.3)
        data = KINDS[kind][name](report(known))
        document = read_bytes(data, name=f"{name}.{kind}", cues=Cues.from_words(extractor.ontology.words))
        reading = read_tables(document, extractor.ontology.form)
        told = {
            (figure.indicator, figure.applicant): figure.value / figure.factor for figure in reading.figures
        }
        assert len(told) == len(reading.figures)
        assert told == known.expected
        assert not [finding.zh for finding in reading.findings]
        for figure in reading.figures:
            assert figure.span.of(document.text) == figure.printed
