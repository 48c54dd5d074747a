"""The figures of a report, read back from its facts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.facts import Extraction, Literal
from kg.terms import IND, POL, expand
from kg.text.document import Document, Span

_PRINTED = re.compile(r"\d+(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Observed:
    """One observation with the words it stands in."""

    iri: str
    indicator: str  # IRI
    notation: str  # of a vocabulary indicator, or ""
    value: Decimal
    unit: str
    measure: str  # local name
    bound: str  # local name
    year: int | None
    compared: int | None
    share_of: str
    applicant: str
    scope: str
    observed_for: str
    evidence: Span
    spans: tuple[Span, ...]  # all of the evidence
    cell: bool  # of a table
    cumulative: bool  # of all years so far
    decimals: int  # as printed


def observations(document: Document, extraction: Extraction) -> tuple[Observed, ...]:
    """Every observation of an extraction, in order of the text."""
    subjects: dict[str, dict[str, str | Literal]] = {}
    evidence: dict[str, tuple[Span, ...]] = {}
    rules: dict[str, str] = {}
    value = expand("sdmx-measure:obsValue")
    for fact in extraction.facts:
        subjects.setdefault(fact.subject, {}).setdefault(fact.predicate, fact.object)
        if fact.predicate == value:
            evidence[fact.subject] = fact.evidence
            rules[fact.subject] = fact.rule
    found = [
        _observed(document, iri, subjects[iri], evidence[iri], rules[iri])
        for iri in evidence
        if _is_decimal(subjects[iri][value])
    ]
    return tuple(sorted(found, key=lambda other: (other.evidence, other.iri)))


def _is_decimal(term: str | Literal) -> bool:
    return isinstance(term, Literal) and re.fullmatch(r"-?\d+(?:\.\d+)?", term.value) is not None


def _observed(
    document: Document, iri: str, facts: Mapping[str, str | Literal], spans: tuple[Span, ...], rule: str
) -> Observed:
    def text(name: str) -> str:
        term = facts.get(expand(name), "")
        return term.value if isinstance(term, Literal) else term

    def year(name: str) -> int | None:
        found = text(name)[:4]
        return int(found) if found.isdigit() else None

    indicator = text("pol:indicator")
    value = Decimal(text("sdmx-measure:obsValue"))
    cell = "table" in rule.rpartition("/")[2]
    first = min(spans)
    return Observed(
        iri,
        indicator,
        indicator.removeprefix(IND) if indicator.startswith(IND) else "",
        value,
        text("pol:unit"),
        text("pol:measure").removeprefix(POL),
        text("pol:bound").removeprefix(POL),
        year("sdmx-dimension:refPeriod"),
        year("pol:comparedWith"),
        text("pol:shareOf"),
        text("pol:applicant").removeprefix(f"{IND}applicant/"),
        text("pol:scope").removeprefix(POL),
        text("pol:observedFor"),
        first,
        spans,
        cell,
        text("pol:cumulative") == "true",
        _decimals(first.of(document.text), value),
    )


def _decimals(words: str, value: Decimal) -> int:
    """How many decimals a value was printed with."""
    plain = format(abs(value).normalize(), "f")
    decimals = len(plain.partition(".")[2])
    for found in _PRINTED.finditer(words):
        if Decimal(found[0]) == abs(value):
            decimals = max(decimals, len(found[1] or ""))
    return decimals
