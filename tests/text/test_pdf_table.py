"""Characters go to the cells of a ruled table by where they stand."""

import pytest

from kg.text.pdf_lines import Glyph
from kg.text.pdf_table import Ruled, fill
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
