"""Findings as one page for the browser: the report with its findings in the margin; it needs nothing but itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise

from kg.inspect.checked import Checked, Point
from kg.inspect.text import Tally
from kg.inspect.words import counted, words
from kg.text.document import Cell, Table

_MANY = 3  # notes of one paragraph that stand below it, side by side, and not in the margin
_Marks = Sequence[tuple[int, int, int, str]]  # start, end, number of the finding, severity


def as_html(checked: Iterable[Checked], lang: str) -> str:
    """Every report as an article, its text on the left, what was found on the right beside its paragraph.

    A bar on top counts the findings, hides and shows severities, and steps from one finding to the next.
    """
    tally = Tally()
    articles, entries = [], []
    for number, item in enumerate(tally.count(checked), 1):
        articles.append(_article(item, number, lang))
        entries.append(_entry(item, number, lang))
    said = words("page", lang)
    style, script = (
        files("kg.inspect").joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js")
    )
    language = "zh-CN" if lang == "zh" else "en"
    listed = (
        f'<nav aria-label="{said["reports"]}"><ol>{"".join(entries)}</ol></nav>\n' if len(entries) > 1 else ""
    )
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{said['title']}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{said['title']}</h1><p>{escape(tally.told(lang))}</p></header>\n"
        f"{_bar(tally, lang)}\n{listed}<main>\n"
        + "\n".join(articles)
        + f"\n</main>\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _bar(tally: Tally, lang: str) -> str:
    """What stays in sight: which severities show, and the way to the next finding."""
    said = words("page", lang)
    boxes = "".join(
        f'<label class="{severity}"><input type="checkbox" id="show-{severity}" checked="checked"> '
        f"{counted('count', severity, tally.severities[severity], lang)}</label>"
        for severity in words("severity", lang)
    )
    buttons = "".join(
        f'<button type="button" id="{name}"{key}>{said[name]}</button>'
        for name, key in (("previous", ' title="k"'), ("next", ' title="j"'), ("print", ""))
    )
    return f'<div class="bar" role="toolbar"><fieldset><legend>{said["show"]}</legend>{boxes}</fieldset><span>{buttons}</span></div>'


def _entry(item: Checked, number: int, lang: str) -> str:
    """A report in the list of them, with how much was found in it."""
    counts = Counter(point.finding.severity for point in item.points)
    told = "".join(
        f'<b class="{severity}" title="{name}">{counts[severity]}</b>'
        for severity, name in words("severity", lang).items()
        if counts[severity]
    )
    return f'<li><a href="#r{number}">{escape(item.path)}</a> {told}</li>'


def _article(item: Checked, number: int, lang: str) -> str:
    said = words("page", lang)
    rows = list(_rows(item, f"r{number}", lang))
    head = f"<h2>{escape(item.path)}</h2>"
    if item.previous:
        head += f'<p class="fine">{escape(said["compared"].format(name=item.previous))}</p>'
    if not item.points:
        head += f'<p class="fine">{said["fine"]}</p>'
    return f'<article lang="zh-CN" id="r{number}">{head}\n' + "\n".join(rows) + "\n</article>"


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
        yield _row(f'<p class="whole">{words("page", lang)["whole"]}</p>', loose, prefix, lang)
    headings = {start: (end, level) for start, end, level in item.headings}
    blocks = list(_blocks(item))
    named: set[int] = set()  # findings whose first words have their anchor
    for number, (start, end, table) in enumerate(blocks):
        following = blocks[number + 1][0] if number + 1 < len(blocks) else len(item.text) + 1
        here = [pair for pair in waiting if pair[1].place is not None and pair[1].place.at < following]
        waiting = waiting[len(here) :]
        if table is not None:
            content = _table(table, item.text, marks, prefix, named)
        else:
            stop, level = headings.get(start, (0, 0))
            tag = (
                f"h{min(level + 3, 6)}" if level and stop >= end - 1 else "p"
            )  # a heading may run into its text
            content = f"<{tag}>{_marked(item.text, start, end, marks, prefix, named)}</{tag}>"
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
    notes = "".join(
        _note(number, point, prefix, lang, anchored=f'id="{prefix}-{number}-at"' in content)
        for number, point in points
    )
    shape = "row many" if len(points) > _MANY else "row"
    return f'<div class="{shape}"><div class="text">{content}</div><aside>{notes}</aside></div>'


def _note(number: int, point: Point, prefix: str, lang: str, *, anchored: bool) -> str:
    said, finding = words("page", lang), point.finding
    figures = ""
    if finding.stated and finding.recomputed:
        figures = (
            f"<dl><dt>{said['stated']}</dt><dd>{escape(finding.stated)}</dd>"
            f"<dt>{said['recomputed']}</dt><dd>{escape(finding.recomputed)}</dd></dl>"
        )
    advice = f'<p class="advice">{escape(point.advice(lang))}</p>' if point.advice(lang) else ""
    quote = ""
    if point.place is not None and point.place.at != point.place.start:
        quote = f"<p><q>{escape(point.place.exact)}</q> ({said['aside']})</p>"
    back = f' <a href="#{prefix}-{number}-at" title="{said["back"]}">↩</a>' if anchored else ""
    return (
        f'<section class="note {finding.severity}" id="{prefix}-{number}"><h3>{words("severity", lang)[finding.severity]} '
        f"<code>{escape(finding.code)}</code>{back}</h3><p>{escape(point.message(lang))}</p>{quote}{figures}{advice}</section>"
    )


def _marked(text: str, start: int, end: int, marks: _Marks, prefix: str, named: set[int]) -> str:
    """A stretch of text, escaped, with what findings quote marked; where quotations overlap, the shorter one shows."""
    inside = [mark for mark in marks if mark[0] < end and mark[1] > start]
    edges = sorted({start, end, *(min(max(at, start), end) for mark in inside for at in mark[:2])})
    parts = []
    for left, right in pairwise(edges):
        over = [mark for mark in inside if mark[0] <= left and right <= mark[1]]
        shown = escape(text[left:right])
        if over:
            _, _, number, severity = min(over, key=lambda mark: (mark[1] - mark[0], mark[2]))
            here = f' id="{prefix}-{number}-at"' if number not in named else ""
            named.add(number)
            shown = f'<a class="mark {severity}"{here} href="#{prefix}-{number}">{shown}</a>'
        parts.append(shown)
    return "".join(parts)


def _table(table: Table, text: str, marks: _Marks, prefix: str, named: set[int]) -> str:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    lines = []
    for row in sorted(rows):
        cells = []
        for cell in sorted(rows[row], key=lambda cell: cell.column):
            spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            cells.append(
                f"<td{spans}>{_marked(text, cell.span.start, cell.span.end, marks, prefix, named)}</td>"
            )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return '<div class="wide"><table>' + "".join(lines) + "</table></div>"
