"""Days that no calendar has: 2023年13月, 4月31日, 2月30日."""

import re
from calendar import monthrange

from kg.check.tell import tell
from kg.facts import Finding
from kg.schema.form import Form
from kg.text.document import Document, Span

_DATE = re.compile(r"(?<![\d.])(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_LEAP = 2024  # a year in which February has all its days
_MONTHS = 12


def check_dates(document: Document, form: Form) -> list[Finding]:
    """Dates of running text that cannot be; 29 February only where the year is told."""
    text = document.folded
    return [
        tell(form, "TEXT-DATE", spans=(Span(*found.span()),), date=found[0])
        for found in _DATE.finditer(text, document.body.start, document.body.end)
        if not _is_day(found)
    ]


def _is_day(found: re.Match[str]) -> bool:
    """Whether a date is one; a bare 13月 may be how long something took.

    >>> [_is_day(_DATE.match(text)) for text in ("2023年13月", "13月", "4月31日", "2月29日", "2023年2月29日")]
    [False, True, False, True, False]
    """
    month, day = int(found["month"]), found["day"]
    if not 1 <= month <= _MONTHS:
        return found["year"] is None and day is None
    return day is None or 1 <= int(day) <= monthrange(int(found["year"] or _LEAP), month)[1]
