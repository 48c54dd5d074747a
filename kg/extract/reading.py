"""A figure understood, and what carries over from one figure of a paragraph to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg.match.marks import Marks
from kg.match.mention import Mention
from kg.match.scan import Scan
from kg.schema.phrase import IndicatorPhrase
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure understood.

    ``indicator`` is the IRI of a vocabulary concept or ""; ``label`` is what the clause says it counts, in normal form.
    """

    span: Span
    evidence: Span
    value: Decimal
    unit: str
    measure: str  # local name: Count, Amount, Share, Change, Ratio
    bound: str
    decimals: int
    indicator: str
    label: str
    label_span: Span
    year: int | None
    compared: int | None = None
    since: int | None = None  # the first of several years that the figure is for
    whole: "Reading | None" = None
    whole_label: str = ""
    scope: str = ""  # OwnBody, WholeRegion
    about: tuple[Mention, ...] = ()
    clause: Span | None = None
    broader: str = ""  # the IRI of the concept above, where none is the thing itself
    part_of: "Reading | None" = None  # the figure of which this is a part, told by what became of it

    def counting(self, other: "Reading") -> "Reading":
        """This figure, counting what another one counts."""
        return replace(
            self,
            indicator=other.indicator,
            broader=other.broader,
            label=other.label,
            label_span=other.label_span,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: its sentence, the words on either side up to the next figures, and the phrases that may name it."""

    scan: Scan
    sentence: Span
    left: Span
    right: Span
    phrases: Sequence[IndicatorPhrase]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with figures, the sentence it stands in, and the phrases that may name what they count."""

    scan: Scan
    sentence: Span
    span: Span
    figures: Sequence[Mention]
    phrases: Sequence[IndicatorPhrase]

    def place(self, left: Span, right: Span) -> Place:
        """The place of a figure between these words."""
        return Place(self.scan, self.sentence, left, right, self.phrases)


@dataclass(slots=True)
class State:
    """What carries over from clause to clause."""

    last: Reading | None = None
    whole: Reading | None = None
    total: bool = False  # whether words say that the whole is one, which else is just the first count
    divided: Reading | None = None  # the figure before 其中, of which the sentence gives parts
    last_rate: Reading | None = None
    shared: Reading | None = None  # what the last share is of
    latest: Reading | None = None  # the last figure of the sentence, of whatever kind
    year: int | None = None
    scope: str = ""
    in_passage: bool = False  # in a part of the report that speaks of a time of its own
    years: int = 1  # how many years that time has
    previous: Span | None = None  # the clause before, when it held no figure
    counts: list[Reading] = field(default_factory=list)  # of the document so far
    closes: int = -1  # where the bracket closes that the last figures stood in
    outside: Reading | None = None  # the last figure before that bracket
    opened: int = 0  # how many counts there were when the sentence began
    against: int | None = None  # the year with which a clause before compares (与2021年相比)
    channel: Mention | None = None  # the account or site of which the sentence tells
    before: Sequence[Reading] = ()  # the counts of the sentence before, in the same paragraph

    def begin(self, year: int | None, scope: str, *, goes_on: bool = False) -> None:
        """At the start of a sentence; one that goes on divides the last figure of the one before (复议3件。其中1件维持)."""
        self.year, self.scope, self.previous, self.last, self.latest = year, scope, None, None, None
        self.divided = self.against = self.channel = None
        self.before, self.opened = self.counts[self.opened :], len(self.counts)
        if goes_on and self.before:
            self.last = self.before[-1]

    def remember(self, reading: Reading, *, sums_up: bool) -> None:
        """After a figure is read; it may be a total of which later ones are parts."""
        self.latest = reading
        if reading.measure == "Ratio":
            self.last_rate = reading
        self.shared = reading.whole or self.shared
        if reading.measure not in ("Count", "Amount"):
            return
        if reading.year == self.year or self.last is None:
            self.last = reading
        self.counts.append(reading)
        total = sums_up or reading.indicator.endswith("s3.new")
        if total or self.whole is None:
            self.whole, self.total = reading, total

    def enter(self, marks: Marks, position: int, floor: int) -> None:
        """申请23件（其中信函8件），比上年减少5件: after a bracket the figure before it is the last one again."""
        if self.closes >= 0 and position > self.closes:
            self.last, self.closes = self.outside or self.last, -1
        closes = _bracket(marks, position, floor)
        if closes is not None and self.closes < 0:
            self.closes, self.outside = closes, self.last


def _bracket(marks: Marks, position: int, floor: int) -> int | None:
    """Where the bracket closes that a place lies in."""
    return next(
        (
            marks.closer[at]
            for at in range(position - 1, max(floor, position - 80) - 1, -1)
            if marks.closer.get(at, 0) > position
        ),
        None,
    )
