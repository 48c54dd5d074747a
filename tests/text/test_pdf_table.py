"""Characters go to the cells of a ruled table by where they stand."""

import pytest

from kg.text.pdf_lines import Glyph
from kg.text.pdf_table import Ruled, fill, join_across
from kg.text.raw import GridCell
from kg.text.traced import Traced


@pytest.mark.parametrize(
    ("middle", "cells"),
    [
        (15.0, ["2", ""]),
        (20.4, ["", "2"]),  # a narrow digit right behind the ruling line
        (19.6, ["2", ""]),
        (40.7, ["", "2"]),  # on the outer line
        (42.0, ["", ""]),
    ],
)
def test_a_digit_beside_a_line_is_of_the_cell_that_holds_it(middle: float, cells: list[str]) -> None:
    table = Ruled(
        1,
        (0.0, 20.0, 40.0),
        1,
        ((0.0, 0.0, 20.0, 10.0), (20.0, 0.0, 40.0, 10.0)),
        tuple(GridCell(Traced.of(""), 0, column) for column in range(2)),
    )
    digit = Glyph("2", 0, middle - 2, 2.0, middle + 2, 8.0)
    tables = [item for item in fill([digit], [table]) if isinstance(item, Ruled)]
    assert [cell.text.text for one in tables for cell in one.cells] == (cells if any(cells) else [])


def _ruled(
    page: int, rows: list[list[str | None]], edges: tuple[float, ...] = (0.0, 20.0, 40.0, 60.0)
) -> Ruled:
    """A table of one page from its words, None where a cell above or beside goes on."""
    cells = tuple(
        GridCell(Traced.of(words), row, column)
        for row, line in enumerate(rows)
        for column, words in enumerate(line)
        if words is not None
    )
    return Ruled(page, edges, len(rows), (), cells)


@pytest.mark.parametrize(
    ("above", "below", "wanted"),
    [
        # a label of two rows that a page break parts goes on below
        (["（乙）其他情形", "1.不予受理", "3"], ["", "2.逾期未补充材料", "5"], ["2.逾期未补充材料", "5"]),
        # values, in words or figures, do not
        (["不予受理", "无", "无"], ["逾期未补充材料", "", "无"], ["逾期未补充材料", "", "无"]),
        (["不予受理", "无", "4件"], ["逾期未补充材料", "6件", ""], ["逾期未补充材料", "6件", ""]),
        (["不予受理", "无", "4件"], ["逾期未补充材料", "", ""], ["逾期未补充材料", "", ""]),
        # nor do heads of columns above figures
        (["维持结果", "纠正结果", "合计"], ["", "2", "2"], ["", "2", "2"]),
        (["维持结果", "纠正结果", "合计"], ["", "2件", "2件"], ["", "2件", "2件"]),
        (["维持结果", "纠正结果", "合计"], ["", "没有", "没有"], ["", "没有", "没有"]),
    ],
)
def test_what_is_blank_below_a_page_break_stays_blank_unless_it_stands_before_a_label(
    above: list[str], below: list[str], wanted: list[str]
) -> None:
    (whole,) = join_across([_ruled(0, [above]), _ruled(1, [below])])
    assert isinstance(whole, Ruled)
    assert [cell.text.text for cell in whole.cells if cell.row == 1] == wanted
