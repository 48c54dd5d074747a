"""Reading the annexes of reports before 2019: an indicator, its unit and one or two figures a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.tables.numbers import Number, NumberReader
from kg.extract.tables.skeleton import Skeleton, likeness
from kg.schema.form import Form, FormTable, Row, skeleton
from kg.text.document import Cell, Document, Span, Table

_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度|数)?")
_MARKER = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)|[①-⑳]"
)
_BEFORE = re.compile(rf"^(?:{_MARKER.pattern}|其中[:：]?|\d+(?![类项条]))")
_SCOPE = re.compile(r"范围\d+$")
_NOTE = re.compile(r"（[^（）]*）|\([^()]*\)")
_NO_UNIT = re.compile(r"[—\-─]{2,}[\s|]*")  # what headings have for a unit and figures
_EDGES = " \t\n\r\u3000|,，。.．、:：;；-—_"
_COLUMN_MARKS = re.compile(
    r"[\s|]*甲[\s|]*乙[\s|]*(?:丙[\s|]*)?(?:\d[\s|]+)*"
)  # the line that numbers the columns
_OWN_SERIAL = re.compile(r"[\s|]*\d{1,3}(?:[\s|]*[\u3400-\u9fff（“①-⑳]|[\s|]+\d{1,2}[.．、])")
_LONGEST = 160
_PLAIN = 8  # names of the first column that tell an annex without a column of units
_LEAST = 0.86
_LEAST_LINES = 3


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """A row of an annex: the label as printed, the form's row where it is one, the unit, and figures by column."""

    label: str
    label_span: Span
    row: Row | None
    unit: str
    value: Number | None
    cumulative: Number | None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex as found; ``torn`` are rows whose digits cannot be told apart."""

    lines: tuple[AnnexLine, ...]
    span: Span
    torn: tuple[tuple[str, Span], ...] = ()


@dataclass(slots=True)
class _Block:
    """The columns of one indicator list of a grid; two may stand side by side."""

    name: int
    unit: int = -1
    value: int = -1
    cumulative: int = -1
    period: bool = False  # whether the value is of a shorter period; the year's beside it replaces it


class AnnexReader:
    """Reads the annexes of one document."""

    def __init__(self, document: Document, form: Form, numbers: NumberReader) -> None:
        self._text = document.folded
        self._form = form
        self._numbers = numbers
        self._table = form.table("annex")
        self._roles = {
            words: column.notation for column in self._table.columns for words in column.label.full
        }
        self._plain = set(self._table.columns[0].label.full[:_PLAIN])

    # -- grids

    def grids(self, tables: Sequence[Table]) -> tuple[list[Annex], list[Span]]:
        """The annexes among real grids, and the stretches they cover; one may go on in the next grid."""
        found: list[Annex] = []
        used: list[Span] = []
        blocks: list[_Block] = []
        width = 0
        for table in tables:
            lines: dict[int, list[AnnexLine]] = {}
            if table.columns != width:
                blocks = []
            for row in table.grid():
                head = self._head(row)
                if _names_columns(row):
                    continue
                if head:
                    blocks, width = head, table.columns
                    continue
                for number, block in enumerate(blocks):
                    line = self._grid_line(row, block)
                    if line is not None:
                        lines.setdefault(number, []).append(line)
            if lines and sum(map(len, lines.values())) >= (1 if found else 2):
                ordered = [line for number in sorted(lines) for line in lines[number]]
                found.append(Annex(tuple(_known(self._table, ordered)), table.span))
                used.append(table.span)
        return found, used

    def _head(self, row: Sequence[Cell | None]) -> list[_Block]:
        blocks: list[_Block] = []
        for place, cell in enumerate(row):
            if cell is None or (place and row[place - 1] is cell):
                continue
            words = skeleton(_NOTE.sub("", cell.text))
            role = self._roles.get(words) or ("value" if _YEAR.fullmatch(words) else "")
            if role == "name":
                blocks.append(_Block(place))
            elif blocks and role == "unit":
                blocks[-1].unit = place
            elif blocks and role in ("value", "period") and (blocks[-1].value < 0 or blocks[-1].period):
                blocks[-1].value, blocks[-1].period = place, role == "period"
            elif blocks and role == "cumulative":
                blocks[-1].cumulative = place
        names = {skeleton(row[block.name].text) for block in blocks}  # type: ignore[union-attr]
        whole = all(block.value >= 0 for block in blocks)
        return blocks if whole and (names & self._plain or all(block.unit >= 0 for block in blocks)) else []

    def _grid_line(self, row: Sequence[Cell | None], block: _Block) -> AnnexLine | None:
        def number(place: int) -> Number | None:
            cell = row[place] if 0 <= place < len(row) else None
            return (
                self._numbers.cell(self._text, cell.span.start, cell.span.end) if cell is not None else None
            )

        stop = block.unit if block.unit >= 0 else block.value
        labels = [cell for cell in row[block.name : stop] if cell is not None and skeleton(cell.text)]
        value, cumulative = number(block.value), number(block.cumulative)
        if not labels or (value is None and cumulative is None):
            return None
        unit = row[block.unit] if block.unit >= 0 else None
        symbol = re.sub(r"\s", "", unit.text) if unit is not None else ""
        label = labels[-1]
        return AnnexLine(
            label.text, label.span, None, symbol if symbol in self._form.unit_words else "", value, cumulative
        )

    # -- plain text

    def flat(self, parts: Sequence[Span]) -> list[Annex]:
        """The annexes in stretches of plain text."""
        words = Skeleton.of(self._text, parts)
        columns = self._table.columns

        def alternatives(place: int) -> str:
            labels = sorted(columns[place].label.full, key=lambda label: (-len(label), label))
            return "|".join(labels[:99])

        name = "|".join(sorted(self._plain, key=lambda label: (-len(label), label)))
        value = rf"(?:{alternatives(2)}|{_YEAR.pattern})"
        head = re.compile(
            rf"(?P<serial>{alternatives(4)})?(?:{name})(?:{alternatives(1)})(?P<code>{alternatives(4)})?(?P<period>{alternatives(6)})?(?P<one>{value})?(?P<two>{alternatives(3)})?"
        )
        found = []
        heads = [m for m in head.finditer(words.text) if m["period"] or m["one"] or m["two"]]
        for index, match in enumerate(heads):
            start = words.at[match.end() - 1] + 1
            last = parts[-1].end if parts else 0
            stop = words.at[heads[index + 1].start()] if index + 1 < len(heads) else last
            named = [name for name in ("period", "one", "two") if match[name]]
            if len(named) > 2:
                continue
            columns_named = _COLUMN_MARKS.match(self._text, start, stop)
            annex = self._flat_lines(
                columns_named.end() if columns_named else start,
                stop,
                two=len(named) == 2,
                code=bool(match["code"]),
                serial=bool(match["serial"]),
            )
            if annex is not None and named == ["period", "one"]:
                lines = [replace(line, value=line.cumulative, cumulative=None) for line in annex.lines]
                annex = replace(annex, lines=tuple(line for line in lines if line.value is not None))
            if annex is not None:
                found.append(annex)
        return found

    def _flat_lines(self, start: int, stop: int, *, two: bool, code: bool, serial: bool) -> Annex | None:
        """The rows after a header; ``code`` where each has a number after its unit, ``serial`` where before its label."""
        units = "|".join(map(re.escape, sorted(self._form.unit_words, key=lambda word: (-len(word), word))))
        marks = "".join(map(re.escape, self._form.words["blank"]))
        figure = (
            rf"(?:\d{{1,3}}(?:[,，]\d{{3}})+(?!\d)|\d+)(?:\.\d+)?(?![.．、][ ]?[\u3400-\u9fff])|[{marks}]+"
        )
        second = rf"(?:[\s|]+(?P<two>{figure})(?![\u3400-\u9fff]))?" if two else ""
        between = r"[\s|]*\d{1,3}(?=[\s|])[\s|]*" if code else r"[\s|]*"
        line = re.compile(
            rf"(?:(?<=[\s|）])(?P<unit>{units})(?=[\s|{marks}]|\d|$)|(?P<glued>{units})(?=\d)){between}(?P<one>{figure})?{second}"
        )
        lines: list[AnnexLine] = []
        torn: list[tuple[str, Span]] = []
        position = end = start
        here = 0
        for match in line.finditer(self._text, start, stop):
            if match.start() - position > _LONGEST or "。" in self._text[position : match.start()]:
                break
            label = _label_span(self._text, position, match.start())
            before, position = position, match.end()
            end = position
            if label is None:
                continue
            words = label.of(self._text)
            tight = (
                self._text[match.end("unit" if match["unit"] else "glued")].isdigit()
                if match["one"]
                else False
            )
            one, two_ = self._figure(match, "one"), self._figure(match, "two") if two else None
            if serial:
                here = _serial_before(self._text, before, label.start) or here + 1
                last = two_ or one
                if (
                    last
                    and last.value == here + 1
                    and _OWN_SERIAL.match(self._text, match.end(), stop) is None
                ):
                    one, two_ = (one, None) if two_ else (None, None)  # it is the number of the next row
            if two and two_ is None and one is not None and tight and len(one.span) > 1:
                torn.append((clean(words), one.span))
                continue
            if one is not None or two_ is not None:
                lines.append(AnnexLine(words, label, None, match["unit"] or match["glued"], one, two_))
        if len(lines) + len(torn) < _LEAST_LINES:
            return None
        return Annex(tuple(_known(self._table, lines)), Span(start, end), tuple(torn))

    def _figure(self, match: re.Match[str], name: str) -> Number | None:
        if match[name] is None:
            return None
        return self._numbers.cell(self._text, *match.span(name))


def _names_columns(row: Sequence[Cell | None]) -> bool:
    """Whether a row names the columns below the header, as 甲, 乙, 1, 2."""
    words = [skeleton(cell.text) for cell in dict.fromkeys(row) if cell is not None]
    return words[:2] == ["甲", "乙"] and all(len(word) <= 1 for word in words)


def _serial_before(text: str, start: int, end: int) -> int:
    """The serial number a row begins with, or 0."""
    found = re.findall(r"(?<!\d)\d{1,3}(?![\d.．、])", text[start:end])
    return int(found[-1]) if found else 0


def clean(label: str) -> str:
    """A printed label without numbering, notes and broken lines.

    >>> clean("12 其中：1. 当面申请数（件）")
    '当面申请数'
    """
    words = _NOTE.sub("", re.sub(r"[\s|“”]+", "", label))
    while (less := _BEFORE.sub("", words.strip(_EDGES))) != words:
        words = less
    return words.rstrip("0123456789") if _SCOPE.search(words) is None else words


def _label_span(text: str, start: int, end: int) -> Span | None:
    """The label that ends here: from its number on where it has one, else all since the row before."""
    heading = max((found.end() for found in _NO_UNIT.finditer(text, start, end)), default=start)
    start = heading
    chunk = text[start:end]
    markers = [
        found.start() for found in _MARKER.finditer(_NOTE.sub(lambda note: "\x00" * len(note[0]), chunk))
    ]
    outside = [place for place in markers if _opens(chunk, place)]
    if numbered := [found.start() for found in _MARKER.finditer(chunk) if _opens(chunk, found.start())]:
        start += (
            max(numbered) if not outside else max([*outside, *(n for n in numbered if chunk[n] in "（(")])
        )
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end) if skeleton(text[start:end]) else None


def _opens(chunk: str, place: int) -> bool:
    """Whether a number here begins a label: at the start, on a new line, or after a mark between cells."""
    return not chunk[:place].strip(_EDGES) or chunk[:place].rstrip(" \u3000")[-1:] in "\n|\t—-/" or place == 0


def _known(table: FormTable, lines: Sequence[AnnexLine]) -> list[AnnexLine]:
    """The lines with the form's rows where labels are theirs; labels that stand twice are told apart by order."""
    known = []
    last = -1
    used: set[int] = set()
    for line in lines:
        words = skeleton(clean(line.label))
        free = [index for index, row in enumerate(table.rows) if not row.heading and index not in used]
        exact = [index for index in free if words in table.rows[index].label.full]
        fitting = exact or [index for index in free if _same(words, table.rows[index])]
        later = [index for index in fitting if index > last]
        index = (later or fitting or [-1])[0]
        row = table.rows[index] if index >= 0 else None
        if row is not None:
            last = index
            used.add(index)
        known.append(AnnexLine(line.label, line.label_span, row, line.unit, line.value, line.cumulative))
    return known


def _same(words: str, row: Row) -> bool:
    """Whether a label is that of a row but for a character or two."""
    sizes = [min(len(words), len(label)) / max(len(words), len(label), 1) for label in row.label.full]
    return max(sizes) >= 0.75 and len(words) >= 6 and 0.998 > likeness(words, row.label) >= _LEAST
