"""How deep a query or data nests: an engine reads it by functions that call themselves, and what goes too deep ends the process."""

import re
from collections.abc import Iterator

from kg.errors import KgError, QueryError

DEEPEST = 200  # brackets within each other; what a person writes has fewer than ten
MOST_PARTS = 1000  # parts of a query joined one to the next, which an engine follows in the same way

# Productions of https://www.w3.org/TR/sparql11-query/#sparqlGrammar; what none of these takes says nothing about depth.
_TOKEN = re.compile(
    r"""
      (?P<skipped>\#[^\n\r]* | \\.
        | '{3}(?:(?:'{1,2})?(?:[^'\\]|\\.))*'{3} | "{3}(?:(?:"{1,2})?(?:[^"\\]|\\.))*"{3}
        | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"
        | [?$]\w+ | @\w+(?:-\w+)* | (?<!\w)\w*:(?:[\w.:%-]|\\.)* )
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<open>[({\[] | <<)
    | (?P<close>[)}\]] | >>)
    | (?P<part>\|\| | && | != | [+*/|!=-] | \b(?:FILTER|AS)\b)
    """,
    re.S | re.X | re.I,
)
_BRACKETS = b"({["
_OF_PARTS = b"|&=+*/!-{sSfF"  # each part has one of these at least
_IRI_FOLLOWS = frozenset("(,|/^=&!*+-<>")  # in an expression a ``<`` after anything else compares


def check_query(query: str) -> None:
    """Raise ``QueryError`` for a query or an update that nests deeper, or joins more parts, than an engine can follow.

    What stands in strings, IRIs and comments is not counted.

    >>> check_query("SELECT * { ?s ?p '" + "(" * 300 + "' } # " + "{" * 300)
    >>> check_query("SELECT * " + "{" * 300 + "}" * 300)
    Traceback (most recent call last):
    kg.errors.QueryError: the query is nested too deeply; use at most 200 brackets within each other
    """
    data = query.encode(errors="replace")
    if _count(data, _OF_PARTS) <= MOST_PARTS and not _many_brackets(data):
        return  # found out in a hundredth of the time
    parts = 0
    for depth, part in _steps(query):
        parts += part
        if depth > DEEPEST:
            raise QueryError(
                "the query is nested too deeply", hint=f"use at most {DEEPEST} brackets within each other"
            )
        if parts > MOST_PARTS:
            raise QueryError(
                f"the query has more than {MOST_PARTS} operators and groups",
                hint="use VALUES or IN, or ask in parts",
            )


def check_data(text: str, *, where: str = "") -> None:
    """Raise ``KgError`` for Turtle or JSON-LD that nests deeper than an engine can follow.

    >>> check_data("<x:a> <x:b> " + "<<( <x:a> <x:b> " * 300)
    Traceback (most recent call last):
    kg.errors.KgError: more than 200 brackets within each other; write the data as plain triples
    """
    if _many_brackets(text.encode(errors="replace")) and any(depth > DEEPEST for depth, _ in _steps(text)):
        raise KgError(
            f"more than {DEEPEST} brackets within each other",
            where=where,
            hint="write the data as plain triples",
        )


def _many_brackets(data: bytes) -> bool:
    return _count(data, _BRACKETS) + data.count(b"<<") > DEEPEST


def _count(data: bytes, characters: bytes) -> int:
    return len(data) - len(data.translate(None, characters))


def _steps(text: str) -> Iterator[tuple[int, bool]]:
    """After each bracket and part of a text: how many brackets are open, and whether it was a part."""
    opened: list[str] = []
    for found in _TOKEN.finditer(text):
        kind, words = found.lastgroup, found[0]
        if kind == "open":
            opened.append(words)
        elif kind == "close" and opened:
            opened.pop()
        elif kind == "iri" and opened[-1:] == ["("] and _compares(text, found.start()):
            for bracket in words:
                if bracket in "([":
                    opened.append(bracket)
                elif bracket in ")]" and opened:
                    opened.pop()
        elif kind != "part" or (words in ("+", "-") and opened[-1:] != ["("]):  # the sign of a number
            continue
        yield len(opened), kind == "part" or words == "{"


def _compares(text: str, at: int) -> bool:
    """Whether a ``<`` in an expression compares (``?a<(1)``), so that what looks like an IRI is none."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at] not in _IRI_FOLLOWS
