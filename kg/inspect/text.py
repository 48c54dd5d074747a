"""Findings for people at a terminal: grouped by file and section, counted at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.inspect.checked import Checked, Place, Point
from kg.inspect.words import counted, words

_LONGEST = 60
_MOST = 4  # quotations shown with a finding
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line as pieces of text, each with the style it has in colour."""

    pieces: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The line without colour."""
        return "".join(text for text, _ in self.pieces)


def as_text(checked: Checked, lang: str) -> str:
    """The findings of a file without colour.

    >>> from kg.facts import Finding
    >>> from kg.inspect.checked import locate
    >>> from kg.text import read_text
    >>> finding = Finding("FORM-R8", "error", "应为24%", "should be 24%", stated="25", recomputed="24")
    >>> print(as_text(locate("a.txt", read_text("下降25%。"), [finding], {}), "en"), end="")
    a.txt
      the whole report
        error FORM-R8 should be 24%
          stated 25, the figures give 24
    """
    return "".join(f"{line.text}\n" for line in lines(checked, lang))


def lines(checked: Checked, lang: str) -> Iterator[Line]:
    """The findings of a file, line by line; nothing where there are none."""
    if not checked.points:
        return
    said = words("text", lang)
    head = [(checked.path, "bold")]
    if checked.previous:
        head.append((f"  {said['previous'].format(name=checked.previous)}", "dim"))
    yield Line(tuple(head))
    section: str | None = None
    for number, point in enumerate(checked.points):
        here = (point.place.section if point.place else "") or said["whole"]
        if here != section:
            section = here
            yield Line((("  ", ""), (_short(section), "bold blue")))
        yield from _point(point, lang)
        following = checked.points[number + 1 : number + 2]
        if point.advice(lang) and not any(other.finding.code == point.finding.code for other in following):
            yield Line((("      → ", "dim"), (point.advice(lang), "dim")))


def _point(point: Point, lang: str) -> Iterator[Line]:
    said, finding = words("text", lang), point.finding
    yield Line(
        (
            ("    ", ""),
            (words("severity", lang)[finding.severity], _STYLES[finding.severity]),
            (f" {finding.code} ", "bold"),
            (point.message(lang), ""),
        )
    )
    if finding.stated and finding.recomputed:
        figures = said["stated"].format(stated=finding.stated, recomputed=finding.recomputed)
        yield Line((("      ", ""), (figures, "magenta")))
    for place in point.places[:_MOST]:
        yield Line(
            (("      ", ""), (f"«{_short(place.exact)}»", "green"), (f" {_where(place, lang)}", "dim"))
        )
    if len(point.places) > _MOST:
        yield Line((("      ", ""), (said["more"].format(n=len(point.places) - _MOST), "dim")))


def _where(place: Place, lang: str) -> str:
    said = words("text", lang)
    if place.page is not None:
        return said["page"].format(n=place.page)
    if place.line is not None:
        return said["line"].format(n=place.line)
    return said["paragraph"].format(n=place.paragraph)


@dataclass(slots=True)
class Tally:
    """Counts of findings over files that pass by and need not be kept.

    >>> tally = Tally()
    >>> list(tally.count([]))
    []
    >>> tally.told("en")
    '0 errors, 0 warnings, 0 infos in 0 reports'
    """

    files: int = 0
    compared: int = 0  # with the report of the year before
    severities: Counter[str] = field(default_factory=Counter)

    def count(self, checked: Iterable[Checked]) -> Iterator[Checked]:
        """Pass files on, and count what is found in them."""
        for item in checked:
            self.files += 1
            self.compared += bool(item.previous)
            self.severities.update(point.finding.severity for point in item.points)
            yield item

    def told(self, lang: str) -> str:
        """How many findings of each severity, in how many reports."""
        said = words("count", lang)
        counts = [counted("count", name, self.severities[name], lang) for name in words("severity", lang)]
        files = counted("count", "files", self.files, lang)
        return said["told"].format(files=files, counts=said["join"].join(counts))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
