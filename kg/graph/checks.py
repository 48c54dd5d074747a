"""Findings as annotations of a report."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from kg.facts import Finding
from kg.graph.closure import TYPE, aligned, classes_of
from kg.graph.evidence import evidence_iri
from kg.graph.lines import Triple, decimal, name, node, words
from kg.schema.model import Model
from kg.terms import Mint, expand
from kg.text.document import Span

_FINDING = expand("pol:Finding")
_REPORT = expand("pol:Report")
_REPORTED_IN = expand("pol:reportedIn")
_STANDARD = (name("dqv:QualityAnnotation"), name("oa:Annotation"))
_TARGET = name("oa:hasTarget")


def checks(report: str, findings: Iterable[Finding], model: Model, mint: Mint) -> Iterator[Triple]:
    """The triples of each finding; the evidence nodes themselves are written beside them."""
    types = (*_STANDARD, *(node(cls) for cls in classes_of(model, _FINDING)))
    whence = [
        _REPORTED_IN,
        *aligned(model, classes_of(model, _FINDING), _REPORTED_IN, classes_of(model, _REPORT)),
    ]
    for finding in findings:
        here = node(mint.within(report, "finding", f"{finding.code}-{_digest(finding)}"))
        for cls in types:
            yield here, TYPE, cls
        for property in whence:
            yield here, node(property), node(report)
        yield here, name("oa:motivatedBy"), name("dqv:qualityAssessment")
        yield here, name("pol:code"), words(finding.code)
        yield here, name("pol:severity"), words(finding.severity)
        yield here, name("pol:message"), words(finding.zh, "zh")
        yield here, name("pol:message"), words(finding.en, "en")
        places = [node(evidence_iri(report, span)) for span in quoted([finding])]
        for place in places:
            yield here, name("pol:evidence"), place
            yield here, _TARGET, place
        if finding.subject:
            yield here, name("pol:about"), node(finding.subject)
            yield here, _TARGET, node(finding.subject)
        elif not places:
            yield here, _TARGET, node(report)
        if finding.stated:
            yield here, name("pol:stated"), decimal(finding.stated)
        if finding.recomputed:
            yield here, name("pol:recomputed"), decimal(finding.recomputed)
            if finding.subject and finding.subject != report:
                yield node(finding.subject), name("pol:recomputed"), decimal(finding.recomputed)


def quoted(findings: Iterable[Finding]) -> list[Span]:
    """The stretches that findings quote, sorted; an empty one marks a place and quotes nothing."""
    return sorted({span for finding in findings for span in finding.evidence if len(span)})


def _digest(finding: Finding) -> str:
    spans = " ".join(f"{span.start}-{span.end}" for span in finding.evidence)
    parts = (finding.code, finding.zh, finding.subject, finding.stated, finding.recomputed, spans)
    return sha256("\0".join(parts).encode()).hexdigest()[:12]
