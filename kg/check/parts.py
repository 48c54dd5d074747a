"""R8: the parts of a list against their whole, told before it, behind 其中, or sorted by something (按渠道分)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from kg.check.lists import explained, listed, slack
from kg.check.observations import Observed
from kg.check.tell import tell
from kg.facts import Finding
from kg.match.words import alternatives
from kg.schema.form import Form
from kg.schema.ontology import Ontology
from kg.text.document import Document, Span

_STOP = re.compile(r"[，、；。]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_APART = 12  # characters between a whole and 其中
_FEW = 3  # parts that make a list
_WAYS = ("present", "phone", "net", "post")
_NEAR = Decimal("0.1")  # parts of every way that are further from their whole are not all of it
_FAR = Decimal("0.5")  # parts that exceed their whole by more are counted otherwise
_ROUNDING = Decimal("0.8")  # nearly three times how far rounding is off on average
_SLIP = Decimal("0.2")  # a list that is further from its whole has another


def check_parts(known: Sequence[Observed], document: Document, ontology: Ontology) -> list[Finding]:
    """Parts before their stated total, and parts sorted by something, add up to it; parts behind 其中 are not more than their whole.

    Only exact counts are judged; a list that ends in a clause that cannot be read counts as incomplete.
    """
    prose = [other for other in known if not other.cell]
    counts = [other for other in prose if other.measure in ("Count", "Amount") and other.bound == "Exact"]
    form = ontology.form
    return [
        *_totals(prose, counts, document, ontology),
        *_of_which(counts, document, form),
        *_sorted(counts, document, form),
    ]


def _totals(
    prose: Sequence[Observed], counts: Sequence[Observed], document: Document, ontology: Ontology
) -> Iterator[Finding]:
    """网站12条、微信8条，共计21条: every figure of the sentence is a part, but for the last."""
    total_words = alternatives(ontology.words.get("total", ()))
    total = re.compile(rf"(?:{total_words})(?:为|是|有|达)?\s*$")
    text = document.folded
    for sentence in document.sentences:
        here = [c for c in counts if sentence.start <= c.evidence.start < sentence.end]
        figures = [c for c in prose if sentence.start <= c.evidence.start < sentence.end]
        if len(here) < _FEW or len(here) != len(figures) or len({(c.unit, c.year) for c in here}) != 1:
            continue
        *parts, last = here
        digits = _digits(document, last)
        if digits is None or not total.search(text, sentence.start, digits.start):
            continue
        between = [_digits(document, part) for part in parts]
        if any(span is None or total.search(text, sentence.start, span.start) for span in between):
            continue
        values = [part.value for part in parts]
        if (
            abs(_sum(parts) - last.value) > _rounding((last, *parts), document)
            and _plain(text[sentence.start : digits.start], len(parts))
            and not explained(last.value, values)
        ):
            yield _finding(ontology.form, "parts", last, parts)


def _of_which(counts: Sequence[Observed], document: Document, form: Form) -> Iterator[Finding]:
    """收到申请20件，其中网上30件; 发布解读9篇，其中图解5篇、视频3个、音频2个."""
    text = document.folded
    openers = alternatives(form.words["part-of-part"])
    of_which = re.compile(f"(?:{alternatives(form.words['of-which'])})[：，]?")
    for found in of_which.finditer(text, document.body.start, document.body.end):
        sentence = document.sentence_at(found.start())
        before = [c for c in counts if sentence.start <= c.evidence.start and c.evidence.end <= found.start()]
        behind = [c for c in counts if found.end() <= c.evidence.start < sentence.end]
        if not before or not behind:
            continue
        whole, part = before[-1], behind[0]
        between = text[whole.evidence.end : found.start()]
        if (
            re.search(r"\d", between)
            or len(between) > _APART
            or _STOP.search(text[found.end() : part.evidence.end])
        ):
            continue
        if (whole.unit, whole.year) != (part.unit, part.year):
            continue
        same = [c for c in before if (c.unit, c.year) == (part.unit, part.year)]
        beside = [c.value for c in same[:-1]]
        if part.value > whole.value + _rounding((whole, part), document):
            # 新收13件，上年结转1件，其中网络14件: of what stands further before, or of both
            if part.value > sum(beside, whole.value):
                yield tell(
                    form, "FORM-R8", "whole", spans=(part.evidence, whole.evidence), about=part.iri,
                    stated=part.value, recomputed=whole.value,
                )  # fmt: skip
            continue
        read = listed(behind, Span(found.end(), sentence.end), document, openers)
        for part_, inner in read.inner:
            yield from _exceeding(part_, inner, (), document, form)
        # 工作人员5人，其中专职1人、兼职4人、经费6万元: money is no part of people
        if any(one.measure != whole.measure for one in read.parts):
            continue
        yield from _exceeding(whole, read.parts, beside, document, form)
        if whole.value in accumulate(one.value for one in read.parts[:-1]) or len(read.parts) < _FEW:
            continue  # the first of them are all of it; what follows counts something else
        if (
            read.complete
            and _sum(read.parts) < whole.value
            and _names_every_way(read.parts, whole, document, form)
        ):
            yield _finding(form, "parts", whole, read.parts)


def _exceeding(
    whole: Observed, parts: Sequence[Observed], beside: Sequence[Decimal], document: Document, form: Form
) -> Iterator[Finding]:
    """Parts that add up to more than their whole, unless one thing may be several of them, or something else explains it."""
    over = _sum(parts) - whole.value
    if len(parts) < _FEW or not _rounding((whole, *parts), document) < over <= whole.value * _FAR:
        return
    text = document.folded
    listed_ = text[whole.evidence.end : parts[-1].evidence.end]
    if any(word in listed_ for word in form.words["part-shared"]) or _told_twice(text, parts[-1], form):
        return
    if not explained(whole.value, [part.value for part in parts], beside):
        yield _finding(form, "sorts", whole, parts)


def _told_twice(text: str, last: Observed, form: Form) -> bool:
    """Whether the paragraph goes on to say that one thing was counted in several parts."""
    rest = text[last.evidence.end :].partition("\n")[0]
    return any(word in rest for word in form.words["counted-twice"])


def _rounding(figures: Iterable[Observed], document: Document) -> Decimal:
    """How far rounded figures may be off together: hardly ever all in one direction, so less than the sum of their slack."""
    off = [slack(one, document.text) for one in figures]
    together = sum((one * one for one in off), Decimal(0)).sqrt() * _ROUNDING
    return max(together, *off, Decimal(0))


def _names_every_way(parts: Sequence[Observed], whole: Observed, document: Document, form: Form) -> bool:
    """现场…、电话…、网上…: whether each part is of another way to ask, and no way is left, so that they must add up.

    A whole that is far from the sum has parts that are not told.
    """
    if len({(c.unit, c.year) for c in (whole, *parts)}) != 1:
        return False
    ways: list[int] = []
    start = whole.evidence.end
    for part in parts:
        words = document.folded[start : part.evidence.end]
        named = [
            at for at, name in enumerate(_WAYS) if any(word in words for word in form.words[f"way-{name}"])
        ]
        if len(named) != 1:
            return False
        ways += named
        start = part.evidence.end
    return len(set(ways)) == len(ways) >= _FEW and whole.value - _sum(parts) <= whole.value * _NEAR


def _sorted(counts: Sequence[Observed], document: Document, form: Form) -> Iterator[Finding]:
    """主动公开328条。按渠道分，网站203条、公开栏97条、广播32条: all parts of what the paragraph counts first."""
    text = document.folded
    lead, end = alternatives(form.words["sorted-by"]), alternatives(form.words["sorted-end"])
    openers = alternatives(form.words["part-of-part"])
    for found in re.finditer(rf"(?<=[，；。：])(?:{lead})[^，；。：、\d]{{1,12}}(?:{end})[，：]", text):
        sentence = document.sentence_at(found.start())
        start = max(text.rfind("\n", 0, found.start()), document.body.start)
        before = [c for c in counts if start <= c.evidence.start and c.evidence.end <= found.start()]
        behind = [c for c in counts if found.end() <= c.evidence.start < sentence.end]
        read = listed(behind, Span(found.end(), sentence.end), document, openers)
        parts = read.parts
        if len(parts) < 2 or len({(c.unit, c.year) for c in parts}) != 1:
            continue
        wholes = [c for c in before if (c.unit, c.year) == (parts[0].unit, parts[0].year)]
        added = _sum(parts)
        fair = {c.value for c in wholes} | {one.value + other.value for one, other in pairwise(wholes)}
        if not wholes or added in fair:
            continue
        whole = min(wholes, key=lambda c: abs(c.value - added))
        off = abs(whole.value - added)
        if (
            off > whole.value * _SLIP
            or off <= _rounding((whole, *parts), document)
            or _told_twice(text, parts[-1], form)
        ):
            continue
        if added > whole.value and explained(whole.value, [part.value for part in parts]):
            continue
        if read.complete:
            yield _finding(form, "parts", whole, parts)
        elif added > whole.value:
            yield _finding(form, "sorts", whole, parts)


def _digits(document: Document, observed: Observed) -> Span | None:
    """Where the digits of a figure stand in its evidence."""
    plain = format(observed.value.normalize(), "f")
    found = list(re.finditer(rf"(?<![\d.]){re.escape(plain)}(?![\d.])", observed.evidence.of(document.text)))
    if not found:
        return None
    start = observed.evidence.start + found[-1].start()
    return Span(start, start + len(plain))


def _plain(words: str, parts: int) -> bool:
    """Whether a stretch reads as a bare list: one figure a clause, and no clause without."""
    with_figures = [clause for clause in re.split(r"[，、；]", words) if re.search(r"\d", clause)]
    return len(with_figures) == parts and all(len(_NUMBER.findall(clause)) == 1 for clause in with_figures)


def _sum(parts: Iterable[Observed]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def _finding(form: Form, case: str, whole: Observed, parts: Sequence[Observed]) -> Finding:
    spans = (whole.evidence, *(part.evidence for part in parts))
    return tell(
        form, "FORM-R8", case, spans=spans, about=whole.iri, stated=whole.value, recomputed=_sum(parts)
    )
