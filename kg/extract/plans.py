"""Problems and plans become entities, each plan tied to the problem it answers."""

from kg.extract.closing import answers
from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity
from kg.terms import expand
from kg.text.document import Span


def is_planned(work: Work, span: Span) -> bool:
    """Whether a stretch tells what is yet to be done: it stands in a plan, and not as done (已建立…)."""
    text = work.scan.text
    return any(
        item.kind == "improvement"
        and item.span.covers(span)
        and not any(word in text[item.span.start : span.end] for word in work.ontology.words["done"])
        for item in work.items
    )


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
