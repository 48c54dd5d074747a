"""Where a noun phrase begins: from its head leftwards over words, quotations and coordinated modifiers to a word that cannot belong."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.match.generic import is_generic
from kg.match.marks import Marks
from kg.match.mention import KnownName, Mention, Phrase, RegionName, SelfName
from kg.match.words import Words, longest
from kg.schema.lexicon import NounRule
from kg.schema.ontology import Ontology
from kg.terms import expand
from kg.text.document import Span

AGENCY = expand("pol:Agency")
JOINS = ("、", "和", "与", "及", "以及", "暨")
PARTS = ("以及",)  # what joins two phrases rather than the parts of a name
FIELD_JOINS = ("与", "和")  # what joins two fields in the name of one unit
CLAUSE_MARKS = "，。；：！？\n"
_SERVICE_NUMBERS = (
    "12",
    "95",
    "96",
)  # how numbers of public services begin, which count nothing before a head
WITHIN = "@"  # stands for a governor: what holds a thing stands before its name
_FUNCTION_TAGS = frozenset({"p", "d", "uj", "ul", "uz", "uv", "ug", "ud", "r", "y", "e", "o", "q", "mq"})


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The words of an ontology that tell where phrases begin and end."""

    applications: tuple[str, ...]  # heads of names of applications (客户端)
    carriers: tuple[str, ...]  # carriers of news that are somebody else's
    own_unit: tuple[str, ...]  # what a body calls itself without 本 (单位)
    heads: frozenset[str]
    things: tuple[str, ...]  # heads of what a modifier alone can name, no activities
    boundary: frozenset[str]
    nominal: frozenset[str]  # words whose tag misleads: never a boundary
    ambiguous: frozenset[str]
    severally: tuple[str, ...]  # what stands behind a list of bodies and goes on no name (保卫处|分别)
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
    same_name: tuple[str, ...]  # says that an account has the name of the one before (同名)
    named_as: tuple[str, ...]  # what goes before a name (名为)
    posts: tuple[str, ...]  # verbs of putting something on a channel (微信公众号|发布)
    sends: tuple[str, ...]  # verbs whose object is what stands on a channel (转发|防汛微博60条)
    services: frozenset[str]  # services whose names are also what is posted there (微博)
    of_body: tuple[str, ...]  # papers and meetings that may follow a body's name
    body_classes: frozenset[str]  # the classes of bodies
    placed: frozenset[str]  # what stands before the channel that something is put on
    posted: tuple[str, ...]  # what is posted (微信|推文)
    urges: tuple[str, ...]  # verbs after which others do it (督促|各村开通抖音号)
    before_head: frozenset[str]  # verbs that right before a head are nouns (质量提升|机制)
    takers: frozenset[str]  # verbs behind which the verb of a name is a noun (健全|考核评价机制)
    bodies: frozenset[
        str
    ]  # what a body may call itself by, before the field of a unit alone (部|政务公开领导小组)

    @classmethod
    def of(cls, ontology: Ontology) -> "PhraseWords":
        """Those of one ontology."""
        words, nouns = ontology.words, ontology.nouns
        return cls(
            applications=words["application"],
            carriers=words["newsCarrier"],
            own_unit=words["ownUnit"],
            heads=frozenset(head for rule in nouns if rule.accept - {"Quoted"} for head in rule.heads),
            things=tuple(head for rule in nouns if "Modified" in rule.accept for head in rule.heads),
            boundary=frozenset(words["boundary"]),
            nominal=frozenset(words.get("nominal", ())),
            ambiguous=frozenset(words["ambiguousVerb"]),
            severally=words["severally"],
            after=frozenset(words["afterHead"]),
            determiners=frozenset(words["determiner"]),
            levels=longest(words["level"]),
            selves=longest(set(words["selfNoun"]) - set(words["manyBodies"])),
            endings=frozenset(words["verbEnding"]),
            compounds=longest(words["compound"]),
            fields=longest(words["unitField"]),
            attributive=frozenset(words["attributive"]),
            same_name=words["sameName"],
            named_as=words["namedAs"],
            posts=words["posts"],
            sends=words["sends"],
            services=frozenset(words["service"]),
            of_body=words["ofBody"],
            body_classes=frozenset((AGENCY, *ontology.model.subclasses(AGENCY))),
            placed=frozenset(words["placedOn"]),
            posted=words["posted"],
            urges=words["urges"],
            before_head=frozenset(words["beforeHead"]),
            takers=frozenset(words["takesNoun"]),
            bodies=frozenset(words["manyBodies"]),
        )


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """What a phrase is read against: words, marks, and mentions already found, by where they end."""

    text: str
    words: Words
    marks: Marks
    ending: Mapping[int, Mention]
    figures: frozenset[int]  # ends of quantities
    lexicon: PhraseWords


@dataclass(frozen=True, slots=True)
class Candidate:
    """A head noun at a place, to be read by one rule; ``floor`` is the start of its sentence."""

    context: PhraseContext
    rule: NounRule
    head: str
    at: int
    floor: int

    @property
    def end(self) -> int:
        """Where the head ends."""
        return self.at + len(self.head)

    def named(
        self,
        span: Span,
        modifier: Span,
        *,
        governor: str = "",
        owner: Mention | None = None,
        quotes: tuple[Span, ...] = (),
        parts: tuple[Span, ...] = (),
    ) -> Mention:
        """The mention of what is surely a name; its parts are itself where none are given."""
        phrase = Phrase(self.head, owner, modifier, quotes, governor, True)
        return Mention(span, self.rule.cls, self.rule.iri, phrase, parts or (span,))


def left_edge(one: Candidate, at: int, *, floor: int | None = None) -> tuple[int, Mention | None, str]:
    """Where what ends at a place begins, the mention that opens it, and the word that ended the search."""
    context, rule, floor = one.context, one.rule, one.floor if floor is None else floor
    text, words = context.text, context.words
    position = at
    while position > floor and at - position < rule.most:
        if position in context.ending:
            mention = context.ending[position]
            if rule.owner_in_name or mention.cls == rule.cls or _own(mention):
                return position, mention, governor_at(context, mention.span.start, floor)
            position = mention.span.start
            continue
        if position in context.figures:
            digits = len(text[floor:position]) - len(text[floor:position].rstrip("0123456789"))
            between = text[position:at]
            number = text[position - digits : position]
            named = not between or between in rule.generic or number.startswith(_SERVICE_NUMBERS)
            if not rule.numbered or digits < 5 or not named:
                return position, None, ""
            position -= digits
            continue
        if position < at and rule.within and text.endswith(rule.within, floor, position):
            return position, None, WITHIN
        compound = next(
            (word for word in context.lexicon.compounds if text.endswith(word, floor, position)), ""
        )
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
                return position, None, governor_at(context, position, floor)
            continue
        index = words.at(position - 1)
        begin = max(words.starts[index], floor)
        counted = next((end for end in range(position - 1, begin, -1) if end in context.figures), 0)
        if counted:
            return counted, None, ""  # 12个|子栏目
        word = text[begin:position]
        if position == at and word[0] == "第" and word in rule.generic and word not in rule.specific:
            return position, None, ""  # 第一|平台
        if word == "等" and rule.coordinates and rule.listed:
            segment = _joined_segment(context, begin, floor, rule.joined)
            alone = (
                "Governed" in rule.accept and segment is not None and begin - segment >= 4
            )  # 公文管理|等程序
            if segment is None or segment <= floor or not (alone or text.endswith(JOINS, floor, segment)):
                return position, None, word
            position = segment  # 登记、审核、归档等|工作制度
            continue
        if (
            word in FIELD_JOINS
            and rule.joins_behind
            and not _says_nothing(rule, text[position:at])
            and (joined := _joined_behind(one, begin, floor)) is not None
        ):
            position = joined
            continue
        if word in JOINS and not rule.coordinates:
            size = _field_before(context, word, begin, floor) if rule.inner and at - position > 1 else 0
            if not size:
                return position, None, ""
            position = begin - size
            continue
        if word in JOINS:
            counted = begin in context.figures  # 新闻发布会8场、|媒体通气会5场
            segment = (
                None if word in PARTS or counted else _joined_segment(context, begin, floor, rule.joined)
            )
            if segment is None:
                return position, None, ""
            position = segment
            continue
        if c == "）" and (known := _named_for(context, position, floor)) is not None:
            return known, None, governor_at(context, known, floor)
        if not (c.isalnum() or c in "+·-—") or text.endswith(
            ("——", "--"), floor, position
        ):  # 门户网站——|云川气象网
            return position, None, ""
        if word in context.lexicon.attributive and _named_place(context.ending.get(begin)):
            position = begin
            continue
        if (
            word in rule.manner
            and (position < at or _after_noun(context, begin, floor))
            and _modifies(context, rule, begin, floor)
        ):
            position = begin
            continue
        if word in rule.opening and position < at:
            return begin, None, governor_at(context, begin, floor)
        if position == at and word in context.lexicon.before_head and "Governed" in rule.accept:
            position = begin
            continue
        if (word in context.lexicon.boundary and word not in context.lexicon.ambiguous) or _counts(
            word, words.tags[index]
        ):
            return position, None, word
        if word in rule.barriers:
            return position, None, word
        if len(word) == 1 and (verb := _split_verb(context, begin, position, floor)):
            return position, None, verb
        if len(word) > 2 and word.endswith(tuple(rule.barriers)):  # 我|局确定|办公室
            return position, None, word[1:]
        if len(word) >= 4 and word[-2:] in context.lexicon.boundary:
            return position, None, word[-2:]
        if len(word) == 2 and words.tags[index] == "v" and word[1] in context.lexicon.endings:
            return position, None, word
        if len(word) == 3 and word[:2] in context.lexicon.boundary and word[2] in context.lexicon.endings:
            return position, None, word  # 归并到|云川政府网
        if word not in context.lexicon.nominal and _is_function(words, index) and len(word) <= 2:
            return position, None, word
        position = begin
    return position, None, ""


def _named_for(context: PhraseContext, end: int, floor: int) -> int | None:
    """Where a known name begins behind which brackets say of which place this one is (信用中国（江北云川）|网站)."""
    start = context.text.rfind("（", floor, end)
    words, known = context.text[start + 1 : end - 1], context.ending.get(start)
    named = known is not None and isinstance(known.detail, KnownName)
    return known.span.start if known and named and words.isalpha() and 1 < len(words) < 9 else None


def _says_nothing(rule: NounRule, words: str) -> bool:
    """Whether the second of two joined modifiers says nothing by itself (交流和|展示|平台)."""
    return len(words) < 2 or is_generic(words, rule.generic, rule.specific)


def _joined_behind(one: Candidate, end: int, floor: int) -> int | None:
    """Where the first of two joined modifiers begins, if what it begins behind opens or uses one thing (开通|甲和乙专栏)."""
    context, rule = one.context, one.rule
    start = _joined_segment(context, end, floor, rule.joined)
    if start is None or end - start < 2:
        return None
    owner = context.ending.get(start)
    before = owner.span.start if owner is not None else start
    return start if governor_at(context, before, floor) in rule.joins_behind else None


def _is_function(words: Words, index: int) -> bool:
    """Whether a word's tag is that of a function word; a measure is one only after what it counts (两|类, but 红|盾)."""
    tag = words.tags[index]
    if tag == "q" and index and words.tags[index - 1][0] not in "mrq":
        return False
    return tag in _FUNCTION_TAGS


def _split_verb(context: PhraseContext, begin: int, end: int, floor: int) -> str:
    """A verb of two characters that the segmenter took for two words (用|好), or of which it gave one to the word before (民建|强); or nothing."""
    if begin - 1 < floor:
        return ""
    words, lexicon = context.words, context.lexicon
    index = words.at(begin - 1)
    whole = int(words.starts[index]) == begin - 1
    verb = context.text[begin - 1 : end]
    known = verb in lexicon.boundary and verb not in lexicon.ambiguous
    if known and (whole or (begin - words.starts[index] == 2 and words.tags[words.at(begin)] == "a")):
        return verb
    if not whole and context.text[begin:end] in lexicon.endings:
        longer = context.text[max(int(words.starts[index]), floor) : begin]
        return longer + context.text[begin:end] if longer in lexicon.ambiguous else ""  # 维护|好
    return verb if whole and words.tags[index] == "v" and verb[1] in lexicon.endings else ""  # 办|出


def _field_before(context: PhraseContext, join: str, end: int, floor: int) -> int:
    """How long the field of work is that a join adds to the name of a unit (综合|与|经济发展办公室)."""
    if join not in FIELD_JOINS:
        return 0
    return next(
        (len(field) for field in context.lexicon.fields if context.text.endswith(field, floor, end)), 0
    )


def joins_fields(context: PhraseContext, mention: Mention) -> bool:
    """Whether a phrase is the name of one unit for two fields."""
    detail = mention.detail
    if not isinstance(detail, Phrase) or not detail.accepted or detail.quotes:
        return False
    words = detail.modifier.of(context.text)
    return words.startswith(tuple(field + join for field in context.lexicon.fields for join in FIELD_JOINS))


def _after_noun(context: PhraseContext, at: int, floor: int) -> bool:
    """Whether a noun ends here (规范性文件|集中清理)."""
    return at > floor and context.words.tags[context.words.at(at - 1)].startswith("n")


def _modifies(context: PhraseContext, rule: NounRule, at: int, floor: int) -> bool:
    """Whether an adverb here belongs to a name (建立|定期|通报机制), because its verb or a noun stands before it."""
    if at <= floor:
        return False
    before = context.words.tags[context.words.at(at - 1)]
    return before.startswith("n") or governor_at(context, at, floor) in rule.governors


def _counts(word: str, tag: str) -> bool:
    """一块, 三个: a number before a noun is no part of its name."""
    return tag in ("m", "mq") and word[0] in "一二三四五六七八九十两几数" and len(word) <= 2


def _named_place(mention: Mention | None) -> bool:
    return mention is not None and isinstance(mention.detail, RegionName) and bool(mention.detail.place.names)


def _own(mention: Mention) -> bool:
    """我局, 全市: says whose a thing is without being part of its name."""
    detail = mention.detail
    return isinstance(detail, SelfName) or (isinstance(detail, RegionName) and not detail.place.names)


def governor_at(context: PhraseContext, at: int, floor: int) -> str:
    """The word that ends right here, where it is one that governs."""
    if at <= floor:
        return ""
    begin = max(int(context.words.starts[context.words.at(at - 1)]), floor)
    word = context.text[begin:at]
    return word if word in context.lexicon.boundary else ""


def _ends_in_head(context: PhraseContext, position: int, floor: int) -> bool:
    """Whether a head noun ends here, other than a verb that is one only after what governs it (登记、考核|和通报等制度)."""
    text, words = context.text, context.words
    if text[int(words.starts[words.at(position - 1)]) : position] in context.lexicon.ambiguous:
        return False
    return any(text.endswith(head, floor, position) for head in context.lexicon.heads)


def _joined_segment(context: PhraseContext, position: int, floor: int, most: int) -> int | None:
    """The start of a coordinated modifier that ends here, or None where what stands there is a name of its own."""
    text, words = context.text, context.words
    if position in context.ending or _ends_in_head(context, position, floor):
        return None
    start = position
    while start > floor and position - start <= most:
        if start != position and start in context.ending:
            return start
        if compound := next(
            (word for word in context.lexicon.compounds if text.endswith(word, floor, start)), ""
        ):
            start -= len(compound)
            continue
        c = text[start - 1]
        if not (c.isalnum() or c in "”“+"):
            return start if c == "、" or start < position else None
        if c == "”":
            return None
        index = words.at(start - 1)
        word = text[max(words.starts[index], floor) : start]
        if word in JOINS or (word in context.lexicon.boundary and word not in context.lexicon.ambiguous):
            return start
        if len(word) >= 4 and word[-2:] in context.lexicon.boundary:
            return start
        start = max(words.starts[index], floor)
    return None if position - start > most else start
