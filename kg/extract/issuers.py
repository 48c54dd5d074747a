"""Who issued a policy: the bodies its title names, the one its number's code is of, the writer of a report on its own papers."""

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity
from kg.link.code import CodeReader
from kg.link.issuer import GOVERNMENT
from kg.link.writer import OFFICE
from kg.match.citation import code_of
from kg.match.mention import Citation, Mention, SelfName
from kg.match.words import longest
from kg.terms import expand
from kg.text.document import Span

_SENTENCE = "。！？\n"
_LISTED = ("、", " ")
_COUNT = r"(?:\d{1,2}|[二三四五六七八九十两]{1,3})"
_TITLES = re.compile(r"(?:《[^《》]*》(?:（[^（）]*）)?[、，和及与]?)+$")  # 印发|《甲》《乙》


def issuers_of(work: Work, mention: Mention, detail: Citation) -> list[tuple[Entity, Span, str]]:
    """Who issued a policy: the bodies its title begins with or that stand before it, else the one its number's code is of, else the writer."""
    if detail.title is not None:
        named = _issuers_in_title(work, detail.title) or _issuer_before(work, mention, detail.title)
        if named:
            return [(body, span, RULE["title-issuer"]) for body, span in named]
    gazetteer = work.ontology.gazetteer
    if not detail.number or detail.number_span is None:
        return _own_paper(work, mention, detail)
    if bodies := _bodies_before(work, detail.number_span):
        return [(body, detail.number_span, RULE["code-issuer"]) for body in bodies]
    code, reader = code_of(detail.number), CodeReader(work.ontology, work.context, work.mint)
    title = detail.title.of(work.scan.text) if detail.title is not None else ""
    iri = gazetteer.issuer_of(code)
    known = next((one for one in gazetteer.entities if one.iri == iri), None)
    if known is not None:
        issuer = reader.local(code, title) or Entity(known.iri, known.cls, known.label)
        return [(issuer, detail.number_span, RULE["code-issuer"])]
    by_letters = reader.issuer(code, title, _likely(work, detail.number_span))
    if by_letters is None:
        return _own_paper(work, mention, detail)  # a code that nobody knows tells nothing
    return [(by_letters, detail.number_span, RULE["code-issuer"])]


def _likely(work: Work, number: Span) -> list[Entity]:
    """The bodies whose number one may be: those named before it in its sentence, the nearest first, and the writer."""
    start = max(work.scan.text.rfind(mark, 0, number.start) for mark in _SENTENCE) + 1
    named = sorted(
        (one for one in work.scan.mentions if start <= one.span.start and one.span.end <= number.start),
        key=lambda one: (one.span.end, one.span.start),
        reverse=True,
    )
    found = [
        entity
        for one in named
        if work.is_a(one.cls, "Agency") and (linked := work.linked.get(id(one))) is not None
        for entity in linked.entities[:1]
    ]
    writer = work.linker.writer.entity()
    return [*found, writer] if writer is not None else found


def _own_paper(work: Work, mention: Mention, detail: Citation) -> list[tuple[Entity, Span, str]]:
    own = _written_by_writer(work, detail.title) if detail.title is not None else None
    return [(own, mention.span, RULE["own-paper"])] if own is not None else []


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
    position = _behind_group(work, position, title.end)
    ruled = len(found) == 1 and position < title.end and not text.startswith(words["join"], found[0][1].end)
    own = ruled and not work.is_a(found[0][0].cls, "Government")
    notice = text[position : title.end] in words["orderKind"]  # 《财政部税务总局|公告》
    return found if own or notice or text.startswith(words["titleVerb"], position) else []


def _issuer_before(work: Work, mention: Mention, title: Span) -> list[tuple[Entity, Span]]:
    """国务院办公厅《…》: the body that stands directly before a title, and those listed before it (国家发展改革委、财政部《…》)."""
    if mention.span.start == title.start:
        return []
    found: list[tuple[Entity, Span]] = []
    end = _before_group(work, title.start - 1)
    while one := _body_that_ends(work, end):
        found.insert(0, one)
        join = next((word for word in _LISTED if work.scan.text.endswith(word, 0, one[1].start)), "")
        end = one[1].start - len(join) if join else 0
    return found


def _bodies_before(work: Work, number: Span) -> list[Entity]:
    """The bodies whose notice a number counts, which stand before it: 财政部、税务总局|公告2019年第39号."""
    words, kinds = number.of(work.scan.text), work.ontology.words["orderKind"]
    if not (words.startswith(kinds) or words.endswith(kinds)):
        return []
    found: list[Entity] = []
    end = number.start
    while one := _body_that_ends(work, end):
        found.insert(0, one[0])
        join = next((word for word in _LISTED if work.scan.text.endswith(word, 0, one[1].start)), "")
        end = one[1].start - len(join)
    return found


def _group(words: Mapping[str, tuple[str, ...]]) -> str:
    """What sums a list of bodies up, as a regular expression: 等部门, 等9部门, 三个单位."""
    more, whole, counted = (
        "|".join(map(re.escape, longest(words[name]))) for name in ("andMore", "bodyGroup", "countedGroup")
    )
    return rf"(?:(?:{more})?{_COUNT}[个家]?(?:{counted})|(?=(?:{more}))(?:{whole}))"


def _behind_group(work: Work, position: int, end: int) -> int:
    """Where what sums up the bodies before a place ends, or the place itself."""
    found = re.compile(_group(work.ontology.words)).match(work.scan.text, position, end)
    return found.end() if found is not None else position


def _before_group(work: Work, end: int) -> int:
    """Where the bodies end that are summed up before a place (甲局、乙局|等9部门《…》), or the place itself."""
    found = re.search(_group(work.ontology.words) + "$", work.scan.text[max(0, end - 16) : end])
    return end - len(found[0]) if found is not None else end


def _body_that_ends(work: Work, end: int) -> tuple[Entity, Span] | None:
    """The body whose name ends at a place, the longest where there are several."""
    for one in work.scan.mentions if end else ():
        linked = work.linked.get(id(one))
        if one.span.end == end and work.is_a(one.cls, "Agency") and linked is not None:
            return linked.entities[0], one.span
    return None


def _written_by_writer(work: Work, title: Span) -> Entity | None:
    """The writer, where a title begins with its name or its place, or where the text says that it issued the document."""
    writer = work.linker.writer.entity()
    if writer is None or work.ontology.model.is_a(work.context.genre, expand("pol:WorkReport")):
        return None
    if _by_office(work, title):
        return None
    words = title.of(work.scan.text)
    return writer if words.startswith(tuple(_own_names(work, writer))) or _issues(work, title) else None


def _own_names(work: Work, writer: Entity) -> Iterable[str]:
    """What the titles of a writer's own papers begin with: its name, and of a township its place, where no other body issues."""
    yield writer.label
    title = work.context.title
    if title is not None and len(title.issuer) > 3:
        yield title.issuer
    home = work.context.home
    if home is not None and writer.cls == GOVERNMENT and home.level == "township":
        yield home.official
        yield home.name


def _issues(work: Work, title: Span) -> bool:
    """Whether the sentence says nothing of any other body: 修订|《某项规程》, and the title begins with no other's name."""
    text, words = work.scan.text, work.ontology.words
    start = max(text.rfind(mark, 0, title.start) for mark in _SENTENCE) + 1
    before = _TITLES.sub("", text[start : title.start - 1])
    made = _makes(before, words["ownPaper"], words["namely"], words["follow"])
    if not (made or _remakes(work, before, title)):
        return False
    for one in work.scan.mentions:
        inside = start <= one.span.start < title.end and not isinstance(one.detail, SelfName)
        if inside and (work.is_a(one.cls, "Agency") or (one.span.start == title.start)):
            linked = work.linked.get(id(one))
            named = linked is not None and not _is_own(work, linked.entities[0])
            if named and not (one.span.end < title.start and _only_followed(work, one.span.start, start)):
                return False
    return True


def _by_office(work: Work, title: Span) -> bool:
    """Whether a government's office, which has papers of its own, is named in the clause of a title before it (区政府办公室印发|《…》)."""
    text, writer = work.scan.text, work.linker.writer.entity()
    start = max(text.rfind(mark, 0, title.start) for mark in (*_SENTENCE, "，", "；")) + 1
    bodies = (
        linked.entities[0]
        for one in work.scan.mentions
        if start <= one.span.start and one.span.end < title.start
        for linked in (work.linked.get(id(one)),)
        if linked is not None
    )
    return any(one.cls == OFFICE and writer is not None and one.iri != writer.iri for one in bodies)


def _only_followed(work: Work, at: int, floor: int) -> bool:
    """Whether the clause of a body's name says that its word is followed: 按照市政府部署，…."""
    clause = max(floor, *(work.scan.text.rfind(mark, floor, at) + 1 for mark in "，；"))
    words = work.ontology.words
    return work.scan.text.startswith((*words["follow"], *words["notActor"]), clause)


def _makes(before: str, verbs: Sequence[str], namely: Sequence[str], follow: Sequence[str]) -> bool:
    """Whether what stands before a title says that papers are made, and perhaps how many (制定规范性文件2件，即|《…》), not what they
    rest on (编制本报告的依据有|《…》)."""
    if before.endswith(tuple(verbs)):
        return True
    word = next((word for word in longest(namely) if before.endswith(word)), "")
    clauses = re.split("[，；：]", before.removesuffix(word).rstrip("，："))
    return (
        bool(word)
        and any(verb in clauses[-1] for verb in verbs)
        and not any(one in clauses[-1] for one in follow)
    )


def _remakes(work: Work, before: str, title: Span) -> bool:
    """Whether the titles are the object of what follows: 对|《…》、《…》|作了修订."""
    if not before.endswith(tuple(work.ontology.words["objectMark"])):
        return False
    text = work.scan.text
    stop = min((at for mark in "，；。！？\n" if (at := text.find(mark, title.end)) >= 0), default=len(text))
    after = text[title.end + 1 : stop].rpartition("》")[2]
    return len(after) < 14 and any(word in after for word in work.ontology.words["remade"])


def _is_own(work: Work, entity: Entity) -> bool:
    """Whether it is the writer, a unit of it, or its place."""
    writer, home = work.linker.writer.entity(), work.context.home
    return (writer is not None and entity.label.startswith(writer.label)) or (
        home is not None and entity.iri == home.iri
    )


def state_known_issuers(work: Work) -> None:
    """Who issued a well-known policy: an administrative regulation by what it is, another where the text names that body too."""
    entities, issued = work.draft.entities, expand("pol:issuedBy")
    labels = {one.iri: one for one in work.ontology.gazetteer.entities}
    for known in work.ontology.gazetteer.entities:
        if not known.issuers or known.iri not in entities or work.draft.has(known.iri, issued):
            continue
        issuer = known.issuers[0]
        spans = tuple(work.draft.facts[(work.report, expand("pol:cites"), known.iri)][0])
        if issuer not in entities and work.is_a(known.cls, "AdministrativeRegulation") and issuer in labels:
            body = labels[issuer]
            work.draft.entity(Entity(body.iri, body.cls, body.label), spans[0], RULE["known-issuer"])
        if issuer in entities:
            work.draft.fact(known.iri, issued, issuer, spans, RULE["known-issuer"])
