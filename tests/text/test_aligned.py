"""Tables that only places tell of, as a word processor prints them without lines: each figure in its cell, whole."""

import pytest

from kg.text.aligned import Chunk, find_aligned
from kg.text.traced import Traced

Placed = tuple[str, float, float]  # words, how far to the right, how far down
Cells = list[list[str]]


def chunk(words: str, left: float, top: float) -> Chunk:
    return Chunk(Traced.of(words), left, left + 5.0 * len(words), top, top + 8.0)


CASES: list[tuple[list[list[Placed]], Cells]] = [
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
]  # fmt: skip


@pytest.mark.parametrize(("rows", "cells"), CASES)
def test_each_figure_stands_in_its_cell(rows: list[list[Placed]], cells: Cells) -> None:
    (found,) = find_aligned([[chunk(*one) for one in row] for row in rows])
    grid = [[""] * found.grid.columns for _ in range(found.grid.rows)]
    for cell in found.grid.cells:
        grid[cell.row][cell.column] = cell.text.text
    assert grid[-len(cells) + 1 :] == cells[1:]
    assert (found.start, found.end) == (0, len(rows))
