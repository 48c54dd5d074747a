"""Drafts without a fault raise no alarm; one fault of each kind is found, in every format.

``KG_DRAFTS=200 pytest tests/check/test_drafts.py`` tries as many drafts, and each fault in a twentieth of them.
"""

import os
from collections.abc import Callable
from random import Random

import pytest

from kg.check import check
from kg.extract.extract import Extractor
from kg.facts import Finding
from kg.schema import load_ontology
from kg.terms import Mint
from kg.text import read_bytes
from tests.check import drafts

DRAFTS = int(os.environ.get("KG_DRAFTS", "8"))
Told = Callable[[drafts.Draft, str, int], list[Finding]]


@pytest.fixture(scope="module")
def told() -> Told:
    ontology = load_ontology()
    extractor = Extractor(ontology)

    def run(known: drafts.Draft, format: str, seed: int) -> list[Finding]:
        document = read_bytes(drafts.write(known, format, seed), name=f"draft.{format}", cues=ontology.cues)
        extraction = extractor.extract(document, Mint())
        return [*extraction.findings, *check(document, extraction, ontology)]

    return run


@pytest.mark.parametrize("seed", range(DRAFTS))
def test_a_draft_without_a_fault_raises_no_alarm(told: Told, seed: int) -> None:
    format = drafts.FORMATS[seed % len(drafts.FORMATS)]
    assert told(drafts.draft(seed), format, seed) == []


@pytest.mark.parametrize("seed", range(max(1, DRAFTS // 20)))
@pytest.mark.parametrize("fault", drafts.FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(told: Told, fault: drafts.Fault, seed: int) -> None:
    turn = seed + drafts.FAULTS.index(fault)
    format = fault.formats[turn % len(fault.formats)]
    known = fault.plant(drafts.draft(seed), Random(f"{fault.name}/{seed}"))
    assert fault.code in [finding.code for finding in told(known, format, seed)], format


def test_every_code_of_a_report_alone_is_planted() -> None:
    kinds = load_ontology().form.messages.kinds
    read = {
        "FORM-ISSUER",
        "SHAPE",
        "TABLE-AMBIGUOUS",
        "TEXT-CONVERTED",
    }  # made in reading, see tests/extract and tests/text
    planted = {fault.code for fault in drafts.FAULTS}
    assert {code for code in kinds if not code.startswith("SERIES-")} == planted | read
