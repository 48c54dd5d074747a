"""Figures of sections two to four whose sums hold, and the tables of the form that print them."""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

Key = tuple[str, str]

APPLICANTS = ["natural", "enterprise", "research", "nonprofit", "legal", "other", "total"]
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RESULTS = ["upheld", "corrected", "other", "pending", "total"]
RESULT_HEADS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
GROUPS = {"review": "行政复议", "suit_direct": "未经复议直接起诉", "suit_after_review": "复议后起诉"}

# code, category cell or "", label
ROWS = [
    ("new", "", "一、本年新收政府信息公开申请数量"),
    ("carried_in", "", "二、上年结转政府信息公开申请数量"),
    ("disclosed", "三、本年度办理结果", "（一）予以公开"),
    ("partly", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("refuse_1", "（三）不予公开", "1.属于国家秘密"),
    ("refuse_2", "", "2.其他法律行政法规禁止公开"),
    ("refuse_3", "", "3.危及“三安全一稳定”"),
    ("refuse_4", "", "4.保护第三方合法权益"),
    ("refuse_5", "", "5.属于三类内部事务信息"),
    ("refuse_6", "", "6.属于四类过程性信息"),
    ("refuse_7", "", "7.属于行政执法案卷"),
    ("refuse_8", "", "8.属于行政查询事项"),
    ("unable_1", "（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("unable_2", "", "2.没有现成信息需要另行制作"),
    ("unable_3", "", "3.补正后申请内容仍不明确"),
    ("ignore_1", "（五）不予处理", "1.信访举报投诉类申请"),
    ("ignore_2", "", "2.重复申请"),
    ("ignore_3", "", "3.要求提供公开出版物"),
    ("ignore_4", "", "4.无正当理由大量反复申请"),
    ("ignore_5", "", "5.要求行政机关确认或重新出具已获取信息"),
    ("other", "", "（六）其他处理"),
    ("other_1", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_2", "", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_3", "", "3.其他"),
    ("total", "", "（七）总计"),
    ("carried_out", "", "四、结转下年度继续办理"),
]
ITEMS = {
    "2021": [
        ("一", ["本年制发件数", "本年废止件数", "现行有效件数"], ["made", "repealed", "in_force"],
         [("s2.1.rules", "规章"), ("s2.1.normative", "行政规范性文件")]),
        ("五", ["本年处理决定数量"], ["decisions"], [("s2.5.licence", "行政许可")]),
        ("六", ["本年处理决定数量"], ["decisions"], [("s2.6.penalty", "行政处罚"), ("s2.6.coercion", "行政强制")]),
        ("八", ["本年收费金额（单位：万元）"], ["amount"], [("s2.8.fee", "行政事业性收费")]),
    ],
    "2019": [
        ("一", ["本年新制作数量", "本年新公开数量", "对外公开总数量"], ["made", "published", "in_force"],
         [("s2.1.rules", "规章"), ("s2.1.normative", "规范性文件")]),
        ("五", ["上一年项目数量", "本年增/减", "处理决定数量"], ["previous", "change", "decisions"],
         [("s2.5.licence", "行政许可"), ("s2.5.other", "其他对外管理服务事项")]),
        ("六", ["上一年项目数量", "本年增/减", "处理决定数量"], ["previous", "change", "decisions"],
         [("s2.6.penalty", "行政处罚"), ("s2.6.coercion", "行政强制")]),
        ("八", ["上一年项目数量", "本年增/减"], ["previous", "change"], [("s2.8.fee", "行政事业性收费")]),
        ("九", ["采购项目数量", "采购总金额"], ["projects", "amount"], [("s2.9.procurement", "政府集中采购")]),
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A table: header rows and body rows of cells, the body's as (labels, values)."""

    title: str
    header: list[list[str]]
    body: list[tuple[list[str], list[str]]]


@dataclass(frozen=True)
class Facts:
    edition: str
    values: dict[Key, Decimal]
    blanks: frozenset[Key] = field(default_factory=frozenset)

    @property
    def expected(self) -> dict[Key, Decimal]:
        return {key: value for key, value in self.values.items() if key not in self.blanks}


def facts(
    seed: int, edition: str, *, size: int = 40, blanks: float = 0.0, error: bool = False, falls: float = 0.0
) -> Facts:
    """Figures whose sums hold; ``size`` is the largest cell, ``blanks`` the share of zero cells left blank."""
    random = Random(f"{seed}/{edition}/{size}")
    values: dict[Key, Decimal] = {}
    results = [
        code for code, _, _ in form_rows(edition) if code not in ("new", "carried_in", "total", "carried_out")
    ]
    cells: dict[tuple[str, str], int] = {}
    for code in results:
        for column in APPLICANTS[:-1]:
            weight = 0.5 if column == "natural" else 0.12
            cells[code, column] = random.randint(1, size) if random.random() < weight else 0
    for column in APPLICANTS[:-1]:
        cells["total", column] = sum(cells[code, column] for code in results)
        cells["carried_out", column] = random.choice([0, 0, random.randint(0, size)])
        due = cells["total", column] + cells["carried_out", column]
        cells["carried_in", column] = random.randint(0, min(due, size // 4))
        cells["new", column] = due - cells["carried_in", column]
    for code, _, _ in form_rows(edition):
        cells[code, "total"] = sum(cells[code, column] for column in APPLICANTS[:-1])
        for column in APPLICANTS:
            values[f"s3.{code}", column] = Decimal(cells[code, column])
    if error:
        code = random.choice(results)
        values[f"s3.{code}", "total"] += 1
    for group in GROUPS:
        parts = [random.choice([0, random.randint(0, size)]) for _ in RESULTS[:-1]]
        for name, value in zip(RESULTS, [*parts, sum(parts)], strict=True):
            values[f"s4.{group}.{name}", ""] = Decimal(value)
    for _, _, columns, rows in ITEMS[edition]:
        for row, _ in rows:
            for column in columns:
                value = Decimal(random.choice([0, random.randint(0, size * 30)]))
                if column == "amount" and random.random() < 0.5:
                    value += Decimal("0.5")
                if column == "change" and random.random() < falls:
                    value = -value
                values[f"{row}.{column}", ""] = value
    empty = frozenset(key for key in sorted(values) if values[key] == 0 and random.random() < blanks)
    return Facts(edition, values, empty)


def form_rows(edition: str) -> list[tuple[str, str, str]]:
    if edition == "2021":
        return [row for row in ROWS if row[0] != "other"]
    return [row for row in ROWS if not row[0].startswith("other_")]


@dataclass(frozen=True)
class Style:
    """How numbers are printed."""

    zero: str = "0"
    thousands: str = ""  # what parts thousands
    wide: bool = False  # full-width digits
    signs: str = "plain"  # of changes: "plain" -3, "plus" +3, "words" 增加3
    unit: str = ""  # after counts
    blank: str = ""  # in a blank cell

    def number(self, key: Key, value: Decimal) -> str:
        """The number of a cell as it is printed."""
        text = f"{abs(value):,}".replace(",", self.thousands) if self.thousands else str(abs(value))
        if key[0].endswith(".change"):
            before = {"plain": ("", "-"), "plus": ("+", "-"), "words": ("增加", "减少")}[self.signs][
                value < 0
            ]
            text = text if value == 0 else before + text
        elif value == 0:
            text = self.zero
        if not key[0].endswith(".amount") and text[-1:].isdigit():
            text += self.unit
        return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")) if self.wide else text


def _printed(known: Facts, key: Key, style: Style) -> str:
    return style.blank if key in known.blanks else style.number(key, known.values[key])


def blocks(known: Facts, style: Style = Style()) -> dict[str, list[Block]]:
    """The tables of sections two, three and four."""
    two = [
        Block(
            f"第二十条第（{item}）项",
            [["信息内容", *heads]],
            [
                ([label], [_printed(known, (f"{row}.{column}", ""), style) for column in columns])
                for row, label in rows
            ],
        )
        for item, heads, columns, rows in ITEMS[known.edition]
    ]
    three = Block(
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        [["申请人情况"], ["自然人", "法人或其他组织", "总计"], HEADS[1:-1]],
        [
            (
                [text for text in (category, label) if text],
                [_printed(known, (f"s3.{code}", column), style) for column in APPLICANTS],
            )
            for code, category, label in form_rows(known.edition)
        ],
    )
    keys = [(f"s4.{group}.{name}", "") for group in GROUPS for name in RESULTS]
    four = Block(
        "",
        [["行政复议", "行政诉讼"], [*RESULT_HEADS, "未经复议直接起诉", "复议后起诉"], RESULT_HEADS * 2],
        [([], [_printed(known, key, style) for key in keys])],
    )
    return {"s2": two, "s3": [three], "s4": [four]}
