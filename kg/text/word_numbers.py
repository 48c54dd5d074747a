"""The numbers that Word writes before paragraphs of a list, which stand nowhere in the text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_CHINESE = "〇一二三四五六七八九"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is written."""

    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbers:
    """The lists of a document, and how far each has been counted."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    styles: Mapping[str, tuple[str, int]]
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> "Numbers":
        """Read the list definitions; a document without any has no numbers."""
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")),
            None,
        )
        if part is None:
            return cls({}, {})
        root = part.element
        abstract = {
            node.get(qn("w:abstractNumId")): _levels(node) for node in root.findall(qn("w:abstractNum"))
        }
        lists = {}
        for node in root.findall(qn("w:num")):
            base = node.find(qn("w:abstractNumId")).get(qn("w:val"))
            lists[node.get(qn("w:numId"))] = (base, abstract.get(base, {}))
        styles = {}
        for style in document.styles.element.iter(qn("w:style")):
            place = _place(style.find(qn("w:pPr")))
            if place is not None:
                styles[style.get(qn("w:styleId"))] = place
        return cls(lists, styles)

    def next(self, paragraph: Any) -> str:
        """The number that Word shows before this paragraph, or ``""``."""
        place = _place(paragraph.pPr)
        if place is None and paragraph.pPr is not None and paragraph.pPr.pStyle is not None:
            place = self.styles.get(paragraph.pPr.pStyle.val)
        if place is None or place[0] not in self.lists:
            return ""
        base, levels = self.lists[place[0]]
        depth = place[1]
        if depth not in levels:
            return ""
        self.counts[base, depth] = self.counts.get((base, depth), levels[depth].start - 1) + 1
        for deeper in range(depth + 1, 9):
            self.counts.pop((base, deeper), None)
        if levels[depth].format in ("bullet", "none"):
            return ""

        def written(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            here = levels.get(level, levels[depth])
            return write_number(self.counts.get((base, level), here.start), here.format)

        return _PLACE.sub(written, levels[depth].text)


def _levels(abstract: Any) -> dict[int, _Level]:
    levels = {}
    for node in abstract.findall(qn("w:lvl")):
        values = {
            name: (found.get(qn("w:val")) or "") if (found := node.find(qn(f"w:{name}"))) is not None else ""
            for name in ("numFmt", "lvlText", "start")
        }
        start = int(values["start"]) if values["start"].isdigit() else 1
        levels[int(node.get(qn("w:ilvl")) or 0)] = _Level(values["numFmt"], values["lvlText"], start)
    return levels


def _place(properties: Any) -> tuple[str, int] | None:
    """The list and level that paragraph properties name."""
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None or (number := numbering.find(qn("w:numId"))) is None:
        return None
    level = numbering.find(qn("w:ilvl"))
    return number.get(qn("w:val")) or "", int(level.get(qn("w:val")) or 0) if level is not None else 0


def write_number(value: int, style: str) -> str:
    """A number as a list style writes it.

    >>> write_number(12, "chineseCounting"), write_number(3, "decimal"), write_number(2, "decimalEnclosedCircle")
    ('十二', '3', '②')
    """
    if style.startswith(("chinese", "japaneseCounting", "taiwanese", "ideographDigital")) and 0 < value < 100:
        tens, units = divmod(value, 10)
        head = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
        return head + (_CHINESE[units] if units else "")
    if style.startswith("decimalEnclosedCircle") and 0 < value <= 20:
        return chr(ord("①") + value - 1)
    if style in ("lowerLetter", "upperLetter") and 0 < value <= 26:
        return chr(ord("a" if style == "lowerLetter" else "A") + value - 1)
    return str(value)
