"""Regions: every place named, with the places it lies in."""

from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity, Literal
from kg.link.place import only_called
from kg.match.mention import AgencyName, RegionName
from kg.terms import expand
from kg.text.document import Span


def state_places(work: Work) -> None:
    """Every region named, with the regions it lies in."""
    where: dict[str, Span] = {}
    for mention in work.scan.mentions:
        if work.linker.in_address(mention.span):
            continue
        if isinstance(mention.detail, RegionName | AgencyName) and id(mention) in work.linked:
            place = mention.detail.place
            body = mention.detail if isinstance(mention.detail, AgencyName) else None
            if place is not None and not (body and only_called(body, work.ontology.regions)):
                ref = work.context.gazette.resolve(place, work.context.home)
                for one in ref.chain() if ref else ():
                    where.setdefault(one.iri, mention.span)
    if work.context.home is not None and work.context.issuer is not None:
        for one in work.context.home.chain():
            where.setdefault(one.iri, work.context.issuer.span)
    for iri, span in where.items():
        ref = work.linker.places.get(iri)
        named = ref is not None and (ref.code or ref.name.endswith(tuple(work.ontology.words["level"])))
        if ref is None or ref.level == "country" or not named:
            continue
        work.draft.entity(Entity(iri, expand("pol:Region"), ref.name), span, RULE["within"])
        if ref.code:
            work.draft.fact(iri, expand("skos:notation"), Literal(ref.code), (span,), RULE["within"])
        parent = ref.parents[0] if ref.parents else None
        if parent is not None and parent.level != "country" and parent.iri in where:
            work.draft.fact(iri, expand("pol:within"), parent.iri, (span,), RULE["within"])
