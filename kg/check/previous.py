"""A report beside the one of the year before: sentences that stayed, plans that nothing became of."""

import re
from collections.abc import Mapping, Sequence

from kg.check.tell import tell
from kg.extract.closing import ClosingReader
from kg.facts import Finding
from kg.schema.form import Form
from kg.schema.ontology import Ontology
from kg.text.document import Document, Span

_LEAST = 16  # Chinese characters of a sentence worth comparing
_MOST = 0.5  # share of unchanged sentences from which the text as a whole is last year's
_MENTIONED = 0.3  # share of a plan's particular words that a passage must have
_COMMON = 3  # sentences from which a pair of characters is common to the field
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?|本年|今年|全年")
_HAN = re.compile(r"[\u3400-\u9fff]")


def check_previous(document: Document, previous: Document, ontology: Ontology) -> list[Finding]:
    """What a report left as the year before had it, and what it forgot of the plans made then."""
    form = ontology.form
    return [*_unchanged(document, previous, form), *_forgotten(document, previous, ontology)]


def _unchanged(document: Document, previous: Document, form: Form) -> list[Finding]:
    now, before = _sentences(document, form), _sentences(previous, form)
    same = [span for words, span in now.items() if words in before]
    if not same:
        return []
    share = round(100 * len(same) / len(now))
    case = "most" if share >= 100 * _MOST and len(same) >= 5 else ""
    return [tell(form, "SERIES-SAME", case, spans=same, count=len(same), share=share)]


def _forgotten(document: Document, previous: Document, ontology: Ontology) -> list[Finding]:
    """Plans of the year before whose particular words no sentence of this year has."""
    reader = ClosingReader(ontology.words)
    closing = reader.read(document)
    place = (closing[0].span,) if closing else ()
    common = _common(document, previous)
    passages = [_pairs(words) for words in _passages(document)]
    findings = []
    for item in reader.read(previous):
        if item.kind != "improvement":
            continue
        particular = _pairs(item.label) - common
        if len(particular) < 4:
            continue
        best = max((len(particular & passage) for passage in passages), default=0)
        if best < _MENTIONED * len(particular):
            findings.append(tell(ontology.form, "SERIES-PLAN", spans=place, plan=item.label.strip("。；，")))
    return findings


def _sentences(document: Document, form: Form) -> Mapping[str, Span]:
    """Sentences of running text without their years, each with the place it first stands at."""
    found: dict[str, Span] = {}
    tables = [table.span for table in document.tables]
    headings = {section.heading.start for section in document.sections}
    for sentence in document.sentences:
        words = _YEAR.sub("", re.sub(r"\s", "", sentence.of(document.folded)))
        if (
            len(_HAN.findall(words)) >= _LEAST
            and len(re.findall(r"\d", words)) * 3 < len(words)
            and not any(table.overlaps(sentence) for table in tables)
            and not (sentence.start in headings and not words.endswith("。"))
            and not any(words_ in words for words_ in form.words.get("boilerplate", ()))
            and not _is_label(words, form)
        ):
            found.setdefault(words, sentence)
    return found


def _is_label(words: str, form: Form) -> bool:
    """Whether a line is a row or heading of the form, which is the same every year."""
    letters = re.sub(r"[\d.（）|、，]", "", words)
    return any(
        label in letters or letters in label
        for table in form.tables
        for row in table.rows
        for label in row.label.full
        if len(label) >= 8
    )


def _passages(document: Document) -> Sequence[str]:
    """Each sentence with the one behind it: what is done is often said in two."""
    words = [sentence.of(document.folded) for sentence in document.sentences]
    return [one + other for one, other in zip(words, [*words[1:], ""], strict=True)]


def _pairs(words: str) -> set[str]:
    letters = "".join(_HAN.findall(words))
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def _common(*documents: Document) -> set[str]:
    """Pairs of characters that stand in many sentences of every report: 政府, 信息, 公开, 工作."""
    common: set[str] = set()
    for number, document in enumerate(documents):
        counts: dict[str, int] = {}
        for sentence in document.sentences:
            for pair in _pairs(sentence.of(document.folded)):
                counts[pair] = counts.get(pair, 0) + 1
        here = {pair for pair, count in counts.items() if count >= _COMMON}
        common = here if number == 0 else common & here
    return common
