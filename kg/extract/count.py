"""Figures that say how many or how much: what each counts, by the vocabulary or in words of its own."""

from dataclasses import dataclass, replace

from kg.extract.assessed import SCORE, AssessedReader
from kg.extract.counted import Counted, Label
from kg.extract.indicators import IndicatorFinder, Named
from kg.extract.reading import Place, Reading, State
from kg.extract.share import REQUESTS
from kg.match.mention import AgencyName, KnownName, Mention, Phrase, SelfName
from kg.match.scan import Scan
from kg.terms import IND, expand
from kg.text.document import Span

_CASES = "s4."
_OFFICE = expand("pol:GovernmentOffice")
_JOINS = ("、", "和", "及", "与", "以及")
_RECEIVED = IND + "s3.new"


@dataclass(frozen=True, slots=True)
class CountReader:
    """Reads counts and amounts, with the words of one ontology."""

    counted: Counted
    finder: IndicatorFinder
    assessed: AssessedReader

    def read(self, base: Reading, place: Place, state: State) -> Reading | None:
        """The figure with what it counts; None where nothing says so."""
        scan, left, right = place.scan, place.left, place.right
        scored = self._score(base, place)
        if scored is not None:
            return scored
        label = self.counted.label(scan, left, right, state, drop=("lastYear", "comparedWith"))
        latest, last = state.latest, state.last
        if (label.inherited or not label.words) and latest is not None and latest.measure == "Change":
            return replace(base.counting(latest), about=latest.about)  # 增长11%，达到282亿元
        if label.outcome and last is not None:
            whole = (
                state.counts[state.opened]
                if self.counted.is_rest(scan.text, left) and state.opened < len(state.counts)
                else last
            )
            return self._part(base, label, place, whole)
        if label.inherited and last is not None:
            return self._same(base, place, last)
        named = self._named(base, place, label, state)
        rate = self.counted.per_time(scan.text, left)
        own = any(one.indicator == named.indicator and rate in one.text for one in place.phrases)
        if rate and named.indicator and label.words and not own:
            words = label.words if rate in label.words else rate + label.words
            return replace(
                base,
                indicator="",
                broader=named.indicator,
                label=words,
                label_span=label.span,
                about=self._about(scan, left),
            )  # 日均接听120个: no count of the year
        if not label.words and not named.indicator:
            return None
        if last is not None and not named.indicator and label.span.start >= right.start:
            told = self.counted.outcome(scan, right)
            part = self._part(base, told, place, last) if told is not None else None
            if part is not None and part.indicator:
                return part
        case = _case(state) if last is not None and not named.indicator else None
        if case is not None:
            words = self.counted.object(case.label) + label.words  # 行政复议5件（维持3件、|尚未审结1件）
            known = self.finder.named(words, base.unit, place.phrases, form=True)
            if known.startswith(IND + _CASES) and known != case.indicator:
                return replace(base, indicator=known, label=label.words, label_span=label.span)
        here = label.span.end > left.start  # 已全部办结，上年结转|2件: said of another figure
        if last is not None and here and self.counted.only_done(label.words):
            done = self._done(base, label, place, _whole(last, state), named)
            if done is not None:
                return done
        own = last is not None and base.scope == "OwnBody" and last.scope == "WholeRegion"
        if own and last is not None and not named.indicator and self.counted.only_level(label.words):
            return replace(
                base.counting(last), label=label.words, label_span=label.span
            )  # 全市61件，其中市本级|22件
        below = "" if named.indicator else self.counted.below(label.words)
        if below and last is not None and last.unit == base.unit:
            whole = state.divided or last.part_of or last  # 其中市本级22件，县（市、区）|39件
            return replace(
                base, broader=whole.indicator or whole.broader, label=below + self.counted.thing(whole.label),
                label_span=label.span, part_of=whole,
            )  # fmt: skip
        return replace(
            base, indicator=named.indicator, broader=named.broader, label=label.words, label_span=label.span,
            about=self._about(scan, left),
        )  # fmt: skip

    def _is_rest(self, label: Label) -> bool:
        return label.words.startswith(self.counted.ontology.words["remainder"])

    def _same(self, base: Reading, place: Place, last: Reading) -> Reading:
        """What the figure before counts; in another unit it may be something else of the same words (培训2次|56人)."""
        same = replace(base.counting(last), about=last.about)
        if not last.indicator or self.finder.counts(last.indicator, base.unit):
            return same
        label = self.counted.object(last.label) or last.label
        known = self.finder.named(label, base.unit, place.phrases)
        return replace(same, indicator=known, broader="" if known else last.indicator)

    def _done(self, base: Reading, label: Label, place: Place, last: Reading, named: Named) -> Reading | None:
        """What was done to what the figure before counts: 受理信访件9件，已办结|8件; 规章2件，废止|1件."""
        thing = self.counted.object(last.label)
        outcome = _asked(last) and last.indicator != _RECEIVED  # 上年结转2件，办结|9件: not of these 2
        if not thing or outcome or last.unit != base.unit:
            return None
        words = label.words + thing
        known = self.finder.named(self.counted.bare(words), base.unit, place.phrases)
        if _asked(named) and not _asked(last):
            if not known and not self.counted.is_verb(label.words):
                return None  # 予以公开|3件: no words for anything but requests
        elif known in ("", last.indicator, self.finder.named(thing, base.unit, place.phrases)):
            known = named.indicator
        about = self._about(place.scan, place.left) or last.about
        return replace(
            base, indicator=known, broader="" if known else named.broader, label=words, label_span=label.span, about=about
        )  # fmt: skip

    def _score(self, base: Reading, place: Place) -> Reading | None:
        """A bare score, of the assessment that the words name."""
        ontology = self.counted.ontology
        if ontology.vocabulary.kind(base.unit) != "score":
            return None
        scored = self.assessed.score(place.scan, place.sentence, place.left, place.right)
        if scored is None:
            return None
        label = scored.of(place.scan.text) + ontology.words["scoreNoun"][0]
        return replace(base, broader=SCORE, label=label, label_span=scored)

    def _named(self, base: Reading, place: Place, label: Label, state: State) -> Named:
        """What the vocabulary calls what a figure counts."""
        scan, left, right = place.scan, place.left, place.right
        named = self.finder.find(
            scan, left, right, state, place.phrases,
            label=self.counted.meant(label), unit=base.unit, own_words=self.counted.own_words(scan.text, left),
        )  # fmt: skip
        if not named.indicator and label.words and label.span.start >= right.start:
            known = self.finder.named(self.counted.verb(scan, left) + label.words, base.unit, place.phrases)
            return Named(known) if known else named  # 收到|4件申请: the verb tells which
        return named

    def _part(self, base: Reading, label: Label, place: Place, last: Reading) -> Reading | None:
        """A part of what was counted before, by what is told of it: 行政复议3件，其中1件|维持，2件|驳回."""
        if not label.words:
            return None
        whole = last.part_of or last
        words, thing = label.words, self.counted.thing(whole.label)
        rest = self._is_rest(label)
        said = words if rest else words[max(0, words.find(self.counted.bare(words))) :]
        known = next(
            (
                indicator
                for name in (words, said, thing + said, said + thing)
                if (indicator := self.finder.named(name, base.unit, place.phrases, form=True))
                and indicator != whole.indicator
            ),
            "",
        )
        if not known and not rest and self.counted.only_done(words):
            said += thing  # 申请20件，15件|已办结
        return replace(
            base, indicator=known, broader="" if known else whole.indicator or whole.broader, label=said,
            label_span=label.span, evidence=Span(min(whole.evidence.start, base.evidence.start), label.span.end),
            part_of=whole,
        )  # fmt: skip

    def _about(self, scan: Scan, left: Span) -> Mention | None:
        """The platform or body a figure is about: the last one named in the words before it."""
        found = None
        for mention in scan.outer:
            if (
                left.start <= mention.span.start
                and mention.span.end <= left.end
                and (isinstance(mention.detail, Phrase | AgencyName | SelfName) or self._is_platform(mention))
            ):
                joined = found is not None and scan.text[found.span.end : mention.span.start] in _JOINS
                both = joined and mention.cls == _OFFICE
                found = None if both else mention  # 市政府及市政府办公室: of neither alone
        return found

    def _is_platform(self, mention: Mention) -> bool:
        """A platform known by its name: 12345政务服务便民热线."""
        return isinstance(mention.detail, KnownName) and self.counted.ontology.model.is_a(
            mention.cls, "pol:Platform"
        )


def _whole(last: Reading, state: State) -> Reading:
    """What something was done to: a part's whole; behind an outcome of requests (上年结转2件，办结|9件) those received."""
    received = [one for one in state.counts[state.opened :] if one.indicator == _RECEIVED]
    return received[-1] if received and _asked(last) else last.part_of or last


def _case(state: State) -> Reading | None:
    """The reviews or suits that a sentence began to count, where the figure before is of them too."""
    told = state.counts[state.opened :]
    cases = [one for one in told if one.indicator.startswith(IND + _CASES)]
    return cases[0] if cases and cases[0] is told[0] and cases[-1] is told[-1] else None


def _asked(counted: Reading | Named) -> bool:
    """Whether the form's section three counts this."""
    return counted.indicator.removeprefix(IND).startswith(REQUESTS)
