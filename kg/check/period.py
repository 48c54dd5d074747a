"""The statistics period: stated, and that of the report's year."""

import re

from kg.check.sections import title_span
from kg.facts import Extraction, Finding
from kg.schema.form import Form
from kg.text.document import Document, Span

_REACH = 70
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_RANGE = re.compile(
    r"(?:(?:19|20)\d{2}年)?(?:1月1日|9月1日)[^。；]{0,12}?(?:(?:19|20)\d{2}年)?(?:12月31日|8月31日)"
)
_SCHOOL_YEAR = re.compile(r"9月1日")


def check_period(document: Document, extraction: Extraction, form: Form) -> list[Finding]:
    """A period that is not the report's year, or none at all. A school year runs from September to August."""
    if extraction.year is None:
        return []
    text = document.folded[: document.body.end]
    words = "|".join(map(re.escape, form.words.get("period", ())))
    cue = re.search(words, text) if words else None
    start = cue.start() if cue else 0
    found = _RANGE.search(text, start, min(len(text), start + _REACH)) if cue else _RANGE.search(text)
    if found is None and cue is None:
        severity, zh, en = form.messages.tell("FORM-PERIOD", "missing")
        return [Finding("FORM-PERIOD", severity, zh, en, title_span(extraction), extraction.report)]
    if found is None:
        return []
    span = Span(*found.span())
    years = {int(year) for year in _YEAR.findall(span.of(text))}
    year = extraction.year
    allowed = [{year}, {year - 1, year}, {year, year + 1}] if _SCHOOL_YEAR.search(span.of(text)) else [{year}]
    if not years or years in allowed:
        return []
    severity, zh, en = form.messages.tell("FORM-PERIOD", "wrong", period=span.of(document.text), year=year)
    return [Finding("FORM-PERIOD", severity, zh, en, (span,), extraction.report)]
