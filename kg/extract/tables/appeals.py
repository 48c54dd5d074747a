"""Section four in plain text: reviews and lawsuits by outcome."""

from kg.extract.tables.figures import FigureReader, Place
from kg.extract.tables.rows import FoundRow, FoundRows
from kg.extract.tables.skeleton import Hit, Skeleton, chain, occurrences
from kg.schema.form import Form, FormTable, Row, skeleton
from kg.text.document import Span


class AppealReader:
    """Reads the tables of section four of one text."""

    def __init__(self, form: Form, words: Skeleton, figures: FigureReader) -> None:
        self._form = form
        self._words = words
        self._figures = figures

    def read(self) -> list[FoundRows]:
        """Every table of section four."""
        table = self._form.table("s4")
        order = [(group.indicator, column) for group in table.groups for column in table.columns]
        cache = {
            column.notation: occurrences(self._words.text, column.label, 0, least=2)
            for column in table.columns
        }
        hits = [
            Hit(number, hit.start, hit.end)
            for number, (_, column) in enumerate(order)
            for hit in cache[column.notation]
            if hit.end - hit.start >= 4 or column.notation == "total"
        ]
        columns = tuple(f"{group}.{column.notation}" for group, column in order)
        found = []
        while True:
            run = chain(hits, most_gap=30)
            if len(run) < 12:
                break
            hits = [hit for hit in hits if hit.end <= run[0].start or hit.start >= run[-1].end]
            read = self._one_row(table, run, columns)
            if read is not None:
                found.append(read)
        return sorted(found, key=lambda rows: rows.span)

    def _one_row(self, table: FormTable, run: list[Hit], columns: tuple[str, ...]) -> FoundRows | None:
        label = self._words.span(run[0].start, run[-1].end)
        row = Row("s4", table.label, "", False, ())
        zone = Span(label.end, self._figures.line_end(label.end))
        segments = self._figures.segments(zone)
        if not segments or len(skeleton(segments[0].words)) > 6:
            return FoundRows(table, (), label, "")
        place = Place(row, label, zone)
        readings = self._figures.readings(place, segments[0], len(columns), len(table.columns))
        digits = Span(segments[0].start, segments[0].end)
        found = FoundRow(row, label, columns, readings, digits)
        return FoundRows(table, (found,), Span(label.start, digits.end), "")
