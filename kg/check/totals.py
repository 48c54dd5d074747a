"""Totals in running text: litigation and its two kinds, and figures that also stand in a table."""

from collections.abc import Sequence
from decimal import Decimal

from kg.check.observations import Observed
from kg.facts import Extraction, Finding
from kg.schema.form import Form
from kg.schema.ontology import Ontology
from kg.terms import expand
from kg.text.document import Document, Span

_NEAR = 200
_SINGLE = ("pol:Department", "pol:PublicInstitution")
_DOCUMENTS, _LONG = (
    "s2.1",
    4,
)  # the table of documents; characters of a row's name that nothing else is called
_PLAIN = ("s3.", "s4.", "requests.", "disclosed.", "interpretation.")  # rows that text calls by no wider name


def check_litigation(known: Sequence[Observed], form: Form) -> list[Finding]:
    """R5 in prose: litigation is what was sued directly and what was sued after review, where one passage gives all three."""
    balance = form.balance("FORM-R5", "")
    findings = []
    prose = [
        other for other in known if not other.cell and other.measure == "Count" and other.bound == "Exact"
    ]
    for whole in prose:
        if whole.notation not in _names(balance.right[0]):
            continue
        parts = [
            [
                part
                for part in prose
                if part.notation in _names(name)
                and part.year == whole.year
                and _near(whole.evidence, part.evidence)
            ]
            for name in balance.left
        ]
        if any(len(found) != 1 for found in parts):
            continue
        total = sum(found[0].value for found in parts)
        if total != whole.value:
            severity, zh, en = form.messages.tell("FORM-R5", "prose", stated=whole.value, sum=total)
            spans = (whole.evidence, *(found[0].evidence for found in parts))
            stated, recomputed = format(whole.value, "f"), format(total, "f")
            findings.append(Finding("FORM-R5", severity, zh, en, spans, whole.iri, stated, recomputed))
    return findings


def check_agreement(
    known: Sequence[Observed], extraction: Extraction, document: Document, ontology: Ontology
) -> list[Finding]:
    """R7: prose and table give the same figure where both say the same scope, or the body has only one.

    A figure is compared only where prose gives one value for it and the table one total. Where the scope is open, or
    words are looser than rows (a file, a rule), the same digits in another order (1263 and 1236) are told nevertheless.
    """
    form = ontology.form
    issuer = next((entity for entity in extraction.entities if entity.iri == extraction.issuer), None)
    single = issuer is not None and any(ontology.model.is_a(issuer.cls, expand(cls)) for cls in _SINGLE)
    findings = []
    cells = [
        other for other in known if other.cell and not other.cumulative and other.applicant in ("", "total")
    ]
    prose = [
        other
        for other in known
        if not other.cell
        and other.measure == "Count"
        and other.year == extraction.year
        and other.observed_for in ("", extraction.issuer)
    ]
    for name in dict.fromkeys(other.notation for other in cells if other.notation):
        for scope in ("OwnBody", "WholeRegion", ""):
            printed = [other for other in cells if other.notation == name and other.scope == scope]
            told = [other for other in prose if other.notation == name and other.scope == scope]
            if single and not scope and printed:
                told = _own(told, [other for other in prose if other.notation == name], printed[0])
            values = {other.value for other in told}
            if len(printed) != 1 or len(values) != 1 or any(other.bound != "Exact" for other in told):
                continue
            (cell,), other = printed, told[0]
            plain = name.startswith(_PLAIN) or _says_row(other.evidence.of(document.folded), name, form)
            sure = (scope or single) and plain
            if cell.value != other.value and (sure or _transposed(cell.value, other.value)):
                row = ontology.vocabulary.indicators[cell.indicator].labels["zh"]
                severity, zh, en = form.messages.tell(
                    "FORM-R7", row=row, stated=other.value, table=cell.value
                )
                spans = (other.evidence, cell.evidence)
                stated, recomputed = format(other.value, "f"), format(cell.value, "f")
                findings.append(Finding("FORM-R7", severity, zh, en, spans, other.iri, stated, recomputed))
    return findings


def _says_row(words: str, name: str, form: Form) -> bool:
    """Whether text calls documents in so many words what their row is called (行政规范性文件, no mere 文件)."""
    titles = (row.label.title for row in form.table(_DOCUMENTS).rows if name.startswith(f"{row.indicator}."))
    return any(len(title) >= _LONG and title in words for title in titles)


def _own(plain: list[Observed], told: Sequence[Observed], cell: Observed) -> list[Observed]:
    """What a body without others below it says in prose of a cell without scope: plainly or by 我局, none where 我局 is the cell's."""
    own = [other for other in told if other.scope == "OwnBody"]
    if any(other.value == cell.value for other in own):
        return []
    return plain or ([] if any(other.scope == "WholeRegion" for other in told) else own)


def _transposed(one: Decimal, other: Decimal) -> bool:
    """Whether two figures of several digits differ by their order alone.

    >>> _transposed(Decimal(1263), Decimal(1236)), _transposed(Decimal(57), Decimal(85)), _transposed(Decimal(10), Decimal(100))
    (True, False, False)
    """
    return sorted(format(one, "f")) == sorted(format(other, "f"))


def _names(notation: str) -> tuple[str, str]:
    """An indicator and the total that stands for it."""
    return notation, f"{notation}.total"


def _near(one: Span, other: Span) -> bool:
    return max(one.start, other.start) - min(one.end, other.end) <= _NEAR
