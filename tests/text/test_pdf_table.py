"""Characters go to the cells of a ruled table by where they stand."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg.text import read_bytes
from kg.text.pdf_aligned import Aligned, lay_out
from kg.text.pdf_joined import join_across
from kg.text.pdf_lines import Glyph, Line, PageLines, make_line, running_lines
from kg.text.pdf_rulings import Box, closed, is_open
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


def _cells(table: Ruled) -> list[tuple[str, int, int, int]]:
    return [(cell.text.text, cell.row, cell.column, cell.rowspan) for cell in table.cells]


@pytest.mark.parametrize(
    ("above", "below", "wanted"),
    [
        # the words of a label on both pages, its values on one of them
        (["1.不予", "4", ""], ["受理", "", ""], ["1.不予受理", "4", ""]),
        (["1.不予", "", ""], ["受理", "", "6件"], ["1.不予受理", "", "6件"]),
        (["1.不予受理", "", ""], ["", "无", "3"], ["1.不予受理", "无", "3"]),
    ],
)
def test_a_row_that_a_page_break_runs_through_is_one(
    above: list[str], below: list[str], wanted: list[str]
) -> None:
    first, second = _ruled(0, [["标签", "甲", "乙"], above]), _ruled(1, [below, ["2.其他", "7", "8"]])
    cut = replace(first, below=frozenset({3, 4, 5})), replace(second, above=frozenset({0, 1, 2}))
    (whole,) = join_across(cut)
    assert isinstance(whole, Ruled)
    assert whole.rows == 3
    rows = [[cell.text.text for cell in whole.cells if cell.row == row] for row in range(3)]
    assert rows == [["标签", "甲", "乙"], wanted, ["2.其他", "7", "8"]]


@pytest.mark.parametrize("figures", [("4", "5"), ("4件", "5件"), ("无", "无")])
def test_two_rows_with_figures_in_one_column_stay_two(figures: tuple[str, str]) -> None:
    first, second = _ruled(0, [["不予受理", figures[0], "6"]]), _ruled(1, [["逾期未补充", figures[1], "7"]])
    every = frozenset(range(3))
    (whole,) = join_across([replace(first, below=every), replace(second, above=every)])
    assert isinstance(whole, Ruled)
    assert [words for words, row, _, _ in _cells(whole) if row == 1][-2:] == [figures[1], "7"]


def test_a_label_beside_rows_that_a_page_break_runs_through_is_one_and_its_rows_are_not() -> None:
    first = replace(_ruled(0, [["办理", "1.予以公开", "4"]]), below=frozenset({0}))
    second = replace(_ruled(1, [["结果", "2.不予公开", ""], [None, "3.其他", "9"]]), above=frozenset({0}))
    (whole,) = join_across([first, second])
    assert isinstance(whole, Ruled)
    assert _cells(whole) == [
        ("办理结果", 0, 0, 2), ("1.予以公开", 0, 1, 1), ("4", 0, 2, 1), ("2.不予公开", 1, 1, 1), ("", 1, 2, 1),
        ("3.其他", 2, 1, 1), ("9", 2, 2, 1),
    ]  # fmt: skip


def _lines(
    across: Sequence[tuple[float, float, float]], downwards: Sequence[float] = (0, 50, 100)
) -> list[Box]:
    return [(left, at, right, at) for at, left, right in across] + [(x, 10, x, 90) for x in downwards]


@pytest.mark.parametrize(
    ("across", "downwards", "heights"),
    [
        ([(10, 0, 100), (50, 0, 100), (90, 0, 100)], (0, 50, 100), []),  # closed on all sides
        ([(10, 0, 100), (50, 0, 100)], (0, 50, 100), [90]),
        ([(50, 0, 100), (90, 0, 100)], (0, 50, 100), [10]),
        ([(10, 0, 100), (50, 50, 100), (90, 50, 100)], (0, 50, 100), [90]),  # closed but for the first column
        ([(10, 0, 52), (10, 50, 100), (90, 0, 100)], (0, 50, 100), []),  # closed by two pieces
        ([(10, 0, 100), (50, 0, 100)], (0, 100), []),  # a frame
    ],
)
def test_lines_that_a_page_break_leaves_out_are_drawn(
    across: list[tuple[float, float, float]], downwards: tuple[float, ...], heights: list[float]
) -> None:
    assert [line[1] for line in closed(_lines(across, downwards))] == heights


def test_a_box_is_open_where_only_the_line_drawn_for_it_closes_it() -> None:
    lines = _lines([(10, 0, 100), (50, 50, 100), (90, 50, 100)])
    ends = closed(lines)
    assert is_open((0, 10, 50, 90), lines, ends, top=False)
    assert not is_open((0, 10, 50, 90), lines, ends, top=True)
    assert not is_open((50, 50, 100, 90), lines, ends, top=False)


def test_a_pdf_with_a_row_on_two_pages_has_it_once() -> None:
    """No line is drawn where the page breaks; the label goes on below, the figures stand above."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)

    def page(words: list[tuple[float, float, str]], across: list[float], top: float, bottom: float) -> None:
        canvas.setFont("STSong-Light", 10)
        for x, y, text in words:
            canvas.drawString(x, y, text)
        for y in across:
            canvas.line(40, y, 340, y)
        for x in (40, 180, 260, 340):
            canvas.line(x, top, x, bottom)
        canvas.showPage()

    page(
        [(60, 270, "各项申请的办理结果如下表所列"), (45, 65, "办理情形"), (185, 65, "自然人"), (265, 65, "总计"), (45, 35, "1.申请人未按要求"),
         (185, 35, "17"), (265, 35, "23")],
        [80, 55], 80, 22,
    )  # fmt: skip
    page(
        [(45, 265, "补充材料"), (45, 240, "2.其他"), (185, 240, "4"), (265, 240, "5"), (60, 100, "以上数据截至年底。")],
        [255, 230], 278, 230,
    )  # fmt: skip
    canvas.save()
    (table,) = read_bytes(out.getvalue(), name="a.pdf").tables
    rows = [[cell.text for cell in table.cells if cell.row == row] for row in range(table.rows)]
    assert rows == [
        ["办理情形", "自然人", "总计"],
        ["1.申请人未按要求补充材料", "17", "23"],
        ["2.其他", "4", "5"],
    ]


def _line(top: float, *words: tuple[str, float]) -> Line:
    """A line of words of ten points, each with where it begins."""
    glyphs = [
        Glyph(letter, 0, left + 10 * at, top, left + 10 * at + 10, top + 10)
        for text, left in words
        for at, letter in enumerate(text)
    ]
    made = make_line(glyphs)
    assert made is not None
    return made


def _laid(*lines: Line) -> list[list[str]]:
    (table,) = [item for item in lay_out(lines)[0] if isinstance(item, Aligned)]
    grid = table.grid()
    return [[cell.text.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def test_a_word_for_none_is_apart_from_what_stands_beside_it_in_narrow_columns() -> None:
    rows = _laid(
        _line(0, ("事项", 0), ("甲", 94), ("乙", 110), ("丙", 126)),
        _line(20, ("来件转办情况如下甲", 0), ("无", 94), ("无", 110), ("7", 126)),
        _line(40, ("其余各件情况如下", 0), ("8", 94), ("无", 110), ("8", 126)),
    )
    assert rows[1:] == [["来件转办情况如下甲", "无", "无", "7"], ["其余各件情况如下", "8", "无", "8"]]


def test_a_label_that_begins_with_a_word_for_none_keeps_it() -> None:
    rows = _laid(
        _line(0, ("事项", 0), ("甲方", 120), ("乙方", 160)),
        _line(20, ("（四）无法办理", 0), ("3", 120), ("4", 160)),
        _line(40, ("无正当缘由", 0), ("5", 120), ("6", 160)),
    )
    assert [row[0] for row in rows[-2:]] == ["（四）无法办理", "无正当缘由"]


def test_heads_of_narrow_columns_are_apart() -> None:
    rows = _laid(
        _line(0, ("维持", 0), ("纠正", 27), ("未结", 54), ("总计", 81)),
        _line(20, ("1", 5), ("2", 32), ("0", 59), ("3", 86)),
    )
    assert rows == [["维持", "纠正", "未结", "总计"], ["1", "2", "0", "3"]]


def test_what_a_browser_prints_at_the_edge_of_each_page_is_no_row_of_a_table() -> None:
    page = (
        _line(0, ("1/28/26", 0), ("年度报告", 160)),
        _line(20, ("收件", 0), ("3", 120), ("4", 160)),
        _line(40, ("办件", 0), ("5", 120), ("6", 160)),
        _line(60, ("退件", 0), ("7", 120), ("8", 160)),
    )
    other = (_line(0, ("1/28/26", 0), ("年度报告", 160)), _line(20, ("说明见附件", 0)))
    running = running_lines([PageLines(page), PageLines(other)])
    assert running == {id(page[0]), id(other[0])}
    laid, _ = lay_out(page, (125.0, 165.0), running)
    assert laid[0] is page[0]
    assert running_lines([PageLines(page), PageLines((_line(0, ("年度报告", 160)),))]) == set()
