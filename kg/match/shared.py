"""Phrases that share something with what stands beside them: a head, a quotation, the verb before them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.match.edge import CLAUSE_MARKS, JOINS, Candidate, left_edge
from kg.match.generic import is_generic
from kg.match.mention import AgencyName, Mention, Phrase
from kg.match.modifier import ends_phrase
from kg.match.quotation import COUNTED
from kg.terms import expand
from kg.text.document import Span
from kg.values import cjk_number

_GOES_ON = ("、", "等")  # behind a head of which the list goes on
_AND_MORE = "等"
_LONG = 4  # characters of a head that names something by itself
_ACCOUNT = expand("pol:NewMedia")
_SELF_NAMED = "号"  # 抖音号 is one without a word that says whose
_ITEM = re.compile(r"[^、和与及以]+")
_NOT = re.compile("[不未的]")  # 更新不及时、内容空白等|栏目
_NUMBER = re.compile(r"(?:\d+|[一二三四五六七八九十两]+)(?!余)")
_MANY = re.compile(r"[\d一二三四五六七八九十两]+(?:个|大|项|类|款)")


def listed(one: Candidate) -> tuple[Span, ...]:
    """Names listed without marks before a head: from the verb that governs them to 等 (开设|甲、乙等|栏目), or as many as a number says (甲、乙、丙三个|系统)."""
    context, rule, at, floor = one.context, one.rule, one.at, one.floor
    text = context.text
    filler = next(
        (
            n
            for n in range(6, 1, -1)
            if is_generic(text[at - n : at], rule.generic)
            and not _MANY.match(text, at - n)
            and _AND_MORE not in text[at - n : at]
        ),
        0,
    )
    counted = COUNTED.search(text, max(floor, at - filler - 8), at - filler)
    if counted is None:
        return ()
    start = max(text.rfind(mark, floor, counted.start()) for mark in CLAUSE_MARKS) + 1
    start = max(start, floor)
    number = _NUMBER.search(counted[0])
    if rule.counted and number is not None and (names := _as_many(one, start, counted.start(), number[0])):
        return names
    if rule.counted and rule.listed and not counted[0]:
        return _three_or_more(one, start, at)
    if not rule.listed or not counted[0].startswith("等"):
        return ()
    first = text.find("、", start, counted.start())
    verb = max(
        (
            text.rfind(word, start, first) + len(word)
            for word in rule.governors - context.lexicon.ambiguous
            if word in text[start:first]
        ),
        default=-1,
    )
    if verb < 0:  # 组织|甲、乙等活动: a verb that elsewhere is a noun
        verb = max((start + len(word) for word in rule.governors if text.startswith(word, start)), default=-1)
    verbs = context.lexicon.boundary - context.lexicon.ambiguous - rule.opening
    while more := next((w for w in verbs if text.startswith(w, verb)), ""):
        verb += len(more)
    if rule.counted and first > 0 and verb < 0:
        if text.startswith(rule.within or ("\0",), at - filler):
            return ()  # 甲局、乙局等网站|栏目 are theirs
        return _any_listed(one, start, counted.start())
    if first < 0 or verb < 0:
        return ()
    parts = []
    named = 0  # items that have a noun of their own (12345热线)
    for found in _ITEM.finditer(text, verb, counted.start()):
        part = Span(*found.span())
        if found[0].startswith(tuple(context.lexicon.determiners)):
            continue
        if found[0] in rule.generic and not (rule.counted and len(part) > 3):
            continue
        if _is_thing(one, found[0]) or (_has_own_head(one, part) and not _may_be_listed(one, found[0])):
            named += 1
            continue
        if part.end in context.ending:
            continue
        if not 2 <= len(part) <= 14 or any(c in "（）《》" for c in found[0]):
            return ()
        if "“" in found[0] and not part.start < context.marks.closer.get(part.start, part.end) < part.end:
            return ()
        parts.append(part)
    if "Governed" in rule.accept and min((len(part) for part in parts), default=0) < 3:
        return ()  # 登记、审核、归档等|工作制度 is one
    return tuple(parts) if parts and len(parts) + named > 1 else ()


def _has_own_head(one: Candidate, part: Span) -> bool:
    """Whether an item ends in a head with which the head of its list begins (首问负责|制、限时办结|制等|制度, but not 内部控制)."""
    context = one.context
    last = part.end - int(context.words.starts[context.words.at(part.end - 1)])
    return any(
        one.head.startswith(head) and context.text.endswith(head, part.start, part.end)
        for head in context.lexicon.heads
        if head != one.head and last != len(head) + 1
    )


def _any_listed(one: Candidate, start: int, end: int) -> tuple[Span, ...]:
    """Items of three characters or more before 等, whatever verb stands before them: 对|甲、乙等|栏目进行更新."""
    items = max(_splits(one.context.text, start, end), key=len)
    items[0] = Span(_first_begins(one, items[0], start), items[0].end)
    parts = _not_things(one, items)
    names = all(len(part) > 2 and _is_item(one, part) for part in parts)
    return tuple(parts) if len(parts) > 1 and names else ()


def _three_or_more(one: Candidate, start: int, end: int) -> tuple[Span, ...]:
    """Three items or more right behind a verb that opens them, though nothing says that they are several: 开设|甲、乙、丙|栏目."""
    text = one.context.text
    items = max(_splits(text, start, end), key=len)
    if len(items) < 3 or text.startswith(_GOES_ON, one.end):
        return ()  # 通知公告、年度报告、下载专区|等: the head is the last one's own
    items[0] = Span(_first_begins(one, items[0], start), items[0].end)
    opened = text[start : items[0].start].removesuffix("了").endswith(tuple(one.rule.governors))
    shared = len(items[-1]) > max(map(len, items[:-1])) + 1  # 开设许可、处罚、强制公示|专栏 is one
    if not opened or shared:
        return ()
    parts = _not_things(one, items)
    return tuple(parts) if len(parts) > 1 and all(_is_item(one, item) for item in parts) else ()


def _as_many(one: Candidate, start: int, end: int, number: str) -> tuple[Span, ...]:
    """The items of a clause before a number, where there are as many of them; none where one of them is no name."""
    text, rule = one.context.text, one.rule
    many = int(number) if number.isdigit() else cjk_number(number)
    for items in _splits(text, start, end):
        if len(items) < 2 or len(items) != many:
            continue
        items[0] = Span(_first_begins(one, items[0], start), items[0].end)
        parts = _not_things(one, items)
        named = [item for item in parts if len(item) > 3 or not _says_little(one, item)]  # 首页, 一级
        enough = named if rule.listed else parts
        if named and all(_is_item(one, item) for item in enough):
            return tuple(enough)
    return ()


def _first_begins(one: Candidate, item: Span, floor: int) -> int:
    """Where the first item of a list begins, behind its verb."""
    last = int(one.context.words.starts[one.context.words.at(item.end - 1)])  # 建成|政务|服务、
    if last <= floor:
        return floor
    begin, owner, _ = left_edge(one, last)
    begin = max(owner.span.end if owner is not None else begin, floor)
    words, text = one.context.words, one.context.text
    opening = (len(word) for word in one.rule.opening if text.endswith(word, floor, begin))
    begin -= max(opening, default=0)  # 走进|园区、
    stop = int(words.starts[words.at(begin) + 1])
    verb = text[begin:stop] in one.rule.governors and not text.endswith(
        tuple(one.rule.governors), floor, begin
    )
    return stop if verb and item.end - stop > 1 else begin  # 整合|社保、医保两大板块


def _not_things(one: Candidate, items: list[Span]) -> list[Span]:
    """The items of a list that no noun of their own names anyway (12345热线)."""
    text = one.context.text
    lexicon = one.context.lexicon
    alone = {head for head in lexicon.heads if len(head) < _LONG}
    return [item for item in items if item.of(text) not in alone and not _is_thing(one, item.of(text))]


def _is_thing(one: Candidate, words: str) -> bool:
    """Whether an item of a list ends in a noun that names it anyway, so that the head of the list does not."""
    things = tuple(head for head in one.context.lexicon.things if len(head) > 1)
    return words.endswith(things) and not _may_be_listed(one, words)


def _may_be_listed(one: Candidate, words: str) -> bool:
    """Whether an item that ends in a noun of its own is still one of those the head of the list names (热点专题、办事大厅等|栏目)."""
    rule = one.rule
    if words in one.context.lexicon.heads:
        # 专题专栏, 办事大厅
        return len(words) >= _LONG and (words in rule.heads or words.endswith(rule.item_heads or ("\0",)))
    head = max((head for head in rule.item_heads if words.endswith(head)), key=len, default="")
    own = words.removesuffix(head)
    return bool(head) and not (head in rule.heads and is_generic(own, rule.generic, rule.specific))


def without_named(mention: Mention, things: Sequence[Span]) -> Mention:
    """A list without the items that are things of another kind by their own names (设县长信箱、政策解读等|栏目)."""
    if len(mention.parts) < 2 or not isinstance(mention.detail, Phrase) or mention.detail.quotes:
        return mention
    parts = [
        part
        for part in mention.parts
        if not any(part.covers(span) and part.end == span.end for span in things)
    ]
    if not parts or len(parts) == len(mention.parts):
        return mention
    start = mention.span.start if parts[0] == mention.parts[0] else parts[0].start
    modifier = Span(start, mention.detail.modifier.end)
    return replace(
        mention,
        span=Span(start, mention.span.end),
        parts=tuple(parts),
        detail=replace(mention.detail, modifier=modifier),
    )


def _splits(text: str, start: int, end: int) -> Iterator[list[Span]]:
    """The ways to read a list: cut at its commas, at the last one's 和 too, at every 和."""
    items = []
    for words in text[start:end].split("、"):
        items.append(Span(start, start + len(words)))
        start += len(words) + 1
    yield items
    last = items[-1].of(text)
    ends = [(last.rfind(join) + len(join), len(join)) for join in JOINS if join in last]
    after, size = max(ends, default=(0, 0))  # 以及 before 及
    if after > size:
        at = items[-1].start + after
        yield [*items[:-1], Span(items[-1].start, at - size), Span(at, end)]
    yield [Span(*found.span()) for found in _ITEM.finditer(text, items[0].start, end)]


def _is_item(one: Candidate, item: Span) -> bool:
    """Whether words between the marks of a list can be what one of several things of a kind is called by."""
    context, rule, words = one.context, one.rule, item.of(one.context.text)
    if context.marks.closer.get(item.start) == item.end - 1:
        return words[0] == "“"
    least = 2 if rule.listed else max(3, rule.least)  # 市、县、镇三级|平台
    other = context.ending.get(item.end)
    unit = (
        other is not None and isinstance(other.detail, AgencyName) and other.detail.place is None
    )  # 学位学科 is no section
    named = other is not None and not unit and other.span.start <= item.start
    plain = (
        words.isalnum()
        and not named
        and not _NOT.search(words)
        and not words.startswith(tuple(context.lexicon.determiners))
    )
    return plain and least <= len(item) <= 14 and (rule.listed or not _says_little(one, item))


def _says_little(one: Candidate, item: Span) -> bool:
    """Whether an item of a list is a word that alone names no such thing (线上、线下两个|平台)."""
    return item.of(one.context.text) in one.rule.generic


def inherit_quote(one: Candidate, before: Mention) -> Mention | None:
    """“X”线上专栏和线下专窗: the second phrase shares the quotation the first begins with."""
    detail, text, at = before.detail, one.context.text, one.at
    start = before.span.end + 1
    listed = text.rfind("、", before.span.end, at) + 1
    if (same_kind := _of_own_kind(one, before)) is not None:
        return same_kind
    lexicon = one.context.lexicon
    if one.head in lexicon.carriers and text.endswith(lexicon.applications, 0, before.span.end):
        return None  # “甲”APP、今日头条
    if one.rule.cls == before.cls == _ACCOUNT and (same := _same_name(one, before.span.end)):
        return _account_of_name(one, before, same)
    if one.rule.cls == before.cls == _ACCOUNT and listed - 1 in one.context.figures:
        start = listed
    comma = text.rfind("，", before.span.end, at) + 1
    if one.rule.cls == before.cls == _ACCOUNT and comma - 1 in one.context.figures:
        start = comma  # X微博发布信息80条，|微信发布信息60条
    if text.startswith(one.rule.not_after or ("\0",), one.end):
        return None  # “甲”微信公众号、抖音|号“乙”
    if one.rule.cls == before.cls == _ACCOUNT and is_generic(text[start:at], one.rule.generic):
        return _account_of_name(one, before, start)
    if (one.rule.iri == before.rule or one.rule.cls == before.cls == _ACCOUNT) and at == start:
        return _account_of_name(one, before, start)
    if before.cls == _ACCOUNT:
        return None  # “X”微信公众号、关长信箱
    if (
        not isinstance(detail, Phrase)
        or text[before.span.end : start] not in JOINS
        or not 0 < at - start <= 8
    ):
        return None
    first = text[before.span.start : before.span.end]
    if not first.startswith("“") or "”" not in first or not text[start:at].isalpha():
        return None
    if first[1 : first.index("”")].isdigit():
        return None  # “12366”热线和|局长信箱
    rest = first[first.index("”") + 1 :]
    if rest == detail.head:
        return None  # “甲”系统、信用平台
    if abs(len(rest) - (one.end - start)) > 2:
        return None
    if text[before.span.end : start] == "、" and not set(rest.removesuffix(detail.head)) & set(
        text[start:at]
    ):
        return None  # “甲”普法平台、三务公开|平台
    span = Span(start, one.end)
    quote = Span(before.span.start, before.span.start + first.index("”") + 1)
    return one.named(span, Span(start, at), governor=detail.governor, quotes=(quote,), parts=(quote, span))


def _of_own_kind(one: Candidate, before: Mention) -> Mention | None:
    """官方微信、|微博: the next account of a list is the body's own like the first."""
    context, detail = one.context, before.detail
    between = context.text[before.span.end : one.at]
    if one.rule.cls != _ACCOUNT or before.cls != _ACCOUNT or between not in JOINS:
        return None
    if not isinstance(detail, Phrase) or not detail.accepted or detail.quotes or len(detail.modifier):
        return None
    size = next(
        (
            n
            for n in (2, 3)
            if detail.head[n:] in context.lexicon.heads and detail.head[:n] in one.rule.generic
        ),
        0,
    )
    head = detail.head[:size] + one.head
    if (
        not size
        or head not in context.lexicon.heads
        or not one.head.isalpha()
        or one.head.endswith(_SELF_NAMED)
    ):
        return None
    if not ends_phrase(context, one.end) or context.text.startswith(one.rule.not_after or ("\0",), one.end):
        return None
    shared = before.parts[0] if before.parts[1:] else Span(detail.modifier.end, detail.modifier.end + size)
    span = Span(one.at, one.end)
    phrase = Phrase(head, detail.owner, Span(one.at, one.at), (), detail.governor, True)
    return Mention(span, one.rule.cls, before.rule, phrase, (shared, span))


def _same_name(one: Candidate, floor: int) -> int:
    """Where the words of an account begin that is said to have the name of the one before (“甲”微博和同名|微信公众号), else 0."""
    text = one.context.text
    for word in one.context.lexicon.same_name:
        start = text.rfind(word, floor, one.at)
        words = start + len(word)
        if 0 <= start <= floor + 16 and is_generic(text[words : one.at], one.rule.generic):
            return words
    return 0


def _account_of_name(one: Candidate, before: Mention, begin: int) -> Mention | None:
    """“X”微信公众号、微博, “X”政务微信、政务微博: one name for several accounts; ``begin`` is where the second one's own words begin."""
    context, detail, text = one.context, before.detail, one.context.text
    between = text[before.span.end : begin]
    if begin - 1 in context.figures and len(between) < 14 and "，" not in between:
        between = between[-1:]  # “X”政务微信80条、政务微博60条
    told = (
        between.endswith("，")
        and begin - 1 in context.figures
        and "，" not in between[:-1]
        and len(between) < 16
    )
    if told and between.startswith(context.lexicon.posts) and text.startswith(context.lexicon.posts, one.end):
        between = "、"
    if between.endswith(context.lexicon.same_name):
        between = "、"
    if not isinstance(detail, Phrase) or not detail.accepted or between not in JOINS:
        return None
    start, span = before.span.start, Span(begin, one.end)
    closed = context.marks.closer.get(start, -1) if text[start] == "“" else -1
    shared = len(before.parts) == 2 and before.parts[1] == before.span and bool(detail.quotes)
    named = shared or (start < closed < before.span.end and len(detail.quotes) < 2)
    plain = 0 if named else _plain_name(one, detail)
    if not (named or plain) or not ends_phrase(context, span.end):
        return None
    quote = before.parts[0] if shared else Span(start, closed + 1 if named else plain)
    return one.named(
        span, Span(begin, one.at), governor=detail.governor, quotes=(quote,), parts=(quote, span)
    )


def _plain_name(one: Candidate, detail: Phrase) -> int:
    """Where a name without marks ends that an account begins with (云川环保|官方微博), else 0."""
    modifier, end = detail.modifier, detail.modifier.end
    if detail.owner is not None or detail.quotes:
        return 0
    while end - modifier.start > 3:
        words = one.context.text[modifier.start : end]
        if end == modifier.end and words.endswith(one.context.lexicon.posts):
            return end  # 云川发布|微博
        tail = max((word for word in one.rule.generic if words.endswith(word)), key=len, default="")
        if not tail:
            return end
        end -= len(tail)
    return 0


def governed_with(one: Candidate, mention: Mention, before: Mention | None) -> Mention:
    """建立甲制度、乙制度: what governs the first phrase of a list governs the others."""
    detail, rule = mention.detail, one.rule
    if not isinstance(detail, Phrase) or detail.accepted or detail.governor or before is None:
        return mention
    first = before.detail
    joined = one.context.text[before.span.end : mention.span.start]
    if not isinstance(first, Phrase) or not first.accepted or joined not in JOINS:
        return mention
    if (
        mention.cls == before.cls == _ACCOUNT
        and rule.default_owner
        and first.owner is not None
        and not len(detail.modifier)
    ):
        return replace(
            mention, detail=replace(detail, owner=first.owner, accepted=True)
        )  # 我局微信公众号、|抖音号
    if first.governor not in rule.governors or len(detail.modifier) < rule.least:
        return mention
    return replace(mention, detail=replace(detail, governor=first.governor, accepted=True))
