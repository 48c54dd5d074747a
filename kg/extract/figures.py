"""Figures of the running text: what each counts, of which kind it is, for which year and scope."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.counted import Counted, clean, either, trim
from kg.extract.passages import NO_PASSAGES, Passages
from kg.extract.reading import Reading, State
from kg.match.mention import AgencyName, Citation, Figure, KnownName, Mention, Phrase, SelfName
from kg.match.scan import Scan
from kg.schema.ontology import Ontology
from kg.schema.phrase import IndicatorPhrase
from kg.text.document import Document, Span
from kg.values import years

_CLAUSE = re.compile(r"[^，；：。！？\n]+[，；：。！？]?")
_COORDINATE = re.compile(r"、|和|与|及|以及")


class FigureReader:
    """Reads the figures of documents with one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._counted = Counted(ontology)
        self._cue = self._counted.cue
        self._not_figure = either(ontology.words["notFigure"])
        self._phrases: dict[str, list[IndicatorPhrase]] = {}
        self._free: list[IndicatorPhrase] = []
        for phrase in ontology.phrases:
            for anchor in phrase.anchors:
                self._phrases.setdefault(anchor, []).append(phrase)
            if not phrase.anchors:
                self._free.append(phrase)

    def read(
        self, document: Document, scan: Scan, year: int | None, passages: Passages = NO_PASSAGES
    ) -> Iterator[Reading]:
        """Every figure of the document's sentences; a passage says of which year those are that name none."""
        text = scan.text
        figures = [m for m in scan.mentions if isinstance(m.detail, Figure)]
        state = State(year=year)
        counts: list[Reading] = []
        paragraph = -1
        index = 0
        anchors = _by_sentence(scan.anchors, document.sentences)
        for number, sentence in enumerate(document.sentences):
            here = text.rfind("\n", 0, sentence.start)
            if here != paragraph:
                paragraph = here
                state = State(year=year, counts=counts)
            inside = []
            while index < len(figures) and figures[index].span.start < sentence.end:
                if figures[index].span.start >= sentence.start:
                    inside.append(figures[index])
                index += 1
            yield from self._sentence(
                scan,
                sentence,
                inside,
                state,
                passages.year(sentence, year),
                self._candidates(anchors.get(number, ())),
            )

    def _candidates(self, anchors: Iterable[str]) -> list[IndicatorPhrase]:
        found: dict[int, IndicatorPhrase] = {}
        for anchor in anchors:
            for phrase in self._phrases.get(anchor, ()):
                found.setdefault(id(phrase), phrase)
        return [*found.values(), *self._free]

    def _sentence(
        self,
        scan: Scan,
        sentence: Span,
        figures: Sequence[Mention],
        state: State,
        year: int | None,
        phrases: Sequence[IndicatorPhrase],
    ) -> Iterator[Reading]:
        text = scan.text
        state.year = year
        state.previous = None
        state.last = None
        whole = self._cue["wholeScope"].search(text, sentence.start, sentence.end)
        own = self._cue["ownScope"].search(text, sentence.start, sentence.end)
        state.scope = "WholeRegion" if whole and not own else "OwnBody" if own and not whole else ""
        for clause in _clauses(text, sentence):
            named = [one for one in years(clause.of(text)) if not _in_title(scan, clause.start + one[0])]
            inside = [
                f for f in figures if clause.start <= f.span.start < clause.end and self._counts(text, f)
            ]
            if not inside:
                if len(named) == 1 and not self._cue["since"].match(text, clause.start + named[0][1]):
                    state.year = named[0][2]
                yield from self._zeros(scan, clause, sentence, state, phrases)
                if not self._cue["comparedWith"].match(text, clause.start, clause.end):
                    state.previous = clause
                continue
            spread = self._cue["respectively"].search(text, clause.start, inside[0].span.start)
            readings = (
                self._spread(scan, clause, sentence, inside, state, phrases, spread)
                if spread and len(inside) > 1
                else self._each(scan, clause, sentence, inside, state, phrases)
            )
            yield from readings
            state.previous = None

    def _counts(self, text: str, mention: Mention) -> bool:
        found = self._not_figure.search(text, max(0, mention.span.start - 6), mention.span.end + 4)
        while found:
            if (
                found.start() <= mention.span.start
                and found.end() >= mention.span.end - 1
                and found.end() > mention.span.start
            ):
                return False
            found = self._not_figure.search(text, found.start() + 1, mention.span.end + 4)
        detail = mention.detail
        assert isinstance(detail, Figure)
        end = mention.span.end
        if self._cue["partNoun"].match(text, end) or self._is_deadline(text, mention, detail):
            return False
        return bool(detail.unit) or self._bare_counts(text, mention)

    def _is_deadline(self, text: str, mention: Mention, detail: Figure) -> bool:
        """每两周, 20个工作日内: how often or how long something may take is no count."""
        unit = self.ontology.vocabulary.symbol(detail.unit)
        if unit is None or unit.kind != "time":
            return False
        before = text[max(0, mention.span.start - 1) : mention.span.start]
        return (
            bool(self._cue["every"].search(before))
            or detail.bound == "AtMost"
            or bool(self._cue["within"].match(text, mention.span.end))
        )

    def _bare_counts(self, text: str, mention: Mention) -> bool:
        """A number without a unit is a figure only after a word of total or is, and before a mark."""
        after = text[mention.span.end : mention.span.end + 1]
        before = text[max(0, mention.span.start - 4) : mention.span.start]
        return after in "，。；、）" and bool(self._cue["bareLead"].search(before))

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
            reading = self._one(
                scan,
                mention,
                Span(left, mention.span.start),
                Span(mention.span.end, stop),
                sentence,
                state,
                phrases,
            )
            left = mention.span.end
            if reading is not None:
                self._remember(reading, state, scan.text)
                yield reading

    def _remember(self, reading: Reading, state: State, text: str) -> None:
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

    def _one(
        self,
        scan: Scan,
        mention: Mention,
        left: Span,
        right: Span,
        sentence: Span,
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Reading | None:
        text = scan.text
        detail = mention.detail
        assert isinstance(detail, Figure)
        before = left.of(text)
        year = self._year(scan, left, state)
        unit = detail.unit
        percent = unit in ("%", "％", "‰") or unit.startswith("个百分点")
        sign = self._direction(before, right.of(text))
        base = Reading(
            mention.span, Span(left.start, mention.span.end), detail.value, unit, "Count", detail.bound, detail.decimals, "", "",
            mention.span, year, scope=state.scope,
            clause=Span(min(left.start, state.previous.start if state.previous else left.start), right.end),
        )  # fmt: skip
        if (
            sign
            and (percent or self._compares(text, sentence, left))
            and (state.last is not None or self._counted.content(scan, left))
        ):
            return self._change(base, scan, left, sign, state, phrases)
        if percent and state.last_rate is not None and self._cue["upTo"].fullmatch(before):
            rate = state.last_rate
            return replace(
                base, measure="Ratio", indicator=rate.indicator, label=rate.label, label_span=rate.label_span
            )
        if percent:
            return self._part(base, scan, left, right, state, phrases)
        if (
            (
                self._cue["lastYear"].search(before)
                or (self._cue["comparedWith"].search(before) and year is not None and year != state.year)
            )
            and state.last is not None
            and not self._counted.content(scan, left)
        ):
            shifted = year if year != state.year or year is None else year - 1
            return replace(
                base,
                indicator=state.last.indicator,
                label=state.last.label,
                label_span=state.last.label_span,
                year=shifted,
            )
        label, label_span = self._counted.label(scan, left, right, state)
        indicator = self._counted.indicator(text, left, right, mention, phrases, state)
        if state.last is not None and self._cue["upTo"].fullmatch(before):
            label, label_span, indicator = state.last.label, state.last.label_span, state.last.indicator
        if not label and not indicator:
            return None
        return replace(
            base, indicator=indicator, label=label, label_span=label_span, measure="Amount" if self._money(unit) else "Count",
            about=self._about(scan, left),
        )  # fmt: skip

    def _year(self, scan: Scan, left: Span, state: State) -> int | None:
        before = left.of(scan.text)
        named = [one for one in years(before) if not _in_title(scan, left.start + one[0])]
        kept = [year for _, end, year in named if not self._cue["since"].match(before, end)]
        return kept[-1] if kept else state.year

    def _direction(self, before: str, after: str) -> int:
        """1 for a rise, -1 for a fall, 0 where the figure is none of both; the verb stands before or right after."""
        near = before[-8:]
        rises = [m.end() for m in self._cue["rise"].finditer(near)]
        falls = [m.end() for m in self._cue["fall"].finditer(near)]
        best = max([*rises, *falls], default=-1)
        if best < 0 or (
            best < len(near) - 2
            and near[best:] not in ("了", "至", "到", "约", "近", "超", "幅度为", "率为", "超过", "幅为")
        ):
            return 0
        if near[best:] in ("至", "到"):
            return 0
        return -1 if best in falls and best not in rises else 1

    def _compares(self, text: str, sentence: Span, left: Span) -> bool:
        window = text[max(sentence.start, left.start - 12) : left.end]
        return bool(self._cue["comparedWith"].search(window))

    def _change(
        self,
        base: Reading,
        scan: Scan,
        left: Span,
        sign: int,
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Reading | None:
        named = [y for _, _, y in years(left.of(scan.text))]
        compared = next((y for y in named if state.year is not None and y < state.year), None)
        year = next((y for y in named if y != compared), None) or state.year
        if compared is None and year is not None:
            compared = year - 1
        source = state.last_rate or state.last if base.unit.endswith("百分点") else state.last
        label, span = self._counted.label(
            scan, left, Span(left.end, left.end), state, drop=("rise", "fall", "comparedWith")
        )
        indicator = self._counted.indicator(scan.text, left, Span(left.end, left.end), None, phrases, state)
        if source is not None and (not label or len(label) < 2 or source.label.endswith(label)):
            label, span, indicator = source.label, source.label_span, source.indicator
        if not label and not indicator:
            return None
        return replace(
            base, value=base.value * sign, measure="Change", indicator=indicator, label=label, label_span=span, year=year, compared=compared,
        )  # fmt: skip

    def _part(
        self,
        base: Reading,
        scan: Scan,
        left: Span,
        right: Span,
        state: State,
        phrases: Sequence[IndicatorPhrase],
    ) -> Reading | None:
        """A percentage that is no change: a share of a whole, or a rate."""
        text = scan.text
        before = left.of(text)
        cue = next(reversed(list(self._cue["shareOf"].finditer(before))), None)
        if cue is not None:
            head = Span(left.start, left.start + cue.start())
            inner = trim(before[cue.end() :], self._counted.filler)
            label, span = self._counted.label(scan, head, Span(head.end, head.end), state)
            if not label and state.last is not None:
                label, span, indicator = state.last.label, state.last.label_span, state.last.indicator
            else:
                indicator = self._counted.indicator(
                    text, head, Span(head.end, head.end), None, phrases, state
                )
            if not label and not indicator:
                return None
            whole = self._whole(base, state)
            return replace(
                base,
                measure="Share",
                indicator=indicator,
                label=label,
                label_span=span,
                whole=whole,
                whole_label=inner,
            )
        label, span = self._counted.label(scan, left, right, state)
        if not label:
            return None
        indicator = self._counted.indicator(text, left, right, None, phrases, state)
        return replace(base, measure="Ratio", indicator=indicator, label=label, label_span=span)

    def _whole(self, share: Reading, state: State) -> Reading | None:
        """What a share is of: the figure nearest before it that makes the sum come out, else the last total."""
        part = state.last
        if part is None or not share.value:
            return state.whole
        margin = Decimal(1).scaleb(-share.decimals) * Decimal("0.51")
        for whole in reversed(state.counts[-40:]):
            if (
                whole is part
                or whole.unit != part.unit
                or whole.value < part.value
                or not whole.value
                or whole.year != part.year
            ):
                continue
            if abs(part.value * 100 / whole.value - share.value) <= margin:
                return whole
        if state.whole is not None and state.whole is not part and state.whole.value >= part.value:
            return state.whole
        return None

    def _money(self, symbol: str) -> bool:
        unit = self.ontology.vocabulary.symbol(symbol)
        return unit is not None and unit.kind == "money"

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

    # lists and zeros

    def _spread(
        self, scan: Scan, clause: Span, sentence: Span, figures: Sequence[Mention], state: State, phrases: Sequence[IndicatorPhrase],
        cue: re.Match[str],
    ) -> Iterator[Reading]:  # fmt: skip
        """A、B、C分别为1件、2件、3件: each name with its figure."""
        text = scan.text
        head = Span(clause.start, cue.start())
        if state.previous is not None and not self._counted.before(scan, head, ()):
            head = state.previous
        names: list[Span] = []
        position = head.start
        for join in _COORDINATE.finditer(text, head.start, head.end):
            names.append(Span(position, join.start()))
            position = join.end()
        names.append(Span(position, head.end))
        if (
            len(names) != len(figures)
            and all(_is_percent(figure) for figure in figures)
            and len(state.counts) >= len(figures)
        ):
            parts = state.counts[-len(figures) :]
            for part, mention in zip(parts, figures, strict=True):
                detail = mention.detail
                assert isinstance(detail, Figure)
                share = Reading(
                    mention.span, Span(clause.start, mention.span.end), detail.value, detail.unit, "Share", detail.bound, detail.decimals,
                    part.indicator, part.label, mention.span, part.year, scope=state.scope, clause=clause,
                )  # fmt: skip
                state.last = part
                yield replace(share, whole=self._whole(share, state))
            return
        if len(names) != len(figures):
            yield from self._each(scan, clause, sentence, figures, state, phrases)
            return
        for name, mention in zip(names, figures, strict=True):
            reading = self._one(
                scan,
                mention,
                name,
                Span(mention.span.end, mention.span.end),
                sentence,
                replace(state, previous=None),
                phrases,
            )
            if reading is not None:
                reading = replace(reading, evidence=Span(head.start, mention.span.end))
                self._remember(reading, state, text)
                yield reading

    def _zeros(
        self, scan: Scan, clause: Span, sentence: Span, state: State, phrases: Sequence[IndicatorPhrase]
    ) -> Iterator[Reading]:
        """未收到申请: the figure of what did not happen is nought."""
        text = scan.text
        cue = self._cue["zero"].search(text, clause.start, clause.end)
        if cue is None:
            return
        found: dict[str, tuple[int, Span]] = {}
        for phrase in phrases:
            known = self.ontology.vocabulary.indicators[phrase.indicator]
            if known.measure.endswith("Ratio") or (
                phrase.barred is not None
                and not known.notation.startswith(("s3.", "s4."))
                and phrase.barred.search(clause.of(text))
            ):
                continue
            for match in phrase.regex.finditer(text, clause.start, clause.end):
                span = Span(*match.span())
                if span.end <= cue.start() and not cue[0].endswith("零"):
                    continue
                if phrase.indicator not in found or len(span) > len(found[phrase.indicator][1]):
                    found[phrase.indicator] = (len(span), span)
        suits = any(self.ontology.vocabulary.indicators[one].notation.startswith("s4") for one in found)
        if suits:  # 无因申请引发的诉讼: the applications are there, the suits are not
            found = {
                one: place
                for one, place in found.items()
                if not self.ontology.vocabulary.indicators[one].notation.startswith("s3")
            }
        kept: list[tuple[str, Span]] = []
        for indicator, (_, span) in sorted(found.items(), key=lambda item: (-item[1][0], item[0])):
            if not any(other.overlaps(span) for _, other in kept):
                kept.append((indicator, span))
        for indicator, span in sorted(kept, key=lambda item: item[1]):
            known = self.ontology.vocabulary.indicators[indicator]
            unit = next(
                (
                    u.symbols[0]
                    for u in [self.ontology.vocabulary.units.get(known.unit)]
                    if u is not None and u.symbols
                ),
                "",
            )
            evidence = Span(min(cue.start(), span.start), max(cue.end(), span.end))
            yield Reading(
                evidence, evidence, Decimal(0), unit, "Amount" if self._money(unit) else "Count", "Exact", 0, indicator,
                clean(span.of(text)), span, state.year, scope=state.scope, clause=clause,
            )  # fmt: skip


def _in_title(scan: Scan, position: int) -> bool:
    """Whether a place lies inside the title or number of something cited: its year is not that of a figure."""
    return any(m.span.start <= position < m.span.end for m in scan.outer if isinstance(m.detail, Citation))


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
