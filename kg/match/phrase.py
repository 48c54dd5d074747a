"""Noun phrases: from a head noun leftwards over words, quotations and coordinated modifiers to a word that cannot belong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.match.marks import Marks
from kg.match.mention import AgencyName, KnownName, Mention, Phrase, Place, RegionName, SelfName
from kg.match.words import Words
from kg.schema.lexicon import NounRule
from kg.terms import expand
from kg.text.document import Span

_JOINS = ("、", "和", "与", "及", "以及", "暨")
FIELD_JOINS = ("与", "和")  # what joins two fields in the name of one unit
_NUMERAL = frozenset("0123456789%")
_FUNCTION_TAGS = frozenset({"p", "d", "uj", "ul", "uz", "uv", "ug", "ud", "r", "y", "e", "o", "q", "mq"})
_WITHIN = "@"  # stands for a governor: what holds a thing stands before its name
ACCOUNT = expand("pol:NewMedia")
_CLAUSE_MARKS = "，。；：！？\n"
_ITEM = re.compile(r"[^、和与及以]+")
_NUMBERED = re.compile(
    r"(?:第[\d一二三四五六七八九十]+[届期批次])?(?:\d{4}年度?)?(?P<count>(?:\d+余?|[一二三四五六七八九十两]+)(?:个|家|项|期|类|大|种))?"
)
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
    things: tuple[str, ...]  # heads of what a modifier alone can name, no activities
    boundary: frozenset[str]
    nominal: frozenset[str]  # words whose tag misleads: never a boundary
    ambiguous: frozenset[str]
    after: frozenset[str]  # nouns that may follow a head without taking its place (机制|建设)
    determiners: frozenset[str]
    levels: tuple[str, ...]
    selves: tuple[str, ...]
    endings: frozenset[str]  # second characters that make a verb (归|入)
    compounds: tuple[
        str, ...
    ]  # words that are never cut, though a part of them looks like a boundary (依申请公开)
    fields: tuple[
        str, ...
    ]  # what a unit's name may join to another field (综合|与经济发展办公室), longest first
    attributive: frozenset[str]  # adverbs that after a place are adjectives (省|统一|平台)


def read_phrase(context: PhraseContext, rule: NounRule, head: str, at: int, floor: int) -> Mention | None:
    """The phrase whose head stands at ``at``, or None where it is a common noun.

    ``floor`` is the start of the sentence.
    """
    text = context.text
    end = at + len(head)
    if text.startswith(rule.not_after, end) if rule.not_after else False:
        return None
    quoted_to_its_end = text[end : end + 1] == "”" and context.marks.opener.get(end, -1) >= floor
    if len(head) == 1 and not context.words.ends_at(at) and not quoted_to_its_end:
        return None  # 承|办
    if rule.within and not rule.listed and text.endswith(rule.within, floor, at):
        return None  # 门户网站平台 is the site itself
    longer = any(len(other) > len(head) and text.endswith(other, floor, end) for other in rule.heads)
    if rule.default_owner and longer and at not in context.ending:
        return None
    if quoted_to_its_end:
        return _inside_quotes(context, rule, head, at, floor)
    quotes = _quotes_before(context, rule, at, floor)
    if quotes:
        return _quoted(context, rule, head, at, quotes, floor)
    if rule.listed and (parts := _listed(context, rule, at, floor)):
        span = Span(parts[0].start, end)
        return Mention(
            span, rule.cls, rule.iri, Phrase(head, None, Span(span.start, at), (), "", True), parts
        )
    if after := _quotes_after(context, rule, end):
        return Mention(
            Span(at, after[-1].end),
            rule.cls,
            rule.iri,
            Phrase(head, None, Span(at, at), after, "", True),
            after,
        )
    start, owner, governor = _left_edge(context, at, floor, rule)
    start, governor = _strip(context, rule, start, at, governor, owner)
    several = start in context.figures
    if not rule.governors and owner is None and (number := _NUMBERED.match(text, start, at)):
        several = several or number["count"] is not None
        start = number.end()
    if owner is None and governor not in context.determiners:
        owner = _bare_owner(context, start, at)
    modifier = Span(min(start, at), at)
    if owner is not None and start < owner.span.end:
        modifier = Span(min(owner.span.end, at), at)
    words = modifier.of(text)
    named = (
        len(words) >= rule.least
        and ((governor == _WITHIN and len(words) > 3) or not _generic(words, rule.generic, rule.specific))
        and words not in context.boundary
    ) or (not words and len(head) > 4 and governor in rule.governors)
    if not rule.default_owner and not _ends_phrase(context, end):
        return None
    if rule.default_owner and _spam(words):
        return None
    named = named or (rule.inner and len(words) > 3 and _within(owner, modifier, context.determiners, words))
    if "Governed" in rule.accept and named and governor not in rule.governors:
        governor = _governor_of_clause(context, rule, start, end, floor) or governor
    of_many = owner is None and (
        governor in context.determiners or words[:1] in context.determiners
    )  # 各部门|信息公开领导小组
    of_many = of_many or (words.startswith("“") and not _adjoins(context, modifier))
    accepted = (
        "Always" in rule.accept
        or ("Modified" in rule.accept and named and not several and not (rule.owner_in_name and of_many))
        or ("Owned" in rule.accept and owner is not None)
        or (
            "OwnedModified" in rule.accept
            and named
            and owner is not None
            and owner.span.end == modifier.start
        )
        or ("Governed" in rule.accept and named and governor in rule.governors)
        or ("Quoted" in rule.accept and named and words.startswith("“") and _adjoins(context, modifier))
    )
    counted = governor == "的" or several or governor in context.determiners
    foreign = any(word in words for word in rule.foreign)
    if rule.default_owner and not named and owner is None and not counted and not foreign:
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


def _spam(words: str) -> bool:
    """Whether an advertiser's words stand where a portal has its owner (bt365备用网址|门户网站)."""
    return not words.startswith("“") and any(c.isascii() and c.isalpha() for c in words)


def _within(owner: Mention | None, modifier: Span, determiners: frozenset[str], words: str) -> bool:
    """Whether a unit stands directly after the named body that it is in (某市人民政府办公室|网络管理科)."""
    named = owner is not None and isinstance(owner.detail, AgencyName) and owner.span.end == modifier.start
    return named and not words.startswith(tuple(determiners))


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
    if not level or not words.ends_at(start):
        return None
    if not words.ends_at(stop) and words.tags[words.at(start)] == "nt":
        stop = int(words.starts[words.at(start) + 1])  # 镇政府|信息公开网站
    if stop <= at and words.ends_at(stop):
        span = Span(start, stop)
        place = Place(Span(start, start + len(level)), (), level)
        return Mention(span, expand("pol:Region"), expand("rule:region"), RegionName(place), (span,))
    return None


def _quotes_before(context: PhraseContext, rule: NounRule, at: int, floor: int) -> list[Span]:
    """Quotations that stand directly before a head, also several in a row and with 等 or words that name nothing between."""
    text, opener = context.text, context.marks.opener
    filler = next((size for size in range(6, 1, -1) if _fills(context, rule, at - size, at, floor)), 0)
    position = at - filler
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


def _quotes_after(context: PhraseContext, rule: NounRule, end: int) -> tuple[Span, ...]:
    """Quotations that stand directly after a head and name what it is: 微信公众号|“甲”和“乙”."""
    text, closer = context.text, context.marks.closer
    found: list[Span] = []
    if "Modified" not in rule.accept or "Quoted" not in rule.accept or rule.default_owner:
        return ()
    if text[end : end + 1] == "（" and end in closer and not _only_quotes(context, end + 1, closer[end]):
        return _bracketed(context, rule, Span(end + 1, closer[end]))
    if text[end : end + 1] == "（" and rule.owner_in_name:
        end += 1  # 微信公众号（“甲”、“乙”）, the bracket closed or not
    while text[end : end + 1] == "“" and end in closer:
        found.append(Span(end, closer[end] + 1))
        end = closer[end] + 1
        if text[end : end + 1] in _JOINS and text[end + 1 : end + 2] == "“":
            end += 1
    named = all(
        3 < len(span) < 18 and "、" not in span.of(text) and span.of(text)[1:-1] not in context.heads
        for span in found
    )
    more = end < len(text) and (
        context.words.tags[context.words.at(end)].startswith("n")
        or text.startswith(tuple(context.heads), end)
    )  # 热线|“主题日”活动 is an activity
    return tuple(found) if named and not more else ()


def _only_quotes(context: PhraseContext, start: int, end: int) -> bool:
    """Whether a stretch is two quotations or more and what joins them."""
    closer, several = context.marks.closer, 0
    while start < end and context.text[start] == "“" and start in closer:
        start, several = closer[start] + 1, several + 1
        start += context.text[start] in _JOINS
    return start >= end and several > 1


def _bracketed(context: PhraseContext, rule: NounRule, inner: Span) -> tuple[Span, ...]:
    """The name of an account in brackets after its kind: 微信公众号|（“甲地发布”）."""
    words = inner.of(context.text)
    bare = words[1:-1] if words[:1] + words[-1:] == "“”" else words
    if not rule.owner_in_name or not 3 < len(bare) < 12 or not bare.isalpha() or bare in context.heads:
        return ()
    if len(bare) == len(words):
        inside = range(context.words.at(inner.start), context.words.at(inner.end - 1) + 1)
        parts = [context.words.text(index) for index in inside]
        # a function word of one character inside may be part of a name (凉|都)
        if bare.isascii() or any(
            part in context.boundary and (len(part) > 1 or part in _JOINS or part == parts[0])
            for part in parts
        ):
            return ()  # 微信公众号|（以下简称公众号）
    return (inner,)


def _fills(context: PhraseContext, rule: NounRule, start: int, at: int, floor: int) -> bool:
    """Whether words that name nothing stand between several quotations and a head (“甲”“乙”等系列|专题)."""
    text = context.text
    counted = _COUNTED.search(text, max(floor, start - 8), start)
    close = (counted.start() if counted else start) - 1
    opened = context.marks.opener.get(close, -1)
    return (
        opened >= floor
        and ((counted is not None and counted.start() < start) or opened - 1 in context.marks.opener)
        and _generic(text[start:at], rule.generic, frozenset())
    )


def _listed(context: PhraseContext, rule: NounRule, at: int, floor: int) -> tuple[Span, ...]:
    """Names listed without marks before 等 and a head, from the verb that governs them: 开设|甲、乙等|栏目."""
    text = context.text
    filler = next((n for n in range(6, 1, -1) if _generic(text[at - n : at], rule.generic, frozenset())), 0)
    counted = _COUNTED.search(text, max(floor, at - filler - 8), at - filler)
    if counted is None or not counted[0].startswith("等"):
        return ()
    start = max(text.rfind(mark, floor, counted.start()) for mark in _CLAUSE_MARKS) + 1
    start = max(start, floor)
    first = text.find("、", start, counted.start())
    verb = max(
        (
            text.rfind(word, start, first) + len(word)
            for word in rule.governors - context.ambiguous
            if word in text[start:first]
        ),
        default=-1,
    )
    while more := next((w for w in context.boundary - context.ambiguous if text.startswith(w, verb)), ""):
        verb += len(more)
    if first < 0 or verb < 0:
        return ()
    parts = []
    named = 0  # items that have a noun of their own (12345热线)
    for found in _ITEM.finditer(text, verb, counted.start()):
        part = Span(*found.span())
        if found[0].startswith(tuple(context.determiners)):
            continue
        if found[0] in rule.generic:
            continue
        if found[0].endswith(context.things):
            named += 1
            continue
        if part.end in context.ending:
            continue
        if not 2 <= len(part) <= 14 or any(c in "（）《》" for c in found[0]):
            return ()
        if "“" in found[0] and context.marks.closer.get(part.start) != part.end - 1:
            return ()
        parts.append(part)
    if "Governed" in rule.accept and min((len(part) for part in parts), default=0) < 3:
        return ()  # 登记、审核、归档等|工作制度 is one
    return tuple(parts) if parts and len(parts) + named > 1 else ()


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
        and inside.cls == rule.cls
    ):
        return None
    governor = _left_edge(context, quotes[0].start, floor, rule)[2]
    if (
        len(quotes) == 1
        and rule.default_owner
        and inside is not None
        and inside.span.start == quotes[0].start + 1
        and isinstance(inside.detail, AgencyName)
    ):  # “某县人民政府”网站 is what it would be without marks
        whole = Span(quotes[0].start, at + len(head))
        return Mention(
            whole, rule.cls, rule.iri, Phrase(head, inside, Span(at, at), (), governor, True), (whole,)
        )
    inner = context.text[quotes[0].start + 1 : quotes[0].end - 1]
    if len(quotes) == 1 and len(inner) <= 3 and inner in rule.generic:
        return None
    if head not in context.heads and inner.endswith(tuple(context.heads)):
        return None  # “市长信箱”办理: the quotation names a thing of its own
    start = quotes[0].start
    owner = context.ending.get(start)
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
        or (inner and _generic(inner, rule.generic, rule.specific))
        or (len(inner) < 2 and (inner or "Always" not in rule.accept))
        or not (inner or head).replace("+", "").replace("·", "").isalnum()
    ):
        return None
    governor = _governor(context, start, floor)
    if context.words.tags[context.words.at(at - 1)] in ("m", "q", "mq"):
        return None  # “四张清单一张网” counts nets
    edge, owner, _ = _left_edge(context, at, start + 1, rule) if rule.default_owner else (start, None, "")
    if (
        owner is not None and owner.span.start == start + 1
    ):  # “某县政府网站”: the marks are no part of a full name
        span = Span(start + 1, at + len(head))
        phrase = Phrase(head, owner, Span(min(edge, at), at), (), governor, True)
        return Mention(span, rule.cls, rule.iri, phrase, (span,))
    if rule.default_owner and any(len(one) < len(head) and head.endswith(one) for one in rule.heads):
        return None  # the shorter head decides whose it is
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
            digits = len(text[floor:position]) - len(text[floor:position].rstrip("0123456789"))
            between = text[position:at]
            if not rule.numbered or (between and between not in rule.generic) or digits < 5:
                return position, None, ""
            position -= digits
            continue
        if position < at and rule.within and text.endswith(rule.within, floor, position):
            return position, None, _WITHIN
        compound = next((word for word in context.compounds if text.endswith(word, floor, position)), "")
        if compound:
            position -= len(compound)
            continue
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
        if word == "等" and rule.coordinates and rule.listed:
            segment = _joined_segment(context, begin, floor, rule.joined)
            if segment is None or segment <= floor or text[segment - 1] != "、":
                return position, None, word
            position = segment  # 登记、审核、归档等|工作制度
            continue
        if word in _JOINS and not rule.coordinates:
            size = _field_before(context, word, begin, floor) if rule.inner and at - position > 1 else 0
            if not size:
                return position, None, ""
            position = begin - size
            continue
        if word in _JOINS:
            segment = _joined_segment(context, begin, floor, rule.joined)
            if segment is None:
                return position, None, ""
            position = segment
            continue
        if not (c.isalnum() or c in "+·-—"):
            return position, None, ""
        if word in context.attributive and _named_place(context.ending.get(begin)):
            position = begin
            continue
        if (
            word in rule.manner
            and (position < at or _after_noun(context, begin, floor))
            and _modifies(context, rule, begin, floor)
        ):
            position = begin
            continue
        if (word in context.boundary and word not in context.ambiguous) or _counts(word, words.tags[index]):
            return position, None, word
        if word in rule.barriers:
            return position, None, word
        if len(word) == 1 and (verb := _split_verb(context, begin, position, floor)):
            return position, None, verb
        if len(word) > 2 and word.endswith(tuple(rule.barriers)):  # 我|局确定|办公室
            return position, None, word[1:]
        if len(word) >= 4 and word[-2:] in context.boundary:
            return position, None, word[-2:]
        if len(word) == 2 and words.tags[index] == "v" and word[1] in context.endings:
            return position, None, word
        if word not in context.nominal and _is_function(words, index) and len(word) <= 2:
            return position, None, word
        position = begin
    return position, None, ""


def _is_function(words: Words, index: int) -> bool:
    """Whether a word's tag is that of a function word; a measure is one only after what it counts (两|类, but 红|盾)."""
    tag = words.tags[index]
    if tag == "q" and index and words.tags[index - 1][0] not in "mrq":
        return False
    return tag in _FUNCTION_TAGS


def _split_verb(context: PhraseContext, begin: int, end: int, floor: int) -> str:
    """A verb of two characters that the segmenter took for two words (用|好), or nothing."""
    if begin - 1 < floor or int(context.words.starts[context.words.at(begin - 1)]) != begin - 1:
        return ""
    verb = context.text[begin - 1 : end]
    return verb if verb in context.boundary and verb not in context.ambiguous else ""


def _field_before(context: PhraseContext, join: str, end: int, floor: int) -> int:
    """How long the field of work is that a join adds to the name of a unit (综合|与|经济发展办公室)."""
    if join not in FIELD_JOINS:
        return 0
    return next((len(field) for field in context.fields if context.text.endswith(field, floor, end)), 0)


def joins_fields(context: PhraseContext, mention: Mention) -> bool:
    """Whether a phrase is the name of one unit for two fields."""
    detail = mention.detail
    if not isinstance(detail, Phrase) or not detail.accepted or detail.quotes:
        return False
    words = detail.modifier.of(context.text)
    return words.startswith(tuple(field + join for field in context.fields for join in FIELD_JOINS))


def _adjoins(context: PhraseContext, modifier: Span) -> bool:
    """Whether a quotation belongs to the head after it; a verb between them has it for its subject (“某网”公布|办法)."""
    position = context.text.rfind("”", modifier.start, modifier.end) + 1
    if not position or position == modifier.end:
        return True
    index = context.words.at(position)
    return not (
        context.words.tags[index] == "v"
        and context.text[position : context.words.starts[index + 1]] in context.boundary
    )


def _after_noun(context: PhraseContext, at: int, floor: int) -> bool:
    """Whether a noun ends here (规范性文件|集中清理)."""
    return at > floor and context.words.tags[context.words.at(at - 1)].startswith("n")


def _modifies(context: PhraseContext, rule: NounRule, at: int, floor: int) -> bool:
    """Whether an adverb here belongs to a name (建立|定期|通报机制), because its verb or a noun stands before it."""
    if at <= floor:
        return False
    before = context.words.tags[context.words.at(at - 1)]
    return before.startswith("n") or _governor(context, at, floor) in rule.governors


def _counts(word: str, tag: str) -> bool:
    """一块, 三个: a number before a noun is no part of its name."""
    return tag in ("m", "mq") and word[0] in "一二三四五六七八九十两几数" and len(word) <= 2


def _named_place(mention: Mention | None) -> bool:
    return mention is not None and isinstance(mention.detail, RegionName) and bool(mention.detail.place.names)


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


def _governor_of_clause(context: PhraseContext, rule: NounRule, start: int, end: int, floor: int) -> str:
    """The verb whose object a phrase is, further left in its clause (建立由甲牵头的|会商机制), or nothing."""
    text, words = context.text, context.words
    follows = text[end : end + 1]
    if follows.isalnum() and follows != "等" and not words.tags[words.at(end)].startswith(("m", "c")):
        return ""
    position = start
    while position > floor and start - position <= 40 and text[position - 1] not in _CLAUSE_MARKS:
        begin = max(int(words.starts[words.at(position - 1)]), floor)
        word = text[begin:position]
        if word in rule.governors:
            return word
        position = begin
    return ""


def _joined_segment(context: PhraseContext, position: int, floor: int, most: int) -> int | None:
    """The start of a coordinated modifier that ends here, or None where what stands there is a name of its own."""
    text, words = context.text, context.words
    if position in context.ending or any(text.endswith(head, floor, position) for head in context.heads):
        return None
    start = position
    while start > floor and position - start <= most:
        if start != position and start in context.ending:
            return start
        if compound := next((word for word in context.compounds if text.endswith(word, floor, start)), ""):
            start -= len(compound)
            continue
        c = text[start - 1]
        if not (c.isalnum() or c in "”“+"):
            return start if c == "、" or start < position else None
        if c == "”":
            return None
        index = words.at(start - 1)
        word = text[max(words.starts[index], floor) : start]
        if word in _JOINS or (word in context.boundary and word not in context.ambiguous):
            return start
        if len(word) >= 4 and word[-2:] in context.boundary:
            return start
        start = max(words.starts[index], floor)
    return None if position - start > most else start


def _strip(
    context: PhraseContext, rule: NounRule, start: int, at: int, governor: str, owner: Mention | None
) -> tuple[int, str]:
    """Verbs that are also nouns are verbs at the start of a phrase: 公开|重大项目目录, but 公开目录."""
    words = context.words
    while start < at and owner is None:
        index = words.at(start)
        stop = words.starts[index + 1]
        word = context.text[start:stop]
        if context.text.startswith(context.compounds, start):
            break
        if word in _JOINS:
            start = stop
        elif (
            word in context.ambiguous
            and not (at == stop and rule.governors and (governor in rule.governors or governor == "的"))
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
    if any(len(after) > len(word) and text.startswith(after, end) for after in context.after):
        return True  # 党组|专题研究
    verb = word in context.boundary or (len(word) > 3 and word[:2] in context.boundary)  # 领导小组|发挥作用
    return verb or word in context.after or words.tags[index][0] in "pcdurvfm"


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
    if rule.iri == before.rule and at == start:
        return _account_of_name(context, rule, head, at, before)
    if before.cls == ACCOUNT:
        return None  # “X”微信公众号、关长信箱
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


def _account_of_name(
    context: PhraseContext, rule: NounRule, head: str, at: int, before: Mention
) -> Mention | None:
    """“X”微信公众号、微博: one name for several accounts."""
    detail, text = before.detail, context.text
    if not isinstance(detail, Phrase) or not detail.accepted or text[before.span.end : at] not in _JOINS:
        return None
    start, span = before.span.start, Span(at, at + len(head))
    closed = context.marks.closer.get(start, -1) if text[start] == "“" else -1
    shared = len(before.parts) == 2 and before.parts[1] == before.span
    named = shared or (start < closed < before.span.end and len(detail.quotes) < 2)
    if not named or not _ends_phrase(context, span.end):
        return None
    quote = before.parts[0] if shared else Span(start, closed + 1)
    phrase = Phrase(head, None, Span(at, at), (quote,), detail.governor, True)
    return Mention(span, rule.cls, rule.iri, phrase, (quote, span))


def governed_with(
    context: PhraseContext, rule: NounRule, mention: Mention, before: Mention | None
) -> Mention:
    """建立甲制度、乙制度: what governs the first phrase of a list governs the others."""
    detail = mention.detail
    if not isinstance(detail, Phrase) or detail.accepted or detail.governor or before is None:
        return mention
    first = before.detail
    joined = context.text[before.span.end : mention.span.start]
    if not isinstance(first, Phrase) or not first.accepted or joined not in ("、", "和", "与", "及", "以及"):
        return mention
    if first.governor not in rule.governors or len(detail.modifier) < rule.least:
        return mention
    return replace(mention, detail=replace(detail, governor=first.governor, accepted=True))
