"""What happened to the text itself: foreign words, lost characters, conversions, broken document numbers."""

import re
from collections.abc import Iterator

from kg.facts import Finding
from kg.schema.form import Form
from kg.text.document import Document, Span

_AROUND = 6


def check_text(document: Document, form: Form) -> list[Finding]:
    """Injected and lost text, and conversions that change words."""
    findings = []
    spam: dict[str, list[Span]] = {}
    for noise in document.noise:
        if noise.kind == "spam":
            spam.setdefault(noise.span.of(document.text), []).append(noise.span)
        elif noise.kind == "lost":
            span = noise.span if len(noise.span) else _around(document, noise.at)
            severity, zh, en = form.messages.tell("TEXT-LOSS", words=span.of(document.text))
            findings.append(Finding("TEXT-LOSS", severity, zh, en, (span,)))
    for page in document.pages[:-1]:
        if not page.span.of(document.text).strip():
            severity, zh, en = form.messages.tell("TEXT-LOSS", "page", page=page.number)
            findings.append(Finding("TEXT-LOSS", severity, zh, en, (_around(document, page.span.start),)))
    for words, spans in sorted(spam.items()):
        severity, zh, en = form.messages.tell("TEXT-SPAM", words=words, count=len(spans))
        findings.append(Finding("TEXT-SPAM", severity, zh, en, tuple(spans)))
    named = [
        form.conversions[name] for name in dict.fromkeys(document.conversions) if name in form.conversions
    ]
    if named:
        severity, zh, _ = form.messages.tell(
            "TEXT-CONVERTED", conversions="、".join(label for label, _ in named)
        )
        _, _, en = form.messages.tell("TEXT-CONVERTED", conversions=", ".join(label for _, label in named))
        findings.append(Finding("TEXT-CONVERTED", severity, zh, en))
    return findings


def check_numbers(document: Document, form: Form) -> list[Finding]:
    """Document numbers with a broken year or without a serial."""
    lost = [noise.span for noise in document.noise if noise.kind == "lost"]
    findings = []
    for span in _broken(document.folded, document.body, form):
        severity, zh, en = form.messages.tell("POLICY-NUMBER", number=span.of(document.text))
        evidence = next((other for other in lost if other.overlaps(span)), None)
        findings.append(
            Finding("POLICY-NUMBER", severity, zh, en, (span,) if evidence is None else (span, evidence))
        )
    return findings


def _broken(text: str, body: Span, form: Form) -> Iterator[Span]:
    ends = "".join(map(re.escape, form.words.get("number-end", ())))
    if not ends:
        return
    mark = rf"[\u3400-\u9fff]{{1,9}}[{ends}]"
    pattern = re.compile(
        rf"{mark}(?:〔\d{{2,3}}〕\d{{1,4}}号|〔\d{{5,8}}〕?\d*号|〔\d{{4}}(?=[号，。；、）])号?|〔\d{{4}}〕号|(?<!\d)(?:19|20)\d{{2}}〕\d{{1,4}}号)"
    )
    for found in pattern.finditer(text, body.start, body.end):
        start, end = found.span()
        words = text[start:end]
        cut = max((words.rfind(mark) for mark in "，。；、（《》“”的和"), default=-1)
        yield Span(start + cut + 1 if cut < words.find("〔") else start, end)


def _around(document: Document, at: int) -> Span:
    return Span(max(document.body.start, at - _AROUND), min(document.body.end, at + _AROUND))
