"""Problems and plans become entities, each plan tied to the problem it answers."""

from kg.extract.closing import answers
from kg.extract.rules import RULE
from kg.extract.undone import is_intended, is_meant, is_undone
from kg.extract.work import Work
from kg.facts import Entity
from kg.terms import expand
from kg.text.document import Span
from kg.values import years

_SENTENCE = "。！？\n"
_TO_BE = "将"  # before a verb it speaks of what will be, before a noun of what something is done to


def is_done(work: Work, span: Span) -> bool:
    """Whether a stretch that tells of something done says neither that it is not nor that it is yet to be."""
    return not (is_planned(work, span) or is_undone(work, span) or is_intended(work, span))


def is_planned(work: Work, span: Span) -> bool:
    """Whether a stretch tells what is yet to be done: it stands in a plan, and not as done (已建立…), or its sentence says so."""
    text = work.scan.text
    return (
        _intended(work, span)
        or _goes_on(work, span)
        or any(
            item.kind == "improvement"
            and item.span.covers(span)
            and not any(word in text[item.span.start : span.end] for word in work.ontology.words["done"])
            for item in work.items
        )
    )


def _goes_on(work: Work, span: Span) -> bool:
    """Whether the sentence of a stretch goes on with a plan that its paragraph tells before it: 二是压实责任。|对排名末位的部门进行约谈。"""
    text = work.scan.text
    floor = text.rfind("\n", 0, span.start) + 1
    before = [item for item in work.items if floor <= item.span.start <= span.start]
    start = max(text.rfind(mark, 0, span.start) for mark in _SENTENCE) + 1
    return (
        bool(before)
        and max(before, key=lambda item: item.span).kind == "improvement"
        and not any(word in text[start : span.end] for word in work.ontology.words["done"])
    )


def _intended(work: Work, span: Span) -> bool:
    """Whether the words before a stretch in its sentence speak of what is to come: 下一步，…, 拟…, 2023年我局将抓好…."""
    text, words = work.scan.text, work.ontology.words
    start = max(text.rfind(mark, 0, span.start) for mark in _SENTENCE) + 1
    clause = max(text.rfind(mark, start, span.start) for mark in "，；：") + 1
    if text.startswith(words["wholeYear"], max(start, clause)):
        return False  # 明确了今后一段时期的任务，|全年公开128条
    for word in words["toCome"]:  # 计划举办|…, the verb a pattern begins with included; not 按年度计划|开展…
        at = text.find(word, start, span.start + len(word) - 1)
        noun = word.startswith(words["intends"])
        opens = max(text.rfind(mark, start, at) for mark in "，；：") + 1 if at >= 0 else 0
        if at >= 0 and (not noun or is_meant(work, at, max(start, opens))):
            return True
    at = text.find(_TO_BE, start, span.start)
    while at >= 0:
        if text.startswith(words["willDo"], at + 1):
            return True
        at = text.find(_TO_BE, at + 1, span.start)
    return False


def is_foreseen(work: Work, span: Span) -> bool:
    """Whether what is planned is for the time after the report's: its part of the report has come to speak of that (明年, 将做好)."""
    if not is_planned(work, span):
        return False
    text, words, year = work.scan.text, work.ontology.words, work.context.year
    before = text[_part_start(work, span.start) : span.start]
    return (
        any(word in before for word in words["ahead"])
        or any(f"{_TO_BE}{word}" in before for word in words["willDo"])
        or (year is not None and any(named > year for _, _, named in years(before)))
    )


def _part_start(work: Work, position: int) -> int:
    """Where the part of a report that a place lies in begins, its heading included; its sentence where there are no parts."""
    section = work.document.section_at(position)
    if section is None:
        return work.document.sentence_at(position).start
    while (
        section.parent >= 0 and work.document.sections[section.parent].level
    ):  # a title without number is over all parts
        section = work.document.sections[section.parent]
    return section.span.start


def state_plans(work: Work) -> None:
    iris: dict[Span, str] = {}
    for item in work.items:
        cls = expand("pol:Problem" if item.kind == "problem" else "pol:Improvement")
        iri = work.mint.within(work.report, item.kind, item.label)
        iris[item.span] = iri
        work.draft.entity(Entity(iri, cls, item.label), item.span, RULE["closing"])
    for plan, problem in answers(work.items, frozenset(work.ontology.words["domain"])):
        work.draft.fact(
            iris[plan.span],
            expand("pol:addresses"),
            iris[problem.span],
            (plan.span, problem.span),
            RULE["closing"],
        )
