"""Lists of bodies by their field of work alone: 市司法、大数据、资源规划等部门."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kg.match.agency import PlaceContext, read_place
from kg.match.mention import AgencyName, Mention, Place
from kg.schema.gazetteer import AgencyKind
from kg.text.document import Span
from kg.values import cjk_number

_COUNTED = re.compile(r"(?P<n>\d{1,2}|[二三四五六七八九十两]{1,3})(?:余|多)?[个家]?$")
_LONGEST_ITEM = 8
_BEFORE_NOUN = 8  # characters of a number before the noun, with 等


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields of work by the words that name them, the nouns that sum a list up, and the words that join it."""

    kinds: Mapping[str, tuple[AgencyKind, str]]  # 资源规划 → kind, 自然资源和规划局
    units: Mapping[str, tuple[AgencyKind, str]]  # those that only some writers have: 科技 → kind, 科技处
    groups: tuple[str, ...]  # longest first
    open_groups: tuple[str, ...]  # those that say that there are more (等部门)
    counted: tuple[str, ...]  # those before which a number may stand instead (三个部门)
    more: tuple[str, ...]  # 等
    joins: tuple[str, ...]
    longest: int

    @classmethod
    def of(
        cls,
        kinds: Sequence[AgencyKind],
        groups: Sequence[str],
        counted: tuple[str, ...],
        joins: Sequence[str],
        more: tuple[str, ...],
    ) -> "Fields":
        """From the kinds of bodies whose names are stem and suffix."""
        table: dict[str, tuple[AgencyKind, str]] = {}
        units: dict[str, tuple[AgencyKind, str]] = {}
        for kind in kinds:
            if kind.open or kind.prefixed or not kind.suffixes or kind.cls.endswith("GovernmentOffice"):
                continue
            for stem in (kind.stem, *kind.short_stems):
                if len(stem) > 1:
                    (units if kind.unit_of else table).setdefault(stem, (kind, ""))
            for stem in kind.variants:
                (units if kind.unit_of else table).setdefault(stem, (kind, stem + kind.suffixes[0]))
        by_length = sorted(groups, key=lambda word: (-len(word), word))
        return cls(
            {**units, **table},
            units,
            tuple(by_length),
            tuple(word for word in by_length if word.startswith(more)),
            counted,
            more,
            tuple(joins),
            max(map(len, (*table, *units)), default=0),
        )


def read_fields(context: PlaceContext, fields: Fields, at: int, floor: int, named: Set[int]) -> list[Mention]:
    """The bodies of the list that ends at ``at``, where a noun that sums it up begins.

    ``named`` has the places where bodies end that the list may begin with (市司法局、|审计等部门).
    """
    text, spans = context.text, []
    position, number = _number_before(text, fields, at, floor)
    if not (number or text.startswith(fields.groups, at)):
        return []
    at = position
    join = ""
    others = 0
    while True:
        size = _field_before(context, fields, position, floor)
        if size:
            spans.append(Span(position - size, position))
        elif position not in named and (size := _other_before(text, fields, position, floor)) > 0:
            others += 1
        else:
            break
        position -= size
        join = next((word for word in fields.joins if text.endswith(word, floor, position)), "")
        if not join:
            break
        position -= len(join)
    if not spans:
        return []
    first = spans[-1]
    place = read_place(context, first.start, floor)
    if place is not None and place.own and text.startswith(context.lexicon.whole, place.span.start):
        return []
    if any(text.endswith(word, floor, first.start) for word in context.lexicon.determiners):
        return []
    if place is None and text.endswith(context.lexicon.levels, floor, first.start):
        return []  # 各镇|教育、民政等部门
    more = text.startswith((*fields.open_groups, *fields.more), at)
    bare = _begins(context, first.start, floor)
    begun = bool(join) and position in named
    known = len(spans) + others + begun
    # one more than the list has is the writer: 会同|财政、民政|三部门
    counts = number >= known if more or join else number in (known, known + (place is not None or bare))
    enough = 1 if more and (place is not None or bare) else 2
    if (
        len(spans) + begun < enough
        or len(spans) <= others
        or not (counts if number else more or place is not None or (bare and not others))
    ):
        return []
    return [_mention(text, fields, span, place, span == first) for span in reversed(spans)]


def read_shared(context: PlaceContext, fields: Fields, name: Mention, floor: int) -> list[Mention]:
    """The bodies whose fields stand before a name, and share its last word and its place: 县教育、民政、|财政局."""
    text, spans, detail = context.text, [], name.detail
    if not isinstance(detail, AgencyName) or detail.place is not None or detail.kind.open:
        return []
    position, words = name.span.start, name.span.of(text)
    while join := next((word for word in fields.joins if text.endswith(word, floor, position)), ""):
        position -= len(join)
        size = _field_before(context, fields, position, floor)
        span = Span(position - size, position)
        if not size or not words.endswith(fields.kinds[span.of(text)][0].suffixes):
            return []
        spans.append(span)
        position -= size
    place = read_place(context, position, floor) if spans else None
    if place is None or (place.own and text.startswith(context.lexicon.whole, place.span.start)):
        return []
    return [_mention(text, fields, span, place, span == spans[-1]) for span in reversed(spans)]


def _begins(context: PlaceContext, start: int, floor: int) -> bool:
    """Whether nothing stands before a list that its first field could be the end of (由|公安等部门; not 义务|教育等部门)."""
    if start == floor or not context.text[start - 1].isalnum():
        return True
    if not context.words.ends_at(start):
        return False
    word = context.text[int(context.words.starts[context.words.at(start - 1)]) : start]
    return word in context.lexicon.boundary


def _number_before(text: str, fields: Fields, at: int, floor: int) -> tuple[int, int]:
    """Where a list ends before the noun that sums it up, and the number between (民政|等7个|部门), 0 where there is none."""
    found = (
        _COUNTED.search(text, max(floor, at - _BEFORE_NOUN), at)
        if text.startswith(fields.counted, at)
        else None
    )
    if found is None:
        return at, 0
    end = found.start()
    end -= next((len(word) for word in fields.more if text.endswith(word, floor, end)), 0)
    number = found["n"]
    return end, int(number) if number.isdigit() else int(cjk_number(number) or 0)


def _field_before(context: PlaceContext, fields: Fields, end: int, floor: int) -> int:
    for size in range(min(fields.longest, end - floor), 1, -1):
        if context.text[end - size : end] in fields.kinds:
            return size
    return 0


def _other_before(text: str, fields: Fields, end: int, floor: int) -> int:
    """How long an item is between two marks of a list that is no field of a body known here, 0 where none ends."""
    start = max((text.rfind(join, floor, end) for join in fields.joins if len(join) == 1), default=-1) + 1
    return end - start if start and 1 < end - start <= _LONGEST_ITEM and text[start:end].isalpha() else 0


def _mention(text: str, fields: Fields, span: Span, place: Place | None, first: bool) -> Mention:
    word = span.of(text)
    where = Span(place.span.start, span.end) if place is not None and first else span
    unit = _named(*fields.units[word], place) if word in fields.units else None
    detail = replace(_named(*fields.kinds[word], place), unit=unit)
    return Mention(where, detail.kind.cls, detail.kind.iri, detail, (where,))


def _named(kind: AgencyKind, form: str, place: Place | None) -> AgencyName:
    return AgencyName(place, kind, form or kind.stem + kind.suffixes[0], bare=not form)
