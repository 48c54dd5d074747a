"""Section three in plain text: requests by result and applicant."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.tables.figures import REACH, FigureReader, Place
from kg.extract.tables.labels import LabelReader
from kg.extract.tables.numbers import Segment
from kg.extract.tables.rows import FoundRow, FoundRows, applicants, readings_of
from kg.extract.tables.skeleton import Hit
from kg.extract.tables.solve import Reading, sums_hold
from kg.schema.form import Form, FormTable
from kg.text.document import Span

_ROW_START = re.compile(r"\s*(?:\d[.．、][ ]?[\u3400-\u9fff]{2}|（[一二三四五六七]）)")


class RequestReader:
    """Reads the tables of section three of one text."""

    def __init__(self, form: Form, labels: LabelReader, figures: FigureReader) -> None:
        self._table = form.table("s3")
        self._labels = labels
        self._figures = figures

    def read(self) -> list[FoundRows]:
        """Every table of section three."""
        runs = self._labels.runs(self._table)
        found = [read for run in runs if (read := self._rows_of(self._table, run)) is not None]
        return sorted(found, key=lambda rows: rows.span)

    def _rows_of(self, table: FormTable, hits: list[Hit]) -> FoundRows | None:
        names = {table.rows[hit.order].indicator for hit in hits}
        if any(name.startswith("s3.other_") for name in names):
            edition = "2021"
        else:
            edition = "2019" if "s3.other" in names else ""
        places = self._labels.places(table, hits, REACH)
        columns = applicants(table)
        zones = [self._figures.segments(place.zone) for place in places]
        if sum(bool(zone) for zone in zones) == 0 and not self._bare_labels(places):
            return None
        unknown: list[tuple[str, Span]] = []
        rows: list[FoundRow] = []
        carried: Segment | None = None
        runs: dict[int, tuple[Place, Segment]] = {}
        for number, (place, zone) in enumerate(zip(places, zones, strict=True)):
            segments = list(zone)
            if segments and _ROW_START.match(segments[0].words) and carried is None:
                carried, segments = segments[-1], []  # another row's figures, perhaps of the next label
                unknown.extend((_clean(other.words), Span(other.start, other.end)) for other in zone[:-1])
                if not place.row.heading:
                    rows.append(FoundRow(place.row, place.label, columns, (), None))
                continue
            if segments and _ROW_START.match(segments[0].words):
                segments, carried = [*filter(None, [carried]), *segments], None
            elif carried is not None and not segments:
                segments, carried = [carried], None
            elif carried is not None:
                unknown.append((_clean(carried.words), Span(carried.start, carried.end)))
                carried = None
            if _followed(places, zones, number):
                segments = _joined(segments, len(columns))
            if segments and len(segments[0].tokens) == 2 * len(columns) and not segments[1:]:
                segments = _halves(segments[0], len(columns))
            heading = place.row.heading or (edition == "2021" and place.row.indicator == "s3.other")
            if len(segments) > 1 - heading and number + 1 < len(places):
                carried = segments[-1]
            if heading:
                continue
            if not segments:
                rows.append(FoundRow(place.row, place.label, columns, (), None))
                continue
            readings = self._figures.readings(place, segments[0], len(columns), len(columns))
            digits = Span(segments[0].start, segments[0].end)
            runs[len(rows)] = (place, segments[0])
            rows.append(FoundRow(place.row, place.label, columns, readings, digits))
        if any(not rows[index].readings for index in runs):
            for index, (place, segment) in runs.items():
                if (
                    any(_torn(segment, reading) for reading in rows[index].readings)
                    or not rows[index].readings
                ):
                    readings = self._figures.readings(place, segment, len(columns), len(columns), blanks=True)
                    rows[index] = replace(rows[index], readings=readings)
        if sum(row.digits is not None for row in rows) < 4 and not self._bare_labels(places):
            return None
        last = rows[-1].digits.end if rows and rows[-1].digits else places[-1].label.end
        return FoundRows(table, tuple(rows), Span(places[0].label.start, last), edition, tuple(unknown))

    def _bare_labels(self, places: Sequence[Place]) -> bool:
        """Whether the labels stand close together as in a blank form, and not in running text."""
        apart = [right.label.start - left.label.end for left, right in pairwise(places)]
        return len(places) >= 20 and sorted(apart)[len(apart) // 2] <= 24


def _followed(places: Sequence[Place], zones: Sequence[Sequence[Segment]], number: int) -> bool:
    """Whether the next row has figures of its own, so that all before it belong to this one."""
    for place, zone in zip(places[number + 1 :], zones[number + 1 :], strict=True):
        if not place.row.heading:
            return bool(zone)
    return True


def _joined(segments: list[Segment], width: int) -> list[Segment]:
    """Runs that words interrupt, taken together where only together they fill the row and its sum holds."""
    if len(segments) > 1 and sum(len(segment.tokens) for segment in segments) == width:
        tokens = tuple(token for segment in segments for token in segment.tokens)
        if not all(sums_hold(reading, width) for reading in readings_of(tokens, width, width)):
            return segments
        return [Segment(segments[0].words, tokens, tokens[0].start, tokens[-1].end, segments[0].words_start)]
    return segments


def _halves(segment: Segment, width: int) -> list[Segment]:
    first, second = segment.tokens[:width], segment.tokens[width:]
    return [
        Segment(segment.words, first, first[0].start, first[-1].end, segment.words_start),
        Segment("", second, second[0].start, second[-1].end, second[0].start),
    ]


def _clean(words: str) -> str:
    return re.sub(r"[\s|]+", "", words)


def _torn(segment: Segment, reading: Reading) -> bool:
    """Whether a reading parts digits that stand together."""
    whole = {(token.start, token.end) for token in segment.tokens}
    return any(cell is not None and (cell.span.start, cell.span.end) not in whole for cell in reading)
