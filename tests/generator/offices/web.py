"""The form as a web page: exports of word processors and spreadsheets, tables of all habits, and pages without any table."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

from tests.generator.offices.form import C, Filled, Report

Words = Callable[[C], str]


def _text(cell: C) -> str:
    return escape(cell.text, quote=False)


def _spans(cell: C) -> str:
    return f' rowspan="{cell.down}"' * (cell.down > 1) + f' colspan="{cell.across}"' * (cell.across > 1)


def _table(table: Filled, words: Words = _text, *, attributes: str = ' border="1"', cell: str = "") -> str:
    rows = "\n".join(
        "<tr>" + "".join(f"<td{_spans(one)}{cell}>{words(one)}</td>" for one in row) + "</tr>"
        for row in table.rows
    )
    return f"<table{attributes}>\n<tbody>\n{rows}\n</tbody></table>"


def _paragraphs(texts: tuple[str, ...], form: str = "<p>{}</p>") -> str:
    return "\n".join(form.format(escape(text, quote=False)) for text in texts)


def _page(made: Report, inner: str, *, head: str = "", charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}">\n<title>{made.title}_青禾市水务局</title>{head}</head>\n'
        '<body><header><ul class="nav"><li><a href="/">首页</a></li><li><a href="/xxgk">信息公开</a></li><li><a href="/bs">办事服务</a></li></ul></header>\n'
        '<div class="crumb">您的位置：<a href="/">首页</a> &gt; <a href="/xxgk">信息公开</a> &gt; <a href="/nb">信息公开年报</a></div>\n'
        f'<div class="article"><h1>{made.title}</h1>\n'
        '<div class="info"><span>发布日期：2023-01-19 16:05</span> <span>来源：青禾市水务局</span> <span>【字号：<a>大</a> <a>中</a> <a>小</a>】</span> <a href="javascript:print()">打印本页</a></div>\n'
        f'<div class="con">{inner}</div>\n<div class="share">分享到：<a>微信</a> <a>微博</a></div></div>\n'
        '<footer><p>主办：青禾市水务局</p><p>网站标识码：5100000099</p><p><a href="/map">网站地图</a></p></footer></body></html>'
    )


def _flow(made: Report, table: Callable[[Filled], str], form: str = "<p>{}</p>") -> str:
    parts = [_paragraphs(made.opening, form)]
    for one in made.tables:
        parts += [form.format(one.title) if one.title else "", table(one)]
    return "\n".join([*parts, _paragraphs(made.closing, form)])


def official(made: Report) -> bytes:
    """The merged cells of the form, as editors of sites keep them."""
    return _page(made, _flow(made, _table)).encode()


def word_export(made: Report) -> bytes:
    """What Word saves as a web page: its own tags, lists by hidden comment, a paragraph in each cell, GB2312 declared."""

    def words(cell: C) -> str:
        inner = _text(cell) or "<o:p>&nbsp;</o:p>"
        lang = "EN-US" if cell.figure else "ZH-CN"
        return (
            "<p class=MsoNormal align=center style='margin-bottom:0cm;text-align:center;\n  line-height:normal;mso-pagination:widow-orphan'>"
            f"<span lang={lang} style='font-size:\n  10.0pt;font-family:宋体;mso-bidi-font-family:宋体;color:black;mso-font-kerning:0pt'>{inner}</span>"
            "<span\n  lang=EN-US style='font-size:10.0pt'><o:p></o:p></span></p>"
        )

    def table(one: Filled) -> str:
        rows = "".join(
            f" <tr style='mso-yfti-irow:{at};height:20.5pt'>"
            + "".join(
                f"\n  <td width=63 valign=center {_spans(cell).replace(chr(34), '')} style='width:47.3pt;border:solid windowtext 1.0pt;\n"
                f"  mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>\n  {words(cell)}\n  </td>"
                for cell in row
            )
            + "\n </tr>\n"
            for at, row in enumerate(one.rows)
        )
        spare = "".join("<td width=20 style='border:none'></td>" for _ in range(one.width))
        return (
            "<div align=center>\n<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0\n style='border-collapse:collapse;"
            f"mso-yfti-tbllook:1184;mso-padding-alt:0cm 0cm 0cm 0cm'>\n{rows} <![if !supportMisalignedColumns]>\n <tr height=0>{spare}</tr>\n <![endif]></table>\n</div>"
        )

    form = "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span\nstyle='font-size:16.0pt;font-family:仿宋_GB2312'>{}<span\nlang=EN-US><o:p></o:p></span></span></p>"
    page = (
        '<html xmlns:v="urn:schemas-microsoft-com:vml"\nxmlns:o="urn:schemas-microsoft-com:office:office"\nxmlns:w="urn:schemas-microsoft-com:office:word">\n'
        '<head>\n<meta http-equiv=Content-Type content="text/html; charset=gb2312">\n<meta name=Generator content="Microsoft Word 15">\n'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->\n"
        "<style>\n<!--\n /* Font Definitions */\n @font-face {font-family:宋体;}\n p.MsoNormal{mso-style-unhide:no;margin:0cm;}\n-->\n</style>\n"
        f"<title>{made.title}</title></head>\n<body lang=ZH-CN style='tab-interval:21.0pt'>\n<div class=WordSection1 style='layout-grid:15.6pt'>\n"
        f"{form.format(made.title)}\n{_flow(made, table, form)}\n</div>\n</body>\n</html>"
    )
    return page.encode("gb18030")


def wps_paste(made: Report) -> bytes:
    """What an editor of a site keeps of a text pasted from WPS: fonts in fonts, spans per figure, sizes in every cell."""

    def words(cell: C) -> str:
        inner = "".join(
            f'<font face="Calibri">{letter}</font>' if letter.isdigit() else letter for letter in cell.text
        )
        return (
            '<p class="p0" style="margin: 0pt; text-align: center; layout-grid-mode: char;">'
            f"<span style=\"mso-spacerun:'yes';font-size:10.5000pt;font-family:'宋体';\">{inner}</span>"
            "<span style=\"mso-spacerun:'yes';font-size:10.5000pt;\"><o:p></o:p></span></p>"
        )

    form = '<p class="p0" style="text-indent:32.0000pt;"><span style="mso-spacerun:\'yes\';font-size:16.0000pt;"><font face="仿宋">{}</font></span></p>'
    inner = _flow(
        made,
        lambda one: (
            "<!--StartFragment-->"
            + _table(one, words, attributes=' class="MsoTableGrid"', cell=' width="63" valign="top"')
            + "<!--EndFragment-->"
        ),
        form,
    )
    return _page(made, inner).encode()


def spreadsheet(made: Report) -> bytes:
    """A sheet saved as a page: widths by columns, numbers marked, hidden rows and columns at its edges."""

    def table(one: Filled) -> str:
        columns = "".join(
            f"<col width=72 style='mso-width-source:userset;mso-width-alt:{2304 + at}'>"
            for at in range(one.width)
        )
        rows = "".join(
            "<tr height=19 style='height:14.4pt'>"
            + "".join(
                f"<td {'x:num ' if cell.figure and cell.text else ''}class=xl{65 + cell.figure}{_spans(cell)}>{_text(cell)}</td>"
                for cell in row
            )
            + "<td style='display:none'>0</td></tr>\n"
            for row in one.rows
        )
        hidden = f"<tr style='display:none;mso-height-source:userset'>{'<td>9</td>' * one.width}</tr>"
        return f"<table border=0 cellpadding=0 cellspacing=0 style='border-collapse:collapse;table-layout:fixed'>{columns}\n{hidden}{rows}</table>"

    return _page(made, _flow(made, table)).encode()


def unmerged(made: Report) -> bytes:
    """No merged cells: every place that one would cover repeats its words."""

    def table(one: Filled) -> str:
        rows = "".join(
            "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>\n" for row in _once(one)
        )
        return f"<table class='table table-bordered'>{rows}</table>"

    return _page(made, _flow(made, table)).encode()


def _once(one: Filled) -> list[list[C]]:
    """Rows without merged cells; figures that reach over columns stand once."""
    rows = []
    for row in one.matrix():
        seen: list[C] = []
        for at, cell in enumerate(row):
            repeated = cell.figure and at and row[at - 1] is cell
            seen.append(C("") if repeated else cell)
        rows.append(seen)
    return rows


def sloppy(made: Report) -> bytes:
    """Capitals, no closing tags, no quotes, as pages were written by hand."""

    def table(one: Filled) -> str:
        rows = "\n".join(
            "<TR>"
            + "".join(
                f"<TD{_spans(cell).upper().replace(chr(34), '')} ALIGN=middle>{_text(cell)}" for cell in row
            )
            for row in one.rows
        )
        return f"<TABLE BORDER=1 BGCOLOR=#FFFFFF>\n{rows}\n</TABLE>"

    inner = _flow(made, table, "<P>　　{}")
    return f"<HTML><HEAD><TITLE>{made.title}</TITLE></HEAD><BODY><CENTER><FONT SIZE=5>{made.title}</FONT></CENTER>{inner}</BODY></HTML>".encode(
        "gb18030"
    )


def headed(made: Report) -> bytes:
    """Header cells in a head, the foot before the body, a caption, marks for phones in every cell."""

    def table(one: Filled) -> str:
        def line(row: tuple[C, ...], tag: str) -> str:
            return (
                "<tr>"
                + "".join(f'<{tag}{_spans(cell)} data-label="数量">{_text(cell)}</{tag}>' for cell in row)
                + "</tr>"
            )

        head = "".join(line(row, "th") for row in one.rows[: one.heads])
        body = "".join(line(row, "td") for row in one.rows[one.heads :])
        return (
            f"<div class='table-responsive'><table><caption>{one.title}</caption><colgroup><col span='{one.width}'></colgroup>"
            f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
        )

    return _page(made, _flow(made, table)).encode()


def nested(made: Report) -> bytes:
    """Every table in a cell of a table that lays the page out, with a column of links beside it."""
    side = "<table width=180><tr><td><a href='/a'>机构概况</a></td></tr><tr><td><a href='/b'>法规公文</a></td></tr></table>"
    inner = _flow(
        made,
        lambda one: (
            f"<table width='100%'><tr><td><table><tr><td>{_table(one)}</td></tr></table></td></tr></table>"
        ),
    )
    return _page(made, f"<table><tr><td valign=top>{side}</td><td>{inner}</td></tr></table>").encode()


def side_by_side(made: Report) -> bytes:
    """The tables of sections two and four beside each other in one row of the layout."""
    two, three, four = made.tables
    row = f"<table class='two'><tr><td><h3>{two.title}</h3>{_table(two)}</td><td><h3>{four.title}</h3>{_table(four)}</td></tr></table>"
    inner = "\n".join(
        [_paragraphs(made.opening), row, f"<h3>{three.title}</h3>", _table(three), _paragraphs(made.closing)]
    )
    return _page(made, inner).encode()


def divs(made: Report) -> bytes:
    """No table at all: a block for each row, a block for each cell."""

    def table(one: Filled) -> str:
        rows = "".join(
            '<div class="tr">'
            + "".join(
                f'<div class="td">{_text(cell) or "&nbsp;"}</div>' for cell in row if cell.text or cell.figure
            )
            + "</div>\n"
            for row in one.rows
        )
        return f'<div class="grid">{rows}</div>'

    return _page(made, _flow(made, table)).encode()


def spans(made: Report) -> bytes:
    """Rows of a list with a span for each cell."""

    def table(one: Filled) -> str:
        rows = "".join(
            "<li>"
            + " ".join(f"<span class='c{at}'>{_text(cell)}</span>" for at, cell in enumerate(row))
            + "</li>\n"
            for row in one.rows
        )
        return f"<ul class='t'>{rows}</ul>"

    return _page(made, _flow(made, table)).encode()


def css_table(made: Report) -> bytes:
    """Blocks that the style sheet draws as a table."""

    def table(one: Filled) -> str:
        rows = "".join(
            '<div style="display:table-row">'
            + "".join(
                f'<div style="display: table-cell; border:1px solid #000">{_text(cell)}</div>' for cell in row
            )
            + "</div>\n"
            for row in one.lines()
        )
        return f'<div style="display:table;width:100%">{rows}</div>'

    return _page(made, _flow(made, table)).encode()


def broken_labels(made: Report) -> bytes:
    """Labels in short lines, full-width digits, spaces that do not break, marks for nothing."""
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")

    def words(cell: C) -> str:
        if cell.figure:
            return f"&nbsp;{cell.text.translate(wide)}&nbsp;" if cell.text else "&nbsp;"
        text = _text(cell)
        return "<br />".join(text[at : at + 4] for at in range(0, len(text), 4))

    return _page(made, _flow(made, lambda one: _table(one, words))).encode()


def invisible(made: Report) -> bytes:
    """Characters that nobody sees between the others."""

    def words(cell: C) -> str:
        return (
            f"\ufeff{_text(cell)}&#8203;"
            if cell.figure
            else "&#8203;".join(_text(cell).split("、"))
            if "&" not in cell.text
            else ""
        )

    return _page(made, _flow(made, lambda one: _table(one, words))).encode()


def cut(made: Report) -> bytes:
    """Tables that the page of the paper cut in two, the number of the page between them."""

    def table(one: Filled) -> str:
        if len(one.rows) < 8:
            return _table(one)
        first, second = one.cut(len(one.rows) * 5 // 9, again=False)
        return f"{_table(first)}\n<p align='center'>- 3 -</p>\n{_table(second)}"

    return _page(made, _flow(made, table)).encode()


def cut_again(made: Report) -> bytes:
    """Tables in two with the header again and a word that they go on."""

    def table(one: Filled) -> str:
        if not one.heads or len(one.rows) < 8:
            return _table(one)
        first, second = one.cut(14, again=True)
        return f"{_table(first)}\n<p>续表</p>\n{_table(second)}"

    return _page(made, _flow(made, table)).encode()


def pages(made: Report) -> bytes:
    """Three pages of a site one after another, each with all that stands around."""
    two, three, four = made.tables
    pager = "<div class='pager'><a href='?p=1'>上一页</a> <a>1</a> <a>2</a> <a>3</a> <a href='?p=3'>下一页</a></div>"
    bodies = (
        "\n".join([_paragraphs((*made.opening, two.title)), _table(two), pager]),
        "\n".join([_paragraphs((three.title,)), _table(three), pager]),
        "\n".join([_paragraphs((four.title,)), _table(four), _paragraphs(made.closing), pager]),
    )
    return "\n".join(_page(made, body) for body in bodies).encode()


def phone_copy(made: Report) -> bytes:
    """A second copy of each table for small screens, which the page's own style sheet hides."""
    style = "<style>.pc{width:100%} .for-phone { display: none; } @media (max-width:600px){.for-phone{display:block}.pc{display:none}}</style>"
    inner = _flow(
        made,
        lambda one: f"<div class='pc'>{_table(one)}</div><div class='for-phone wide'>{_table(one)}</div>",
    )
    return _page(made, inner, head=style).encode()


def phone_copy_inline(made: Report) -> bytes:
    """The same with the style in the element."""
    inner = _flow(made, lambda one: f"{_table(one)}<div style='DISPLAY: none'>{_table(one)}</div>")
    return _page(made, inner).encode()


def all_in_one(made: Report) -> bytes:
    """The whole report one table, the headings rows of it."""
    width = max(one.width for one in made.tables)
    rows = [f"<tr><td colspan={width}>{text}</td></tr>" for text in made.opening]
    for one in made.tables:
        rows.append(f"<tr><td colspan={width}>{one.title}</td></tr>")
        rows += [
            "<tr>" + "".join(f"<td{_spans(cell)}>{_text(cell)}</td>" for cell in row) + "</tr>"
            for row in one.rows
        ]
    rows += [f"<tr><td colspan={width}>{text}</td></tr>" for text in made.closing]
    return _page(made, f"<table>{''.join(rows)}</table>").encode()


def preformatted(made: Report) -> bytes:
    """Rows as lines of text, cells apart by tabs."""
    inner = _flow(
        made,
        lambda one: (
            "<pre>" + "\n".join("\t".join(_text(cell) for cell in row) for row in one.lines()) + "</pre>"
        ),
    )
    return _page(made, inner).encode()


def big5(made: Report) -> bytes:
    """Traditional characters in their own encoding."""
    from opencc import OpenCC

    text = OpenCC("s2t").convert(_page(made, _flow(made, _table), charset="big5"))
    return text.encode("big5", "xmlcharrefreplace")


def gbk(made: Report) -> bytes:
    """The national encoding, declared."""
    return _page(made, _flow(made, _table), charset="gbk").encode("gb18030")


def _each(made: Report, tag: str, blank: str) -> bytes:
    return _page(
        made,
        _flow(
            made,
            lambda one: "".join(
                f"<{tag}>{_text(cell) or blank}</{tag}>\n" for row in one.rows for cell in row
            ),
        ),
    ).encode()


def cell_paragraphs(made: Report) -> bytes:
    """A paragraph for each cell and no table, as editors leave it that know none; a blank one for a blank cell."""
    return _each(made, "p", "&nbsp;")


def cell_blocks(made: Report) -> bytes:
    """The same with blocks that hold nothing."""
    return _each(made, "div", "")


def cell_breaks(made: Report) -> bytes:
    """The same in one paragraph, a break after each cell."""
    cells = (
        cell.text for one in made.tables for cell in [C(one.title), *(c for row in one.rows for c in row)]
    )
    inner = "<br>".join(escape(text, quote=False) for text in cells)
    return _page(made, f"{_paragraphs(made.opening)}<div>{inner}</div>{_paragraphs(made.closing)}").encode()


def boxed(made: Report) -> bytes:
    """A table of one cell in each cell, which draws its frame."""
    return _page(
        made,
        _flow(made, lambda one: _table(one, lambda cell: f"<table><tr><td>{_text(cell)}</td></tr></table>")),
    ).encode()


def too_wide(made: Report) -> bytes:
    """Labels that reach over more columns than there are, so that no figure stands under its header."""
    return _page(
        made,
        _flow(
            made,
            lambda one: _table(
                replace(
                    one,
                    rows=tuple(
                        tuple(
                            replace(cell, across=cell.across + 4 * (cell.across > 1 and not cell.figure))
                            for cell in row
                        )
                        for row in one.rows
                    ),
                )
            ),
        ),
    ).encode()


def odd_spans(made: Report) -> bytes:
    """Numbers of rows and columns with signs behind them, which browsers pass over."""
    return (
        _page(made, _flow(made, _table))
        .replace('span="5"', 'span="5;"')
        .replace('span="2"', 'span=" 2px"')
        .encode()
    )


PAGES: dict[str, Callable[[Report], bytes]] = {
    page.__name__: page
    for page in (
        official, word_export, wps_paste, spreadsheet, unmerged, sloppy, headed, nested, side_by_side, divs, spans, css_table,
        broken_labels, invisible, cut, cut_again, pages, phone_copy, phone_copy_inline, all_in_one, preformatted, big5, gbk,
        cell_paragraphs, cell_blocks, cell_breaks, boxed, too_wide, odd_spans,
    )
}  # fmt: skip
