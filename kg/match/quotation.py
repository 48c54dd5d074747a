"""Quotations as names: before a head (“X”平台), after it (公众号“X”) and around it (“X平台”)."""

import re

from kg.match.edge import JOINS, Candidate, PhraseContext, governor_at, left_edge
from kg.match.generic import is_generic
from kg.match.mention import AgencyName, KnownName, Mention
from kg.schema.lexicon import NounRule
from kg.text.document import Span

COUNTED = re.compile(r"等?(?:[\d一二三四五六七八九十两]+余?)?(?:个|大|项|类|款|档)?$")  # “A”“B”等3个栏目


_OF, _AMONG = "的", "等"
_NUMERALS = "一二三四五六七八九十两"
_SIGNS = str.maketrans("", "", "+·‘’")  # they may stand in a name


def quotes_before(one: Candidate) -> list[Span]:
    """Quotations that stand directly before a head, also several in a row and with 等 or words that name nothing between."""
    text, opener = one.context.text, one.context.marks.opener
    filler = next((size for size in range(6, 1, -1) if _fills(one, one.at - size)), 0)
    position = one.at - filler
    counted = COUNTED.search(text, max(one.floor, position - 8), position)
    if counted and counted.start() - 1 in opener:
        position = counted.start()
    found: list[Span] = []
    while position - 1 in opener and text[position - 1] in "”》" and opener[position - 1] >= one.floor:
        start = opener[position - 1]
        found.append(Span(start, position))
        position = start
        join = max((word for word in JOINS if text.endswith(word, one.floor, position)), key=len, default="")
        if join and position - len(join) - 1 in opener:
            position -= len(join)  # “甲”以及“乙”平台
    return found[::-1]


def _fills(one: Candidate, start: int) -> bool:
    """Whether words that name nothing stand between several quotations and a head (“甲”“乙”等系列|专题)."""
    text, opener = one.context.text, one.context.marks.opener
    counted = COUNTED.search(text, max(one.floor, start - 8), start)
    close = (counted.start() if counted else start) - 1
    opened = opener.get(close, -1)
    return (
        opened >= one.floor
        and (
            (counted is not None and counted.start() < start)
            or opened - 1 in opener
            or (text[opened - 1] in JOINS and opened - 2 in opener)
        )
        and (is_generic(text[start : one.at], one.rule.generic) or _sums_up(one, start, counted, opened))
    )


def _sums_up(one: Candidate, start: int, counted: re.Match[str] | None, opened: int) -> bool:
    """Whether what stands between 等 and a head says what the quoted deeds are (“甲”“乙”等|系列招聘|活动)."""
    text, opener = one.context.text, one.context.marks.opener
    words = text[start : one.at]
    return (
        "Governed" in one.rule.accept
        and counted is not None
        and counted[0].startswith("等")
        and words.isalpha()
        and not words.startswith(JOINS)
        and (text[opened - 1] not in JOINS or opened - 2 in opener)  # 甲、“乙”等|集成改革 is told as one
    )


def quoted(one: Candidate, quotes: list[Span]) -> Mention | None:
    """The name that quotations before a head make of it."""
    context, rule, head, first = one.context, one.rule, one.head, quotes[0]
    if "Quoted" not in rule.accept and "Always" not in rule.accept:
        return None
    if context.text[quotes[-1].start] == "《" and not rule.titled:
        return None
    several = len(quotes) > 1
    if rule.listed and not several and (items := _listed_inside(one, first)):
        return one.named(Span(first.start, one.end), Span(first.start, one.at), parts=items)
    inside = context.ending.get(first.end - 1)
    if several or inside is None or inside.span.start != first.start + 1:
        inside = None
    if inside is not None and isinstance(inside.detail, KnownName) and inside.cls == rule.cls:
        return None
    governor = left_edge(one, first.start)[2]
    if inside is not None and rule.canonical_head and isinstance(inside.detail, AgencyName):
        # “某县人民政府”网站 is what it would be without marks
        return one.named(Span(first.start, one.end), Span(one.at, one.at), owner=inside, governor=governor)
    inner = context.text[first.start + 1 : first.end - 1]
    among = context.text.startswith(_AMONG, first.end)
    if among and not several and inner.endswith(context.lexicon.things):
        return None  # “院长信箱”等|平台: the quotation names a thing of its own
    if not several and len(inner) <= 3 and inner in rule.generic:
        return None
    named = tuple(word for word in context.lexicon.heads if len(word) > 1)
    if head not in context.lexicon.heads and inner.endswith(named):
        return None  # “市长信箱”办理: the quotation names a thing of its own
    owner = context.ending.get(first.start)
    begin = owner.span.start if owner is not None and not several else first.start
    return one.named(
        Span(begin, one.end),
        Span(first.start, one.at),
        owner=owner,
        governor=governor,
        quotes=tuple(quotes),
        parts=tuple(quotes) if several or among else (),
    )


def _listed_inside(one: Candidate, quote: Span) -> tuple[Span, ...]:
    """The names that one pair of marks holds together before a head: “甲、乙、丙”|三大栏目; none where it holds one."""
    if "Governed" in one.rule.accept and one.at == quote.end:
        return ()  # “比学习、创佳绩、强担当”|活动 is one motto
    items, start = [], quote.start + 1
    for words in one.context.text[start : quote.end - 1].split("、"):
        items.append(Span(start, start + len(words)))
        start += len(words) + 1
    named = all(2 <= len(item) <= 12 and item.of(one.context.text).isalnum() for item in items)
    # “拍卖、处置”栏目 is one name, “拍卖、处置”等栏目 and “拍卖、处置、移交”栏目 are several
    return tuple(items) if named and len(items) > 1 + (one.at == quote.end) else ()


def quotes_after(one: Candidate) -> tuple[Span, ...]:
    """Quotations that stand directly after a head and name what it is: 微信公众号|“甲”和“乙”."""
    context, rule, end = one.context, one.rule, one.end
    text, closer = context.text, context.marks.closer
    if "Quoted" not in rule.accept or ("Modified" in rule.accept) == rule.default_owner:
        return ()  # behind a site stand its columns
    if text[end : end + 1] == "（" and end in closer and not _only_quotes(context, end + 1, closer[end]):
        return _bracketed(one, Span(end + 1, closer[end]))
    if text[end : end + 1] == "（" and rule.owner_in_name:
        end += 1  # 微信公众号（“甲”、“乙”）, the bracket closed or not
    found: list[Span] = []
    while text[end : end + 1] == "“" and end in closer:
        found.append(Span(end, closer[end] + 1))
        end = closer[end] + 1
        if text[end : end + 1] in JOINS and text[end + 1 : end + 2] == "“":
            end += 1
    named = all(
        3 < len(span) < 18
        and "、" not in span.of(text)
        and span.of(text)[1:-1] not in context.lexicon.heads
        and span.of(text)[1:-1] not in rule.generic
        for span in found
    )
    more = end < len(text) and (
        context.words.tags[context.words.at(end)].startswith("n")
        or text.startswith(tuple(context.lexicon.heads), end)
        or text.startswith(_OF, end)
    )  # 热线|“主题日”活动 is an activity, 客户端|“三位一体”的 is a quality
    return tuple(found) if named and not more else ()


def called(one: Candidate) -> Mention | None:
    """名为“甲”的政务微博: the quotation names what stands behind it."""
    context, text = one.context, one.context.text
    close = text.rfind("”" + _OF, one.floor, one.at)
    start = context.marks.opener.get(close, -1)
    begin = close + 1 + len(_OF)
    if "Quoted" not in one.rule.accept or close < 0 or start < one.floor or one.at - begin > 4:
        return None
    if (
        not text.endswith(context.lexicon.named_as, one.floor, start)
        or not (text[begin : one.at] or one.head).isalpha()
    ):
        return None
    quote, span = Span(start, close + 1), Span(begin, one.end)
    return one.named(span, Span(one.at, one.at), quotes=(quote,), parts=(quote, span))


def _only_quotes(context: PhraseContext, start: int, end: int) -> bool:
    """Whether a stretch is two quotations or more and what joins them."""
    closer, several = context.marks.closer, 0
    while start < end and context.text[start] == "“" and start in closer:
        start, several = closer[start] + 1, several + 1
        start += context.text[start] in JOINS
    return start >= end and several > 1


def _bracketed(one: Candidate, inner: Span) -> tuple[Span, ...]:
    """The name of an account in brackets after its kind: 微信公众号|（“甲地发布”）."""
    context = one.context
    words = inner.of(context.text)
    bare = words[1:-1] if words[:1] + words[-1:] == "“”" else words
    if (
        not one.rule.owner_in_name
        or not 3 < len(bare) < 12
        or not bare.isalpha()
        or bare in context.lexicon.heads
    ):
        return ()
    if len(bare) == len(words):
        inside = range(context.words.at(inner.start), context.words.at(inner.end - 1) + 1)
        parts = [context.words.text(index) for index in inside]
        # a function word of one character inside may be part of a name (凉|都)
        if bare.isascii() or any(
            part in context.lexicon.boundary and (len(part) > 1 or part in JOINS or part == parts[0])
            for part in parts
        ):
            return ()  # 微信公众号|（以下简称公众号）
    return (inner,)


def _called_so(rule: NounRule, inner: str) -> bool:
    """Whether words that name nothing in running text do between marks, where nobody has such a thing by default (“政务服务|窗口”)."""
    return len(inner) > 3 and not rule.default_owner and not rule.inner and inner not in rule.generic


def inside_quotes(one: Candidate) -> Mention | None:
    """“政策问答库”: the head is the last word of the quotation itself."""
    context, rule, head, at = one.context, one.rule, one.head, one.at
    start = context.marks.opener[one.end]
    inner = context.text[start + 1 : at]
    if (
        not {"Quoted"} < rule.accept
        or (inner and is_generic(inner, rule.generic, rule.specific) and not _called_so(rule, inner))
        or (len(inner) < 2 and (inner or "Always" not in rule.accept))
        or not (inner or head).translate(_SIGNS).isalnum()
    ):
        return None
    governor = governor_at(context, start, one.floor)
    counts = len(head) == 1 and inner[-1:] in _NUMERALS
    if counts or context.words.tags[context.words.at(at - 1)] in ("m", "q", "mq"):
        return None  # “四张清单一张网” and “四单一网” count nets
    if rule.default_owner:
        edge, owner, _ = left_edge(one, at, floor=start + 1)
        if owner is not None and owner.span.start == start + 1:
            # “某县政府网站”: the marks are no part of a full name
            modifier = Span(min(edge, at), at)
            return one.named(Span(start + 1, one.end), modifier, owner=owner, governor=governor)
        if any(mention.span.start == start + 1 for mention in context.ending.values()):
            return one.named(
                Span(start + 1, one.end), Span(start + 1, at), governor=governor
            )  # “某省政|府信息公开网”
        if any(len(other) < len(head) and head.endswith(other) for other in rule.heads):
            return None  # the shorter head decides whose it is
    span = Span(start, one.end + 1)
    return one.named(span, Span(start, at), governor=governor, quotes=(span,))
