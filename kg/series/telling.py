"""What a report told: its text in passages, its plans and problems, and where the things it names stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.text.document import Span
from kg.text.fold import fold
from kg.text.sentences import sentences

_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST = 6  # Chinese characters of a passage that says something
_TITLE = re.compile(r"《[^《》]*》")


@dataclass(frozen=True, slots=True)
class Said:
    """Something a report says, at one place of its text."""

    iri: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Telling:
    """One report as a later reader needs it.

    ``passages`` are the stretches between full stops and semicolons that tell what was done: none of them lies in
    a plan, a problem or a table. ``things`` are the initiatives, platforms and results named in the text;
    ``folded`` is the text with unified punctuation.
    """

    report: str
    year: int
    text: str
    passages: tuple[Span, ...]
    plans: tuple[Said, ...]
    problems: tuple[Said, ...]
    things: tuple[Said, ...] = ()
    folded: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))

    @staticmethod
    def of(
        report: str,
        year: int,
        text: str,
        plans: Iterable[Said],
        problems: Iterable[Said],
        things: Iterable[Said] = (),
    ) -> "Telling":
        """A telling with its passages, everything in the order of the text."""
        planned, wanting, named = (_by_place(said) for said in (plans, problems, things))
        closed = [one.span for one in (*planned, *wanting)]
        return Telling(report, year, text, passages_of(text, closed), planned, wanting, named)

    @property
    def closing(self) -> Span | None:
        """Where the report begins to speak of problems and plans."""
        return min((one.span for one in (*self.plans, *self.problems)), default=None)


def passages_of(text: str, closed: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The stretches between full stops and semicolons of running text that touch none of the closed ones."""
    return tuple(_passages(fold(text), closed))


def _passages(folded: str, closed: Sequence[Span]) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", folded):
        for sentence in sentences(folded, line.start(), line.end()):
            if not _is_prose(sentence.of(folded)):
                continue
            for part in re.finditer(r"[^；;]+", sentence.of(folded)):
                span = Span(sentence.start + part.start(), sentence.start + part.end())
                if not any(span.overlaps(one) for one in closed) and _says(span.of(folded)):
                    yield span


def _by_place(said: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(said, key=lambda one: (one.span.start, one.span.end, one.iri)))


def _is_prose(words: str) -> bool:
    return bool(re.search(r"[，。；]", words)) and not re.search(r"[|\t]", words)


def _says(words: str) -> bool:
    return len(_HAN.findall(_TITLE.sub("", words))) >= _LEAST or bool(_TITLE.search(words))
