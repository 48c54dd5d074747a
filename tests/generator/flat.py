"""Tables written as text in every layout in which reports are published, and what befalls their labels."""

from collections.abc import Callable
from random import Random

from tests.generator.facts import Block

TITLES = {
    "s2": "二、主动公开政府信息情况",
    "s3": "三、收到和处理政府信息公开申请情况",
    "s4": "四、政府信息公开行政复议、行政诉讼情况",
}


def _lines(tables: dict[str, list[Block]], table: Callable[[Block], str]) -> str:
    parts = []
    for name, title in TITLES.items():
        parts.append(title)
        parts.extend(table(block) for block in tables[name])
    return "\n".join(parts) + "\n"


def _all_rows(block: Block) -> list[list[str]]:
    title = [[block.title]] if block.title else []
    return [*title, *block.header, *([*labels, *values] for labels, values in block.body)]


def cell_a_line(tables: dict[str, list[Block]]) -> str:
    return _lines(tables, lambda block: "\n".join(cell for row in _all_rows(block) for cell in row if cell))


def row_a_line(tables: dict[str, list[Block]]) -> str:
    return _lines(
        tables, lambda block: "\n".join(" ".join(cell for cell in row if cell) for row in _all_rows(block))
    )


def wide_spaces(tables: dict[str, list[Block]]) -> str:
    return _lines(
        tables, lambda block: "\n".join("   ".join(cell for cell in row if cell) for row in _all_rows(block))
    )


def tabs(tables: dict[str, list[Block]]) -> str:
    return _lines(tables, lambda block: "\n".join("\t".join(row) for row in _all_rows(block)))


def pipes(tables: dict[str, list[Block]]) -> str:
    return _lines(tables, lambda block: "\n".join("| " + " | ".join(row) + " |" for row in _all_rows(block)))


def trailing_pipes(tables: dict[str, list[Block]]) -> str:
    return _lines(
        tables, lambda block: "\n".join("".join(f"{cell}|" for cell in row) for row in _all_rows(block))
    )


def double_pipes(tables: dict[str, list[Block]]) -> str:
    return _lines(
        tables,
        lambda block: "\n".join("".join(f"{cell or ' '} || " for cell in row) for row in _all_rows(block)),
    )


def one_line(tables: dict[str, list[Block]]) -> str:
    return " ".join(
        _lines(
            tables, lambda block: " ".join(cell for row in _all_rows(block) for cell in row if cell)
        ).split("\n")
    )


def undelimited(tables: dict[str, list[Block]]) -> str:
    return _lines(tables, lambda block: "".join(cell for row in _all_rows(block) for cell in row))


def values_below(tables: dict[str, list[Block]]) -> str:
    """Each label on its lines, its figures on the next."""

    def table(block: Block) -> str:
        lines = [" ".join(row) for row in ([block.title], *block.header) if any(row)]
        for labels, values in block.body:
            lines += [*labels, " ".join(value for value in values if value)]
        return "\n".join(lines)

    return _lines(tables, table)


def values_inside(tables: dict[str, list[Block]]) -> str:
    """Long labels broken in two lines with the figures between, as text drawn from a page stands."""

    def table(block: Block) -> str:
        lines = [" ".join(row) for row in ([block.title], *block.header) if any(row)]
        for labels, values in block.body:
            figures = " ".join(value for value in values if value)
            if labels and len(labels[-1]) >= 12:
                middle = len(labels[-1]) * 2 // 3
                lines += [*labels[:-1], labels[-1][:middle], figures, labels[-1][middle:]]
            else:
                lines.append(" ".join([*labels, figures]))
        return "\n".join(lines)

    return _lines(tables, table)


def cells_apart(tables: dict[str, list[Block]]) -> str:
    """A cell a line with an empty line after each, as pages whose cells hold paragraphs are copied."""
    return cell_a_line(tables).replace("\n", "\n\n")


def cell_and_bar(tables: dict[str, list[Block]]) -> str:
    """A cell a line with a bar after it; a blank cell is a bar alone."""
    return _lines(
        tables,
        lambda block: "\n".join(f"{cell} |".strip() for row in _all_rows(block) for cell in row),
    )


def bar_and_cell(tables: dict[str, list[Block]]) -> str:
    """A cell a line with a bar before each but the first of its row, and a bar alone at its end."""

    def row_of(row: list[str]) -> str:
        return "\n".join([row[0], *(f"| {cell}".strip() for cell in row[1:]), "|"])

    return _lines(tables, lambda block: "\n".join(row_of(row) for row in _all_rows(block) if row))


def broken_bars(tables: dict[str, list[Block]]) -> str:
    """A row a line with a bar after each cell, where a blank cell breaks the line."""

    def row_of(row: list[str]) -> str:
        return "".join(f"{cell} | " if cell else "\n| " for cell in row).replace(" \n", "\n").rstrip()

    return _lines(tables, lambda block: "\n".join(row_of(row) for row in _all_rows(block)))


def markdown(tables: dict[str, list[Block]]) -> str:
    """Pipes with a rule under the first row; rows are filled up to the width of the table."""

    def table(block: Block) -> str:
        rows = _all_rows(block)
        width = max(map(len, rows))
        full = [[*row, *[""] * (width - len(row))] for row in rows]
        lines = ["| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in full]
        return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])

    return _lines(tables, table)


def no_breaks(tables: dict[str, list[Block]]) -> str:
    """Everything in one line with nothing between the cells."""
    return undelimited(tables).replace("\n", "")


LAYOUTS = {
    layout.__name__: layout
    for layout in (
        cell_a_line, row_a_line, wide_spaces, tabs, pipes, trailing_pipes, double_pipes, one_line, undelimited, values_below,
        values_inside, cells_apart, cell_and_bar, bar_and_cell, broken_bars, markdown, no_breaks,
    )
}  # fmt: skip
KEEPS_BLANKS = (
    "tabs", "pipes", "trailing_pipes", "double_pipes", "cell_and_bar", "bar_and_cell", "broken_bars", "markdown"
)  # fmt: skip
GLUED = ("undelimited", "no_breaks")


# ---------------------------------------------------------------- what befalls labels


def _labels(
    tables: dict[str, list[Block]], change: Callable[[str], str], heads: bool = True
) -> dict[str, list[Block]]:
    return {
        name: [
            Block(
                block.title,
                [[change(cell) if heads else cell for cell in row] for row in block.header],
                [([change(cell) for cell in labels], values) for labels, values in block.body],
            )
            for block in group
        ]
        for name, group in tables.items()
    }


def split_labels(tables: dict[str, list[Block]], seed: int) -> dict[str, list[Block]]:
    """Labels broken over lines: 商业/企业, 三、本/年度/办理/结果."""
    return _labels(
        tables,
        lambda text: "\n".join(text[i : i + 4] for i in range(0, len(text), 4)) if len(text) > 3 else text,
    )


def spaced_words(tables: dict[str, list[Block]], seed: int) -> dict[str, list[Block]]:
    random = Random(seed)

    def change(text: str) -> str:
        at = random.randrange(1, len(text)) if len(text) > 1 else 0
        return text if at == 0 or text[at - 1].isdigit() else text[:at] + " " + text[at:]

    return _labels(tables, change)


def misspelt(tables: dict[str, list[Block]], seed: int) -> dict[str, list[Block]]:
    """A wrong or a lost character in one label of three."""
    random = Random(seed)

    def change(text: str) -> str:
        if len(text) < 8 or random.random() > 0.34:
            return text
        at = random.randrange(len(text) // 2, len(text) - 1)
        return text[:at] + random.choice(["", "甲"]) + text[at + 1 :]

    return _labels(tables, change, heads=False)


def noted(tables: dict[str, list[Block]], seed: int) -> dict[str, list[Block]]:
    """Notes inside labels."""
    random = Random(seed)
    return _labels(
        tables,
        lambda text: text + "（含上年转来2件）" if len(text) > 6 and random.random() < 0.3 else text,
        heads=False,
    )


DAMAGES = {change.__name__: change for change in (split_labels, spaced_words, misspelt, noted)}


def page_numbers(text: str, seed: int) -> str:
    """A page number on a line of its own somewhere among the rows of section three."""
    lines = text.split("\n")
    inside = [
        index
        for index, line in enumerate(lines)
        if any(words in line for words in ("查询事项", "重复申请", "合法权益"))
    ]
    for index in reversed(inside[:1]):
        lines.insert(index, f"— {seed % 9 + 2} —")
    return "\n".join(lines)
