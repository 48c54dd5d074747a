"""Tables of a document become figures."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from kg.extract.tables.annex import Annex, AnnexLine, AnnexReader, clean
from kg.extract.tables.flat import FlatReader
from kg.extract.tables.free import FreeReader
from kg.extract.tables.grid import GridReader
from kg.extract.tables.model import OLD, OWN, FoundTable, TableFigure, TableReading
from kg.extract.tables.numbers import Number, NumberReader
from kg.extract.tables.rows import FoundRow, FoundRows, base_unit, doubtful, settle, soundness
from kg.extract.tables.skeleton import occurrences
from kg.facts import Finding
from kg.schema.form import Form, skeleton
from kg.text.document import Document, Span

_CAPTION = 60
_SECTION = 2  # the deepest level of headings that name tables; those below are lists of the text
_LOOSE = 2  # rows that a word for totals and the like makes of any table


def read_tables(document: Document, form: Form, year: int | None = None) -> TableReading:
    """Every figure of the statistical tables of a document, and what could not be read.

    Grids are read first; the text they do not cover is then read for tables that lost their lines.
    A report for a ``year`` before a section of the form was asked for lacks none of its tables.
    """
    numbers = NumberReader(form)
    annexes = AnnexReader(document, form, numbers)
    old, taken = annexes.grids(document.tables)
    grids = GridReader(document, form, numbers)
    grids.read([table for table in document.tables if table.span not in taken])
    rest = _outside(document.body, [*grids.used, *taken])
    flat = FlatReader(document.folded, form, numbers, rest)
    found: list[FoundRows] = []
    edition = ""
    for section in ("s3", "s2", "s4"):
        gridded = [rows for rows in grids.found if rows.table.section == section]
        ways: list[Sequence[FoundRows]] = [[*gridded, *flat.read(section, edition)]]
        if not gridded or any(map(doubtful, gridded)):
            whole = FlatReader(document.folded, form, numbers, _outside(document.body, taken))
            ways.append(whole.read(section, edition))
        best = max(ways, key=_soundness)
        found.extend(best)
        if section == "s3" and (edition := _edition(best)) and any(rows.unknown for rows in grids.found):
            grids = GridReader(document, form, numbers, edition)
            grids.read([table for table in document.tables if table.span not in taken])
    found.sort(key=lambda rows: (rows.span, rows.table.notation))
    figures: list[TableFigure] = []
    findings: list[Finding] = []
    tables: list[FoundTable] = []
    counts: dict[str, int] = {}
    for rows in found:
        name = rows.table.notation
        instance = counts.get(name, 0)
        counts[name] = instance + 1
        scope = _scope(document, form, rows.span, [other.span for other in found])
        made, troubles = _figures(document, form, rows, instance, scope)
        figures.extend(made)
        findings.extend(troubles)
        tables.append(FoundTable(name, rows.edition, instance, rows.span, scope, len(made)))
    read = [*old, *annexes.flat(rest)]
    free = FreeReader(document, form, numbers, year)
    own = _own_tables(document, free, found, [annex.span for annex in read])
    for instance, annex in enumerate([*read, *own]):
        scope = _scope(document, form, annex.span, [])
        edition = OWN if instance >= len(read) else OLD
        made, troubles = _annex_figures(document, form, annex, instance, scope, edition)
        figures.extend(made)
        findings.extend(troubles)
        tables.append(FoundTable("annex", edition, instance, annex.span, scope, len(made)))
    findings.extend(_missing(document, form, tables, year))
    return TableReading(tuple(figures), tuple(findings), tuple(tables))


def _own_tables(
    document: Document, free: FreeReader, found: Sequence[FoundRows], annexes: Sequence[Span]
) -> list[Annex]:
    """The tables of the body's own making, behind those of the form.

    Where a table of the form was read in part there are none: no rest of it is taken for another table.
    """
    forms = [
        rows
        for rows in found
        if len(rows.rows) > _LOOSE or rows.unknown or any(row.readings for row in rows.rows)
    ]
    if any(map(doubtful, forms)):
        return []
    rest = Span(max([document.body.start, *(rows.span.end for rows in forms)]), document.body.end)
    left = [
        table
        for table in document.tables
        if rest.covers(table.span) and not any(table.span.overlaps(span) for span in annexes)
    ]
    return [
        *free.grids(left),
        *free.flat(_outside(rest, [*annexes, *(table.span for table in document.tables)])),
    ]


def _edition(requests: Iterable[FoundRows]) -> str:
    """The edition that tables of section three are of, where all tell it by the rows for other results."""
    told = set()
    for rows in requests:
        names = {row.row.indicator for row in rows.rows if row.digits is not None}
        newer = any(name.startswith("s3.other_") for name in names)
        told.add("2021" if newer else "2019" if "s3.other" in names else "")
    return told.pop() if len(told) == 1 else ""


def _soundness(way: Iterable[FoundRows]) -> int:
    """How well the tables of a section were read; tables that interlock are pieces of one."""
    tables = list(way)
    spans = sorted(rows.span for rows in tables)
    interlocked = sum(left.end > right.start for left, right in pairwise(spans))
    return sum(map(soundness, tables)) - 100 * interlocked


def _figures(
    document: Document, form: Form, rows: FoundRows, instance: int, scope: str
) -> tuple[list[TableFigure], list[Finding]]:
    figures: list[TableFigure] = []
    findings: list[Finding] = []
    for row, reading, torn in settle(rows, form):
        if torn:
            digits = row.digits or row.label
            severity, zh, en = form.messages.tell(
                "TABLE-AMBIGUOUS", row=row.row.label.title, digits=digits.of(document.text).strip()
            )
            findings.append(Finding("TABLE-AMBIGUOUS", severity, zh, en, (row.label, digits)))
        for place, cell in enumerate(reading):
            if cell is not None:
                figures.append(_figure(document, form, rows, row, place, cell, instance, scope))
    for words, span in rows.unknown:
        severity, zh, en = form.messages.tell("TABLE-ROW", table=rows.table.label.title, row=words)
        findings.append(Finding("TABLE-ROW", severity, zh, en, (span,)))
    return figures, findings


def _figure(
    document: Document,
    form: Form,
    rows: FoundRows,
    row: FoundRow,
    place: int,
    cell: Number,
    instance: int,
    scope: str,
) -> TableFigure:
    column = row.columns[place]
    name = rows.table.notation
    if name == "s3":
        indicator, applicant, unit = row.row.indicator, column, rows.table.columns[0].unit
    elif name == "s4":
        indicator, applicant, unit = column, "", rows.table.columns[0].unit
    else:
        indicator, applicant = f"{row.row.indicator}.{column}", ""
        unit = next(other.unit for other in rows.table.columns if other.notation == column)
    header = row.units[place] if place < len(row.units) else ""
    printed_unit = cell.unit or header or unit
    base, factor = base_unit(form, printed_unit)
    section = document.section_at(cell.span.start)
    label = row.row.label.title
    return TableFigure(
        name,
        rows.edition,
        instance,
        indicator,
        label,
        applicant,
        _whole(cell.value * factor),
        base,
        cell.span.of(document.text),
        printed_unit,
        factor,
        cell.span,
        row.label,
        section.heading.of(document.text) if section else "",
        False,
        scope,
    )


def _annex_figures(
    document: Document, form: Form, annex: Annex, instance: int, scope: str, edition: str
) -> tuple[list[TableFigure], list[Finding]]:
    figures = [
        _annex_figure(document, form, line, cell, instance, scope, edition, cumulative=cumulative)
        for line in annex.lines
        for cell, cumulative in ((line.value, False), (line.cumulative, True))
        if cell is not None
    ]
    findings = []
    for words, span in annex.torn:
        severity, zh, en = form.messages.tell("TABLE-AMBIGUOUS", row=words, digits=span.of(document.text))
        findings.append(Finding("TABLE-AMBIGUOUS", severity, zh, en, (span,)))
    return figures, findings


def _annex_figure(
    document: Document,
    form: Form,
    line: AnnexLine,
    cell: Number,
    instance: int,
    scope: str,
    edition: str,
    *,
    cumulative: bool,
) -> TableFigure:
    printed_unit = cell.unit or line.unit or (line.row.unit if line.row else "")
    base, factor = base_unit(form, printed_unit)
    section = document.section_at(cell.span.start)
    return TableFigure(
        "annex",
        edition,
        instance,
        line.row.indicator if line.row else "",
        line.row.label.title if line.row else clean(line.label),
        "",
        _whole(cell.value * factor),
        base,
        cell.span.of(document.text),
        printed_unit,
        factor,
        cell.span,
        line.label_span,
        section.heading.of(document.text) if section else "",
        cumulative,
        scope,
    )


def _whole(value: Decimal) -> Decimal:
    """A number without needless decimals."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _outside(body: Span, used: Iterable[Span]) -> list[Span]:
    """The parts of the body that no read grid covers."""
    parts = []
    start = body.start
    for span in sorted(used):
        if span.start > start:
            parts.append(Span(start, min(span.start, body.end)))
        start = max(start, span.end)
    if start < body.end:
        parts.append(Span(start, body.end))
    return parts


def _scope(document: Document, form: Form, span: Span, tables: Sequence[Span]) -> str:
    """Whether a caption or heading right before a table says what it covers."""
    floor = max([0, *(other.end for other in tables if other.end <= span.start)])
    before = document.folded[max(floor, span.start - _CAPTION * 3) : span.start]
    lines = [line.strip() for line in before.split("\n") if line.strip()]
    section = document.section_at(span.start)
    heading = (
        [section.heading.of(document.folded)] if section is not None and section.level <= _SECTION else []
    )
    captions = [
        line
        for line in (*heading, *lines[-4:])
        if len(line) <= _CAPTION and not any(mark in line for mark in "。；，")
    ]
    for line in reversed(captions):
        own = any(word in line for word in form.words["scope-own"])
        region = any(word in line for word in form.words["scope-region"])
        if own != region:
            return "own" if own else "region"
    return ""


def _missing(document: Document, form: Form, tables: Sequence[FoundTable], year: int | None) -> list[Finding]:
    """Headings of the form's sections under which no table with figures stands."""
    findings = []
    for notation in ("s2", "s3", "s4"):
        mine = [table for table in tables if table.table.startswith(notation)]
        asked = form.section(notation)
        if any(table.figures for table in mine) or (year is not None and year < asked.first_year):
            continue
        label = asked.label
        strict = [words for words in label.full if len(words) >= 9]
        heading = next(
            (
                section.heading
                for section in document.sections
                if section.level <= 1 and any(words in skeleton(section.title) for words in strict)
            ),
            None,
        )
        if heading is None or occurrences(skeleton(document.folded), label, 0) == []:
            continue
        severity, zh, en = form.messages.tell("FORM-TABLE", "empty", table=label.title)
        findings.append(Finding("FORM-TABLE", severity, zh, en, (heading,)))
    return findings
