"""What a paper implements by its own title: 《某县贯彻落实〈某条例〉实施方案》."""

import re

from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity
from kg.match.mention import Citation, Mention
from kg.terms import expand
from kg.text.document import Span

_INNER = re.compile(r"[〈《](?P<title>[^〈〉《》]{4,60})[〉》]")


def state_implemented(work: Work, paper: Entity, title: Span) -> None:
    """The policy inside a title that says of it that it is carried through, as one of its own, cited by the report as well."""
    words, text = work.ontology.words, work.scan.text
    for found in _INNER.finditer(text, title.start, title.end):
        carried = text.endswith(words["carriesThrough"], title.start, found.start())
        if not carried and not text.startswith(words["carryingPaper"], found.end()):
            continue
        inner, span = Span(*found.span("title")), Span(*found.span())
        citation = Citation(inner, "", None, "")
        policy = work.linker.policies.resolve(Mention(span, expand("pol:Policy"), RULE["citation"], citation))
        if policy is None or policy.iri == paper.iri or not work.is_a(policy.cls, "Policy"):
            continue
        work.draft.entity(policy, span, RULE["citation"])
        work.draft.fact(work.report, expand("pol:cites"), policy.iri, (span,), RULE["citation"])
        work.draft.fact(paper.iri, expand("pol:implements"), policy.iri, (title,), RULE["title-implements"])
