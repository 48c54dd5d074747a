"""What can go wrong, as a tree.

- ``KgError``: base of all; its text is one line that says what, where and what to do
    - ``InputError``: a file or folder that cannot be read as a report
    - ``OntologyError``: Turtle that does not parse, or a pattern that does not compile
    - ``StoreError``: a store that is missing, corrupt or locked
    - ``QueryError``: a query that does not parse, is not known, or lacks a parameter
    - ``BundleError``: a script of the pages that was not bundled at install
"""

import errno
import re

_BREAK = re.compile(r"\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")
# What moves the cursor or the order of what is shown, is not shown at all, or cannot be written to a terminal.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_LONGEST = 600  # characters of each part of a message


def visible(text: str) -> str:
    """A name as it can be printed in one line: characters that break, hide or turn the line are written as codes.

    >>> visible("a\\nb\\u202e.txt")
    'a\\\\nb\\\\u202e.txt'
    """
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def one_line(text: str) -> str:
    """A message as one line, none of it hidden, its middle left out where it is very long.

    >>> one_line("first\\n  second\\x00")
    'first second\\\\x00'
    """
    return _short(visible(_BREAK.sub(" ", text.strip())))


def _short(words: str) -> str:
    half = _LONGEST // 2
    return words if len(words) <= _LONGEST else f"{words[:half]} … {words[-half:]}"


class KgError(Exception):
    """An error with a message for people: what happened, where, and what to do.

    >>> str(KgError("no such file", where="a.txt", hint="check the path"))
    'a.txt: no such file; check the path'
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        place, words, advice = _short(visible(where)), one_line(what), one_line(hint)
        super().__init__((f"{place}: " if place else "") + words + (f"; {advice}" if advice else ""))

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
