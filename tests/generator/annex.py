"""Annexes of reports before 2019: the national table of 2014, and the provincial ones from 2008 on."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from kg.schema.form import Form
from kg.text.document import Document
from tests.generator.grids import Sheet, Writer, document

LAYOUTS = ("grid", "lines", "apart", "tabs", "spaces", "pipes", "bars", "bars_before")
# Rows of provincial annexes: label, unit, indicator or "" where the vocabulary has none.
PROVINCIAL = (
    ("主动公开信息数", "条", "disclosed.total"),
    ("其中：全文电子化的主动公开信息数", "条", ""),
    ("新增的行政规范性文件数", "条", "s2.1.normative.published"),
    ("提供服务类信息数", "条", "disclosed.services"),
    ("网站专栏页面访问量", "人次", "website.visits"),
    ("现场接待人数", "人次", "hotline.visits"),
    ("网上咨询数", "人次", "participation.messages"),
    ("咨询电话接听数", "人次", "hotline.consultations"),
    ("依申请公开信息目录数", "条", ""),
    ("申请总数", "条", "s3.new"),
    ("其中：1.当面申请数", "条", "requests.in_person"),
    ("2.传真申请数", "条", "requests.fax"),
    ("3.电子邮件申请数", "条", "requests.email"),
    ("4.网上申请数", "条", "requests.online"),
    ("5.信函申请数", "条", "requests.letter"),
    ("6.其他形式申请数", "条", ""),
    ("对申请的答复总数", "条", "requests.answered"),
    ("其中：1.同意公开答复数", "条", "s3.disclosed"),
    ("2.同意部分公开答复数", "条", "s3.partly"),
    ("3.否决公开答复总数", "条", "s3.refuse"),
    ("其中：（1）“信息不存在”数", "条", "s3.nonexistent"),
    ("（2）“非本部门掌握”数", "条", "requests.not_this_body"),
    ("（3）“申请内容不明确”数", "条", ""),
    ("（4）免予公开范围1", "条", ""),
    ("行政复议数", "件", "s4.review.total"),
    ("行政诉讼数", "件", "s4.suit"),
    ("行政申诉数", "件", "oversight.appeals"),
    ("依申请公开信息收取的费用", "元", "fees.total"),
    ("政府信息公开指定专职人员总数", "人", "organisation.staff_full_time"),
)


@dataclass(frozen=True)
class Annex:
    """Rows of an annex with its header, and what it says by label, indicator and column."""

    rows: list[list[str]]
    known: dict[tuple[str, bool], Decimal]  # by indicator, or by label where it has none


def annex_rows(
    form: Form, *, seed: int = 0, two: bool = False, kind: str = "national", extra: str = ""
) -> Annex:
    """An annex with figures made up; ``extra`` is a column of numbers: "serial" before the label, "code" after the unit."""
    random = Random(f"annex/{seed}")
    names = (
        ["统计指标", "单位", "统计数"]
        if kind == "national"
        else random.choice(
            [
                ["指标名称", "计量单位", "本年度"],
                ["指标", "单位", "2010年度"],
                ["指 标 名 称", "计量单位", "本年数"],
            ]
        )
    )
    rows = [[*names, *(["历年累计"] if two else [])]]
    known: dict[tuple[str, bool], Decimal] = {}
    for label, unit, name in _national(form, random) if kind == "national" else PROVINCIAL:
        if not unit:
            rows.append([label, *["——"] * (len(rows[0]) - 1)])
            continue
        value = random.choice([0, random.randint(1, 40), random.randint(1, 5000)])
        key = name or label.rpartition("：")[2].lstrip("十、123456789.（）").replace("”", "").replace("“", "")
        rows.append([label, unit, str(value)])
        known[key, False] = Decimal(value)
        if two:
            rows[-1].append(str(value + 7))
            known[key, True] = Decimal(value + 7)
    if extra:
        place = 0 if extra == "serial" else 2
        for number, row in enumerate(rows):
            row.insert(place, str(number) if number else {"serial": "序号", "code": "代码"}[extra])
    return Annex(rows, known)


def _national(form: Form, random: Random) -> list[tuple[str, str, str]]:
    found = []
    for row in form.table("annex").rows:
        if row.indicator == "requests.email":
            continue  # the table of 2014 has no such row
        mark = row.ordinal + ("．" if row.ordinal.isdigit() else "、" if len(row.ordinal) == 1 else "")
        note = "（不同渠道和方式公开相同信息计1条）" if row.indicator == "disclosed.total" else ""
        words = mark if row.heading else mark or random.choice(["其中：", ""])
        found.append((words + row.label.title + note, "" if row.heading else row.unit, row.indicator))
    return [*found, ("十、办理政协提案数", "件", "")]


def annex_text(made: Annex, layout: str) -> str:
    """An annex as text."""
    title = "附件：政府信息公开情况统计表\n"
    if layout == "bars":
        return title + "\n".join(f"{cell} |" for row in made.rows for cell in row)
    if layout == "bars_before":
        return title + "\n".join("\n| ".join(row) + "\n|" for row in made.rows)
    between, after = {
        "lines": ("\n", "\n"), "apart": ("\n\n", "\n\n"), "tabs": ("\t", "\n"), "spaces": (" ", "\n"),
        "pipes": (" | ", "\n"), "none": ("", ""),
    }[layout]  # fmt: skip
    return title + after.join(between.join(row) for row in made.rows)


def annex_sheet(made: Annex) -> Sheet:
    """An annex as a real grid."""
    return Sheet("附表", [[(cell, 1, 1) for cell in row] for row in made.rows], len(made.rows[0]))


def annex(
    form: Form, layout: str, *, seed: int = 0, two: bool = False, kind: str = "national", extra: str = ""
) -> tuple[Document, dict[tuple[str, bool], Decimal]]:
    """A document with an annex, and what it says."""
    made = annex_rows(form, seed=seed, two=two, kind=kind, extra=extra)
    return laid(made, layout), made.known


def laid(made: Annex, layout: str) -> Document:
    """A document with an annex."""
    if layout == "grid":
        writer = Writer("附表\n")
        sheet = annex_sheet(made)
        writer.table(sheet.rows, sheet.columns)
        return document(writer.text, tuple(writer.tables))
    return document(annex_text(made, layout) + "\n单位负责人：张三 填报日期：2017年1月3日\n")
