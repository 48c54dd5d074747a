"""What is made of a store and asked for again: kept as long as the store does not change, and no more of it than a number of bytes."""

from collections import OrderedDict
from collections.abc import Hashable


class Kept:
    """Bytes by key; what was asked for longest ago goes first.

    >>> kept = Kept(5)
    >>> kept.put("now", "a", b"123")
    >>> kept.put("now", "b", b"45")
    >>> kept.get("now", "a"), kept.get("later", "a")
    (b'123', None)
    >>> kept.put("later", "c", b"6789")
    >>> kept.put("later", "d", b"67")
    >>> kept.get("later", "c"), kept.get("later", "d")
    (None, b'67')
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._state: object = None
        self._values: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0

    def get(self, state: object, key: Hashable) -> bytes | None:
        """What was kept under a key while the store was in this state."""
        if state != self._state:
            return None
        if (found := self._values.get(key)) is not None:
            self._values.move_to_end(key)
        return found

    def put(self, state: object, key: Hashable, value: bytes) -> None:
        """Keep bytes that were made when the store was in this state or a later one."""
        if state != self._state:
            self._state, self._size = state, 0
            self._values.clear()
        self._size += len(value) - len(self._values.pop(key, b""))
        self._values[key] = value
        while self._size > self._most:
            self._size -= len(self._values.popitem(last=False)[1])
