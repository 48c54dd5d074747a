"""The rows and cells of the form's tables: missing, under another name, blank."""

import re
from collections import Counter
from collections.abc import Iterator

from kg.check.sections import applies
from kg.check.tell import tell
from kg.extract.tables import FoundTable, TableReading
from kg.facts import Extraction, Finding
from kg.schema.form import Form, FormTable, Row, skeleton
from kg.text.document import Cell, Document, Span

_EACH = 3  # rows with blank cells that are told one by one; more are told together
_LEAST = 4  # characters of a label that can be told from its neighbours
_TOLD = re.compile(r"\d[^\d\s|]{0,2}[，；。、]")  # a figure of a sentence
_SECTION, _DIGIT = "s2.", re.compile(r"\d")
_NOTE = re.compile(r"（[^）]*）|\([^)]*\)")


def check_rows(document: Document, extraction: Extraction, tables: TableReading, form: Form) -> list[Finding]:
    """Rows of section two and three that a table lacks or names otherwise, and cells left blank."""
    if not applies(document, extraction, form):
        return []
    findings: list[Finding] = []
    torn = [
        span for finding in tables.findings if finding.code == "TABLE-AMBIGUOUS" for span in finding.evidence
    ]
    most: dict[str, int] = {}
    for found in tables.tables:
        most[found.table] = max(found.figures, most.get(found.table, 0))
    for found in tables.tables:
        if found.table == "annex" or any(found.span.overlaps(span) for span in torn):
            continue
        if not found.figures and not _left_blank(document, found, tables):
            continue
        if _TOLD.search(document.folded, found.span.start, found.span.end) and not _gridded(document, found):
            continue
        if (
            found.figures * 2 >= most[found.table]
        ):  # fewer are figures of a sentence that reads like the table
            findings += _check(document, found, tables, form)
    return findings


def _left_blank(document: Document, found: FoundTable, tables: TableReading) -> bool:
    """Whether a part of section two has its rows and no figure, where another part of it has some."""
    others = any(one.table.startswith(_SECTION) and one.figures for one in tables.tables)
    return (
        found.table.startswith(_SECTION) and others and _DIGIT.search(found.span.of(document.folded)) is None
    )


def _check(document: Document, found: FoundTable, tables: TableReading, form: Form) -> Iterator[Finding]:
    table = form.table(found.table)
    figures = [f for f in tables.figures if (f.table, f.instance) == (found.table, found.instance)]
    edition = found.edition or ("2021" if any(f.indicator.endswith(".repealed") for f in figures) else "2019")
    there = {(figure.indicator, figure.applicant) for figure in figures}
    gridded = _gridded(document, found)
    letters = skeleton(re.sub(r"\d", "", found.span.of(document.folded)))
    blanks: list[tuple[Row | None, list[str]]] = []
    for row in table.rows:
        if row.heading or edition not in row.editions:
            continue
        columns = _columns(table, row, edition)
        empty = [title for key, title in columns if key not in there]
        named = any(label in letters for label in (*row.label.full, *row.label.parts))
        if len(empty) == len(columns) and not named:
            if gridded or len(table.rows) > 3:
                yield tell(
                    form, "FORM-TABLE", "row", spans=_place(document, found), table=table.label.title,
                    row=row.label.title,
                )  # fmt: skip
        elif empty:
            blanks.append((row, empty))
    if not table.rows:
        empty = [
            f"{group.label.title}{column.label.title}"
            for group in table.groups
            for column in table.columns
            if edition in column.editions and (f"{group.indicator}.{column.notation}", "") not in there
        ]
        blanks += [(None, empty)] if empty else []
    yield from _blanks(document, found, table, blanks, form)
    yield from _renamed(document, found, table, form, edition)


def _gridded(document: Document, found: FoundTable) -> bool:
    """Whether a table is drawn as one, not read from text."""
    return any(grid.span.overlaps(found.span) for grid in document.tables)


def _columns(table: FormTable, row: Row, edition: str) -> list[tuple[tuple[str, str], str]]:
    """The key of each cell a row has, with its column's title."""
    columns = {column.notation: column.label.title for column in table.columns if edition in column.editions}
    if table.notation == "s3":
        return [((row.indicator, notation), title) for notation, title in columns.items()]
    return [((f"{row.indicator}.{notation}", ""), title) for notation, title in columns.items()]


def _blanks(
    document: Document,
    found: FoundTable,
    table: FormTable,
    blanks: list[tuple[Row | None, list[str]]],
    form: Form,
) -> Iterator[Finding]:
    spans = _place(document, found)
    if len(blanks) > _EACH:
        count = sum(len(columns) for _, columns in blanks)
        yield tell(form, "FORM-BLANK", "table", spans=spans, table=table.label.title, count=count)
        return
    for row, columns in blanks:
        label = _label(document, found, row) if row else None
        yield tell(
            form, "FORM-BLANK", spans=(label,) if label else spans, table=table.label.title,
            row=row.label.title if row else table.label.title, columns="、".join(columns),
        )  # fmt: skip


def _renamed(
    document: Document, found: FoundTable, table: FormTable, form: Form, edition: str
) -> Iterator[Finding]:
    """Cells that stand where a row's name does, and nearly are it; only real grids show where a name ends."""
    rows = [row for row in table.rows if not row.heading and edition in row.editions]
    names = {label for row in table.rows for label in row.label.full}
    held = {skeleton(_NOTE.sub("", cell.text)) for cell in _cells(document, found)}
    for cell in _cells(document, found):
        words = skeleton(
            _NOTE.sub("", re.sub(r"^\s*(?:\d{1,2}[.．、]|[一二三四]、|（[一二三四五六七]）)", "", cell.text))
        )
        if len(words) < _LEAST or any(name in words or words in name for name in names):
            continue
        near = [
            row
            for row in rows
            if not any(label in other for label in row.label.full for other in held)
            and any(_alike(words, label) for label in row.label.full)
        ]
        if len(near) == 1:
            yield tell(
                form, "TABLE-ROW", "renamed", spans=(cell.span,), table=table.label.title,
                row=" ".join(cell.text.split()), label=near[0].label.title,
            )  # fmt: skip


def _cells(document: Document, found: FoundTable) -> list[Cell]:
    return [
        cell
        for grid in document.tables
        if grid.span.overlaps(found.span)
        for cell in grid.cells
        if cell.text and found.span.start <= cell.span.start < found.span.end
    ]


def _alike(one: str, other: str) -> bool:
    """Whether two names share most of their characters.

    >>> _alike("属行查询类事项", "属于行政查询事项"), _alike("重复申请", "属于国家秘密")
    (True, False)
    """
    shared = sum((Counter(one) & Counter(other)).values())
    return shared * 2 >= 0.7 * (len(one) + len(other))


def _label(document: Document, found: FoundTable, row: Row) -> Span | None:
    for label in sorted(row.label.full, key=len, reverse=True):
        at = document.folded.find(label, found.span.start, found.span.end)
        if at >= 0:
            return Span(at, at + len(label))
    return None


def _place(document: Document, found: FoundTable) -> tuple[Span, ...]:
    """The first words of a table, to which what it lacks is pinned."""
    line = document.text.find("\n", found.span.start, found.span.end)
    end = line if line > found.span.start else found.span.end
    return (Span(found.span.start, min(end, found.span.start + 40)),)
