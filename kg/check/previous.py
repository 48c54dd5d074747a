"""A report beside the one of the year before: sentences that stayed, plans that nothing became of."""

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.check.tell import tell
from kg.facts import Extraction, Finding
from kg.match.words import alternatives
from kg.schema.form import Form
from kg.schema.ontology import Ontology
from kg.series import Promise, Said, Telling
from kg.terms import expand
from kg.text.document import Document, Span

_LEAST = 16  # Chinese characters of a sentence worth comparing
_MOST = 0.5  # share of unchanged sentences from which the text as a whole is last year's
_FEWEST = 5  # unchanged sentences of such a text
_YEAR = r"(?:19|20)\d{2}年?度?"
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”’）】]*")
_WHOLE = ("。", "！", "？")  # a heading or a row of a table has no such end


def telling_of(document: Document, extraction: Extraction) -> Telling:
    """What a report tells, from its reading."""
    kind = expand("rdf:type")
    labels = {entity.iri: entity.label for entity in extraction.entities}
    said: dict[object, list[Said]] = {}
    for fact in extraction.facts:
        if fact.predicate == kind:
            said.setdefault(fact.object, []).extend(
                Said(fact.subject, labels.get(fact.subject, ""), span) for span in fact.evidence
            )
    plans, problems = (said.get(expand(f"pol:{name}"), ()) for name in ("Improvement", "Problem"))
    return Telling.of(extraction.report, extraction.year or 0, document.text, plans, problems)


def check_previous(
    now: Telling, before: Telling, promises: Sequence[Promise], ontology: Ontology
) -> list[Finding]:
    """What a report left as the year before had it, and what it forgot of the plans made then: ``promises``, as they were kept.

    It rests on nothing but the words, the problems and the plans, so that a store gives the same answer as the files.
    """
    return [*_unchanged(now.folded, before.folded, ontology.form), *_forgotten(now, promises, ontology.form)]


def _unchanged(text: str, previous: str, form: Form) -> list[Finding]:
    now, before = _comparable(text, form), _comparable(previous, form)
    same = [span for words, span in now.items() if words in before]
    if not same:
        return []
    share = round(100 * len(same) / len(now))
    case = "most" if share >= 100 * _MOST and len(same) >= _FEWEST else ""
    return [tell(form, "SERIES-SAME", case, spans=same, count=len(same), share=share)]


def _forgotten(now: Telling, promises: Sequence[Promise], form: Form) -> list[Finding]:
    """Plans of the year before that this year neither tells of nor makes again."""
    place = () if now.closing is None else (now.closing,)
    plans = dict.fromkeys(promise.plan.words for promise in promises if promise.fate == "silent")
    return [tell(form, "SERIES-PLAN", spans=place, plan=plan.strip("。；，")) for plan in plans]


def _sentences(text: str) -> Iterator[tuple[str, Span]]:
    """Sentences and lines of a folded text, each with its place.

    >>> [(words, span.start) for words, span in _sentences("一、概况\\n公开10条。答复3件。")]
    [('一、概况', 0), ('公开10条。', 5), ('答复3件。', 11)]
    """
    for found in _SENTENCE.finditer(text):
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
        rf"{_YEAR}|{alternatives((*form.words.get('this-year', ()), *form.words.get('whole-year', ())))}"
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
