"""What a text says was not done, or is only meant to be: 未开展某活动, 公众号尚未开通, 拟设立某专栏. One test for all that state deeds."""

import re
from functools import lru_cache

from kg.extract.work import Work
from kg.match.mention import AgencyName, SelfName
from kg.match.words import alternatives
from kg.text.document import Span

_MARKS = "，；：。！？\n"
_FAR = 24  # characters between the verb and what it is said of
_TIME = r"(?:[于在])?(?:20\d\d年(?:\d{1,2}月)?(?:[上下]半年|年?[初底])?)?"
_BEFORE = "dtmrc"  # classes of words that a verb may follow and a noun does not (我局|计划, but 年度|计划)


def is_undone(work: Work, span: Span) -> bool:
    """Whether a stretch, or the last clause of it, is the object of a verb that is denied."""
    return _undone(work, span, "bringsAbout")


def is_intended(work: Work, span: Span) -> bool:
    """Whether a stretch, or the last clause of it, is the object of what somebody only means to do."""
    return _intended(work, span, "bringsAbout")


def _undone(work: Work, span: Span, verbs: str) -> bool:
    return _denied(work, span, verbs) or _denied_behind(work, span, verbs)


def _intended(work: Work, span: Span, verbs: str) -> bool:
    words = work.ontology.words
    intent = _expression(words["intends"], words[verbs], rf"{_TIME}(?:{alternatives(words['nextYear'])})?")
    clause = _clause(work, span)
    return any(
        _governs(work, found, clause, span) and is_meant(work, found.start(), clause.start)
        for found in intent.finditer(work.scan.text, clause.start, span.end)
    )


def is_unissued(work: Work, span: Span) -> bool:
    """Whether a stretch, or the last clause of it, is the object of 未印发, 拟出台."""
    return _undone(work, span, "bringsOut") or _intended(work, span, "bringsOut")


def _denied(work: Work, span: Span, verbs: str) -> bool:
    """未开展|某活动, 没有专门建立|某制度, 无|某制度."""
    words, text = work.ontology.words, work.scan.text
    clause = _clause(work, span)
    denial = _denial(work, verbs)
    if any(_governs(work, found, clause, span) for found in denial.finditer(text, clause.start, span.end)):
        return True
    if text.endswith(words["denies"], clause.start, span.start):
        return True  # 未|落实某制度: the stretch begins with the verb
    if any(
        one.span.start == span.start
        and one.span.end < span.end
        and text.startswith(words["lacks"], one.span.end)
        for one in work.scan.mentions
        if isinstance(one.detail, AgencyName | SelfName)
    ):
        return True  # 我局|无政务微博
    lacks = next((word for word in words["lacks"] if text.endswith(word, clause.start, span.start)), "")
    return bool(lacks) and work.scan.words.ends_at(span.start - len(lacks))


def _denied_behind(work: Work, span: Span, verbs: str) -> bool:
    """某公众号|尚未开通."""
    end = span.end
    for adverb in ("", *work.ontology.words["stillNot"]):
        if work.scan.text.startswith(adverb, end) and _denial(work, verbs).match(
            work.scan.text, end + len(adverb)
        ):
            return True
    return False


def _denial(work: Work, verbs: str) -> re.Pattern[str]:
    words = work.ontology.words
    return _expression(words["denies"], words[verbs], f"(?:{alternatives(words['denialAdverb'])})?")


def _clause(work: Work, span: Span) -> Span:
    """From the start of the last clause of a stretch to the end of the stretch."""
    start = max(work.scan.text.rfind(mark, 0, span.end - 1) for mark in _MARKS) + 1
    opened = work.scan.text.rfind("“", 0, start)
    if opened >= 0 and span.start <= opened and work.scan.marks.closer.get(opened, 0) >= start:
        start = max(work.scan.text.rfind(mark, 0, opened) for mark in _MARKS) + 1  # “A，B”: marks inside
    return Span(start, span.end)


def _governs(work: Work, found: re.Match[str], clause: Span, span: Span) -> bool:
    """Whether what follows a denied verb leads to the stretch: 未建立|统一的某制度, but not 未建立甲但开通|乙."""
    between = work.scan.text[found.end() : max(found.end(), span.start)]
    return len(between) <= _FAR and not any(word in between for word in work.ontology.words["turnsTo"])


def is_meant(work: Work, at: int, clause: int) -> bool:
    """Whether a word such as 计划 is what somebody means to do, and not the last part of a noun (按年度计划|开展)."""
    words = work.scan.words
    if not words.ends_at(at):
        return False
    if at == clause or any(
        one.span.end == at and isinstance(one.detail, AgencyName | SelfName) for one in work.scan.outer
    ):
        return True
    return work.scan.text[at - 1] in "、）" or words.tags[words.at(at - 1)][0] in _BEFORE


@lru_cache(maxsize=16)
def _expression(first: tuple[str, ...], verbs: tuple[str, ...], between: str) -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(first)}){between}(?:{alternatives(verbs)})")
