"""What is said of a query or an update that cannot be read: where, in one line, and what was likely meant."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query import mistake
from kg.terms import PREFIXES

QUERIES = {
    "SELECT * { ?s a foo:Bar }": (1, 17, "the prefix foo: is not declared", "add PREFIX foo: <…>"),
    "SELECT * {\n  ?s a :Bar }": (2, 8, "the prefix : is not declared", "add PREFIX : <…>"),
    "SELCT * { ?s ?p ?o }": (1, 1, "“SELCT” is no word", "did you mean SELECT?"),
    "SELECT * WHRE { _:b ?p 1e5 , 2E-3 }": (1, 10, "“WHRE” is no word", "did you mean WHERE?"),
    "SELECT * { ?s ?p _:b }\nODER BY ?s": (2, 1, "“ODER” is no word", "did you mean ORDER?"),
    "SELECT * { ?s rdfs:label 名称 }": (1, 26, "“名称” is no word", "variables begin with ?"),
    "INSERT DATA { <x:a> <x:b> 1 }": (1, 1, "this is an update, not a query", "parameter update"),
    "PREFIX x: <x:> # DELETE\nDELETE WHERE { ?s x:p ?o }": (2, 1, "this is an update", "parameter update"),
    "SELECT * { ?s ?p ?o": (1, 20, "does not parse after “SELECT * { ?s ?p ?o”", "one “}” is missing"),
    "SELECT * { ?s ?p ?o } }": (1, 24, "does not parse after", "one “{” is missing"),
    "SELECT * { ?s ?p ?o FILTER(?o > 1 }": (1, 36, "does not parse after", "one “)” is missing"),
    "ASK { ?s ?p 'abc }": (1, 13, "a quotation mark is not closed", "three at each end"),
    "SELECT ?s, ?p { ?s ?p ?o }": (1, 16, "does not parse after", "no commas between the variables"),
    "SELECT ?a ?b { ?a ?p ?b } GROUP BY ?a": (1, 38, "a variable that GROUP BY does not name", "add it to GROUP BY"),
    "# nothing": (1, 1, "there is no query", "begin with SELECT"),
    "": (1, 1, "there is no query", "begin with SELECT"),
    "SELECT * {\n ?机构 a ?y .\n ?x }": (3, 6, "does not parse after “?x }”", ""),
}  # fmt: skip
UPDATES = {
    "SELECT * { ?s ?p ?o }": (1, 1, "this is a query, not an update", "parameter query"),
    "INSRT DATA { }": (1, 1, "“INSRT” is no word", "did you mean INSERT?"),
    "INSERT DATA { ?s <x:b> 1 }": (1, 27, "variables are not allowed in INSERT DATA", ""),
    "INSERT DATA { <x:a> foo:b 1 }": (1, 21, "the prefix foo: is not declared", "add PREFIX"),
    "CLEAR ALL ; INSERT DATA { <x:a> <x:b> 1": (1, 40, "the update does not parse after", "one “}” is missing"),
}  # fmt: skip


def reason(text: str, *, update: bool) -> str:
    store = ox.Store()
    with pytest.raises(SyntaxError) as error:
        (store.update if update else store.query)(text, prefixes=PREFIXES)
    return str(error.value.msg)


@pytest.mark.parametrize(
    ("text", "update", "line", "column", "what", "hint"),
    [(text, False, *said) for text, said in QUERIES.items()]
    + [(text, True, *said) for text, said in UPDATES.items()],
)
def test_what_is_said(text: str, update: bool, line: int, column: int, what: str, hint: str) -> None:
    found = mistake(text, reason(text, update=update), update=update)
    assert (found.line, found.column) == (line, column)
    assert what in found.what
    assert hint in found.hint if hint else not found.hint


@given(st.text(max_size=80), st.booleans())
def test_anything_is_said_in_one_line(text: str, update: bool) -> None:
    found = mistake(
        text, "error at 1:1: expected one of [_], ['\\u{00B7}' | 'A' ..= 'Z'\n| '0']", update=update
    )
    assert found.what
    assert "\\u{" not in found.what + found.hint or "\\u{" in text
