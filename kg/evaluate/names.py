"""Scores of what has a name: bodies, policies, platforms, regions strictly; deeds and plans leniently."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.evaluate.actual import Thing
from kg.evaluate.fold import fold, fold_number, lenient, likeness
from kg.evaluate.gold import Both, GoldPolicy, Names
from kg.evaluate.grounds import TYPE
from kg.evaluate.pairing import pair
from kg.evaluate.score import Score, Verdict

T = TypeVar("T")
LENIENT = frozenset({"initiatives", "achievements", "problems", "improvements"})


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A category's score, and for each gold item (must, then may) the given things it may stand for."""

    score: Score
    candidates: tuple[tuple[Names, tuple[str, ...]], ...]
    extras: tuple[str, ...] = ()  # the IRIs of what gold does not know


def score_names(category: str, gold: Both[Names], things: Sequence[Thing]) -> NameMatch:
    """Compare names with canonical names.

    Strictly, one gold item is one entity, and a second entity for it is an extra. Leniently, a thing that
    matches an item already found is neither right nor wrong.
    """
    alike = _lenient if category in LENIENT else _region if category == "regions" else _strict
    return _score(category, gold, things, alike=alike, names_of=tuple, lenient=category in LENIENT)


def score_policies(gold: Both[GoldPolicy], things: Sequence[Thing]) -> tuple[NameMatch, Score, Score]:
    """Policies by title or number; and of those found, whether number and issuer are as gold has them."""
    match = _score(
        "policies", gold, things, alike=_policy, names_of=lambda policy: policy.titles, lenient=False
    )
    by_iri = {thing.iri: thing for thing in things}
    found = [
        (item, by_iri[iris[0]] if iris else None)
        for item, (_, iris) in zip(gold.must, match.candidates[: len(gold.must)], strict=True)
    ]
    numbers = _attribute(
        "policy numbers", [(i, i.numbers, t.numbers if t else ()) for i, t in found], fold_number
    )
    issuers = _attribute("policy issuers", [(i, i.issuers, t.issuers if t else ()) for i, t in found], fold)
    return match, numbers, issuers


def _score(
    category: str,
    gold: Both[T],
    things: Sequence[Thing],
    *,
    alike: Callable[[T, Thing], float],
    names_of: Callable[[T], Names],
    lenient: bool,
) -> NameMatch:
    must, may = gold.must, gold.may
    pairs = pair(must, things, alike)
    taken = set(pairs.values())
    rest = [index for index in range(len(things)) if index not in taken]
    allowed = {index for index in rest if any(alike(item, things[index]) > 0 for item in may)}
    if lenient:
        allowed |= {index for index in rest if any(alike(item, things[index]) > 0 for item in must)}
    extras = [things[index] for index in rest if index not in allowed]
    score = Score(
        category,
        wanted=len(must),
        found=len(pairs),
        given=len(pairs) + len(extras),
        right=len(pairs),
        misses=tuple(" | ".join(names_of(item)) for index, item in enumerate(must) if index not in pairs),
        extras=tuple(thing.label or thing.iri for thing in extras),
        neutral=len(allowed),
        verdicts=tuple(
            Verdict(
                (thing.iri, TYPE, ""),
                "right" if index in taken else "neutral" if index in allowed else "wrong",
                thing.label or thing.iri,
            )
            for index, thing in enumerate(things)
        ),
    )
    candidates = []
    for index, item in enumerate((*must, *may)):
        first = [things[pairs[index]].iri] if index in pairs and index < len(must) else []
        others = [thing.iri for thing in things if thing.iri not in first and alike(item, thing) > 0]
        candidates.append((names_of(item), tuple(first + others)))
    return NameMatch(score, tuple(candidates), tuple(thing.iri for thing in extras))


def _strict(names: Names, thing: Thing) -> float:
    return 1.0 if fold(thing.label) in {fold(name) for name in names} else 0.0


def _region(names: Names, thing: Thing) -> float:
    """A region is known by its short and by its full name."""
    wanted = {fold(name) for name in names}
    return 1.0 if any(fold(name) in wanted for name in (thing.label, *thing.others)) else 0.0


def _lenient(names: Names, thing: Thing) -> float:
    label = fold(thing.label)
    return max((likeness(fold(name), label) for name in names if lenient(fold(name), label)), default=0.0)


def _policy(policy: GoldPolicy, thing: Thing) -> float:
    title = fold(thing.label) in {fold(name) for name in policy.titles}
    numbers = {fold_number(number) for number in thing.numbers}
    number = any(fold_number(wanted) in numbers for wanted in policy.numbers)
    return 2.0 * title + 1.0 * number


def _attribute(
    category: str,
    found: Sequence[tuple[GoldPolicy, Names, Names]],
    folded: Callable[[str], str],
) -> Score:
    wanted = found_count = given = 0
    misses: list[str] = []
    extras: list[str] = []
    for policy, expected, stated in found:
        if not expected:  # gold does not say, so what the graph says is not judged
            continue
        wanted += 1
        given += len(stated)
        right = {folded(name) for name in expected} & {folded(name) for name in stated}
        found_count += bool(right)
        if not right:
            misses.append(f"{policy.titles[0]}: {' | '.join(expected)}")
        extras += [f"{policy.titles[0]}: {name}" for name in stated if folded(name) not in right]
    return Score(category, wanted, found_count, given, given - len(extras), tuple(misses), tuple(extras))
