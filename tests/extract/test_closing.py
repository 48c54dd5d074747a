"""Problems, plans, and which answers which, in closing parts of every shape."""

from pathlib import Path

import pytest

from kg.extract.closing import ClosingReader, answers
from kg.schema import Ontology
from kg.text import read, read_text
from tests.extract.closing_parts import CASES, Case

SAMPLES = Path(__file__).parents[2] / "data" / "reports"
TITLE = "云川市商务局2022年政府信息公开工作年度报告\n"


@pytest.mark.parametrize("case", CASES, ids=[case[0][-40:-20] for case in CASES])
def test_closing_part(ontology: Ontology, case: Case) -> None:
    text, problems, plans, pairs = case
    document = read_text(text if text.startswith("云川") else TITLE + text, cues=ontology.cues)
    items = ClosingReader(ontology.words).read(document)
    found = {kind: [item for item in items if item.kind == kind] for kind in ("problem", "improvement")}
    assert [item.label for item in found["problem"]] == problems
    assert [item.label for item in found["improvement"]] == plans
    tied = answers(items, frozenset(ontology.words["domain"]))
    assert (
        sorted((found["improvement"].index(plan), found["problem"].index(problem)) for plan, problem in tied)
        == pairs
    )
    assert all(item.span.of(document.text).split() == item.label.split() for item in items)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
@pytest.mark.parametrize("mark", ["：", "；", "。"])
def test_lines_broken_behind_marks_lose_no_report(ontology: Ontology, path: Path, mark: str) -> None:
    whole = read(path, cues=ontology.cues).text
    broken = read_text(whole.replace(mark, mark + "\n"), cues=ontology.cues)
    assert all(item.label for item in ClosingReader(ontology.words).read(broken))
