"""The form as text that programs lay out: cells padded to the width of their column, in boxes or between spaces."""

import unicodedata
from collections.abc import Callable

from tests.generator.offices.form import Filled, Report


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _wide(text))


def _cut(text: str, room: int) -> list[str]:
    """Words in lines of so many places."""
    lines = [""]
    for letter in text:
        if _wide(lines[-1] + letter) > room:
            lines.append("")
        lines[-1] += letter
    return lines


def _report(made: Report, table: Callable[[Filled], list[str]]) -> bytes:
    lines = [made.title, *made.opening]
    for one in made.tables:
        lines += [one.title, "", *table(one), ""]
    return "\n".join([*lines, *made.closing]).encode()


def _boxes(one: Filled, corner: str, rule: str, bar: str, room: int) -> list[str]:
    rows = [[_cut(cell.text, room) for cell in row] for row in one.lines()]
    widths = [max(_wide(line) for row in rows for line in row[at]) for at in range(one.width)]
    between = corner + corner.join(rule * (width + 2) for width in widths) + corner
    lines = [between]
    for row in rows:
        for at in range(max(map(len, row))):
            parts = [
                _padded(cell[at] if at < len(cell) else "", width)
                for cell, width in zip(row, widths, strict=True)
            ]
            lines.append(f"{bar} " + f" {bar} ".join(parts) + f" {bar}")
        lines.append(between)
    return lines


def boxed(made: Report) -> bytes:
    """Boxes of signs that every keyboard has, labels over several lines."""
    return _report(made, lambda one: _boxes(one, "+", "-", "|", 12))


def lined(made: Report) -> bytes:
    """Boxes of lines drawn with characters."""
    return _report(made, lambda one: _boxes(one, "┼", "─", "│", 16))


def padded(made: Report) -> bytes:
    """No rules: columns as wide as their widest cell and spaces between."""

    def table(one: Filled) -> list[str]:
        rows = [[cell.text for cell in row] for row in one.lines()]
        widths = [max(_wide(row[at]) for row in rows) for at in range(one.width)]
        return [
            "   ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]

    return _report(made, table)


def _cells(made: Report, apart: str, blank: str, end: str) -> bytes:
    """Every cell on a line of its own, also a blank one; ``end`` stands for the line break."""
    lines = [made.title, *made.opening]
    for one in made.tables:
        lines += [one.title, *(cell.text or blank for row in one.rows for cell in row)]
    return apart.join([*lines, *made.closing]).replace("\n", end).encode()


def cell_lines(made: Report) -> bytes:
    """Blank lines for blank cells."""
    return _cells(made, "\n", "", "\n")


def cell_lines_spaced(made: Report) -> bytes:
    """Lines of spaces for blank cells, in a file of another system."""
    return _cells(made, "\n", " \u3000\u200b", "\r\n")


def cell_lines_apart(made: Report) -> bytes:
    """A blank line between all cells, blank or not."""
    return _cells(made, "\n\n", "", "\n")


def cell_lines_after(made: Report) -> bytes:
    """A blank line after each cell that holds something, so that a blank cell is one more."""
    parts = [f"{line}\n\n" for line in (made.title, *made.opening)]
    for one in made.tables:
        parts.append(f"{one.title}\n\n")
        parts += [f"{cell.text}\n\n" if cell.text else "\n" for row in one.rows for cell in row]
    return "".join([*parts, *(f"{line}\n\n" for line in made.closing)]).encode()


FORMS = (boxed, lined, padded, cell_lines, cell_lines_spaced, cell_lines_apart, cell_lines_after)
TEXTS: dict[str, Callable[[Report], bytes]] = {text.__name__: text for text in FORMS}
