"""A checked file: its findings with the places they stand at, and as much of the text as showing them needs."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.facts import Finding
from kg.text.document import Document, Span, Table

_ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding's words stand: in the text, in its section, and on the page or line of the file."""

    exact: str
    start: int
    end: int
    at: int  # in the body, also for words that were set aside
    section: str
    page: int | None
    line: int | None  # of a text or HTML file
    paragraph: int


@dataclass(frozen=True, slots=True)
class Point:
    """A finding with its places, the first of which is where it is told."""

    finding: Finding
    remedy: tuple[str, str]  # zh, en
    places: tuple[Place, ...]

    @property
    def place(self) -> Place | None:
        """Where the finding is told."""
        return self.places[0] if self.places else None

    def message(self, lang: str) -> str:
        """What is wrong, in a language."""
        finding = self.finding
        return (finding.en if lang == "en" else finding.zh) or finding.zh or finding.en

    def advice(self, lang: str) -> str:
        """What to do about it, in a language."""
        return self.remedy[1 if lang == "en" else 0]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that could be read, and what does not hold in it."""

    path: str
    title: str
    media_type: str
    text: str  # the body
    tables: tuple[Table, ...]
    headings: tuple[tuple[int, int, int], ...]  # start, end, level
    points: tuple[Point, ...]
    previous: str = ""  # the report it was compared with
    annual: bool = True  # whether it is an annual report on disclosure, to which the form applies

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings without their places."""
        return tuple(point.finding for point in self.points)

    @property
    def has_errors(self) -> bool:
        """Whether a finding is more than a warning."""
        return any(point.finding.severity == "error" for point in self.points)

    def chosen(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> "Checked":
        """With the findings whose code begins with one of ``select`` (all where empty) and none of ``ignore``."""
        points = [
            point
            for point in self.points
            if (not select or point.finding.code.startswith(tuple(select)))
            and not (ignore and point.finding.code.startswith(tuple(ignore)))
        ]
        return replace(self, points=tuple(points))


def locate(
    path: str,
    document: Document,
    findings: Sequence[Finding],
    remedies: dict[str, tuple[str, str]],
    *,
    source: str = "",
    title: str = "",
    previous: str = "",
    annual: bool = True,
) -> Checked:
    """Give each finding its places; ``source`` is the decoded file, where it has lines."""
    breaks = [at for at, character in enumerate(source) if character == "\n"]
    lines = [at for at, character in enumerate(document.text) if character == "\n"]
    moved = {noise.span: noise.at for noise in document.noise}
    points = [
        Point(
            finding,
            remedies.get(finding.code, ("", "")),
            tuple(
                _place(document, span, moved.get(span, span.start), breaks if source else None, lines)
                for span in finding.evidence
            ),
        )
        for finding in dict.fromkeys(findings)
    ]
    points.sort(
        key=lambda point: (
            point.place.at if point.place else -1,
            _ORDER[point.finding.severity],
            point.finding.code,
        )
    )
    return Checked(
        path,
        title,
        document.source.media_type,
        document.text[: document.body.end],
        document.tables,
        tuple((part.heading.start, part.heading.end, part.level) for part in document.sections),
        tuple(points),
        previous,
        annual,
    )


def _place(
    document: Document, span: Span, at: int, breaks: Sequence[int] | None, lines: Sequence[int]
) -> Place:
    section = document.section_at(min(at, max(document.body.end - 1, 0)))
    line = None
    if breaks is not None:
        line = bisect_right(breaks, document.offsets.to_source(span).start - 1) + 1
    return Place(
        span.of(document.text),
        span.start,
        span.end,
        at,
        " ".join(section.heading.of(document.text).split()) if section else "",
        document.page_at(min(span.start, max(len(document.text) - 1, 0))),
        line,
        bisect_right(lines, at - 1) + 1,
    )
