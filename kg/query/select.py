"""Rows of a SELECT as dicts of bound terms, for the project's own queries."""

from typing import cast

import pyoxigraph as ox

from kg.store import Rows, Store

Bound = ox.NamedNode | ox.BlankNode | ox.Literal


def select(store: Store, sparql: str) -> list[dict[str, Bound]]:
    """The rows of a SELECT, each with its bound cells only.

    >>> from kg.store import MemoryStore
    >>> [list(row) for row in select(MemoryStore(), "SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) } }")]
    [['x']]
    """
    rows = store.query(sparql)
    assert isinstance(rows, Rows)
    return [
        {name: cast(Bound, term) for name, term in zip(rows.variables, row, strict=True) if term is not None}
        for row in rows
    ]
