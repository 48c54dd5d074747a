"""Bodies with a name of their own before the kind: 山东|大学, 六盘水高新技术产业开发区|管委会, 县|第一|中学."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kg.match.agency import Core, PlaceContext, read_place
from kg.match.generic import is_generic
from kg.match.marks import Marks
from kg.match.mention import AgencyName, Mention, Phrase, Place
from kg.schema.lexicon import NounRule
from kg.text.document import Span

_FUNCTION = "pcdurye"
_MOST = 26
_LONGEST_BRAND = 8


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the names of such bodies are made of."""

    starts: frozenset[str]  # words that begin a name as a place would: 华南, 中国
    inside: frozenset[str]  # verbs and function words that names may hold: 开发, 服务
    zones: tuple[str, ...]  # what a zone's name ends in, longest first
    fields: frozenset[str]  # what sorts of zones are told apart by
    single: frozenset[str]  # sorts of zones of which a place has one
    endings: frozenset[str]  # second characters that make a verb (晋升|为)
    praise: tuple[str, ...]  # what common nouns hold and names do not: 一流|大学
    parts: frozenset[str]  # kinds that a body has many of: 云川大学|学院
    wholes: tuple[str, ...]  # kinds of bodies that have such parts


def only_zone(own: str, zones: tuple[str, ...], fields: frozenset[str]) -> bool:
    """Whether words before a zone's body say what sort of zone is meant and not which: that of the writer's place.

    >>> [only_zone(own, ("开发区",), frozenset({"经济", "技术"})) for own in ("开发区", "经济技术开发区", "望岭经济开发区")]
    [True, True, False]
    """
    zone = next((word for word in zones if own.endswith(word)), "")
    return bool(zone) and is_generic(own, fields.union(zones))


def read_own_name(
    context: PlaceContext, words: OwnWords, marks: Marks, core: Core, at: int, floor: int
) -> Mention | None:
    """The body whose kind stands at ``at``; None where nothing says which one (各学院, 公立医院, 行业协会)."""
    end = at + len(core.surface)
    if context.text.startswith(core.kind.not_before, end) if core.kind.not_before else False:
        return None
    start, place = _left(context, words, marks, at, floor, zone=core.kind.zone)
    if any(
        context.text.endswith(word, floor, start)
        for word in (*context.lexicon.determiners, *context.lexicon.whole)
    ):
        return None
    if place is not None and place.own and context.text.startswith(context.lexicon.whole, place.span.start):
        return None
    own = context.text[place.span.end if place is not None else start : at]
    if (
        place is None
        and own not in words.single
        and _only_zone(words, own)
        and _one_of_many(context, start, floor)
    ):
        return None
    if core.kind.zone and place is None and _stands_free(context, at, floor):
        start, own = at, ""  # 管委会 alone is that of the writer's zone
    elif not _says_which(context, words, core, place, own, start):
        return None
    if core.kind.commercial and place is not None and (begin := _brand(context, words, start, floor)) < start:
        start, place, own = begin, None, context.text[begin:at]  # 国网|云川市|供电公司
    detail = AgencyName(place, core.kind, core.surface, own=own)
    span = Span(place.span.start if place is not None else start, end)
    return Mention(span, core.kind.cls, core.kind.iri, detail, (span,))


def zones_joined(
    context: PlaceContext, words: OwnWords, marks: Marks, name: Mention, floor: int
) -> Iterator[Mention]:
    """The bodies of the zones listed before the one that the word for them stands behind: 高新区、|经开区管委会."""
    detail, start, text = name.detail, name.span.start, context.text
    assert isinstance(detail, AgencyName)
    core = Core(detail.form, detail.kind)
    while core.kind.zone:
        join = next((word for word in context.lexicon.joins if text.endswith(word, floor, start)), "")
        end = start - len(join)
        if not join or not text.endswith(words.zones, floor, end):
            return
        start, place = _left(context, words, marks, end, floor, zone=True)
        own = text[place.span.end if place is not None else start : end]
        bare = place is None and _only_zone(words, own)
        if (bare and own not in words.single) or not _says_which(context, words, core, place, own, start):
            return
        start = place.span.start if place is not None else start
        if text.endswith((*context.lexicon.determiners, *context.lexicon.whole), floor, start):
            return
        span = Span(start, end)
        yield replace(name, span=span, parts=(span,), detail=replace(detail, place=place, own=own))


def _brand(context: PlaceContext, words: OwnWords, end: int, floor: int) -> int:
    """Where the words begin that a company has before the place in its name (中国移动|云川|分公司), the end where it has none."""
    start = end
    while start > floor and end - start < _LONGEST_BRAND:
        index = context.words.at(start - 1)
        begin = max(int(context.words.starts[index]), floor)
        word = context.text[begin:start]
        if (
            not word.isalpha()
            or word in context.lexicon.boundary
            or context.words.tags[index][0] in _FUNCTION
        ):
            break
        start = begin
        if context.text.startswith(tuple(words.starts), start):
            return start
    return end


def _left(
    context: PlaceContext, words: OwnWords, marks: Marks, at: int, floor: int, *, zone: bool
) -> tuple[int, Place | None]:
    """Where the name begins, and the place it begins with; ``zone``: it is a zone's."""
    text, start = context.text, at
    while start > floor and at - start < _MOST:
        place = _place(context, words, start, floor)
        if place is not None and not (zone and _goes_on(context, place, floor)):
            return place.span.start, place
        if start - 1 in marks.opener and text[start - 1] == "）":
            start = marks.opener[start - 1]
            continue
        index = context.words.at(start - 1)
        begin = max(int(context.words.starts[index]), floor)
        word = text[begin:start]
        if not word.isalpha() or word in context.lexicon.determiners:
            break
        if zone and word in context.lexicon.boundary:
            break  # 联合|工业园区管委会
        if word not in words.inside and (
            word in context.lexicon.boundary or context.words.tags[index][0] in _FUNCTION
        ):
            break
        if len(word) > 2 and word[-1] in words.endings:
            break  # 晋升为|二级医院
        inner = _place_inside(context, begin, start)
        if inner is not None:
            return inner.span.start, inner
        start = begin
    return start, None


def _goes_on(context: PlaceContext, place: Place, floor: int) -> bool:
    """Whether a short name is the end of a longer one that no table knows (石|梁河|风景区): one character that is no word of its own stands before it."""
    start, lexicon = place.span.start, context.lexicon
    if not place.names or place.names[0].endswith(lexicon.levels) or start <= floor:
        return False
    index = context.words.at(start - 1)
    first = context.words.text(index)
    common = (*lexicon.boundary, *lexicon.determiners, *lexicon.levels, *lexicon.own, *lexicon.whole)
    return (
        len(first) == 1
        and first.isalpha()
        and first not in common
        and context.words.tags[index][0] not in "pcdurymf"
        and not (start - 1 > floor and context.text[start - 2].isalnum())
    )


def _place(context: PlaceContext, words: OwnWords, end: int, floor: int) -> Place | None:
    """A region by its full or short name, or a level word with nothing of a name before it."""
    named = context.regions.get(end) or context.shorts.get(end)
    if named:
        if not context.regions.get(end):
            start, name = min(named)
            outer = read_place(context, start, floor) if start in context.regions else None
            names = (*(outer.names if outer is not None else ()), name)
            return (
                Place(Span(outer.span.start if outer is not None else start, end), names)
                if start >= floor
                else None
            )
        return _as_written(context, read_place(context, end, floor))
    level = next((word for word in context.lexicon.levels if context.text.endswith(word, floor, end)), "")
    if not level or level in words.zones:
        return None
    place = read_place(context, end, floor)
    town = place is not None and place.open and level in context.lexicon.townships  # 白水乡|卫生院
    if not town and not context.words.ends_at(end - len(level)):
        return None
    return place if place is not None and (place.own or place.names or place.level) else None


def _as_written(context: PlaceContext, place: Place | None) -> Place | None:
    """The writer's place by the short name that the name of an institution keeps (云川|大学)."""
    if place is None or not place.names or place.names[-1] not in context.home:
        return place
    if place.names[-1] != context.home[-1] and len(place.names) > 1:
        return place
    start = place.span.start + sum(map(len, place.names[:-1]))
    return replace(place, names=(*place.names[:-1], context.text[start : place.span.end]))


def _place_inside(context: PlaceContext, begin: int, end: int) -> Place | None:
    """A place that begins a longer word: 山东|大学, 广州|市立."""
    for stop in range(end - 1, begin + 1, -1):
        for start, name in (*context.regions.get(stop, ()), *context.shorts.get(stop, ())):
            if start == begin:
                return Place(Span(start, stop), (name,))
    return None


def _stands_free(context: PlaceContext, at: int, floor: int) -> bool:
    """Whether nothing stands before a word that could belong to a name with it."""
    if at == floor or not context.text[at - 1].isalnum():
        return True
    index = context.words.at(at - 1)
    word = context.text[max(int(context.words.starts[index]), floor) : at]
    if word in context.lexicon.determiners or word in context.lexicon.whole or word in context.lexicon.own:
        return False
    return word in context.lexicon.boundary or context.words.tags[index][0] in "pcvdu"


def _says_which(
    context: PlaceContext, words: OwnWords, core: Core, place: Place | None, own: str, start: int
) -> bool:
    zone = core.kind.zone
    if any(word in own for word in words.praise):
        return False
    if core.surface in words.parts and own.endswith(words.wholes):
        return False
    if zone and not own.endswith(words.zones) and not (own.endswith("）") and place is not None):
        return place is not None and bool(place.names) and place.names[-1].endswith(words.zones)
    if zone:
        return place is not None or _only_zone(words, own) or _names_zone(context, words, start, own)
    if place is not None and place.names:
        return True
    if place is not None:
        return bool(own) or core.surface != core.kind.stem
    if core.kind.commercial:
        return core.surface != core.kind.short_stems[0] and len(own) >= 4
    return _proper(context, words, start, own)


def _only_zone(words: OwnWords, own: str) -> bool:
    return only_zone(own, words.zones, words.fields)


def _names_zone(context: PlaceContext, words: OwnWords, start: int, own: str) -> bool:
    """Whether what stands before the words for a sort of zone is a name: a proper noun, or characters that make no word (望|岭|经济开发区)."""
    if _proper(context, words, start, own):
        return True
    end = start + len(own) - next(len(word) for word in words.zones if own.endswith(word))
    while end > start:
        begin = max(int(context.words.starts[context.words.at(end - 1)]), start)
        if context.text[begin:end] not in words.fields:
            break
        end = begin
    parts = range(context.words.at(start), context.words.at(end - 1) + 1)
    return 2 <= end - start <= 4 and all(
        len(context.words.text(index)) == 1 or context.words.tags[index] in ("ns", "nz", "nr")
        for index in parts
    )


def _one_of_many(context: PlaceContext, start: int, floor: int) -> bool:
    """Whether a list that ends here says that it speaks of all (各街道、|开发区管委会)."""
    before = context.text[max(floor, start - 16) : start]
    return before.endswith("、") and any(
        item.startswith(tuple(context.lexicon.determiners)) for item in re.split("[，、]", before)
    )


def _proper(context: PlaceContext, words: OwnWords, start: int, own: str) -> bool:
    """Whether a name begins with a proper noun."""
    index = context.words.at(start)
    first = context.text[start : context.words.starts[index + 1]]
    tag = context.words.tags[index]
    starts = own.startswith(tuple(words.starts)) and len(own) > 2
    return (
        len(own) >= 2 and (tag in ("ns", "nz", "nr", "nrt") or starts) and first not in context.lexicon.common
    )


def with_units(
    text: str, mentions: list[Mention], office: NounRule, is_body: Callable[[Mention], bool]
) -> list[Mention]:
    """With the units that stand directly after the body they belong to, or after its office, as one name with it (街道办事处|党政办,
    市教育局|办公室|政务公开科).

    ``office`` is the rule for offices of bodies. Other bodies that stand there without a place are part of a longer name that nouns will find.
    """
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: one.span):
        detail, at = mention.detail, mention.span.start
        through = next((head for head in office.heads if text.endswith(head, 0, at)), "")
        ends = (at, at - len(through))
        before = max(
            (one for one in found if one.span.end in ends), key=lambda one: one.span.end, default=None
        )
        if before is None or not is_body(before) or not isinstance(detail, AgencyName) or detail.place:
            found.append(mention)
        elif detail.kind.inner and not detail.kind.cls.endswith("PartyBody"):
            span = Span(before.span.start, mention.span.end)
            phrase = Phrase(detail.form, before, Span(before.span.end, at), (), "", True)
            found.append(Mention(span, mention.cls, office.iri, phrase, (span,)))
    return found


def join_nested(text: str, mentions: list[Mention], between: tuple[str, ...]) -> list[Mention]:
    """One body where the name of one with a name of its own stands directly before another's: 延安大学|西安创新学院.

    ``between`` may stand between them (云川医科大学|附属|望江医院).
    """
    result: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: one.span):
        before = result[-1] if result else None
        gap = text[before.span.end : mention.span.start] if before is not None else ""
        if before is not None and gap in ("", *between) and _nests(before, mention):
            outer, inner = before.detail, mention.detail
            assert isinstance(outer, AgencyName)
            assert isinstance(inner, AgencyName)
            start = outer.place.span.end if outer.place is not None else before.span.start
            own = text[start : mention.span.end - len(inner.form)]
            span = Span(before.span.start, mention.span.end)
            result[-1] = replace(
                mention, span=span, parts=(span,), detail=replace(inner, place=outer.place, own=own)
            )
        else:
            result.append(mention)
    return result


def _nests(outer: Mention, inner: Mention) -> bool:
    return (
        outer.cls == inner.cls
        and all(isinstance(one.detail, AgencyName) and one.detail.kind.open for one in (outer, inner))
        and not any(isinstance(one.detail, AgencyName) and one.detail.kind.zone for one in (outer, inner))
    )


def inherit_places(text: str, mentions: list[Mention], joins: tuple[str, ...]) -> list[Mention]:
    """省教育厅、民政厅: a body without a place has that of the one it is joined to."""
    result: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: one.span):
        place = _place_of_neighbour(text, result[-1], mention, joins) if result else None
        detail = mention.detail
        if place is not None and isinstance(detail, AgencyName):
            result.append(replace(mention, detail=replace(detail, place=place)))
        else:
            result.append(mention)
    return result


def _place_of_neighbour(text: str, before: Mention, mention: Mention, joins: tuple[str, ...]) -> Place | None:
    detail, other = mention.detail, before.detail
    if not isinstance(detail, AgencyName) or not isinstance(other, AgencyName):
        return None
    if (
        detail.place is not None
        or detail.kind.open
        or detail.kind.inner  # 县公安局、|警令部: a unit has a body and no place
        or text[before.span.end : mention.span.start] not in joins
    ):
        return None
    return other.place
