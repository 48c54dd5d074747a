"""Values of parameters become RDF terms of the declared type; what a user types never becomes query text."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.header import Parameter, Query
from kg.query.tokens import variables
from kg.store import Term
from kg.terms import PREFIXES, expand

Resolve = Callable[[str], str]

_TRUE_FALSE = {"true": "true", "1": "true", "yes": "true", "false": "false", "0": "false", "no": "false"}


def values_of(query: Query, given: Mapping[str, object], resolve: Resolve) -> dict[str, Term]:
    """The term of each parameter: as given, or its default.

    An optional parameter without a value stays a free variable. A query without declared parameters takes
    any of its variables. Raises ``QueryError`` for a parameter that is missing, unknown or not of its type.

    >>> from kg.query.header import parse_query
    >>> text = "#+ parameters: {year: year}\\nSELECT * { ?report pol:reportYear ?year }"
    >>> query = parse_query(text, name="reports")
    >>> str(values_of(query, {"year": 2020}, str)["year"])
    '"2020"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    >>> values_of(query, {}, str)
    Traceback (most recent call last):
    kg.errors.QueryError: reports: parameter year is missing; give it with -p year=…
    """
    where = query.path or query.name
    declared = query.parameters or tuple(
        Parameter(name, "any", optional=True) for name in sorted(variables(query.text))
    )
    names = [parameter.name for parameter in declared]
    for name in given:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it takes {', '.join(names)}" if names else ""
            raise QueryError(f"the query has no parameter {name}", where=where, hint=hint)
    terms: dict[str, Term] = {}
    for parameter in declared:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.name] = term_of(str(value), parameter, resolve, where)
        elif not parameter.optional:
            raise QueryError(
                f"parameter {parameter.name} is missing",
                where=where,
                hint=f"give it with -p {parameter.name}=…",
            )
    return terms


def term_of(value: str, parameter: Parameter, resolve: Resolve, where: str = "") -> Term:
    """One value as a term of the parameter's type.

    >>> str(term_of('a" . ?x', Parameter("title", "zh"), str))
    '"a\\\\" . ?x"@zh'
    >>> str(term_of("pol:Policy", Parameter("class", "iri"), str))
    '<https://w3id.org/policy-kg/ontology#Policy>'
    """
    kind = parameter.type if parameter.type != "any" else _guess(value)
    if kind == "string":
        return ox.Literal(value)
    if kind in ("zh", "en"):
        return ox.Literal(value, language=kind)
    try:
        if kind == "entity":
            return ox.NamedNode(resolve(value))
        if kind == "iri":
            return ox.NamedNode(_iri(value))
        return ox.Literal(_LEXICAL[kind](value.strip()), datatype=ox.NamedNode(expand(_DATATYPES[kind])))
    except (ValueError, KeyError):
        raise QueryError(
            f"“{value}” is no {kind}", where=where, hint=f"parameter {parameter.name} needs one"
        ) from None


def _guess(value: str) -> str:
    if re.fullmatch(r"[+-]?\d+", value):
        return "integer"
    if re.fullmatch(r"[+-]?\d+\.\d+", value):
        return "decimal"
    if "://" in value or value.partition(":")[0] in PREFIXES:
        return "iri"
    return "string"


def _iri(value: str) -> str:
    value = value.strip().removeprefix("<").removesuffix(">")
    return expand(value) if value.partition(":")[0] in PREFIXES else value


def _matching(pattern: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(value)
        return value

    return check


_LEXICAL: dict[str, Callable[[str], str]] = {
    "integer": _matching(r"[+-]?\d+"),
    "decimal": _matching(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    "year": _matching(r"\d{4}"),
    "boolean": lambda value: _TRUE_FALSE[value.lower()],
    "date": lambda value: date.fromisoformat(value).isoformat(),
}
_DATATYPES = {
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "year": "xsd:gYear",
    "boolean": "xsd:boolean",
    "date": "xsd:date",
}
