"""The evaluation of one report: every category of a gold file against what the store says."""

from collections.abc import Sequence
from decimal import Decimal

from kg.evaluate.actual import Actual, Fault
from kg.evaluate.conformance import conformance
from kg.evaluate.figures import score_figures, score_tables
from kg.evaluate.fold import fold
from kg.evaluate.gold import NAMED, Both, Gold, GoldFinding
from kg.evaluate.grounds import read_grounds
from kg.evaluate.names import score_names, score_policies
from kg.evaluate.pairing import pair
from kg.evaluate.read import read_actual
from kg.evaluate.relations import score_relations
from kg.evaluate.rules import score_rules
from kg.evaluate.score import Measure, Report, Score
from kg.evaluate.silence import silence
from kg.evaluate.spans import score_spans
from kg.store import Store

_KINDS = ("R1", "R2", "R3", "R5", "R7", "R8")  # what a gold file speaks of
_SIDES = ("R3", "R7")  # rules of two sides of which neither is the right one


def evaluate(store: Store, gold: Gold) -> Report:
    """Score what a store says of gold's report.

    Raises ``StoreError`` where the store has no such report.
    """
    actual = read_actual(store, gold)
    policies, numbers, issuers = score_policies(gold.policies, actual.things["policies"])
    named = {
        category: score_names(category, gold.named[category], actual.things[category]) for category in NAMED
    }
    figures, measures = score_figures(gold.figures, actual.figures, gold.tables)
    scores = [
        _head(gold, actual),
        named["agencies"].score,
        policies.score,
        numbers,
        issuers,
        named["platforms"].score,
        named["initiatives"].score,
        named["regions"].score,
        figures,
        named["achievements"].score,
        named["problems"].score,
        named["improvements"].score,
        score_relations(gold, actual, [policies, *named.values()]),
        *([score_tables(gold, actual.figures)] if gold.tables else []),
        score_findings(gold.findings, actual.faults),
    ]
    grounds = read_grounds(store, actual.report.iri)
    return Report(
        gold.name,
        actual.report.iri,
        tuple(scores),
        (*measures, _evidence(actual), *conformance(store, actual.report.iri, grounds), silence(grounds)),
        score_spans(gold, {**named, "policies": policies}, grounds),
        score_rules(scores, grounds),
    )


def score_findings(gold: Both[GoldFinding], faults: tuple[Fault, ...]) -> Score:
    """Compare the findings of the rules that gold speaks of; others, such as injected text, are not judged.

    >>> gold = Both(must=(GoldFinding("R8", "", Decimal("-25.6"), Decimal("-23.7")),))
    >>> fault = Fault("FORM-R8", Decimal("-25.6"), Decimal("-23.745"), "")
    >>> score = score_findings(gold, (fault, Fault("FORM-R1", None, None, "x")))
    >>> score.found, score.extras
    (1, ('FORM-R1 x',))
    """
    judged = [fault for fault in faults if _kind(fault) in _KINDS]
    pairs = pair(gold.must, judged, _same_finding)
    rest = [judged[index] for index in range(len(judged)) if index not in pairs.values()]
    extras = [
        fault for fault in rest if not any(_same_finding(item, fault) for item in (*gold.must, *gold.may))
    ]
    return Score(
        "findings",
        wanted=len(gold.must),
        found=len(pairs),
        given=len(pairs) + len(extras),
        right=len(pairs),
        misses=tuple(
            f"{item.kind} {item.where} {item.stated} ≠ {item.recomputed}"
            for index, item in enumerate(gold.must)
            if index not in pairs
        ),
        extras=tuple(f"{fault.code} {fault.message}" for fault in extras),
        neutral=len(faults) - len(pairs) - len(extras),
    )


def _kind(fault: Fault) -> str:
    return fault.code.rpartition("-")[2]


def _same_finding(item: GoldFinding, fault: Fault) -> float:
    """The same rule and the same numbers, as far as both name them and to the decimals that gold prints."""
    if _kind(fault) != item.kind:
        return 0.0
    wanted = (item.stated, item.recomputed)
    orders = (wanted, wanted[::-1]) if item.kind in _SIDES else (wanted,)
    return max(_agreeing(order, (fault.stated, fault.recomputed)) for order in orders)


def _agreeing(wanted: Sequence[Decimal | None], given: Sequence[Decimal | None]) -> float:
    weight = 1.0
    for one, other in zip(wanted, given, strict=True):
        if one is not None and other is not None:
            if abs(one - other) > _half_a_step(one):
                return 0.0
            weight += 1.0
    return weight


def _half_a_step(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) / 2 if isinstance(exponent, int) else Decimal(0)


def _head(gold: Gold, actual: Actual) -> Score:
    """Who issued the report, for which year, under which title."""
    title = not gold.title or fold(actual.report.label) == fold(gold.title)
    issuers = {fold(name) for name in gold.issuers}
    issuer = not gold.issuers or bool(issuers & {fold(name) for name in actual.report.issuers})
    year = gold.year is None or actual.year == gold.year
    parts = {
        f"title {gold.title}": title,
        f"issuer {' | '.join(gold.issuers)}": issuer,
        f"year {gold.year}": year,
    }
    given = {
        f"title {actual.report.label}": title,
        f"issuer {actual.report.issuers}": issuer,
        f"year {actual.year}": year,
    }
    return Score(
        "report",
        wanted=len(parts),
        found=sum(parts.values()),
        given=len(parts),
        right=sum(parts.values()),
        misses=tuple(part for part, right in parts.items() if not right),
        extras=tuple(part for part, right in given.items() if not right),
    )


def _evidence(actual: Actual) -> Measure:
    wrong = tuple(f"{quote.iri} “{quote.exact}”" for quote in actual.quotes if not quote.holds)
    return Measure("evidence", len(actual.quotes) - len(wrong), len(actual.quotes), wrong)
