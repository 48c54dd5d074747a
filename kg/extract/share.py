"""Percentages that are no change: a share of a whole, or a rate."""

from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.answered import AnswerReader
from kg.extract.counted import Counted
from kg.extract.indicators import IndicatorFinder
from kg.extract.listing import clause_end
from kg.extract.reading import Place, Reading, State
from kg.match.scan import Scan
from kg.terms import IND
from kg.text.document import Span
from kg.values import is_rough

_THOSE = "的"
_NOUN = 2  # last characters of a label, which say what is counted
_MARKS = "，、；：（ "
REQUESTS = ("s3.", "requests.")  # what section three of the form counts
_BACK = 40  # figures among which the whole of a share is looked for


@dataclass(frozen=True, slots=True)
class ShareReader:
    """Reads shares (占71.7%) and rates (办结率100%)."""

    counted: Counted
    finder: IndicatorFinder
    answers: AnswerReader

    def read(self, base: Reading, place: Place, state: State) -> Reading | None:
        """A share where a word of share stands before the figure, else a rate."""
        before = place.left.of(place.scan.text)
        cue = self.counted.cue["shareOf"].search(before)
        if cue is None:
            some = self._some(base, place, state)
            return (
                some
                if some is not None or is_rough(base.span.of(place.scan.text))
                else self._rate(base, place, state)
            )
        head = Span(place.left.start, place.left.start + cue.start())
        if (
            state.latest is not None
            and state.latest.measure == "Share"
            and self.counted.is_rest(place.scan.text, head)
        ):
            return self._rest(base, head, state.latest)
        part = self._part(base, place, head, state)
        if not part.label and not part.indicator:
            return None
        inner = self.counted.wording.bare(before[cue.end() :].partition(_THOSE)[0])
        if self.counted.cue["upTo"].match(before, cue.end()):
            inner = ""  # 占比|提高到50%
        named = state.last is None and len(inner) >= 2  # 公开占全市考核的4%: the words say of what
        whole = None if named else whole_of(part, state)
        if not named and head.start <= part.label_span.start and part.label_span.end <= head.end:
            those = head.of(place.scan.text).endswith(_THOSE)  # “满意”的|占96%: of those asked
            near = [one for one in (whole, state.last) if one is not None]
            whole = next((one for one in near if those or self._divides(one, part, state)), None)
        return replace(part, measure="Share", whole=whole, whole_label=inner)

    def _rest(self, base: Reading, head: Span, share: Reading) -> Reading:
        """What is left of the whole of the share before: 网上公开占85%，其余|占15%."""
        name = share.whole.label if share.whole is not None else share.whole_label
        rest = self.counted.ontology.words["remainder"][0]
        return replace(
            base, measure="Share", label=rest + (self.counted.wording.object(name) or name), label_span=head,
            whole=share.whole, whole_label=share.whole_label,
        )  # fmt: skip

    def _divides(self, whole: Reading, part: Reading, state: State) -> bool:
        """Whether a figure may be what a share that names its part is of: it was divided just before, or speaks of the same.

        选派干部87名。数据集占比为31.5%: not of the staff.
        """
        if whole is state.divided:
            return True
        above = self.counted.ontology.vocabulary.whole(part.indicator or part.broader)
        if whole.indicator and whole.indicator in (*above, part.indicator, part.broader):
            return True
        requests = [one.indicator.removeprefix(IND).startswith(REQUESTS) for one in (whole, part)]
        return all(requests) or part.label.endswith(whole.label[-_NOUN:])

    def _part(self, base: Reading, place: Place, head: Span, state: State) -> Reading:
        """What a share is a part's: the words before 占, else the figure before."""
        if state.last is not None and not self.counted.before.content(place.scan, head):
            return base.counting(state.last)
        return self._named(base, place, head, Span(head.end, head.end), state)

    def _some(self, base: Reading, place: Place, state: State) -> Reading | None:
        """What share of something is told: 三成的申请|来自企业, 收到申请20件，近九成|通过网上提交, 其中网上申请|过半."""
        text, left, right = place.scan.text, place.left, place.right
        rough = is_rough(base.span.of(text))
        if self.counted.before.content(place.scan, left):
            if not rough:
                return None
            part = self._named(base, place, left, Span(left.end, left.end), state)
            if part.label.endswith(tuple(self.counted.ontology.words["rate"])):
                return replace(part, measure="Ratio")  # 满意率|八成五
            whole = whole_of(part, state) if state.last is not None or state.divided is not None else None
            return replace(part, measure="Share", whole=whole) if part.label and whole is not None else None
        if left.of(text).strip(_MARKS) not in ("", *self.counted.ontology.words["ofThose"]):
            return None
        noun = self._of_whom(place.scan, right)
        told = self.counted.outcome(
            place.scan, Span(noun.end if noun is not None else right.start, right.end)
        )
        if told is None or not told.words or (noun is None and (not rough or state.last is None)):
            return None
        part = replace(base, label=told.words, label_span=told.span, measure="Share")
        known = self.finder.named(told.words, "", place.phrases)
        part = replace(part, indicator=known)
        if noun is None or (state.last is not None and state.last.label.endswith(noun.of(text))):
            return replace(part, whole=state.last)
        return replace(part, whole_label=noun.of(text))

    def _of_whom(self, scan: Scan, right: Span) -> Span | None:
        """The noun behind a share, without a verb whose place stands behind it: 九成的纠纷|化解在基层."""
        noun = self.counted.behind.noun(scan, right)
        if noun is None:
            return None
        words, stop = scan.words, clause_end(scan.text, noun.end)
        behind = words.tags[words.at(noun.end) : words.at(max(noun.end, stop - 1)) + 1]
        last = int(words.starts[words.at(noun.end - 1)])
        if behind[:1] == ("p",) and not any(tag[0] == "v" for tag in behind) and last > noun.start:
            return Span(noun.start, last)
        return noun

    def _rate(self, base: Reading, place: Place, state: State) -> Reading | None:
        reading = self._named(base, place, place.left, place.right, state)
        if not reading.label:
            return None
        return replace(self.answers.rate(reading, place, state), measure="Ratio")

    def _named(self, base: Reading, place: Place, left: Span, right: Span, state: State) -> Reading:
        label = self.counted.label(place.scan, left, right, state)
        if label.inherited and state.last is not None:
            return base.counting(state.last)
        named = self.finder.find(
            place.scan, left, right, state, place.phrases, label=self.counted.meant(label)
        )
        return replace(
            base, indicator=named.indicator, broader=named.broader, label=label.words, label_span=label.span
        )


def whole_of(share: Reading, state: State) -> Reading | None:
    """What a share is of: a figure before it that makes the sum come out, else that before 其中, else the last total.

    Of several that do it is the one that the share before is of, else the nearest.
    """
    part = state.last
    if part is None or not share.value:
        return state.whole
    margin = Decimal(1).scaleb(-share.decimals) * Decimal("0.51")
    fitting = [
        whole
        for whole in reversed(state.counts[-_BACK:])
        if whole is not part
        and whole.unit == part.unit
        and whole.value >= part.value
        and whole.value
        and whole.year == part.year
        and abs(part.value * 100 / whole.value - share.value) <= margin
    ]
    if fitting:
        return next((whole for whole in fitting if whole is state.shared), fitting[0])
    divided = state.divided
    if divided is not None and divided.unit == part.unit and divided.value >= part.value:
        return divided if divided is not part else state.whole
    whole = (
        state.whole if state.total or divided is not None else None
    )  # 教育类32条、医疗类28条，占21.9%: not of the 32
    alike = whole is not None and whole is not part and whole.unit == part.unit and whole.value >= part.value
    return whole if alike else None
