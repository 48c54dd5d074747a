"""The sections and tables the form asks for."""

from collections.abc import Sequence

from kg.extract.tables import TableReading
from kg.facts import Extraction, Finding
from kg.schema.form import Form, FormSection, skeleton
from kg.terms import expand
from kg.text.document import Document, Section, Span

FIRST_YEAR = 2019
_LONGEST = 36
_OPENING = 1200  # characters in which a report says what it is


def check_sections(document: Document, extraction: Extraction, form: Form) -> list[Finding]:
    """Sections of the form that have no heading, stand out of order, or are those of the time before 2019."""
    if not applies(document, extraction, form):
        return []
    findings = []
    found: list[tuple[FormSection, Section]] = []
    for section in form.sections:
        heading = _heading(document, section)
        if heading is not None:
            found.append((section, heading))
        elif not _line(document, section):
            severity, zh, en = form.messages.tell(
                "FORM-SECTION", "missing", number=section.ordinal, section=section.label.title
            )
            findings.append(
                Finding("FORM-SECTION", severity, zh, en, title_span(extraction), extraction.report)
            )
    findings += _out_of_order(found, form, extraction)
    old = {skeleton(words) for words in form.words.get("old-headings", ())}
    for part in document.sections:
        if part.level <= 1 and skeleton(part.title) in old:
            severity, zh, en = form.messages.tell("FORM-SECTION", "old", heading=part.title)
            findings.append(Finding("FORM-SECTION", severity, zh, en, (part.heading,), extraction.report))
    return findings


def check_tables(
    document: Document, extraction: Extraction, tables: TableReading, form: Form
) -> list[Finding]:
    """Tables of the form that a report has not, or has in an edition that no longer holds."""
    if not applies(document, extraction, form):
        return []
    findings = []
    told = {finding.zh for finding in tables.findings}
    for name in ("s2", "s3", "s4"):
        mine = [table for table in tables.tables if table.table.startswith(name)]
        title = form.section(name).label.title
        if not any(table.figures for table in mine):
            if form.messages.tell("FORM-TABLE", "empty", table=title)[1] not in told:
                severity, zh, en = form.messages.tell("FORM-TABLE", "missing", table=title)
                findings.append(
                    Finding("FORM-TABLE", severity, zh, en, title_span(extraction), extraction.report)
                )
            continue
        year = extraction.year or 0
        due = "2021" if year >= 2021 else "2019"
        for table in mine:
            if table.edition and table.edition < due:
                severity, zh, en = form.messages.tell(
                    "FORM-TABLE",
                    "superseded",
                    table=form.table(table.table).label.title,
                    edition=table.edition,
                    year=year,
                    current=due,
                )
                span = next(
                    (figure.label_span for figure in tables.figures if figure.table == table.table),
                    table.span,
                )
                findings.append(Finding("FORM-TABLE", severity, zh, en, (span,), extraction.report))
    return findings


def is_annual(document: Document, extraction: Extraction, form: Form) -> bool:
    """Whether a document is an annual report on disclosure, by its title or its opening, and no other text without a genre."""
    genre = expand("pol:reportGenre")
    genres = {
        fact.object
        for fact in extraction.facts
        if fact.subject == extraction.report and fact.predicate == genre
    }
    opening = skeleton(extraction.title + document.folded[document.body.start :][:_OPENING])
    return expand("pol:AnnualReport") in genres and any(
        words in opening for words in form.words["annual-report"]
    )


def title_span(extraction: Extraction) -> tuple[Span, ...]:
    """The words that name the report, to which what is missing from it is pinned."""
    spans = [
        fact.evidence[0] for fact in extraction.facts if fact.subject == extraction.report and fact.evidence
    ]
    return (min(spans),) if spans else ()


def applies(document: Document, extraction: Extraction, form: Form) -> bool:
    """Whether the form binds a report: one for 2019 or later, by a body that reports in this form."""
    if extraction.year is None or extraction.year < FIRST_YEAR:
        return False
    issuer = next((entity.label for entity in extraction.entities if entity.iri == extraction.issuer), "")
    return not any(word in (issuer or extraction.title) for word in form.words.get("other-form", ()))


def _heading(document: Document, section: FormSection) -> Section | None:
    for full in (True, False):
        for part in document.sections:
            words = skeleton(part.title)
            labels = section.label.full if full else section.label.parts
            if part.level <= 2 and len(words) <= _LONGEST and any(label in words for label in labels):
                return part
    return None


def _line(document: Document, section: FormSection) -> bool:
    """Whether a short line of its own, or the start of a sentence, reads like the section's heading."""
    for line in document.folded[document.body.start : document.body.end].split("\n"):
        words = skeleton(line[: _LONGEST + 6])
        if any(
            0 <= words.find(label) <= 4
            for label in section.label.full
            if len(label) >= 5 or len(words) <= len(label) + 3
        ):
            return True
    whole = skeleton(document.folded[document.body.start : document.body.end])  # a text without line breaks
    return any(section.ordinal + label in whole for label in section.label.full if len(label) >= 6)


def _out_of_order(
    found: Sequence[tuple[FormSection, Section]], form: Form, extraction: Extraction
) -> list[Finding]:
    """Sections that stand before one they should follow; only where all headings are of the first level."""
    top = [(section, part) for section, part in found if part.level == 1]
    if len(top) < 4 or len(top) != len(found):
        return []
    findings = []
    last = Span(0, 0)
    for section, part in top:
        if part.heading < last:
            severity, zh, en = form.messages.tell(
                "FORM-SECTION", "order", number=section.ordinal, section=section.label.title
            )
            findings.append(Finding("FORM-SECTION", severity, zh, en, (part.heading,), extraction.report))
        last = max(last, part.heading)
    return findings
