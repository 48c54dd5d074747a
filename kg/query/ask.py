"""A query put to a store: parameters bound, syntax errors told by line and column, the answer as a value."""

from collections.abc import Mapping

from kg.errors import QueryError
from kg.nesting import check_query
from kg.query.entity import entity_named
from kg.query.header import Query
from kg.query.mistakes import mistake
from kg.query.names import with_search
from kg.query.parameters import values_of
from kg.query.result import Answer, Network, Result, Table
from kg.query.tokens import substitute
from kg.store import UNREADABLE, MemoryStore, Rows, Store, Triples


def ask(store: Store, query: Query, given: Mapping[str, object] | None = None) -> Result:
    """Answer a query with the given parameters.

    Raises ``QueryError`` for a syntax error (with line and column), a parameter that is missing or unknown,
    and a value of the wrong type.

    >>> from kg.query.header import parse_query
    >>> query = parse_query("SELECT ?word WHERE { VALUES ?n { 1 2 } BIND(CONCAT(?name, STR(?n)) AS ?word) }")
    >>> list(ask(MemoryStore(), query, {"name": "政策"}))
    [{'word': '政策1'}, {'word': '政策2'}]
    """
    answer = store.query(with_search(store, prepare(store, query, given or {})))
    if isinstance(answer, Rows):
        return Table(answer.variables, tuple(answer))
    if isinstance(answer, Triples):
        unique = {str(triple): triple for triple in answer}
        return Network(tuple(unique[key] for key in sorted(unique)))
    return Answer(answer)


def prepare(store: Store, query: Query, given: Mapping[str, object]) -> str:
    """The text of a query with its parameters in place; the store is asked for entities by name.

    >>> from kg.query.header import parse_query
    >>> prepare(MemoryStore(), parse_query("SELECT * {\\n ?x ?y }", name="mine"), {})
    Traceback (most recent call last):
    kg.errors.QueryError: mine:2:9: the query does not parse after “?x ?y }”
    """
    check_syntax(query)
    terms = values_of(query, given, lambda name: entity_named(store, name))
    if not terms:
        return query.text
    text = substitute(query.text, {name: str(term) for name, term in terms.items()})
    try:
        MemoryStore().query(text)
    except QueryError as error:
        values = ", ".join(f"{name} = {term}" for name, term in terms.items())
        raise QueryError(
            f"the query does not parse with {values} ({mistake(text, error.what).what})",
            where=query.path or query.name,
            hint="a parameter's type must fit the places where its variable stands",
        ) from None
    return text


def check_syntax(query: Query) -> None:
    """Raise ``QueryError`` with line and column where a query does not parse.

    >>> from kg.query.header import parse_query
    >>> check_syntax(parse_query("SELECT ?a {\\n ?a my:own ?b }", name="mine"))
    Traceback (most recent call last):
    kg.errors.QueryError: mine:2:5: the prefix my: is not declared; add PREFIX my: <…>
    """
    where = query.path or query.name or "query"
    try:
        check_query(query.text)
    except QueryError as error:
        raise QueryError(error.what, where=where, hint=error.hint) from None
    try:
        MemoryStore().query(query.text)
    except QueryError as error:
        if UNREADABLE not in error.what:
            raise QueryError(error.what, where=where, hint=error.hint) from None
        found = mistake(query.text, error.what)
        raise QueryError(found.what, where=f"{where}:{found.line}:{found.column}", hint=found.hint) from None
