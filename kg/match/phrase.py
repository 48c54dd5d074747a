"""Noun phrases: from a head noun leftwards over words, quotations and coordinated modifiers to a word that cannot belong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.match.marks import Marks
from kg.match.mention import KnownName, Mention, Phrase, Place, RegionName, SelfName
from kg.match.words import Words
from kg.schema.lexicon import NounRule
from kg.terms import expand
from kg.text.document import Span

_JOINS = ("、", "和", "与", "及", "以及", "暨")
_NUMERAL = frozenset("0123456789%")
_FUNCTION_TAGS = frozenset({"p", "d", "uj", "ul", "uz", "uv", "ug", "ud", "r", "y", "e", "o", "q", "mq"})
_COUNTED = re.compile(r"等?(?:[\d一二三四五六七八九十两]+余?)?(?:个|大|项|类|款)?$")  # “A”“B”等3个栏目


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """What a phrase is read against: words, marks, and mentions already found, by where they end."""

    text: str
    words: Words
    marks: Marks
    ending: Mapping[int, Mention]
    figures: frozenset[int]  # ends of quantities
    heads: frozenset[str]
    boundary: frozenset[str]
    nominal: frozenset[str]  # words whose tag misleads: never a boundary
    ambiguous: frozenset[str]
    after: frozenset[str]  # nouns that may follow a head without taking its place (机制|建设)
    determiners: frozenset[str]
    levels: tuple[str, ...]
    selves: tuple[str, ...]
    endings: frozenset[str]  # second characters that make a verb (归|入)


def read_phrase(context: PhraseContext, rule: NounRule, head: str, at: int, floor: int) -> Mention | None:
    """The phrase whose head stands at ``at``, or None where it is a common noun.

    ``floor`` is the start of the sentence.
    """
    text = context.text
    end = at + len(head)
    if text.startswith(rule.not_after, end) if rule.not_after else False:
        return None
    if len(head) == 1 and not context.words.ends_at(at):
        return None  # 承|办
    if text[end : end + 1] == "”" and end in context.marks.opener and context.marks.opener[end] >= floor:
        return _inside_quotes(context, rule, head, at, floor)
    quotes = _quotes_before(context, at, floor)
    if quotes:
        return _quoted(context, rule, head, at, quotes, floor)
    start, owner, governor = _left_edge(context, at, floor, rule)
    start, governor = _strip(context, start, at, governor, owner)
    if owner is None:
        owner = _bare_owner(context, start, at)
    modifier = Span(min(start, at), at)
    if owner is not None and start < owner.span.end:
        modifier = Span(min(owner.span.end, at), at)
    words = modifier.of(text)
    named = (
        len(words) >= rule.least
        and not _generic(words, rule.generic, rule.specific)
        and words not in context.boundary
    )
    if not rule.default_owner and not _ends_phrase(context, end):
        return None
    accepted = (
        "Always" in rule.accept
        or ("Modified" in rule.accept and named)
        or ("Owned" in rule.accept and owner is not None)
        or (
            "OwnedModified" in rule.accept
            and named
            and owner is not None
            and owner.span.end == modifier.start
        )
        or ("Governed" in rule.accept and named and governor in rule.governors)
    )
    counted = governor == "的" or start in context.figures or governor in context.determiners
    if rule.default_owner and not named and owner is None and not counted:
        accepted = True
    if not accepted and not named:
        return None
    begin = owner.span.start if owner is not None else modifier.start
    return Mention(
        Span(begin, end),
        rule.cls,
        rule.iri,
        Phrase(head, owner, modifier, (), governor, accepted),
        (Span(begin, end),),
    )


def _bare_owner(context: PhraseContext, start: int, at: int) -> Mention | None:
    """The owner named by a level word or a word for oneself alone: 县|政务服务中心, 局|网站, 市局|领导小组."""
    text, words = context.text, context.words
    level = next((word for word in context.levels if text.startswith(word, start)), "")
    stop = start + len(level)
    noun = next(
        (word for word in context.selves if text.startswith(word, stop) and stop + len(word) <= at), ""
    )
    if noun and words.ends_at(stop + len(noun)):
        span = Span(start, stop + len(noun))
        return Mention(span, expand("pol:Agency"), expand("rule:self"), SelfName(noun), (span,))
    if level and stop <= at and words.ends_at(stop) and words.ends_at(start):
        span = Span(start, stop)
        return Mention(
            span, expand("pol:Region"), expand("rule:region"), RegionName(Place(span, (), level)), (span,)
        )
    return None


def _quotes_before(context: PhraseContext, at: int, floor: int) -> list[Span]:
    """Quotations that stand directly before a head, also several in a row and with 等 between."""
    text, opener = context.text, context.marks.opener
    position = at
    counted = _COUNTED.search(text, max(floor, position - 8), position)
    if counted and counted.start() - 1 in opener:
        position = counted.start()
    found: list[Span] = []
    while position - 1 in opener and text[position - 1] in "”》" and opener[position - 1] >= floor:
        start = opener[position - 1]
        found.append(Span(start, position))
        position = start
        if text[position - 1 : position] in _JOINS and position - 2 in opener:
            position -= 1
    return found[::-1]


def _quoted(
    context: PhraseContext, rule: NounRule, head: str, at: int, quotes: Sequence[Span], floor: int
) -> Mention | None:
    if "Quoted" not in rule.accept and "Always" not in rule.accept:
        return None
    if context.text[quotes[-1].start] == "《" and not rule.titled:
        return None
    inside = context.ending.get(quotes[0].end - 1)
    if (
        len(quotes) == 1
        and inside is not None
        and inside.span.start == quotes[0].start + 1
        and isinstance(inside.detail, KnownName)
    ):
        return None
    inner = context.text[quotes[0].start + 1 : quotes[0].end - 1]
    if len(quotes) == 1 and len(inner) <= 3 and inner in rule.generic:
        return None
    start = quotes[0].start
    owner = context.ending.get(start)
    governor = _left_edge(context, start, floor, rule)[2]
    several = len(quotes) > 1
    begin = owner.span.start if owner is not None and not several else start
    end = at + len(head)
    parts = tuple(quotes) if several else (Span(begin, end),)
    return Mention(
        Span(begin, end),
        rule.cls,
        rule.iri,
        Phrase(head, owner, Span(start, at), tuple(quotes), governor, True),
        parts,
    )


def _inside_quotes(context: PhraseContext, rule: NounRule, head: str, at: int, floor: int) -> Mention | None:
    """“政策问答库”: the head is the last word of the quotation itself."""
    start, end = context.marks.opener[at + len(head)], at + len(head) + 1
    inner = context.text[start + 1 : at]
    if (
        not {"Quoted"} < rule.accept
        or inner in rule.generic
        or len(inner) < 2
        or not inner.replace("+", "").isalnum()
    ):
        return None
    governor = _governor(context, start, floor)
    span = Span(start, end)
    return Mention(
        span, rule.cls, rule.iri, Phrase(head, None, Span(start, at), (span,), governor, True), (span,)
    )


def _left_edge(
    context: PhraseContext, at: int, floor: int, rule: NounRule
) -> tuple[int, Mention | None, str]:
    """Where a phrase begins, the mention that opens it, and the word that ended the search."""
    text, words = context.text, context.words
    position = at
    while position > floor and at - position < rule.most:
        if position in context.ending:
            mention = context.ending[position]
            if rule.owner_in_name or mention.cls == rule.cls or _own(mention):
                return position, mention, _governor(context, mention.span.start, floor)
            position = mention.span.start
            continue
        if position in context.figures:
            return position, None, ""
        c = text[position - 1]
        if c in "”》" and position - 1 in context.marks.opener:
            start = context.marks.opener[position - 1]
            if start < floor or at - start > rule.most + 16:
                return position, None, ""
            position = start
            if text[position - 1 : position] not in ("”", "》"):
                return position, None, _governor(context, position, floor)
            continue
        index = words.at(position - 1)
        begin = max(words.starts[index], floor)
        word = text[begin:position]
        if word in _JOINS and not rule.coordinates:
            return position, None, ""
        if word in _JOINS:
            segment = _joined_segment(context, begin, floor, rule.joined)
            if segment is None:
                return position, None, ""
            position = segment
            continue
        if not (c.isalnum() or c in "+·-—"):
            return position, None, ""
        if (word in context.boundary and word not in context.ambiguous) or _counts(word, words.tags[index]):
            return position, None, word
        if len(word) >= 4 and word[-2:] in context.boundary:
            return position, None, word[-2:]
        if len(word) == 2 and words.tags[index] == "v" and word[1] in context.endings:
            return position, None, word
        if word not in context.nominal and words.tags[index] in _FUNCTION_TAGS and len(word) <= 2:
            return position, None, word
        position = begin
    return position, None, ""


def _counts(word: str, tag: str) -> bool:
    """一块, 三个: a number before a noun is no part of its name."""
    return tag in ("m", "mq") and word[0] in "一二三四五六七八九十两几数" and len(word) <= 2


def _own(mention: Mention) -> bool:
    """我局, 全市: says whose a thing is without being part of its name."""
    detail = mention.detail
    return isinstance(detail, SelfName) or (isinstance(detail, RegionName) and not detail.place.names)


def _governor(context: PhraseContext, at: int, floor: int) -> str:
    """The word that ends right here, where it is one that governs."""
    if at <= floor:
        return ""
    begin = max(int(context.words.starts[context.words.at(at - 1)]), floor)
    word = context.text[begin:at]
    return word if word in context.boundary else ""


def _joined_segment(context: PhraseContext, position: int, floor: int, most: int) -> int | None:
    """The start of a coordinated modifier that ends here, or None where what stands there is a name of its own."""
    text, words = context.text, context.words
    if position in context.ending or any(text.endswith(head, floor, position) for head in context.heads):
        return None
    start = position
    while start > floor and position - start <= most:
        if start != position and start in context.ending:
            return start
        c = text[start - 1]
        if not (c.isalnum() or c in "”“+"):
            return start if c == "、" or start < position else None
        if c == "”":
            return None
        index = words.at(start - 1)
        word = text[max(words.starts[index], floor) : start]
        if word in _JOINS or (word in context.boundary and word not in context.ambiguous):
            return start
        start = max(words.starts[index], floor)
    return None if position - start > most else start


def _strip(
    context: PhraseContext, start: int, at: int, governor: str, owner: Mention | None
) -> tuple[int, str]:
    """Verbs that are also nouns are verbs at the start of a phrase: 公开|重大项目目录, but 公开目录."""
    words = context.words
    while start < at and owner is None:
        index = words.at(start)
        stop = words.starts[index + 1]
        word = context.text[start:stop]
        if word in _JOINS:
            start = stop
        elif (
            word in context.ambiguous
            and (at - stop >= 2 or at == stop or _bare_owner(context, stop, at) is not None)
            and not context.text.startswith(_JOINS, stop)
        ):
            start, governor = stop, word
        else:
            break
    return start, governor


def _ends_phrase(context: PhraseContext, end: int) -> bool:
    """Whether what follows a head leaves it the last noun of its phrase (机制，but not 机制文件)."""
    text, words = context.text, context.words
    if end >= len(text) or not text[end].isalnum():
        return True
    index = words.at(end)
    word = text[end : words.starts[index + 1]]
    return word in context.boundary or word in context.after or words.tags[index][0] in "pcdurvfm"


def _generic(words: str, generic: frozenset[str], specific: frozenset[str]) -> bool:
    """Whether a modifier consists of generic words only."""
    if not words:
        return True
    if any(word in words for word in specific):
        return False
    reachable = {0}
    for start in range(len(words)):
        if start in reachable:
            reachable |= {start + size for size in range(1, 7) if words[start : start + size] in generic}
    return len(words) in reachable


def inherit_quote(
    context: PhraseContext, rule: NounRule, head: str, at: int, before: Mention
) -> Mention | None:
    """“X”线上专栏和线下专窗: the second phrase shares the quotation the first begins with."""
    detail = before.detail
    text = context.text
    start = before.span.end + 1
    if (
        not isinstance(detail, Phrase)
        or text[before.span.end : start] not in _JOINS
        or not 0 < at - start <= 8
    ):
        return None
    first = text[before.span.start : before.span.end]
    if not first.startswith("“") or "”" not in first or not text[start:at].isalpha():
        return None
    rest = first[first.index("”") + 1 :]
    if abs(len(rest) - (at + len(head) - start)) > 2:
        return None
    span = Span(start, at + len(head))
    quote = Span(before.span.start, before.span.start + first.index("”") + 1)
    return Mention(
        span,
        rule.cls,
        rule.iri,
        Phrase(head, None, Span(start, at), (quote,), detail.governor, True),
        (quote, span),
    )
