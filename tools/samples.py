"""Writes ``data/reports`` from ``data/sources`` and the tables of ``data/gold``, as reports come.

Run ``python tools/samples.py`` after an edit of a source; ``--check`` only says whether a file would change.
The bytes depend on the sources alone. PDF needs ``reportlab`` (with its CID font STSong-Light), which nothing
else here uses.
"""

import argparse
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

DATA = Path(__file__).parents[1] / "data"
SOURCES = DATA / "sources"
EPOCH = (2024, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One report: its source, how it is published, and which edition of the form its tables follow."""

    name: str
    suffix: str
    form: str = "2021"
    tables: str = "grid"  # for text: "pipes", "cells", "spaces", "glued"
    encoding: str = "utf-8"
    script: str = ""  # an OpenCC configuration
    page: str = ""  # an HTML page around the report
    date: str = ""


SAMPLES = (
    Sample("quzhou-2020", "txt"),
    Sample("yunchuan-2020", "html", form="2019", page="page-portal.html", date="2021-01-28"),
    Sample("yunchuan-2021", "docx"),
    Sample("yunchuan-2022", "pdf"),
    Sample("yunchuan-2023", "txt", tables="pipes"),
    Sample("wanglan-2021", "txt", tables="spaces", encoding="gb18030"),
    Sample("wanglan-2022", "docx"),
    Sample("qinglan-2022", "html", page="page-mirror.html", date="2023-02-06"),
    Sample("qinglan-2023", "txt", tables="cells", script="s2t"),
    Sample("shijianju-2022", "pdf"),
    Sample("shijianju-2023", "html", page="page-bureau.html", date="2024-01-19"),
    Sample("songping-2022", "txt", tables="glued"),
    Sample("xueyuan-2022", "docx"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where it starts, with the rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table, and the same without its merged headings as rows of label and numbers."""

    cells: tuple[Cell, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> int:
        """How many rows the grid has."""
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def width(self) -> int:
        """How many columns the grid has."""
        return max(cell.column + cell.columns for cell in self.cells)


Block = tuple[str, str | Grid]  # "title", "heading", "line" with text, or "table" with a grid


def printed(number: float | int | None) -> str:
    """A number as a table prints it.

    >>> printed(3), printed(71530.82), printed(None)
    ('3', '71530.82', '')
    """
    return "" if number is None else str(number)


def section_two(form: list[dict[str, Any]], values: dict[str, list[float]]) -> Iterator[Grid]:
    """One grid for each item of article 20."""
    for part in form:
        columns: list[str] = part["columns"]
        cells = [Cell(part["item"], 0, 0, 1, len(columns))]
        cells += [Cell(text, 1, column) for column, text in enumerate(columns)]
        lines = [(label, *map(printed, values[key])) for label, key in part["rows"]]
        cells += [Cell(t, 2 + row, column) for row, line in enumerate(lines) for column, t in enumerate(line)]
        yield Grid(tuple(cells), ((part["item"],), tuple(columns), *lines))


def section_three(form: dict[str, Any], values: dict[str, list[int | None]]) -> Grid:
    """The table of applications, with the merged headings of the official form."""
    rows = [(code, group, label) for code, group, label in form["rows"] if code in values]
    inside = [code for code, _, _ in rows if code not in form["outside"]]
    cells = [
        Cell(form["note"], 0, 0, 3, 3),
        Cell(form["applicant"], 0, 3, 1, 7),
        Cell(form["natural"], 1, 3, 2, 1),
        Cell(form["legal"], 1, 4, 1, 5),
        Cell(form["sum"], 1, 9, 2, 1),
        *(Cell(kind, 2, 4 + column) for column, kind in enumerate(form["kinds"])),
    ]
    flat: list[tuple[str, ...]] = [(form["applicant"],), (form["natural"], *form["kinds"], form["sum"])]
    last = ""
    for row, (code, group, label) in enumerate(rows, start=3):
        if code == inside[0]:
            cells.append(Cell(form["results"], row, 0, len(inside), 1))
            flat.append((form["results"],))
        if code in form["outside"]:
            cells.append(Cell(label, row, 0, 1, 3))
        elif group:
            if group != last:
                cells.append(Cell(group, row, 1, sum(g == group for _, g, _ in rows), 1))
                flat.append((group,))
            cells.append(Cell(label, row, 2))
        else:
            cells.append(Cell(label, row, 1, 1, 2))
        last = group
        numbers = [printed(number) for number in values[code]]
        cells += [Cell(text, row, 3 + column) for column, text in enumerate(numbers)]
        flat.append((label, *numbers))
    return Grid(tuple(cells), tuple(flat))


def section_four(form: dict[str, Any], values: dict[str, list[int | None]]) -> Grid:
    """The table of reviews and suits: fifteen numbers under three headings."""
    groups: list[tuple[str, str, str]] = form["groups"]
    outcomes: list[str] = form["outcomes"]
    numbers = [printed(number) for code, _, _ in groups for number in values[code]]
    cells = [Cell(groups[0][2], 0, 0, 2, 5), Cell(groups[1][1], 0, 5, 1, 10)]
    cells += [Cell(groups[1][2], 1, 5, 1, 5), Cell(groups[2][2], 1, 10, 1, 5)]
    cells += [Cell(outcomes[column % 5], 2, column) for column in range(15)]
    cells += [Cell(text, 3, column) for column, text in enumerate(numbers)]
    names = (groups[0][2], groups[1][1]), (groups[1][2], groups[2][2])
    return Grid(tuple(cells), (*names, tuple(outcomes * 3), tuple(numbers)))


def blocks(sample: Sample) -> Iterator[Block]:
    """The report's title, headings, lines and tables in order."""
    form = json.loads((SOURCES / "form.json").read_text(encoding="utf-8"))
    lines = (SOURCES / f"{sample.name}.txt").read_text(encoding="utf-8").splitlines()
    yield "title", lines[0]
    for line in filter(None, lines[1:]):
        if line.startswith("{{"):
            tables = json.loads((DATA / "gold" / f"{sample.name}.json").read_text(encoding="utf-8"))["tables"]
        if line == "{{s2}}":
            for grid in section_two(form["s2"][sample.form], tables["s2"]):
                yield "table", grid
        elif line == "{{s3}}":
            yield "table", section_three(form["s3"], tables["s3"])
        elif line == "{{s4}}":
            yield "table", section_four(form["s4"], tables["s4"])
        else:
            yield ("heading" if line[1:2] == "、" and len(line) < 30 else "line"), line


def plain_rows(grid: Grid, style: str) -> Iterator[str]:
    """A table as plain text keeps it, once its rules are gone."""
    for row in grid.rows:
        if style == "pipes":
            yield "|".join(row) + "|"
        elif style == "cells":
            yield from row
        else:
            yield ("" if style == "glued" else " ").join(row)


def to_text(sample: Sample) -> bytes:
    """Plain text in the sample's encoding and script."""
    lines: list[str] = []
    for kind, content in blocks(sample):
        if isinstance(content, Grid):
            lines += [*plain_rows(content, sample.tables), ""]
        else:
            lines += [content, ""] if kind == "title" else [("" if kind == "heading" else "　　") + content]
    text = "\n".join(lines) + "\n"
    if sample.script:
        import opencc

        text = opencc.OpenCC(sample.script).convert(text)
    return text.encode(sample.encoding)


def to_html(sample: Sample) -> bytes:
    """A page of a web site with the report in it."""
    parts: list[str] = []
    title = ""
    for kind, content in blocks(sample):
        if isinstance(content, Grid):
            parts.append(html_table(content))
        elif kind == "title":
            title = content
        else:
            text = escape(content, quote=False)
            parts.append(f"<p><strong>{text}</strong></p>" if kind == "heading" else f"<p>　　{text}</p>")
    page = Template((SOURCES / sample.page).read_text(encoding="utf-8"))
    return page.safe_substitute(title=title, date=sample.date, body="\n".join(parts)).encode(sample.encoding)


def html_table(grid: Grid) -> str:
    """A grid with its merged cells."""
    lines = ["<table>"]
    for row in range(grid.height):
        lines.append("<tr>")
        for cell in sorted((c for c in grid.cells if c.row == row), key=lambda c: c.column):
            spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (
                cell.columns > 1
            )
            lines.append(f"<td{spans}>{escape(cell.text, quote=False)}</td>")
        lines.append("</tr>")
    return "\n".join([*lines, "</table>"])


def to_docx(sample: Sample) -> bytes:
    """A word processor's file, its archive written again without a clock."""
    import docx

    document = docx.Document()
    document.core_properties.title = ""
    for kind, content in blocks(sample):
        if isinstance(content, Grid):
            table = document.add_table(rows=content.height, cols=content.width, style="Table Grid")
            for cell in content.cells:
                first = table.cell(cell.row, cell.column)
                last = table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
                (first.merge(last) if first is not last else first).text = cell.text
            document.add_paragraph("")
        elif kind == "title":
            document.add_heading(content, level=0)
        else:
            document.add_paragraph().add_run(content).bold = kind == "heading"
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


def to_pdf(sample: Sample) -> bytes:
    """Pages with a real text layer, ruled tables and page numbers."""
    from reportlab.lib import colors  # type: ignore[import-untyped]
    from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table  # type: ignore[import-untyped]

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    body = ParagraphStyle("body", fontName=font, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=font, fontSize=8, leading=10, wordWrap="CJK")
    head = ParagraphStyle("title", fontName=font, fontSize=18, leading=26, alignment=1, wordWrap="CJK")

    def footer(canvas: Any, page: Any) -> None:
        canvas.setFont(font, 10)
        canvas.drawCentredString(A4[0] / 2, 36, f"- {page.page} -")

    flow: list[Any] = []
    width = A4[0] - 144
    for kind, content in blocks(sample):
        if not isinstance(content, Grid):
            flow.append(Paragraph(escape(content, quote=False), head if kind == "title" else body))
            continue
        data: list[list[Any]] = [[""] * content.width for _ in range(content.height)]
        style: list[tuple[Any, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
        for cell in content.cells:
            data[cell.row][cell.column] = Paragraph(escape(cell.text, quote=False), small)
            if cell.rows > 1 or cell.columns > 1:
                corner = (cell.column + cell.columns - 1, cell.row + cell.rows - 1)
                style.append(("SPAN", (cell.column, cell.row), corner))
        widths = (
            [24, 72, 120, *[(width - 216) / 7] * 7]
            if content.width == 10
            else [width / content.width] * content.width
        )
        flow += [Spacer(1, 6), Table(data, colWidths=widths, style=style), Spacer(1, 6)]
    out = io.BytesIO()
    page = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=72, rightMargin=72, invariant=1, title="", author=""
    )
    page.build(flow, onFirstPage=footer, onLaterPages=footer)
    return out.getvalue()


WRITERS: dict[str, Callable[[Sample], bytes]] = {
    "txt": to_text,
    "html": to_html,
    "docx": to_docx,
    "pdf": to_pdf,
}


def main(arguments: list[str] | None = None) -> int:
    """Write every report, or with ``--check`` say which would change."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file differs")
    options = parser.parse_args(arguments)
    stale = []
    for sample in SAMPLES:
        path = DATA / "reports" / f"{sample.name}.{sample.suffix}"
        content = WRITERS[sample.suffix](sample)
        if path.exists() and path.read_bytes() == content:
            continue
        stale.append(path.name)
        if not options.check:
            path.write_bytes(content)
    print("\n".join(stale) or "every report is as its source says")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
