"""Annex tables of any columns: a label in each row, a head over each column, and numbers where they cross."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.tables.annex import Annex, AnnexLine, clean
from kg.extract.tables.numbers import Number, NumberReader
from kg.schema.form import Form, skeleton
from kg.text.document import Document, Span, Table

_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?|学年)?")
_UNIT = re.compile(r"[（(](?:单位[:：])?([^（）()]{1,4})[)）]$")
_PIECE = re.compile(r"\d[\d,.]*%?(?=[\s|]|$|[\u3400-\u9fff])|[^\s|\d]+(?:[ ](?=[（(]))?[^\s|\d]*")
_HEAD = re.compile(r"[^\s|]+")
_SENTENCE = "。；，！？:："
_LONGEST = 30  # characters of a label, or of a head
_WIDEST = 8  # columns of a table whose cells stand on lines of their own
_FEWEST = 2  # rows of figures

Rows = list[list[Span | None]]


@dataclass(frozen=True, slots=True)
class _Column:
    """What stands over a column, without its unit; ``role`` is that of a known head."""

    head: str
    unit: str
    role: str


class FreeReader:
    """Reads the tables of one document that no form prescribes; ``year`` is the report's."""

    def __init__(self, document: Document, form: Form, numbers: NumberReader, year: int | None) -> None:
        self._text = document.folded
        self._form = form
        self._numbers = numbers
        self._year = year
        self._roles = {
            words: "value" if column.notation == "period" else column.notation
            for column in form.table("annex").columns
            for words in column.label.full
        }
        self._sums = frozenset(form.words["sum"])

    def grids(self, tables: Iterable[Table]) -> list[Annex]:
        """The annexes among real grids."""
        found = []
        for table in tables:
            rows: Rows = [
                [cell.span if cell is not None and skeleton(cell.text) else None for cell in row]
                for row in table.grid()
            ]
            annex = self._read(rows, table.span)
            if annex is not None:
                found.append(annex)
        return found

    def flat(self, parts: Sequence[Span]) -> list[Annex]:
        """The annexes in plain text: a row on a line, or a cell on a line."""
        found: list[Annex] = []
        for part in parts:
            lines = list(_lines(self._text, part))
            start = 0
            while start < len(lines):
                rows, used = self._row_a_line(lines, start) or self._cell_a_line(lines, start) or ([], 1)
                annex = (
                    self._read(rows, Span(lines[start].start, lines[start + used - 1].end)) if rows else None
                )
                if annex is not None:
                    found.append(annex)
                start += used if annex is not None else 1
        return found

    # -- plain text into rows

    def _row_a_line(self, lines: Sequence[Span], start: int) -> tuple[Rows, int] | None:
        """Lines that each hold a row, under a line of heads."""
        head = self._pieces(lines[start], _HEAD)
        if len(head) < 3 or not self._is_head(head):
            return None
        rows: Rows = [[*head]]
        shape = ""
        for line in lines[start + 1 :]:
            cells = self._with_unit(self._pieces(line), head)
            kinds = self._kinds(cells)
            if len(cells) == len(head) and (not shape or kinds == shape) and "n" in kinds:
                shape = kinds
                rows.append([*cells])
                continue
            total = self._total(cells, shape)
            if total:
                rows.append(total)
            break
        return (rows, len(rows)) if len(rows) > _FEWEST else None

    def _cell_a_line(self, lines: Sequence[Span], start: int) -> tuple[Rows, int] | None:
        """Lines that each hold a cell: heads, then rows alike in which cells are numbers."""
        for width in range(3, _WIDEST + 1):
            head = lines[start : start + width]
            if len(head) < width or not self._is_head(head):
                return None
            rows: Rows = [[*head]]
            here, shape = start + width, ""
            while here + width <= len(lines):
                cells = lines[here : here + width]
                kinds = self._kinds(cells)
                if "n" not in kinds or "t" not in kinds or (shape and kinds != shape):
                    break
                shape = kinds
                rows.append([*cells])
                here += width
            if len(rows) <= _FEWEST or (shape[0] == "n" and not self._counts_up(rows)):
                continue
            if not self._is_total(lines[here : here + 1]):
                return rows, here - start
            for size in range(width, 1, -1):
                total = self._total(lines[here : here + size], shape)
                if total:
                    return [*rows, total], here + size - start
            return rows, here - start
        return None

    def _pieces(self, line: Span, piece: re.Pattern[str] = _PIECE) -> list[Span]:
        found = [Span(*one.span()) for one in piece.finditer(self._text, line.start, line.end)]
        return [Span(one.start, one.start + len(one.of(self._text).rstrip())) for one in found]

    def _with_unit(self, cells: list[Span], head: Sequence[Span]) -> list[Span]:
        """The cells of a row, a unit that ran into its label apart from it."""
        place = next(
            (at for at, one in enumerate(head) if self._column(one.of(self._text)).role == "unit"), 0
        )
        if len(cells) != len(head) - 1 or not place:
            return cells
        label = cells[place - 1]
        unit = max(
            (one for one in self._form.unit_words if label.of(self._text).endswith(one)), key=len, default=""
        )
        cut = label.end - len(unit)
        return (
            cells
            if cut == label.end
            else [*cells[: place - 1], Span(label.start, cut), Span(cut, label.end), *cells[place:]]
        )

    def _kinds(self, cells: Sequence[Span]) -> str:
        """For each cell n for a number and t for words."""
        return "".join(
            "t" if self._number(cell) is None or not cell.of(self._text)[0].isdigit() else "n"
            for cell in cells
        )

    def _is_head(self, cells: Sequence[Span]) -> bool:
        """Whether cells can be heads: short words, no sentence, and one of them a head that is known or names its unit."""
        words = [cell.of(self._text) for cell in cells]
        plain = all(len(one) <= _LONGEST and not any(mark in one for mark in _SENTENCE) for one in words)
        over = [self._column(one) for one in words]
        bare = all(_YEAR.fullmatch(one.head) or not any(map(str.isdigit, one.head)) for one in over)
        return plain and bare and any(one.role or one.unit for one in over)

    def _counts_up(self, rows: Rows) -> bool:
        numbers = [self._number(row[0]) for row in rows[1:]]
        return [one.value for one in numbers if one] == list(range(1, len(rows)))

    def _is_total(self, cells: Sequence[Span | None]) -> bool:
        return any(cell is not None and skeleton(cell.of(self._text)) in self._sums for cell in cells[:2])

    def _total(self, cells: Sequence[Span], shape: str) -> list[Span | None]:
        """The cells of a line of totals in the places of a row, where blank ones were lost."""
        if not cells or not self._is_total(cells[:1]) or not shape:
            return []
        serial = shape.startswith("nt")
        places = [place for place, kind in enumerate(shape) if kind == "n" and (place or not serial)]
        numbers = [cell for cell, kind in zip(cells, self._kinds(cells), strict=True) if kind == "n"]
        if len(numbers) != len(places) or len(cells) != len(numbers) + 1:
            return []
        row: list[Span | None] = [None] * len(shape)
        row[shape.index("t")] = cells[0]
        for place, cell in zip(places, numbers, strict=True):
            row[place] = cell
        return row

    # -- rows into lines

    def _read(self, rows: Rows, span: Span) -> Annex | None:
        first = next((at for at, row in enumerate(rows) if at and self._values(row)), 0)
        if not first or any(self._values(row) for row in rows[:first]):
            return None
        body = rows[first:]
        columns = [self._over(rows[:first], place) for place in range(len(rows[0]))]
        values = [place for place, one in enumerate(columns) if self._holds_figures(body, place, one)]
        labels = [
            place
            for place in range(values[0] if values else 0)
            if columns[place].role in ("", "name") and not self._numeric(body, place)
        ]
        units = [place for place, one in enumerate(columns) if one.role == "unit"]
        if not values or not labels or len(body) < _FEWEST or not any(one.head for one in columns):
            return None
        lines: dict[str, AnnexLine] = {}
        for row in body:
            printed = self._words(row[units[0]]) if units else ""
            for place in values:
                line = self._line(row, labels, place, columns[place], printed)
                if line is not None:
                    lines.setdefault(line.label, line)
        return Annex(tuple(lines.values()), span) if len(lines) >= _FEWEST else None

    def _line(
        self, row: Sequence[Span | None], labels: Sequence[int], place: int, column: _Column, unit: str
    ) -> AnnexLine | None:
        """One figure: of what its row says, and of what stands over it."""
        value = self._number(row[place])
        where = next((row[one] for one in reversed(labels) if row[one] is not None), None)
        if where is None and self._is_total(row):
            where = next(cell for cell in row if cell is not None)
        if value is None or where is None or len(where) > 2 * _LONGEST:
            return None
        printed = _UNIT.sub("", where.of(self._text).strip())
        own = _UNIT.search(where.of(self._text).strip())
        head = "" if column.role == "value" or _YEAR.fullmatch(column.head) else column.head
        words = clean(printed)
        label = head if skeleton(printed) in self._sums else words if words.endswith(head) else words + head
        symbol = next(
            (one for one in (unit, column.unit, own[1] if own else "") if one in self._form.unit_words), ""
        )
        return AnnexLine(label, where, None, symbol, value, None) if len(label) >= 2 else None

    def _over(self, heads: Rows, place: int) -> _Column:
        """What stands over a column, from the top down; merged heads once, a title over all columns not at all."""
        words = [
            self._words(row[place])
            for row in heads
            if row[place] is not None and len({cell for cell in row if cell is not None}) > 1
        ]
        return self._column("".join(dict.fromkeys(words)))

    def _column(self, words: str) -> _Column:
        plain = re.sub(r"\s", "", words)
        unit = _UNIT.search(plain)
        known = unit is not None and unit[1] in self._form.unit_words
        head = _UNIT.sub("", plain) if known else plain
        role = self._roles.get(skeleton(head), "")
        return _Column(head, unit[1] if unit and known else "", role)

    def _holds_figures(self, body: Rows, place: int, column: _Column) -> bool:
        """Whether a column holds figures of the report's year: no serial numbers, telephones or other years."""
        year = _YEAR.fullmatch(column.head)
        other = year is not None and self._year is not None and str(self._year) not in column.head
        if column.role in ("code", "aside", "unit") or other or not self._numeric(body, place):
            return False
        found = [one for row in body if (one := self._number(row[place])) is not None]
        ordinal = [one.value for one in found] == list(range(1, len(found) + 1)) and not column.head
        return not ordinal and not all(
            one.value == int(one.value) and _YEAR.fullmatch(str(int(one.value))) for one in found
        )

    def _numeric(self, body: Rows, place: int) -> bool:
        """Whether a column holds numbers and nothing else."""
        cells = [row[place] for row in body if row[place] is not None]
        return (
            bool(cells)
            and all(self._number(cell) is not None or self._blank(cell) for cell in cells)
            and any(cell is not None and any(map(str.isdigit, cell.of(self._text))) for cell in cells)
        )

    def _values(self, row: Sequence[Span | None]) -> bool:
        """Whether a row holds a number that is no year."""
        return any(
            self._number(cell) is not None and not _YEAR.fullmatch(self._words(cell))
            for cell in row
            if cell is not None and cell.of(self._text).strip()[:1].isdigit()
        )

    def _number(self, cell: Span | None) -> Number | None:
        return self._numbers.cell(self._text, cell.start, cell.end) if cell is not None else None

    def _blank(self, cell: Span | None) -> bool:
        return cell is None or self._numbers.blank(self._text, cell.start, cell.end)

    def _words(self, cell: Span | None) -> str:
        return re.sub(r"\s", "", cell.of(self._text)) if cell is not None else ""


def _lines(text: str, part: Span) -> Iterator[Span]:
    """The lines of a stretch that hold something, without spaces and bars around them."""
    for found in re.finditer(r"[^\n]+", text[part.start : part.end]):
        words = found[0]
        left = len(words) - len(words.lstrip(" \t\u3000|"))
        right = len(words.rstrip(" \t\u3000|"))
        if left < right:
            yield Span(part.start + found.start() + left, part.start + found.start() + right)
