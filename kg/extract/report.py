"""The report itself: its title, issuer, year and genre."""

from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity, Finding, Literal
from kg.terms import POL, expand
from kg.text.document import Span

YEAR = expand("xsd:gYear")
_GENRES = {"annual": "AnnualReport", "work": "WorkReport", "": "AnnualReport"}


def report_title(work: Work) -> str:
    title = work.context.title
    if title is not None:
        return " ".join(title.span.of(work.document.text).split())
    return work.document.source.title or work.document.source.name


def state_report(work: Work) -> None:
    context = work.context
    issuer = work.linker.issuer()
    genre = "" if context.title is None or context.title.genre != "work" else context.title.text[-6:]
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
    kind = _GENRES[context.title.genre if context.title else ""]
    work.draft.fact(work.report, expand("pol:reportGenre"), POL + kind, (here,), RULE["title"])
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
    else:
        work.draft.findings.append(
            Finding(
                "FORM-ISSUER",
                "error",
                "正文和题名都没有写明发布机关",
                "neither text nor title names the issuing body",
                (here,),
                work.report,
            )
        )
