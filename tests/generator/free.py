"""Annex tables of any columns, of universities and of bodies before 2019, with figures made up."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from kg.text import read_bytes, read_text
from kg.text.document import Document

LAYOUTS = ("lines", "apart", "tabs", "pipes", "spaces", "bars", "html")
KINDS = ("classes", "ways", "units", "years", "single")
_CLASSES = (
    "学校概况类", "招生录取类", "经费与收费类", "教职工管理类", "课程与教学类", "学生事务类", "科研诚信类", "学位授予类", "校际交流类", "后勤安全类",
)  # fmt: skip
_TOWN = (
    "惠民补贴发放",
    "农房改造审批",
    "低保评议",
    "村级账目",
    "土地流转",
    "道路养护",
    "计生服务",
    "防汛安排",
)
_ACTS = (
    ("编印镇务简报", "期"),
    ("接待来访村民", "人次"),
    ("更换公开栏内容", "次"),
    ("答复口头询问", "件"),
    ("购置触摸屏", "台"),
    ("公示补贴资金", "万元"),
)


@dataclass(frozen=True)
class Made:
    """The rows of a table, and what it says: label and unit of each figure, in order."""

    rows: list[list[str]]
    known: list[tuple[str, str, Decimal]]


def table(kind: str, seed: int) -> Made:
    """A table of one kind, for the year 2015."""
    random = Random(f"free/{kind}/{seed}")

    def some() -> int:
        return random.choice([0, random.randint(2, 40), random.randint(100, 4000)])

    known: list[tuple[str, str, Decimal]] = []

    def say(label: str, unit: str, value: int) -> str:
        known.append((label, unit, Decimal(value)))
        return str(value)

    if kind == "classes":
        rows = [["序号", "类别", "清单内容（项）", "发布信息（条）", "责任部门"]]
        numbers = [(random.randint(1, 9), random.randint(10, 400)) for _ in _CLASSES[: 4 + seed]]
        for number, (name, (items, told)) in enumerate(zip(_CLASSES, numbers, strict=False), 1):
            cells = [say(f"{name}清单内容", "项", items), say(f"{name}发布信息", "条", told)]
            rows.append([str(number), name, *cells, random.choice(["校办", "教务处", "人事处、科研处"])])
        sums = [sum(one[place] for one in numbers) for place in (0, 1)]
        rows.append(["合计", "", say("清单内容", "项", sums[0]), say("发布信息", "条", sums[1]), ""])
    elif kind == "ways":
        rows = [["事项", "网站（条）", "公开栏（条）", "广播（次）"]]
        for name in _TOWN[: 3 + seed]:
            rows.append(
                [
                    name,
                    say(f"{name}网站", "条", some()),
                    say(f"{name}公开栏", "条", some()),
                    say(f"{name}广播", "次", some()),
                ]
            )
    elif kind == "units":
        rows = [["工作内容", "计量单位", "数量", "备注"]]
        rows += [[name, unit, say(name, unit, some()), "年末数"] for name, unit in _ACTS[: 3 + seed]]
    elif kind == "years":  # of another year than the report's nothing is said
        rows = [["项目名称", "2014年（件）", "2015年（件）"]]
        rows += [[name, str(some() + 2), say(name, "件", some() + 2)] for name in _TOWN[: 3 + seed]]
    else:
        rows = [["村（社区）", "公示（次）", "联系电话"]]
        rows += [
            [f"{name}村", say(f"{name}村公示", "次", some()), f"0570{random.randint(1000000, 9999999)}"]
            for name in ("石桥", "上塘", "竹溪", "南坑")[: 2 + seed]
        ]
    return Made(rows, known)  # fmt: skip


def report(made: Made, layout: str) -> Document:
    """A report of 2015 with the table at its end."""
    body = [
        "青溪镇人民政府2015年政府信息公开工作年度报告",
        "一、概述",
        "本年度公开信息较为全面，群众反映良好。",
        "附件：有关情况一览",
    ]
    after = ["联系人：王五", "2016年2月3日"]
    if layout == "html":
        rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in made.rows)
        lines = "".join(f"<p>{line}</p>" for line in body)
        rest = "".join(f"<p>{line}</p>" for line in after)
        page = f"<html><head><meta charset='utf-8'></head><body>{lines}<table border='1'>{rows}</table>{rest}</body></html>"
        return read_bytes(page.encode(), name="made.html")
    keeps = layout in ("tabs", "pipes")
    rows_ = [[cell for cell in row if cell or keeps] for row in made.rows]
    between, end = {
        "lines": ("\n", "\n"), "apart": ("\n\n", "\n\n"), "tabs": ("\t", "\n"), "pipes": (" | ", "\n"), "spaces": (" ", "\n"), "bars": (" |\n", " |\n"),
    }[layout]  # fmt: skip
    return read_text("\n".join([*body, end.join(between.join(row) for row in rows_), "", *after]))
