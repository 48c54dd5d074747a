"""Every check of one report."""

from collections.abc import Iterable

from kg.check.citations import Knowledge, check_citations
from kg.check.dates import check_dates
from kg.check.observations import observations
from kg.check.parts import check_parts
from kg.check.period import check_period
from kg.check.private import check_private
from kg.check.prose import check_prose
from kg.check.rows import check_rows
from kg.check.sections import check_sections, check_tables, is_annual
from kg.check.shares import check_changes, check_joint_shares, check_rates, check_shares, check_times
from kg.check.statements import check_places, check_requirements, check_years
from kg.check.sums import check_sums
from kg.check.text import check_numbers, check_text
from kg.check.totals import check_agreement, check_litigation
from kg.check.wording import check_wording
from kg.extract.tables import TableReading, read_tables
from kg.facts import Extraction, Finding
from kg.schema.ontology import Ontology
from kg.text.document import Document


def check(
    document: Document,
    extraction: Extraction,
    ontology: Ontology,
    *,
    tables: TableReading | None = None,
    knowledge: Knowledge | None = None,
) -> tuple[Finding, ...]:
    """The findings of a report beyond those that extraction itself made.

    A false alarm costs more than a miss: what cannot be decided is passed over. ``tables`` saves reading them again;
    ``knowledge`` says which document number goes with which title, beyond what the gazetteer knows.
    """
    form = ontology.form
    tables = read_tables(document, form, extraction.year) if tables is None else tables
    known = observations(document, extraction)
    printed = [table.span for table in tables.tables] + [table.span for table in document.tables]
    findings: list[Finding] = []
    findings += check_sums(tables, known, form)
    findings += check_litigation(known, form)
    findings += check_agreement(known, extraction, document, ontology)
    findings += check_shares(known, document, form)
    findings += check_rates(known, document, form)
    findings += check_joint_shares(known, document, form)
    findings += check_changes(known, document, ontology)
    findings += check_times(known, document, ontology)
    findings += check_parts(known, document, ontology)
    findings += check_prose(known, document, form)
    if is_annual(document, extraction, form):
        findings += check_sections(document, extraction, form)
        findings += check_tables(document, extraction, tables, form)
        findings += check_rows(document, extraction, tables, form)
        findings += check_period(document, extraction, form)
        findings += check_requirements(document, extraction, form)
        findings += check_years(document, extraction, form)
        findings += check_places(document, extraction, ontology)
        findings += check_private(document, form, outside=printed)
        findings += check_wording(document, form, outside=printed)
        findings += check_citations(document, extraction, ontology, knowledge)
    findings += check_numbers(document, form)
    findings += check_dates(document, form)
    findings += check_text(document, form)
    told = {(finding.code, finding.zh, finding.evidence) for finding in extraction.findings}
    fresh = {(finding.code, finding.zh, finding.evidence): finding for finding in _once(findings)}
    return tuple(finding for key, finding in fresh.items() if key not in told)


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Without a finding about a figure that another one of the same code already calls wrong in the same way."""
    told: set[tuple[str, str, str]] = set()
    for finding in findings:
        key = (finding.code, finding.subject, finding.recomputed)
        if finding.subject and finding.stated and key in told:
            continue
        told.add(key)
        yield finding
