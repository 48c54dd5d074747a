"""Doings: what a clause says was done, by a verb and the noun of what was done, without a name for it.

A report tells most of its deeds so: 编印县级事项目录 (a verb and what it makes), 推进村级档案数字化 (a verb of doing and the noun of
what is done), 关停12个账号 (a verb that says with its object what was done), 对答复稿逐件审核 (the object first), 台账管理制度严格执行
(the thing, and that it was done). The words are classes of the ontology. What a noun singles out decides whether it is a deed: the
bare words of the field (推进信息公开工作) are none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.rules import RULE
from kg.extract.skeleton import Match, Skeleton
from kg.extract.work import Work
from kg.match.words import alternatives, longest
from kg.schema.ontology import Ontology
from kg.schema.pattern import Pattern, Slot, Template
from kg.terms import expand
from kg.text.document import Span

_MARKS = "，。；：！？\n"
_PAIRS = ("《》", "“”", "〈〉", "（）")
_LEAST, _MOST = 4, 34  # characters of a name
_KINDS = (  # verbs, heads of their objects, words that say nothing before these
    ("does", "doneThing", "bareField"),
    ("does", "wholeThing", "sayLittle"),
    ("makes", "paperThing", "sayLittle"),
    ("improves", "improvedThing", "sayLittle"),
    ("opens", "openedThing", "bareField"),
    ("introduces", "", "bareField"),
    ("treats", "", "bareField"),
)
_RATE = "%％‰"
_LIST = "、"
_AND = (_LIST, "并", "和", "及", "与")
_OF = "的"
_NUMBER = r"(?:\d[\d.,]*|[一二三四五六七八九十百两]+|多)(?:万|亿)?[余多]?"
_ITEM = re.compile(r"(?:[一二三四五六七八九十]{1,2}是|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、])")
_DUTIES = re.compile("的(?:[^、的]{2}、){2,}[^、的]{2}$")  # 网站的|规划、建设、管理 are duties
_JOINING = "cdpu"
_NAMED = re.compile("《[^《》]*》|“[^“”]*”")
_NO_SKELETON = Skeleton("", (), {})


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, cut into words: their starts and one end."""

    span: Span
    starts: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Verbs, the last words one of which their objects have, and the words that single out nothing before these."""

    verbs: frozenset[str]
    heads: tuple[str, ...]
    bare: frozenset[str]
    named_with_verb: bool = True


class DoingReader:
    """Reads clauses for what was done; build it once with an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        words = ontology.words
        self.has = frozenset(words["hasIt"])
        self.introduces = frozenset(words["introduces"])
        self.bare, self.bar = frozenset(words["bareField"]), frozenset(words["plainField"])
        self.no_object, self.treats = frozenset(words["noObject"]), frozenset(words["treats"])
        self.kinds = tuple(
            _Kind(
                frozenset(words[verbs]),
                longest(words[heads]) if heads else ("",),
                frozenset(words[bare]),
                verbs not in ("does", "introduces"),
            )
            for verbs, heads, bare in _KINDS
        )
        self.verbs = frozenset().union(*(kind.verbs for kind in self.kinds))
        self.not_done, self.purpose = frozenset(words["notDone"]), frozenset(words["purpose"])
        self.fields = words["fieldsListed"]
        self.over = frozenset(words["finished"])
        self.how = frozenset(words["howStated"])
        self.empty = words["emptyThing"]
        self.determiners = words["determiner"]
        self.groups_own = re.compile(f"(?:{alternatives(words['countedGroup'])})的")
        self.unquoted = re.compile(f"“(?:{alternatives(words['noPractice'])})”")  # “十四五”
        how, light, state = (
            alternatives(words[name]) for name in ("howStated", "lightDoing", "stateOfDoing")
        )
        about = alternatives(words["aboutWhat"])
        done = [word for word in words["doneThing"] if word not in self.empty]  # 对甲进行|公开 only tells it
        thing = alternatives((*done, *words["stateOfDoing"]))
        self.topic = re.compile(rf"(?P<it>.{{4,60}}?)(?:{how}){{1,4}}(?:{state})$")
        lead, measure = (alternatives(words[name]) for name in ("total", "deedMeasure"))
        count = rf"(?:{lead}|达)?{_NUMBER}(?:{measure})[余多]?"
        self.first = re.compile(
            rf"(?:{about})(?P<it>(?P<what>.{{3,40}}?)(?:(?P<light>{light})|{how}).{{0,12}}?(?:{thing}))(?:的?工作)?(?:{count})?$"
        )
        self.lead = re.compile(f"{count}的?")
        self.tail = re.compile(f"(?:{alternatives(words['deedTail'])})?(?:{count})?$")
        self.counted = re.compile(rf"\d[\d.,]*[万亿余多]*(?:{measure})")
        self.next_counted = re.compile("|".join(f"(?<={word})、" for word in words["listedMeasure"]))
        self.pattern = Pattern(
            RULE["doing"], "", re.compile(""), (Slot("it", ("Text",), False),), (),
            (
                Template("?it", expand("rdf:type"), expand("pol:Initiative")),
                Template("?it", expand("pol:carriedOutBy"), "?subject"),
            ), (), (), "",
        )  # fmt: skip

    def read(self, work: Work, taken: Iterable[Span]) -> Iterator[tuple[Match, Skeleton]]:
        """The doings of a document as matches of a pattern; what overlaps ``taken`` has a name already."""
        known = sorted(taken)
        for sentence in work.document.sentences:
            closing = [item.span for item in work.items if item.span.overlaps(sentence)]
            for clause in _clauses(work, sentence):
                if any(one.overlaps(clause.span) for one in closing) and not self.over & set(clause.words):
                    continue
                for span in self._told(work, clause):
                    if not any(span.overlaps(one) for one in known):
                        yield Match(self.pattern, span, {}, {"it": span}), _NO_SKELETON

    def _told(self, work: Work, clause: _Clause) -> Iterator[Span]:
        found = list(self._by_verb(work, clause)) or list(self._object_first(work, clause))
        text = work.scan.text
        for span in found or self._topic(work, clause):
            if not self.counted.search(_NAMED.sub("", span.of(text))):
                yield span  # 编制26个领域目录 tells how many, and names nothing

    def _by_verb(self, work: Work, clause: _Clause) -> Iterator[Span]:
        """Doings told by the first verb of a clause that has an object which is one."""
        words, text = clause.words, work.scan.text
        for index, first in enumerate(words):
            if first in self.not_done:
                return
            sizes = (3, 2) if index + 2 < len(words) else (2,) if index + 1 < len(words) else ()
            size = next((n for n in sizes if "".join(words[index : index + n]) in self.verbs), 1)
            word, after = "".join(words[index : index + size]), index + size
            if word not in self.verbs or not self._tells(work, clause, index):
                continue
            while after + 1 < len(words) and words[after] in _AND and words[after + 1] in self.verbs:
                after += 2
            verb = Span(clause.starts[index], clause.starts[after])
            start = self._past_body(work, clause, verb.end + text.startswith(("了", "过"), verb.end))
            end = self._next_verb(clause, after) if word in self.introduces else clause.span.end
            found = list(self._objects(work, word, verb, Span(start, max(start, end))))
            if found:
                yield from found
                return

    def _past_body(self, work: Work, clause: _Clause, start: int) -> int:
        """Where the object begins of a verb whose body's own verb leads to it (配合|县水务局完成|管网改造公示)."""
        ends = [
            one.span.end
            for one in work.scan.outer
            if one.span.start == start and work.is_a(one.cls, "Agency")
        ]
        for end in ends:
            if end in clause.starts[:-1]:
                index = clause.starts.index(end)
                return clause.starts[index + 1] if clause.words[index] in self.verbs else start
        return start

    def _tells(self, work: Work, clause: _Clause, index: int) -> bool:
        """Whether a verb is what its clause says: no noun among others (宣传、推进), no purpose (为推进…), no part of a name (危房|改造)."""
        at, said = clause.starts[index], work.scan.text[clause.span.start : clause.starts[index]]
        before = clause.words[index - 1] if index else ""
        if before in (*_AND, _OF, "所") or before in self.purpose:
            return False
        if any(said.count(pair[0]) > said.count(pair[1]) for pair in _PAIRS):
            return False
        if clause.words[index] not in self.treats or not index or _ITEM.fullmatch(said):
            return True
        tag = work.scan.words.tags[work.scan.words.at(at - 1)][0]
        return tag in "dtmu" or before in self.how or any(one.span.end == at for one in work.scan.outer)

    def _next_verb(self, clause: _Clause, after: int) -> int:
        """Where the object of a verb of introducing ends: with the clause, or before a mark with a verb behind it (推行甲、|实行乙)."""
        pairs = zip(clause.words[after:], clause.words[after + 1 :], strict=False)
        size = next((n for n, (mark, word) in enumerate(pairs) if mark == _LIST and word in self.verbs), None)
        return clause.span.end if size is None else clause.starts[after + size]

    def _objects(self, work: Work, verb: str, at: Span, rest: Span) -> Iterator[Span]:
        """What a verb has for objects, each that is a doing: 开展问卷调查3次、意见征集5期 has two."""
        text, start = work.scan.text, rest.start
        kinds = [kind for kind in self.kinds if verb in kind.verbs]
        for piece in self.next_counted.split(rest.of(text)):
            whole = self._trimmed(text, Span(start, start + len(piece)))
            start += len(piece) + 1
            for kind in kinds:
                span = self._last_part(work, whole) if kind.heads != ("",) or kind.named_with_verb else whole
                if self._is_object(work, kind, span):
                    yield Span(at.start, span.end) if kind.named_with_verb else span
                    break

    def _is_object(self, work: Work, kind: _Kind, span: Span) -> bool:
        words = span.of(work.scan.text)
        if _DUTIES.search(words):
            return False
        head = next((one for one in kind.heads if words.endswith(one)), None)
        if head is None or not _LEAST <= len(span) <= _MOST or words[-1] in _RATE:
            return False  # 整改|完成率100%
        return self._says(work, Span(span.start, span.end - len(head)), kind.bare)

    def _object_first(self, work: Work, clause: _Clause) -> Iterator[Span]:
        """What something is done to, before the verb: 对|答复稿逐件审核."""
        found = self.first.search(clause.span.of(work.scan.text))
        if found is None or self._blocked(clause, clause.span.start + found.start()):
            return
        start = clause.span.start
        begin = found.start() if found["light"] else found.start("it")  # 就|某事开展调研
        span = self._trimmed(work.scan.text, Span(start + begin, start + found.end("it")))
        what = Span(start + found.start("what"), start + found.end("what"))
        said = _words(work, what)
        undone = said[-1] == _OF or any(
            word in self.not_done or word in self.has for word in _words(work, span)
        )
        if len(span) <= _MOST and not undone and self._says(work, what, self.bar):
            yield span

    def _topic(self, work: Work, clause: _Clause) -> Iterator[Span]:
        """What a clause says it was done of: 台账管理制度|严格执行."""
        text = work.scan.text
        found = self.topic.match(clause.span.of(text))
        if found is None or self._blocked(clause, clause.span.end):
            return
        item = _ITEM.match(text, clause.span.start, clause.span.end)
        start = item.end() if item is not None else clause.span.start
        if text.startswith(self.determiners, start):
            return  # 各乡镇的目录|已完成
        span = self._last_part(work, Span(start, clause.span.start + found.end("it")))
        if (
            self.groups_own.search(span.of(text))
            or work.scan.words.tags[work.scan.words.at(span.end - 1)][0] in _JOINING
        ):
            return  # 甲、乙两部门的目录|已完成, 某项工作虽然|有序推进
        ended = span.of(text).endswith(self.empty) or any(word in self.how for word in _words(work, span))
        if not ended and _LEAST <= len(span) <= _MOST and self._says(work, span, self.bare):
            yield span

    def _blocked(self, clause: _Clause, before: int) -> bool:
        starts = clause.starts[:-1]
        return any(
            word in self.not_done and at < before for word, at in zip(clause.words, starts, strict=True)
        )

    def _last_part(self, work: Work, span: Span) -> Span:
        """What follows 的 in a noun that is told by a verb before it: 以“A”为主的|账号矩阵, 县档案局举办的|培训班."""
        cut = span.start + span.of(work.scan.text).rfind(_OF) + 1
        before = Span(span.start, cut)
        return Span(cut, span.end) if any(word in self.no_object for word in _words(work, before)) else span

    def _trimmed(self, text: str, span: Span) -> Span:
        """A noun without the number before it and what follows it: 3次|业务培训|12期, 档案整理|等工作."""
        lead = self.lead.match(text, span.start, span.end)
        start = lead.end() if lead is not None else span.start
        tail = self.tail.search(text[start : span.end])
        return Span(start, start + tail.start() if tail is not None else span.end)

    def _says(self, work: Work, span: Span, bare: frozenset[str]) -> bool:
        """Whether a noun singles something out: by a quotation, a title, or words that are not bare words of the field."""
        words = _words(work, span)
        said = span.of(work.scan.text)
        if not words or words[0] in (*_AND, _OF) or any(word in self.no_object for word in words):
            return False
        if any(tail in said for tail in self.fields) or (len(words) == 2 and words[1] in _AND):
            return False  # 解答和|回应
        own = [word for word in words if word not in bare and word.isalpha()]
        if self.unquoted.match(said):
            return False
        quoted = any(mark in said for mark in "“《")
        return quoted or sum(map(len, own)) > 1


def _words(work: Work, span: Span) -> list[str]:
    """The words of a stretch, those at its ends as far as they lie in it."""
    if not len(span):
        return []
    words = work.scan.words
    indexes = range(words.at(span.start), words.at(span.end - 1) + 1)
    starts = [max(int(words.starts[index]), span.start) for index in indexes]
    return [work.scan.text[a:b] for a, b in zip(starts, [*starts[1:], span.end], strict=True)]


def _clauses(work: Work, sentence: Span) -> Iterator[_Clause]:
    """The clauses of a sentence; marks inside brackets and quotations end none."""
    text, start, depth = work.scan.text, sentence.start, 0
    for position in range(sentence.start, sentence.end + 1):
        mark = text[position] if position < sentence.end else "\n"
        depth += any(mark == pair[0] for pair in _PAIRS)
        depth -= depth > 0 and any(mark == pair[1] for pair in _PAIRS)
        if mark not in _MARKS or (depth and mark != "\n"):
            continue
        if position - start > _LEAST:
            span = Span(start, position)
            words = _words(work, span)
            starts = [start]
            for word in words:
                starts.append(starts[-1] + len(word))
            yield _Clause(span, tuple(starts), tuple(words))
        start, depth = position + 1, 0
