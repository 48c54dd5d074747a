"""Who reads from which connection: a small table that the server and one of its workers share, so that no byte is read twice or lost.

A slot is a connection that the server has lent to the worker; slot 0 is the question that the server itself has put to it. What a slot
is in goes round one way:

- ``FREE``: nothing. The server makes it ``LENT`` and sends what belongs to it.
- ``LENT``: whoever changes it first has it: the worker to ``READING``, the server to ``TAKEN``. Only this step needs the lock.
- ``READING``, ``WORKING``, ``SENDING``: the worker reads a request, has read exactly one and sent nothing, may have sent something; then
  ``LENT`` again, or ``BACK`` where it gives the connection back, which is told by a message that makes it ``FREE``.
- ``TAKEN``: the server reads again; the worker closes its own descriptor and makes the slot ``FREE``.
"""

import fcntl
import mmap
import os
import sys
import time
from contextlib import suppress
from tempfile import TemporaryFile

FREE, LENT, READING, WORKING, SENDING, BACK, TAKEN = range(7)
QUESTION = 0
LOANS = range(1, 9)  # the slots of connections
_SINCE, _COUNTS, _WORDS = 16, 32, 64


class Slots:
    """The table, in memory that a file descriptor stands for; the lock is on that file, and goes with a process that ends.

    >>> here = Slots.new()
    >>> there = Slots(os.dup(here.file))
    >>> here.lend(1)
    >>> there.begin(1), here.take(1), there.since > 0
    (True, False, True)
    >>> there.end(1)
    >>> here.take(1), there.begin(1), here.count(1), there.since
    (True, False, 1, 0)
    >>> here.close(), there.close()
    (None, None)
    """

    def __init__(self, file: int) -> None:
        self.file = file
        self._words = memoryview(mmap.mmap(file, _WORDS * 8)).cast("q")

    @classmethod
    def new(cls) -> "Slots":
        """A table in which all is free."""
        if sys.platform == "linux":
            file = os.memfd_create("slots")
        else:
            with TemporaryFile() as place:
                file = os.dup(place.fileno())
        os.ftruncate(file, _WORDS * 8)
        return cls(file)

    def close(self) -> None:
        """No more is taken or begun; what was last can still be seen."""
        os.close(self.file)
        self.file = -1

    def __getitem__(self, slot: int) -> int:
        return self._words[slot]

    def __setitem__(self, slot: int, state: int) -> None:
        self._words[slot] = state

    @property
    def since(self) -> int:
        """When the worker began with what it is at, in nanoseconds of the monotonic clock, or 0."""
        return self._words[_SINCE]

    def count(self, slot: int) -> int:
        """How much was answered in a slot since it was lent."""
        return self._words[_COUNTS + slot]

    def lend(self, slot: int) -> None:
        """The server lends a connection, or puts a question."""
        self._words[_COUNTS + slot] = 0
        self._words[slot] = LENT

    def begin(self, slot: int) -> bool:
        """The worker wants to read; False where the server has taken the slot."""
        fcntl.lockf(self.file, fcntl.LOCK_EX)
        mine = self._words[slot] == LENT
        if mine:
            self._words[slot] = READING
        fcntl.lockf(self.file, fcntl.LOCK_UN)
        if mine:
            self._words[_SINCE] = time.monotonic_ns()
        return mine

    def end(self, slot: int, state: int = LENT) -> None:
        """The worker is done with what it was at."""
        self._words[_COUNTS + slot] += 1
        self._words[_SINCE] = 0
        self._words[slot] = state

    def take(self, slot: int) -> bool:
        """The server wants to read again, or a question back; False where the worker has it, or may be about to."""
        if self._words[slot] != LENT or self.file < 0:
            return False
        with suppress(OSError):  # the worker holds the lock at this moment
            fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = self._words[slot] == LENT
            if mine:
                self._words[slot] = TAKEN
            fcntl.lockf(self.file, fcntl.LOCK_UN)
            return mine
        return False
