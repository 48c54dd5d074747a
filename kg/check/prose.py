"""Figures of running text against each other: sorts, results and requests, differences, percentages."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.check.observations import Observed
from kg.check.tell import tell
from kg.facts import Finding
from kg.match.words import alternatives
from kg.schema.form import Balance, Form
from kg.terms import expand
from kg.text.document import Document, Span

_NEAR = 400  # characters within which figures of one list stand
_HUNDRED = Decimal(100)
_PERCENT, _POINT = expand("unit:percent"), expand("unit:percentage-point")


def check_prose(known: Sequence[Observed], document: Document, form: Form) -> list[Finding]:
    """What figures of one passage say of each other; only exact counts of the same year and scope are compared."""
    counts = [
        other for other in known if not other.cell and other.measure == "Count" and other.bound == "Exact"
    ]
    findings: list[Finding] = []
    for balance in form.balances:
        if balance.across == "prose":
            findings += _sorts(counts, balance, document, form)
    findings += _results(counts, document, form)
    findings += _differences(known, counts, document, form)
    findings += _points(known, document, form)
    findings += _told_twice(counts, document, form)
    findings += _percentages(document, form)
    return findings


def _sorts(counts: Sequence[Observed], balance: Balance, document: Document, form: Form) -> Iterator[Finding]:
    """Sorts of a whole in its own sentence are not more than it."""
    (name,) = balance.right
    for whole in counts:
        if whole.notation != name:
            continue
        sentence = document.sentence_at(whole.evidence.start)
        parts: dict[str, Observed] = {}
        doubled = False
        for other in counts:
            if (
                other.notation in balance.left
                and whole.evidence.end <= other.evidence.start < sentence.end
                and (other.unit, other.year) == (whole.unit, whole.year)
            ):
                doubled = doubled or other.notation in parts
                parts[other.notation] = other
        added = sum((part.value for part in parts.values()), Decimal(0))
        carried = sum(
            (
                other.value
                for other in counts
                if name == "s3.new"
                and other.notation == "s3.carried_in"
                and sentence.overlaps(other.evidence)
            ),
            Decimal(0),
        )
        if len(parts) >= 2 and not doubled and added > whole.value + carried:
            if (
                any(part.value > whole.value for part in parts.values())
                and "s3." in name
                and name != "s3.new"
            ):
                continue
            spans = (whole.evidence, *(part.evidence for part in parts.values()))
            yield tell(
                form, "FORM-R8", "sorts", spans=spans, about=whole.iri, stated=whole.value, recomputed=added
            )


def _results(counts: Sequence[Observed], document: Document, form: Form) -> Iterator[Finding]:
    """All kinds of result in one passage sum to what was handled: received and carried in, less carried out."""
    balance = next(
        (one for one in form.balances if one.across == "prose" and one.right == ("s3.total",)), None
    )
    if balance is None:
        return
    for group in _passages([other for other in counts if other.notation.startswith("s3.")]):
        values: dict[str, Observed] = {}
        for other in group:
            values.setdefault(other.notation, other)
        if all(values[other.notation].value == other.value for other in group):
            finding = _balance(values, balance, document, form) or _carried(values, form)
            if finding is not None:
                yield finding


def _balance(values: dict[str, Observed], balance: Balance, document: Document, form: Form) -> Finding | None:
    """Judge a list of results that has every kind but the last, against what the passage says they are results of."""
    joint, full, partly, *rest = balance.left
    disclosed = [joint] if joint in values else [name for name in (full, partly) if name in values]
    kinds = [*disclosed, *(name for name in rest if name in values)]
    about = values.get("s3.total", values.get("s3.new"))
    if about is None or not disclosed or not set(rest[:-1]) <= set(kinds):
        return None
    added = sum((values[name].value for name in kinds), Decimal(0))
    carried = [
        values[name].value if name in values else Decimal(0) for name in ("s3.carried_in", "s3.carried_out")
    ]
    complete = set(rest) <= set(kinds) and disclosed != [full]
    if about.notation == "s3.total":
        fair = {about.value}
    elif (
        "s3.carried_in" in values
        or "s3.carried_out" in values
        or _linked(about, values[kinds[0]], document, form)
    ):
        fair = {
            about.value,
            about.value + carried[0],
            about.value - carried[1],
            about.value + carried[0] - carried[1],
        }
    else:
        return None
    if added in fair or (not complete and added < max(fair)):
        return None
    spans = (about.evidence, *(values[name].evidence for name in kinds))
    return tell(
        form, "FORM-R8", "results", spans=spans, about=about.iri, stated=about.value, recomputed=added
    )


def _carried(values: dict[str, Observed], form: Form) -> Finding | None:
    """R3 where a passage gives all four: received and carried in are handled and carried out."""
    balance = form.balance("FORM-R3", "s3")
    if not {*balance.left, *balance.right} <= set(values):
        return None
    before, after = (
        sum((values[name].value for name in side), Decimal(0)) for side in (balance.left, balance.right)
    )
    if before == after:
        return None
    spans = tuple(values[name].evidence for name in (*balance.left, *balance.right))
    return tell(
        form,
        "FORM-R3",
        "prose",
        spans=spans,
        about=values[balance.left[0]].iri,
        stated=before,
        recomputed=after,
    )


def _linked(whole: Observed, part: Observed, document: Document, form: Form) -> bool:
    """Whether 其中 alone stands between a whole and its first part."""
    between = document.folded[whole.evidence.end : part.evidence.start]
    return (
        part.evidence.start > whole.evidence.end
        and re.fullmatch(f"[，；：]?(?:{alternatives(form.words['of-which'])})[，：]?", between) is not None
    )


def _passages(counts: Sequence[Observed]) -> Iterator[list[Observed]]:
    """Figures of one year and scope that stand near each other."""
    keys = dict.fromkeys((other.year, other.observed_for) for other in counts)
    for key in keys:
        group: list[Observed] = []
        for other in counts:
            if (other.year, other.observed_for) != key:
                continue
            if group and other.evidence.start - group[-1].evidence.end > _NEAR:
                yield group
                group = []
            group.append(other)
        if group:
            yield group


def _differences(
    known: Sequence[Observed], counts: Sequence[Observed], document: Document, form: Form
) -> Iterator[Finding]:
    """比上年的8件增加3件: the difference of the two figures in the sentence."""
    for change in known:
        if change.cell or change.measure != "Change" or change.bound != "Exact" or change.compared is None:
            continue
        sentence = document.sentence_at(change.evidence.start)
        here = [
            other
            for other in counts
            if other.indicator == change.indicator
            and sentence.overlaps(other.evidence)
            and other.unit == change.unit
            and other.scope == change.scope
        ]
        new = [other for other in here if other.year == change.year]
        old = [other for other in here if other.year == change.compared]
        if len(new) != 1 or len(old) != 1:
            continue
        difference = new[0].value - old[0].value
        if difference != change.value:
            yield tell(
                form, "FORM-R8", "difference", spans=(change.evidence, new[0].evidence, old[0].evidence),
                about=change.iri, stated=change.value, recomputed=difference, new=new[0].value, old=old[0].value,
            )  # fmt: skip


def _points(known: Sequence[Observed], document: Document, form: Form) -> Iterator[Finding]:
    """由上年的91%提高到99%，提高8个百分点: the difference of the two rates in the sentence, as far as it is printed."""
    for change in known:
        if change.cell or change.measure != "Change" or change.unit != _POINT or change.bound != "Exact":
            continue
        sentence = document.sentence_at(change.evidence.start)
        here = [
            other
            for other in known
            if not other.cell
            and other.measure == "Ratio"
            and (other.unit, other.bound) == (_PERCENT, "Exact")
            and (other.indicator, other.scope) == (change.indicator, change.scope)
            and sentence.overlaps(other.evidence)
        ]
        new = [other for other in here if other.year == change.year]
        old = [other for other in here if other.year == change.compared]
        if len(here) != 2 or len(new) != 1 or len(old) != 1:
            continue
        difference = new[0].value - old[0].value
        if abs(difference - change.value) >= Decimal(1).scaleb(-change.decimals):
            yield tell(
                form, "FORM-R8", "difference", spans=(change.evidence, new[0].evidence, old[0].evidence),
                about=change.iri, stated=change.value, recomputed=difference, new=new[0].value, old=old[0].value,
            )  # fmt: skip


def _told_twice(counts: Sequence[Observed], document: Document, form: Form) -> Iterator[Finding]:
    """举办培训4期，培训600人次。…全年共举办培训4期，培训650人次: a total that repeats one figure of a sentence and not the other.

    As many events as in the whole year are all of them, so whom they reached must be the same.
    """
    whole_year = re.compile(alternatives(form.words["whole-year"]))
    said: dict[Span, dict[str, Observed]] = {}
    for one in counts:
        for span in one.spans if one.notation else ():  # one that is told twice alike is one
            said.setdefault(document.sentence_at(span.start), {}).setdefault(one.notation, one)
    for sentence, total in said.items():
        if not whole_year.search(document.folded, sentence.start, sentence.end):
            continue
        for earlier, part in said.items():
            both = [
                (part[name], total[name]) for name in total if name in part and earlier.end <= sentence.start
            ]
            alike = all(_key(one) == _key(other) for one, other in both)
            same = [one for one, other in both if one.value == other.value > 1]
            apart = [(one, other) for one, other in both if one.value != other.value]
            if alike and same and len(apart) == 1:
                ((one, other),) = apart
                yield tell(
                    form, "FORM-R8", "twice", spans=(other.evidence, one.evidence), about=other.iri,
                    stated=other.value, recomputed=one.value,
                )  # fmt: skip


def _key(one: Observed) -> tuple[object, ...]:
    return one.unit, one.year, one.scope, one.observed_for


def _percentages(document: Document, form: Form) -> Iterator[Finding]:
    """A share past a hundred per cent, and a fall by more than all there was."""
    text = document.folded
    falls = alternatives(form.words.get("decline", ()))
    bounded = form.words.get("bounded-rate", ())
    for found in re.finditer(r"(?<![\d.])(\d{3,4}(?:\.\d+)?)%", text[: document.body.end]):
        value = Decimal(found[1])
        if value <= _HUNDRED:
            continue
        start = max(text.rfind(mark, 0, found.start()) for mark in "，。；、\n") + 1
        clause = text[start : found.start()]
        if re.search(rf"(?:{falls})(?:了|约|近|达|到|至)?$", clause):
            if not clause.endswith(("到", "至")):
                yield tell(form, "FORM-R8", "fall", spans=(Span(start, found.end()),), stated=value)
        elif any(word in clause for word in bounded) and not any(
            word in clause for word in form.words.get("growth", ())
        ):
            yield tell(form, "FORM-R8", "percent", spans=(Span(start, found.end()),), stated=value)
