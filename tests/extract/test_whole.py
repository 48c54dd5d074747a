"""Whole reports, invented and spoilt as reports are, say what went into them; ``pytest --seeds 400`` invents more."""

from decimal import Decimal

import pytest

from kg.extract.extract import Extractor
from kg.extract.tables import read_tables
from kg.facts import Extraction, Literal
from kg.terms import Mint, expand
from kg.text import read_bytes
from kg.text.cues import Cues
from kg.text.document import Document
from tests.generator.facts import ROWS
from tests.generator.spoil import SPAM
from tests.generator.whole import Made, make

KINDS = ("txt", "html", "docx")
LABELS = {f"s3.{code}": "".join(label.split()) for code, _, label in ROWS}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "made" in metafunc.fixturenames:
        seeds = range(metafunc.config.getoption("--seeds"))
        cases = [(seed, kind) for seed in seeds for kind in KINDS]
        if metafunc.function is test_what_the_report_says:
            cases = cases[::3]
        paged = [(seed, "pdf") for seed in seeds if seed % 4 == 0]
        cases = paged if metafunc.function is test_pages else [*cases, *paged]
        metafunc.parametrize("made", cases, ids=[f"{kind}-{seed}" for seed, kind in cases], indirect=True)


@pytest.fixture
def made(request: pytest.FixtureRequest) -> Made:
    seed, kind = request.param
    return make(seed, kind=kind)


def opened(made: Made, extractor: Extractor) -> Document:
    return read_bytes(made.data, name=made.name, cues=Cues.from_words(extractor.ontology.words))


def test_cells(made: Made, extractor: Extractor) -> None:
    """No cell that is not there; every cell that is, unless digits or blank cells have lost their places."""
    reading = read_tables(opened(made, extractor), extractor.ontology.form)
    cells = {(figure.indicator, figure.applicant): figure.value / figure.factor for figure in reading.figures}
    assert len(cells) == len(reading.figures), made.how
    known = made.known.expected
    wrong = {key: value for key, value in cells.items() if known.get(key) != value}
    assert not wrong, made.how
    missing = set(known) - set(cells)
    if not known:  # pictures stand under the headings
        assert [one.code for one in reading.findings] == ["FORM-TABLE"] * 3
    told = [one for one in reading.findings if one.code in ("TABLE-AMBIGUOUS", "TABLE-ROW", "FORM-TABLE")]
    assert not missing or (told and not made.exact), made.how
    for figure in reading.figures:
        assert figure.span.end - figure.span.start == len(figure.printed)


def test_what_the_report_says(made: Made, extractor: Extractor) -> None:
    """Issuer, year, policies and the figures of running text, and no other figures there."""
    said = extractor.extract(opened(made, extractor), Mint())
    names = {entity.iri: entity.label for entity in said.entities}
    assert (names[said.issuer], said.year) == (made.issuer, made.year), made.how
    assert set(made.policies) <= set(names.values()) | _literals(said, "pol:documentNumber"), made.how
    assert not any(spam in name for name in names.values() for spam in SPAM), made.how
    assert {Decimal(text) for text in _literals(said, "sdmx-measure:obsValue")} == set(made.numbers), made.how


def test_pages(made: Made, extractor: Extractor) -> None:
    """Headings and cells stand on the page where they were printed."""
    document = opened(made, extractor)
    assert len(document.pages) == max(made.pages.values())
    headings = {
        "".join(section.heading.of(document.text).split()): document.page_at(section.heading.start)
        for section in document.sections
        if section.level == 1
    }
    assert len(headings.keys() & made.pages.keys()) >= 3  # one table may hold the other headings
    assert all(page == made.pages.get(heading, page) for heading, page in headings.items())
    if not made.known.values:
        return
    told = 0
    for figure in read_tables(document, extractor.ontology.form).figures:
        label = LABELS.get(figure.indicator, "")
        page = made.pages.get(label) if label else None  # a blank cell stands on some page too
        told += page is not None
        assert page in (None, document.page_at(figure.span.start)), figure.label
    assert told >= 20


def _literals(said: Extraction, name: str) -> set[str]:
    """The values of a property outside of tables."""
    return {
        fact.object.value
        for fact in said.facts
        if fact.predicate == expand(name)
        and isinstance(fact.object, Literal)
        and "/cell/" not in fact.subject
    }
