"""What stands before a head: whether it says anything, where it begins, whose the thing is."""

from kg.match.edge import JOINS, Candidate, PhraseContext
from kg.match.mention import AgencyName, Mention, Place, RegionName, SelfName
from kg.terms import expand
from kg.text.document import Span

_AGENCY, _REGION, _SELF_RULE, _REGION_RULE = (
    expand(name) for name in ("pol:Agency", "pol:Region", "rule:self", "rule:region")
)


def strip(one: Candidate, start: int, governor: str) -> tuple[int, str]:
    """Verbs that are also nouns are verbs at the start of a phrase: 公开|重大项目目录, but 公开目录."""
    context, governors, at = one.context, one.rule.governors, one.at
    words = context.words
    while start < at:
        index = words.at(start)
        stop = words.starts[index + 1]
        word = context.text[start:stop]
        if context.text.startswith(context.lexicon.compounds, start):
            break
        if _verbs_alone(one, start, governor):
            break
        if word in JOINS:
            start = stop
        elif (
            word in context.lexicon.ambiguous
            and not (one.rule.inner and word in context.lexicon.fields)  # 宣传|教育科
            and not (
                at == stop
                and governors
                and (governor in governors or governor == "的" or word in one.rule.specific)
            )
            and (at - stop >= 2 or at == stop or bare_owner(context, stop, at) is not None)
            and not context.text.startswith(JOINS, stop)
        ):
            start, governor = stop, word
        else:
            break
    return start, governor


def _verbs_alone(one: Candidate, start: int, governor: str) -> bool:
    """Whether two words, the first a verb too, are all that stands before a head (健全|考核评价机制), so that it is no verb here."""
    context, rule = one.context, one.rule
    words, listed = context.words, context.text.endswith(JOINS, one.floor, start)
    governed = governor in rule.governors and governor in context.lexicon.takers
    second = int(words.starts[words.at(start) + 1])
    two = second < one.at and words.starts[words.at(second) + 1] >= one.at
    return "Governed" in rule.accept and (governed or listed) and two


def ends_phrase(context: PhraseContext, end: int, *, body: bool = False) -> bool:
    """Whether what follows a head leaves it the last noun of its phrase (机制，but not 机制文件).

    ``body``: the phrase is to name a body, of which papers and meetings may follow (领导小组办公室|文件).
    """
    text, words = context.text, context.words
    if end >= len(text) or not text[end].isalnum():
        return True
    index = words.at(end)
    word = text[end : words.starts[index + 1]]
    if body and text.startswith(context.lexicon.of_body, end):
        return True
    if any(len(after) > len(word) and text.startswith(after, end) for after in context.lexicon.after):
        return True  # 党组|专题研究
    verb = word in context.lexicon.boundary or (
        len(word) > 3 and word[:2] in context.lexicon.boundary
    )  # 领导小组|发挥作用
    return verb or word in context.lexicon.after or words.tags[index][0] in "pcdurvfm"


def bare_owner(context: PhraseContext, start: int, at: int) -> Mention | None:
    """The owner named by a level word or a word for oneself alone: 县|政务服务中心, 局|网站, 市局|领导小组."""
    text, words = context.text, context.words
    level = next((word for word in context.lexicon.levels if text.startswith(word, start)), "")
    stop = start + len(level)
    noun = next(
        (word for word in context.lexicon.selves if text.startswith(word, stop) and stop + len(word) <= at),
        "",
    )
    if (
        not noun
        and text.startswith(context.lexicon.fields, start + 1)
        and text[start] in context.lexicon.bodies
    ):
        noun = text[start]  # 部|政务公开领导小组
    if noun and (
        words.ends_at(stop + len(noun)) or text.startswith(context.lexicon.fields, stop + len(noun))
    ):
        span = Span(start, stop + len(noun))
        return Mention(span, _AGENCY, _SELF_RULE, SelfName(noun), (span,))
    if not level or not words.ends_at(start):
        return None
    if not words.ends_at(stop) and words.tags[words.at(start)] == "nt":
        stop = int(words.starts[words.at(start) + 1])  # 镇政府|信息公开网站
    if stop <= at and words.ends_at(stop):
        span = Span(start, stop)
        place = Place(Span(start, start + len(level)), (), level)
        return Mention(span, _REGION, _REGION_RULE, RegionName(place), (span,))
    return None


def bare_body(context: PhraseContext, start: int, at: int) -> Mention | None:
    """The owner named by a noun that many bodies go by, right before a head: 部|网站, 部|办公厅 in a ministry's report."""
    noun, words = context.text[start:at], context.words
    if len(noun) != 1 or noun not in context.lexicon.bodies or words.tags[words.at(start)] != "n":
        return None
    return Mention(Span(start, at), _AGENCY, _SELF_RULE, SelfName(noun), (Span(start, at),))


def within(context: PhraseContext, owner: Mention | None, modifier: Span) -> bool:
    """Whether a unit stands directly after the named body that it is in (某市人民政府办公室|网络管理科)."""
    named = owner is not None and isinstance(owner.detail, AgencyName) and owner.span.end == modifier.start
    return named and not modifier.of(context.text).startswith(tuple(context.lexicon.determiners))


def adjoins(context: PhraseContext, modifier: Span) -> bool:
    """Whether a quotation belongs to the head after it; a verb between them has it for its subject (“某网”公布|办法)."""
    position = context.text.rfind("”", modifier.start, modifier.end) + 1
    if not position or position == modifier.end:
        return True
    index = context.words.at(position)
    return not (
        context.words.tags[index] == "v"
        and context.text[position : context.words.starts[index + 1]] in context.lexicon.boundary
    )
