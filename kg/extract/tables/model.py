"""What reading tables yields: figures, each with the digits it came from."""

from dataclasses import dataclass
from decimal import Decimal

from kg.facts import Finding
from kg.text.document import Span

OLD = "old"  # the edition of the annexes before 2019
OWN = "own"  # that of a table of the body's own making


@dataclass(frozen=True, slots=True)
class TableFigure:
    """One cell of a statistical table.

    ``value`` is multiplied out and ``unit`` the base unit (7545 万元 is 75450000 元); ``printed`` holds the digits as they stand
    under ``span``, ``printed_unit`` and ``factor`` what they were printed in.
    """

    table: str  # notation: "s2.1" … "s2.9", "s3", "s4", "annex"
    edition: str  # "2019", "2021", OLD, OWN, or "" where the table is alike in both
    instance: int  # which table of this notation in the document, from 0
    indicator: str  # notation of the indicator, or "" where it is minted from the label
    label: str  # the form's label, or the printed one
    applicant: str  # notation of the column in section three, or ""
    value: Decimal
    unit: str
    printed: str
    printed_unit: str
    factor: Decimal
    span: Span
    label_span: Span
    section: str  # heading of the section the table stands in
    cumulative: bool = False
    scope: str = ""  # "own", "region" or ""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of the form that stands in a document, with or without figures."""

    table: str
    edition: str
    instance: int
    span: Span
    scope: str
    figures: int


@dataclass(frozen=True, slots=True)
class TableReading:
    """Everything the tables of a document say, and what could not be read."""

    figures: tuple[TableFigure, ...]
    findings: tuple[Finding, ...]
    tables: tuple[FoundTable, ...] = ()
