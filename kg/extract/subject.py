"""Who acts in a sentence: the body it begins with, or the writer where the paragraph speaks of it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.listing import ListMarks
from kg.extract.work import Work
from kg.facts import Entity
from kg.match.mention import Mention, RegionName
from kg.match.words import alternatives
from kg.text.document import Span

_MARKS = "。；，：！？\n"
_STOPS = "。；！？\n"
_GOES_ON = "、的和与及"  # what shows that a name is part of a longer phrase
_LONGEST_MARK = 6  # characters of a mark of a list
_NUMBERED = r"（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十\d]{1,3}[、．.]|[一二三四五六七八九十]是|\d{4}年(?:度|以来)?"


@dataclass(frozen=True, slots=True)
class Subjects:
    """The bodies that clauses of one report begin with, by where their names stand."""

    work: Work
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    who: tuple[str, ...]  # IRIs; "" for others than the writer that have no name (各科室, 学校)
    attitude: re.Pattern[str]  # how a body goes about its work (高度重视), which is no deed
    marks: ListMarks

    @staticmethod
    def of(work: Work) -> "Subjects":
        """Find them: 今年|市司法局, 我局, 本镇 and, in the report of a university, 学校."""
        found = sorted({*_others(work), *_named(work), *_called(work)})
        return Subjects(
            work,
            tuple(one[0] for one in found),
            tuple(one[1] for one in found),
            tuple(one[2] for one in found),
            _attitude(work.ontology.words),
            ListMarks(work.ontology.words),
        )

    def acting(self, span: Span) -> list[str]:
        """The body that acts where a match stands: of its sentence, else the writer, where no other acts before it."""
        last = self._named_last(span)
        if last >= 0:
            return [self.who[last]] if self.who[last] else []
        return self._carried(Span(self._start(span), span.start))

    def named(self, span: Span) -> bool:
        """Whether the sentence of a match names who acts, before it."""
        return self._named_last(span) >= 0

    def _named_last(self, span: Span) -> int:
        last = bisect_right(self.ends, span.start) - 1
        return last if last >= 0 and self.starts[last] >= self._start(span) else -1

    def _start(self, span: Span) -> int:
        return max(self.work.scan.text.rfind(mark, 0, span.start) for mark in _STOPS) + 1

    def _carried(self, before: Span) -> list[str]:
        """The writer, of whose deeds a report tells, unless the sentence that last names who acts in the paragraph names another.

        The report of a government above the county tells of the deeds of many bodies: there the paragraph must have named the
        writer. ``before`` is what stands in the sentence before the match; where it speaks of many (各科室) they act.
        """
        text, issuer = self.work.scan.text, self.work.linker.writer.entity()
        floor = text.rfind("\n", 0, before.start) + 1
        last = bisect_left(self.starts, before.start) - 1
        if last >= 0 and self.who[last] and self.starts[last] >= floor and self._goes_on(last, before):
            return [self.who[last]]
        if issuer is None or any(word in before.of(text) for word in self.work.ontology.words["determiner"]):
            return []
        items = self._first_item(floor, before)
        while last >= 0 and not self.who[last] and self.starts[last] > items:
            last -= 1  # what another item of a list says of many
        named = last >= 0 and self.starts[last] >= floor
        writer = self._is_part(last, issuer) if named else not _for_many(self.work, issuer)
        return [issuer.iri] if writer else []

    def _goes_on(self, last: int, before: Span) -> bool:
        """Whether a sentence tells of the body of the one before it: 县民政局召开会议。|该局还开通…, 同时上线…, 县民政局高度重视。|建立…."""
        text, words = self.work.scan.text, self.work.ontology.words
        between = text[self.ends[last] : before.start]
        if sum(between.count(mark) for mark in _STOPS) != 1:
            return False
        if text.startswith(words["sameActor"], before.start):
            return True
        alone = not last or self.starts[last - 1] < self._start(Span(self.starts[last], self.starts[last]))
        whole = not re.match(_NUMBERED, text[before.start : before.start + 8])
        return (
            alone
            and whole
            and self.attitude.match(between) is not None
            and not self._is_of_party(self.who[last])
        )

    def _is_of_party(self, who: str) -> bool:
        """Whether a body is of the party or sets the course for others, who then act."""
        one = self.work.draft.entities.get(who)
        leads = ("PartyBody", "WorkingGroup")
        return one is None or any(self.work.is_a(one.cls, cls) for cls in leads)

    def _first_item(self, floor: int, before: Span) -> int:
        """Where the list begins of which the sentence is an item (一是…；二是…, 首先…。其次…), else where the sentence does."""
        text = self.work.scan.text
        found = list(self.marks.of(text, Span(floor, min(len(text), before.start + _LONGEST_MARK))))
        own = next((mark for mark in found if mark.span.start == before.start), None)
        firsts = (
            mark.span.start for mark in found if own is not None and (mark.kind, mark.value) == (own.kind, 1)
        )
        return max((start for start in firsts if start <= before.start), default=before.start)

    def _is_part(self, last: int, issuer: Entity) -> bool:
        """Whether the body named last is the writer or a unit of it, after whose part in the work the writer's deeds go on."""
        one = self.work.draft.entities.get(self.who[last])
        return self.who[last] == issuer.iri or (one is not None and one.label.startswith(issuer.label))


def _attitude(words: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words['adverb'])})*(?:{alternatives(words['attitude'])})")


def _named(work: Work) -> Iterator[tuple[int, int, str]]:
    """Names of bodies, and of the writer's place where its government writes, at the start of a clause."""
    opening = _opening(work)
    for mention in work.scan.outer:
        who = _body(work, mention)
        if who and _opens(work, opening, mention.span):
            yield mention.span.start, mention.span.end, who


def _others(work: Work) -> Iterator[tuple[int, int, str]]:
    """Bodies in general, and places that are not the writer's, that act: 中小学校|着力…, 指导|乡镇|建立…, 望岚区|建立…."""
    text, words, home = work.scan.text, work.ontology.words, work.context.home
    opening = _opening(work)
    for mention in work.scan.outer:
        linked = work.linked.get(id(mention))
        elsewhere = linked is not None and (home is None or linked.entities[0].iri != home.iri)
        opens = isinstance(mention.detail, RegionName) and _opens(work, opening, mention.span)
        if opens and elsewhere and _acts(work, mention.span.end):
            yield mention.span.start, mention.span.end, ""
    made_to = "|".join(map(re.escape, words["makesAct"]))
    for found in re.finditer("|".join(map(re.escape, words["actsInGeneral"])), text):
        clause = max(text.rfind(mark, 0, found.start()) for mark in _MARKS) + 1
        told = opening.match(text, clause, found.start())
        start = told.end() if told is not None else clause
        causes = [one.end() for one in re.finditer(made_to, text[start : found.start()])]
        start += causes[-1] if causes else 0
        own = any(word in text[start : found.start()] for word in words["own"])
        whole = work.scan.words.ends_at(found.start()) or text.endswith(words["determiner"], 0, found.start())
        if len(found.group()) == 1 and not whole:
            continue  # 农|村, but 各|村
        if not own and _acts(work, found.end()) and _nominal(work, Span(start, found.start())):
            yield found.start(), found.end(), ""


def _nominal(work: Work, span: Span) -> bool:
    """Whether no verb and no preposition stands in a stretch: what a noun after it begins with (全县各级|部门)."""
    words = work.scan.words
    within = range(words.at(span.start), words.at(span.end - 1) + 1) if len(span) else range(0)
    return len(span) <= 10 and all(words.tags[index][0] not in "vpd" for index in within)


def _body(work: Work, mention: Mention) -> str:
    linked = work.linked.get(id(mention))
    if linked is None:
        return ""
    if work.is_a(mention.cls, "Agency"):
        return linked.entities[0].iri
    issuer, home = work.linker.writer.entity(), work.context.home
    if not isinstance(mention.detail, RegionName) or issuer is None or home is None:
        return ""
    whole = mention.span.of(work.scan.text).startswith(
        work.ontology.words["whole"]
    )  # 全县 is more than its government
    ours = linked.entities[0].iri == home.iri and work.is_a(issuer.cls, "Government")
    return issuer.iri if ours and not whole and _acts(work, mention.span.end) else ""


def _called(work: Work) -> Iterator[tuple[int, int, str]]:
    """What the writer calls itself without 我 or 本: 学校, 街道, and a government the name of its place."""
    issuer, text = work.linker.writer.entity(), work.scan.text
    if issuer is None:
        return
    opening, words = _opening(work), work.ontology.words
    nouns = [noun for noun in words["bareSelf"] if noun in issuer.label]
    nouns += words["schoolSelf"] if issuer.label.endswith(words["school"]) else ()
    home = work.context.home
    if home is not None:
        own = issuer.label.removeprefix(home.official)
        nouns += [home.name] if work.is_a(issuer.cls, "Government") else [own] if len(own) > 3 else []
    for noun in nouns:
        for found in re.finditer(re.escape(noun), text):
            span = Span(*found.span())
            if _opens(work, opening, span) and _acts(work, span.end):
                yield span.start, span.end, issuer.iri


def _for_many(work: Work, issuer: Entity) -> bool:
    """Whether the writer is the government of a prefecture or a province, whose report tells what all its bodies did."""
    home = work.context.home
    return (
        home is not None and home.level in ("province", "prefecture") and work.is_a(issuer.cls, "Government")
    )


def _opening(work: Work) -> re.Pattern[str]:
    words = (*work.ontology.words["adverb"], *work.ontology.words["connective"])
    return re.compile(f"(?:{_NUMBERED}|{'|'.join(map(re.escape, words))}| )*")


def _opens(work: Work, opening: re.Pattern[str], span: Span) -> bool:
    """Whether nothing but numbers, dates and adverbs stands before a name in its clause, and the name is whole."""
    text = work.scan.text
    start = max(text.rfind(mark, 0, span.start) for mark in _MARKS) + 1
    return (
        span.start - start <= 16
        and opening.fullmatch(text, start, span.start) is not None
        and text[span.end : span.end + 1] not in _GOES_ON
    )


def _acts(work: Work, at: int) -> bool:
    """Whether a verb or an adverb follows: 我县|建立, but not 我县|政务公开工作 nor 机关|各科室负责人."""
    words, text = work.scan.words, work.scan.text
    if at >= len(text) or not text[at].isalpha() or not words.ends_at(at):
        return False
    index = words.at(at)
    word = text[at : words.starts[index + 1]]
    if word in work.ontology.words["determiner"]:
        return False
    adverb = word.startswith(work.ontology.words["adverb"])  # 切实加强
    return adverb or word in work.ontology.words["boundary"] or words.tags[index][0] in "vdp"
