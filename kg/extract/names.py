"""Names: the entities a text mentions, what it cites, who issued and who owns what."""

from collections.abc import Iterable

from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity, Literal
from kg.link.code import CodeReader
from kg.link.linker import Linked
from kg.link.policy import GAZETTE
from kg.match.citation import code_of
from kg.match.mention import AgencyName, Citation, KnownName, Mention, Phrase, RegionName
from kg.match.words import longest
from kg.terms import expand
from kg.text.document import Span


def name(work: Work, linked: Linked) -> None:
    mention = linked.mention
    for entity, span in zip(linked.entities, linked.spans, strict=True):
        work.draft.entity(entity, span, mention.rule)
        detail = mention.detail
        if isinstance(detail, Citation):
            _cited(work, mention, entity, detail, span)
        elif isinstance(detail, KnownName) and work.is_a(entity.cls, "Policy"):
            work.draft.fact(work.report, expand("pol:cites"), entity.iri, (span,), RULE["citation"])
        elif isinstance(detail, AgencyName):
            _office(work, entity, detail, span)
        elif isinstance(detail, Phrase):
            _owned(work, entity, detail, span)
            if work.is_a(entity.cls, "Initiative") and (quote := leading_quote(entity.label)):
                work.quoted.setdefault(quote, entity)


def _cited(work: Work, mention: Mention, entity: Entity, detail: Citation, span: Span) -> None:
    if entity.cls == GAZETTE:
        _gazette(work, entity, detail, span)
        return
    if not work.is_a(entity.cls, "Policy"):
        return
    if entity.iri == work.report:
        return
    work.draft.fact(work.report, expand("pol:cites"), entity.iri, (span,), RULE["citation"])
    if detail.number and detail.number_span is not None:
        work.draft.fact(
            entity.iri,
            expand("pol:documentNumber"),
            Literal(detail.number),
            (detail.number_span,),
            RULE["citation"],
        )
    if detail.abbreviation:
        work.draft.entity(
            Entity(entity.iri, entity.cls, entity.label, (detail.abbreviation,)), span, RULE["citation"]
        )
    for body, where, rule in _issuers_of(work, mention, detail):
        work.draft.entity(body, where, rule)
        work.draft.fact(entity.iri, expand("pol:issuedBy"), body.iri, (where,), rule)


def _gazette(work: Work, entity: Entity, detail: Citation, span: Span) -> None:
    """《某市人民政府公报》: a gazette is the body's whose name its title begins with."""
    for one in work.scan.mentions:
        if detail.title is not None and one.span.start == detail.title.start and work.is_a(one.cls, "Agency"):
            linked = work.linked.get(id(one))
            if linked is not None:
                owner = linked.entities[0]
                work.draft.fact(entity.iri, expand("pol:operatedBy"), owner.iri, (span,), RULE["owner"])
            return


def _issuers_of(work: Work, mention: Mention, detail: Citation) -> list[tuple[Entity, Span, str]]:
    """Who issued a policy: the bodies its title begins with or that stand before it, else the one its number's code is of."""
    if detail.title is not None:
        named = _issuers_in_title(work, detail.title) or _issuer_before(work, mention, detail.title)
        if named:
            return [(body, span, RULE["title-issuer"]) for body, span in named]
    gazetteer = work.ontology.gazetteer
    if not detail.number or detail.number_span is None:
        return []
    iri = gazetteer.issuer_of(code_of(detail.number))
    known = next((one for one in gazetteer.entities if one.iri == iri), None)
    if known is not None:
        return [(Entity(known.iri, known.cls, known.label), detail.number_span, RULE["code-issuer"])]
    by_letters = CodeReader(work.ontology, work.context, work.mint).issuer(code_of(detail.number))
    return [(by_letters, detail.number_span, RULE["code-issuer"])] if by_letters is not None else []


def _issuers_in_title(work: Work, title: Span) -> list[tuple[Entity, Span]]:
    """中共中央办公厅、国务院办公厅|关于…: the bodies a title begins with; one alone also before the name of its own rules."""
    words, text = work.ontology.words, work.scan.text
    starts: dict[int, Mention] = {}
    for one in work.scan.mentions:  # the longer first
        if work.is_a(one.cls, "Agency") and title.covers(one.span):
            starts.setdefault(one.span.start, one)
    found: list[tuple[Entity, Span]] = []
    position = title.start
    while (mention := starts.get(position)) is not None and (linked := work.linked.get(id(mention))):
        found.append((linked.entities[0], mention.span))
        position = mention.span.end
        join = next((word for word in (*words["join"], " ") if text.startswith(word, position)), "")
        position += len(join)
    ruled = len(found) == 1 and position < title.end and not text.startswith(words["join"], found[0][1].end)
    own = ruled and not work.is_a(found[0][0].cls, "Government")
    return found if own or text.startswith(words["titleVerb"], position) else []


def _issuer_before(work: Work, mention: Mention, title: Span) -> list[tuple[Entity, Span]]:
    """国务院办公厅《…》: the body that stands directly before a title."""
    if mention.span.start == title.start:
        return []
    for one in work.scan.mentions:
        if (
            one.span.end == title.start - 1
            and work.is_a(one.cls, "Agency")
            and (linked := work.linked.get(id(one)))
        ):
            return [(linked.entities[0], one.span)]
    return []


def state_known_issuers(work: Work) -> None:
    """Who issued a well-known policy, where the text names that body too."""
    for known in work.ontology.gazetteer.entities:
        if (
            known.issuers
            and known.iri in work.draft.entities
            and not work.draft.has(known.iri, expand("pol:issuedBy"))
        ) and known.issuers[0] in work.draft.entities:
            spans = work.draft.facts[(work.report, expand("pol:cites"), known.iri)][0]
            work.draft.fact(
                known.iri, expand("pol:issuedBy"), known.issuers[0], tuple(spans), RULE["known-issuer"]
            )


def _office(work: Work, entity: Entity, detail: AgencyName, span: Span) -> None:
    """A government's office is part of the government; a body has its place."""
    if entity.cls != expand("pol:GovernmentOffice"):
        return
    cut = entity.label.rfind("办公")
    parent = entity.label[:cut] if cut > 0 else ""
    iri = work.mint.entity("agency", parent)
    if parent and iri in work.draft.entities:
        work.draft.fact(entity.iri, expand("pol:partOf"), iri, (span,), RULE["office-of"])


def _owned(work: Work, entity: Entity, detail: Phrase, span: Span) -> None:
    """A platform whose name begins with a body's is that body's; an account named by a quotation alone is the writer's."""
    if not work.is_a(entity.cls, "Platform"):
        return
    writer = work.linker.writer.entity()
    if writer is not None and _of_the_writer(work, entity, detail):
        if not work.is_a(entity.cls, "NewMedia"):
            writer = work.linker.writer.government() or writer
        before = work.scan.text[max(0, span.start - 1) : span.start]
        if before not in ("”", "》"):
            work.draft.entity(writer, span, RULE["owner"])
            work.draft.fact(entity.iri, expand("pol:operatedBy"), writer.iri, (span,), RULE["owner"])
            return
    for owner in _possible_owners(work, detail):
        stated = detail.owner is not None and not isinstance(detail.owner.detail, RegionName)
        if entity.label.startswith(owner.label) or stated:
            work.draft.entity(owner, span, RULE["owner"])
            work.draft.fact(entity.iri, expand("pol:operatedBy"), owner.iri, (span,), RULE["owner"])
            return


def _of_the_writer(work: Work, entity: Entity, detail: Phrase) -> bool:
    """Whether a name says that an account or a portal is the writer's: by a quotation alone, or by the name of the place."""
    if detail.owner is not None and entity.label[0] not in detail.owner.span.of(work.document.text)[:1]:
        return False
    if detail.owner is not None and not isinstance(detail.owner.detail, RegionName):
        return False
    quoted = entity.label.startswith("“")
    home = work.context.home
    place = home is not None and _stem(work, home.name) in entity.label
    if work.is_a(entity.cls, "NewMedia"):
        return quoted or place
    if not quoted or home is None or not entity.label.endswith(work.ontology.words["portal"]):
        return False
    return leading_quote(entity.label)[1:-1].endswith(_stem(work, home.name))  # “中国·某地”


def _stem(work: Work, place: str) -> str:
    """A place's name without its level word."""
    level = next((word for word in longest(work.ontology.words["level"]) if place.endswith(word)), "")
    return place.removesuffix(level) or place


def _possible_owners(work: Work, detail: Phrase) -> Iterable[Entity]:
    if detail.owner is not None:
        linked = work.linker.link(detail.owner)
        if linked is not None and work.is_a(linked.entities[0].cls, "Agency"):
            yield Entity(linked.entities[0].iri, linked.entities[0].cls, linked.entities[0].label)
    for entity in (work.linker.writer.entity(), work.linker.writer.government()):
        if entity is not None:
            yield entity


def state_same_names(work: Work) -> None:
    """A platform quoted by the name of an initiative carries that initiative out."""
    for linked in work.linked.values():
        detail = linked.mention.detail
        if (
            not isinstance(detail, Phrase)
            or not work.is_a(linked.mention.cls, "Platform")
            or not detail.accepted
        ):
            continue
        for entity in linked.entities:
            quote = leading_quote(entity.label)
            initiative = work.quoted.get(quote) if quote else None
            if initiative is not None:
                work.draft.fact(
                    entity.iri,
                    expand("pol:implements"),
                    initiative.iri,
                    (linked.mention.span,),
                    RULE["same-name"],
                )


def leading_quote(label: str) -> str:
    """The quotation a name begins with, with its marks, in their folded form.

    >>> leading_quote("“政企通”平台")
    '“政企通”'
    """
    return label[: label.index("”") + 1].replace(",", "，") if label.startswith("“") and "”" in label else ""
