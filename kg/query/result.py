"""What a query answers: a table, yes or no, or triples."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store import Term
from kg.terms import expand

if TYPE_CHECKING:
    import pandas

Value = str | int | float | bool | Decimal | date | None

_INTEGERS = {expand(f"xsd:{name}") for name in ("integer", "int", "long", "nonNegativeInteger", "gYear")}


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT: columns, and rows of RDF terms; iterating yields dicts of Python values.

    >>> rows = ((ox.Literal("政策", language="zh"), ox.Literal(3)), (ox.Literal("平台"), None))
    >>> table = Table(("name", "n"), rows)
    >>> list(table)
    [{'name': '政策', 'n': 3}, {'name': '平台', 'n': None}]
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for row in self.rows:
            yield {column: python_value(term) for column, term in zip(self.columns, row, strict=True)}

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Value]]:
        """The rows as dicts from column to Python value; an unbound cell is None."""
        return list(self)

    def dataframe(self) -> "pandas.DataFrame":
        """The rows as a pandas data frame; needs the extra ``pandas``."""
        return _pandas().DataFrame(self.dicts(), columns=list(self.columns))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of an ASK.

    >>> bool(Answer(True)), list(Answer(False))
    (True, [{'answer': False}])
    """

    value: bool

    def __bool__(self) -> bool:
        return self.value

    def __iter__(self) -> Iterator[dict[str, Value]]:
        yield {"answer": self.value}

    def dicts(self) -> list[dict[str, Value]]:
        """One row with the column ``answer``."""
        return list(self)

    def dataframe(self) -> "pandas.DataFrame":
        """One row with the column ``answer``; needs the extra ``pandas``."""
        return _pandas().DataFrame(self.dicts())


@dataclass(frozen=True, slots=True)
class Network:
    """The answer of a CONSTRUCT or DESCRIBE: triples, sorted and each once."""

    triples: tuple[ox.Triple, ...]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for triple in self.triples:
            yield {
                "subject": python_value(triple.subject),
                "predicate": python_value(triple.predicate),
                "object": python_value(triple.object),
            }

    def __len__(self) -> int:
        return len(self.triples)

    def dicts(self) -> list[dict[str, Value]]:
        """The triples as dicts with subject, predicate and object."""
        return list(self)

    def dataframe(self) -> "pandas.DataFrame":
        """One row a triple; needs the extra ``pandas``."""
        return _pandas().DataFrame(self.dicts(), columns=["subject", "predicate", "object"])


Result = Table | Answer | Network


def python_value(term: Term | None) -> Value:
    """A term as the Python value a reader expects: IRIs and texts as str, numbers as numbers, years as int.

    >>> python_value(ox.Literal("25.60", datatype=ox.NamedNode(expand("xsd:decimal"))))
    Decimal('25.60')
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    kind = term.datatype.value
    try:
        if kind in _INTEGERS:
            return int(term.value)
        if kind == expand("xsd:decimal"):
            return Decimal(term.value)
        if kind in (expand("xsd:double"), expand("xsd:float")):
            return float(term.value)
        if kind == expand("xsd:boolean"):
            return term.value in ("true", "1")
        if kind == expand("xsd:date"):
            return date.fromisoformat(term.value)
    except (ValueError, ArithmeticError):  # an ill-typed literal is kept as it is written
        return term.value
    return term.value


def _pandas() -> Any:
    try:
        import pandas as module
    except ImportError:
        raise QueryError("a data frame needs pandas", hint="pip install 'policy-kg[pandas]'") from None
    return module
