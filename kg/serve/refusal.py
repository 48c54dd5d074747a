"""What a client is told when it does not get what it asked for."""

from dataclasses import dataclass
from typing import Self

from kg.errors import KgError


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

    @property
    def text(self) -> str:
        """The body: one line."""
        return " ".join((self.what + (f"; {self.hint}" if self.hint else "")).split()) + "\n"


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


def refusal_of(error: KgError, status: int = 400) -> Refusal:
    """An error of the library as an answer, without the place on this machine that it names."""
    return Refusal(status, error.what, error.hint)
