"""The marks of lists inside running text: 一是, （一）, 1., 首先, 一方面."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.match.words import alternatives
from kg.text.document import Span
from kg.text.headings import ordinal

_ORDINAL = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_CLAUSE = r"(?:\A|(?<=[\n。；：，、]))"
_POINT = r"(?:\A|(?<=[\n。；：]))"
_CLOSES = "，；：。！？、（）\n"
_SPOKEN = {  # what words of a class are: a kind of list and a place in it
    "firstItem": ("spoken", 1), "secondItem": ("spoken", 2), "thirdItem": ("spoken", 3), "lastItem": ("spoken", 4),
    "oneSide": ("side", 1), "otherSide": ("side", 2),
}  # fmt: skip
_WRITTEN = (
    rf"(?<![进统唯之十第（])第?(?P<is>[{_ORDINAL}]{{1,2}})(?:则?是(?!否)|要(?![求素件点])|来(?=[，\u4e00-\u9fff]))"
    rf"|{_CLAUSE}第(?P<nth>[{_ORDINAL}])[，、：]"
    rf"|{_CLAUSE}其(?P<of>[{_ORDINAL}])(?=[，、：是])"
    rf"|(?<![第])（(?P<bracket>[{_ORDINAL}]{{1,2}}|\d{{1,2}})）(?![项款目条])"
    rf"|{_POINT}\s*(?P<comma>[{_ORDINAL}]{{1,2}})、"
    rf"|{_POINT}\s*(?P<point>\d{{1,2}})[.、．](?!\d)"
    rf"|{_POINT}\s*(?P<circled>[{_CIRCLED}])"
)


@dataclass(frozen=True, slots=True)
class ListMark:
    """A mark with the kind of list it belongs to and its place in the list."""

    kind: str
    value: int
    span: Span


class ListMarks:
    """Finds the marks of lists, with the words of one ontology for those that are spoken."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._spoken = {word: place for name, place in _SPOKEN.items() for word in words[name]}
        self._mark = re.compile(rf"{_WRITTEN}|{_CLAUSE}(?P<spoken>{alternatives(self._spoken)})[，：]?")

    def of(self, text: str, span: Span) -> Iterator[ListMark]:
        """Every mark of a stretch, in order.

        >>> from kg.schema.ontology import load_words
        >>> marks = ListMarks(load_words())
        >>> [(mark.kind, mark.value) for mark in marks.of("一是学习；二是宣传。首先，整改。", Span(0, 16))]
        [('is', 1), ('is', 2), ('spoken', 1)]
        """
        for found in self._mark.finditer(span.of(text)):
            kind = found.lastgroup or ""
            words = found[kind]
            place = Span(span.start + found.start(), span.start + found.end())
            if kind == "spoken":
                yield ListMark(*self._spoken[words], place)
            elif kind == "circled":
                yield ListMark(kind, _CIRCLED.index(words) + 1, place)
            elif words.isdigit():
                yield ListMark(kind if kind == "point" else "bracket 1", int(words), place)
            else:
                yield ListMark(kind, ordinal(words), place)


def sentences_of(text: str, span: Span) -> Iterator[Span]:
    """Stretches down to a full stop or a line's end."""
    return _pieces(r"[^。！？\n]+[。！？]?", text, span)


def semicolons_of(text: str, span: Span) -> Iterator[Span]:
    """Stretches down to a semicolon."""
    return _pieces(r"[^；]+；?", text, span)


def clauses_of(text: str, span: Span) -> Iterator[Span]:
    """Stretches down to a comma or more."""
    return _pieces(r"[^，：；。！？\n]+[，：；。！？\n]?", text, span)


def lines_of(text: str, span: Span) -> Iterator[Span]:
    """The lines of a stretch."""
    return _pieces(r"[^\n]+", text, span)


def clause_end(text: str, start: int) -> int:
    """Where the words from here on end: at a comma or more.

    >>> clause_end("申请5件，办结5件", 0)
    4
    """
    return next((at for at in range(start, len(text)) if text[at] in _CLOSES), len(text))


def _pieces(pattern: str, text: str, span: Span) -> Iterator[Span]:
    for found in re.finditer(pattern, span.of(text)):
        yield Span(span.start + found.start(), span.start + found.end())
