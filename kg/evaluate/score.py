"""Scores: what was wanted, what was given, what of it is right; as values, as text and as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Verdict:
    """What gold says of one fact: ``right``, ``wrong`` or ``neutral``; no object stands for any."""

    triple: tuple[str, str, str]
    word: str
    shown: str


@dataclass(frozen=True, slots=True)
class Score:
    """One category: ``found`` of the ``wanted`` items are in the graph, ``right`` of the ``given``.

    What gold allows without requiring it is ``neutral``: neither right nor wrong, and not ``given``.

    >>> score = Score("agencies", wanted=4, found=3, given=6, right=3)
    >>> score.recall, score.precision, score.f1
    (0.75, 0.5, 0.6)
    """

    category: str
    wanted: int
    found: int
    given: int
    right: int
    misses: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    neutral: int = 0
    verdicts: tuple[Verdict, ...] = ()

    @property
    def recall(self) -> float | None:
        """Found of wanted; None where nothing is wanted."""
        return self.found / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """Right of given; None where nothing is given."""
        return self.right / self.given if self.given else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where nothing is wanted and nothing given."""
        if not self.wanted and not self.given:
            return None
        recall, precision = self.recall, self.precision
        if not recall or not precision:
            return 0.0
        return 2 * recall * precision / (recall + precision)


@dataclass(frozen=True, slots=True)
class Measure:
    """A share of things that are as they should be, such as evidence whose quote stands where it says."""

    name: str
    right: int
    of: int
    wrong: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """Right of all; None where there are none."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class RuleScore:
    """The facts of one rule that gold could judge: an entity by its type, a figure by its value, a relation by itself."""

    rule: str
    right: int = 0
    wrong: int = 0
    neutral: int = 0
    examples: tuple[str, ...] = ()  # what is wrong

    @property
    def precision(self) -> float | None:
        """Right of right and wrong; None where nothing was judged."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found: scores by category, and beside them measures, scores of where names stand, and of rules."""

    gold: str
    report: str
    scores: tuple[Score, ...]
    measures: tuple[Measure, ...] = field(default=())
    spans: tuple[Score, ...] = ()
    rules: tuple[RuleScore, ...] = ()

    def score(self, category: str) -> Score:
        """The score of one category, or of spans by their name."""
        return next(score for score in (*self.scores, *self.spans) if score.category == category)

    def measure(self, name: str) -> Measure:
        """One of the measures."""
        return next(measure for measure in self.measures if measure.name == name)

    @property
    def micro(self) -> Score:
        """All categories added up."""
        return _added("all", self.scores)

    @property
    def macro(self) -> float | None:
        """The mean F1 of the categories that have one."""
        known = [score.f1 for score in self.scores if score.f1 is not None]
        return sum(known) / len(known) if known else None


def total(reports: Iterable[Report]) -> Report:
    """Several reports added up, category by category."""
    reports = list(reports)
    names = list(dict.fromkeys(measure.name for report in reports for measure in report.measures))
    return Report(
        gold="all",
        report="",
        scores=_by_category([score for report in reports for score in report.scores]),
        measures=tuple(
            Measure(
                name,
                sum(
                    measure.right for report in reports for measure in report.measures if measure.name == name
                ),
                sum(measure.of for report in reports for measure in report.measures if measure.name == name),
            )
            for name in names
        ),
        spans=_by_category([score for report in reports for score in report.spans]),
        rules=added_rules(rule for report in reports for rule in report.rules),
    )


def added_rules(scores: Iterable[RuleScore]) -> tuple[RuleScore, ...]:
    """Scores of one rule added up; the rules with most that is wrong come first.

    >>> [(one.rule, one.right, one.precision) for one in added_rules([RuleScore("a", right=1), RuleScore("a", wrong=1)])]
    [('a', 1, 0.5)]
    """
    by_rule: dict[str, list[RuleScore]] = {}
    for score in scores:
        by_rule.setdefault(score.rule, []).append(score)
    summed = [
        RuleScore(
            rule,
            sum(one.right for one in parts),
            sum(one.wrong for one in parts),
            sum(one.neutral for one in parts),
            tuple(example for one in parts for example in one.examples),
        )
        for rule, parts in by_rule.items()
    ]
    return tuple(sorted(summed, key=lambda one: (-one.wrong, one.precision or 0.0, -one.right, one.rule)))


def as_table(report: Report, *, verbose: bool = False) -> str:
    """A report as aligned text; ``verbose`` lists each miss (−) and each extra (+)."""
    rows: list[tuple[str, ...]] = [
        ("category", "wanted", "found", "given", "right", "neutral", "precision", "recall", "F1")
    ]
    for score in (*report.scores, report.micro, *report.spans):
        counts = (score.wanted, score.found, score.given, score.right, score.neutral)
        shares = (score.precision, score.recall, score.f1)
        rows.append(
            (score.category, *(str(count) for count in counts), *(percent(share) for share in shares))
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [f"{report.gold}  {report.report}".rstrip()]
    for row in rows:
        first = row[0].ljust(widths[0])
        lines.append(
            "  ".join([first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))])
        )
    lines.append(f"macro F1 {percent(report.macro)}")
    lines += [
        f"{measure.name}: {measure.right}/{measure.of} {percent(measure.share)}"
        for measure in report.measures
    ]
    if verbose:
        for score in (*report.scores, *report.spans):
            lines += [f"− {score.category}: {miss}" for miss in score.misses]
            lines += [f"+ {score.category}: {extra}" for extra in score.extras]
        for measure in report.measures:
            lines += [f"! {measure.name}: {wrong}" for wrong in measure.wrong]
    return "\n".join(lines) + "\n"


def as_json(reports: Iterable[Report]) -> str:
    """Reports as JSON, with every miss and extra."""
    return json.dumps([_content(report) for report in reports], ensure_ascii=False, indent=1) + "\n"


def percent(share: float | None) -> str:
    """A share for people.

    >>> percent(0.98765), percent(None)
    ('98.8%', '–')
    """
    return "–" if share is None else f"{100 * share:.1f}%"


def _by_category(scores: Sequence[Score]) -> tuple[Score, ...]:
    categories = dict.fromkeys(score.category for score in scores)
    return tuple(_added(name, [score for score in scores if score.category == name]) for name in categories)


def _added(category: str, scores: Iterable[Score]) -> Score:
    scores = list(scores)
    return Score(
        category,
        wanted=sum(score.wanted for score in scores),
        found=sum(score.found for score in scores),
        given=sum(score.given for score in scores),
        right=sum(score.right for score in scores),
        neutral=sum(score.neutral for score in scores),
    )


def _content(report: Report) -> dict[str, object]:
    def numbers(score: Score) -> dict[str, object]:
        return {
            "category": score.category,
            "wanted": score.wanted,
            "found": score.found,
            "given": score.given,
            "right": score.right,
            "neutral": score.neutral,
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
        }

    return {
        "gold": report.gold,
        "report": report.report,
        "scores": [
            {**numbers(score), "misses": list(score.misses), "extras": list(score.extras)}
            for score in report.scores
        ],
        "spans": [
            {**numbers(score), "misses": list(score.misses), "extras": list(score.extras)}
            for score in report.spans
        ],
        "rules": [
            {
                "rule": r.rule,
                "right": r.right,
                "wrong": r.wrong,
                "neutral": r.neutral,
                "precision": r.precision,
                "examples": list(r.examples),
            }
            for r in report.rules
        ],
        "all": {**numbers(report.micro), "macro_f1": report.macro},
        "measures": [
            {"name": m.name, "right": m.right, "of": m.of, "share": m.share, "wrong": list(m.wrong)}
            for m in report.measures
        ],
    }
