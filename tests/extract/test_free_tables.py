"""Annex tables of any columns come back as they went in, whatever the layout."""

from pathlib import Path

import pytest

from kg.extract.tables import read_tables
from kg.schema.form import Form
from kg.schema.index import load
from kg.text import read_text
from tests.generator import free

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def form() -> Form:
    return Form.from_index(load([ROOT / "ontology/vocab/form.ttl", ROOT / "ontology/vocab/findings.ttl"]))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", free.LAYOUTS)
@pytest.mark.parametrize("kind", free.KINDS)
def test_every_number_is_of_its_row_and_column(form: Form, kind: str, layout: str, seed: int) -> None:
    made = free.table(kind, seed)
    document = free.report(made, layout)
    reading = read_tables(document, form, 2015)
    assert [(one.label, one.printed_unit, one.value / one.factor) for one in reading.figures] == made.known
    for figure in reading.figures:
        assert document.text[figure.span.start : figure.span.end] == figure.printed


@pytest.mark.parametrize(
    "text",
    [
        "通讯录\n科室\n姓名\n电话\n办公室\n李四\n3021177\n财务科\n赵六\n3021178",
        "一是抓落实。\n全年公开信息12条。\n二是抓学习。\n全年培训3次。",
        "目录\n序号\n内容\n页码\n1\n概述\n2\n2\n公开情况\n4\n3\n不足\n7",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(form: Form, text: str) -> None:
    document = read_text(f"青溪镇人民政府2015年政府信息公开工作年度报告\n一、概述\n{text}\n2016年2月3日")
    assert not read_tables(document, form, 2015).figures
