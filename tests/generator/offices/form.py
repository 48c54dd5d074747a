"""The official form filled in with known figures: its tables as rows of cells, and the words around them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.generator.facts import APPLICANTS, GROUPS, ITEMS, RESULTS, Facts, form_rows

Print = Callable[[Decimal], str]


@dataclass(frozen=True)
class C:
    """A cell with how many rows down and columns across it reaches; ``figure`` where it holds one."""

    text: str
    down: int = 1
    across: int = 1
    figure: bool = False


@dataclass(frozen=True)
class Filled:
    """A table of the form, ``title`` being the heading above it; ``heads`` rows at its top hold no figures."""

    title: str
    rows: tuple[tuple[C, ...], ...]
    heads: int

    @property
    def width(self) -> int:
        return sum(cell.across for cell in self.rows[0])

    def placed(self) -> list[tuple[C, int, int]]:
        """Every cell with the row and the column where it begins."""
        taken: set[tuple[int, int]] = set()
        cells = []
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                cells.append((cell, number, column))
                taken |= {(number + i, column + j) for i in range(cell.down) for j in range(cell.across)}
                column += cell.across
        return cells

    def matrix(self) -> list[list[C]]:
        """The table with every merged cell in each place it covers."""
        grid = [[C("")] * self.width for _ in self.rows]
        for cell, row, column in self.placed():
            for i in range(row, min(row + cell.down, len(grid))):
                grid[i][column : column + cell.across] = [cell] * cell.across
        return grid

    def lines(self) -> list[list[C]]:
        """The table row by row, a merged cell only where it begins and blanks where it goes on."""
        grid = [[C("")] * self.width for _ in self.rows]
        for cell, row, column in self.placed():
            grid[row][column] = cell
        return grid

    def mapped(self, change: Callable[[C], str]) -> "Filled":
        """The same table with other words."""
        return replace(
            self, rows=tuple(tuple(replace(cell, text=change(cell)) for cell in row) for row in self.rows)
        )

    def cut(self, after: int, *, again: bool) -> tuple["Filled", "Filled"]:
        """Two tables, the second with or without the header; a cell that both share begins anew in each."""
        grid: list[list[C]] = [[] for _ in self.rows]
        low: list[list[C]] = [[] for _ in self.rows]
        for cell, row, _ in self.placed():
            if row < after:
                grid[row].append(replace(cell, down=min(cell.down, after - row)))
                if row + cell.down > after:
                    low[after].append(replace(cell, text="", down=row + cell.down - after))
            else:
                low[row].append(cell)
        head = self.rows[: self.heads] if again else ()
        first = replace(self, rows=tuple(tuple(row) for row in grid[:after]))
        rest = tuple(tuple(row) for row in low[after:])
        return first, Filled("", (*head, *rest), self.heads if again else 0)


@dataclass(frozen=True)
class Report:
    """What is printed, in order: paragraphs before the tables, the tables, paragraphs after them."""

    title: str
    opening: tuple[str, ...]
    tables: tuple[Filled, ...]
    closing: tuple[str, ...]
    known: Facts

    def mapped(self, change: Callable[[C], str]) -> "Report":
        """The same report with other words in its cells."""
        return replace(self, tables=tuple(table.mapped(change) for table in self.tables))


TITLE = "青禾市水务局{year}年政府信息公开工作年度报告"
OPENING = (
    "本年度报告由青禾市水务局按照《中华人民共和国政府信息公开条例》的要求编制，所列数据的统计期限为当年1月1日至12月31日。",
    "一、总体情况",
    "一年来，我局把公开透明贯穿于供水、排水和河湖管理的各个环节，群众关心的停水通知、水质检测结果都在第一时间发布。",
    "遇到重大工程项目，先在网上听取意见，再形成方案，让附近的居民看得到、听得懂、能监督。",
)
CLOSING = (
    "五、存在的主要问题及改进情况",
    "一是部分栏目更新不够及时，基层站所的信息员更替频繁；二是解读材料文字偏多，图表偏少。",
    "下一步，我局将明确专人负责，把更新时限写进岗位职责，并请一线人员参与解读材料的制作。",
    "六、其他需要报告的事项",
    "本年度没有收取信息处理费，也没有其他需要报告的事项。",
)
SECTIONS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
KINDS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
ENDS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
DEPTH = {"refuse_1": 8, "unable_1": 3, "ignore_1": 5, "other_1": 3}


def report(known: Facts, show: Print = str) -> Report:
    """The form filled in; ``show`` prints a figure."""

    def figure(indicator: str, applicant: str = "") -> C:
        value = known.values[indicator, applicant]
        return C("" if (indicator, applicant) in known.blanks else show(value), figure=True)

    tables = (_matters(known, figure), _requests(known, figure), _appeals(figure))
    return Report(TITLE.format(year=known.edition), OPENING, tables, CLOSING, known)


def _matters(known: Facts, figure: Callable[..., C]) -> Filled:
    width = max(len(heads) for _, heads, _, _ in ITEMS[known.edition])
    rows: list[tuple[C, ...]] = []
    for item, heads, columns, lines in ITEMS[known.edition]:
        spare = width - len(heads) + 1
        rows.append((C(f"第二十条第（{item}）项", across=width + 1),))
        rows.append((C("信息内容"), *map(C, heads[:-1]), C(heads[-1], across=spare)))
        for row, label in lines:
            cells = [figure(f"{row}.{column}") for column in columns]
            rows.append((C(label), *cells[:-1], replace(cells[-1], across=spare)))
    return Filled(SECTIONS[0], tuple(rows), 0)


def _requests(known: Facts, figure: Callable[..., C]) -> Filled:
    rows: list[tuple[C, ...]] = [
        (C(NOTE, 3, 3), C("申请人情况", across=7)),
        (C("自然人", 2), C("法人或其他组织", across=5), C("总计", 2)),
        tuple(map(C, KINDS)),
    ]
    lines = form_rows(known.edition)
    for code, group, label in lines:
        cells: list[C] = []
        if code == "disclosed":
            cells.append(C("三、本年度办理结果", len(lines) - 3))
        elif code in DEPTH:
            cells.append(C(group, DEPTH[code]))
        across = 3 if code in ("new", "carried_in", "carried_out") else 1 if "_" in code else 2
        rows.append((*cells, C(label, across=across), *(figure(f"s3.{code}", name) for name in APPLICANTS)))
    return Filled(SECTIONS[1], tuple(rows), 3)


def _appeals(figure: Callable[..., C]) -> Filled:
    rows = (
        (C("行政复议", across=5), C("行政诉讼", across=10)),
        (
            *(C(end, 2) for end in ENDS),
            C("未经复议直接起诉", across=5),
            C("复议后起诉", across=5),
        ),
        tuple(map(C, ENDS * 2)),
        tuple(figure(f"s4.{group}.{name}") for group in GROUPS for name in RESULTS),
    )
    return Filled(SECTIONS[2], rows, 3)
