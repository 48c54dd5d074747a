"""HTML, DOCX, PDF and tables in plain text; files that cannot be read."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg.errors import InputError
from kg.text import Cues, Document, Table, read, read_bytes, read_text, source_text
from kg.text.pdf_glyphs import brings_its_fonts, drawn_glyphs, glyphs_of, told_glyphs
from kg.text.pdf_lines import Glyph

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>云川市财政局2021年政府信息公开工作年度报告_云川市人民政府</title>
<meta name="SiteName" content="云川市人民政府"><link rel="canonical" href="http://www.yunchuan.example/art/a.html">
<style>p{}</style><script>var a="<p>脚本</p>";</script></head><body>
<ul><li><a href="/1">政务公开</a></li><li><a href="/2">办事服务</a></li></ul>
<div>当前位置：<a href="/">首页</a> &gt; 年度报告</div>
<div><ul><li><a href="/b">云川市教育局2021年政府信息公开工作年度报告</a></li></ul>
<div><table><tr><td>索引号：</td><td>1133/2022-001</td><td>发布机构：</td><td>云川市财政局</td></tr>
<tr><td>成文日期：</td><td>2022-01-28</td><td>文号：</td><td></td></tr></table>
<h1>云川市财政局2021年政府信息公开工作年度报告</h1>
<div>发布时间：2022-01-28 10:00　来源：市财政局　字号：[ <a href="#">大</a> <a href="#">中</a> <a href="#">小</a> ]</div>
<div><p>现将&ldquo;报告&rdquo;公布如下，数据截至2021年底，请予监督。</p><p><strong>一、总体情况</strong></p>
<p>公开信息&nbsp;12&nbsp;条，受理申请3件。</p><p>无。</p>
<table><tr><td colspan="3">第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>现行有效件数</td></tr>
<tr><td rowspan="2">规章</td><td>0</td><td>0</td></tr><tr><td>2</td><td>14</td></tr>
<tr><td>行政规范性<br>文件</td><td></td><td>７</td></tr></table>
<p>二、存在的主要问题及改进情况</p><p>公开内容不够丰富，下一步加强培训。</p><p style="text-align:right">云川市财政局</p></div>
<div>分享到：<a href="#">微信</a></div><p>上一篇：<a href="/p">云川市民政局2021年报告</a></p></div></div>
<div><p>主办单位：云川市人民政府办公室</p><p>云ICP备0500001号</p></div></body></html>"""
BODY = [
    "云川市财政局2021年政府信息公开工作年度报告",
    "现将“报告”公布如下，数据截至2021年底，请予监督。",
    "一、总体情况",
    "公开信息12条，受理申请3件。",
    "无。",
    "第二十条第（一）项",
    "信息内容\t本年制发件数\t现行有效件数",
    "规章\t0\t0",
    "2\t14",
    "行政规范性文件\t\t7",
    "二、存在的主要问题及改进情况",
    "公开内容不够丰富，下一步加强培训。",
    "云川市财政局",
]


def rows(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.grid()]


def test_html(cues: Cues) -> None:
    document = read_bytes(PAGE.encode(), name="page", cues=cues)
    assert document.body.of(document.text).split("\n") == BODY
    assert rows(document.tables[0])[2:] == [
        ["规章", "0", "0"],
        ["规章", "2", "14"],
        ["行政规范性文件", "", "7"],
    ]
    source = document.source
    assert source.media_type == "text/html"
    assert source.title == BODY[0]
    assert source.address == "http://www.yunchuan.example/art/a.html"
    assert {("SiteName", "云川市人民政府"), ("索引号", "1133/2022-001"), ("发布机构", "云川市财政局")} <= set(
        source.metadata
    )
    set_aside = document.text[document.body.end :]
    assert "主办单位：云川市人民政府办公室" in set_aside
    assert "脚本" not in document.text


def test_html_leads_back_to_its_markup(cues: Cues) -> None:
    data = PAGE.encode()
    source = source_text(data)
    document = read_bytes(data, name="page", cues=cues)
    back = {"“": "&ldquo;", "”": "&rdquo;", ">": "&gt;", "7": "７"}
    for at, character in enumerate(document.text):
        found = source[document.offsets.starts[at] : document.offsets.ends[at]]
        assert character.isspace() or found == character or found == back.get(character)


def test_broken_html_is_read() -> None:
    broken = "<html><body><div><p>公开信息，12条<b>受理申请。<div>行政许可<table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>结尾 < 3 & 4。"
    document = read_bytes(broken.encode(), name="x")
    assert document.text.split("\n") == [
        "公开信息，12条受理申请。",
        "行政许可",
        "甲\t1",
        "乙\t2",
        "结尾< 3 & 4。",
    ]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    page = f"<html><body><table><tr><td>左</td><td><p>公开信息，受理申请，全年有序。</p>{inner}</td></tr><tr><td></td></tr></table></body></html>"
    document = read_bytes(page.encode(), name="x")
    assert [rows(table) for table in document.tables] == [[["甲", "1"], ["乙", "2"]]]


TEXT = ["现将报告公布如下，请予监督。", "一、总体情况", "公开信息12条。", "无。"]
SITES = [
    ("a text that keeps its breaks", "<pre>{lines}</pre>", ""),
    ("breaks kept by style", "<div style='white-space: pre-wrap'>{lines}</div>", ""),
    (
        "hidden words",
        "<div style='position:absolute;left:-9999px'>请下载，欢迎。</div><i style='font-size:0px'>注册。</i>{paragraphs}",
        "",
    ),
    (
        "other pages behind the text",
        "<div>{paragraphs}<h3>相关文章</h3><ul><li><a href='/1'>云川市财政局2021年政府信息公开工作年度报告</a><b>2022-01-20</b></li></ul></div>",
        "云川市财政局2021年政府信息公开工作年度报告2022-01-20",
    ),
    (
        "sentences of the footer",
        "{paragraphs}<div>版权所有：云川市财政局。未经书面授权，禁止转载、摘编本网站的内容。</div>",
        "未经书面授权",
    ),
    ("words with their reading", "{paragraphs}".replace("{", "<ruby><rt>bào</rt></ruby>{"), ""),
]


@pytest.mark.parametrize(("page", "apart"), [site[1:] for site in SITES], ids=[site[0] for site in SITES])
def test_pages_as_sites_make_them(page: str, apart: str, cues: Cues) -> None:
    body = page.format(lines="\n".join(TEXT), paragraphs="".join(f"<p>{line}</p>" for line in TEXT))
    document = read_bytes(f"<html><body>{body}</body></html>".encode(), name="page", cues=cues)
    assert document.body.of(document.text).split("\n") == TEXT
    assert apart in document.text[document.body.end :]


def test_info_lines_without_a_colon(cues: Cues) -> None:
    info = "<div><div><span>索 引 号</span><span>YC-1/2022-3</span></div><div><span>发布机构</span><span>云川市财政局</span></div></div>"
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    page = f"<html><body>{info}<div>{text}</div></body></html>"
    source = read_bytes(page.encode(), name="page", cues=cues).source
    assert source.metadata == (("索引号", "YC-1/2022-3"), ("发布机构", "云川市财政局"))


def test_markdown() -> None:
    document = read_text("# 云川市2021年报告\n\n## 一、总体情况\n\n公开**12条**。\n#12345热线")
    assert document.text.split("\n") == ["云川市2021年报告", "一、总体情况", "公开12条。", "#12345热线"]
    assert [section.title for section in document.sections] == ["云川市2021年报告", "总体情况"]


def word() -> bytes:
    document = docx.Document()
    document.core_properties.title = ""
    document.add_heading("云川市2021年政府信息公开工作年度报告", 1)
    document.add_paragraph("一、总体情况")
    document.add_paragraph("公开１２条。").add_run("受理3件。")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "第二十条第（一）项"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "规章"
    for row, column, text in ((1, 1, "0"), (1, 2, "1"), (2, 1, "2"), (2, 2, "3")):
        table.cell(row, column).text = text
    document.add_paragraph("二、存在问题")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_docx() -> None:
    document = read_bytes(word(), name="a.docx")
    assert document.text.split("\n") == [
        "云川市2021年政府信息公开工作年度报告",
        "一、总体情况",
        "公开12条。受理3件。",
        "第二十条第（一）项",
        "规章\t0\t1",
        "2\t3",
        "二、存在问题",
    ]
    assert rows(document.tables[0]) == [["第二十条第（一）项"] * 3, ["规章", "0", "1"], ["规章", "2", "3"]]
    assert document.sections[0].level == 0
    source = source_text(word())
    at = document.text.index("受理")
    assert source[document.offsets.starts[at]] == "受"


def test_docx_writes_out_list_numbers() -> None:
    document = docx.Document()
    for text in ("加强领导", "加强培训"):
        document.add_paragraph(text, style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_bytes(buffer.getvalue(), name="a.docx").text == "1.加强领导\n2.加强培训"


def test_docx_without_what_word_does_not_show() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    changes = (
        '<w:p xmlns:w="{}"><w:r><w:t>公开</w:t></w:r><w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>12条</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>bào</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>报</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<w:r><w:t>告</w:t></w:r></w:p>"
    )
    document.element.body.insert(0, parse_xml(changes.format(nsmap["w"])))
    table = document.add_table(3, 2)
    for row, words in enumerate(("规章", "旧行", "规范性文件")):
        table.cell(row, 0).text, table.cell(row, 1).text = words, str(row)
    row = table.rows[1]._tr.get_or_add_trPr()
    row.append(parse_xml(f'<w:del xmlns:w="{nsmap["w"]}" w:id="3"/>'))
    buffer = io.BytesIO()
    document.save(buffer)
    read = read_bytes(buffer.getvalue(), name="a.docx")
    assert read.text.split("\n") == ["公开12条报告", "规章\t0", "规范性文件\t2"]


TABLES = [
    ("规章\t0\t1\n行政规范性文件\t3\t8", [["规章", "0", "1"], ["行政规范性文件", "3", "8"]]),
    ("| 规章 | 0 | |\n|---|---|---|\n| 规范 性文件 | 3 | 8 |", [["规章", "0", ""], ["规范性文件", "3", "8"]]),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_tables_in_plain_text(text: str, expected: list[list[str]]) -> None:
    document = read_text(f"二、情况\n{text}\n结尾。")
    assert [rows(table) for table in document.tables] == [expected]
    assert [span.of(document.text) for span in document.sentences] == ["二、情况", "结尾。"]


def test_bars_behind_every_cell() -> None:
    text = "第二十条第(一)项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 2 |\n行政许可 | 0 | ||"
    (table,) = read_text(f"二、情况\n{text}\n三、结尾").tables
    assert (table.rows, table.columns) == (4, 4)
    assert rows(table)[1:] == [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "2"],
        ["行政许可", "0", "", ""],
    ]


SAMPLES = Path(__file__).parents[2] / "data" / "reports"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.name)
def test_pdf(path: Path, cues: Cues) -> None:
    document = read(path, cues=cues)
    three = max(document.tables, key=lambda table: len(table.cells))
    grid = rows(three)
    assert three.columns == 10
    assert next(row[:2] for row in grid if row[0] == "三、本年度办理结果")[1] == "（一）予以公开"
    assert all((row[-1] or "0").isdigit() for row in grid[3:])
    assert all(row[0] for row in grid)
    assert [noise.kind for noise in document.noise] == ["page-number"] * len(document.pages)
    assert [section.number for section in document.sections if section.level == 1] == [
        f"{n}、" for n in "一二三四五六"
    ]
    assert document.source.title.endswith("年度报告")
    source = source_text(path)
    for at, character in enumerate(document.text):
        assert character.isspace() or source[document.offsets.starts[at]] == character
    assert source.count("\f") == len(document.pages) - 1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_the_same(turn: int, reports: Path, cues: Cues) -> None:
    path = reports / "hongze-2024.pdf"
    document = pdfium.PdfDocument(path)
    for page in document:
        width, height = page.get_size()
        turned = {
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }
        for item in page.get_objects(max_depth=1):
            item.transform(pdfium.PdfMatrix(*turned[turn]))
        page.set_mediabox(0, 0, *((width, height) if turn == 180 else (height, width)))
        page.set_rotation(turn)
        page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    assert read_bytes(buffer.getvalue(), name="a.pdf", cues=cues).text == read(path, cues=cues).text


def test_two_columns() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    column = "全年主动公开政府信息一百二十条，受理申请三件，均已按时答复，" * 4 + "工作有序。"
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    canvas.setFont("STSong-Light", 12)
    for left in (50, 320):
        for at in range(0, len(column), 18):
            canvas.drawString(left, 700 - at, column[at : at + 18])
    canvas.save()
    assert read_bytes(buffer.getvalue(), name="a.pdf").text.split("\n") == [column, column]


def drawn(*pages: str, encrypt: StandardEncryption | None = None) -> bytes:
    """A PDF that leaves its font out; a page without words is empty."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt, invariant=True)
    for words in pages:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(50, 700, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_pdf_that_is_locked_for_its_owner_alone_is_read() -> None:
    locked = drawn("一、总体情况：公开信息十二条。", encrypt=StandardEncryption("", ownerPassword="x"))
    assert read_bytes(locked, name="a.pdf").text == "一、总体情况：公开信息十二条。"


def archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.name)
def test_pdf_without_its_fonts_is_read_as_the_file_tells(path: Path) -> None:
    """No character of a font that the file leaves out depends on the fonts of the machine."""
    data = path.read_bytes()
    pages = pdfium.PdfDocument(data)
    for number in range(len(pages)):
        assert not brings_its_fonts(pages[number])
        assert glyphs_of(pages[number], data, number) == told_glyphs(data, number)
    told = "".join(seen(told_glyphs(data, number)[0]) for number in range(len(pages)))
    assert "三、本年度办理结果（一）予以公开" in told


def test_both_ways_to_read_a_pdf_agree(reports: Path) -> None:
    data = (reports / "hongze-2024.pdf").read_bytes()
    pages = pdfium.PdfDocument(data)
    for number in range(len(pages)):
        assert brings_its_fonts(pages[number])
        (drawn, _), (told, _) = drawn_glyphs(pages[number]), told_glyphs(data, number)
        assert Counter(seen(drawn)) == Counter(seen(told))


def seen(glyphs: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs if not glyph.text.isspace())


def blank_pdf() -> bytes:
    document = pdfium.PdfDocument.new()
    document.new_page(200, 200)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


REFUSED = [
    (b"", "empty"),
    (b" \n\t\n ", "no text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
    (b"{\\rtf1 text}", "save it as .docx"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image"),
    (archive("xl/workbook.xml"), "spreadsheet"),
    (archive("ppt/presentation.xml"), "presentation"),
    (archive("OFD.xml"), "save it as PDF"),
    (archive("content.xml"), "OpenDocument"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "image or sound"),
    (b"%!PS-Adobe-3.0", "PostScript"),
    (b"From: x\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n<html><p>a<p>b<p>c", "web archive"),
    (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>", "in XML"),
    (archive("a.txt"), "no Word document"),
    (archive("word/document.xml"), "broken DOCX"),
    (b"PK\x03\x04 junk", "broken archive"),
    (b"%PDF-1.7 junk", "does not open"),
    (blank_pdf(), "scanned"),
    (drawn("公开信息十二条。", encrypt=StandardEncryption("u", ownerPassword="x")), "locked with a password"),
    (drawn("\ue101\ue102\ue103\ue104\ue105\ue106\ue107\ue108\ue109\ue10a\ue10b"), "run text recognition"),
    (b"\0\1\2\3" * 50, "not a text file"),
    (b"a" * 20_000_001, "more than the 20 MB"),
    (b"<html><body><script>x</script></body></html>", "no text"),
    (b'{"report": {"year": 2022}}', "JSON data"),
    ("# 注\n@prefix pol: <https://w3id.org/policy-kg/ontology#> .\n".encode(), "RDF data"),
    (b"<x:a> <x:b> <x:c> .\n", "RDF data"),
    ("指标,单位,数\n受理,件,12\n答复,件,11\n".encode(), "rows of values"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, name="a.bin")
    assert reason in str(caught.value)
    assert str(caught.value).startswith("a.bin: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "a.docx"])
def test_text_that_is_called_otherwise_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=rf"^{name}: not a (PDF|Word) file, whatever its name says; save or"):
        read_bytes("公开信息十二条。".encode(), name=name)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "folder"), (tmp_path / "none.txt", "no such file")):
        with pytest.raises(InputError, match=reason):
            read(path)


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(word())
    document: Document = read(path)
    assert document.source.name == "report.txt"
    assert document.source.media_type.endswith("wordprocessingml.document")


def test_docx_paragraphs_with_tabs() -> None:
    """Rows of figures are a table; a list with tabs behind its numbers and a table of contents are none."""

    def tables(*lines: str) -> list[list[str]]:
        document = docx.Document()
        for line in ("云川市财政局年度报告", *lines):
            document.add_paragraph(line)
        buffer = io.BytesIO()
        document.save(buffer)
        found = read_bytes(buffer.getvalue(), name="a.docx").tables
        return [[cell.text for cell in table.cells] for table in found]

    assert tables("规章\t2\t\t9", "规范性文件\t\t4\t41") == [
        ["规章", "2", "", "9", "规范性文件", "", "4", "41"]
    ]
    assert not tables("1.\t更新不及时。", "2.\t图解偏少，3项没有图解。", "3.\t人手不足。")
    assert not tables("一、总体情况\t1", "二、主动公开情况\t3", "三、依申请公开情况\t7")
