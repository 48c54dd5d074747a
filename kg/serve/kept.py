"""What is asked for again, and what is made of a store for it: kept as long as the store does not change, and no more of it than a number of bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by key, each with its size; what was asked for longest ago goes first.

    >>> kept = Kept[str](5)
    >>> kept.put("now", "a", "one", size=3)
    >>> kept.put("now", "b", "two", size=2)
    >>> kept.get("now", "a"), kept.get("later", "a")
    ('one', None)
    >>> kept.put("later", "c", "three", size=4)
    >>> kept.put("later", "d", "four", size=2)
    >>> kept.get("later", "c"), kept.get("later", "d")
    (None, 'four')
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._state: object = None
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._size = 0

    def get(self, state: object, key: Hashable) -> T | None:
        """What was kept under a key while the store was in this state."""
        if state != self._state or (found := self._values.get(key)) is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, state: object, key: Hashable, value: T, *, size: int) -> None:
        """Keep what was made when the store was in this state or a later one."""
        if state != self._state:
            self._state, self._size = state, 0
            self._values.clear()
        if key in self._values:
            self._size -= self._values.pop(key)[1]
        self._values[key] = value, size
        self._size += size
        while self._size > self._most:
            self._size -= self._values.popitem(last=False)[1][1]


class Asked:
    """What was asked not long ago: most questions come once, and to look for their answers and to keep them takes time in vain.

    >>> asked = Asked(2)
    >>> [asked.again(question) for question in ("a", "b", "a", "c", "a")]
    [False, False, True, False, False]
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: set[int] = set()  # by hash; all are forgotten together

    def again(self, question: Hashable) -> bool:
        """Whether this came before."""
        mark = hash(question)
        if mark in self._seen:
            return True
        if len(self._seen) >= self._most:
            self._seen.clear()
        self._seen.add(mark)
        return False
