"""What a client is told when it does not get what it asked for."""

from dataclasses import dataclass
from typing import Self

from kg.errors import KgError
from kg.query import mistake


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status of 400 or more, with words that say what is wrong and what to do.

    >>> Refusal(400, "no query was given", "send it as the parameter query").text
    'no query was given; send it as the parameter query\\n'
    """

    status: int
    what: str
    hint: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    mark: str = "; "  # between the two

    @property
    def text(self) -> str:
        """The body: one line."""
        return " ".join((self.what + (f"{self.mark}{self.hint}" if self.hint else "")).split()) + "\n"


class Refused(Exception):
    """Carries a refusal up to where it is answered."""

    def __init__(self, status: int, what: str, hint: str = "", **headers: str) -> None:
        pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        self.refusal = Refusal(status, what, hint, pairs)
        super().__init__(what)

    @classmethod
    def of(cls, refusal: Refusal) -> Self:
        """The exception that carries this refusal."""
        made = cls(refusal.status, refusal.what, refusal.hint)
        made.refusal = refusal
        return made


def unreadable(text: str, reason: str, *, update: bool = False) -> Refusal:
    """What is wrong with a query or an update of which an engine says this.

    >>> unreadable("SELECT * { ?s foo:b ?o }", "error at 1:18: expected one of …").text
    'line 1, column 15: the prefix foo: is not declared; add PREFIX foo: <…>\\n'
    """
    found = mistake(text, reason, update=update)
    return Refusal(400, f"line {found.line}, column {found.column}: {found.what}", found.hint)


def refusal_of(error: KgError, status: int = 400) -> Refusal:
    """An error of the library as an answer, without the place on this machine that it names, and the commands that its reader may not have."""
    return Refusal(status, error.what, "" if "`kg " in error.hint else error.hint)
