"""R8: stated shares and changes against the figures they are made from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kg.check.observations import Observed
from kg.facts import Finding
from kg.match.words import alternatives
from kg.schema.form import Form
from kg.schema.ontology import Ontology
from kg.text.document import Document

_COUNTS = ("Count", "Amount")
_REACH = 240  # how far back the whole of a share may stand
_PERCENT = re.compile(r"\d+(?:\.\d+)?%")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RATE = re.compile(r"，(?P<done>\w{2})率(?:为|是|达到?)?$")  # a longer name (按期办结率) is of other wholes
_AND = re.compile("和|与|及|、")
_HUNDRED = Decimal(100)
_TIMES, _PAIR = "倍", 2
_RESULTS = (
    "s3.disclosed_any",
    "s3.disclosed",
    "s3.partly",
    "s3.refuse",
    "s3.unable",
    "s3.ignore",
    "s3.other",
)


def check_shares(known: Sequence[Observed], document: Document, form: Form) -> list[Finding]:
    """A share is part over whole, to the decimals printed.

    Reported only where part and whole are certain and no other figure before it makes the share right.
    """
    findings = []
    counts = _exact(known)
    for share in known:
        if share.cell or share.measure != "Share" or share.bound != "Exact" or not share.share_of:
            continue
        part = _part(share, counts, document)
        wholes = [other for other in counts if other.indicator == share.share_of and other.year == share.year]
        near = [other for other in wholes if 0 <= share.evidence.start - other.evidence.start <= _REACH]
        whole = _only(near or wholes)
        if part is None or whole is None or whole.value == 0 or part.unit != whole.unit:
            continue
        bases = (whole.value, *_told_near(share, part, counts, document), *_unstated(whole, counts))
        if any(_same(share.value, part.value / base * _HUNDRED, share.decimals) for base in bases):
            continue
        if part.value > whole.value or part.iri == whole.iri:
            continue
        findings.append(
            _finding(
                form,
                "share",
                share,
                part.value / whole.value * _HUNDRED,
                (part, whole),
                part=part.value,
                whole=whole.value,
            )
        )
    return findings


def _told_near(
    share: Observed, part: Observed, counts: Sequence[Observed], document: Document
) -> Iterator[Decimal]:
    """Other wholes a share may be of: what stands before it or in its sentence (甲30件，占45.5%；乙36件；共66件), and what its sentence lists."""
    sentence = document.sentence_at(share.evidence.start)
    start = min(sentence.start, share.evidence.start - _REACH)
    near = [c for c in counts if c.value > 0 and start <= c.evidence.start < sentence.end]
    yield from (c.value for c in near)
    listed = [c.value for c in near if sentence.overlaps(c.evidence) and c.unit == part.unit]
    if len(listed) > 1:
        yield sum(listed, Decimal(0))
        yield sum(listed[1:], Decimal(0))


def _unstated(whole: Observed, counts: Sequence[Observed]) -> Iterator[Decimal]:
    """Wholes that a text may mean without giving them: with what was carried in, without what was carried out."""
    if not whole.notation.startswith("s3."):
        return
    carried = {
        name: {c.value for c in counts if c.notation == f"s3.{name}" and c.year in (whole.year, None)}
        | {Decimal(0)}
        for name in ("carried_in", "carried_out")
    }
    # what was carried in may be called a figure of the year before
    carried["carried_in"] |= {c.value for c in counts if c.notation.startswith("s3.carried")}
    results = [c.value for c in counts if c.notation in _RESULTS and c.year == whole.year]
    for more in sorted(carried["carried_in"]):
        for less in sorted(carried["carried_out"]):
            if whole.value + more - less > 0:
                yield whole.value + more - less
    if len(results) > 1:
        yield sum(results, Decimal(0))


def check_joint_shares(known: Sequence[Observed], document: Document, form: Form) -> list[Finding]:
    """满意341份、基本满意189份、不满意32份，满意和基本满意合计占95.3%: a share of several parts of a whole that all parts sum to."""
    findings = []
    counts = [count for count in _exact(known) if count.value > 0]
    text = document.folded
    joint = re.compile(
        rf"(?<=[，；：])(?P<parts>[^，；：。\d]{{2,30}}?)的?(?:{alternatives(form.words['joint-sum'])})占(?:比|总数|总量)?(?:的|为|达)?$"
    )
    for share in known:
        if share.cell or share.measure not in ("Share", "Ratio") or share.bound != "Exact":
            continue
        sentence = document.sentence_at(share.evidence.start)
        digits = _PERCENT.search(text, share.evidence.start, sentence.end)
        named = joint.search(text, sentence.start, digits.start()) if digits is not None else None
        if named is None:
            continue
        here = [
            c
            for c in counts
            if share.evidence.start - _REACH <= c.evidence.start and c.evidence.end <= named.start()
        ]
        whole, listed = _divided(here)
        parts = [_called(name, listed, document) for name in _AND.split(named["parts"])]
        if whole is None or None in parts:
            continue
        part = sum((c.value for c in parts if c is not None), Decimal(0))
        recomputed = part / whole.value * _HUNDRED
        if not _same(share.value, recomputed, share.decimals):
            others = (*listed, whole)
            findings.append(_finding(form, "share", share, recomputed, others, part=part, whole=whole.value))
    return findings


def _divided(counts: Sequence[Observed]) -> tuple[Observed | None, Sequence[Observed]]:
    """The last figure that those after it sum to, and these."""
    for at in range(len(counts) - 3, -1, -1):
        whole, parts = counts[at], counts[at + 1 :]
        same = {(c.unit, c.year) for c in counts[at:]}
        if len(same) == 1 and sum((c.value for c in parts), Decimal(0)) == whole.value:
            return whole, parts
    return None, ()


def _called(name: str, counts: Sequence[Observed], document: Document) -> Observed | None:
    """The figure that stands right behind a name, which no longer name ends in (不|满意)."""
    text = document.folded
    words = re.compile(rf"(?<![\u3400-\u9fff])“?{re.escape(name)}”?(?:的|有|为|是){{0,2}}(?=\d)")
    for count in counts:
        start = max(text.rfind(mark, 0, count.evidence.end) for mark in "，、；：。") + 1
        found = words.search(text, max(0, start - 1), count.evidence.end)
        if found is not None:
            return count
    return None


def check_rates(known: Sequence[Observed], document: Document, form: Form) -> list[Finding]:
    """应签约197户，已签约186户，签约率95.4%: a rate of what was done, of the two figures right before it."""
    findings = []
    counts = _exact(known)
    text = document.folded
    # 解读74件，其中视频解读21件，解读率100%: a part by kind, not by what is done
    kind = re.compile(
        f"(?:{alternatives(form.words['of-which'])})(?!{alternatives(form.words['part-done'])})"
    )
    for rate in known:
        if rate.cell or rate.measure not in ("Ratio", "Share") or rate.bound != "Exact":
            continue
        sentence = document.sentence_at(rate.evidence.start)
        digits = _PERCENT.search(text, rate.evidence.start, sentence.end)
        named = _RATE.search(text, sentence.start, digits.start()) if digits is not None else None
        before = [
            c for c in counts if sentence.start <= c.evidence.start and c.evidence.end <= rate.evidence.end
        ]
        if named is None or len(before) < 2:
            continue
        whole, part = before[-2:]
        between = text[whole.evidence.start : named.start()]
        if (
            (whole.unit, whole.year) != (part.unit, part.year)
            or not 0 < part.value <= whole.value
            or named["done"] not in text[whole.evidence.end : named.start()]
            or kind.search(between)
            or len(_NUMBER.findall(between)) != 2
            or whole.evidence.of(text).lstrip("，、").startswith(named["done"])  # 满意180人，基本满意15人
        ):
            continue
        recomputed = part.value / whole.value * _HUNDRED
        if not _same(rate.value, recomputed, rate.decimals):
            findings.append(
                _finding(form, "share", rate, recomputed, (part, whole), part=part.value, whole=whole.value)
            )
    return findings


def check_changes(known: Sequence[Observed], document: Document, ontology: Ontology) -> list[Finding]:
    """A change in percent is (new − old) / old, where the same sentence gives both figures and it is no yearly average."""
    form, yearly = ontology.form, re.compile(alternatives(ontology.words["yearly"]))
    percent = [unit.iri for unit in [ontology.vocabulary.symbol("%")] if unit is not None]
    findings: list[Finding] = []
    counts = _exact(known)
    for change in known:
        if change.cell or change.measure != "Change" or change.bound != "Exact" or change.compared is None:
            continue
        if change.unit not in percent or yearly.search(change.evidence.of(document.folded)):
            continue
        sentence = document.sentence_at(change.evidence.start)
        here = [c for c in counts if c.indicator == change.indicator and sentence.overlaps(c.evidence)]
        new = _only([c for c in here if c.year == change.year])
        old = _only([c for c in here if c.year == change.compared])
        if new is not None and old is None:
            findings.extend(_by_difference(change, new, known, document, form))
        if new is None or old is None or old.value == 0 or new.unit != old.unit:
            continue
        recomputed = (new.value - old.value) / old.value * _HUNDRED
        if _same(change.value, recomputed, change.decimals):
            continue
        findings.append(
            _finding(form, "change", change, recomputed, (new, old), new=new.value, old=old.value)
        )
    return findings


def check_times(known: Sequence[Observed], document: Document, ontology: Ontology) -> list[Finding]:
    """110篇，是上年50篇的2.2倍, 增长1.2倍: new / old, and one less for a rise, where the sentence gives both figures."""
    times = [unit.iri for unit in [ontology.vocabulary.symbol(_TIMES)] if unit is not None]
    findings = []
    counts = _exact(known)
    for ratio in known:
        if ratio.cell or ratio.unit not in times or ratio.bound != "Exact" or ratio.year is None:
            continue
        if ratio.measure not in ("Ratio", "Change") or not _NUMBER.search(ratio.evidence.of(document.folded)):
            continue
        sentence = document.sentence_at(ratio.evidence.start)
        here = [c for c in counts if c.indicator == ratio.indicator and sentence.overlaps(c.evidence)]
        new = _only([c for c in here if c.year == ratio.year])
        old = _only([c for c in here if c.year == (ratio.compared or ratio.year - 1)])
        if new is None or old is None or old.value == 0 or new.unit != old.unit or len(here) != _PAIR:
            continue
        recomputed = new.value / old.value - (ratio.measure == "Change")
        if not _same(ratio.value, recomputed, ratio.decimals):
            findings.append(
                _finding(ontology.form, "times", ratio, recomputed, (new, old), new=new.value, old=old.value)
            )
    return findings


def _by_difference(
    change: Observed, new: Observed, known: Sequence[Observed], document: Document, form: Form
) -> Iterator[Finding]:
    """受理申请86件，比上年增加21件，增长42.3%: where the text tells the difference and not the figure before."""
    sentence = document.sentence_at(change.evidence.start)
    difference = _only(
        [
            other
            for other in known
            if (other.measure, other.bound, other.indicator) == ("Change", "Exact", change.indicator)
            and (other.year, other.compared, other.unit) == (change.year, change.compared, new.unit)
            and new.evidence.start <= other.evidence.start <= change.evidence.start
            and sentence.overlaps(other.evidence)
        ]
    )
    old = new.value - difference.value if difference is not None else Decimal(0)
    if difference is None or old <= 0 or "万" in new.evidence.of(document.text):  # 2.3万人 is rounded
        return
    recomputed = difference.value / old * _HUNDRED
    if not _same(change.value, recomputed, change.decimals):
        yield _finding(form, "change", change, recomputed, (new, difference), new=new.value, old=old)


def _exact(known: Iterable[Observed]) -> list[Observed]:
    return [c for c in known if not c.cell and c.measure in _COUNTS and c.bound == "Exact"]


def _only(found: Sequence[Observed]) -> Observed | None:
    """The figure, where all found agree on one value."""
    return found[0] if found and len({(other.value, other.unit) for other in found}) == 1 else None


def _part(share: Observed, counts: Sequence[Observed], document: Document) -> Observed | None:
    """The figure a share is of: the one named in the same words, else the same indicator's."""
    inside = [c for c in counts if share.evidence.covers(c.evidence) and c.year == share.year]
    if len(inside) == 1:
        return inside[0]
    sentence = document.sentence_at(share.evidence.start)
    return _only(
        [
            c
            for c in counts
            if c.indicator == share.indicator and c.year == share.year and sentence.overlaps(c.evidence)
        ]
    )


def _same(stated: Decimal, recomputed: Decimal, decimals: int) -> bool:
    """Whether a stated percentage is a recomputed one, rounded or cut off at its decimals."""
    return abs(stated - recomputed) < Decimal(1).scaleb(-decimals)


def _finding(
    form: Form, case: str, about: Observed, recomputed: Decimal, others: Iterable[Observed], **words: object
) -> Finding:
    value = recomputed.quantize(Decimal(1).scaleb(-max(about.decimals, 1)), rounding=ROUND_HALF_UP)
    stated, shown = _plain(about.value), _plain(value)
    severity, zh, en = form.messages.tell(
        "FORM-R8",
        case,
        stated=stated,
        recomputed=shown,
        **{name: _plain(word) for name, word in words.items()},
    )
    spans = tuple(dict.fromkeys([about.evidence, *(other.evidence for other in others)]))
    return Finding("FORM-R8", severity, zh, en, spans, about.iri, stated, shown)


def _plain(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
