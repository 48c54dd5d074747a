"""Relations: patterns run over the sentences, and the facts they yield."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.names import leading_quote
from kg.extract.plans import is_done
from kg.extract.rules import RULE
from kg.extract.skeleton import Match, Skeleton, build_skeleton, matches, patterns_by_anchor
from kg.extract.subject import Subjects
from kg.extract.undone import is_unissued
from kg.extract.work import Work
from kg.facts import Entity
from kg.link.linker import Linked
from kg.link.noun import mint_named
from kg.match.mention import KnownName, Mention, Phrase, Quote
from kg.schema.pattern import Pattern, Template
from kg.terms import PREFIXES, expand
from kg.text.document import Span

TYPE = expand("rdf:type")
_DONE = re.compile(r"(?<=^[一-龥]{2})了(?!解)|(?<=^[一-龥]{4})了(?!解)")  # 修订|了|办理规程
CARRIED_OUT = expand("pol:carriedOutBy")
_NOUNS = range(2, 5)  # characters of a noun
RUN_BY = frozenset(
    {expand("rule:run-by"), expand("rule:site-run-by"), expand("rule:that-run-by")}
)  # who runs a platform that bears another's name
ISSUED_BY = expand("pol:issuedBy")
OPERATED_BY = expand("pol:operatedBy")
PART_OF = expand("pol:partOf")
ACTING = frozenset({CARRIED_OUT, OPERATED_BY})


@dataclass(frozen=True, slots=True)
class PatternBook:
    """The patterns by the words one of which each needs, and those that need none."""

    by_anchor: dict[str, list[Pattern]]
    free: list[Pattern]

    @staticmethod
    def of(patterns: Sequence[Pattern]) -> "PatternBook":
        """Sort patterns by their anchors."""
        return PatternBook(*patterns_by_anchor(patterns))


def find_matches(work: Work, book: PatternBook, mentions: Sequence[Mention]) -> list[tuple[Match, Skeleton]]:
    text = work.scan.text
    ends: list[tuple[int, str]] = sorted(
        (end, word) for word, places in work.scan.anchors.items() for end in places
    )
    outer = list(mentions)
    found: list[tuple[Match, Skeleton]] = []
    first = at = 0
    for sentence in work.document.sentences:
        inside = []
        while at < len(outer) and outer[at].span.start < sentence.start:
            at += 1
        index = at
        while index < len(outer) and outer[index].span.end <= sentence.end:
            inside.append(outer[index])
            index += 1
        while first < len(ends) and ends[first][0] <= sentence.start:
            first += 1
        here: dict[tuple[str, str], Pattern] = {(p.iri, p.expression): p for p in book.free}
        last = first
        while last < len(ends) and ends[last][0] <= sentence.end:
            for pattern in book.by_anchor.get(ends[last][1], ()):
                here.setdefault((pattern.iri, pattern.expression), pattern)
            last += 1
        if not here:
            continue
        chosen = [here[key] for key in sorted(here)]
        letters = work.ontology.letters
        sure = build_skeleton(text, sentence, [m for m in inside if not _unsure(m)], work.linked, letters)
        found.extend((match, sure) for match in matches(sure, chosen))
        if any(_unsure(m) for m in inside):
            every = build_skeleton(text, sentence, inside, work.linked, letters)
            found.extend((match, every) for match in matches(every, [p for p in chosen if p.names]))
    found = [
        (match, skeleton)
        for match, skeleton in found
        if work.passages.allow(match.pattern, match.span) and not _is_two_deeds(work, match)
    ]
    return list(_outermost(work, found))


def _outermost(work: Work, found: Sequence[tuple[Match, Skeleton]]) -> Iterator[tuple[Match, Skeleton]]:
    """Without a deed that a rule which says no less names by more words (旧网站迁移|和适老化改造), or by fewer with its verb (建立|健全…的机制)."""
    text = work.scan.text
    made = [(match, span) for match, _ in found if (span := _deed(work, match)) is not None]
    for match, skeleton in found:
        span = _deed(work, match)
        if span is None or not any(
            (one.start == span.start and one.end > span.end and "，" not in text[span.end : one.end])
            or (
                one.end == span.end
                and one.start > span.start
                and (other.pattern.iri, other.span.start) == (match.pattern.iri, match.span.start)
            )
            for other, one in made
            if other.pattern.iri == match.pattern.iri or _says(match.pattern) <= _says(other.pattern)
        ):
            yield match, skeleton


def _is_two_deeds(work: Work, match: Match) -> bool:
    """Whether what a match makes one deed of is a deed named by a quotation and another behind it (“护苗”行动|“宣传月”)."""
    span, text = _deed(work, match), work.scan.text
    if span is None or text[span.start] != "“" or text[span.end - 1] != "”":
        return False
    return any(
        one.span.start == span.start
        and one.span.end < span.end
        and text.find("“", one.span.end) == one.span.end
        and isinstance(one.detail, Phrase)
        for one in work.scan.outer
    )


def _says(pattern: Pattern) -> frozenset[str]:
    """What a pattern says of what it matches."""
    return frozenset(one.predicate for one in pattern.templates)


def _deed(work: Work, match: Match) -> Span | None:
    """The plain words that a match makes a deed of."""
    return next(
        (
            match.texts[one.subject[1:]]
            for one in match.pattern.templates
            if one.predicate == TYPE
            and one.subject[1:] in match.texts
            and work.is_a(one.object, "Initiative")
        ),
        None,
    )


def with_named(work: Work, found: Sequence[tuple[Match, Skeleton]]) -> tuple[Mention, ...]:
    """The outermost mentions together with the words that patterns have made names of."""
    named: list[Mention] = []
    for span, template, rule in _made_names(work, found):
        if any(other.span.overlaps(span) for other in named):
            continue
        mention = Mention(span, template.object, rule, Quote(), (span,))
        label = _text_label(work, span)
        entity = Entity(
            mint_named(work.ontology.model, work.mint, template.object, label, work.report),
            template.object,
            label,
        )
        work.linked[id(mention)] = Linked(mention, (entity,), (span,))
        work.made.append(mention)
        named.append(mention)
    if not named:
        return work.scan.outer
    rest = [m for m in work.scan.outer if not any(n.span.overlaps(m.span) for n in named)]
    return tuple(sorted((*rest, *named), key=lambda mention: mention.span))


def named_deeds(work: Work, found: Sequence[tuple[Match, Skeleton]]) -> list[Span]:
    """Where deeds stand that have a name by themselves or by a pattern; what an extension names takes no deed from the core."""
    sure = sure_mentions(work, found)
    named = [one.span for one in work.scan.outer if id(one) in sure and _is_core_deed(work, one.cls)]
    return named + [span for span, made, _ in _made_names(work, found) if _is_core_deed(work, made.object)]


def _is_core_deed(work: Work, cls: str) -> bool:
    return cls.startswith(PREFIXES["pol"]) and work.is_a(cls, "Initiative")


def _made_names(work: Work, found: Sequence[tuple[Match, Skeleton]]) -> Iterator[tuple[Span, Template, str]]:
    """What patterns make names of, with the statement that says of which class: stretches in brackets, then quotations alone."""
    typed = [
        (match, template)
        for match, _ in found
        for template in match.pattern.templates
        if template.predicate == TYPE and not work.is_a(template.object, "Result")
    ]
    for match, template in typed:
        if (span := match.texts.get(template.subject[1:])) is not None:
            yield span, template, match.pattern.iri
    for match, template in typed:
        for one in match.mentions.get(template.subject[1:], ()):
            if (
                isinstance(one, Mention)
                and isinstance(one.detail, Quote)
                and not _no_practice(work, one.span)
            ):
                yield one.span, template, match.pattern.iri


def _no_practice(work: Work, span: Span) -> bool:
    """Whether a quotation names a time, a goal or a meeting."""
    return span.of(work.document.wording).strip("“”") in work.ontology.words["noPractice"]


def sure_mentions(work: Work, found: Sequence[tuple[Match, Skeleton]]) -> set[int]:
    """Mentions that are names: by themselves, or because a pattern says so of them."""
    sure = {
        key
        for key, linked in work.linked.items()
        if not isinstance(linked.mention.detail, Phrase) or linked.mention.detail.accepted
    }
    for match, _ in found:
        for template in match.pattern.templates:
            if template.predicate == TYPE:
                for one in match.mentions.get(template.subject[1:], ()):
                    if isinstance(one, Linked):
                        sure.add(id(one.mention))
    return sure


def state_relations(work: Work, found: Sequence[tuple[Match, Skeleton]], sure: set[int]) -> None:
    """Facts of all matches: what names its subject first, what takes the writer for granted last."""
    ordered = [(template, match) for match, _ in found for template in match.pattern.templates]
    ordered.sort(
        key=lambda pair: (pair[0].predicate != TYPE, _by_default(pair[0]), pair[0].object == "?subject")
    )
    subjects = Subjects.of(work)
    explicit: set[tuple[str, str]] = set()  # what a pattern found in so many words
    for template, match in ordered:
        if template.predicate in ACTING and not _acts(work, match, template):
            continue
        made = template.predicate == TYPE and work.is_a(template.object, "Initiative")
        if (made or template.predicate in ACTING) and not is_done(work, match.span):
            continue
        if template.predicate == ISSUED_BY and is_unissued(work, match.span):
            continue
        carried = template.object == "?subject" and not subjects.named(match.span)
        by_default = carried or (_by_default(template) and not _beside(template, match))
        for subject in _values(work, template.subject, match, sure, subjects):
            if template.predicate == TYPE:
                if subject not in work.draft.entities:
                    _mint_text(work, subject, template.object, template.subject, match)
                continue
            for value in _values(work, template.object, match, sure, subjects):
                if subject == value or subject not in work.draft.entities:
                    continue
                if template.predicate == PART_OF and _is_several(work, subject):
                    continue
                if value not in work.draft.entities and value not in work.ontology.model.individuals:
                    continue
                if by_default and ((subject, template.predicate) in explicit or _of_above(work, subject)):
                    continue
                if template.predicate == ISSUED_BY and _names_its_issuer(work, template, match, subject):
                    continue
                if match.pattern.iri in RUN_BY or (
                    template.predicate == OPERATED_BY and _of_another(work, subject, value)
                ):
                    work.draft.withdraw(subject, template.predicate, RULE["owner"])
                if not by_default:
                    explicit.add((subject, template.predicate))
                work.draft.fact(subject, template.predicate, value, (match.span,), match.pattern.iri)


def _names_its_issuer(work: Work, template: Template, match: Match, policy: str) -> bool:
    """Whether a later one of several policies has its issuer in its title: 教育部下发的《甲清单》和|《某学院公开细则》."""
    listed = [one for one in match.mentions.get(template.subject[1:], ()) if isinstance(one, Linked)]
    first = {entity.iri for one in listed[:1] for entity in one.entities}
    return policy not in first and work.draft.has(policy, ISSUED_BY, RULE["title-issuer"])


def _is_several(work: Work, platform: str) -> bool:
    """Whether a name means several channels together, one of which may be named right before it (“甲”微信公众号|“两微一端”平台)."""
    return (
        leading_quote(work.draft.entities[platform].label).strip("“”")
        in work.ontology.words["channelsTogether"]
    )


def _of_another(work: Work, platform: str, body: str) -> bool:
    """Whether a body other than the writer and its units runs a platform that is named by a quotation alone, which is taken for the
    writer's where nothing is said (市公安局开通|“平安云川”公众号)."""
    writer, name = work.linker.writer.entity(), work.draft.entities[platform].label
    one = work.draft.entities.get(body)
    if writer is None or one is None or not name.startswith("“") or not work.is_a(one.cls, "Agency"):
        return False
    return not one.label.startswith(writer.label) and one.label not in name


def _beside(template: Template, match: Match) -> bool:
    """Whether a pattern says that somebody does a thing together with others that it names (与市财政局联合印发)."""
    return any(
        one != template and (one.subject, one.predicate) == (template.subject, template.predicate)
        for one in match.pattern.templates
    )


def _acts(work: Work, match: Match, template: Template) -> bool:
    """Whether the bodies bound to a variable act; 在市政务服务中心开设 does not say that the centre does, but 在教育部|平台 whose it is."""
    first = next(iter(match.mentions.get(template.object[1:], ())), None)
    if not isinstance(first, Linked):
        return True
    what = next(iter(match.mentions.get(template.subject[1:], ())), None)
    if isinstance(what, Linked) and what.mention.span.start == first.mention.span.end:
        return True
    return not work.scan.text.endswith(work.ontology.words["notActor"], 0, first.mention.span.start)


def _by_default(template: Template) -> bool:
    """Whether a fact takes for granted who acts, or which site a column is on: one found in so many words goes first."""
    return not {template.subject, template.object}.isdisjoint(("?actor", "?site"))


def _of_above(work: Work, subject: str) -> bool:
    """Whether a platform carries the name of a place above the writer's own, so that the writer need not run it."""
    home, entity = work.context.home, work.draft.entities[subject]
    own = home is None or entity.label.startswith((home.name, home.official))
    if home is None or own or not work.is_a(entity.cls, "Platform"):
        return False
    return any(entity.label.startswith(ref.name) for ref in home.chain() if ref.iri != home.iri)


def _values(work: Work, term: str, match: Match, sure: set[int], subjects: Subjects) -> list[str]:
    if not term.startswith("?"):
        return [term]
    name = term[1:]
    if name in match.texts:
        return [_text_iri(work, match, name, match.texts[name])]
    if name in match.mentions:
        found: list[str] = []
        for one in match.mentions[name]:
            if isinstance(one, Linked):
                found.extend(entity.iri for entity in one.entities if id(one.mention) in sure)
            elif isinstance(one.detail, Quote):
                found.append(_text_iri(work, match, name, one.span))
        return found
    return _from_context(work, name, match, subjects)


def _text_iri(work: Work, match: Match, name: str, span: Span) -> str:
    """The IRI of what a pattern makes of plain words: of the class it yields for them."""
    cls = next(
        (t.object for t in match.pattern.templates if t.subject == f"?{name}" and t.predicate == TYPE), ""
    )
    return mint_named(work.ontology.model, work.mint, cls, _text_label(work, span), work.report)


def _text_label(work: Work, span: Span) -> str:
    """The name of what plain words name: verb and noun, where a long clause stands between them."""
    words = _DONE.sub("", " ".join(span.of(work.document.wording).split()), count=1)
    cut = words.rfind("的") + 1
    if len(words) <= 16 or not cut or words.endswith(work.ontology.words["flowHead"]):
        return words
    index = work.scan.words.at(span.start)
    end = span.start
    while work.scan.words.tags[index][0] == "v" and work.scan.words.starts[index + 1] < span.end:
        index += 1
        end = int(work.scan.words.starts[index])
    verb = Span(span.start, end).of(work.document.wording)
    return verb + words[cut:] if verb and len(words) - cut >= 3 else words


def _mint_text(work: Work, iri: str, cls: str, term: str, match: Match) -> None:
    spans = [match.texts[term[1:]]] if term[1:] in match.texts else [
        one.span for one in match.mentions.get(term[1:], ()) if isinstance(one, Mention)
    ]  # fmt: skip
    for span in spans:
        if _text_iri(work, match, term[1:], span) == iri and cls in work.ontology.model.classes:
            words = _text_label(work, span)
            if work.is_a(cls, "Initiative") and words.strip("“”") in work.ontology.words["noPractice"]:
                continue
            work.draft.entity(Entity(iri, cls, words), span, match.pattern.iri)
            if work.is_a(cls, "Initiative"):
                work.quoted.setdefault(leading_quote(words), work.draft.entities[iri])


def _from_context(work: Work, name: str, match: Match, subjects: Subjects) -> list[str]:
    if name == "report":
        return [work.report]
    issuer = work.linker.writer.entity()
    if name == "issuer":
        return [issuer.iri] if issuer else []
    if name == "actor":
        return subjects.acting(match.span) or ([issuer.iri] if issuer else [])
    if name == "subject":
        return subjects.acting(match.span)
    if name == "region":
        return [work.context.home.iri] if work.context.home else []
    if name == "site":
        return [] if _indoors(work, match) else _nearest(work, "Website", match)
    if name == "that":
        return _spoken_of(work, match)
    return _nearest(work, "Policy" if name == "paper" else "Initiative", match)


def _indoors(work: Work, match: Match) -> bool:
    """Whether the clause of a match says that something is set up in a building (在报关大厅设置…专栏)."""
    text = work.scan.text
    start = max(text.rfind(mark, 0, match.span.start) for mark in "，。；\n") + 1
    return any(word in text[start : match.span.start] for word in work.ontology.words["premises"])


def _nearest(work: Work, cls: str, match: Match) -> list[str]:
    """The entity of a class named last before a match in the same paragraph or its heading."""
    floor = work.scan.text.rfind("\n", 0, match.span.start) + 1
    section = work.document.section_at(match.span.start)
    if section is not None:
        floor = min(floor, section.heading.start)
    found: list[str] = []
    for mention in work.scan.mentions:
        if mention.span.end > match.span.start:
            break
        linked = work.linked.get(id(mention))
        press = cls == "Website" and isinstance(
            mention.detail, KnownName
        )  # no columns of the writer's are on it
        if mention.span.start < floor or press:
            continue
        if linked is not None and work.is_a(linked.entities[0].cls, cls):
            found = [linked.entities[0].iri]
    return found


def _spoken_of(work: Work, match: Match) -> list[str]:
    """What was named last in the same paragraph by the noun that a match begins with, after one character that points to it (该|行动)."""
    text = work.scan.text
    floor, noun = text.rfind("\n", 0, match.span.start) + 1, match.span.start + 1
    endings = tuple(text[noun : noun + length] for length in _NOUNS)
    found: list[str] = []
    for mention in work.scan.mentions:
        if mention.span.end > match.span.start:
            break
        linked = work.linked.get(id(mention))
        named = linked is not None and linked.entities[0].iri in work.draft.entities
        if linked and named and mention.span.start >= floor and mention.span.of(text).endswith(endings):
            found = [linked.entities[0].iri]
    return found


def _unsure(mention: Mention) -> bool:
    return isinstance(mention.detail, Phrase) and not mention.detail.accepted
