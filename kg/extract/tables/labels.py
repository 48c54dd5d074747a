"""The labels of section three in plain text, whole, short, broken or misspelt."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.tables.figures import Place
from kg.extract.tables.skeleton import LEAST_LIKENESS, Hit, Skeleton, chain, nearest, occurrences
from kg.schema.form import Form, FormTable, Row
from kg.text.document import Span

_MOST_GAP = 320
_LEAST_ROWS = 8
_NOTE = re.compile(r"[ ]?（[^（）\n]{1,30}）")
_LEAST_AROUND = 0.8  # likeness of a label that figures part
_ORDINAL = re.compile(
    r"(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]+)\s*[)）]|[①-⑳]|(?:\d|[一二三四五六七八九十]+)\s*[.．、。，,:：])[\s|]*$"
)


def _loose(ordinal: str) -> str:
    """A pattern of an ordinal, whose brackets may be lost where no word stands before it.

    >>> [bool(re.search(_loose("（七）") + "$", words)) for words in ("0（七）", "12\\n七", "第七")]
    [True, True, False]
    """
    bare = ordinal.strip("（）")
    found = re.escape(ordinal)
    return found if bare == ordinal else rf"(?:{found}|(?<![\u3400-\u9fff（]){re.escape(bare)})"


class LabelReader:
    """Finds the rows of a table by their labels."""

    def __init__(self, text: str, form: Form, words: Skeleton) -> None:
        self._text = text
        self._words = words
        units = "|".join(map(re.escape, sorted(form.unit_words, key=lambda word: (-len(word), word))))
        zeros = "|".join(map(re.escape, form.words["zero"]))
        self._figure = re.compile(rf"[\s|\-—/]*(?:\d|$|\n|\||{zeros})")
        self._run = re.compile(rf"(?:(?:\d[\d,]*(?:{units})?|{zeros})[ \t|]*){{3,}}(?![\u3400-\u9fff])")
        self._prose = re.compile(
            rf"[\u3400-\u9fff ]{{0,6}}\d+(?:\.\d+)?(?:{units})(?=[，。；、）\u3400-\u9fff])"
        )

    def runs(self, table: FormTable) -> Iterator[list[Hit]]:
        """Each run of labels that follow one another as in the table."""
        hits = [
            hit
            for order, row in enumerate(table.rows)
            for hit in occurrences(self._words.text, row.label, order)
            if not self._in_prose(hit)
        ]
        while len(run := chain(hits, most_gap=_MOST_GAP)) >= _LEAST_ROWS:
            hits = [hit for hit in hits if hit.end <= run[0].start or hit.start >= run[-1].end]
            yield self._complete(table, run)

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
            while place >= 0:  # a short label may also begin that of its group
                if len(words) > 2 or self._stands_alone(place, place + len(words), row):
                    return Hit(order, place, place + len(words))
                place = self._words.text.find(words, place + 1, end)
        return self._around_figures(row, order, start, end) or self._misspelt(table, order, start, end)

    def _around_figures(self, row: Row, order: int, start: int, end: int) -> Hit | None:
        """A label with its figures in the middle, well or nearly so spelt, where its lines were centred beside them; the hit ends before them."""
        stop = min(end, start + 400)
        zone = self._words.span(start, stop) if start < stop else Span(0, 0)
        figures = [found.span() for found in self._run.finditer(self._text, zone.start, zone.end)]
        places = [
            place
            for place in range(start, stop)
            if not self._words.text[place].isdigit()
            and not any(left <= self._words.at[place] < right for left, right in figures)
        ]
        plain = "".join(self._words.text[place] for place in places)
        for words in sorted(row.label.full, key=len, reverse=True):
            if len(words) < 6:
                continue
            score, left, right = nearest(plain, words, 0, len(plain))
            inside = places[left:right]
            gap = next((here for here, after in pairwise(inside) if after != here + 1), None)
            if gap is not None and score >= _LEAST_AROUND:
                return Hit(order, inside[0], gap + 1)
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
        noted = _NOTE.match(self._text, span.end)
        behind = noted.end() if noted else span.end
        after = self._text[behind : behind + 6]
        ordinal = (
            bool(re.search(_loose(row.ordinal) + r"\s*[.．、。，:：]?[\s|]*$", before))
            if row.ordinal
            else False
        )
        apart = ordinal or not before.strip() or before[-1:] in "\n|\t"
        return apart and self._figure.match(after) is not None

    def places(self, table: FormTable, hits: Sequence[Hit], last: int) -> list[Place]:
        """Each label with the stretch up to the next one; ``last`` is how far the last one's may reach."""
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
                end, bare = min(len(self._text), span.end + last), ""
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
