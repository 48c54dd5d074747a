"""Two reports of one body, one after the other: what was planned in the first, and what the second says of it."""

from kg.series.promise import FATES, Judge, Promise
from kg.series.telling import Said, Telling, passages_of

__all__ = ["FATES", "Judge", "Promise", "Said", "Telling", "passages_of"]
