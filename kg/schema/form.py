"""The official form as a value: sections, tables with rows and columns in order, and the sums that must hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import BlankNode

from kg.errors import OntologyError
from kg.schema.findings import Messages
from kg.schema.index import TripleIndex
from kg.terms import IND, expand

FORM = "https://w3id.org/policy-kg/form/"
_NOT_WORD = re.compile(r"[^\u3400-\u9fff\u3007A-Za-z0-9]+")


def skeleton(text: str) -> str:
    """A label without punctuation, spaces and signs, which printing varies.

    >>> skeleton("危及“三安全一稳定”"), skeleton("本年增 / 减")
    ('危及三安全一稳定', '本年增减')
    """
    return _NOT_WORD.sub("", text)


@dataclass(frozen=True, slots=True)
class Label:
    """The words something is printed under: its title, every full label, and parts that are enough to know it by."""

    title: str
    full: tuple[str, ...]  # skeletons
    parts: tuple[str, ...]  # skeletons


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a heading has a label and no figures."""

    indicator: str  # notation, or "" for a heading
    label: Label
    ordinal: str
    heading: bool
    editions: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table with the unit of its figures."""

    notation: str
    label: Label
    unit: str
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Columns under one heading, which stands for an indicator."""

    indicator: str
    label: Label


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of the form."""

    notation: str
    section: str
    label: Label
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSection:
    """A section the form asks for."""

    notation: str
    ordinal: str
    label: Label
    first_year: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The parts on the left add up to those on the right: in each row, in each column, or once."""

    code: str
    table: str
    across: str  # "row", "column", "once"; "prose" for the figures of running text
    left: tuple[str, ...]  # notations of rows or columns
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a report must say from a year on: one of the words, else a finding."""

    code: str
    first_year: int
    section: str  # notation of the section it belongs in, or ""
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableUnit:
    """A unit printed in tables, its base unit and the factor between them."""

    symbol: str
    base: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Form:
    """The form in all its editions, with the words and messages that reading it needs.

    >>> from pathlib import Path
    >>> from kg.schema.index import load
    >>> form = Form.from_index(load(sorted(Path("ontology/vocab").glob("f*.ttl"))))
    >>> len([row for row in form.table("s3").rows if "2019" in row.editions and not row.heading])
    23
    >>> form.balance("FORM-R3", "s3").left
    ('s3.new', 's3.carried_in')
    """

    sections: tuple[FormSection, ...]
    tables: tuple[FormTable, ...]
    balances: tuple[Balance, ...]
    requirements: tuple[Requirement, ...]
    units: tuple[TableUnit, ...]
    unit_words: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]  # "scope-own", "scope-region", "zero", "blank", "period" …
    conversions: Mapping[str, tuple[str, str]]  # label in zh and en of each that changes words
    messages: Messages

    def table(self, notation: str) -> FormTable:
        """The table of this notation."""
        return next(table for table in self.tables if table.notation == notation)

    def balance(self, code: str, table: str) -> Balance:
        """The sum of this code over this table; an empty table name finds the one for running text."""
        return next(balance for balance in self.balances if (balance.code, balance.table) == (code, table))

    def section(self, notation: str) -> FormSection:
        """The section of this notation."""
        return next(section for section in self.sections if section.notation == notation)

    @staticmethod
    def from_index(index: TripleIndex) -> "Form":
        """Read the form from the ontology."""
        sections = tuple(_section(index, iri) for iri in _items(index, f"{FORM}sections", "pol:rows"))
        tables = tuple(
            sorted(
                (_table(index, iri) for iri in index.instances("pol:FormTable")),
                key=lambda table: table.notation,
            )
        )
        balances = tuple(_balance(index, iri) for iri in sorted(index.instances("pol:Balance")))
        requirements = tuple(_requirement(index, iri) for iri in sorted(index.instances("pol:Requirement")))
        units = tuple(
            TableUnit(index.text(iri, "skos:notation"), index.text(iri, "pol:columnUnit"), Decimal(factor))
            for iri in sorted(index.instances("pol:FormUnit"))
            if (factor := index.text(iri, "pol:factor"))
        )
        words = {
            iri.removeprefix(FORM): tuple(index.texts(iri, "pol:entry"))
            for iri in sorted(index.instances("pol:Vocabulary"))
            if iri.startswith(FORM)
        }
        conversions = {
            index.text(iri, "skos:notation"): (
                index.text(iri, "rdfs:label", "zh"),
                index.text(iri, "rdfs:label", "en"),
            )
            for iri in sorted(index.instances("pol:Conversion"))
            if not index.text(iri, "pol:harmless")
        }
        messages = Messages.from_index(index)
        return Form(
            sections,
            tables,
            balances,
            requirements,
            units,
            words.get("units", ()),
            words,
            conversions,
            messages,
        )


def _items(index: TripleIndex, subject: str, predicate: str) -> list[str]:
    """The IRIs of the list a predicate leads to."""
    found: list[str] = []
    head = index.node(subject, predicate)
    seen: set[str] = set()
    while head in index.by_subject and head not in seen:
        seen.add(head)
        here = index.by_subject[head]
        found.extend(str(term.value) for term in here.get(expand("rdf:first"), ()))
        if expand("rdf:rest") not in here:
            raise OntologyError(
                "a list without an end", where=index.where(subject), hint=f"mend {predicate} there"
            )
        rest = here[expand("rdf:rest")][0]
        head = f"_:{rest.value}" if isinstance(rest, BlankNode) else str(rest.value)
    return found


def _label(index: TripleIndex, iri: str) -> Label:
    titles = index.texts(iri, "skos:prefLabel", "zh")
    if not titles:
        raise OntologyError("a part of the form needs skos:prefLabel in zh", where=index.where(iri))
    full = [skeleton(text) for text in titles + index.texts(iri, "skos:altLabel", "zh")]
    parts = [skeleton(text) for text in index.texts(iri, "skos:hiddenLabel", "zh")]
    return Label(titles[0], tuple(dict.fromkeys(full)), tuple(dict.fromkeys(parts)))


def _section(index: TripleIndex, iri: str) -> FormSection:
    return FormSection(
        index.text(iri, "skos:notation"),
        index.text(iri, "pol:ordinal"),
        _label(index, iri),
        int(index.text(iri, "pol:firstYear", default="2019")),
    )


def _row(index: TripleIndex, iri: str) -> Row:
    return Row(
        index.node(iri, "pol:indicator").removeprefix(IND),
        _label(index, iri),
        index.text(iri, "pol:ordinal"),
        expand("pol:FormHeading") in index.nodes(iri, "rdf:type"),
        tuple(index.texts(iri, "pol:edition")),
        index.text(iri, "pol:rowUnit"),
    )


def _table(index: TripleIndex, iri: str) -> FormTable:
    columns = tuple(
        Column(
            index.text(column, "skos:notation"),
            _label(index, column),
            index.text(column, "pol:columnUnit"),
            tuple(index.texts(column, "pol:edition")),
        )
        for column in _items(index, iri, "pol:columns")
    )
    groups = tuple(
        Group(index.node(group, "pol:indicator").removeprefix(IND), _label(index, group))
        for group in _items(index, iri, "pol:groups")
    )
    return FormTable(
        index.text(iri, "skos:notation"),
        index.node(iri, "pol:inSection").removeprefix(f"{FORM}section-"),
        _label(index, iri),
        tuple(_row(index, row) for row in _items(index, iri, "pol:rows")),
        columns,
        groups,
    )


def _balance(index: TripleIndex, iri: str) -> Balance:
    def names(predicate: str) -> tuple[str, ...]:
        return tuple(_part(index, part) for part in _items(index, iri, predicate))

    left, right = names("pol:left"), names("pol:right")
    if not left or not right:
        raise OntologyError("a balance needs pol:left and pol:right", where=index.where(iri))
    return Balance(
        index.text(iri, "pol:codeOfFinding"),
        index.node(iri, "pol:balanceOf").removeprefix(FORM),
        index.text(iri, "pol:across"),
        left,
        right,
    )


def _requirement(index: TripleIndex, iri: str) -> Requirement:
    words = tuple(index.texts(iri, "pol:entry"))
    section = index.node(iri, "pol:inSection")
    if not words or (section and not index.text(section, "skos:notation")):
        raise OntologyError(
            "a requirement needs pol:entry, and a section of the form where it names one",
            where=index.where(iri),
        )
    return Requirement(
        index.text(iri, "pol:codeOfFinding"),
        int(index.text(iri, "pol:firstYear", default="2019")),
        index.text(section, "skos:notation") if section else "",
        words,
    )


def _part(index: TripleIndex, iri: str) -> str:
    """The notation of a row (its indicator's), a column, or an indicator named directly."""
    if iri.startswith(IND):
        return iri.removeprefix(IND)
    return index.node(iri, "pol:indicator").removeprefix(IND) or index.text(iri, "skos:notation")
