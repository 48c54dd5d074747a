"""The values every later stage reads: a document, its parts, and stretches of its text."""

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from kg.errors import KgError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text in code points, half-open.

    >>> Span(2, 4).of("衢州市政府")
    '市政'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise KgError(f"span {self.start}-{self.end} is not a stretch of any text")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words this span covers."""
        if self.end > len(text):
            raise KgError(f"span {self.start}-{self.end} reaches past the text's {len(text)} characters")
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of the normalised text stood in the source.

    ``starts[i]`` and ``ends[i]`` bound, in the source's decoded text, the characters that became
    character ``i``. For paginated sources the decoded text is the pages' text layers joined by a form feed.
    """

    starts: array  # type: ignore[type-arg]
    ends: array  # type: ignore[type-arg]

    def to_source(self, span: Span) -> Span:
        """The stretch of the source a normalised span came from."""
        if len(span) == 0:
            here = (
                self.starts[span.start]
                if span.start < len(self.starts)
                else (self.ends[-1] if self.ends else 0)
            )
            return Span(here, here)
        return Span(min(self.starts[span.start : span.end]), max(self.ends[span.start : span.end]))


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: name, kind of file, digest of the bytes, how they were decoded."""

    name: str
    media_type: str
    digest: str
    size: int
    encoding: str = ""
    address: str = ""
    title: str = ""
    metadata: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paginated source, numbered from 1."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, down to the next heading of its level or above.

    ``level`` is 1 for 一、 2 for （一） 3 for 1. 4 for （1） and 一是; 0 for a title without number.
    ``parent`` is the index of the enclosing section in ``Document.sections``, or -1.
    """

    number: str
    title: str
    level: int
    heading: Span
    span: Span
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a merged cell stands once, at its first row and column."""

    text: str
    span: Span
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A grid found in the source; ``span`` covers its text in the normalised text."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    span: Span

    def grid(self) -> list[list[Cell | None]]:
        """The table as rows of cells, merged cells repeated over what they cover."""
        rows: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rowspan, self.rows)):
                for column in range(cell.column, min(cell.column + cell.colspan, self.columns)):
                    rows[row][column] = cell
        return rows


@dataclass(frozen=True, slots=True)
class Noise:
    """Text set aside: injected words, navigation, page numbers; or a place where text was lost.

    Set-aside words are kept at the end of the normalised text, after ``Document.body``, so that they can be
    quoted; ``at`` is where in the body they were taken out.
    """

    kind: str  # "spam", "navigation", "page-number", "lost", "pinyin"; "mixed-width", "full-width" of numbers
    span: Span
    at: int


_QUOTES = frozenset("“”")


@dataclass(frozen=True, slots=True)
class Document:
    """A source as every later stage sees it.

    ``text`` is the normalised text that evidence points into. ``folded`` has the same length, with every variant of a
    punctuation mark replaced by one (``,`` and ``﹐`` by ``，``, ``"`` by ``“`` or ``”``, ``[2020]`` by ``〔2020〕``), so that patterns need
    to know one form only. ``wording`` is the text with quotation marks as in ``folded``: what names are cut from, so that a thing has one name
    whichever marks stand around it. ``body`` ends where set-aside text begins.
    """

    source: Source
    text: str
    folded: str
    offsets: OffsetMap
    body: Span
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Span, ...] = ()
    tables: tuple[Table, ...] = ()
    noise: tuple[Noise, ...] = ()
    conversions: tuple[str, ...] = ()  # "traditional", "taiwan", "pinyin", "gb18030", "big5", …
    wording: str = field(default="", compare=False, repr=False)
    _section_starts: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.folded) != len(self.text):
            raise KgError("the folded text must be as long as the text", where=self.source.name)
        marked = _QUOTES.intersection(self.folded)
        wording = (
            "".join(b if b in _QUOTES else a for a, b in zip(self.text, self.folded, strict=True))
            if marked
            else self.text
        )
        object.__setattr__(self, "wording", wording)
        object.__setattr__(self, "_section_starts", tuple(section.span.start for section in self.sections))

    def section_at(self, position: int) -> Section | None:
        """The innermost section that holds this position."""
        index = bisect_right(self._section_starts, position) - 1
        while index >= 0:
            section = self.sections[index]
            if section.span.start <= position < section.span.end:
                return section
            index = section.parent if section.parent >= 0 else index - 1
        return None

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds this position, or nothing at it."""
        index = bisect_right(self.sentences, position, key=lambda sentence: sentence.start) - 1
        if index >= 0 and position < self.sentences[index].end:
            return self.sentences[index]
        return Span(position, position)

    def page_at(self, position: int) -> int | None:
        """The page number that holds this position, for a paginated source."""
        index = bisect_right([page.span.start for page in self.pages], position) - 1
        return self.pages[index].number if index >= 0 else None
