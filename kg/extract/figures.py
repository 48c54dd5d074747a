"""Figures of the running text: what each counts, of which kind it is, for which year and scope."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.assessed import SCORE, AssessedReader
from kg.extract.change import ChangeReader
from kg.extract.compared import Comparer, Told
from kg.extract.countable import Countable
from kg.extract.counted import Counted, Label
from kg.extract.indicators import IndicatorFinder, Named
from kg.extract.passages import NO_PASSAGES, Passages
from kg.extract.reading import Place, Reading, State
from kg.extract.respective import Item, Respective
from kg.extract.share import ShareReader, whole_of
from kg.extract.zero import ZeroReader
from kg.link.place import addresses
from kg.match.mention import AgencyName, Citation, Figure, KnownName, Mention, Phrase, SelfName
from kg.match.scan import Scan
from kg.schema.ontology import Ontology
from kg.schema.phrase import IndicatorPhrase
from kg.terms import IND
from kg.text.document import Document, Span
from kg.values import years

_CLAUSE = re.compile(r"[^，；：。！？\n]+[，；：。！？]?")
_RANGE = re.compile(r"(?:[-－~～]|[—–]{1,2}|至)")

_RATE = 4  # characters of the bare name of a rate
_POINTS, _TIMES = "百分点", "倍"
_LEADS_ON = re.compile(r"^[^，。；]{0,16}?[为至到成][约近]?[\d一二两三四五六七八九十零]")  # 由5天|缩短到两天


class FigureReader:
    """Reads the figures of documents with one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._counted = Counted(ontology)
        self._cue = self._counted.cue
        self._finder = IndicatorFinder(ontology)
        self._countable = Countable(self._counted)
        self._changes = ChangeReader.of(self._counted, self._finder)
        self._comparer = Comparer(self._counted, self._changes)
        self._shares = ShareReader(self._counted, self._finder)
        self._zeros = ZeroReader(self._counted)
        self._assessed = AssessedReader.of(ontology, self._counted)
        self._reached = frozenset((*ontology.words["reached"], *ontology.words["upTo"]))
        self._rate = tuple(ontology.words["rate"])
        self._former = tuple(ontology.words["formerValue"])
        self._respective = Respective.of(ontology, self._finder)

    def read(
        self, document: Document, scan: Scan, year: int | None, passages: Passages = NO_PASSAGES
    ) -> Iterator[Reading]:
        """Every figure of the document's sentences; a passage says of which year those are that name none."""
        text = scan.text
        where = list(addresses(text, self.ontology.words["addressField"]))
        figures = [
            m
            for m in scan.mentions
            if isinstance(m.detail, Figure) and not any(span.covers(m.span) for span in where)
        ]
        state = State(year=year)
        counts: list[Reading] = []
        paragraph = -1
        index = 0
        anchors = _by_sentence(scan.anchors, document.sentences)
        for number, sentence in enumerate(document.sentences):
            here = text.rfind("\n", 0, sentence.start)
            if here != paragraph:
                paragraph = here
                state = State(year=year, counts=counts, opened=len(counts))
            inside = []
            while index < len(figures) and figures[index].span.start < sentence.end:
                if figures[index].span.start >= sentence.start:
                    inside.append(figures[index])
                index += 1
            state.begin(passages.year(sentence, year), self._scope(text, sentence))
            passage = passages.at(sentence.end - 1)
            if passage is not None and passage.rule.aside:
                continue
            state.in_passage = passage is not None
            state.years = passage.rule.years if passage is not None else 1
            phrases = self._finder.phrases(anchors.get(number, ()))
            yield from self._sentence(scan, sentence, inside, state, phrases)

    def _scope(self, text: str, sentence: Span) -> str:
        whole = self._scoped("wholeScope", text, sentence)
        own = self._scoped("ownScope", text, sentence)
        return "WholeRegion" if whole and not own else "OwnBody" if own and not whole else ""

    def _nearest_scope(self, text: str, before: Span) -> str:
        """The scope of a figure in a sentence with several: that of the words before it, where these have one and no 各."""
        parted = any(self._cue["apiece"].match(text, at) for at in self._scoped("wholeScope", text, before))
        return "" if parted else self._scope(text, before)

    def _scoped(self, cue: str, text: str, span: Span) -> list[int]:
        """Where words of scope stand, but for those that a name of an assembly or the like begins with."""
        return [
            found.start()
            for found in self._cue[cue].finditer(text, span.start, span.end)
            if not self._cue["scopeInName"].match(text, found.start())
        ]

    def _sentence(
        self,
        scan: Scan,
        sentence: Span,
        figures: Sequence[Mention],
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Iterator[Reading]:
        text = scan.text
        usual = state.year
        waiting: list[tuple[Told, Span, Sequence[Mention]]] = []  # comparisons before what they are of
        for clause in _clauses(text, sentence):
            if state.in_passage and text[clause.start - 1] == "；":
                state.year = usual  # 2018年投用；新建…: a date of one task is none of the next
            inside = [
                figure
                for figure in figures
                if clause.start <= figure.span.start < clause.end and self._countable.counts(scan, figure)
            ]
            yield from self._assessed.read(scan, sentence, clause, state)
            if state.counts and self._cue["ofThose"].match(text, clause.start, clause.end):
                state.divided = state.counts[-1]
            if inside:
                told = self._settle(scan, clause, figures, state)
                if (
                    told is not None
                    and state.latest is None
                    and state.last is None
                    and state.previous is None
                ):
                    waiting.append((told, clause, inside))
                    continue
                yield from self._clause(scan, clause, sentence, inside, state, phrases)
                state.previous = None
                if waiting and state.last is not None:
                    if waiting[0][0].fits(state.last):  # 较上年的9件增加3件，共收到12件
                        for _, early, mentions in waiting:
                            yield from self._clause(scan, early, sentence, mentions, state, phrases)
                    waiting = []
                continue
            self._date(scan, clause, state)
            yield from self._zeros.read(scan, clause, state, phrases)
            if not self._cue["comparedWith"].match(text, clause.start, clause.end) and self._counted.before(
                scan, clause, ()
            ):
                state.previous = clause

    def _settle(self, scan: Scan, clause: Span, figures: Sequence[Mention], state: State) -> Told | None:
        """What a comparison tells that names nothing; the figure it is of becomes the last one again."""
        after = [figure for figure in figures if figure.span.start >= clause.start]
        told = self._comparer.told(scan, clause, after)
        if told is not None and state.previous is None:
            state.last = self._comparer.source(scan, told, state)
        return told

    def _date(self, scan: Scan, clause: Span, state: State) -> None:
        """The year of a clause without figures holds for those after it."""
        if self._cue["comparedWith"].match(scan.text, clause.start, clause.end):
            state.against = self._changes.compared(clause.of(scan.text), state.year)
            return  # 较2023年底增加1.4万
        against = self._changes.compared(clause.of(scan.text), state.year)
        if against is not None:  # 与2021年相比，公开总量增加12条
            state.against = against
            return
        named = [one for one in years(clause.of(scan.text)) if not _in_title(scan, clause.start + one[0])]
        if len(named) == 1 and not self._cue["since"].match(scan.text, clause.start + named[0][1]):
            state.year = named[0][2]

    def _clause(
        self,
        scan: Scan,
        clause: Span,
        sentence: Span,
        figures: Sequence[Mention],
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Iterator[Reading]:
        cue = self._cue["respectively"].search(scan.text, clause.start, figures[0].span.start)
        if cue is not None and len(figures) > 1:
            dated, rest = self._respective.by_year(scan, Span(clause.start, cue.start()), len(figures))
            if dated:
                yield from self._by_year(scan, sentence, clause, dated, rest, figures, state, phrases)
                return
            head = self._without_comparison(scan.text, Span(clause.start, cue.start()))
            if state.previous is not None and not self._counted.before(scan, head, ()):
                head = state.previous
            items = self._respective.items(scan, head, len(figures))
            lead = scan.text[cue.start() : figures[0].span.start]
            changes = bool(self._changes.sign(lead)) and all(map(_is_relative, figures))
            if items:
                yield from self._spread(scan, sentence, head, items, figures, state, phrases, lead)
                return
            if changes:
                return  # 三地收入分别增长5%、6%: which is whose is not said
            if all(map(_is_percent, figures)) and len(state.counts) >= len(figures):
                rate = head.of(scan.text)
                if rate.endswith(self._rate):
                    rate = rate if len(self._respective.all(scan, head)) == 1 and len(rate) <= _RATE else ""
                    yield from self._spread_rates(clause, rate, figures, state, phrases) if rate else ()
                    return
                yield from self._spread_shares(clause, figures, state)
                return
        if cue is not None and len(figures) == 1 and _is_nought(figures[0]):
            head = Span(clause.start, cue.start())
            items = self._respective.all(scan, head)
            if len(items) > 1:  # 复议、诉讼分别为0: nought of each
                yield from self._spread(
                    scan, sentence, head, items, [*figures] * len(items), state, phrases, ""
                )
                return
        yield from self._each(scan, clause, sentence, figures, state, phrases)

    def _each(
        self,
        scan: Scan,
        clause: Span,
        sentence: Span,
        figures: Sequence[Mention],
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Iterator[Reading]:
        left = clause.start
        for number, mention in enumerate(figures):
            state.enter(scan.marks, mention.span.start, sentence.start)
            stop = figures[number + 1].span.start if number + 1 < len(figures) else clause.end
            place = Place(
                scan, sentence, Span(left, mention.span.start), Span(mention.span.end, stop), phrases
            )
            items = self._apiece(scan, place.left, mention)
            if items:
                yield from self._spread(
                    scan, sentence, place.left, items, [mention] * len(items), state, phrases, ""
                )
                left = mention.span.end
                continue
            reading = self._one(mention, place, state)
            left = mention.span.end
            if reading is not None:
                reading = self._over_years(reading, place, state)
                self._remember(reading, state, scan.text)
                state.previous = None
                if not (state.in_passage and place.left.of(scan.text).endswith(self._former)):
                    yield reading  # in a review of several years the time of a former value is not told

    def _over_years(self, reading: Reading, place: Place, state: State) -> Reading:
        """The reading with the years it is for: in a review of several, a rise is over all of them, and so is 年均, 累计."""
        before = place.left.of(place.scan.text)
        year = reading.year
        if year is None or not state.in_passage or self._cue["comparedWith"].search(before):
            return reading
        yearly = bool(self._cue["yearly"].search(before))
        if yearly and reading.measure == "Change":
            reading = replace(reading, compared=None)
        if state.years == 1 or year != state.year:
            return reading
        first = year - state.years + 1
        if reading.measure == "Change" and not yearly:
            return replace(reading, compared=first - 1, since=first)
        return replace(reading, since=first) if yearly or self._cue["inAll"].search(before) else reading

    def _without_comparison(self, text: str, head: Span) -> Span:
        """A list without the words of comparison at its end (甲、乙增速|较上年|分别)."""
        found = self._cue["comparedWith"].search(text, max(head.start, head.end - 5), head.end)
        return Span(head.start, found.start()) if found is not None and found.end() == head.end else head

    def _apiece(self, scan: Scan, left: Span, mention: Mention) -> tuple[Item, ...]:
        """The items of a list that one figure is said of each: 指南、目录各|1条."""
        cue = next(
            (
                found
                for found in self._cue["apiece"].finditer(scan.text, left.start, left.end)
                if found.end() == left.end
            ),
            None,
        )
        if cue is None:
            return ()
        items = self._respective.apiece(scan, Span(left.start, cue.start()))
        rates = all(item.words.endswith(self._rate) for item in items)  # 办结率、满意率均为|100%
        return items if rates or not _is_percent(mention) else ()

    def _remember(self, reading: Reading, state: State, text: str) -> None:
        state.latest = reading
        if reading.measure == "Ratio":
            state.last_rate = reading
        if reading.measure in ("Count", "Amount"):
            if reading.year == state.year or state.last is None:
                state.last = reading
            before = text[max(0, reading.span.start - 14) : reading.span.start]
            state.counts.append(reading)
            if (
                state.whole is None
                or self._cue["total"].search(before)
                or reading.indicator.endswith("s3.new")
            ):
                state.whole = reading

    def _one(self, mention: Mention, place: Place, state: State) -> Reading | None:
        detail = mention.detail
        assert isinstance(detail, Figure)
        before = place.left.of(place.scan.text)
        base = self._base(mention, detail, place, state)
        share = self._kind(detail.unit) == "share"
        latest = state.latest
        if latest is not None and _RANGE.fullmatch(before):  # 5%—5.5%: the most is of what the least is of
            return replace(
                base.counting(latest),
                value=base.value if latest.value >= 0 else -base.value,
                measure=latest.measure,
                year=latest.year,
                compared=latest.compared,
            )
        sign = self._changes.sign(before)
        changed = latest is not None and latest.measure == "Change"
        told = (
            changed
            or state.last is not None
            or (detail.unit.endswith(_POINTS) and state.last_rate is not None)
        )
        if (
            sign
            and (share or self._changes.compares(place, state))
            and (
                told
                or (share and state.previous is not None)
                or self._counted.content(place.scan, place.left)
            )
        ):
            return self._changes.read(base, place, sign, state)
        level = self._reaches(before)
        if share and level and latest is not None and latest.measure in ("Share", "Ratio"):
            return replace(
                base.counting(latest),
                measure=latest.measure,
                whole=latest.whole,
                whole_label=latest.whole_label,
            )
        if share and level and state.last_rate is not None:
            return replace(base.counting(state.last_rate), measure="Ratio")
        if share and latest is not None and self._is_reached(before, detail.unit, latest):
            return replace(base.counting(latest), measure="Ratio")
        if share:
            return self._shares.read(base, place, state)
        if state.last is not None and self._is_earlier(base, place, state):
            year = base.year
            return replace(
                base.counting(state.last), year=year if year != state.year or year is None else year - 1
            )
        if (
            state.last is not None and level
        ):  # 由5天压缩至3.2天: of what the former value is, not of what was counted before it
            near = latest is not None and latest.measure in ("Count", "Amount")
            return base.counting(latest if latest is not None and near else state.last)
        return self._count(base, mention, place, state)

    def _is_reached(self, before: str, unit: str, latest: Reading) -> bool:
        """满意度提高2个百分点，达到|96%: the rate that a change in points leads to."""
        by_points = (
            latest.measure == "Change" and latest.unit.endswith(_POINTS) and not unit.endswith(_POINTS)
        )
        return by_points and before.strip("，、；（ ") in self._reached

    def _reaches(self, before: str) -> bool:
        """提高到, 提高到2025年的: nothing but that a value reaches another stands between two figures."""
        dated = next((start for start, end, _ in years(before) if before[end:] in ("", "的")), len(before))
        return self._cue["upTo"].fullmatch(before, 0, dated) is not None

    def _base(self, mention: Mention, detail: Figure, place: Place, state: State) -> Reading:
        left, right = place.left, place.right
        start = min(left.start, state.previous.start if state.previous else left.start)
        return Reading(
            mention.span, Span(left.start, mention.span.end), detail.value, detail.unit,
            "Amount" if self._kind(detail.unit) == "money" else "Count", detail.bound, detail.decimals, "", "", mention.span,
            state.year if detail.unit == _TIMES else self._year(place.scan, left, state), clause=Span(start, right.end),
            scope=state.scope or self._nearest_scope(place.scan.text, Span(start, mention.span.start)),
        )  # fmt: skip

    def _count(self, base: Reading, mention: Mention, place: Place, state: State) -> Reading | None:
        scan, left, right = place.scan, place.left, place.right
        scored = (
            self._assessed.score(scan, place.sentence, left, right)
            if self._kind(base.unit) == "score"
            else None
        )
        if scored is not None:
            label_ = scored.of(scan.text) + self.ontology.words["scoreNoun"][0]
            return replace(base, broader=SCORE, label=label_, label_span=scored)
        label = self._counted.label(scan, left, right, state, drop=("lastYear", "comparedWith"))
        latest = state.latest
        if (label.inherited or not label.words) and latest is not None and latest.measure == "Change":
            return replace(base.counting(latest), about=latest.about)  # 增长11%，达到282亿元
        if label.outcome and state.last is not None:
            return self._part(base, label, place, state.last)
        if label.inherited and state.last is not None:
            return replace(base.counting(state.last), about=state.last.about)
        named = self._finder.find(
            scan, left, right, state, place.phrases,
            label=self._counted.meant(label), unit=base.unit, own_words=self._counted.own_words(scan.text, left),
        )  # fmt: skip
        if not label.words and not named.indicator:
            return None
        if not named.indicator and label.span.start >= right.start:  # 收到|4件申请: the verb tells which
            known = self._finder.named(self._counted.verb(scan, left) + label.words, base.unit, place.phrases)
            named = Named(known) if known else named
        last = state.last
        if last is not None and not named.indicator and label.span.start >= right.start:
            told = self._counted.outcome(scan, right)
            part = self._part(base, told, place, last) if told is not None else None
            if part is not None and part.indicator:
                return part
        if (
            last is not None
            and self._counted.only_done(label)
            and not _is_request(last)
            and _is_request(named)
        ):
            words = label.words + self._counted.thing(last.label)  # 受理信访件9件，已办结|8件
            known = self._finder.named(words, base.unit, place.phrases)
            return replace(base, indicator=known, label=words, label_span=label.span, about=last.about)
        return replace(
            base, indicator=named.indicator, broader=named.broader, label=label.words, label_span=label.span,
            about=self._about(scan, left),
        )  # fmt: skip

    def _part(self, base: Reading, label: Label, place: Place, last: Reading) -> Reading | None:
        """A part of what was counted before, by what is told of it: 行政复议3件，其中1件|维持，2件|驳回."""
        if not label.words:
            return None
        whole = last.part_of or last
        words, thing = label.words, self._counted.thing(whole.label)
        said = words[max(0, words.find(self._counted.bare(words))) :]
        known = next(
            (
                indicator
                for name in (words, said, thing + said, said + thing)
                if (indicator := self._finder.named(name, base.unit, place.phrases, form=True))
                and indicator != whole.indicator
            ),
            "",
        )
        if not known and self._counted.only_done(label):
            said += thing  # 申请20件，15件|已办结
        return replace(
            base, indicator=known, broader="" if known else whole.indicator or whole.broader, label=said,
            label_span=label.span, evidence=Span(min(whole.evidence.start, base.evidence.start), label.span.end),
            part_of=whole,
        )  # fmt: skip

    def _is_earlier(self, base: Reading, place: Place, state: State) -> bool:
        """比去年的598件: the same thing in another year."""
        before = place.left.of(place.scan.text)
        return (
            bool(self._cue["lastYear"].search(before))
            or (
                bool(self._cue["comparedWith"].search(before))
                and base.year is not None
                and base.year != state.year
            )
        ) and not self._counted.content(place.scan, place.left)

    def _year(self, scan: Scan, left: Span, state: State) -> int | None:
        before = left.of(scan.text)
        named = [one for one in years(before) if not _in_title(scan, left.start + one[0])]
        kept = [year for _, end, year in named if not self._cue["since"].match(before, end)]
        rest = scan.text[left.end : left.end + 30]
        if not kept and state.year is not None and self._is_former(before, rest):
            return state.year - 1
        return kept[-1] if kept else state.year

    def _is_former(self, before: str, rest: str) -> bool:
        """上年的|52项, 从|72%提高到76%: the first of the two is of the year before."""
        if any(found.end() == len(before) for found in self._cue["lastYear"].finditer(before)):
            return True
        return before.endswith(self._former) and _LEADS_ON.search(rest) is not None

    def _kind(self, symbol: str) -> str:
        unit = self.ontology.vocabulary.symbol(symbol)
        return unit.kind if unit is not None else ""

    def _about(self, scan: Scan, left: Span) -> Mention | None:
        """The platform or body a figure is about: the last one named in the words before it."""
        found = None
        for mention in scan.outer:
            if (
                left.start <= mention.span.start
                and mention.span.end <= left.end
                and (isinstance(mention.detail, Phrase | AgencyName | SelfName) or self._is_platform(mention))
            ):
                found = mention
        return found

    def _is_platform(self, mention: Mention) -> bool:
        """A platform known by its name: 12345政务服务便民热线."""
        return isinstance(mention.detail, KnownName) and self.ontology.model.is_a(mention.cls, "pol:Platform")

    def _spread(
        self,
        scan: Scan,
        sentence: Span,
        head: Span,
        items: Sequence[Item],
        figures: Sequence[Mention],
        state: State,
        phrases: Sequence[IndicatorPhrase],
        lead: str,
    ) -> Iterator[Reading]:
        """A、B、C分别为1件、2件、3件: each name with its figure; what 分别 leads in (增长, 超过) holds for all of them."""
        sign = self._changes.sign(lead)
        bound = _bound_of(scan.text, figures[0])
        for item, mention in zip(items, figures, strict=True):
            place = Place(scan, sentence, item.span, Span(mention.span.end, mention.span.end), phrases)
            reading = self._one(mention, place, replace(state, previous=None, last=None, latest=None))
            if reading is None:
                continue
            if item.last != item.words or not reading.indicator:
                reading = self._respective.complete(reading, item, phrases)
            if not reading.indicator:
                reading = self._done(reading, item, lead, phrases)
            if bound and reading.bound == "Exact":
                reading = replace(reading, bound=bound)
            if sign and _is_relative(mention):
                year = reading.year
                reading = replace(
                    reading, measure="Change", value=reading.value * sign, compared=year - 1 if year else None
                )
            over = Place(scan, sentence, Span(head.start, figures[0].span.start), place.right, phrases)
            reading = self._over_years(reading, over, state)
            reading = replace(reading, evidence=Span(head.start, mention.span.end))
            self._remember(reading, state, scan.text)
            yield reading

    def _by_year(
        self,
        scan: Scan,
        sentence: Span,
        clause: Span,
        dated: Sequence[int],
        rest: Span,
        figures: Sequence[Mention],
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Iterator[Reading]:
        """2021年和2022年分别收到12件和15件: one thing, in each of several years."""
        left = Span(rest.start, figures[0].span.start)
        right = Span(figures[-1].span.end, clause.end)
        for year, mention in zip(dated, figures, strict=True):
            place = Place(scan, sentence, left, right, phrases)
            reading = self._one(mention, place, replace(state, previous=None, last=None, latest=None))
            if reading is not None:
                reading = replace(reading, year=year, evidence=Span(clause.start, mention.span.end))
                self._remember(reading, state, scan.text)
                yield reading

    def _spread_rates(
        self,
        clause: Span,
        rate: str,
        figures: Sequence[Mention],
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Iterator[Reading]:
        """建议7件、提案11件，满意率分别为100%、98.7%: a rate of each of the figures before."""
        parts = state.counts[-len(figures) :]
        for part, mention in zip(parts, figures, strict=True):
            detail = mention.detail
            assert isinstance(detail, Figure)
            label = self._counted.thing(part.label) + rate
            yield Reading(
                mention.span, Span(clause.start, mention.span.end), detail.value, detail.unit, "Ratio", detail.bound, detail.decimals,
                self._finder.named(label, detail.unit, phrases), label, mention.span, part.year, scope=state.scope, clause=clause,
            )  # fmt: skip

    def _done(self, reading: Reading, item: Item, lead: str, phrases: Sequence[IndicatorPhrase]) -> Reading:
        """The reading with what 分别 leads in, where it says what is counted (网站、微信分别|发布信息)."""
        done = self._cue["respectively"].sub("", lead, count=1)
        label = self._counted.bare(reading.label + done)
        named = self._finder.named(label, reading.unit, phrases) if done else ""
        return replace(reading, indicator=named, broader="", label=label) if named else reading

    def _spread_shares(self, clause: Span, figures: Sequence[Mention], state: State) -> Iterator[Reading]:
        """…5件、3件、2件，分别占50%、30%、20%: each share with the figure before it."""
        parts = state.counts[-len(figures) :]
        for part, mention in zip(parts, figures, strict=True):
            detail = mention.detail
            assert isinstance(detail, Figure)
            share = Reading(
                mention.span, Span(clause.start, mention.span.end), detail.value, detail.unit, "Share", detail.bound, detail.decimals,
                part.indicator, part.label, mention.span, part.year, scope=state.scope, clause=clause, broader=part.broader,
            )  # fmt: skip
            state.last = part
            yield replace(share, whole=whole_of(share, state))


def _is_request(counted: Reading | Named) -> bool:
    """Whether the form's section three counts this."""
    return counted.indicator.removeprefix(IND).startswith(("s3.", "requests."))


def _bound_of(text: str, first: Mention) -> str:
    """The bound that words before the first of several figures give to all (分别超过8万元、4万元)."""
    detail = first.detail
    assert isinstance(detail, Figure)
    return detail.bound if detail.bound != "Exact" and not text[first.span.start].isdigit() else ""


def _in_title(scan: Scan, position: int) -> bool:
    """Whether a place lies inside the title or number of something cited: its year is not that of a figure."""
    return any(m.span.start <= position < m.span.end for m in scan.outer if isinstance(m.detail, Citation))


def _is_relative(mention: Mention) -> bool:
    """Whether a figure can only say how far something rose or fell after a verb of change."""
    return _is_percent(mention) or (
        isinstance(mention.detail, Figure) and mention.detail.unit.endswith(_POINTS)
    )


def _is_nought(mention: Mention) -> bool:
    return isinstance(mention.detail, Figure) and mention.detail.value == 0


def _is_percent(mention: Mention) -> bool:
    return isinstance(mention.detail, Figure) and mention.detail.unit in ("%", "％", "‰")


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    for found in _CLAUSE.finditer(text, sentence.start, sentence.end):
        yield Span(*found.span())


def _by_sentence(anchors: dict[str, list[int]], sentences: Sequence[Span]) -> dict[int, list[str]]:
    """The anchor words of each sentence, by its index."""
    ends = sorted((end, word) for word, places in anchors.items() for end in places)
    found: dict[int, list[str]] = {}
    index = 0
    for end, word in ends:
        while index < len(sentences) and sentences[index].end < end:
            index += 1
        if index < len(sentences) and sentences[index].start < end:
            found.setdefault(index, []).append(word)
    return found
