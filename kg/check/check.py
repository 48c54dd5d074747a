"""Every check of one report."""

from kg.check.observations import observations
from kg.check.period import check_period
from kg.check.sections import check_sections, check_tables, is_annual
from kg.check.shares import check_changes, check_lists, check_shares
from kg.check.sums import check_sums
from kg.check.text import check_numbers, check_text
from kg.check.totals import check_agreement, check_litigation
from kg.extract.tables import TableReading, read_tables
from kg.facts import Extraction, Finding
from kg.schema.ontology import Ontology
from kg.text.document import Document


def check(
    document: Document, extraction: Extraction, ontology: Ontology, *, tables: TableReading | None = None
) -> tuple[Finding, ...]:
    """The findings of a report beyond those that extraction itself made.

    A false alarm costs more than a miss: what cannot be decided is passed over. ``tables`` saves reading them again.
    """
    form = ontology.form
    tables = read_tables(document, form) if tables is None else tables
    known = observations(document, extraction)
    findings: list[Finding] = []
    findings += check_sums(tables, known, form)
    findings += check_litigation(known, form)
    findings += check_agreement(known, extraction, ontology)
    findings += check_shares(known, document, form)
    findings += check_changes(known, document, form)
    findings += check_lists(known, document, ontology)
    if is_annual(document, extraction, form):
        findings += check_sections(document, extraction, form)
        findings += check_tables(document, extraction, tables, form)
        findings += check_period(document, extraction, form)
    findings += check_numbers(document, form)
    findings += check_text(document, form)
    told = {(finding.code, finding.zh, finding.evidence) for finding in extraction.findings}
    fresh = {(finding.code, finding.zh, finding.evidence): finding for finding in findings}
    return tuple(finding for key, finding in fresh.items() if key not in told)
