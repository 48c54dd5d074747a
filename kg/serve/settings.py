"""How a server is set up."""

import os
from dataclasses import dataclass, field

QUAD = 400  # bytes that one takes in memory, with its share of the words, and some more


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds, rows, bytes of its answer, bytes of memory; how many work and how many may wait.

    ``pages`` work for the server's own pages and searches, ``writing`` is how many seconds an update may take. In each of these three
    lines as many may wait.
    """

    seconds: float = 30.0
    writing: float = 300.0
    rows: int = 1_000_000
    bytes: int = 100_000_000
    memory: int = 4 << 30
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    pages: int = 2
    waiting: int = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """A store and what may be done with it.

    ``token`` is what a writer must show as ``Authorization: Bearer``; without one nothing can be written. ``cors`` are the origins
    whose pages may ask, ``federation`` allows SERVICE, and LOAD in updates. With ``in_memory`` each worker holds a copy of the store.

    >>> Settings("build/store").writable, Settings("build/store", token="secret").writable
    (False, True)
    """

    location: str
    limits: Limits = Limits()
    token: str = ""
    cors: tuple[str, ...] = ()
    federation: bool = False
    in_memory: bool = False

    @property
    def writable(self) -> bool:
        """Whether anything can be written."""
        return bool(self.token)

    @property
    def local(self) -> bool:
        """Whether the store is a folder of this machine, not another server."""
        return not self.location.startswith(("http://", "https://"))

    @property
    def most_copied(self) -> int:
        """How many quads a worker may hold in memory: as many as take half of what its queries may."""
        return self.limits.memory // 2 // QUAD if self.in_memory and self.local else 0
