"""DOCX becomes pieces: paragraphs and tables in the order of the body, list numbers written out, merged cells once.

The decoded source is the text of these pieces, a paragraph or cell a line.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import docx
from docx.oxml.ns import qn

from kg.errors import InputError
from kg.text.cell_lines import with_tables
from kg.text.document import Source
from kg.text.plain import with_tabbed
from kg.text.raw import Block, Grid, GridCell, Piece, Raw
from kg.text.traced import Traced
from kg.text.word_numbers import Numbers

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LARGEST_UNPACKED = 200_000_000
_HEADING = "heading"
_OTHER = {
    "xl/workbook.xml": ("a spreadsheet", "save the report as .docx, PDF, HTML or text"),
    "ppt/": ("a presentation", "save the report as .docx, PDF, HTML or text"),
    "OFD.xml": ("an OFD file", "save it as PDF"),
    "content.xml": ("an OpenDocument file", "save it as .docx"),
}


def read_word(data: bytes, source: Source, where: str) -> Raw:
    """The pieces of a DOCX file; raises ``InputError`` where it is another kind of archive or broken."""
    _check(data, where)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        reader = _Reader(Numbers.of(document), _heading_styles(document))
        pieces = [piece for element in _blocks(body) for piece in reader.piece(element)]
        core = document.core_properties
        pairs = [
            (name, str(getattr(core, name) or "").strip())
            for name in ("title", "subject", "author", "keywords")
        ]
    except Exception as error:
        # Whatever is wrong inside, it is no DOCX that can be read.
        raise InputError(
            f"a broken DOCX file ({type(error).__name__})", where=where, hint="save it again"
        ) from None
    metadata = tuple((name, value) for name, value in pairs if value)
    return Raw(
        replace(source, metadata=source.metadata + metadata),
        "\n".join(reader.lines),
        tuple(with_tables(with_tabbed(pieces))),
    )


def _check(data: bytes, where: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputError("a broken archive", where=where, hint="save it again as .docx") from None
    if "word/document.xml" not in names:
        what, hint = next(
            (answer for name, answer in _OTHER.items() if any(inner.startswith(name) for inner in names)),
            (
                "an archive that holds no Word document",
                "unpack it, and give the report as .docx, PDF, HTML or text",
            ),
        )
        raise InputError(f"{what} cannot be read", where=where, hint=hint)
    if size > _LARGEST_UNPACKED:
        raise InputError(f"{size // 1_000_000} MB when unpacked", where=where, hint="give the report alone")


def _heading_styles(document: Any) -> dict[str, int]:
    """The level of every style that is a heading or the title."""
    levels: dict[str, int] = {}
    for style in document.styles:
        name = (style.name or "").lower()
        if name.startswith(_HEADING) and name[len(_HEADING) :].strip().isdigit():
            levels[style.style_id] = int(name[len(_HEADING) :])
        elif name == "title":
            levels[style.style_id] = 1
    return levels


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of a body, also those inside content controls."""
    for element in parent:
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag == qn("w:sdt"):
            yield from (
                inner for content in element.findall(qn("w:sdtContent")) for inner in _blocks(content)
            )
        elif element.tag in (qn("w:ins"), qn("w:customXml"), qn("w:smartTag"), qn("w:moveTo")):
            yield from _blocks(element)


@dataclass(slots=True)
class _Reader:
    """Reads elements one after another, writing the source text as it goes."""

    numbers: Numbers
    styles: dict[str, int]
    lines: list[str] = field(default_factory=list)
    length: int = 0

    def piece(self, element: Any) -> Iterator[Piece]:
        """The pieces of a paragraph or table."""
        if element.tag == qn("w:tbl"):
            if next(element.iterdescendants(qn("w:tbl")), None) is None:
                yield self._grid(element)
                return
            for cell in (cell for row in _rows(element) if not _is_deleted(row) for cell in _cells(row)):
                for inner in _blocks(cell):  # a table around tables lays the page out
                    yield from self.piece(inner)
            return
        number = self.numbers.next(element)
        level = self._level(element)
        for text in self._lines_of(element, number):
            yield Block(text, level)
        for box in element.iter(qn("w:txbxContent")):
            if _is_outer(box, element):
                for inner in _blocks(box):
                    yield from self.piece(inner)

    def _write(self, text: str) -> Traced:
        """Add a line to the source text."""
        start = self.length
        self.lines.append(text)
        self.length += len(text) + 1
        return Traced.of(text, start)

    def _lines_of(self, paragraph: Any, number: str = "") -> Iterator[Traced]:
        for at, line in enumerate(_text(paragraph).split("\n")):
            written = self._write(line)
            if number and not at:
                written = Traced.join([Traced.at(number, written.start, written.start), written])
            yield written

    def _level(self, paragraph: Any) -> int:
        """The heading level by style or outline, 0 for a paragraph all bold or centred, else -1."""
        properties = paragraph.pPr
        if properties is not None:
            style = properties.pStyle
            if style is not None and style.val in self.styles:
                return self.styles[style.val]
            outline = properties.find(qn("w:outlineLvl"))
            if outline is not None and (outline.get(qn("w:val")) or "9") < "9":
                return int(outline.get(qn("w:val"))) + 1
            aligned = properties.find(qn("w:jc"))  # python-docx refuses values of newer programs, as "start"
            if aligned is not None and aligned.get(qn("w:val")) == "center":
                return 0
        runs = [
            run
            for run in paragraph.iter(qn("w:r"))
            if "".join(node.text or "" for node in run.iter(qn("w:t"))).strip()
        ]
        return 0 if runs and all(_is_set(run, "w:b") for run in runs) else -1

    def _grid(self, table: Any) -> Grid:
        """A table's cells in their places; a cell that goes on downwards stands once."""
        cells: list[GridCell] = []
        open_cells: dict[int, int] = {}
        columns = 0
        rows = [row for row in _rows(table) if not _is_deleted(row)]
        for number, row in enumerate(rows):
            column = _skipped(row)
            for cell in _cells(row):
                properties = cell.tcPr
                span = int(properties.grid_span) if properties is not None else 1
                merge = properties.find(qn("w:vMerge")) if properties is not None else None
                goes_on = merge is not None and (merge.get(qn("w:val")) or "continue") == "continue"
                above = open_cells.get(column)
                if goes_on and above is not None:
                    cells[above] = replace(cells[above], rowspan=number - cells[above].row + 1)
                else:
                    open_cells[column] = len(cells)
                    cells.append(GridCell(self._cell_text(cell), number, column, 1, span))
                column += span
            columns = max(columns, column)
        return Grid(tuple(cells), len(rows), columns)

    def _cell_text(self, cell: Any) -> Traced:
        parts: list[Traced] = []
        for paragraph in cell.iter(qn("w:p")):
            parts += self._lines_of(paragraph, self.numbers.next(paragraph))
        return Traced.join(parts, " ").strip()


def _is_outer(box: Any, paragraph: Any) -> bool:
    """Whether a text box is none of a copy for older programs and stands in no other box, which reads it itself."""
    for parent in box.iterancestors():
        if parent is paragraph:
            break
        if parent.tag == qn("w:txbxContent"):
            return False
    return not any(str(parent.tag).endswith("}Fallback") for parent in box.iterancestors())


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == qn("w:tr"):
            yield element
        elif element.tag == qn("w:sdt"):
            for content in element.findall(qn("w:sdtContent")):
                yield from _rows(content)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == qn("w:tc"):
            yield element
        elif element.tag == qn("w:sdt"):
            for content in element.findall(qn("w:sdtContent")):
                yield from _cells(content)


def _skipped(row: Any) -> int:
    """How many columns a row leaves out at its left."""
    properties = row.find(qn("w:trPr"))
    before = properties.find(qn("w:gridBefore")) if properties is not None else None
    return int(before.get(qn("w:val")) or 0) if before is not None else 0


def _is_set(run: Any, name: str) -> bool:
    """Whether a run is bold, hidden or the like by its own properties."""
    properties = run.rPr
    found = properties.find(qn(name)) if properties is not None else None
    return found is not None and found.get(qn("w:val")) not in ("0", "false")


def _is_deleted(row: Any) -> bool:
    properties = row.find(qn("w:trPr"))
    return properties is not None and properties.find(qn("w:del")) is not None


def _text(paragraph: Any) -> str:
    """The words of a paragraph without deleted and hidden ones, readings, field codes and text boxes; line breaks as such."""
    words: list[str] = []
    names = ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:pPr", "w:rPr", "w:rt")
    skip = {qn(name) for name in names}
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag in skip or not isinstance(element.tag, str) or element.tag.endswith("}Fallback"):
            continue
        if element.tag == qn("w:r") and _is_set(element, "w:vanish"):
            continue
        if element.tag == qn("w:t"):
            words.append(element.text or "")
        elif element.tag in (qn("w:br"), qn("w:cr")):
            words.append("\n")
        elif element.tag == qn("w:tab"):
            words.append("\t")
        elif element.tag == qn("w:noBreakHyphen"):
            words.append("-")
        stack.extend(reversed(element))
    return "".join(words)
