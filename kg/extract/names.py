"""Names: the entities a text mentions, what it cites, what belongs to whom."""

from collections.abc import Iterable

from kg.extract.issuers import issuers_of
from kg.extract.nested import state_implemented
from kg.extract.rules import RULE
from kg.extract.undone import is_intended, is_unissued
from kg.extract.work import Work
from kg.facts import Entity, Literal
from kg.link.linker import Linked
from kg.link.policy import GAZETTE, PLATFORM
from kg.match.mention import AgencyName, Citation, KnownName, Mention, Phrase, Quote, RegionName
from kg.match.words import longest
from kg.terms import expand
from kg.text.document import Span

TELEVISION = expand("kind:television")


def name(work: Work, linked: Linked) -> None:
    mention = linked.mention
    for entity, span in zip(linked.entities, linked.spans, strict=True):
        work.draft.entity(entity, span, mention.rule)
        detail = mention.detail
        if isinstance(detail, Citation):
            _cited(work, mention, entity, detail, span)
        elif isinstance(detail, AgencyName) and detail.kind.iri == TELEVISION:
            _station(work, entity, span)
        elif isinstance(detail, KnownName) and work.is_a(entity.cls, "Policy"):
            work.draft.fact(work.report, expand("pol:cites"), entity.iri, (span,), RULE["citation"])
        elif isinstance(detail, Quote):
            if work.is_a(entity.cls, "Initiative") and (quote := leading_quote(entity.label)):
                work.quoted.setdefault(quote, entity)
        elif isinstance(detail, Phrase):
            _owned(work, entity, detail, span)
            if work.is_a(entity.cls, "Initiative") and (quote := leading_quote(entity.label)):
                work.quoted.setdefault(quote, entity)


def _station(work: Work, body: Entity, span: Span) -> None:
    """A station through which something is made public is a platform as well as a body."""
    text, words = work.scan.text, work.ontology.words
    if text.endswith(words["beforePaper"], 0, span.start) or text.startswith(words["afterStation"], span.end):
        iri = work.linker.mint.entity("platform", body.label)
        work.draft.entity(Entity(iri, PLATFORM, body.label, body.forms), span, RULE["owner"])


def _cited(work: Work, mention: Mention, entity: Entity, detail: Citation, span: Span) -> None:
    if entity.cls in (GAZETTE, PLATFORM):
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
    if detail.title is not None:
        state_implemented(work, entity, detail.title)
    unissued = is_unissued(work, mention.span)
    writer = work.linker.writer.entity()
    for body, where, rule in issuers_of(work, mention, detail):
        if unissued and writer is not None and body.iri == writer.iri:
            continue
        work.draft.entity(body, where, rule)
        work.draft.fact(entity.iri, expand("pol:issuedBy"), body.iri, (where,), rule)


def _gazette(work: Work, entity: Entity, detail: Citation, span: Span) -> None:
    """《某市人民政府公报》: a gazette is the body's whose name its title begins with, a township's newsletter (《某街道通讯》) the township's."""
    for one in work.scan.mentions:
        if detail.title is not None and one.span.start == detail.title.start and work.is_a(one.cls, "Agency"):
            linked = work.linked.get(id(one))
            if linked is not None:
                owner = linked.entities[0]
                work.draft.fact(entity.iri, expand("pol:operatedBy"), owner.iri, (span,), RULE["owner"])
            return
    writer, home = work.linker.writer.entity(), work.context.home
    if writer is None or home is None or detail.title is None or not work.is_a(writer.cls, "Government"):
        return
    newspaper = entity.cls == PLATFORM and home.name.endswith(work.ontology.words["upperLevel"])
    if not newspaper and detail.title.of(work.scan.text).startswith((home.name, _stem(work, home.name))):
        work.draft.fact(entity.iri, expand("pol:operatedBy"), writer.iri, (span,), RULE["owner"])


def _owned(work: Work, entity: Entity, detail: Phrase, span: Span) -> None:
    """A platform whose name begins with a body's is that body's; an account named by a quotation alone is the writer's."""
    if not work.is_a(entity.cls, "Platform") or is_intended(work, span):
        return
    writer = work.linker.writer.entity()
    if (body := _body_in_quotes(work, entity, span)) is not None:
        work.draft.entity(body, span, RULE["owner"])
        work.draft.fact(entity.iri, expand("pol:operatedBy"), body.iri, (span,), RULE["owner"])
        return
    if writer is not None and _of_the_writer(work, entity, detail):
        if not work.is_a(entity.cls, "NewMedia"):
            writer = work.linker.writer.government() or writer
        before = work.scan.text[max(0, span.start - 1) : span.start]
        if before not in ("”", "》"):
            work.draft.entity(writer, span, RULE["owner"])
            work.draft.fact(entity.iri, expand("pol:operatedBy"), writer.iri, (span,), RULE["owner"])
            return
    if (
        detail.owner is not None
        and isinstance(detail.owner.detail, AgencyName)
        and work.linker.link(detail.owner) is None
    ):
        return  # another's whose full name nothing tells
    elsewhere = detail.owner is not None and isinstance(detail.owner.detail, KnownName)
    if detail.owner is not None and elsewhere and not work.is_a(detail.owner.cls, "Agency"):
        return  # 新华网|客户端
    for owner in _possible_owners(work, detail):
        stated = detail.owner is not None and not isinstance(detail.owner.detail, RegionName)
        if entity.label.startswith(owner.label) or stated:
            work.draft.entity(owner, span, RULE["owner"])
            work.draft.fact(entity.iri, expand("pol:operatedBy"), owner.iri, (span,), RULE["owner"])
            return
    named = writer is not None and _named_after_writer(work, writer, entity.label.removesuffix(detail.head))
    if writer is not None and (named or _of_its_head(work, entity, detail)):
        work.draft.entity(writer, span, RULE["owner"])
        work.draft.fact(entity.iri, expand("pol:operatedBy"), writer.iri, (span,), RULE["owner"])


def _body_in_quotes(work: Work, entity: Entity, span: Span) -> Entity | None:
    """The body whose name opens the quotation that an account is named by (“某海关12360”微信公众号)."""
    if not work.is_a(entity.cls, "NewMedia") or work.scan.text[span.start] != "“":
        return None
    for one in work.scan.mentions:
        if one.span.start == span.start + 1 and work.is_a(one.cls, "Agency") and span.covers(one.span):
            linked = work.linked.get(id(one))
            return linked.entities[0] if linked is not None else None
    return None


def _of_its_head(work: Work, entity: Entity, detail: Phrase) -> bool:
    """Whether a mailbox without an owner is that of the writer's head (局长信箱 in the report of a bureau, 县长信箱 in that of a county)."""
    mailbox = next((one for one in work.ontology.words["mailbox"] if one in entity.label), "")
    title = entity.label.partition(mailbox)[0].strip("“”《》") if mailbox else ""
    return detail.owner is None and bool(title) and work.linker.writer.led_by(title)


def _named_after_writer(work: Work, writer: Entity, own: str) -> bool:
    """Whether what a platform's name begins with is part of the writer's, and no mere place (青岚县税务|频道 of 国家税务总局青岚县税务局)."""
    home = work.context.home
    place = home is not None and own in (home.name, home.official)
    governments = work.ontology.words["governmentWord"]
    named = home is not None and work.is_a(writer.cls, "Government") and own.startswith(home.name)
    at = len(home.name) if home is not None else 0
    if named and own.startswith(governments, at) and not own.endswith(governments):
        return True  # 石桥镇|政府信息公开|网站
    if work.linker.writer.calls_zone(own):
        return True
    if own != writer.label and own.endswith(work.ontology.words["governmentWord"]):
        return False  # of the government that a subdistrict is an office of
    return len(own) > 2 and own in writer.label and (not place or work.is_a(writer.cls, "Government"))


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
        app = entity.label.endswith(work.ontology.words["application"])  # that many bodies use
        return ((quoted and not app) or place) and not _of_whole_place(work, entity)
    if not quoted or home is None or not entity.label.endswith(work.ontology.words["portal"]):
        return False
    return leading_quote(entity.label)[1:-1].endswith(_stem(work, home.name))  # “中国·某地”


def _of_whole_place(work: Work, entity: Entity) -> bool:
    """Whether an account has the name of the writer's place and its government's or its press's, where a department writes (“某市发布”)."""
    home, writer = work.context.home, work.linker.writer.entity()
    if home is None or writer is None or work.is_a(writer.cls, "Government"):
        return False
    words = leading_quote(entity.label)[1:-1]
    return any(
        words == name + rest
        for name in (home.name, _stem(work, home.name))
        for rest in work.ontology.words["wholePlace"]
    )


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
