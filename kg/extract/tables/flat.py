"""Reading tables that arrive as plain text, in whatever order of lines and marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.tables.grid import edition_of, unit_in
from kg.extract.tables.numbers import NumberReader, Segment, fit, only_double
from kg.extract.tables.rows import FoundRow, FoundRows, applicants, choose, readings_of
from kg.extract.tables.skeleton import LEAST_LIKENESS, Hit, Skeleton, chain, nearest, occurrences
from kg.extract.tables.solve import Reading, sums_hold
from kg.schema.form import Form, FormTable, Row, skeleton
from kg.text.document import Span

_MOST_GAP = 320
_LEAST_ROWS = 8
_REACH = 220  # how far past its last label a table's figures may stand
_ORDINAL = re.compile(
    r"(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]+)\s*[)）]|[①-⑳]|(?:\d|[一二三四五六七八九十]+)\s*[.．、。，,:：])[\s|]*$"
)
_ROW_START = re.compile(r"\s*(?:\d[.．、][ ]?[\u3400-\u9fff]{2}|（[一二三四五六七]）)")


@dataclass(frozen=True, slots=True)
class Place:
    """A label found in the text, and the figures' stretch after it."""

    row: Row
    label: Span
    zone: Span
    bare: str = ""  # an ordinal that runs into the figures before the next label


class FlatReader:
    """Reads the tables of the plain text of one document."""

    def __init__(self, text: str, form: Form, numbers: NumberReader, parts: Sequence[Span]) -> None:
        self._text = text
        self._form = form
        self._numbers = numbers
        self._words = Skeleton.of(text, parts)
        units = "|".join(map(re.escape, sorted(form.unit_words, key=lambda word: (-len(word), word))))
        self._prose = re.compile(
            rf"[\u3400-\u9fff ]{{0,6}}\d+(?:\.\d+)?(?:{units})(?=[，。；、）\u3400-\u9fff])"
        )

    # -- section three

    def section_three(self) -> list[FoundRows]:
        """Every table of section three."""
        table = self._form.table("s3")
        hits = [
            hit
            for order, row in enumerate(table.rows)
            for hit in occurrences(self._words.text, row.label, order)
            if not self._in_prose(hit)
        ]
        found = []
        while True:
            run = chain(hits, most_gap=_MOST_GAP)
            if len(run) < _LEAST_ROWS:
                break
            hits = [hit for hit in hits if hit.end <= run[0].start or hit.start >= run[-1].end]
            whole = self._complete(table, run)
            read = self._rows_of(table, whole)
            if read is not None:
                found.append(read)
        return sorted(found, key=lambda rows: rows.span)

    def _in_prose(self, hit: Hit) -> bool:
        """Whether a figure with its unit goes on the sentence after a label."""
        return self._prose.match(self._text, self._words.span(hit.start, hit.end).end) is not None

    def _complete(self, table: FormTable, run: list[Hit]) -> list[Hit]:
        """The hits with the rows between them that are short or misspelt."""
        length = len(self._words.text)
        fences = [Hit(-1, max(0, run[0].start - 60), max(0, run[0].start - 60)), *run]
        fences.append(Hit(len(table.rows), min(length, run[-1].end + 160), length))
        whole: list[Hit] = []
        for left, right in pairwise(fences):
            if left.order >= 0:
                whole.append(left)
            start = left.end
            for order in range(left.order + 1, right.order):
                hit = self._seek(table, order, start, right.start)
                if hit is not None:
                    whole.append(hit)
                    start = hit.end
        return whole

    def _seek(self, table: FormTable, order: int, start: int, end: int) -> Hit | None:
        row = table.rows[order]
        for words in sorted(row.label.full, key=len, reverse=True):
            place = self._words.text.find(words, start, end)
            if place >= 0 and (len(words) > 2 or self._stands_alone(place, place + len(words), row)):
                return Hit(order, place, place + len(words))
        return self._around_figures(row, order, start, end) or self._misspelt(table, order, start, end)

    def _around_figures(self, row: Row, order: int, start: int, end: int) -> Hit | None:
        """A label with its figures in the middle, where its lines were centred beside them; the hit ends before them."""
        places = [
            place for place in range(start, min(end, start + 400)) if not self._words.text[place].isdigit()
        ]
        plain = "".join(self._words.text[place] for place in places)
        for words in sorted(row.label.full, key=len, reverse=True):
            at = plain.find(words) if len(words) >= 6 else -1
            if at >= 0:
                inside = places[at : at + len(words)]
                stop = next(
                    left for left, right in zip(inside, [*inside[1:], -1], strict=True) if right != left + 1
                )
                return Hit(order, inside[0], stop + 1)
        return None

    def _misspelt(self, table: FormTable, order: int, start: int, end: int) -> Hit | None:
        text = self._words.text
        label = table.rows[order].label
        best = max(
            (nearest(text, words, start, min(end, start + 400)) for words in label.full if len(words) >= 4),
            default=(0.0, 0, 0),
        )
        score, left, right = best
        while right > left and text[right - 1].isdigit():
            right -= 1
        while left < right and text[left].isdigit():
            left += 1
        if score < (0.74 if len(label.full[0]) <= 4 else LEAST_LIKENESS) or right - left < 2:
            return None
        around = text[max(start, left - 4) : right + 4]
        others = (other.label for index, other in enumerate(table.rows) if index != order)
        if any(
            nearest(around, words, 0, len(around))[0] > score
            for other in others
            for words in other.full
            if len(words) >= 4
        ):
            return None
        return Hit(order, left, right)

    def _stands_alone(self, start: int, end: int, row: Row) -> bool:
        """Whether a short label is a cell of its own: an ordinal or a break before it, figures after it."""
        span = self._words.span(start, end)
        before = re.sub(r" ", "", self._text[max(0, span.start - 10) : span.start])
        after = self._text[span.end : span.end + 6]
        ordinal = (
            bool(re.search(re.escape(row.ordinal) + r"\s*[.．、。，:：]?[\s|]*$", before))
            if row.ordinal
            else False
        )
        apart = ordinal or not before.strip() or before[-1:] in "\n|\t"
        return apart and re.match(r"[\s|\-—/]*(?:\d|$|\n|\|)", after) is not None

    def _rows_of(self, table: FormTable, hits: list[Hit]) -> FoundRows | None:
        names = {table.rows[hit.order].indicator for hit in hits}
        if any(name.startswith("s3.other_") for name in names):
            edition = "2021"
        else:
            edition = "2019" if "s3.other" in names else ""
        places = self._places(table, hits)
        columns = applicants(table)
        zones = [self._numbers.segments(self._text, place.zone.start, place.zone.end) for place in places]
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
            readings = self._readings(place, segments[0], len(columns), len(columns))
            digits = Span(segments[0].start, segments[0].end)
            runs[len(rows)] = (place, segments[0])
            rows.append(FoundRow(place.row, place.label, columns, readings, digits))
        if any(not rows[index].readings for index in runs):
            for index, (place, segment) in runs.items():
                if (
                    any(_torn(segment, reading) for reading in rows[index].readings)
                    or not rows[index].readings
                ):
                    readings = self._readings(place, segment, len(columns), len(columns), blanks=True)
                    rows[index] = replace(rows[index], readings=readings)
        if sum(row.digits is not None for row in rows) < 4 and not self._bare_labels(places):
            return None
        last = rows[-1].digits.end if rows and rows[-1].digits else places[-1].label.end
        return FoundRows(table, tuple(rows), Span(places[0].label.start, last), edition, tuple(unknown))

    def _bare_labels(self, places: Sequence[Place]) -> bool:
        """Whether the labels stand close together as in a blank form, and not in running text."""
        apart = [right.label.start - left.label.end for left, right in pairwise(places)]
        return len(places) >= 20 and sorted(apart)[len(apart) // 2] <= 24

    def _places(self, table: FormTable, hits: list[Hit]) -> list[Place]:
        spans = [self._words.span(hit.start, hit.end) for hit in hits]
        places = []
        for index, (hit, span) in enumerate(zip(hits, spans, strict=True)):
            row = table.rows[hit.order]
            if index + 1 < len(hits):
                following = table.rows[hits[index + 1].order]
                head = self._words.text[hits[index + 1].start :][:2]
                whole = any(words.startswith(head) for words in following.label.full)
                end, bare = self._before(spans[index + 1].start, following.ordinal if whole else "", span.end)
            else:
                end, bare = self._line_end(span.end), ""
            places.append(Place(row, span, Span(span.end, max(span.end, end)), bare))
        return places

    def _before(self, start: int, ordinal: str, least: int) -> tuple[int, str]:
        """Where the figures before a label end, its ordinal left out; the ordinal if it may be a figure's last digit."""
        head = self._text[least:start]
        if found := _ORDINAL.search(head):
            return least + found.start(), ""
        if ordinal.isdigit():
            tight = re.search(re.escape(ordinal) + r"[\s|]*$", head)
            if tight:
                before = head[: tight.start()]
                if before[-1:].isdigit():
                    return start, ordinal
                return least + tight.start(), ""
        return start, ""

    def _line_end(self, start: int) -> int:
        return min(len(self._text), start + _REACH)

    def _readings(
        self, place: Place, segment: Segment, width: int, group: int, *, blanks: bool = False
    ) -> tuple[Reading, ...]:
        """Every reading of a row's figures; ``blanks`` where digits have lost their marks and blank cells with them."""
        ways = self._marked(place, segment, width, group)
        if ways:
            return choose(ways, group)
        readings = readings_of(segment.tokens, width, group, blanks=blanks)
        if place.bare and segment.tokens[-1].digits.endswith(place.bare):
            last = segment.tokens[-1]
            cut = type(last)(last.digits[:-1], last.start, last.end - 1, last.gap, last.alone)
            tokens = (*segment.tokens[:-1], *([cut] if cut.digits else ()))
            other = readings_of(tokens, width, group, blanks=blanks) if tokens else ()
            readings = choose(tuple(dict.fromkeys((*readings, *other))), group)
        return readings

    def _marked(self, place: Place, segment: Segment, width: int, group: int) -> tuple[Reading, ...]:
        """The ways to see a row whose cells are marked off by ``|`` or tabs, on one line or over several."""
        if len(segment.tokens) > width:
            return ()
        text, zone = self._text, place.zone
        start = text.rfind("\n", zone.start, segment.start) + 1
        if start <= zone.start or any(mark in text[zone.start : start] for mark in "|\t"):
            start, first = zone.start, False
        else:
            first = not text[start : segment.start].lstrip(" ").startswith("|")
        newline = text.find("\n", start)
        line = min(zone.end + 40, newline if newline >= 0 else len(text))
        ends = [line] if segment.start < line else []
        for end in (*ends, max(start, min(zone.end, segment.end + 40))):
            ways: list[Reading] = []
            trimmed = start + len(text[start:end].rstrip("\t |\n"))
            if only_double(text[start:trimmed]):
                cells = self._numbers.cells(text, start, trimmed, first=first, double=True) or []
                missing = width - len(cells)
                if any(cells) and 0 <= missing <= (end - trimmed + 1) // 2:
                    return ((*cells, *[None] * missing),)
            for double in (True, False) if only_double(text[start:end]) else (False,):
                cells = self._numbers.cells(text, start, end, first=first, double=double) or []
                if any(cells):
                    if len(cells) == width:
                        return (tuple(cells),)
                    ways.extend(fit(cells, width))
            if ways:
                return tuple(dict.fromkeys(ways))
        cells = self._numbers.cells(text, start, line, first=True) or []
        if group and not first and any(cells) and len(cells) == width and sums_hold(tuple(cells), group):
            return (
                tuple(cells),
            )  # no bar encloses the line: what stands before the first one is a blank cell
        return ()

    # -- section four

    def section_four(self) -> list[FoundRows]:
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
        zone = Span(label.end, min(len(self._text), label.end + _REACH))
        segments = self._numbers.segments(self._text, zone.start, zone.end)
        if not segments or len(skeleton(segments[0].words)) > 6:
            return FoundRows(table, (), label, "")
        place = Place(row, label, zone)
        readings = self._readings(place, segments[0], len(columns), len(table.columns))
        digits = Span(segments[0].start, segments[0].end)
        found = FoundRow(row, label, columns, readings, digits)
        return FoundRows(table, (found,), Span(label.start, digits.end), "")

    # -- section two

    def section_two(self) -> list[FoundRows]:
        """Every table of section two."""
        tables = [table for table in self._form.tables if table.section == "s2"]
        text = self._words.text
        starts: list[tuple[int, int, FormTable | None]] = []
        for table in tables:
            starts.extend((hit.start, hit.end, table) for hit in occurrences(text, table.label, 0))
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
        head = Span(self._words.at[start], self._words.span(hits[0].start, hits[0].end).start)
        columns = self._columns(table, start, hits[0].start)
        if not columns:
            return None
        units = tuple(self._unit_after(table, column, start, hits[0].start) for column in columns)
        edition = edition_of(table, set(columns))
        spans = [self._words.span(hit.start, hit.end) for hit in hits]
        rows = []
        for index, (hit, span) in enumerate(zip(hits, spans, strict=True)):
            close = spans[index + 1].start if index + 1 < len(hits) else self._stop(stop, span.end)
            zone = Span(span.end, max(span.end, close))
            place = Place(table.rows[hit.order], span, zone)
            segments = self._numbers.segments(self._text, zone.start, zone.end)
            if not segments or len(skeleton(segments[0].words)) > 12:
                rows.append(FoundRow(place.row, span, columns, (), None))
                continue
            readings = self._loose(place, segments[0], len(columns))
            rows.append(
                FoundRow(place.row, span, columns, readings, Span(segments[0].start, segments[0].end), units)
            )
        last = max([spans[-1].end, *(row.digits.end for row in rows if row.digits is not None)])
        return FoundRows(table, tuple(rows), Span(head.start, last), edition)

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
        end = self._words.at[stop] if stop < len(self._words.at) else len(self._text)
        return min(end, least + _REACH)

    def _loose(self, place: Place, segment: Segment, width: int) -> tuple[Reading, ...]:
        """Readings where no sums help: cells apart, one figure for one column, or zeros run together."""
        ways = self._marked(place, segment, width, 0)
        if ways:
            return ways
        tokens = segment.tokens
        if len(tokens) == width:
            return readings_of(tokens, width, 0)
        if len(tokens) > width and all(token.gap == "strong" for token in tokens[width:]):
            return readings_of(tokens[:width], width, 0)
        zeros = all(digit == "0" for token in tokens for digit in token.digits)
        return readings_of(tokens, width, 0) if zeros else ()


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
