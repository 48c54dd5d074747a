"""One report's three graphs: what it says, on which words that rests, and what does not reconcile in it."""

from collections.abc import Iterable

from kg.facts import Entity, Extraction, Fact, Finding
from kg.graph.checks import checks, quoted
from kg.graph.closure import classes_of
from kg.graph.entities import REPORT, TYPE, being, by_entity, names, with_report
from kg.graph.evidence import evidence
from kg.graph.lines import nquads
from kg.graph.source import source
from kg.graph.statements import stated, statements
from kg.schema.model import Model
from kg.terms import Mint, expand
from kg.text.document import Document, Span

READING = expand("rule:reading")  # the rule of what follows from the text being a report at all


def graphs_of(report: str) -> tuple[str, str, str]:
    """The IRIs of a report's graphs; removing the report removes exactly these, and its series.

    >>> [graph.rpartition("/")[2] for graph in graphs_of("https://w3id.org/policy-kg/id/report/衢州市人民政府/2020")]
    ['2020', 'evidence', 'checks']
    """
    return report, f"{report}/evidence", f"{report}/checks"


def series_graph(report: str) -> str:
    """The graph of what a report says that answers the one before; it comes and goes with either of the two.

    >>> series_graph("https://w3id.org/policy-kg/id/report/衢州市人民政府/2020")[-7:]
    '/series'
    """
    return f"{report}/series"


def report_graphs(
    extraction: Extraction,
    findings: Iterable[Finding],
    document: Document,
    model: Model,
    mint: Mint,
    *,
    ontology_digest: str = "",
) -> dict[str, bytes]:
    """The N-Quads of each of a report's graphs, by graph IRI.

    Every triple of the report's own graph has a statement in the evidence graph, or follows by the model from
    one that has, or names an entity. ``findings`` are added to those of the extraction;
    ``ontology_digest`` is noted beside the text.
    """
    report = extraction.report
    entities = with_report(extraction)
    facts = _with_being(extraction, entities, document)
    told = {fact.subject for fact in facts} | {fact.object for fact in facts if isinstance(fact.object, str)}
    present = [entity for entity in entities if entity.iri in told]
    found = tuple(dict.fromkeys((*extraction.findings, *findings)))
    said, grounds, doubts = graphs_of(report)
    return {
        said: nquads(
            (
                *(triple for entity in present for triple in names(entity)),
                *stated(facts, model, _classes(facts, model)),
            ),
            said,
        ),
        grounds: nquads(
            source(report, document, ontology_digest),
            grounds,
            (
                *statements(report, facts, model, mint, grounds),
                *evidence(report, _spans(facts), document, model, grounds),
            ),
        ),
        doubts: nquads(
            checks(report, found, model, mint),
            doubts,
            evidence(report, quoted(found), document, model, doubts),
        ),
    }


def quads(
    extraction: Extraction,
    findings: Iterable[Finding],
    document: Document,
    model: Model,
    mint: Mint,
    *,
    ontology_digest: str = "",
) -> bytes:
    """All of a report's N-Quads: its three graphs one after the other, each sorted."""
    graphs = report_graphs(extraction, findings, document, model, mint, ontology_digest=ontology_digest)
    return b"".join(graphs.values())


def _with_being(extraction: Extraction, entities: Iterable[Entity], document: Document) -> tuple[Fact, ...]:
    stated_facts = extraction.facts
    if not any(extraction.report in (fact.subject, fact.object) for fact in stated_facts):
        opening = _opening(extraction.title, document)
        stated_facts = (Fact(extraction.report, TYPE, REPORT, (opening,), READING), *stated_facts)
    about = by_entity(stated_facts)
    return (*stated_facts, *(fact for entity in entities for fact in being(entity, extraction.report, about)))


def _spans(facts: Iterable[Fact]) -> set[Span]:
    return {span for fact in facts for span in fact.evidence}


def _opening(title: str, document: Document) -> Span:
    at = document.text.find(title) if title else -1
    if at >= 0:
        return Span(at, at + len(title))
    start = next((index for index, letter in enumerate(document.text) if not letter.isspace()), 0)
    return Span(start, min(start + 40, len(document.text)))


def _classes(facts: Iterable[Fact], model: Model) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for fact in facts:
        if fact.predicate == TYPE and isinstance(fact.object, str):
            found.setdefault(fact.subject, set()).update(classes_of(model, fact.object))
    return {iri: frozenset(classes) for iri, classes in found.items()}
