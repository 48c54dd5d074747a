"""The form as a word processor's file, written by hand in its XML, with what offices do to tables."""

import io
import zipfile
from collections.abc import Callable
from html import escape

from tests.generator.offices.form import C, Filled, Report

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "{}</Types>"
)
_NUMBERING_TYPE = '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
_RELATIONS = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Words = Callable[[C], str]


def _zipped(body: str, numbering: str = "") -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(_NUMBERING_TYPE if numbering else ""))
        archive.writestr(
            "_rels/.rels",
            _RELATIONS.format(
                f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            ),
        )
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>',
        )
        relation = (
            f'<Relationship Id="rId1" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
            if numbering
            else ""
        )
        archive.writestr("word/_rels/document.xml.rels", _RELATIONS.format(relation))
        if numbering:
            archive.writestr("word/numbering.xml", numbering)
    return raw.getvalue()


def _run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>' if text else ""


def _paragraph(text: str) -> str:
    return f"<w:p>{_run(text)}</w:p>"


def _plain(cell: C) -> str:
    return _paragraph(cell.text)


def _cell(words: str, across: int = 1, merge: str = "") -> str:
    look = f'<w:gridSpan w:val="{across}"/>' * (across > 1) + merge
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{words}</w:tc>"


def _rows(table: Filled, words: Words = _plain) -> list[str]:
    """The rows of a table; a cell that reaches down goes on as an empty one."""
    cells: list[dict[int, str]] = [{} for _ in table.rows]
    for cell, row, column in table.placed():
        merge = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
        cells[row][column] = _cell(words(cell), cell.across, merge)
        for below in range(row + 1, row + cell.down):
            cells[below][column] = _cell("<w:p/>", cell.across, "<w:vMerge/>")
    return ["".join(line[column] for column in sorted(line)) for line in cells]


def _wrapped(table: Filled, rows: list[str]) -> str:
    grid = '<w:gridCol w:w="900"/>' * table.width
    inner = "".join(
        row if row.startswith("<w:tr") or row.startswith("<w:sdt") else f"<w:tr>{row}</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>"


def _table(table: Filled, words: Words = _plain) -> str:
    return _wrapped(table, _rows(table, words))


def _document(
    made: Report, table: Callable[[Filled], str], paragraph: Callable[[str], str] = _paragraph
) -> str:
    parts = [paragraph(made.title), *map(paragraph, made.opening)]
    for one in made.tables:
        parts += [paragraph(one.title)] * bool(one.title) + [table(one)]
    return "".join([*parts, *map(paragraph, made.closing)])


def merged(made: Report) -> bytes:
    """Merged cells of the form."""
    return _zipped(_document(made, _table))


def nested(made: Report) -> bytes:
    """Each table in the only cell of another, which draws the frame."""
    return _zipped(
        _document(
            made,
            lambda one: (
                f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{_cell(_table(one) + '<w:p/>')}</w:tr></w:tbl>"
            ),
        )
    )


def nested_among(made: Report) -> bytes:
    """All tables inside one table with their headings and the paragraphs of the report."""
    inner = _document(made, _table)
    return _zipped(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{_cell(inner)}</w:tr></w:tbl>")


def text_boxes(made: Report) -> bytes:
    """Each table in a text box, with the copy for older programs."""

    def box(one: Filled) -> str:
        inner = f"<w:txbxContent>{_table(one)}<w:p/></w:txbxContent>"
        return (
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData>"
            f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )

    return _zipped(_document(made, box))


def controls(made: Report) -> bytes:
    """Content controls around a table, its rows, its cells, its paragraphs and its words."""

    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    def words(cell: C) -> str:
        return control(_paragraph(cell.text)) if not cell.figure else f"<w:p>{control(_run(cell.text))}</w:p>"

    def table(one: Filled) -> str:
        rows = [
            control(f"<w:tr>{row}</w:tr>") if at % 2 else f"<w:tr>{row}</w:tr>"
            for at, row in enumerate(_rows(one, words))
        ]
        return control(
            _wrapped(
                one,
                [
                    row.replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>").replace(
                        "</w:tc>", "</w:tc></w:sdtContent></w:sdt>"
                    )
                    if at % 3 == 0
                    else row
                    for at, row in enumerate(rows)
                ],
            )
        )

    return _zipped(_document(made, table))


def tracked(made: Report) -> bytes:
    """Changes that nobody accepted: figures written anew, rows taken out, rows put in."""
    by = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'

    def words(cell: C) -> str:
        if not cell.figure or not cell.text:
            return _paragraph(cell.text)
        old = f"<w:del {by}><w:r><w:delText>7</w:delText></w:r></w:del><w:moveFrom {by}>{_run('8')}</w:moveFrom>"
        return f"<w:p>{old}<w:ins {by}>{_run(cell.text)}</w:ins></w:p>"

    def table(one: Filled) -> str:
        rows = [f"<w:tr>{row}</w:tr>" for row in _rows(one, words)]
        gone = "".join(_cell(_paragraph("99")) for _ in range(one.width))
        rows.insert(one.heads + 1, f"<w:tr><w:trPr><w:del {by}/></w:trPr>{gone}</w:tr>")
        rows[-1] = rows[-1].replace("<w:tr>", f"<w:tr><w:trPr><w:ins {by}/></w:trPr>", 1)
        return _wrapped(one, rows)

    return _zipped(_document(made, table))


def in_pieces(made: Report) -> bytes:
    """Words and numbers in many runs: fonts of figures, marks of spelling, bookmarks, links, the word's own tags."""

    def words(cell: C) -> str:
        runs = [_run(letter, '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>') for letter in cell.text]
        inner = '<w:proofErr w:type="spellStart"/>'.join(runs)
        return f'<w:p><w:bookmarkStart w:id="0" w:name="a"/><w:smartTag w:element="n">{inner}</w:smartTag><w:bookmarkEnd w:id="0"/></w:p>'

    return _zipped(_document(made, lambda one: _table(one, words)))


def formulas(made: Report) -> bytes:
    """Totals that the table computes, with the formula hidden behind the figure."""

    def words(cell: C) -> str:
        if not cell.figure or not cell.text:
            return _paragraph(cell.text)
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        return f"<w:p>{mark.format('begin')}<w:r><w:instrText> =SUM(LEFT) 5 </w:instrText></w:r>{mark.format('separate')}{_run(cell.text)}{mark.format('end')}</w:p>"

    return _zipped(_document(made, lambda one: _table(one, words)))


def split_labels(made: Report) -> bytes:
    """Labels over several paragraphs and lines."""

    def words(cell: C) -> str:
        if cell.figure or len(cell.text) < 4:
            return _paragraph(cell.text)
        middle = len(cell.text) // 2
        return (
            _paragraph(cell.text[:2])
            + f"<w:p>{_run(cell.text[2:middle])}<w:r><w:br/></w:r>{_run(cell.text[middle:])}</w:p>"
        )

    return _zipped(_document(made, lambda one: _table(one, words)))


def two_tables(made: Report) -> bytes:
    """The table of section three typed as two, nothing or an empty line between them."""

    def table(one: Filled) -> str:
        if len(one.rows) < 20:
            return _table(one)
        first, second = one.cut(13, again=False)
        return _table(first) + "<w:p/>" + _table(second)

    return _zipped(_document(made, table))


def two_tables_again(made: Report) -> bytes:
    """The same with the header over both."""

    def table(one: Filled) -> str:
        if not one.heads or len(one.rows) < 20:
            return _table(one)
        first, second = one.cut(16, again=True)
        return _table(first) + _paragraph("（续上表）") + _table(second)

    return _zipped(_document(made, table))


def old_merges(made: Report) -> bytes:
    """Cells merged as older programs wrote it: every place is a cell, and says that it goes on from the one to the left."""

    def table(one: Filled) -> str:
        rows = []
        starts = {(row, column) for _, row, column in one.placed()}
        for number, line in enumerate(one.matrix()):
            cells = []
            for column, cell in enumerate(line):
                begins = column == 0 or line[column - 1] is not cell
                above = (
                    number > 0
                    and one.matrix()[number - 1][column] == cell
                    and (number, column) not in starts
                    and cell.down > 1
                )
                across = (
                    "" if cell.across == 1 else '<w:hMerge w:val="restart"/>' if begins else "<w:hMerge/>"
                )
                down = "" if cell.down == 1 else "<w:vMerge/>" if above else '<w:vMerge w:val="restart"/>'
                cells.append(
                    _cell(_plain(cell) if begins and down != "<w:vMerge/>" else "<w:p/>", 1, across + down)
                )
            rows.append("".join(cells))
        return _wrapped(one, rows)

    return _zipped(_document(made, table))


def before_and_after(made: Report) -> bytes:
    """Rows that begin further right than the table, with as much left out."""

    def table(one: Filled) -> str:
        rows = []
        filled = one.matrix()
        for number, row in enumerate(_rows(one)):
            first = filled[number][0]
            if (
                one.heads
                and number >= one.heads
                and first.down > 1
                and number
                and filled[number - 1][0] is first
            ):
                start = row.index("</w:tc>") + len("</w:tc>")
                rows.append(f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{row[start:]}</w:tr>')
            else:
                rows.append(row)
        return _wrapped(one, rows)

    return _zipped(_document(made, table))


def listed(made: Report) -> bytes:
    """Numbers of headings and of labels made by the word processor."""
    forms = (("chineseCounting", "%1、"), ("chineseCounting", "（%1）"), ("decimal", "%1."))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        for at, (form, text) in enumerate(forms)
    )
    ids = ["0", "0", *["1"] * 1, *["2"] * 4]
    numbering = (
        f'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{abstract}'
        + "".join(
            f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{of}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for at, of in enumerate(ids)
        )
        + "</w:numbering>"
    )
    group = [3]

    def numbered(text: str, which: int) -> str:
        return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{which}"/></w:numPr></w:pPr>{_run(text)}</w:p>'

    def paragraph(text: str) -> str:
        return (
            numbered(text[2:], 1)
            if text[:2] in ("一、", "二、", "三、", "四、", "五、", "六、")
            else _paragraph(text)
        )

    def words(cell: C) -> str:
        text = cell.text
        if cell.figure:
            return _paragraph(text)
        if text[:2] in ("一、", "二、", "三、", "四、"):
            return numbered(text[2:], 2)
        if text[:1] == "（" and text[2:3] == "）" and text[1] in "一二三四五六七":
            return numbered(text[3:], 3)
        if text[1:2] == ".":
            group[0] += text[0] == "1"
            return numbered(text[2:], group[0])
        return _paragraph(text)

    return _zipped(_document(made, lambda one: _table(one, words), paragraph), numbering)


def hidden(made: Report) -> bytes:
    """Words that the processor does not show, and spaces and tabs beside figures."""

    def words(cell: C) -> str:
        secret = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>5</w:t></w:r>"
        return f"<w:p>{secret}{_run('　' + cell.text + ' ')}<w:r><w:tab/></w:r></w:p>"

    return _zipped(_document(made, lambda one: _table(one, words)))


def misaligned(made: Report) -> bytes:
    """Rows drawn by hand: each has a grid of its own, and the widths alone tell what stands under what."""

    def table(one: Filled) -> str:
        rows = []
        for number, row in enumerate(_rows(one)):
            rows.append(row if number % 4 else row + _cell("<w:p/>"))
        return _wrapped(one, rows)

    return _zipped(_document(made, table))


def cell_paragraphs(made: Report) -> bytes:
    """A paragraph for each cell and no table, a blank one for a blank cell."""
    return _zipped(
        _document(made, lambda one: "".join(_paragraph(cell.text) for row in one.rows for cell in row))
    )


def tabbed(made: Report) -> bytes:
    """A paragraph for each row, tabs between its cells."""
    tab = "<w:r><w:tab/></w:r>"

    def table(one: Filled) -> str:
        return "".join(f"<w:p>{tab.join(_run(cell.text) for cell in row)}</w:p>" for row in one.lines())

    return _zipped(_document(made, table))


FILES: dict[str, Callable[[Report], bytes]] = {
    file.__name__: file
    for file in (
        merged, nested, nested_among, text_boxes, controls, tracked, in_pieces, formulas, split_labels, two_tables, two_tables_again,
        old_merges, before_and_after, listed, hidden, misaligned,
        cell_paragraphs, tabbed,
    )
}  # fmt: skip
