"""The sums printed on the form: across the rows and down the columns of its tables."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kg.check.observations import Observed
from kg.extract.tables import TableFigure, TableReading
from kg.facts import Finding
from kg.schema.form import Form
from kg.text.document import Span

_Cells = Mapping[tuple[str, str], TableFigure]


def check_sums(tables: TableReading, known: Sequence[Observed], form: Form) -> list[Finding]:
    """R1, R2, R3 and R5 over every table of sections three and four.

    A blank cell counts as nothing in a row that has figures; where a row could not be read, sums that need it are passed over.
    """
    digits = {figure.span for figure in tables.figures}
    iris = {span: other.iri for other in known if other.cell for span in other.spans if span in digits}
    findings: list[Finding] = []
    for table in tables.tables:
        figures = [f for f in tables.figures if f.table == table.table and f.instance == table.instance]
        torn = any(
            finding.code in ("TABLE-AMBIGUOUS", "TABLE-ROW")
            and any(table.span.overlaps(s) for s in finding.evidence)
            for finding in tables.findings
        )
        if table.table == "s3":
            cells = {(figure.indicator, figure.applicant): figure for figure in figures}
            findings += _applicants(cells, form, iris)
            findings += _results(cells, form, iris, torn=torn)
            findings += _carried(cells, form, iris)
        elif table.table == "s4":
            findings += _groups({figure.indicator: figure for figure in figures}, form, iris)
    return findings


def _applicants(cells: _Cells, form: Form, iris: Mapping[Span, str]) -> Iterable[Finding]:
    balance = form.balance("FORM-R1", "s3")
    (whole,) = balance.right
    for row in dict.fromkeys(indicator for indicator, _ in cells):
        total = cells.get((row, whole))
        if total is None:
            continue
        parts = [cells[row, column] for column in balance.left if (row, column) in cells]
        sum_ = _sum(parts)
        if parts and sum_ != total.value:
            yield _finding(
                form, "FORM-R1", total, sum_, iris, parts, row=total.label, sum=sum_, stated=total.value
            )


def _results(cells: _Cells, form: Form, iris: Mapping[Span, str], *, torn: bool) -> Iterable[Finding]:
    balance = form.balance("FORM-R2", "s3")
    (whole,) = balance.right
    rows = [
        row
        for row in balance.left
        if any((row, column.notation) in cells for column in form.table("s3").columns)
    ]
    edition = "2021" if any(row.startswith("s3.other_") for row in rows) else "2019"
    needed = {
        row.indicator
        for row in form.table("s3").rows
        if edition in row.editions and row.indicator in balance.left
    }
    complete = needed <= set(rows)
    for column in form.table("s3").columns:
        total = cells.get((whole, column.notation))
        parts = [cells[row, column.notation] for row in rows if (row, column.notation) in cells]
        sum_ = _sum(parts)
        if total is None or not parts or sum_ == total.value or torn:
            continue
        if complete or sum_ > total.value:
            yield _finding(
                form,
                "FORM-R2",
                total,
                sum_,
                iris,
                [],
                column=column.label.title,
                sum=sum_,
                stated=total.value,
            )


def _carried(cells: _Cells, form: Form, iris: Mapping[Span, str]) -> Iterable[Finding]:
    balance = form.balance("FORM-R3", "s3")
    present = {row for row, _ in cells}
    if not {*balance.left, *balance.right} <= present:
        return
    for column in form.table("s3").columns:
        left = [cells[row, column.notation] for row in balance.left if (row, column.notation) in cells]
        right = [cells[row, column.notation] for row in balance.right if (row, column.notation) in cells]
        before, after = _sum(left), _sum(right)
        if left and right and before != after:
            yield _finding(
                form, "FORM-R3", left[0], after, iris, [*left[1:], *right],
                column=column.label.title, left=before, right=after, stated=before,
            )  # fmt: skip


def _groups(cells: Mapping[str, TableFigure], form: Form, iris: Mapping[Span, str]) -> Iterable[Finding]:
    balance = form.balance("FORM-R5", "s4")
    (whole,) = balance.right
    for group in form.table("s4").groups:
        total = cells.get(f"{group.indicator}.{whole}")
        parts = [cells[name] for part in balance.left if (name := f"{group.indicator}.{part}") in cells]
        sum_ = _sum(parts)
        if total is not None and parts and sum_ != total.value:
            yield _finding(
                form, "FORM-R5", total, sum_, iris, parts, row=group.label.title, sum=sum_, stated=total.value
            )


def _sum(figures: Iterable[TableFigure]) -> Decimal:
    return sum((figure.value for figure in figures), Decimal(0))


def _finding(
    form: Form,
    code: str,
    about: TableFigure,
    recomputed: Decimal,
    iris: Mapping[Span, str],
    others: Iterable[TableFigure],
    *,
    stated: Decimal,
    **words: object,
) -> Finding:
    severity, zh, en = form.messages.tell(code, "", stated=stated, **words)
    spans = dict.fromkeys([about.span, about.label_span, *(other.span for other in others)])
    return Finding(
        code,
        severity,
        zh,
        en,
        tuple(spans),
        iris.get(about.span, ""),
        format(stated, "f"),
        format(recomputed, "f"),
    )
