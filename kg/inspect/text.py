"""Findings for people at a terminal: grouped by file and section, counted at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.inspect.checked import Checked, Place, Point

_LONGEST = 60
_MOST = 4  # quotations shown with a finding
_COUNTED = ("errors", "warnings", "infos")
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_WORDS = {
    "zh": {
        "error": "错误", "warning": "警告", "info": "提示", "line": "第{n}行", "page": "第{n}页", "paragraph": "第{n}段", "more": "另有{n}处",
        "stated": "写为 {stated}，应为 {recomputed}", "whole": "全文", "files": "{n}份报告", "errors": "{n}个错误", "warnings": "{n}个警告", "infos": "{n}个提示",
        "fine": "未发现问题", "previous": "对照 {name}",
    },
    "en": {
        "error": "error", "warning": "warning", "info": "info", "line": "line {n}", "page": "page {n}", "paragraph": "paragraph {n}",
        "more": "{n} more", "stated": "stated {stated}, the figures give {recomputed}", "whole": "the whole report", "files": "in {n} report{s}",
        "errors": "{n} error{s}", "warnings": "{n} warning{s}", "infos": "{n} info{s}", "fine": "nothing found", "previous": "compared with {name}",
    },
}  # fmt: skip


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
    words = _WORDS[lang]
    head = [(checked.path, "bold")]
    if checked.previous:
        head.append((f"  {words['previous'].format(name=checked.previous)}", "dim"))
    yield Line(tuple(head))
    section: str | None = None
    for number, point in enumerate(checked.points):
        here = (point.place.section if point.place else "") or words["whole"]
        if here != section:
            section = here
            yield Line((("  ", ""), (_short(section), "bold blue")))
        yield from _point(point, lang)
        following = checked.points[number + 1 : number + 2]
        if point.advice(lang) and not any(other.finding.code == point.finding.code for other in following):
            yield Line((("      → ", "dim"), (point.advice(lang), "dim")))


def _point(point: Point, lang: str) -> Iterator[Line]:
    words, finding = _WORDS[lang], point.finding
    yield Line(
        (
            ("    ", ""),
            (words[finding.severity], _STYLES[finding.severity]),
            (f" {finding.code} ", "bold"),
            (point.message(lang), ""),
        )
    )
    if finding.stated and finding.recomputed:
        figures = words["stated"].format(stated=finding.stated, recomputed=finding.recomputed)
        yield Line((("      ", ""), (figures, "magenta")))
    for place in point.places[:_MOST]:
        yield Line(
            (("      ", ""), (f"«{_short(place.exact)}»", "green"), (f" {_where(place, lang)}", "dim"))
        )
    if len(point.places) > _MOST:
        yield Line((("      ", ""), (words["more"].format(n=len(point.places) - _MOST), "dim")))


def _where(place: Place, lang: str) -> str:
    words = _WORDS[lang]
    if place.page is not None:
        return words["page"].format(n=place.page)
    if place.line is not None:
        return words["line"].format(n=place.line)
    return words["paragraph"].format(n=place.paragraph)


def summary(checked: Iterable[Checked], lang: str) -> str:
    """How many findings of each severity, in how many reports.

    >>> summary([], "en")
    '0 errors, 0 warnings, 0 infos in 0 reports'
    """
    items = list(checked)
    counts = Counter(point.finding.severity for item in items for point in item.points)
    words = _WORDS[lang]
    told = [
        words[name].format(n=counts[name[:-1]], s="" if counts[name[:-1]] == 1 else "s") for name in _COUNTED
    ]
    files = words["files"].format(n=len(items), s="" if len(items) == 1 else "s")
    return f"{', '.join(told)} {files}" if lang == "en" else f"{files}：{'，'.join(told)}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
