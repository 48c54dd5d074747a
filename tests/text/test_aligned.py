"""Tables that only places tell of, as a word processor prints them without lines: each figure in its cell, whole."""

import pytest

from kg.text.aligned import Chunk, find_aligned
from kg.text.traced import Traced

Placed = tuple[str, float, float]  # words, how far to the right, how far down
Cells = list[list[str]]


def chunk(words: str, left: float, top: float) -> Chunk:
    return Chunk(Traced.of(words), left, left + 5.0 * len(words), top, top + 8.0)


CASES: list[tuple[list[list[Placed]], Cells]] = [
    # A row of nothing but words for none is a row of figures.
    (
        [[("事项", 0, 0), ("甲", 80, 0), ("乙", 110, 0), ("丙", 140, 0)],
         [("1.来件", 0, 20), ("12", 80, 20), ("3", 110, 20), ("15", 140, 20)],
         [("2.转件", 0, 40), ("无", 80, 40), ("无", 140, 40)], [("3.退件", 0, 60), ("2", 80, 60), ("2", 140, 60)]],
        [["", "甲", "乙", "丙"], ["1.来件", "12", "3", "15"], ["2.转件", "无", "", "无"], ["3.退件", "2", "", "2"]],
    ),
    # A numbered label over a numbered one is of a row whose cells are blank.
    (
        [[("事项", 0, 0), ("甲", 100, 0), ("乙", 130, 0)], [("1.来件", 0, 20), ("12", 100, 20), ("3", 130, 20)],
         [("2.转件而无下文", 0, 40)], [("3.退件", 0, 60), ("2", 100, 60), ("5", 130, 60)]],
        [["", "甲", "乙"], ["1.来件", "12", "3"], ["2.转件而无下文", "", ""], ["3.退件", "2", "5"]],
    ),
    # A figure is no end of the one above it where the row has one further left.
    (
        [[("事项", 0, 0), ("甲", 80, 0), ("乙", 110, 0), ("丙", 140, 0)],
         [("重复来件", 0, 20), ("22", 110, 20), ("22", 140, 20)], [("0", 80, 34), ("0", 140, 34)],
         [("另件", 0, 60), ("1", 80, 60), ("1", 140, 60)]],
        [["", "甲", "乙", "丙"], ["重复来件", "", "22", "22"], ["", "0", "", "0"], ["另件", "1", "", "1"]],
    ),
    # Numbers and units that a narrow column breaks.
    (
        [[("事项", 0, 0), ("甲", 80, 0), ("乙", 110, 0)],
         [("一、受理", 0, 20), ("1449", 80, 20), ("31件", 110, 20)], [("数量", 0, 32), ("1", 80, 32)],
         [("二、办结", 0, 60), ("12", 80, 60), ("1,07", 110, 60)], [("4件", 110, 72)]],
        [["", "甲", "乙"], ["一、受理数量", "14491", "31件"], ["二、办结", "12", "1,074件"]],
    ),
    # Nought in a word is a figure; figures of ragged columns stand under the heads in order.
    (
        [[("内容", 0, 0), ("上年", 60, 0), ("增减", 110, 0), ("决定", 160, 0)],
         [("收费", 0, 20), ("无", 30, 20), ("0", 80, 20), ("58", 120, 20)],
         [("很长的名称事项", 0, 40), ("17", 62, 40), ("无", 112, 40), ("5", 162, 40)]],
        [["", "上年", "增减", "决定"], ["收费", "无", "0", "58"], ["很长的名称事项", "17", "无", "5"]],
    ),
    # A label over and under its figures, longer than a cell of one line is, keeps them from left to right.
    (
        [[("事项", 0, 0), ("甲", 130, 0), ("乙", 150, 0), ("丙", 170, 0)],
         [("1.来件已经撤回", 40, 20), ("1", 130, 20), ("2", 150, 20), ("3", 170, 20)],
         [("2.来件所附材料经两次通知仍然不齐而且未说明", 22, 40)],
         [("4", 130, 46), ("5", 150, 46), ("9", 170, 46)],
         [("缘由、本单位依照有关规定不再继续处理该件", 22, 52)]],
        [["", "甲", "乙", "丙"], ["1.来件已经撤回", "1", "2", "3"],
         ["2.来件所附材料经两次通知仍然不齐而且未说明缘由、本单位依照有关规定不再继续处理该件", "4", "5", "9"]],
    ),
    # The label of a group of rows, one line of it beside figures, is no part of the label of a row.
    (
        [[("事项", 0, 0), ("甲", 130, 0), ("乙", 150, 0)],
         [("1.来件已经撤回", 40, 20), ("1", 130, 20), ("3", 150, 20)],
         [("（丙）", 0, 34)],
         [("2.来件材料经通知", 40, 40)],
         [("另办", 2, 46), ("4", 130, 46), ("9", 150, 46)],
         [("仍然不齐", 45, 52)]],
        [["", "", "甲", "乙"], ["", "1.来件已经撤回", "1", "3"], ["", "（丙）", "", ""],
         ["另办", "2.来件材料经通知仍然不齐", "4", "9"]],
    ),
    # A row that stands no closer than rows do is no end of the figures above, though it has fewer.
    (
        [[("事项", 0, 0), ("甲", 60, 0), ("乙", 90, 0), ("丙", 120, 0)],
         [("报刊", 0, 12), ("258", 60, 12), ("226", 90, 12), ("7", 120, 12)],
         [("广播电视", 0, 24), ("0", 60, 24), ("61", 90, 24)]],
        [["", "甲", "乙", "丙"], ["报刊", "258", "226", "7"], ["广播电视", "0", "61", ""]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "cells"), CASES)
def test_each_figure_stands_in_its_cell(rows: list[list[Placed]], cells: Cells) -> None:
    (found,) = find_aligned([[chunk(*one) for one in row] for row in rows])
    grid = [[""] * found.grid.columns for _ in range(found.grid.rows)]
    for cell in found.grid.cells:
        grid[cell.row][cell.column] = cell.text.text
    assert grid[-len(cells) + 1 :] == cells[1:]
    assert (found.start, found.end) == (0, len(rows))


def test_what_stands_as_far_below_as_rows_do_is_no_label() -> None:
    """The title of the next table does not end the last label, which one that stands close does."""
    rows: list[list[Placed]] = [
        [("事项", 0, 0), ("甲", 60, 0), ("乙", 90, 0)],
        [("报刊", 0, 15), ("25", 60, 15), ("22", 90, 15)],
        [("广播", 0, 30), ("1", 60, 30), ("6", 90, 30)],
    ]
    for title, end in ((("下一张表", 0, 45), 3), (("电视", 0, 40), 4)):
        (found,) = find_aligned([[chunk(*one) for one in row] for row in [*rows, [title]]])
        assert found.end == end


def test_the_rest_of_a_table_on_the_next_page() -> None:
    """Its only row may have blank cells, if its figures stand right under the columns of the page before."""
    (row,) = [[chunk("四、结转", 0, 0), chunk("4", 80, 0), chunk("16", 138, 0)]]
    (found,) = find_aligned([row], [82.0, 112.0, 143.0])
    assert [cell.text.text for cell in found.grid.cells] == ["四、结转", "4", "", "16"]
    assert not find_aligned([row], [82.0, 112.0, 170.0])
