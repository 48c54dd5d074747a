"""A report beside the one of the year before: sentences that stayed, plans that nothing became of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.check.tell import either, tell
from kg.facts import Extraction, Finding
from kg.schema.form import Form
from kg.terms import expand
from kg.text.document import Document, Span
from kg.text.fold import fold

_LEAST = 16  # Chinese characters of a sentence worth comparing
_MOST = 0.5  # share of unchanged sentences from which the text as a whole is last year's
_FEWEST = 5  # unchanged sentences of such a text
_MENTIONED = 0.3  # share of a plan's particular words that a passage must have
_COMMON = 3  # sentences from which a pair of characters is common to the field
_YEAR = r"(?:19|20)\d{2}年?度?"
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”’）】]*")
_WHOLE = ("。", "！", "？")  # a heading or a row of a table has no such end


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells that another year's can be held against: its words, its plans, where its plans begin."""

    text: str
    plans: tuple[str, ...]
    closing: Span | None

    @staticmethod
    def of(document: Document, extraction: Extraction) -> "Told":
        """What a report tells, from its reading."""
        plan, problem, kind = expand("pol:Improvement"), expand("pol:Problem"), expand("rdf:type")
        plans = sorted({entity.label for entity in extraction.entities if entity.cls == plan})
        spans = [
            span
            for fact in extraction.facts
            if fact.predicate == kind and fact.object in (plan, problem)
            for span in fact.evidence
        ]
        return Told(document.text, tuple(plans), min(spans, default=None))


def check_previous(now: Told, before: Told, form: Form) -> list[Finding]:
    """What a report left as the year before had it, and what it forgot of the plans made then.

    It rests on nothing but the words and the plans, so that a store gives the same answer as the files.
    """
    return [*_unchanged(now.text, before.text, form), *_forgotten(now, before, form)]


def _unchanged(text: str, previous: str, form: Form) -> list[Finding]:
    now, before = _comparable(text, form), _comparable(previous, form)
    same = [span for words, span in now.items() if words in before]
    if not same:
        return []
    share = round(100 * len(same) / len(now))
    case = "most" if share >= 100 * _MOST and len(same) >= _FEWEST else ""
    return [tell(form, "SERIES-SAME", case, spans=same, count=len(same), share=share)]


def _forgotten(now: Told, before: Told, form: Form) -> list[Finding]:
    """Plans of the year before whose particular words no sentence of this year has."""
    place = () if now.closing is None else (now.closing,)
    here = [_pairs(words) for words, _ in _sentences(now.text)]
    common = _common(here) & _common([_pairs(words) for words, _ in _sentences(before.text)])
    passages = [one | other for one, other in zip(here, [*here[1:], set()], strict=True)]
    findings = []
    for plan in before.plans:
        particular = _pairs(plan) - common
        if len(particular) < 4:
            continue
        best = max((len(particular & passage) for passage in passages), default=0)
        if best < _MENTIONED * len(particular):
            findings.append(tell(form, "SERIES-PLAN", spans=place, plan=plan.strip("。；，")))
    return findings


def _sentences(text: str) -> Iterator[tuple[str, Span]]:
    """Folded sentences and lines of a text, each with its place.

    >>> [(words, span.start) for words, span in _sentences("一、概况\\n公开10条。答复3件。")]
    [('一、概况', 0), ('公开10条。', 5), ('答复3件。', 11)]
    """
    for found in _SENTENCE.finditer(fold(text)):
        words = found[0].lstrip()
        if words:
            yield (
                words.rstrip(),
                Span(found.end() - len(words), found.end() - len(words) + len(words.rstrip())),
            )


def _comparable(text: str, form: Form) -> Mapping[str, Span]:
    """Whole sentences of running text without their years, each with the place it first stands at."""
    found: dict[str, Span] = {}
    boilerplate = form.words.get("boilerplate", ())
    years = re.compile(
        rf"{_YEAR}|{either((*form.words.get('this-year', ()), *form.words.get('whole-year', ())))}"
    )
    for sentence, span in _sentences(text):
        words = years.sub("", re.sub(r"\s", "", sentence))
        if (
            words.rstrip("”’）】").endswith(_WHOLE)
            and len(_HAN.findall(words)) >= _LEAST
            and len(re.findall(r"\d", words)) * 3 < len(words)
            and not any(usual in words for usual in boilerplate)
        ):
            found.setdefault(words, span)
    return found


def _pairs(words: str) -> set[str]:
    letters = "".join(_HAN.findall(words))
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def _common(sentences: Sequence[set[str]]) -> set[str]:
    """Pairs of characters that stand in many sentences: 政府, 信息, 公开, 工作."""
    counts: dict[str, int] = {}
    for pairs in sentences:
        for pair in pairs:
            counts[pair] = counts.get(pair, 0) + 1
    return {pair for pair, count in counts.items() if count >= _COMMON}
