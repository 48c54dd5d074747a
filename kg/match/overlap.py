"""Which of the mentions that overlap are kept."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from kg.match.mention import AgencyName, KnownName, Mention, Phrase, SelfName
from kg.text.document import Span


def is_known(mention: Mention) -> bool:
    """Whether it is a name of the reference vocabulary."""
    return isinstance(mention.detail, KnownName)


def longest_only(
    mentions: Sequence[Mention],
    *,
    heads: bool = False,
    stays: Callable[[Mention, Mention], bool] | None = None,
) -> list[Mention]:
    """Of overlapping mentions the longest; of phrases with one end the one with the longest head, accepted before not.

    ``stays`` says of a mention whether it stays named where another, longer one begins with it (我局网站|第三次改版).
    """
    ranked = sorted(mentions, key=lambda m: _rank(m, heads))
    if not heads:
        return _apart(ranked)
    kept: list[Mention] = []
    for mention in ranked:
        clash = any(
            (_is_quotation(mention) and other.span.covers(mention.span))
            or mention.span.end == other.span.end
            or (mention.span.start == other.span.start and not (stays is not None and stays(mention, other)))
            or _crosses(other.span, mention.span)
            or _joins_parts(other, mention)
            for other in kept
        )
        if not clash:
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span)


def _joins_parts(one: Mention, other: Mention) -> bool:
    """Whether a mention takes several names of a list for one (公开|指南、公开制度|、公开年报栏目), or is one of them (热点专题、公开年报栏目)."""
    if len(one.parts) < 2:
        return False
    item = one.cls == other.cls and any(
        part.covers(other.span) and part.end == other.span.end for part in one.parts
    )
    return item or sum(part.overlaps(other.span) for part in one.parts) > 1


def _rank(mention: Mention, heads: bool) -> tuple[int, int, int, str]:
    """Where a mention stands among those it overlaps; equal phrases stay in the order in which the lexicon has their rules."""
    detail = mention.detail
    if heads and isinstance(detail, Phrase):
        owned = 0 if detail.owner is not None else 100
        return (0 if detail.accepted else 1, -len(mention.span), owned - len(detail.head), "")
    own_name = (
        isinstance(detail, AgencyName) and detail.kind.open
    )  # 外国语|学院: a field of its own tells more
    return (
        0,
        -len(mention.span),
        mention.span.start,
        "" if is_known(mention) else f"{int(own_name)} {mention.rule}",
    )


def has_name(mention: Mention) -> bool:
    """Whether a phrase names a thing by a modifier, or as the writer's; a government's (市政府网站) may be one of many."""
    detail = mention.detail
    if not isinstance(detail, Phrase) or not detail.accepted:
        return False
    return isinstance(detail.owner.detail, SelfName) if detail.owner is not None else len(detail.modifier) > 1


def _is_quotation(mention: Mention) -> bool:
    return isinstance(mention.detail, Phrase) and mention.span in mention.detail.quotes


def _crosses(one: Span, other: Span) -> bool:
    return one.overlaps(other) and not one.covers(other) and not other.covers(one)


def outermost(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mentions inside no other; among equals an accepted phrase or a name before the rest."""
    return tuple(_apart(sorted(mentions, key=lambda m: (-len(m.span), is_weak(m), m.span.start))))


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Each mention that overlaps none taken before it, by place; those taken lie apart, so only the one before its end can."""
    kept: list[Mention] = []
    for mention in mentions:
        at = bisect_left(kept, mention.span.end, key=lambda other: other.span.start)
        if at == 0 or not kept[at - 1].span.overlaps(mention.span):
            kept.insert(at, mention)
    return kept


def is_quoted(mention: Mention) -> bool:
    """Whether quotations name it."""
    return isinstance(mention.detail, Phrase) and bool(mention.detail.quotes)


def is_weak(mention: Mention) -> bool:
    """Whether it is a phrase that may be a common noun."""
    return isinstance(mention.detail, Phrase) and not mention.detail.accepted
