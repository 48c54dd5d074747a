"""Figures that say how many or how much: what each counts, by the vocabulary or in words of its own."""

from dataclasses import dataclass, replace

from kg.extract.assessed import SCORE, AssessedReader
from kg.extract.channel import ChannelReader
from kg.extract.counted import Counted, Label
from kg.extract.indicators import IndicatorFinder, Named
from kg.extract.reading import Place, Reading, State
from kg.extract.share import REQUESTS
from kg.extract.wording import Wording
from kg.match.mention import AgencyName, KnownName, Mention, Phrase, SelfName
from kg.match.scan import Scan
from kg.terms import IND, expand
from kg.text.document import Span

_CASES = "s4."
_DECISIONS = (IND + "s2.5.", IND + "s2.6.")
_OFFICE = expand("pol:GovernmentOffice")
_RECEIVED = IND + "s3.new"


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with the words of its own and what the vocabulary calls these."""

    base: Reading
    label: Label
    named: Named
    place: Place
    state: State

    def labelled(self, words: str) -> Reading:
        """The reading under these words, which stand where the label does."""
        return replace(self.base, label=words, label_span=self.label.span)


@dataclass(frozen=True, slots=True)
class CountReader:
    """Reads counts and amounts, with the words of one ontology."""

    counted: Counted
    finder: IndicatorFinder
    assessed: AssessedReader
    channels: ChannelReader

    @property
    def wording(self) -> Wording:
        """The words of labels, taken apart."""
        return self.counted.wording

    def read(self, base: Reading, place: Place, state: State) -> Reading | None:
        """The figure with what it counts, and of whom; None where nothing says so."""
        told = self._told(base, place, state)
        return self.channels.whose(told, place, state) if told is not None else None

    def _told(self, base: Reading, place: Place, state: State) -> Reading | None:
        scored = self._score(base, place)
        if scored is not None:
            return scored
        label = self.counted.label(
            place.scan, place.left, place.right, state, drop=("lastYear", "comparedWith")
        )
        wordless = self._wordless(base, label, place, state)
        if wordless is not None:
            return wordless
        named = self._named(base, place, label, state)
        if not label.words and not named.indicator:
            return None
        told = _Told(base, label, named, place, state)
        for case in (
            self._per_time,
            self._decided,
            self._told_behind,
            self._of_case,
            self._done,
            self._own_level,
            self._below,
        ):
            found = case(told)
            if found is not None:
                return found
        about = self._about(place.scan, place.left)
        return replace(
            told.labelled(label.words), indicator=named.indicator, broader=named.broader, about=about
        )

    def _wordless(self, base: Reading, label: Label, place: Place, state: State) -> Reading | None:
        """A figure without words of its own before it: what the figures before count, or a part of that."""
        latest, last = state.latest, state.last
        if (label.inherited or not label.words) and latest is not None and latest.measure == "Change":
            return replace(base.counting(latest), about=latest.about)  # 增长11%，达到282亿元
        if label.outcome and last is not None:
            opened = state.counts[state.opened :]
            rest = self.counted.is_rest(place.scan.text, place.left)
            return self._part(base, label, place, opened[0] if rest and opened else last)
        if not label.inherited or last is None:
            return None
        return self._total(base, place, state) or self._same(base, place, last)

    def _per_time(self, told: "_Told") -> Reading | None:
        """日均接听120个: no count of the year."""
        label, named = told.label, told.named
        rate = self.counted.per_time(told.place.scan.text, told.place.left)
        own = any(one.indicator == named.indicator and rate in one.text for one in told.place.phrases)
        if not rate or not named.indicator or not label.words or own:
            return None
        words = label.words if rate in label.words else rate + label.words
        about = self._about(told.place.scan, told.place.left)
        return replace(told.labelled(words), indicator="", broader=named.indicator, about=about)

    def _decided(self, told: "_Told") -> Reading | None:
        """Decisions of another kind that share the verb of those before: 作出行政许可1203件，行政处罚|56件."""
        last, words = told.state.last, told.label.words
        decided = last is not None and last.indicator.startswith(_DECISIONS)
        if not decided or told.named.indicator or not words or self.wording.object(words) not in ("", words):
            return None
        verb = self.counted.ontology.words["decides"][0]
        known = self.finder.named(verb + words, told.base.unit, told.place.phrases, form=True)
        return replace(told.labelled(words), indicator=known) if known.startswith(_DECISIONS) else None

    def _told_behind(self, told: "_Told") -> Reading | None:
        """A part by what the vocabulary knows of the words behind it: 行政复议3件，其中1件|维持."""
        last, place = told.state.last, told.place
        if last is None or told.named.indicator or told.label.span.start < place.right.start:
            return None
        outcome = self.counted.outcome(place.scan, place.right)
        part = self._part(told.base, outcome, place, last) if outcome is not None else None
        return part if part is not None and part.indicator else None

    def _of_case(self, told: "_Told") -> Reading | None:
        """An outcome of the reviews or suits that the sentence counts: 行政复议5件（维持3件、|尚未审结1件）."""
        case = _case(told.state) if told.state.last is not None and not told.named.indicator else None
        if case is None:
            return None
        words = self.wording.object(case.label) + told.label.words
        known = self.finder.named(words, told.base.unit, told.place.phrases, form=True)
        if not known.startswith(IND + _CASES) or known == case.indicator:
            return None
        return replace(told.labelled(told.label.words), indicator=known)

    def _own_level(self, told: "_Told") -> Reading | None:
        """全市61件，其中市本级|22件: the same, at the level of the writer."""
        last = told.state.last
        own = last is not None and told.base.scope == "OwnBody" and last.scope == "WholeRegion"
        if not own or last is None or told.named.indicator or not self.wording.only_level(told.label.words):
            return None
        return replace(told.base.counting(last), label=told.label.words, label_span=told.label.span)

    def _below(self, told: "_Told") -> Reading | None:
        """其中市本级22件，县（市、区）|39件: the part of the places below."""
        last = told.state.last
        below = "" if told.named.indicator else self.wording.below(told.label.words)
        if not below or last is None or last.unit != told.base.unit:
            return None
        whole = told.state.divided or last.part_of or last
        part = told.labelled(below + self.wording.thing(whole.label))
        return replace(part, broader=whole.indicator or whole.broader, part_of=whole)

    def _total(self, base: Reading, place: Place, state: State) -> Reading | None:
        """What the parts before it count together: 党务23条、政务45条，共计|68条."""
        if not self.counted.sums_up(place.scan.text, place.left.end):
            return None
        told = [one for one in state.counts[state.opened :] if one.unit == base.unit and one.part_of is None]
        size = next(
            (n for n in range(2, len(told) + 1) if sum(one.value for one in told[-n:]) == base.value), 0
        )
        if not size:
            return None
        whole = told[-size - 1] if len(told) > size else None
        if whole is not None and whole.value == base.value:
            return replace(
                base.counting(whole), about=whole.about
            )  # 收到42件，其中网上12件、信函30件，共42件
        first, *others = parts = told[-size:]
        kinds = {self.finder.above(one.indicator) for one in parts}
        return replace(
            base,
            indicator=kinds.pop() if len(kinds) == 1 else "",
            label="、".join((first.label, *(self.wording.thing(one.label) for one in others))),
            label_span=Span(first.label_span.start, parts[-1].label_span.end),
        )

    def _same(self, base: Reading, place: Place, last: Reading) -> Reading:
        """What the figure before counts; in another unit it may be something else of the same words (培训2次|56人)."""
        same = replace(base.counting(last), about=last.about)
        if not last.indicator or self.finder.counts(last.indicator, base.unit):
            return same
        label = self.wording.object(last.label) or last.label
        known = self.finder.named(label, base.unit, place.phrases)
        return replace(same, indicator=known, broader="" if known else last.indicator)

    def _done(self, told: "_Told") -> Reading | None:
        """What was done to what the figure before counts: 受理信访件9件，已办结|8件; 规章2件，废止|1件."""
        base, label, named, place = told.base, told.label, told.named, told.place
        here = label.span.end > place.left.start  # 已全部办结，上年结转|2件: said of another figure
        if told.state.last is None or not here or not self.wording.only_done(label.words):
            return None
        last = _whole(told.state.last, told.state)
        divided = told.state.divided
        if divided is not None and divided.unit == base.unit and last.value < base.value <= divided.value:
            last = divided  # 收到83件，其中部门47件；已办结|80件
        thing = self.wording.object(last.label)
        outcome = _asked(last) and last.indicator != _RECEIVED  # 上年结转2件，办结|9件: not of these 2
        if not thing or outcome or last.unit != base.unit:
            return None
        words = label.words + thing
        known = self.finder.named(self.wording.bare(words), base.unit, place.phrases)
        if _asked(named) and not _asked(last):
            if not known and not self.wording.is_verb(label.words):
                return None  # 予以公开|3件: no words for anything but requests
        elif known in ("", last.indicator, self.finder.named(thing, base.unit, place.phrases)):
            known = named.indicator
        about = self._about(place.scan, place.left) or last.about
        return replace(
            told.labelled(words), indicator=known, broader="" if known else named.broader, about=about
        )

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
        if label.alone:
            known = self.finder.named(label.words, base.unit, place.phrases)
            return Named(known)
        named = self.finder.find(
            scan, left, right, state, place.phrases,
            label=self.counted.meant(label), unit=base.unit, own_words=self.counted.own_words(scan.text, left),
        )  # fmt: skip
        if not named.indicator and label.words and label.span.start >= right.start:
            known = self.finder.named(
                self.counted.before.verb(scan, left) + label.words, base.unit, place.phrases
            )
            barred = known and self.finder.barred(
                known, Span(left.start, right.end).of(scan.text), place.phrases
            )
            return Named(known) if known and not barred else named  # 收到|4件申请: the verb tells which
        return named

    def _part(self, base: Reading, label: Label, place: Place, last: Reading) -> Reading | None:
        """A part of what was counted before, by what is told of it: 行政复议3件，其中1件|维持，2件|驳回."""
        if not label.words:
            return None
        whole = last.part_of or last
        words, thing = label.words, self.wording.thing(whole.label)
        rest = self.wording.is_rest(label.words)
        said = words if rest else words[max(0, words.find(self.wording.bare(words))) :]
        known = next(
            (
                indicator
                for name in (words, said, thing + said, said + thing)
                if (indicator := self.finder.named(name, base.unit, place.phrases, form=True))
                and indicator != whole.indicator
            ),
            "",
        )
        if not known and not rest and base.unit != whole.unit:
            return replace(base, label=said, label_span=label.span)  # 发布信息300条，近千人|参加
        if not known and not rest and self.wording.only_done(words):
            said += thing  # 申请20件，15件|已办结
        return replace(
            base, indicator=known, broader="" if known else whole.indicator or whole.broader, label=said,
            label_span=label.span, evidence=Span(min(whole.evidence.start, base.evidence.start), label.span.end),
            part_of=whole,
        )  # fmt: skip

    def _about(self, scan: Scan, left: Span) -> tuple[Mention, ...]:
        """The platform or the bodies a figure is about: what is named last in the words before it.

        None of several channels (门户网站、微信公众号), nor of a government and its office: these share with the writer.
        """
        found: tuple[Mention, ...] = ()
        joins = self.counted.ontology.words["join"]
        for mention in scan.outer:
            if mention.span.start < left.start or mention.span.end > left.end:
                continue
            if isinstance(mention.detail, AgencyName | SelfName):
                beside = found and scan.text[found[-1].span.end : mention.span.start] in joins
                both = found if beside else ()
                found = () if both and mention.cls == _OFFICE else (*both, mention)
            elif isinstance(mention.detail, Phrase) or self._is_platform(mention):
                before = scan.text.endswith(joins, left.start + 1, mention.span.start)
                joined = before or scan.text.startswith(joins, mention.span.end, left.end)
                found = () if joined else (mention,)
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
