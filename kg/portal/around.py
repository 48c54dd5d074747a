"""What stands around an entity, as the places of a small drawing."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg.portal.links import Link

WIDTH, HEIGHT = 560, 340
_MOST = 12


@dataclass(frozen=True, slots=True)
class Spoke:
    """A neighbour, the property that joins it, and its place."""

    link: Link
    property: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Around:
    """An entity in the middle and some of its neighbours on an ellipse."""

    spokes: tuple[Spoke, ...]
    width: int = WIDTH
    height: int = HEIGHT


def around(neighbours: Iterable[tuple[str, Sequence[Link]]]) -> Around | None:
    """A drawing of neighbours by property: some of each property before more of one; nothing where there are none.

    >>> made = around([("部门", [Link("x:a", "甲"), Link("x:b", "乙")]), ("网站", [Link("x:c", "丙")])])
    >>> [spoke.link.label for spoke in made.spokes]
    ['甲', '丙', '乙']
    """
    columns = [[(name, link) for link in found] for name, found in neighbours]
    mixed = [item for row in zip_longest(*columns) for item in row if item is not None]
    unique = {link.iri: (name, link) for name, link in reversed(mixed)}
    chosen = [unique[iri] for iri in dict.fromkeys(link.iri for _, link in mixed)]
    if not chosen:
        return None
    shown = chosen[:_MOST]
    spokes = []
    for at, (name, link) in enumerate(shown):
        turn = 2 * math.pi * at / len(shown) - math.pi / 2
        # Two rings where it is crowded, so that names beside each other do not overlap.
        far = 1.0 if at % 2 == 0 or len(shown) < 7 else 0.72
        x = WIDTH / 2 + math.cos(turn) * (WIDTH / 2 - 80) * far
        y = HEIGHT / 2 + math.sin(turn) * (HEIGHT / 2 - 36) * far
        spokes.append(Spoke(link, name, round(x, 1), round(y, 1)))
    return Around(tuple(spokes))
