"""The files of a store, which tell whether it was written to."""

import os
import time

_SETTLED = 1_000_000_000  # nanoseconds after which a folder's time can be told from that of a later change


class Files:
    """The files of a store, to tell whether it was written to; for a server's address there are none.

    Which files there are is read again once the folder's own time changes. What grows is the log and the manifest, so only they are
    looked at each time; all others are written once.
    """

    def __init__(self, location: str) -> None:
        self._folder = location
        self._time = -1
        self._names: tuple[str, ...] = ()
        self._growing: tuple[str, ...] = ()

    def state(self) -> object:
        """Something that changes when the store is written to."""
        try:
            changed = os.stat(self._folder).st_mtime_ns
            if changed != self._time:
                names = sorted(name for name in os.listdir(self._folder) if not name.startswith("LO"))
                self._names = tuple(names)
                self._growing = tuple(f"{self._folder}/{name}" for name in names if _grows(name))
                self._time = changed if time.time_ns() - changed > _SETTLED else -1
            return self._names, tuple(map(_size, self._growing))
        except OSError:
            return None

    def written(self, since: int) -> bool:
        """Whether the store was written to after a time in nanoseconds, or shortly before it."""
        if self.state() is None:
            return False
        return (
            max(os.stat(self._folder).st_mtime_ns, *(_size(path)[1] for path in self._growing))
            > since - _SETTLED
        )


def _grows(name: str) -> bool:
    return name.endswith(".log") or name.startswith("MANIFEST")


def _size(path: str) -> tuple[int, int]:
    try:
        stat = os.stat(path)
    except OSError:  # taken away while we look
        return 0, 0
    return stat.st_size, stat.st_mtime_ns
