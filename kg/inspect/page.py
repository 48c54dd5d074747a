"""Findings as one page for the browser: the report with its findings in the margin; it needs nothing but itself."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise

from kg.inspect.checked import Checked, Point
from kg.inspect.text import summary
from kg.text.document import Cell, Table

_WORDS = {
    "zh": {
        "title": "报告核对", "error": "错误", "warning": "警告", "info": "提示", "stated": "写为", "recomputed": "应为", "whole": "全文",
        "fine": "未发现问题", "aside": "已移出正文",
    },
    "en": {
        "title": "Reports checked", "error": "error", "warning": "warning", "info": "info", "stated": "stated",
        "recomputed": "the figures give", "whole": "the whole report", "fine": "nothing found", "aside": "set aside",
    },
}  # fmt: skip
_MANY = 3  # notes of one paragraph that stand below it, side by side, and not in the margin
_Marks = Sequence[tuple[int, int, int, str]]  # start, end, number of the finding, severity


def as_html(checked: Iterable[Checked], lang: str) -> str:
    """Every report as an article, its text on the left, what was found on the right beside its paragraph."""
    items = list(checked)
    words = _WORDS[lang]
    style = files("kg.inspect").joinpath("page.css").read_text(encoding="utf-8")
    articles = "\n".join(_article(item, number, lang) for number, item in enumerate(items, 1))
    count = escape(summary(items, lang))
    language = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words['title']}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{words['title']}</h1><p>{count}</p></header>\n<main>\n{articles}\n</main>\n</body>\n</html>\n"
    )


def _article(item: Checked, number: int, lang: str) -> str:
    words = _WORDS[lang]
    rows = list(_rows(item, f"r{number}", lang))
    head = f"<h2>{escape(item.path)}</h2>"
    if not item.points:
        head += f'<p class="fine">{words["fine"]}</p>'
    return f'<article lang="zh-CN">{head}\n' + "\n".join(rows) + "\n</article>"


def _rows(item: Checked, prefix: str, lang: str) -> Iterator[str]:
    """The text, block by block, each with the findings told in it."""
    marks = [
        (place.start, place.end, number, point.finding.severity)
        for number, point in enumerate(item.points, 1)
        for place in point.places
        if place.end <= len(item.text)
    ]
    waiting = list(enumerate(item.points, 1))
    loose = [pair for pair in waiting if pair[1].place is None]
    waiting = [pair for pair in waiting if pair[1].place is not None]
    if loose:
        yield _row(f'<p class="whole">{_WORDS[lang]["whole"]}</p>', loose, prefix, lang)
    headings = {start: level for start, _, level in item.headings}
    blocks = list(_blocks(item))
    for number, (start, end, table) in enumerate(blocks):
        following = blocks[number + 1][0] if number + 1 < len(blocks) else len(item.text) + 1
        here = [pair for pair in waiting if pair[1].place is not None and pair[1].place.at < following]
        waiting = waiting[len(here) :]
        if table is not None:
            content = _table(table, item.text, marks, prefix)
        else:
            tag = f"h{min(headings[start] + 3, 6)}" if headings.get(start) else "p"
            content = f"<{tag}>{_marked(item.text, start, end, marks, prefix)}</{tag}>"
        yield _row(content, here, prefix, lang)
    if waiting:
        yield _row("", waiting, prefix, lang)


def _blocks(item: Checked) -> Iterator[tuple[int, int, Table | None]]:
    """Lines of the text, and tables in place of theirs."""
    tables = sorted(item.tables, key=lambda table: table.span)
    start = 0
    while start < len(item.text):
        if tables and tables[0].span.start <= start:
            table = tables.pop(0)
            yield table.span.start, table.span.end, table
            start = max(start, table.span.end) + 1
            continue
        stop = item.text.find("\n", start)
        stop = len(item.text) if stop < 0 else stop
        if item.text[start:stop].strip():
            yield start, stop, None
        start = stop + 1


def _row(content: str, points: Sequence[tuple[int, Point]], prefix: str, lang: str) -> str:
    notes = "".join(_note(number, point, prefix, lang) for number, point in points)
    shape = "row many" if len(points) > _MANY else "row"
    return f'<div class="{shape}"><div class="text">{content}</div><aside>{notes}</aside></div>'


def _note(number: int, point: Point, prefix: str, lang: str) -> str:
    words, finding = _WORDS[lang], point.finding
    figures = ""
    if finding.stated and finding.recomputed:
        figures = (
            f"<dl><dt>{words['stated']}</dt><dd>{escape(finding.stated)}</dd>"
            f"<dt>{words['recomputed']}</dt><dd>{escape(finding.recomputed)}</dd></dl>"
        )
    advice = f'<p class="advice">{escape(point.advice(lang))}</p>' if point.advice(lang) else ""
    quote = ""
    if point.place is not None and point.place.at != point.place.start:
        quote = f"<p><q>{escape(point.place.exact)}</q> ({words['aside']})</p>"
    return (
        f'<section class="note {finding.severity}" id="{prefix}-{number}"><h3>{words[finding.severity]} '
        f"<code>{escape(finding.code)}</code></h3><p>{escape(point.message(lang))}</p>{quote}{figures}{advice}</section>"
    )


def _marked(text: str, start: int, end: int, marks: _Marks, prefix: str) -> str:
    """A stretch of text, escaped, with what findings quote marked; where quotations overlap, the shorter one shows."""
    inside = [mark for mark in marks if mark[0] < end and mark[1] > start]
    edges = sorted({start, end, *(min(max(at, start), end) for mark in inside for at in mark[:2])})
    parts = []
    for left, right in pairwise(edges):
        over = [mark for mark in inside if mark[0] <= left and right <= mark[1]]
        words = escape(text[left:right])
        if over:
            _, _, number, severity = min(over, key=lambda mark: (mark[1] - mark[0], mark[2]))
            words = f'<a class="mark {severity}" href="#{prefix}-{number}">{words}</a>'
        parts.append(words)
    return "".join(parts)


def _table(table: Table, text: str, marks: _Marks, prefix: str) -> str:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    lines = []
    for row in sorted(rows):
        cells = []
        for cell in sorted(rows[row], key=lambda cell: cell.column):
            spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            cells.append(f"<td{spans}>{_marked(text, cell.span.start, cell.span.end, marks, prefix)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return '<div class="wide"><table>' + "".join(lines) + "</table></div>"
