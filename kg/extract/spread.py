"""Lists of figures: A、B分别为1件、2件, 2021年和2022年分别收到12件和15件, A、B率均为100%, 分别占50%、30%."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.change import ChangeReader
from kg.extract.counted import Counted
from kg.extract.dated import YearReader
from kg.extract.indicators import IndicatorFinder
from kg.extract.reading import Clause, Reading, State
from kg.extract.respective import Item, Respective
from kg.extract.share import whole_of
from kg.extract.single import SingleReader
from kg.match.mention import Figure, Mention
from kg.schema.ontology import Ontology
from kg.schema.phrase import IndicatorPhrase
from kg.text.document import Span

_COMMA, _STOPS, _QUOTE = "，", "，；：。", "“"
_RATE = 4  # characters of the bare name of a rate
_COMPARISON = 5  # characters of a comparison between a list and 分别


@dataclass(frozen=True, slots=True)
class SpreadReader:
    """Gives the figures of a list to what they are of one by one, with the words of one ontology."""

    counted: Counted
    finder: IndicatorFinder
    changes: ChangeReader
    respective: Respective
    single: SingleReader
    dated: YearReader

    @staticmethod
    def of(
        ontology: Ontology,
        single: SingleReader,
        finder: IndicatorFinder,
    ) -> "SpreadReader":
        """A reader that reads each figure of a list as another one reads it alone."""
        respective = Respective.of(ontology, finder)
        return SpreadReader(single.counted, finder, single.changes, respective, single, single.dated)

    def read(self, clause: Clause, state: State) -> Iterator[Reading] | None:
        """The figures of a clause with 分别; None where they stand each for itself."""
        text, figures = clause.scan.text, clause.figures
        cue = self.counted.cue["respectively"].search(text, clause.span.start, figures[0].span.start)
        if cue is None:
            return None
        head = Span(clause.span.start, cue.start())
        if len(figures) == 1:
            return self._noughts(clause, head, state)
        dated, rest = self._years(clause, head)
        if dated:
            return self._end(self._by_year(clause, dated, rest, state), clause.span.start, state, text)
        head = self._without_comparison(text, head)
        if state.previous is not None and not self.counted.before.of(clause.scan, head, ()):
            head = state.previous
        lead = text[cue.start() : figures[0].span.start]
        items = self.respective.items(clause.scan, head, len(figures))
        names = self._names_before(clause, state) if not items else ()
        if names:
            opens = names[0].span.start
            return self._end(self._by_name(clause, names, head, state), opens, state, text)
        if items:
            return self._end(
                self._kinds(self._items(clause, head, items, lead, state)), head.start, state, text
            )
        if self.changes.sign(lead) and all(map(self._is_relative, figures)):
            return self._end(self._changes_of(clause, head, state), clause.span.start, state, text)
        if not all(map(_is_percent, figures)) or len(state.counts) < len(figures):
            return None
        return self._end(self._of_counts(clause, head, state), clause.span.start, state, text)

    def _years(self, clause: Clause, head: Span) -> tuple[tuple[int, ...], Span]:
        """As many years as figures, in this clause or alone in the one before (2021年、2022年，|分别收到12件、15件)."""
        dated, rest = self.respective.by_year(clause.scan, head, len(clause.figures))
        start = clause.span.start
        if dated or start <= clause.sentence.start or clause.scan.text[start - 1] != _COMMA:
            return dated, rest
        opens = max(clause.scan.text.rfind(mark, clause.sentence.start, start - 1) for mark in _STOPS)
        before = Span(max(opens + 1, clause.sentence.start), start - 1)
        dated, behind = self.respective.by_year(clause.scan, before, len(clause.figures))
        return (dated, head) if dated and not len(behind) else ((), head)

    def _names_before(self, clause: Clause, state: State) -> tuple[Item, ...]:
        """The names that the figure before counts, where there are as many: 甲、乙、丙3个专题，|发布信息分别为37、52、61条."""
        last, count = state.last, len(clause.figures)
        if last is None or state.latest is not last or last.value != count:
            return ()
        return self.respective.items(clause.scan, Span(last.evidence.start, last.span.start), count)

    def _by_name(
        self, clause: Clause, names: Sequence[Item], head: Span, state: State
    ) -> Iterator[Reading | None]:
        """What is told of each of the names before, one by one: a kind of what the clause alone would count."""
        left = Span(head.start, clause.figures[0].span.start)
        right = Span(clause.figures[-1].span.end, clause.span.end)
        for item, mention in zip(names, clause.figures, strict=True):
            reading = self.single.read(mention, clause.place(left, right), _alone(state))
            if reading is None:
                continue
            quoted = item.words.find(_QUOTE)
            name = item.words[quoted:] if quoted >= 0 else self.counted.wording.thing(item.words)
            yield replace(
                reading,
                indicator="",
                broader=reading.indicator or reading.broader,
                label=name + reading.label,
            )

    def apiece(self, clause: Clause, left: Span, mention: Mention, state: State) -> Iterator[Reading] | None:
        """指南、目录各|1条: one figure that is said of each item of a list; None where there is none."""
        text = clause.scan.text
        cue = next(
            (
                found
                for found in self.counted.cue["apiece"].finditer(text, left.start, left.end)
                if found.end() == left.end
            ),
            None,
        )
        if cue is None:
            return None
        items = self.respective.apiece(clause.scan, Span(left.start, cue.start()))
        rates = all(item.words.endswith(self._rates) for item in items)  # 办结率、满意率均为|100%
        if not items or (_is_percent(mention) and not rates):
            return None
        each = replace(clause, figures=[mention] * len(items))
        return self._end(self._items(each, left, items, "", state), left.start, state, text)

    def _kinds(self, readings: Iterable[Reading | None]) -> list[Reading | None]:
        """Items of one list of which the vocabulary would call several the same are kinds of that (自然人、法人申请)."""
        found = list(readings)
        called = [one.indicator for one in found if one is not None and one.indicator]
        return [
            replace(one, indicator="", broader=one.indicator)
            if one is not None and called.count(one.indicator) > 1
            else one
            for one in found
        ]

    @property
    def _rates(self) -> tuple[str, ...]:
        return self.counted.ontology.words["rate"]

    def _end(
        self, readings: Iterable[Reading | None], start: int, state: State, text: str
    ) -> Iterator[Reading]:
        """Each figure rests on all of the list down to itself, and is remembered before the next is read."""
        for reading in readings:
            if reading is not None:
                told = replace(reading, evidence=Span(start, reading.span.end))
                state.remember(told, sums_up=self.counted.sums_up(text, told.span.start))
                yield told

    def _noughts(self, clause: Clause, head: Span, state: State) -> Iterator[Reading] | None:
        """复议、诉讼分别为0: nought of each."""
        nought = clause.figures[0]
        items = self.respective.all(clause.scan, head) if _figure(nought).value == 0 else ()
        if len(items) < 2:
            return None
        each = replace(clause, figures=[nought] * len(items))
        return self._end(self._items(each, head, items, "", state), head.start, state, clause.scan.text)

    def _by_year(
        self, clause: Clause, dated: Sequence[int], rest: Span, state: State
    ) -> Iterator[Reading | None]:
        """2021年和2022年分别收到12件和15件: one thing, in each of several years."""
        left = Span(rest.start, clause.figures[0].span.start)
        right = Span(clause.figures[-1].span.end, clause.span.end)
        for year, mention in zip(dated, clause.figures, strict=True):
            reading = self.single.read(mention, clause.place(left, right), _alone(state))
            yield replace(reading, year=year) if reading is not None else None

    def _items(
        self, clause: Clause, head: Span, items: Sequence[Item], lead: str, state: State
    ) -> Iterator[Reading | None]:
        """A、B、C分别为1件、2件、3件: each name with its figure; what 分别 leads in (增长, 超过) holds for all of them."""
        figures, text = clause.figures, clause.scan.text
        sign, bound = self.changes.sign(lead), _bound_of(text, figures[0])
        for item, mention in zip(items, figures, strict=True):
            place = clause.place(item.span, Span(mention.span.end, mention.span.end))
            reading = self.single.read(mention, place, _alone(state))
            if reading is None:
                continue
            reading = self._completed(reading, item, lead, clause.phrases)
            if bound and reading.bound == "Exact":
                reading = replace(reading, bound=bound)
            lead_in = self._own_lead(clause, mention)
            sign = self.changes.sign(lead_in.of(text)) if lead_in is not None else sign
            if sign and self._is_relative(mention):
                year = reading.year
                reading = replace(
                    reading, measure="Change", value=reading.value * sign, compared=year - 1 if year else None
                )
            over = clause.place(Span(head.start, figures[0].span.start), place.right)
            yield self.dated.over(reading, over, state)

    def _completed(
        self, reading: Reading, item: Item, lead: str, phrases: Sequence[IndicatorPhrase]
    ) -> Reading:
        """The reading of an item with what it shares with the others of its list."""
        if item.last != item.words or not reading.indicator:
            reading = self.respective.complete(reading, item, phrases)
        return reading if reading.indicator else self._done(reading, lead, phrases)

    def _done(self, reading: Reading, lead: str, phrases: Sequence[IndicatorPhrase]) -> Reading:
        """The reading with what 分别 leads in, where it says what is counted (网站、微信分别|发布信息)."""
        done = self.counted.cue["respectively"].sub("", lead, count=1)
        label = self.counted.wording.bare(reading.label + done)
        named = self.finder.named(label, reading.unit, phrases) if done else ""
        return replace(reading, indicator=named, broader="", label=label) if named else reading

    def _of_counts(self, clause: Clause, head: Span, state: State) -> Iterator[Reading]:
        """Percentages of the figures before them, one by one: 满意率分别为100%、98.7%; else 分别占50%、30%、20%."""
        name = head.of(clause.scan.text)
        rate = name.endswith(self._rates)
        if rate and (len(self.respective.all(clause.scan, head)) != 1 or len(name) > _RATE):
            return
        parts = state.counts[-len(clause.figures) :]
        for part, mention in zip(parts, clause.figures, strict=True):
            detail = _figure(mention)
            of_part = Reading(
                mention.span, mention.span, detail.value, detail.unit, "Ratio" if rate else "Share", detail.bound, detail.decimals,
                part.indicator, part.label, mention.span, part.year, scope=state.scope, clause=clause.span, broader=part.broader,
            )  # fmt: skip
            if rate:
                label = self.counted.wording.thing(part.label) + name
                known = self.finder.named(label, detail.unit, clause.phrases)
                yield replace(of_part, indicator=known, label=label, broader="")
                continue
            state.last = part
            yield replace(of_part, whole=whole_of(of_part, state))

    def _changes_of(self, clause: Clause, head: Span, state: State) -> Iterator[Reading | None]:
        """How far each count of the clause before, or of the sentence, rose or fell: 接待156批次312人次，|同比分别下降12.3%和9.8%.

        None where the clause names others (三地收入|分别增长5%、6%): which is whose is not said.
        """
        text, opens = clause.scan.text, clause.span.start - 1
        before = max(text.rfind(mark, 0, opens) for mark in _STOPS)
        told = state.counts[state.opened :]
        near = [one for one in told if one.span.start > before]
        inside = near if len(near) == len(clause.figures) else told
        own = self.counted.before.of(clause.scan, head, ("comparedWith", "lastYear")) if len(head) else None
        if own is not None or len(inside) != len(clause.figures):
            return
        left = Span(clause.span.start, clause.figures[0].span.start)
        for part, mention in zip(inside, clause.figures, strict=True):
            left = self._own_lead(clause, mention) or left
            place = clause.place(left, Span(mention.span.end, mention.span.end))
            yield self.single.read(mention, place, replace(_alone(state), last=part, latest=part))

    def _own_lead(self, clause: Clause, mention: Mention) -> Span | None:
        """The words right before a figure of a list where these have a verb of change of their own: 分别增长10%和|下降20%."""
        before = [one for one in clause.figures if one.span.end <= mention.span.start]
        own = Span(before[-1].span.end if before else mention.span.start, mention.span.start)
        return own if self.changes.sign(own.of(clause.scan.text)) else None

    def _without_comparison(self, text: str, head: Span) -> Span:
        """A list without the words of comparison at its end (甲、乙增速|较上年|分别)."""
        found = self.counted.cue["comparedWith"].search(
            text, max(head.start, head.end - _COMPARISON), head.end
        )
        return Span(head.start, found.start()) if found is not None and found.end() == head.end else head

    def _is_relative(self, mention: Mention) -> bool:
        """Whether a figure can only say how far something rose or fell after a verb of change."""
        return _is_percent(mention) or self.counted.in_points(_figure(mention).unit)


def _alone(state: State) -> State:
    """What holds for a figure of a list: nothing of the figures and clauses before it."""
    return replace(state, previous=None, last=None, latest=None)


def _bound_of(text: str, first: Mention) -> str:
    """The bound that words before the first of several figures give to all (分别超过8万元、4万元)."""
    bound = _figure(first).bound
    return bound if bound != "Exact" and not text[first.span.start].isdigit() else ""


def _figure(mention: Mention) -> Figure:
    detail = mention.detail
    assert isinstance(detail, Figure)
    return detail


def _is_percent(mention: Mention) -> bool:
    return _figure(mention).unit in ("%", "％", "‰")
