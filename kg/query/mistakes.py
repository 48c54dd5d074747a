"""What is wrong with a query or an update that an engine cannot read, where, and what was likely meant.

Source of the words: https://www.w3.org/TR/sparql11-query/#sparqlGrammar, https://www.w3.org/TR/sparql11-update/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from kg.query.tokens import Token, tokens, undeclared

_QUERIES = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
_PROLOGUE = ("PREFIX", "BASE", "VERSION")
_WORDS = frozenset(
    """
    a true false PREFIX BASE VERSION SELECT DISTINCT REDUCED AS CONSTRUCT DESCRIBE ASK FROM NAMED WHERE GROUP BY HAVING ORDER ASC DESC LIMIT
    OFFSET VALUES OPTIONAL GRAPH SERVICE SILENT BIND UNDEF MINUS UNION FILTER LATERAL IN NOT EXISTS SEPARATOR
    INSERT DELETE DATA WITH USING LOAD INTO CLEAR DROP CREATE ADD MOVE COPY TO DEFAULT ALL
    STR LANG LANGDIR LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS
    STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512
    COALESCE IF STRLANG STRLANGDIR STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC HASLANG HASLANGDIR REGEX SUBSTR REPLACE
    TRIPLE ISTRIPLE SUBJECT PREDICATE OBJECT ADJUST COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT
    """.upper().split()
)
_LONG = sorted(word for word in _WORDS if len(word) > 2)
_PLACE = re.compile(r"at (?P<line>\d+):(?P<column>\d+)")
_SENTENCE = re.compile(r"(?:expected (?:one of )?|, )(?!Prefix not found)(?P<words>[A-Z][\w]*(?: \w+){2,})")
_SAID = {
    "The SELECT contains a variable that is unbound": (
        "SELECT has a variable that GROUP BY does not name",
        "add it to GROUP BY, or put it into COUNT, SAMPLE or the like",
    ),
}
_MOST = 30  # characters that are quoted


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, at a line and a column from 1 on, and what to do."""

    line: int
    column: int
    what: str
    hint: str = ""


def mistake(text: str, reason: str, *, update: bool = False) -> Mistake:
    """What is wrong with a query, or an update, of which an engine says this.

    >>> mistake("SELCT * { ?s ?p ?o }", "error at 1:10: expected CONSTRUCT")
    Mistake(line=1, column=1, what='“SELCT” is no word of SPARQL', hint='did you mean SELECT?')
    >>> mistake("CLEAR ALL", "error at 1:7: expected VERSION").what
    'this is an update, not a query'
    >>> mistake("SELECT * {\\n ?x ?y }", "error at 2:9: expected one of LATERAL, SERVICE, [_]")
    Mistake(line=2, column=9, what='the query does not parse after “?x ?y }”', hint='')
    """
    kind = "update" if update else "query"
    parts = list(_placed(text))
    first = next((part for part in parts if _said(part[1])), None)
    if first is None:
        begin = ", ".join((_UPDATES if update else _QUERIES)[:4])
        return Mistake(1, 1, f"there is no {kind}", f"begin with {begin}")
    found = _quote(parts) or _form(parts, update) or _prefix(text) or _word(parts)
    if found:
        return _at(text, *found)
    place = _PLACE.search(reason)
    line, column = (int(place["line"]), int(place["column"])) if place else (1, 1)
    before = "".join(text.split("\n")[line - 1 : line])[: column - 1].strip()
    what = (
        f"the {kind} does not parse after “{before[-_MOST:]}”"
        if before
        else f"the {kind} does not parse here"
    )
    said = _SENTENCE.search(reason)
    if said:
        known = _SAID.get(said["words"])
        return Mistake(line, column, *(known or (said["words"][0].lower() + said["words"][1:],)))
    return Mistake(line, column, what, _open(parts))


def _placed(text: str) -> Iterator[tuple[int, Token]]:
    position = 0
    for token in tokens(text):
        yield position, token
        position += len(token.text)


def _said(token: Token) -> bool:
    return token.kind != "comment" and bool(token.text.strip())


def _at(text: str, position: int, what: str, hint: str) -> Mistake:
    above = text[:position]
    return Mistake(above.count("\n") + 1, position - above.rfind("\n"), what, hint)


def _prefix(text: str) -> tuple[int, str, str] | None:
    missing = undeclared(text)
    if not missing:
        return None
    prefix, position = missing
    return position, f"the prefix {prefix}: is not declared", f"add PREFIX {prefix}: <…>"


def _quote(parts: list[tuple[int, Token]]) -> tuple[int, str, str] | None:
    """A quotation mark that is not closed, for what is closed is one token."""
    for position, token in parts:
        if token.kind == "other" and token.text in "\"'":
            return position, "a quotation mark is not closed", "a text of several lines has three at each end"
    return None


def _form(parts: list[tuple[int, Token]], update: bool) -> tuple[int, str, str] | None:
    """What is an update sent as a query, or a query sent as an update."""
    for position, token in parts:
        word = token.text.upper()
        if token.kind != "word" or word in _PROLOGUE:
            continue
        if not update and word in _UPDATES:
            return position, "this is an update, not a query", "over HTTP, post it as the parameter update"
        if update and word in _QUERIES:
            return position, "this is a query, not an update", "over HTTP, send it as the parameter query"
        return None
    return None


def _word(parts: list[tuple[int, Token]]) -> tuple[int, str, str] | None:
    """The first word that SPARQL does not know."""
    before = ""
    for position, token in parts:
        if token.kind == "word" and token.text.upper() not in _WORDS and not before.isalnum():
            near = get_close_matches(token.text.upper(), _LONG, n=1, cutoff=0.7)
            hint = (
                f"did you mean {near[0]}?"
                if near
                else "variables begin with ?, names have a prefix, texts stand in quotation marks"
            )
            return position, f"“{token.text[:_MOST]}” is no word of SPARQL", hint
        before = token.text[-1]
    return None


def _open(parts: list[tuple[int, Token]]) -> str:
    """What is not closed."""
    others = [token.text for _, token in parts if token.kind == "other"]
    for opening, closing in ("{}", "()", "[]"):
        count = others.count(opening) - others.count(closing)
        if count:
            return f"one “{opening if count < 0 else closing}” is missing"
    head = [token for _, token in parts if _said(token)]
    names = next((n for n, token in enumerate(head) if token.text == "{"), len(head))
    if any(
        a.kind == b.kind == "variable" and mark.text == ","
        for a, mark, b in zip(head[:names], head[1:], head[2:], strict=False)
    ):
        return "no commas between the variables of SELECT"
    return ""
