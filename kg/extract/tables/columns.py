"""Columns and rows of the form by the words printed for them."""

import re
from collections.abc import Set

from kg.extract.tables.rows import base_unit, by_label
from kg.extract.tables.skeleton import LEAST_LIKENESS, likeness
from kg.schema.form import Column, Form, FormTable, Row, skeleton
from kg.text.document import Cell

WIDEST = 40
_NOTE = re.compile(r"[（(〔【\[][^（()）〔〕【】\[\]]{0,30}[)）〕】\]]")


def unit_in(form: Form, words: str, usual: str) -> str:
    """The unit that a header names, of the kind its column usually has, or the empty string."""
    base, _ = base_unit(form, usual)
    symbols = [unit.symbol for unit in form.units if unit.base == base] + [base]
    return next((symbol for symbol in symbols if symbol in words.replace(" ", "")), "")


def edition_of(table: FormTable, columns: Set[str]) -> str:
    """The only edition whose form of a table has exactly these columns, or the empty string."""
    editions = dict.fromkeys(edition for column in table.columns for edition in column.editions)
    fitting = [
        edition
        for edition in editions
        if {column.notation for column in table.columns if edition in column.editions} == columns
    ]
    return fitting[0] if len(fitting) == 1 else ""


def columns_in(table: FormTable, edition: str) -> tuple[str, ...]:
    """The columns that a table has in an edition, in order; none where the edition is not known."""
    return tuple(column.notation for column in table.columns if edition in column.editions)


def column_of(table: FormTable, words: str) -> Column | None:
    """The column whose label these words are, or hold with a unit after it."""
    heads = [label for group in table.groups for label in group.label.full if words.startswith(label)]
    words = words.removeprefix(max(heads, key=len, default="")) or words  # printed right over one column
    for column in table.columns:
        if words in column.label.full:
            return column
    if table.section != "s2":
        close = [
            column for column in table.columns if len(words) >= 4 and likeness(words, column.label) >= 0.75
        ]
        return close[0] if len(close) == 1 and len(words) <= 12 else None
    if not 4 <= len(words) <= 24:
        return None
    best = [(likeness(words, column.label), -index) for index, column in enumerate(table.columns)]
    score, index = max(best, default=(0.0, 0))
    return table.columns[-index] if score >= 0.75 else None


def row_of(table: FormTable, words: str) -> Row | None:
    """The row whose label these words are, or are most like."""
    exact = by_label(table).get(words)
    if exact is not None:
        return table.rows[exact]
    scored = [(likeness(words, row.label), -index) for index, row in enumerate(table.rows)]
    score, index = max(scored, default=(0.0, 0))
    return table.rows[-index] if score >= 0.75 and len(words) <= WIDEST else None


def next_row(table: FormTable, label: Cell, last: int) -> int | None:
    """The place of a row of section three by its label, past the last one read unless a table begins anew."""
    words = skeleton(label.text).lstrip("0123456789")
    exact = [index for index, row in enumerate(table.rows) if plain(words) in row.label.full]
    later = [index for index in exact if index > last]
    if later:
        return later[0]
    if 0 in exact:
        return 0
    bare = without_notes(label.text)
    noted = [index for index, row in enumerate(table.rows) if index > last and bare in row.label.full]
    if noted and bare != words:
        return noted[0]
    scored = [(likeness(words, row.label), -index) for index, row in enumerate(table.rows) if index > last]
    score, index = max(scored, default=(0.0, 0))
    if score >= LEAST_LIKENESS:
        return -index
    return 0 if last >= 5 and likeness(words, table.rows[0].label) >= 0.85 else None


def without_notes(label: str) -> str:
    """The skeleton of a label without notes in brackets and without the number printed before or behind it.

    >>> without_notes("（七）总计（以上各项之和）"), without_notes("总计（七）"), without_notes("七总计")
    ('总计', '总计', '总计')
    """
    return plain(skeleton(_NOTE.sub("", label)).lstrip("0123456789"))


def plain(words: str) -> str:
    """A label without the numeral printed before it."""
    return words.lstrip("一二三四五六七八九十") if len(words) > 2 else words
