"""A report's parts written as a file: plain text, a web page, a word processor's file, pages."""

import io
from dataclasses import dataclass
from html import escape
from random import Random
from typing import Any

from tests.generator.grids import Sheet


@dataclass(frozen=True)
class Line:
    """A paragraph of running text, or a heading of it."""

    text: str
    heading: bool = False


Part = Line | Sheet


def to_text(parts: list[Part], random: Random) -> str:
    """Lines of text; grids have been written as lines before."""
    indent = random.choice(["", "　　", "    "])
    gap = random.choice(["\n", "\n", "\n\n"])
    return gap.join(
        part.text if "\n" in part.text or "|" in part.text or "\t" in part.text else indent + part.text
        for part in parts
        if isinstance(part, Line)
    )


# ---------------------------------------------------------------- web pages

_HEAD = (
    "<div class='top'><a href='/'>首页</a><a href='/zwgk'>政务公开</a><a href='/hd'>互动交流</a></div>"
    "<div class='path'>当前位置：<a href='/'>首页</a> &gt; <a href='/zfxxgk'>政府信息公开</a> &gt; 年报</div>"
)
_SHARE = "<div class='share'>发布时间：{day} 浏览次数：{views} 字体：[大 中 小] <a>打印</a> <a>关闭</a> 分享到：</div>"
_FOOT = "<div class='foot'>主办单位：{issuer} 网站标识码：3300000001 版权所有 <a>网站地图</a> <a>联系我们</a></div>"


def to_html(parts: list[Part], random: Random, *, title: str, issuer: str, encoding: str) -> str:
    """A page with navigation, share bar and footer around the report."""
    cells = random.choice(["plain", "paragraph", "span"])
    inner = "\n".join(
        html_sheet(part, cells=cells) if isinstance(part, Sheet) else _paragraph(part, random)
        for part in parts[1:]
    )
    heading = random.choice(
        ["<h1>{}</h1>", "<div class='title'>{}</div>", "<p align='center'><strong>{}</strong></p>"]
    )
    body = heading.format(escape(title, quote=False)) + _SHARE.format(
        day="2024-01-19", views=random.randint(3, 900)
    )
    body += f"<div class='content' id='zoom'>{inner}</div>"
    if random.random() < 0.3:
        body = f"<table width='100%'><tr><td>{body}</td></tr></table>"
    if random.random() < 0.2:
        side = "<table><tr><td><a href='/a'>机构职能</a></td></tr><tr><td><a href='/b'>年度报告</a></td></tr></table>"
        body = f"<table><tr><td>{side}</td><td><table><tr><td>{body}</td></tr></table></td></tr></table>"
    return (
        f"<!DOCTYPE html><html><head><meta charset='{encoding}'><title>{escape(title, quote=False)}</title></head><body>"
        f"{_HEAD}{body}{_FOOT.format(issuer=issuer)}</body></html>"
    )


def _paragraph(line: Line, random: Random) -> str:
    lines = [escape(text, quote=False).replace("\t", "&emsp;") for text in line.text.split("\n")]
    if len(lines) > 1 and random.random() < 0.5:
        return "<p>" + "<br>".join(lines) + "</p>"
    return "\n".join(f"<p>{'<strong>' + text + '</strong>' if line.heading else text}</p>" for text in lines)


def html_sheet(sheet: Sheet, *, cells: str) -> str:
    """A table with its merged cells."""
    lines = [f"<p>{sheet.title}</p>"] if sheet.title else []
    lines.append("<table border='1'><tbody>")
    for row in sheet.rows:
        lines.append("<tr>")
        for text, down, across in row:
            spans = f" rowspan='{down}'" * (down > 1) + f" colspan='{across}'" * (across > 1)
            words = escape(text, quote=False).replace("\n", "<br>") or "&nbsp;"
            if cells == "paragraph":
                words = f"\n<p>{words}</p>\n"
            elif cells == "span":
                words = (
                    f"<span>{words[: len(words) // 2]}</span><span>{words[len(words) // 2 :]}</span>"
                    if words.isalnum()
                    else words
                )
            lines.append(f"<td{spans}>{words}</td>")
        lines.append("</tr>")
    return "".join([*lines, "</tbody></table>"])


# ---------------------------------------------------------------- word processor, pages


def placed(sheet: Sheet) -> list[tuple[str, int, int, int, int]]:
    """The cells of a sheet with the row and column where they begin."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for number, row in enumerate(sheet.rows):
        column = 0
        for text, down, across in row:
            while (number, column) in taken:
                column += 1
            size = min(down, len(sheet.rows) - number), min(across, sheet.columns - column)
            cells.append((text, number, column, *size))
            taken.update((number + i, column + j) for i in range(size[0]) for j in range(size[1]))
    return cells


def to_docx(parts: list[Part]) -> bytes:
    """A word processor's file with merged cells."""
    import docx

    document = docx.Document()
    for index, part in enumerate(parts):
        if isinstance(part, Line):
            for text in part.text.split("\n"):
                run = document.add_paragraph().add_run(text)
                run.bold = part.heading or index == 0
            continue
        if part.title:
            document.add_paragraph(part.title)
        table = document.add_table(rows=len(part.rows), cols=part.columns)
        for text, row, column, down, across in placed(part):
            first = table.cell(row, column)
            last = table.cell(row + down - 1, column + across - 1)
            (first.merge(last) if down * across > 1 else first).text = text
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def to_pdf(parts: list[Part]) -> tuple[bytes, dict[str, int]]:
    """Pages with ruled tables, which break where a page ends, and page numbers; and on which page short lines and cells stand."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    body = ParagraphStyle("body", fontName=font, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=font, fontSize=8, leading=10, wordWrap="CJK")
    width = A4[0] - 144
    flow: list[Any] = []

    def footer(canvas: Any, page: Any) -> None:
        canvas.setFont(font, 10)
        canvas.drawCentredString(A4[0] / 2, 36, f"- {page.page} -")

    pages: dict[str, int] = {}

    class Pages(SimpleDocTemplate):  # type: ignore[misc]
        def afterFlowable(self, flowable: Any) -> None:
            for text in getattr(flowable, "holds", []):
                pages.setdefault("".join(text.split()), self.page)

    for part in parts:
        if isinstance(part, Line):
            for text in part.text.split("\n"):
                flow.append(Paragraph(escape(text, quote=False), body))
                flow[-1].holds = [text] if len(text) < 24 else []
            continue
        if part.title:
            flow.append(Paragraph(part.title, body))
            flow[-1].holds = [part.title]
        flow += [Spacer(1, 6), *_pieces(part, small, width), Spacer(1, 6)]
    out = io.BytesIO()
    page = Pages(out, pagesize=A4, leftMargin=72, rightMargin=72, invariant=1)
    page.build(flow, onFirstPage=footer, onLaterPages=footer)
    return out.getvalue(), pages


def _pieces(sheet: Sheet, style: Any, width: float) -> list[Any]:
    """A table in pieces that fit a page; a merged cell goes on as a blank one."""
    from reportlab.lib import colors
    from reportlab.platypus import PageBreak, Paragraph, Table

    widths = (
        [24, 72, 120, *[(width - 216) / 7] * 7]
        if sheet.columns == 10
        else [width / sheet.columns] * sheet.columns
    )
    cells = [
        (Paragraph(escape(text, quote=False).replace("\n", "<br/>"), style), *place)
        for text, *place in placed(sheet)
    ]
    heights = [18.0] * len(sheet.rows)
    for words, row, column, down, across in cells:
        _, height = words.wrap(sum(widths[column : column + across]) - 12, 2000)
        heights[row] = max(heights[row], height + 8 if down == 1 else 18)
    flow: list[Any] = []
    start = 0
    for stop in _breaks(heights):
        data: list[list[Any]] = [[""] * sheet.columns for _ in range(start, stop)]
        look: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
        for words, row, column, down, across in cells:
            first, last = max(row, start), min(row + down, stop) - 1
            if first > last:
                continue
            if first == row:
                data[row - start][column] = words
            look.append(("SPAN", (column, first - start), (column + across - 1, last - start)))
        flow += [PageBreak()] * (start > 0)
        flow.append(Table(data, colWidths=widths, rowHeights=heights[start:stop], style=look))
        flow[-1].holds = [text for row in sheet.rows[start:stop] for text, _, _ in row]
        start = stop
    return flow


def _breaks(heights: list[float]) -> list[int]:
    """Where the pieces of a table end: the first has half a page, the others nearly a whole one."""
    stops, left = [], 330.0
    for row, height in enumerate(heights):
        if height > left:
            stops.append(row)
            left = 640.0
        left -= height
    return [*stops, len(heights)]
