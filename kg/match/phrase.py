"""Noun phrases: a head noun with what modifies it, where that makes it a name."""

import re

from kg.match.edge import CLAUSE_MARKS, JOINS, WITHIN, Candidate, left_edge
from kg.match.generic import is_generic
from kg.match.mention import Mention, Phrase
from kg.match.modifier import adjoins, bare_body, bare_owner, ends_phrase, strip, within
from kg.match.quotation import called, inside_quotes, quoted, quotes_after, quotes_before
from kg.match.shared import listed
from kg.text.document import Span

_OF = "的"
_OF_SERVICE = r"(?:12\d{3}|9[56]\d{3,4})"  # numbers of public services: 12345, 95598, 96333
_SERVICE_NUMBER = re.compile(rf"“?{_OF_SERVICE}(?![\d-])”?|（“?{_OF_SERVICE}”?）")
_CALLED = re.compile(rf"(?<![\d-])“?{_OF_SERVICE}”?(?P<words>[\u4e00-\u9fff]{{1,10}})$")
_FIRST = 12  # characters of the first channel of a list
_NUMBERED = re.compile(
    r"(?:第[\d一二三四五六七八九十]+[届期批次])?(?:\d{4}年度?)?(?P<count>第?(?:\d+余?|[一二三四五六七八九十两]+)(?:个|家|项|期|类|大|种))?"
)


def read_phrase(one: Candidate) -> Mention | None:
    """The phrase that a head noun ends, or None where it is a common noun."""
    context, rule, at, end = one.context, one.rule, one.at, one.end
    text = context.text
    across = text.startswith(_long(rule.not_after), end - 1) and not _word_begins(one)
    goes_on = text.startswith(rule.not_after, end) and not text.startswith(context.lexicon.severally, end)
    if rule.not_after and (goes_on or across):
        return None
    quoted_to_its_end = text[end : end + 1] == "”" and context.marks.opener.get(end, -1) >= one.floor
    inside_word = len(one.head) == 1 and not context.words.ends_at(at) and not quoted_to_its_end
    owned = rule.inner or rule.accept == {"OwnedModified"}
    if inside_word and not (owned and _ends_long_word(one)):
        return None  # 承|办
    if len(one.head) == 1 and end in context.figures:
        return None  # 公开栏1|处
    if _crosses_word(one):
        return None  # 协|商报
    if rule.within and not rule.listed and text.endswith(rule.within, one.floor, at):
        return None  # 门户网站平台 is the site itself
    longer = any(len(other) > len(one.head) and text.endswith(other, one.floor, end) for other in rule.heads)
    if rule.default_owner and longer and at not in context.ending:
        return None
    if quoted_to_its_end:
        return inside_quotes(one)
    if quotes := quotes_before(one):
        return quoted(one, quotes)
    if (named := called(one)) is not None:
        return named
    if (rule.listed or rule.counted) and (names := listed(one)):
        start = names[0].start
        return one.named(Span(start, end), Span(start, at), parts=names)
    if after := quotes_after(one):
        return one.named(Span(at, after[-1].end), Span(at, at), quotes=after, parts=after)
    named = _modified(one)
    number = _service_number(one) if rule.number_behind else None
    if number is None or (named is not None and named.span.start <= number and _is_sure(named)):
        return named
    return one.named(Span(number, end), Span(number, at))


def _is_sure(mention: Mention) -> bool:
    return isinstance(mention.detail, Phrase) and mention.detail.accepted


def _service_number(one: Candidate) -> int | None:
    """Where the number of a public service stands whose name the head ends (12395|水上遇险|求助电话), but not 12345接听|投诉电话."""
    text, words = one.context.text, one.context.words
    found = _CALLED.search(text, max(one.floor, one.at - 18), one.at)
    if found is None or "的" in found["words"]:
        return None
    between = range(words.at(found.start("words")), words.at(one.at - 1) + 1)
    barred = any(words.text(index) in one.rule.barriers for index in between)
    return None if barred or one.floor > found.start() else found.start()


def _long(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words that may begin with the last character of a head (网|上)."""
    return tuple(word for word in words if len(word) > 1)


def _word_begins(one: Candidate) -> bool:
    """Whether a word of two characters or more begins where the head ends (公开网|上传)."""
    words, end = one.context.words, one.end
    index = words.at(end) if end < len(one.context.text) else -1
    return index >= 0 and words.starts[index] == end and words.starts[index + 1] - end > 1


def _crosses_word(one: Candidate) -> bool:
    """Whether a head of two characters begins inside a verb that ends before it does."""
    words = one.context.words
    index = words.at(one.at)
    inside = words.starts[index] < one.at < words.starts[index + 1] < one.end
    return bool(inside) and len(one.head) == 2 and words.tags[index] == "v"


def _ends_long_word(one: Candidate) -> bool:
    """Whether a head is the last of three characters or more of one noun (教育|科, but not 学|科)."""
    words = one.context.words
    index = words.at(one.at)
    return bool(one.at - words.starts[index] >= 2 and words.starts[index + 1] == one.end)


def _modified(one: Candidate) -> Mention | None:
    """The phrase whose head has an owner or plain words before it."""
    context, rule, at, end = one.context, one.rule, one.at, one.end
    text, determiners = context.text, context.lexicon.determiners
    start, owner, governor = left_edge(one, at)
    if owner is None:
        start, governor = strip(one, start, governor)
        start, governor = _across_of(one, start, governor)
    several = start in context.figures
    if not rule.governors and owner is None and (number := _NUMBERED.match(text, start, at)):
        several = several or number["count"] is not None
        start = number.end()
    if owner is None and governor not in determiners:
        owner = bare_owner(context, start, at) or (
            bare_body(context, start, at)
            if rule.default_owner or (rule.owner_in_name and "Owned" in rule.accept)
            else None
        )
    modifier = Span(min(max(start, owner.span.end if owner is not None else 0), at), at)
    words = modifier.of(text)
    if rule.number_behind and not several and (number := _SERVICE_NUMBER.match(text, end)):
        begin = owner.span.start if owner is not None else modifier.start
        return one.named(Span(begin, number.end()), modifier, governor=governor, owner=owner)
    body = rule.cls in context.lexicon.body_classes
    if not rule.default_owner and not ends_phrase(context, end, body=body):
        return None
    if rule.default_owner and (_spam(words) or (not words and _of_each(one, start))):
        return None
    ours = (
        rule.default_owner
        and owner is None
        and words in context.lexicon.own_unit
        and governor in context.lexicon.placed
        and not _others(one, start)
    )
    if rule.of_many and words.endswith(rule.of_many) and not ours:
        return None  # 财政部门|网站
    if ours:  # 在|单位|门户网站
        return Mention(
            Span(modifier.start, end), rule.cls, rule.iri, Phrase(one.head, None, Span(at, at), (), governor, True),
            (Span(modifier.start, end),),
        )  # fmt: skip
    if one.head in context.lexicon.services and _is_posted(one, owner, governor):
        return None
    named = _says_something(one, words, governor)
    named = named or (rule.inner and len(words) > 3 and within(context, owner, modifier))
    if "Governed" in rule.accept and named and governor not in rule.governors:
        governor = _governor_of_clause(one, start) or governor
    of_many = owner is None and (
        governor in determiners or words[:1] in determiners
    )  # 各部门|信息公开领导小组
    of_many = of_many or (words.startswith("“") and not adjoins(context, modifier))
    next_to_owner = owner is not None and owner.span.end == modifier.start
    accepted = (
        ("Always" in rule.accept and not (rule.owner_in_name and of_many))
        or ("Modified" in rule.accept and named and not several and not (rule.owner_in_name and of_many))
        or ("Owned" in rule.accept and owner is not None)
        or ("OwnedModified" in rule.accept and named and next_to_owner)
        or ("Governed" in rule.accept and named and governor in rule.governors)
        or ("Quoted" in rule.accept and named and words.startswith("“") and adjoins(context, modifier))
    )
    counted = governor == "的" or several or governor in determiners
    foreign = any(word in words for word in rule.foreign)
    alone = not words and one.head in rule.owned_heads
    if rule.default_owner and "Governed" in rule.accept:
        if words or counted or owner is not None:
            return None
        named = True  # what governs the list it stands in may be further left
        governor = governor if governor in rule.governors else _governor_of_list(one, start) or governor
        if _others(one, start):
            return None
        accepted = governor in rule.governors or _posts(one, start)
    elif rule.default_owner and not (named or owner is not None or counted or foreign or alone):
        accepted = True
    if not accepted and not named:
        return None
    span = Span(owner.span.start if owner is not None else modifier.start, end)
    return Mention(
        span, rule.cls, rule.iri, Phrase(one.head, owner, modifier, (), governor, accepted), (span,)
    )


def _governor_of_list(one: Candidate, start: int) -> str:
    """The verb before the first of the channels that are listed up to here (开通|政务微信、微博、|抖音号), or nothing."""
    context, text = one.context, one.context.text
    if not text.endswith(JOINS, one.floor, start):
        return ""
    begin = max(text.rfind(mark, one.floor, start) for mark in CLAUSE_MARKS) + 1
    said = text[max(begin, one.floor) : text.find("、", max(begin, one.floor))]
    heads = (word for word in one.rule.governors if word in said)
    at, verb = max(((said.rfind(word) + len(word), word) for word in heads), default=(0, ""))
    rest = said[at:]
    return verb if rest.endswith(tuple(context.lexicon.heads)) or len(rest) < _FIRST else ""


def _others(one: Candidate, start: int) -> bool:
    """Whether the clause before a place says that others do it: 督促|各村|开通抖音号."""
    context, text = one.context, one.context.text
    begin = max(text.rfind(mark, one.floor, start) for mark in CLAUSE_MARKS) + 1
    said = text[max(begin, one.floor) : start]
    return any(word in said for word in context.lexicon.urges) or said.startswith(
        tuple(context.lexicon.determiners)
    )


def _posts(one: Candidate, start: int) -> bool:
    """Whether a clause begins with a channel and tells what was put there (微信公众号|发布消息)."""
    context = one.context
    opens = start <= one.floor or context.text[start - 1] in CLAUSE_MARKS
    return opens and context.text.startswith(context.lexicon.posts, one.end)


def _of_each(one: Candidate, start: int) -> bool:
    """Whether a page is one of each of those named before it (各学院和|部门网页)."""
    context, text, joins = one.context, one.context.text, JOINS[1:]
    if one.head in one.rule.plain_heads or not text.endswith(joins, one.floor, start):
        return False
    begin = max(text.rfind(mark, one.floor, start) for mark in (*CLAUSE_MARKS, JOINS[0])) + 1
    said = text[max(begin, one.floor) : start]
    return any(word in said for word in context.lexicon.determiners)


def _is_posted(one: Candidate, owner: Mention | None, governor: str) -> bool:
    """Whether the name of a service means what was posted there: 转发|防汛微博|60条, 推送|招商微信|推文, 局官方微博发布|微博|60条."""
    context, text, at, end = one.context, one.context.text, one.at, one.end
    if owner is None and governor in context.lexicon.sends:
        return True
    if not (text[end : end + 1].isdigit() or text.startswith(context.lexicon.posted, end)):
        return False
    begin = max(text.rfind(mark, one.floor, at) for mark in CLAUSE_MARKS) + 1
    said = text[max(begin, one.floor, owner.span.end if owner is not None else 0) : at]
    verb = next((word for word in context.lexicon.sends if said.endswith(word)), "")
    sent = said.removesuffix(verb)
    account = bool(verb) and sent.endswith(tuple(context.lexicon.heads))  # 云川发布|微博 is an account
    return account or any(word in sent for word in context.lexicon.sends)


def _across_of(one: Candidate, start: int, governor: str) -> tuple[int, str]:
    """Where a phrase begins whose modifier says nothing, but the noun before 的 does: 加强|稿件的|排查工作."""
    context, rule = one.context, one.rule
    text, tags = context.text, context.words.tags
    stop = start - len(_OF)
    if (
        governor != _OF
        or "Governed" not in rule.accept
        or not text.endswith(_OF, one.floor, start)
        or not is_generic(text[start : one.at], rule.generic)
        or not tags[context.words.at(stop - 1)].startswith("n")
    ):
        return start, governor
    begin, owner, verb = left_edge(one, stop)
    begin, verb = strip(one, begin, verb) if owner is None else (begin, verb)
    says = begin < stop and not is_generic(text[begin:stop], rule.generic, rule.specific)
    return (begin, verb) if owner is None and says and verb in rule.governors else (start, governor)


def _says_something(one: Candidate, words: str, governor: str) -> bool:
    """Whether a modifier makes a name, or a long head does without one."""
    rule = one.rule
    if words.endswith(JOINS):
        return False  # 实体、|程序: the head is one of several things
    if not words and len(one.head) > 4 and governor in rule.governors:
        return True
    return (
        len(words) >= rule.least
        and ((governor == WITHIN and len(words) > 3) or not is_generic(words, rule.generic, rule.specific))
        and (words not in one.context.lexicon.boundary or words in rule.specific)  # 服务|承诺制
    )


def _spam(words: str) -> bool:
    """Whether an advertiser's words stand where a portal has its owner (bt365备用网址|门户网站)."""
    return not words.startswith("“") and any(c.isascii() and c.isalpha() for c in words)


def _governor_of_clause(one: Candidate, start: int) -> str:
    """The verb whose object a phrase is, further left in its clause (建立由甲牵头的|会商机制), or nothing."""
    text, words, end = one.context.text, one.context.words, one.end
    follows = text[end : end + 1]
    if follows.isalnum() and follows != "等" and not words.tags[words.at(end)].startswith(("m", "c")):
        return ""
    position = start
    while position > one.floor and start - position <= 40 and text[position - 1] not in CLAUSE_MARKS:
        begin = max(int(words.starts[words.at(position - 1)]), one.floor)
        word = text[begin:position]
        if word in one.rule.governors:
            return word
        position = begin
    return ""
