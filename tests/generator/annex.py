"""Annexes of reports before 2019."""

from decimal import Decimal
from random import Random

from kg.schema.form import Form
from kg.text.document import Document
from tests.generator.grids import Writer, document


def annex(
    form: Form, layout: str, *, seed: int = 0, two: bool = False
) -> tuple[Document, dict[tuple[str, bool], Decimal]]:
    """The annex of a report before 2019 with figures made up, and what it says by indicator and column."""
    random = Random(seed)
    rows = [["统计指标", "单位", "统计数", *(["历年累计"] if two else [])]]
    known: dict[tuple[str, bool], Decimal] = {}
    for row in form.table("annex").rows:
        mark = row.ordinal + ("．" if row.ordinal.isdigit() else "、" if len(row.ordinal) == 1 else "")
        if row.heading:
            rows.append([mark + row.label.title, *["——"] * (len(rows[0]) - 1)])
            continue
        value = random.choice([0, random.randint(1, 5000)])
        note = "（不同渠道和方式公开相同信息计1条）" if row.indicator == "old.disclosed" else ""
        rows.append([(mark or random.choice(["其中：", ""])) + row.label.title + note, row.unit, str(value)])
        known[row.indicator, False] = Decimal(value)
        if two:
            rows[-1].append(str(value + 7))
            known[row.indicator, True] = Decimal(value + 7)
    rows.append(["十、办理政协提案数", "件", "17", *(["20"] if two else [])])
    known["", False] = Decimal(17)
    if two:
        known["", True] = Decimal(20)
    if layout == "grid":
        writer = Writer("附表\n")
        writer.table([[(cell, 1, 1) for cell in row] for row in rows], len(rows[0]))
        return document(writer.text, tuple(writer.tables)), known
    between, after = {
        "lines": ("\n", "\n"),
        "tabs": ("\t", "\n"),
        "spaces": (" ", "\n"),
        "pipes": (" | ", "\n"),
        "none": ("", ""),
    }[layout]
    text = "附件：政府信息公开情况统计表\n" + after.join(between.join(row) for row in rows)
    return document(text + "\n单位负责人：张三 填报日期：2017年1月3日\n"), known
