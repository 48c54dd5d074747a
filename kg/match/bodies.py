"""Lists of bodies by their field of work alone: 市司法、大数据、资源规划等部门."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.match.agency import PlaceContext, read_place
from kg.match.mention import AgencyName, Mention, Place
from kg.schema.gazetteer import AgencyKind
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields of work by the words that name them, the nouns that sum a list up, and the words that join it."""

    kinds: Mapping[str, tuple[AgencyKind, str]]  # 资源规划 → kind, 自然资源和规划局
    groups: tuple[str, ...]  # longest first
    open_groups: tuple[str, ...]  # those that say that there are more (等部门)
    joins: tuple[str, ...]
    longest: int

    @classmethod
    def of(
        cls, kinds: Sequence[AgencyKind], groups: Sequence[str], joins: Sequence[str], more: tuple[str, ...]
    ) -> "Fields":
        """From the kinds of bodies whose names are stem and suffix."""
        table: dict[str, tuple[AgencyKind, str]] = {}
        for kind in kinds:
            if kind.open or kind.prefixed or not kind.suffixes or kind.cls.endswith("GovernmentOffice"):
                continue
            for stem in (kind.stem, *kind.short_stems):
                if len(stem) > 1:
                    table.setdefault(stem, (kind, ""))
            for stem in kind.variants:
                table.setdefault(stem, (kind, stem + kind.suffixes[0]))
        by_length = sorted(groups, key=lambda word: (-len(word), word))
        return cls(
            table,
            tuple(by_length),
            tuple(word for word in by_length if word.startswith(more)),
            tuple(joins),
            max(map(len, table), default=0),
        )


def read_fields(context: PlaceContext, fields: Fields, at: int, floor: int) -> list[Mention]:
    """The bodies of the list that ends at ``at``, where a noun that sums it up begins."""
    text, spans, position = context.text, [], at
    while (size := _field_before(context, fields, position, floor)) > 0:
        spans.append(Span(position - size, position))
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
    more = text.startswith(fields.open_groups, at)
    if len(spans) < 2 or not (more or place is not None):
        return []
    return [_mention(text, fields, span, place, span == first) for span in reversed(spans)]


def _field_before(context: PlaceContext, fields: Fields, end: int, floor: int) -> int:
    for size in range(min(fields.longest, end - floor), 1, -1):
        if context.text[end - size : end] in fields.kinds:
            return size
    return 0


def _mention(text: str, fields: Fields, span: Span, place: Place | None, first: bool) -> Mention:
    kind, form = fields.kinds[span.of(text)]
    where = Span(place.span.start, span.end) if place is not None and first else span
    detail = AgencyName(place, kind, form or kind.stem + kind.suffixes[0], bare=not form)
    return Mention(where, kind.cls, kind.iri, detail, (where,))
