"""What can go wrong, as a tree.

- ``KgError``: base of all; its text is one line that says what, where and what to do
    - ``InputError``: a file or folder that cannot be read as a report
    - ``OntologyError``: Turtle that does not parse, or a pattern that does not compile
    - ``StoreError``: a store that is missing, corrupt or locked
    - ``QueryError``: a query that does not parse, is not known, or lacks a parameter
    - ``BundleError``: a script of the pages that was not bundled at install
"""

import errno


class KgError(Exception):
    """An error with a message for people: what happened, where, and what to do.

    >>> str(KgError("no such file", where="a.txt", hint="check the path"))
    'a.txt: no such file; check the path'
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__((f"{where}: " if where else "") + what + (f"; {hint}" if hint else ""))

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process."""
        return (_again, (type(self), self.what, self.where, self.hint))


def _again(kind: type[KgError], what: str, where: str, hint: str) -> KgError:
    return kind(what, where=where, hint=hint)


class InputError(KgError):
    """A file or folder that cannot be read as a report."""


class OntologyError(KgError):
    """Turtle that does not parse, or a pattern that does not compile."""


class StoreError(KgError):
    """A store that is missing, corrupt or locked by another writer."""


class QueryError(KgError):
    """A query that does not parse, is not known, or lacks a parameter."""


class BundleError(KgError):
    """A script of the pages that was not bundled at install."""


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = ("No space left on device", "Disk quota exceeded", "File too large")


def is_full(error: Exception) -> bool:
    """Whether something could not be written because there is no room for it; engines tell it in words only.

    >>> is_full(OSError(errno.ENOSPC, "No space left on device")), is_full(OSError("IO error: File too large")), is_full(OSError("gone"))
    (True, True, False)
    """
    return getattr(error, "errno", None) in _FULL or any(words in str(error) for words in _FULL_WORDS)
