"""Which plan answers which problem."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.closing.item import Item, content

_CLEAR = 2  # words by which a plan is nearer to a problem than to any other, and the problem to it


def answers(items: Sequence[Item], common: frozenset[str] = frozenset()) -> Iterator[tuple[Item, Item]]:
    """Which plan answers which problem: as the text ties them, else by order where both lists are equally long and no
    words that they share speak against it, else by the words they share.

    ``common`` are words of the domain that say nothing about what a problem is.

    >>> from kg.text.document import Span
    >>> a = Item("problem", Span(0, 1), "解读形式单一")
    >>> b = Item("improvement", Span(2, 3), "丰富解读形式")
    >>> [(plan.label, problem.label) for plan, problem in answers([a, b])]
    [('丰富解读形式', '解读形式单一')]
    """
    tied = {item.answers for item in items if item.answers is not None}
    for plan in items:
        yield from ((plan, other) for other in items if plan.answers == other.span)
    problems = [item for item in items if item.kind == "problem" and item.span not in tied]
    plans = [item for item in items if item.kind == "improvement" and item.answers is None]
    told = {item: content(item.label, common) for item in items}
    shares = [[len(told[plan] & told[problem]) for problem in problems] for plan in plans]
    if len(problems) == len(plans):
        order = _by_content(shares)
        yield from zip(plans, (problems[at] for at in order), strict=True)
        return
    alike: list[tuple[int, int]] = []
    for at, shared in enumerate(shares):
        best = max(shared, default=0)
        alike += [(at, other) for other, count in enumerate(shared) if count and count == best]
    if alike and abs(len(problems) - len(plans)) == 1 and all(at == other for at, other in alike):
        # One list is longer by its last item; the rest stands in order.
        alike = [(at, at) for at in range(min(len(problems), len(plans)))]
    yield from ((plans[at], problems[other]) for at, other in alike)


def _by_content(shares: Sequence[Sequence[int]]) -> Sequence[int]:
    """Which problem each plan answers in lists of one length: their order, unless words put every plan to another one, or
    two or more plans so clearly elsewhere that the rest can only be theirs in order.

    ``shares`` has for each plan the words it shares with each problem.

    >>> _by_content([[0, 2], [1, 0]]), _by_content([[0, 2], [0, 1]])
    ([1, 0], [0, 1])
    >>> _by_content([[0, 3, 0], [2, 0, 0], [0, 0, 0]]), _by_content([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    ([1, 0, 2], [0, 1, 2])
    """
    order = list(range(len(shares)))
    best = [max(order, key=lambda at: (row[at], at == place)) for place, row in enumerate(shares)]
    lead = [row[at] - _second(row, at) for row, at in zip(shares, best, strict=True)]
    if all(margin > 0 for margin in lead) and sorted(best) == order:
        return best
    clear = {
        place: at
        for place, at in enumerate(best)
        if min(lead[place], shares[place][at] - _second([row[at] for row in shares], place)) >= _CLEAR
    }
    if sum(place != at for place, at in clear.items()) < 2:
        return order
    left = iter(sorted(set(order) - set(clear.values())))
    whole = [clear[place] if place in clear else next(left) for place in order]
    against = any(max(row) > row[at] for row, at in zip(shares, whole, strict=True))
    return order if against else whole


def _second(counts: Sequence[int], at: int) -> int:
    """The most of the counts but one."""
    return max((count for other, count in enumerate(counts) if other != at), default=0)


def paired(groups: Sequence[tuple[str, list[Item]]]) -> list[tuple[str, list[Item]]]:
    """Plans that follow their problem one by one are tied to it, where the text goes to and fro more than once."""
    told = [(kind, group) for kind, group in groups if group]
    kinds = [kind for kind, _ in told]
    turns = len(kinds) // 2
    if turns < 2 or kinds[: 2 * turns] != ["problem", "improvement"] * turns:
        return list(groups)
    paired: list[tuple[str, list[Item]]] = []
    for (kind, group), (_, before) in zip(told, [("", []), *told], strict=False):
        tied = kind == "improvement" and len(before) == 1
        paired.append((kind, [replace(item, answers=before[0].span) for item in group] if tied else group))
    return paired
