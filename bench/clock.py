"""Time on the wall and time of processors, of this process and of those it started."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds; the processors' say more where a machine has other things to do."""

    wall: float
    cpu: float

    def __add__(self, other: "Took") -> "Took":
        return Took(self.wall + other.wall, self.cpu + other.cpu)


def timed(act: Callable[[], T]) -> tuple[T, Took]:
    """What a call answers, and how long it took."""
    wall, cpu = time.perf_counter(), _cpu()
    answer = act()
    return answer, Took(time.perf_counter() - wall, _cpu() - cpu)


def peak() -> int:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def spread(values: list[float]) -> str:
    """The median, with the least and the greatest.

    >>> spread([3, 1, 2])
    '2.00 (1.00–3.00)'
    """
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def _cpu() -> float:
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime
