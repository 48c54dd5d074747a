"""Real reports, where they are at hand."""

import json
from pathlib import Path

import pytest

from kg.text import Cues, read, source_text

ALL = [
    "form-2021.docx",
    "hongze-2024.pdf",
    "policy-guobanfa-2018-115.html",
    "policy-guobanfa-2018-123.html",
    "quzhou-2020.txt",
    "work-report-hailar-2014.txt",
    "work-report-hailar-2017.txt",
    "work-report-sichuan-2026.txt",
    "work-report-zhejiang-2026.txt",
]


@pytest.mark.parametrize("name", ALL)
def test_every_character_leads_back(name: str, reports: Path, cues: Cues) -> None:
    path = reports / name
    document = read(path, cues=cues)
    source = source_text(path)
    same = changed = 0
    for at, character in enumerate(document.text):
        if not character.isspace():
            found = source[document.offsets.starts[at] : document.offsets.ends[at]]
            same += found == character
            changed += found != character
    assert changed * 500 < same


@pytest.mark.parametrize("name", [name for name in ALL if name.endswith((".txt", ".html"))])
def test_nothing_is_dropped(name: str, reports: Path, cues: Cues) -> None:
    path = reports / name
    source = source_text(path)
    covered = set()
    document = read(path, cues=cues)
    for start, end in zip(document.offsets.starts, document.offsets.ends, strict=True):
        covered.update(range(start, end))
    missing = "".join(
        character
        for at, character in enumerate(source)
        if at not in covered and "\u4e00" <= character <= "\u9fff"
    )
    assert set(missing) <= set("宋体楷_")


def test_pdf_tables_hold_the_figures_of_the_gold(reports: Path, cues: Cues) -> None:
    gold = json.loads((reports.parent / "gold" / "hongze-2024.json").read_text(encoding="utf-8"))["tables"]
    document = read(reports / "hongze-2024.pdf", cues=cues)
    two, three, four = document.tables
    figures = [[cell.text for cell in row[-7:] if cell] for row in three.grid()[3:]]
    printed = [[str(value) for value in row] for row in gold["s3"].values()]
    assert figures == printed
    assert [cell.text for cell in four.grid()[-1] if cell] == [
        str(value) for part in ("review", "suit_direct", "suit_after_review") for value in gold["s4"][part]
    ]
    assert {row[0].text: [cell.text for cell in row[1:] if cell] for row in two.grid() if row[0]}[
        "行政规范性文件"
    ] == ["3", "0", "8"]
    assert document.page_at(three.span.start) == 3
    assert document.page_at(three.span.end - 1) == 4
    assert [noise.kind for noise in document.noise] == ["page-number"] * 5


def test_injected_words(reports: Path, cues: Cues) -> None:
    document = read(reports / "quzhou-2020.txt", cues=cues)
    kinds = [noise.kind for noise in document.noise]
    assert kinds.count("spam") == (reports / "quzhou-2020.txt").read_text(encoding="utf-8").count("bob") == 5
    assert document.source.title == "衢州市人民政府2020年政府信息公开工作年度报告"
