"""Section two in plain text: the items of an article, each with columns and rows of its own."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.tables.columns import columns_in, edition_of, unit_in
from kg.extract.tables.figures import FigureReader, Place
from kg.extract.tables.rows import FoundRow, FoundRows
from kg.extract.tables.skeleton import Hit, Skeleton, nearest, occurrences
from kg.schema.form import Form, FormTable, skeleton
from kg.text.document import Span

_ASIDE = 6  # words that may stand between an item's heading and its first row: 信息内容


class MatterReader:
    """Reads the tables of section two of one text."""

    def __init__(self, form: Form, words: Skeleton, figures: FigureReader) -> None:
        self._form = form
        self._words = words
        self._figures = figures
        units = "|".join(map(re.escape, sorted(form.unit_words, key=lambda word: (-len(word), word))))
        self._titles: dict[int, int] = {}  # where items' headings begin and end
        self._prose = re.compile(rf"[\u3400-\u9fff ]{{0,6}}\d[\d.]*(?:{units})[，。；、）]")

    def read(self, edition: str = "") -> list[FoundRows]:
        """Every table of section two; ``edition`` names the columns of those that lost their header."""
        tables = [table for table in self._form.tables if table.section == "s2"]
        text = self._words.text
        starts: list[tuple[int, int, FormTable | None]] = []
        for table in tables:
            starts.extend((hit.start, hit.end, table) for hit in occurrences(text, table.label, 0))
        self._titles = {start: end for start, end, _ in starts}
        named = sorted(
            {
                (hit.start, hit.end)
                for table in tables
                for column in table.columns
                for hit in occurrences(text, column.label, 0)
            }
        )
        for start, end in named:
            before = [index for index, other in enumerate(starts) if other[0] < start]
            last = max(before, key=lambda index: starts[index][:2], default=-1)
            if last < 0 or start - starts[last][1] > 60:
                starts.append((start, start, None))
            else:
                starts[last] = (starts[last][0], end, starts[last][2])
        starts.sort(key=lambda item: item[:2])
        found = []
        for index, (start, end, item) in enumerate(starts):
            stop = starts[index + 1][0] if index + 1 < len(starts) else min(len(text), end + 200)
            read = self._item(tables if item is None else [item], start, end, stop)
            if read is None and item is not None:
                read = self._headless(item, start, end, stop, edition)
            if read is not None:
                found.append(read)
        return found

    def _item(self, tables: Sequence[FormTable], start: int, end: int, stop: int) -> FoundRows | None:
        """The rows between one item's heading and the next; the columns stand before the first row."""
        best: tuple[int, list[Hit], FormTable] | None = None
        for table in tables:
            hits = self._row_hits(table, end, stop)
            if hits and (best is None or len(hits) > best[0]):
                best = (len(hits), hits, table)
        if best is None:
            return None
        _, hits, table = best
        columns = self._columns(table, start, hits[0].start)
        read = self._under(table, start, hits, stop, columns) if columns else None
        return read if read is not None and read.rows else None

    def _headless(self, table: FormTable, start: int, end: int, stop: int, edition: str) -> FoundRows | None:
        """The rows right behind an item's heading, under the columns of the edition; all unknown where a figure is too many or too few."""
        hits = self._row_hits(table, end, stop)
        if not hits or hits[0].start - end > _ASIDE:
            return None
        columns = columns_in(table, edition)
        read = self._under(table, start, hits, stop, columns or ("",))
        rows = [row for row in read.rows if row.digits is not None]
        if not rows or any(self._words_between(row) for row in rows):
            return None
        if columns and all(len(row.readings) == 1 for row in rows):
            return read
        unknown = tuple((row.row.label.title, row.label) for row in rows)
        return FoundRows(table, (), read.span, "", unknown)

    def _words_between(self, row: FoundRow) -> bool:
        """Whether words part a row's label from its figures, as in running text."""
        assert row.digits is not None
        first, last = (bisect_left(self._words.at, at) for at in (row.label.end, row.digits.start))
        return first != last

    def _under(
        self, table: FormTable, start: int, hits: Sequence[Hit], stop: int, columns: tuple[str, ...]
    ) -> FoundRows:
        """The rows of a table with their figures under its columns."""
        head = Span(self._words.at[start], self._words.span(hits[0].start, hits[0].end).start)
        units = tuple(self._unit_after(table, column, start, hits[0].start) for column in columns)
        edition = edition_of(table, set(columns))
        spans = [self._words.span(hit.start, hit.end) for hit in hits]
        rows = []
        for index, (hit, span) in enumerate(zip(hits, spans, strict=True)):
            close = spans[index + 1].start if index + 1 < len(hits) else self._stop(stop, span.end)
            if self._figures.begins(self._prose, span.end):
                continue  # a sentence goes on behind the figure
            zone = self._behind_title(hit.end) or Span(span.end, max(span.end, close))
            place = Place(table.rows[hit.order], span, zone)
            segments = self._figures.segments(zone)
            if not segments or len(skeleton(segments[0].words)) > 12:
                rows.append(FoundRow(place.row, span, columns, (), None))
                continue
            readings = self._figures.loose(place, segments[0], len(columns))
            rows.append(
                FoundRow(place.row, span, columns, readings, Span(segments[0].start, segments[0].end), units)
            )
        last = max([spans[-1].end, *(row.digits.end for row in rows if row.digits is not None)])
        return FoundRows(table, tuple(rows), Span(head.start, last), edition)

    def _behind_title(self, at: int) -> Span | None:
        """The figures of a row that stand behind the heading of the item below, where a page without rulings joined the two lines.

        行政事业性收费第二十条第（九）项 689 0: no heading has figures of its own.
        """
        end = self._titles.get(at)
        if end is None or end >= len(self._words.at):
            return None
        words = next(
            (place for place in range(end, len(self._words.at)) if not self._words.text[place].isdecimal()),
            end,
        )
        zone = Span(self._words.at[end - 1] + 1, self._words.at[words])
        return zone if self._figures.segments(zone) else None

    def _row_hits(self, table: FormTable, start: int, stop: int) -> list[Hit]:
        hits: list[Hit] = []
        position = start
        for order, row in enumerate(table.rows):
            for words in sorted(row.label.full, key=len, reverse=True):
                place = self._words.text.find(words, position, stop)
                if 0 <= place <= position + 60:
                    hits.append(Hit(order, place, place + len(words)))
                    position = place + len(words)
                    break
            else:
                for words in row.label.full:
                    score, left, right = nearest(self._words.text, words, position, min(stop, position + 40))
                    if len(words) >= 4 and score >= 0.74:
                        hits.append(Hit(order, left, right))
                        position = right
                        break
        return hits

    def _columns(self, table: FormTable, start: int, end: int) -> tuple[str, ...]:
        """The columns whose labels stand in a stretch, in order of where they stand."""
        taken: list[tuple[int, int, str]] = []
        for column in table.columns:
            for words in sorted({*column.label.full, *column.label.parts}, key=len, reverse=True):
                place = self._words.text.find(words, start, end)
                if place >= 0:
                    taken.append((place, place + len(words), column.notation))
                    break
            else:
                score, left, right = nearest(self._words.text, column.label.full[0], start, end)
                if score >= 0.75:
                    taken.append((left, right, column.notation))
        taken.sort(key=lambda item: (item[0], -item[1]))
        kept: list[tuple[int, int, str]] = []
        for item in taken:
            if not kept or item[0] >= kept[-1][1]:
                kept.append(item)
        return tuple(dict.fromkeys(notation for _, _, notation in kept))

    def _unit_after(self, table: FormTable, column: str, start: int, end: int) -> str:
        if column != "amount":
            return ""
        usual = next(other.unit for other in table.columns if other.notation == column)
        return unit_in(self._form, self._words.text[start:end], usual)

    def _stop(self, stop: int, least: int) -> int:
        end = self._figures.line_end(least)
        return min(end, self._words.at[stop]) if stop < len(self._words.at) else end
