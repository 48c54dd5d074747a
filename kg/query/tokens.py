"""SPARQL text as tokens: enough of its grammar to replace variables, never inside a string."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.terms import PREFIXES

# https://www.w3.org/TR/sparql11-query/#sparqlGrammar, productions 139 (IRIREF) to 170.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'{3}(?:(?:'{1,2})?(?:[^'\\]|\\.))*'{3} | "{3}(?:(?:"{1,2})?(?:[^"\\]|\\.))*"{3}
        | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
    | (?P<variable>[?$]\w+)
    | (?P<blank>_:\w(?:[\w.\-]*[\w\-])?)
    | (?P<prefixed>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:)(?:[\w:%\\](?:[\w.\-:%]|\\.)*)?
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z\d]+)*)
    | (?P<word>[^\W\d_]\w*)
    | (?P<other>.)
    """,
    re.S | re.X,
)
_CLAUSES = frozenset(
    {"SELECT", "BY", "WHERE", "FROM", "HAVING", "ORDER", "GROUP", "LIMIT", "OFFSET", "VALUES"}
)


class Token(NamedTuple):
    """A kind (``variable``, ``prefixed``, ``word``, ``string``, ``iri``, ``comment``, …) and its text."""

    kind: str
    text: str


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, in order; joined they are the query again.

    >>> [token.text for token in tokens('?a pol:cites "?b # no" # ?c') if token.kind != "other"]
    ['?a', 'pol:cites', '"?b # no"', '# ?c']
    """
    for found in _TOKEN.finditer(text):
        yield Token(str(found.lastgroup), found[0])


def variables(text: str) -> set[str]:
    """The names of the variables a query uses.

    >>> sorted(variables("SELECT ?a WHERE { ?a ?b '?c' } # ?d"))
    ['a', 'b']
    """
    return {token.text[1:] for token in tokens(text) if token.kind == "variable"}


def undeclared(text: str) -> tuple[str, int] | None:
    """The first prefix that neither the query nor the contract declares, and where it is used.

    >>> undeclared("PREFIX my: <x:> SELECT * { ?a my:b ?c ; pol:cites ?d ; your:e ?f }")
    ('your', 55)
    """
    declared = set(PREFIXES)
    before = ""
    position = 0
    for token in tokens(text):
        prefix = token.text.partition(":")[0]
        if token.kind == "prefixed" and before == "PREFIX":
            declared.add(prefix)
        elif token.kind == "prefixed" and prefix not in declared:
            return prefix, position
        if token.kind != "comment" and token.text.strip():
            before = token.text.upper()
        position += len(token.text)
    return None


def given(text: str, variable: str, term: str) -> str:
    """A query whose pattern begins with the one value that a variable has; unlike a term in its place, it is what a plan starts from.

    >>> given("# {\\nSELECT ?x { ?x ?y ?z }", "x", "<http://x/a>")
    '# {\\nSELECT ?x { VALUES ?x { <http://x/a> } ?x ?y ?z }'
    """
    position = 0
    for token in tokens(text):
        position += len(token.text)
        if token.text == "{":
            return f"{text[:position]} VALUES ?{variable} {{ {term} }}{text[position:]}"
    return text


def substitute(text: str, terms: Mapping[str, str]) -> str:
    """Replace variables by terms, written as in Turtle.

    In a projection the term keeps the variable's name, ``BOUND`` of a replaced variable is true, and in
    GROUP BY and ORDER BY the term stands in parentheses, as the grammar wants it.

    >>> substitute("SELECT ?y (COUNT(*) AS ?n) { ?x pol:reportYear ?y } GROUP BY ?y", {"y": '"2020"'})
    'SELECT ("2020" AS ?y) (COUNT(*) AS ?n) { ?x pol:reportYear "2020" } GROUP BY ("2020")'
    >>> substitute("ASK { FILTER(!BOUND(?y) || '?y' = ?y) }", {"y": "2020"})
    "ASK { FILTER(!(true) || '?y' = 2020) }"
    """
    out: list[str] = []
    clause = ""
    depth = 0
    last = len(out)  # where the last token that says something stands in ``out``, and the one before it
    earlier = 0
    for token in tokens(text):
        term = terms.get(token.text[1:]) if token.kind == "variable" else None
        if token.kind == "word" and token.text.upper() in _CLAUSES:
            clause, depth = token.text.upper(), 0
        elif token.text in ("{", "}"):
            clause = ""
        elif token.text in ("(", ")"):
            depth += 1 if token.text == "(" else -1
        if term is None:
            written = token.text
        elif out[last : last + 1] == ["("] and out[earlier].upper() == "BOUND":
            out[earlier] = ""
            written = "true"
        elif clause in ("SELECT", "BY") and depth == 0:
            written = f"({term} AS {token.text})" if clause == "SELECT" else f"({term})"
        else:
            written = term
        if token.kind != "comment" and token.text.strip():
            earlier, last = last, len(out)
        out.append(written)
    return "".join(out)
