"""The report itself: its title, issuer, year and genre."""

from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity, Finding, Literal
from kg.link.namesakes import Namesakes
from kg.link.place import PlaceRef
from kg.link.policy_title import find_issue_day
from kg.link.title import Title
from kg.match.citation import code_of
from kg.terms import POL, expand
from kg.text.document import Span

YEAR = expand("xsd:gYear")
ANNUAL_REPORT, WORK_REPORT = expand("pol:AnnualReport"), expand("pol:WorkReport")


def report_title(work: Work) -> str:
    """The title as it stands in the text, else the name of the source."""
    title = work.context.title
    if title is not None:
        return " ".join(title.span.of(work.document.text).split())
    return work.document.source.title or work.document.source.name


def state_report(work: Work) -> None:
    """Say what the document is: a report with issuer and year, or a policy with number and issuer."""
    context = work.context
    if context.title is not None and context.title.genre == "policy":
        _state_policy(work, context.title)
        return
    issuer = work.linker.writer.entity()
    genre = work.ontology.words["workReportTitle"][0] if context.genre == WORK_REPORT else ""
    name = (
        issuer.label
        if issuer is not None
        else work.document.source.name.rpartition(".")[0] or work.document.source.name
    )
    work.report = work.mint.report(name, context.year, genre)
    here = (
        context.title.span
        if context.title is not None
        else Span(work.document.body.start, min(work.document.body.end, work.document.body.start + 40))
    )
    work.draft.entity(Entity(work.report, expand("pol:Report"), report_title(work)), here, RULE["title"])
    work.draft.fact(work.report, expand("pol:reportGenre"), context.genre, (here,), RULE["title"])
    if context.year is not None:
        work.draft.fact(
            work.report,
            expand("pol:reportYear"),
            Literal(str(context.year), YEAR),
            (context.year_span or here,),
            RULE["year"],
        )
    if issuer is not None and context.issuer is not None:
        span = context.issuer.span
        work.draft.entity(
            Entity(issuer.iri, issuer.cls, issuer.label, (span.of(work.document.text),)), span, RULE["title"]
        )
        work.draft.fact(work.report, expand("pol:issuedBy"), issuer.iri, (span,), RULE["title"])
        if context.home is not None:
            place = work.linker.place(context.home)
            work.draft.entity(place, span, RULE["title"])
            work.draft.fact(issuer.iri, expand("pol:jurisdiction"), place.iri, (span,), RULE["title"])
            _doubt_place(work, context.home, span)
    else:
        work.draft.findings.append(
            Finding(
                "FORM-ISSUER",
                *work.ontology.form.messages.tell("FORM-ISSUER"),
                (here,),
                work.report,
            )
        )


def _doubt_place(work: Work, home: PlaceRef, span: Span) -> None:
    """Say that a district of the writer's is one of several of its name, where nothing tells which."""
    regions = work.ontology.regions
    known = Namesakes(regions, work.context.year, work.ontology.words).of(home.name)
    if known and not home.code:
        places = "、".join(regions.path(one) for one in known)
        told = work.ontology.form.messages.tell("FORM-ISSUER", "place", name=home.name, places=places)
        work.draft.findings.append(Finding("FORM-ISSUER", *told, (span,), work.report))


def _state_policy(work: Work, title: Title) -> None:
    """A policy document given as input is that policy: its facts are about it."""
    text = "".join(title.span.of(work.document.text).split())
    known = work.linker.policies.by_number(title.number) if title.number else None
    iri = known.iri if known is not None else work.mint.entity("policy", title.number or text)
    cls = work.linker.policies.classify_title(text) or expand("pol:Policy")
    work.report = iri
    here = (title.span,)
    work.draft.entity(Entity(iri, cls, text), title.span, RULE["title"])
    work.draft.fact(iri, expand("pol:reportGenre"), POL + "PolicyText", here, RULE["title"])
    if title.number_span is not None:
        work.draft.fact(
            iri, expand("pol:documentNumber"), Literal(title.number), (title.number_span,), RULE["title"]
        )
    issuer = _title_issuer(work, title)
    if issuer is not None:
        body, span, rule = issuer
        work.draft.entity(body, span, rule)
        work.draft.fact(iri, expand("pol:issuedBy"), body.iri, (span,), rule)
        if work.context.issuer is not None and work.context.home is not None:
            place = work.linker.place(work.context.home)
            work.draft.entity(place, span, rule)
            work.draft.fact(body.iri, expand("pol:jurisdiction"), place.iri, (span,), rule)
    work.linker.policies.own(text, title.number, Entity(iri, cls, text))
    day = find_issue_day(work.document, title, work.ontology.words)
    if day is not None:
        iso, span = day
        work.draft.fact(
            iri, expand("dcterms:issued"), Literal(iso, expand("xsd:date")), (span,), RULE["year"]
        )


def _title_issuer(work: Work, title: Title) -> tuple[Entity, Span, str] | None:
    """The body that a policy's title, letterhead or signature names, else the one its number's code is of."""
    issuer = work.linker.writer.entity()
    if issuer is not None and work.context.issuer is not None:
        span = work.context.issuer.span
        form = span.of(work.document.text)
        return Entity(issuer.iri, issuer.cls, issuer.label, (form,)), span, RULE["title-issuer"]
    for mention in work.scan.mentions:
        whole = title.issuer_span is None or mention.span.end == title.issuer_span.end
        if whole and mention.span.start == title.span.start and work.is_a(mention.cls, "Agency"):
            linked = work.linker.link(mention)
            if linked is not None:
                return linked.entities[0], mention.span, RULE["title-issuer"]
    iri = work.ontology.gazetteer.issuer_of(code_of(title.number))
    known = next((one for one in work.ontology.gazetteer.entities if one.iri == iri), None)
    if known is None or title.number_span is None:
        return None
    return Entity(known.iri, known.cls, known.label), title.number_span, RULE["code-issuer"]
