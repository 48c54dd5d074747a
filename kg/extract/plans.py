"""Problems and plans become entities, each plan tied to the problem it answers."""

from kg.extract.closing import ClosingReader, answers
from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity
from kg.terms import expand
from kg.text.document import Span


def state_plans(work: Work, reader: ClosingReader) -> None:
    items = reader.read(work.document)
    iris: dict[Span, str] = {}
    issuer = work.linker.issuer()
    for item in items:
        cls = expand("pol:Problem" if item.kind == "problem" else "pol:Improvement")
        iri = work.mint.within(work.report, item.kind, item.label)
        iris[item.span] = iri
        work.draft.entity(Entity(iri, cls, item.label), item.span, RULE["closing"])
    for plan, problem in answers(items, frozenset(work.ontology.words["domain"])):
        work.draft.fact(
            iris[plan.span],
            expand("pol:addresses"),
            iris[problem.span],
            (plan.span, problem.span),
            RULE["closing"],
        )
    del issuer
