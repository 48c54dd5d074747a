"""Which rule made what is right, what is wrong, and what gold neither wants nor forbids."""

from collections.abc import Iterable

from kg.evaluate.grounds import Grounds
from kg.evaluate.score import RuleScore, Score, added_rules, percent
from kg.terms import shorten

UNKNOWN = "–"  # for a fact that no statement of the report grounds


def score_rules(scores: Iterable[Score], grounds: Grounds) -> tuple[RuleScore, ...]:
    """The verdicts of all categories, by the rules of the statements they are about."""
    by_property: dict[tuple[str, str], dict[str, None]] = {}
    for (subject, predicate, _), rules in grounds.rules.items():
        by_property.setdefault((subject, predicate), {}).update(dict.fromkeys(rules))
    found: list[RuleScore] = []
    for score in scores:
        for verdict in score.verdicts:
            subject, predicate, value = verdict.triple
            rules = (
                grounds.rules.get(verdict.triple, ())
                if value
                else tuple(by_property.get((subject, predicate), ()))
            )
            for rule in rules or (UNKNOWN,):
                found.append(
                    RuleScore(
                        rule,
                        right=verdict.word == "right",
                        wrong=verdict.word == "wrong",
                        neutral=verdict.word == "neutral",
                        examples=(f"{score.category}: {verdict.shown}",) if verdict.word == "wrong" else (),
                    )
                )
    return added_rules(found)


def rules_table(scores: Iterable[RuleScore], *, verbose: bool = False) -> str:
    """Rules as aligned text; ``verbose`` lists what each made wrong."""
    scores = list(scores)
    rows = [("right", "wrong", "neutral", "precision", "rule")]
    rows += [
        (str(one.right), str(one.wrong), str(one.neutral), percent(one.precision), shorten(one.rule))
        for one in scores
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for row, score in zip(rows, [None, *scores], strict=True):
        numbers = (cell.rjust(width) for cell, width in zip(row[:4], widths, strict=True))
        lines.append("  ".join([*numbers, row[4]]))
        if verbose and score is not None:
            lines += [f"+ {example}" for example in score.examples]
    return "\n".join(lines) + "\n"
