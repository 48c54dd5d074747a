"""A query put to a store: parameters bound, syntax errors told by line and column, the answer as a value."""

import re
from collections.abc import Mapping

from kg.errors import QueryError
from kg.nesting import check_query
from kg.query.entity import entity_named
from kg.query.header import Query
from kg.query.names import with_search
from kg.query.parameters import values_of
from kg.query.result import Answer, Network, Result, Table
from kg.query.tokens import substitute, undeclared
from kg.store import MemoryStore, Rows, Store, Triples

_PLACE = re.compile(r"(?:error )?at (?P<line>\d+):(?P<column>\d+):? *")


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
            f"the query does not parse with {values} ({_PLACE.sub('', _reason(error))})",
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
        reason = _reason(error)
        if missing := undeclared(query.text):
            prefix, position = missing
            above = query.text[:position]
            where += f":{above.count(chr(10)) + 1}:{position - above.rfind(chr(10))}"
            raise QueryError(
                f"the prefix {prefix}: is not declared", where=where, hint=f"add PREFIX {prefix}: <…>"
            ) from None
        found = _PLACE.search(reason)
        if found is None:
            raise QueryError(f"the query does not parse: {reason}", where=where) from None
        line, column = int(found["line"]), int(found["column"])
        where += f":{line}:{column}"
        before = query.text.split("\n")[line - 1][: column - 1].strip()
        what = (
            f"the query does not parse after “{before[-30:]}”" if before else "the query does not parse here"
        )
        raise QueryError(what, where=where) from None


def _reason(error: QueryError) -> str:
    return error.what.removeprefix("the query does not parse: ")
