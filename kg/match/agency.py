"""Public bodies as a text names them: a place, a stem of competence, a kind of office."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.match.mention import AgencyName, Mention, Place
from kg.match.words import Words, longest
from kg.schema.gazetteer import AgencyKind
from kg.schema.ontology import Ontology
from kg.text.document import Span

_NUMBER = re.compile("[0-9〇零一二三四五六七八九十百千]+")


@dataclass(frozen=True, slots=True)
class Core:
    """A body's own name without its place (人社局), and the kind that is written so."""

    surface: str
    kind: AgencyKind

    @property
    def alone(self) -> bool:
        """Whether it names a body of the writer's place also without a place before it."""
        return self.specific and bool(self.kind.suffixes or self.kind.inner or self.kind.unit_of)

    @property
    def specific(self) -> bool:
        """Whether it is long enough, and a whole name, to stand without its place behind another body."""
        return len(self.surface) >= 3 and not self.kind.open and not self.kind.prefixed


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words of an ontology that names of places are read with."""

    levels: tuple[str, ...]  # longest first
    own: tuple[str, ...]
    whole: tuple[str, ...]
    boundary: frozenset[str]
    determiners: frozenset[str]
    named: frozenset[str]  # bodies that a bare name may stand before (沟赵|办事处)
    common: frozenset[str]  # words before a level word that name no place (城, 郊, 各县)
    prefixes: tuple[str, ...]  # what stands before a place in names of bodies (国家税务总局)
    governments: tuple[str, ...]  # what a government is called (人民政府)
    zones: frozenset[str]  # level words of zones
    zone_fields: frozenset[str]  # what sorts of zones are told apart by (技术|开发区)
    inside: frozenset[str]  # verbs that names may hold
    measures: tuple[str, ...]  # what follows a number and begins no name (22|个|市)
    upper: tuple[str, ...]  # levels above the township
    joins: tuple[str, ...]  # 、 和
    whole_levels: tuple[str, ...]  # levels that need no join before the next (省市政府)
    offices: tuple[str, ...]  # nouns for bodies (局 before 和 is one of two)
    generic: tuple[str, ...]  # level words that together name none (各|乡镇)
    severally: tuple[str, ...]  # what stands behind a list of bodies and goes on no name (保卫处|分别)
    across: tuple[str, ...]  # words whose first character may look like the last of a name (司法部|门)
    cities: frozenset[str]  # short names that end as a level word does (杭州)
    townships: tuple[str, ...]  # levels between the county and the village
    long_named: tuple[str, ...]  # levels of which no place has a name of one character (代|市政府)

    @classmethod
    def of(cls, ontology: Ontology) -> "PlaceWords":
        """Those of one ontology."""
        words = ontology.words
        short = (one.form for one in ontology.regions.names() if one.kind == "short")
        return cls(
            levels=longest(words["level"]),
            own=words["own"],
            whole=words["whole"],
            boundary=frozenset(words["boundary"]),
            determiners=frozenset(words["determiner"]),
            named=frozenset(words["namedBody"]),
            common=frozenset(words["notPlace"]),
            prefixes=tuple(sorted({prefix for kind in ontology.gazetteer.kinds for prefix in kind.prefixes})),
            governments=(*words["governmentForm"], *words["governmentWord"]),
            zones=frozenset(words["zone"]),
            zone_fields=frozenset(words["zoneField"]),
            inside=frozenset(words["nameInside"]),
            measures=words["measure"],
            upper=words["upperLevel"],
            joins=words["join"],
            whole_levels=words["topLevel"],
            offices=words["selfNoun"],
            generic=words["genericLevels"],
            severally=words["severally"],
            across=words["acrossEnd"],
            cities=frozenset(form for form in short if len(form) == 2),
            townships=words["townshipLevel"],
            long_named=words["longNamed"],
        )


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is needed to read the place before a name."""

    text: str
    words: Words
    regions: Mapping[int, Sequence[tuple[int, str]]]  # by end: (start, name)
    shorts: Mapping[
        int, Sequence[tuple[int, str]]
    ]  # the same of short names that are sure only inside a name
    home: tuple[str, ...]  # the writer's place from the outermost name in, where no table knows it
    lexicon: PlaceWords


def read_place(context: PlaceContext, end: int, floor: int) -> Place | None:
    """The place whose name ends here, with the regions it lies in where they are written before it.

    Returns None where none stands here; a place of ``各县`` or ``有关市`` is none either.
    """
    text = context.text
    named = _region_chain(context, end, floor) or _bracketed_zone(context, end, floor)
    if named:
        return named
    level = next((word for word in context.lexicon.levels if text.endswith(word, floor, end)), "")
    if not level:
        return None
    start = end - len(level)
    for word in (*context.lexicon.own, *context.lexicon.whole):
        inside = word in context.lexicon.whole and not context.words.ends_at(start - len(word))  # 健全|县政府
        if text.endswith(word, floor, start) and not inside:
            return Place(Span(start - len(word), end), (), level, own=True)
    if any(text.endswith(word, floor, start) for word in context.lexicon.determiners):
        return None
    zone = _zone(context, level, start, end, floor)
    if zone is not None:
        return zone
    names = _open_names(context, start, end, floor)
    if (
        level in context.lexicon.zones
        and names
        and text[end - len(names[-1]) : start] in context.lexicon.zone_fields
    ):
        return Place(Span(start, end), (), level)  # 经济技术|开发区 names no zone
    if names:
        opened = end - sum(map(len, names))
        under = next((word for word in context.lexicon.governments if text.endswith(word, floor, opened)), "")
        outer = _region_chain(context, opened - len(under), floor)
        return Place(
            Span(outer.span.start if outer else opened, end),
            (*(outer.names if outer else ()), *names),
            open=True,
            under=under if outer else "",
        )
    if text.endswith(context.lexicon.generic, floor, end):
        return None
    inside = start > floor and text[start - 1].isalnum() and not context.words.ends_at(start)
    if inside and not _prefixed(context, start, floor):
        return None
    if text.endswith(context.lexicon.measures, floor, start) or _NUMBER.fullmatch(
        text, max(start - 1, floor), start
    ):
        return None
    return Place(Span(start, end), (), level)


def _prefixed(context: PlaceContext, start: int, floor: int) -> bool:
    """Whether a level word is one of a body's name although a word of the dictionary holds it: 团|县|委."""
    return any(
        text_at >= floor and context.words.ends_at(text_at) and context.text.startswith(prefix, text_at)
        for prefix in context.lexicon.prefixes
        for text_at in (start - len(prefix),)
    )


def _zone(context: PlaceContext, level: str, level_at: int, end: int, floor: int) -> Place | None:
    """A zone named after its place: 贵阳国家|高新区."""
    if level not in context.lexicon.zones:
        return None
    text, start = context.text, level_at
    while start > floor and level_at - start < 12:
        for begin, _ in (*context.regions.get(start, ()), *context.shorts.get(start, ())):
            full = (
                text.endswith(context.lexicon.levels, begin, start)
                and text[begin:start] not in context.lexicon.cities
            )
            if begin >= floor and not full:
                found = context.shorts.get(begin, context.regions.get(begin, ()))
                outer = (
                    at
                    for at, _ in found
                    if at >= floor and not text.endswith(context.lexicon.levels, at, begin)
                )
                first = next(outer, begin)  # 株洲|云龙示范区
                return Place(Span(first, end), (text[first:end],), open=True)
        if start in context.regions:
            return None
        begin = max(int(context.words.starts[context.words.at(start - 1)]), floor)
        word = text[begin:start]
        if not word.isalpha() or (word in context.lexicon.boundary and word not in context.lexicon.inside):
            return None
        start = begin
    return None


def _bracketed_zone(context: PlaceContext, end: int, floor: int) -> Place | None:
    """A zone with its other name in brackets behind it: 青岚高新区（望岚）."""
    opened = context.text.rfind("（", max(floor, end - 8), end) if context.text[end - 1] == "）" else -1
    place = read_place(context, opened, floor) if opened > floor else None
    if place is None or not place.names or not place.names[-1].endswith(tuple(context.lexicon.zones)):
        return None
    names = (*place.names[:-1], place.names[-1] + context.text[opened:end])
    return Place(Span(place.span.start, end), names, open=True)


def levels_joined(context: PlaceContext, name: Mention, floor: int) -> Iterator[Mention]:
    """The bodies of the levels written before a body's own: 省、市政府 is the government of the province too."""
    detail = name.detail
    if not isinstance(detail, AgencyName) or detail.place is None:
        return
    place, text = detail.place, context.text
    if place.names or place.own or place.span.start != name.span.start:
        return
    found: list[Mention] = []
    start = place.span.start
    while True:
        join = next((word for word in context.lexicon.joins if text.endswith(word, floor, start)), "")
        end = start - len(join)
        level = next((word for word in context.lexicon.levels if text.endswith(word, floor, end)), "")
        if not level or not (join or level in context.lexicon.whole_levels):
            break
        start = end - len(level)
        if any(text.endswith(word, floor, start) for word in (*context.lexicon.own, *context.lexicon.whole)):
            return
        span = Span(start, end)
        found.append(
            Mention(span, name.cls, name.rule, replace(detail, place=Place(span, (), level)), (span,))
        )
    if start > floor and text[start - 1].isalnum() and not context.words.ends_at(start):
        return
    if not any(text.endswith(word, floor, start) for word in context.lexicon.determiners):
        yield from found


def places_joined(context: PlaceContext, name: Mention, floor: int) -> Iterator[Mention]:
    """The governments of the places listed before the one that the word for them stands behind: 白水乡、|石门镇政府."""
    detail, start, text = name.detail, name.span.start, context.text
    if not isinstance(detail, AgencyName) or not detail.kind.cls.endswith("Government") or detail.kind.open:
        return
    if detail.place is None or not detail.place.names or detail.place.span.start != start:
        return
    alike = _alike(context, detail.place)
    while True:
        join = next((word for word in context.lexicon.joins if text.endswith(word, floor, start)), "")
        end = start - len(join)
        place = read_place(context, end, floor) if join and alike else None
        if place is None or not place.names or place.own or not text.endswith(alike, floor, end):
            return
        start = place.span.start
        if text.endswith((*context.lexicon.determiners, *context.lexicon.whole), floor, start):
            return
        yield Mention(place.span, name.cls, name.rule, replace(detail, place=place), (place.span,))


def _alike(context: PlaceContext, place: Place) -> tuple[str, ...]:
    """The level words of places that share a word with this one: townships with townships, others with their like."""
    levels = context.lexicon
    if place.names[-1].endswith(levels.townships):
        return levels.townships
    return tuple(word for word in levels.upper if place.names[-1].endswith(word))


def _region_chain(context: PlaceContext, end: int, floor: int) -> Place | None:
    names: list[str] = []
    start = end
    while hits := [(at, name) for at, name in context.regions.get(start, ()) if at >= floor]:
        at, name = min(hits)
        names.insert(0, name)
        start = at
    return Place(Span(start, end), tuple(names), open=names[-1] in context.home) if names else None


def _open_names(context: PlaceContext, level_at: int, end: int, floor: int) -> tuple[str, ...]:
    """The names, from the outermost in, of places no table knows (云川市|望岚区) that end in this level word."""
    words, text = context.words, context.text
    direct = _after_region(context, level_at, floor)
    if direct:
        return (text[direct:end],)
    start = level_at
    while start > floor and level_at - start < 12:
        at = words.at(start - 1)
        begin = int(words.starts[at])
        word = text[begin:start]
        if begin < floor or not word.isalpha() or word in context.lexicon.determiners:
            break
        if word in context.lexicon.boundary and not (
            start == level_at and word in context.lexicon.joins and _first_half(context, begin, floor)
        ):
            break
        if text.endswith(context.lexicon.prefixes, floor, start):
            break
        if word in ("年", "月", "日", "号"):
            break
        if len(word) > 1 and word in context.lexicon.common:
            break
        if (
            _closed_region(context, start, level_at)
            or word in context.lexicon.governments
            or (
                words.tags[at][0] in "pcdur"
                and word not in context.lexicon.inside
                and word not in context.lexicon.joins
            )
            or (
                len(word) > 1
                and words.tags[at][0] in "vilam"
                and not (start == level_at and text.endswith(context.lexicon.townships, floor, begin))
            )  # 青石镇|幸福|社区
        ):
            break
        start = begin
    start += _common_start(context, start, level_at)
    names: list[str] = []
    begin = start
    for position in range(start, end):
        level = next(
            (
                word
                for word in context.lexicon.levels
                if text.startswith(word, position) and position + len(word) <= end
            ),
            "",
        )
        if level and 1 <= position - begin <= 5 and position >= begin:
            names.append(text[begin : position + len(level)])
            begin = position + len(level)
        elif position - begin > 5:
            return ()
    if (
        names and text[begin:end] in context.lexicon.levels and text[begin:end] not in context.lexicon.upper
    ):  # 湖镇|镇
        names[-1] += text[begin:end]
        begin = end
    if begin != end or not names or any(name.startswith(context.lexicon.levels) for name in names):
        return ()
    if not all(_looks_like_name(context, name) for name in names):
        return ()
    return tuple(names)


def _first_half(context: PlaceContext, end: int, floor: int) -> bool:
    """Whether the one character before a join can only be the first half of a name (雍|和|镇): nothing else stands before it."""
    at = end - 1
    if at < floor or not context.words.ends_at(at) or context.words.tags[context.words.at(at)][0] != "n":
        return False
    first = context.text[at]
    if first in context.lexicon.common or first in (
        *context.lexicon.levels,
        *context.lexicon.own,
        *context.lexicon.whole,
        *context.lexicon.offices,
    ):
        return False
    before = context.text[at - 1] if at > floor else ""
    return (
        not before.isalpha()
        or at in context.regions
        or context.text.endswith(context.lexicon.levels, floor, at)
    )


def _closed_region(context: PlaceContext, end: int, level_at: int) -> bool:
    """Whether a region ends here that no name goes on from; one by its short name may begin another's (河口|乡)."""
    found = context.regions.get(end, ())
    return bool(found) and (
        end != level_at
        or any(context.text.endswith(context.lexicon.levels, start, end) for start, _ in found)
    )


def _after_region(context: PlaceContext, level_at: int, floor: int) -> int:
    """Where a short name between a region and a level word begins (荔湾区|冲口|街道), else 0: there it may be any word."""
    for start in range(level_at - 2, max(level_at - 5, floor), -1):
        if start in context.regions:
            own = context.text[start:level_at]
            barred = (
                *context.lexicon.determiners,
                *context.lexicon.own,
                *context.lexicon.whole,
                *context.lexicon.levels,
            )
            town = not context.text.startswith(context.lexicon.upper, level_at)
            joined = (
                town and len(own) == 2 and own[0] in context.lexicon.joins
            )  # 新郑市|和庄镇: no town is called 庄
            plain = (
                own.isalpha()
                and own not in context.lexicon.common
                and (joined or _is_one_name(context, start, level_at))
            )
            begun = own.removeprefix(context.text[level_at]) if len(own) == 2 else own  # 镇龙|镇
            free = not begun.startswith(barred) and not own.endswith(barred)
            return start if plain and free else 0
    return 0


def _common_start(context: PlaceContext, start: int, end: int) -> int:
    """How much of a name's start is a common word (官网|流花街道)."""
    found = (
        len(word)
        for word in context.lexicon.common
        if len(word) > 1 and context.text.startswith(word, start, end)
    )
    return max((size for size in found if start + size + 2 <= end), default=0)


def _is_one_name(context: PlaceContext, start: int, end: int) -> bool:
    """Whether a stretch is one word of any kind, or several of which none is a function word."""
    first, last = context.words.at(start), context.words.at(end - 1)
    words = [context.words.text(index) for index in range(first, last + 1)]
    if any(word in context.lexicon.boundary for word in words):
        return False
    return first == last or not any(
        context.words.tags[index][0] in "pcdurv" for index in range(first, last + 1)
    )


def _bare_name(context: PlaceContext, end: int, floor: int) -> Place | None:
    """A name without a level word before a body that needs one: 沟赵|办事处."""
    words, text = context.words, context.text
    start = end
    while start > floor and end - start < 6:
        at = words.at(start - 1)
        begin = int(words.starts[at])
        word = text[begin:start]
        if (
            start in context.regions
            or begin < floor
            or not word.isalpha()
            or word in context.lexicon.boundary
            or word in context.lexicon.governments
            or words.tags[at][0] in "pcdurvm"
        ):
            break
        start = begin
    start += _common_start(context, start, end)
    name = text[start:end]
    if not 2 <= len(name) <= 4 or name in context.lexicon.common or name.endswith(context.lexicon.levels):
        return None
    level = next((word for word in context.lexicon.levels if text.startswith(word, end)), "")
    under = next((word for word in context.lexicon.governments if text.endswith(word, floor, start)), "")
    outer = _region_chain(context, start - len(under), floor)
    return Place(
        Span(outer.span.start if outer else start, end + len(level)),
        (*(outer.names if outer else ()), name + level),
        open=True,
        under=under if outer else "",
    )


def _short_name(context: PlaceContext, kind: AgencyKind, end: int, floor: int) -> Place | None:
    """A place by its short name between what a body's name begins with and its kind: 国家统计局|青川|调查队."""
    found = (
        Place(Span(start, end), (name,))
        for start, name in context.shorts.get(end, ())
        if start >= floor and context.text.endswith(kind.prefixes, floor, start)
    )
    return next(found, None)


def _looks_like_name(context: PlaceContext, name: str) -> bool:
    """A place's own name is short and no word of administration or of the language at large."""
    level = next(word for word in context.lexicon.levels if name.endswith(word))
    own = name.removesuffix(level)
    if own.startswith((*context.lexicon.determiners, *context.lexicon.measures)):
        return False
    least = 2 if level in context.lexicon.long_named else 1
    return least <= len(own) <= 5 and own not in context.lexicon.common and not _NUMBER.fullmatch(own)


def read_agency(
    context: PlaceContext, core: Core, at: int, floor: int, holders: Sequence[str], *, listed: bool = False
) -> Mention | None:
    """The body whose own name stands at ``at``, with its place; None where the words are a common noun.

    ``listed``: right behind another body, whose place it may share (市图书馆、|档案馆).
    """
    text = context.text
    end = at + len(core.surface)
    kind = core.kind
    severally = text.startswith(context.lexicon.severally, end)
    if (
        text.startswith((*holders,) if severally else (*holders, *kind.not_before), end)
        or text[end - 1 : end + 1] in context.lexicon.across
    ):
        return None
    place = read_place(context, at, floor)
    if place is None and core.surface in context.lexicon.named:
        place = _bare_name(context, at, floor)
    if place is None and kind.prefixed:
        place = _short_name(context, kind, at, floor)
    if place is not None and place.own and text.startswith(context.lexicon.whole, place.span.start):
        return None
    if kind.levels and (place is None or not text.endswith(kind.levels, floor, place.span.end)):
        return None  # 县|委会
    if place is None:
        if not (core.alone or (listed and core.specific)) or any(
            text.endswith(word, floor, at) for word in context.lexicon.determiners
        ):
            return None
        if at > floor and text[at - 1].isalnum():
            index = context.words.at(at - 1)
            word = text[context.words.starts[index] : at]
            inside = (kind.inner or kind.shared) and (  # 局|警令部, 厅|政务公开办公室, 师范学院|财务处
                word in context.lexicon.offices or (kind.unit_of and word.endswith(context.lexicon.offices))
            )
            counted = kind.inner and context.words.tags[index][0] in "mq"  # 第三届|教职工代表大会
            if (
                not (inside or counted)
                and word not in context.lexicon.boundary
                and not context.words.tags[index].startswith(("p", "c", "v", "d", "u", "f", "r", "x"))
            ):
                return None
    start = place.span.start if place else at
    prefix = next((word for word in kind.prefixes if text.endswith(word, floor, start)), "")
    if kind.prefixed and not (prefix and (len(prefix) > 1 or context.words.ends_at(start - 1))):
        return None  # 社团|县委
    start -= len(prefix)
    # a level word that the place took (南源|街道|办事处) is no part of the kind's own words
    taken = place.span.end - at if place is not None else 0
    form = kind.core(core.surface)[taken:] if taken > 0 else core.surface
    detail = AgencyName(place, kind, form if form in kind.cores else core.surface)
    return Mention(Span(start, end), kind.cls, kind.iri, detail, (Span(start, end),))
