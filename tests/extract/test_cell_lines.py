"""A blank line is a blank cell where all rows bear it out, and nowhere else."""

from random import Random

import pytest

from kg.extract.extract import Extractor
from kg.extract.tables import TableReading, read_tables
from kg.text import read_bytes
from kg.text.cues import Cues
from tests.generator.facts import Facts, facts
from tests.generator.offices.form import C, Report, report


def read(text: str, extractor: Extractor, kind: str = "txt") -> TableReading:
    if kind == "html":
        text = "".join(f"<p>{line or '&nbsp;'}</p>" for line in text.split("\n"))
    document = read_bytes(text.encode(), name=f"made.{kind}", cues=Cues.from_words(extractor.ontology.words))
    return read_tables(document, extractor.ontology.form)


def figures(reading: TableReading) -> dict[tuple[str, str], object]:
    return {(figure.indicator, figure.applicant): figure.value / figure.factor for figure in reading.figures}


def printed(made: Report, row_of: object) -> str:
    lines = [made.title, *made.opening]
    for one in made.tables:
        lines.append(one.title)
        for row in one.rows:
            lines += row_of(row)  # type: ignore[operator]
    return "\n".join([*lines, *made.closing])


def separated(row: tuple[C, ...], random: Random) -> list[str]:
    """Blank cells are lost, and a blank line ends each row."""
    return [*(cell.text for cell in row if cell.text), ""]


def opened(row: tuple[C, ...], random: Random) -> list[str]:
    """Blank cells are lost, and a blank line stands before each label."""
    return [
        line for cell in row if cell.text for line in (["", cell.text] if not cell.figure else [cell.text])
    ]


def strewn(row: tuple[C, ...], random: Random) -> list[str]:
    """Blank cells are lost, and blank lines stand anywhere."""
    lines = [cell.text for cell in row if cell.text]
    for _ in range(random.choice([0, 1, 2])):
        lines.insert(random.randrange(len(lines) + 1), "")
    return lines


@pytest.mark.parametrize("way", [separated, opened, strewn])
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("kind", ["txt", "html"])
@pytest.mark.parametrize("seed", range(4))
def test_blank_lines_that_are_no_cells(
    way: object, edition: str, kind: str, seed: int, extractor: Extractor
) -> None:
    """No figure in a wrong place, and what is not taken is told."""
    random = Random(seed)
    known = facts(seed + 5, edition, blanks=0.4)
    reading = read(printed(report(known), lambda row: way(row, random)), extractor, kind)  # type: ignore[operator]
    check_never_wrong(reading, known)


@pytest.mark.parametrize("torn", [[""], ["", "- 3 -", ""], ["第 3 页 共 9 页"]])
@pytest.mark.parametrize("seed", range(6))
def test_a_page_that_ends_in_a_row(torn: list[str], seed: int, extractor: Extractor) -> None:
    """The figures of that row alone are left to their sums; all others are read."""
    random = Random(seed)
    known = facts(seed + 5, "2021", blanks=0.4)

    def row_of(row: tuple[C, ...]) -> list[str]:
        lines = [cell.text for cell in row]
        if any("属于行政执法案卷" in line for line in lines):
            lines[random.randrange(2, len(lines)) : 0] = torn
        return lines

    reading = read(printed(report(known), row_of), extractor)
    check_never_wrong(reading, known)
    told = figures(reading)
    assert not {key for key in known.expected if key[0] != "s3.refuse_7" and key not in told}


def check_never_wrong(reading: TableReading, known: Facts) -> None:
    told = figures(reading)
    assert not {key: value for key, value in told.items() if value != known.expected.get(key)}
    missing = set(known.expected) - set(told)
    assert not missing or any(finding.code == "TABLE-AMBIGUOUS" for finding in reading.findings)


def test_two_ways_to_count_are_none(extractor: Extractor) -> None:
    """Two blank lines between cells that stand apart by one: one blank cell, or half a line more."""
    rows = "\n".join(
        f"{label}\n\n{one}\n\n\n\n{two}" for label, one, two in (("规章", 5, 41), ("行政规范性文件", 3, 2))
    )
    heads = "\n\n".join(["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
    reading = read(f"青禾市水务局2022年年度报告\n二、主动公开政府信息情况\n\n{heads}\n\n{rows}\n", extractor)
    assert not reading.figures
    assert "TABLE-AMBIGUOUS" in {finding.code for finding in reading.findings}


def test_an_annex(extractor: Extractor) -> None:
    """The year's value and the cumulative one are told apart, and so are the columns of a table of the body's own."""
    rows = [
        ("主动公开政府信息数", "条", "1200", "5600"),
        ("政府网站公开政府信息数", "条", "", "3000"),
        ("政务微博公开政府信息数", "条", "40", ""),
        ("当面申请数", "件", "", "3"),
        ("网络申请数", "件", "10", "20"),
        ("信函申请数", "件", "2", ""),
    ]
    head = ("指标名称", "计量单位", "本年度", "历年累计")
    table = "\n".join("\n".join(row) for row in (head, *rows))
    reading = read(f"青禾市水务局2013年政府信息公开工作年度报告\n附表\n{table}\n", extractor)
    assert [(figure.label, figure.printed, figure.cumulative) for figure in reading.figures] == [
        (label, value, cumulative)
        for label, _, year, whole in rows
        for value, cumulative in ((year, False), (whole, True))
        if value
    ]
