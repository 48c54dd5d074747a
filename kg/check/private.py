"""Personal data that a report must not hold: identity numbers, mobile numbers, addresses of applicants."""

import re
from collections.abc import Iterator, Sequence

from kg.check.tell import tell
from kg.facts import Finding
from kg.schema.form import Form
from kg.text.document import Document, Span

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d(?P<gap>[ -]?)\d{4}(?P=gap)\d{4}(?![0-9A-Za-z.%])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_BEFORE = 24


def check_private(document: Document, form: Form, *, outside: Sequence[Span] = ()) -> list[Finding]:
    """Personal data in running text; ``outside`` are stretches of figures, where digits may look like anything."""
    findings = [
        *_identities(document, form),
        *_mobiles(document, form),
        *_addresses(document, form),
    ]
    return [
        finding for finding in findings if not any(finding.evidence[0].overlaps(span) for span in outside)
    ]


def is_identity(digits: str) -> bool:
    """Whether the check digit of an identity number is right (GB 11643).

    >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
    (True, False)
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[-1].upper() == _CHECKS[total % 11]


def _identities(document: Document, form: Form) -> Iterator[Finding]:
    text = document.folded
    for found in _IDENTITY.finditer(text, document.body.start, document.body.end):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        named = any(word in before for word in form.words.get("identity-words", ()))
        if is_identity(found[0]):
            yield tell(form, "PRIVATE-ID", spans=(Span(*found.span()),), masked=_masked(found[0], 6, 4))
        elif named:
            yield tell(
                form, "PRIVATE-ID", "unchecked", spans=(Span(*found.span()),), masked=_masked(found[0], 6, 4)
            )


def _mobiles(document: Document, form: Form) -> Iterator[Finding]:
    """Mobile numbers, except those that a contact line of the office gives."""
    text = document.folded
    for found in _MOBILE.finditer(text, document.body.start, document.body.end):
        start = max(text.rfind(mark, 0, found.start()) for mark in "。；\n") + 1
        before = text[max(start, found.start() - 2 * _BEFORE) : found.start()]
        contact = any(word in before for word in form.words.get("contact", ()))
        applicant = any(word in before for word in form.words.get("applicant-words", ()))
        if applicant or not contact:
            yield tell(form, "PRIVATE-MOBILE", spans=(Span(*found.span()),), masked=_masked(found[0], 3, 2))


def _addresses(document: Document, form: Form) -> Iterator[Finding]:
    """Where an applicant lives: a person, a word of living, and a house number in one sentence."""
    lives, ends = (
        "|".join(map(re.escape, sorted(form.words.get(name, ()), key=lambda word: (-len(word), word))))
        for name in ("lives", "address-end")
    )
    if not lives or not ends:
        return
    pattern = re.compile(
        rf"(?:{lives})(?:为|是|：)?[\u4e00-\u9fff0-9A-Za-z（）-]{{2,30}}?\d+(?:-\d+)*(?:{ends})(?:[\u4e00-\u9fff\d-]{{0,8}}\d(?:{ends}))?"
    )
    for sentence in document.sentences:
        words = sentence.of(document.folded)
        if not any(word in words for word in form.words.get("applicant-words", ())):
            continue
        for found in pattern.finditer(words):
            span = Span(sentence.start + found.start(), sentence.start + found.end())
            yield tell(form, "PRIVATE-ADDRESS", spans=(span,), words=_masked(span.of(document.text), 6, 1))


def _masked(words: str, head: int, tail: int) -> str:
    """The ends of a string, so that a message does not publish again what should not be published.

    >>> _masked("13800001234", 3, 2)
    '138******34'
    """
    return words[:head] + "*" * max(0, len(words) - head - tail) + words[-tail:]
