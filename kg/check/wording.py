"""Slips of typing and pasting: mixed widths, traditional characters, sentences twice."""

import re
from collections.abc import Iterator, Sequence

from kg.check.tell import tell
from kg.facts import Finding
from kg.schema.form import Form
from kg.text.document import Document, Span
from kg.text.script import traditional_characters

_LEAST = 18  # Chinese characters of a sentence that nobody writes twice by chance
_WORD = 4  # characters quoted around a traditional one
_HAN = re.compile(r"[\u3400-\u9fff]")


def check_wording(document: Document, form: Form, *, outside: Sequence[Span] = ()) -> list[Finding]:
    """Mixed widths, mixed scripts, repeated sentences; ``outside`` are tables, whose rows may well be alike."""
    return [*_widths(document, form), *_scripts(document, form), *_repeats(document, form, outside)]


def _widths(document: Document, form: Form) -> Iterator[Finding]:
    mixed = [noise.span for noise in document.noise if noise.kind == "mixed-width"]
    for span in mixed:
        yield tell(form, "TEXT-WIDTH", spans=(span,), number=_around(document, span))
    full = [noise.span for noise in document.noise if noise.kind == "full-width"]
    if full and any(
        not any(span.overlaps(other) for other in (*full, *mixed)) for span in _numbers(document)
    ):
        number = _around(document, full[0])
        yield tell(form, "TEXT-WIDTH", "some", spans=full[:5], number=number, count=len(full))


def _numbers(document: Document) -> Iterator[Span]:
    for sentence in document.sentences:
        for found in re.finditer(r"\d+(?=[件条项次个人篇期场年月万亿%余多])", sentence.of(document.text)):
            yield Span(sentence.start + found.start(), sentence.start + found.end())


def _around(document: Document, span: Span) -> str:
    return document.text[max(document.body.start, span.start - 4) : span.end + 2].replace("\n", " ")


def _scripts(document: Document, form: Form) -> Iterator[Finding]:
    """Traditional characters in a text that is otherwise simplified; a text all traditional was converted."""
    if "traditional" in document.conversions or "big5" in document.conversions:
        return
    kept = {character for words in form.words.get("old-script-kept", ()) for character in words}
    places = [
        at
        for at in traditional_characters(document.text[: document.body.end])
        if document.text[at] not in kept
    ]
    if places:
        spans = [Span(max(document.body.start, at - 1), min(document.body.end, at + 2)) for at in places[:8]]
        characters = "、".join(dict.fromkeys(document.text[at] for at in places))
        yield tell(form, "TEXT-SCRIPT", spans=spans, characters=characters)


def _repeats(document: Document, form: Form, outside: Sequence[Span]) -> Iterator[Finding]:
    seen: dict[str, list[Span]] = {}
    for sentence in document.sentences:
        words = re.sub(r"\s", "", sentence.of(document.folded)).strip("。；，")
        words = re.sub(
            r"^(?:[一二三四五六七八九十]{1,2}是|（[一二三四五六七八九十\d]+）|\d{1,2}[.、])", "", words
        )
        if len(_HAN.findall(words)) >= _LEAST and not any(table.overlaps(sentence) for table in outside):
            seen.setdefault(words, []).append(sentence)
    for words, spans in seen.items():
        if len(spans) > 1 and not _is_row(words, form):
            short = words if len(words) <= 40 else words[:38] + "……"
            yield tell(form, "TEXT-REPEAT", spans=spans, words=short, count=len(spans))


def _is_row(words: str, form: Form) -> bool:
    """Whether a sentence is a row of a table that lost its lines: such stand in each copy of the table."""
    letters = re.sub(r"[\d.|\s]", "", words)
    return any(
        label in letters and len(label) * 2 >= len(letters)
        for table in form.tables
        for row in table.rows
        for label in row.label.full
    ) or len(re.findall(r"\d+", words)) * 6 > len(words)
