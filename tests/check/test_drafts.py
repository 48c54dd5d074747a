"""Drafts without a fault raise no alarm; one fault of each kind is found, in every format.

``pytest tests/check/test_drafts.py --seeds 200`` tries as many drafts, every one in every format, and plants each fault, in every format it can
be in, into a fiftieth of them.
"""

from collections.abc import Callable
from random import Random

import pytest

from kg.check import check
from kg.extract.extract import Extractor
from kg.facts import Finding
from kg.terms import Mint
from kg.text import read_bytes
from tests.check import drafts
from tests.generator.whole import make

SMALL = 8  # drafts of a run without --seeds: each in one format, each fault in one
MANY = 50  # drafts for each of which a fault is planted once more
# codes that are true of no whole report of the generator; what it spoils on purpose (words, rows, cells) is told under others
SOUND = (
    "FORM-R",
    "FORM-FOREIGN",
    "FORM-YEAR",
    "POLICY-",
    "PRIVATE-",
    "TEXT-REPEAT",
    "TEXT-SCRIPT",
    "SERIES-",
)
Reader = Callable[[bytes, str], list[Finding]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    seeds = metafunc.config.getoption("--seeds")
    large = seeds > SMALL
    if "fault" in metafunc.fixturenames:
        cases = [
            (fault, at * MANY + number, format)
            for at, fault in enumerate(drafts.FAULTS)
            for number in range(max(1, seeds // MANY))
            for format in (fault.formats if large else [fault.formats[at % len(fault.formats)]])
        ]
        names = [f"{fault.name}-{seed}-{format}" for fault, seed, format in cases]
        metafunc.parametrize(("fault", "seed", "format"), cases, ids=names)
    elif "format" in metafunc.fixturenames:
        formats = drafts.FORMATS
        metafunc.parametrize(
            ("seed", "format"),
            [
                (seed, format)
                for seed in range(seeds)
                for format in (formats if large else [formats[seed % 4]])
            ],
        )
    elif "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(seeds))


@pytest.fixture(scope="module")
def told(extractor: Extractor) -> Reader:
    ontology = extractor.ontology

    def run(data: bytes, name: str) -> list[Finding]:
        document = read_bytes(data, name=name, cues=ontology.cues)
        extraction = extractor.extract(document, Mint())
        return [*extraction.findings, *check(document, extraction, ontology)]

    return run


def test_a_draft_without_a_fault_raises_no_alarm(told: Reader, seed: int, format: str) -> None:
    assert told(drafts.write(drafts.draft(seed), format, seed), f"draft.{format}") == []


def test_a_planted_fault_is_found(told: Reader, fault: drafts.Fault, seed: int, format: str) -> None:
    known = fault.plant(drafts.draft(seed), Random(f"{fault.name}/{seed}"))
    found = told(drafts.write(known, format, seed), f"draft.{format}")
    assert fault.code in [finding.code for finding in found]


def test_a_whole_report_raises_no_alarm(told: Reader, seed: int) -> None:
    """Reports of either form, in every layout, script and encoding, with blanks, spam and losses: what is said of these is true."""
    made = make(seed)
    alarms = [
        (finding.code, finding.zh) for finding in told(made.data, made.name) if finding.code.startswith(SOUND)
    ]
    assert alarms == [], made.how


def test_every_code_of_a_report_alone_is_planted(extractor: Extractor) -> None:
    kinds = extractor.ontology.form.messages.kinds
    read = {
        "FORM-ISSUER",
        "SHAPE",
        "TABLE-AMBIGUOUS",
        "TEXT-CONVERTED",
    }  # made in reading, see tests/extract and tests/text
    planted = {fault.code for fault in drafts.FAULTS}
    assert {code for code in kinds if not code.startswith("SERIES-")} == planted | read
