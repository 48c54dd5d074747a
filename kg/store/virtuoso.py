"""What Virtuoso does differently: its default graph is all graphs, with a triple as often as graphs state it.

So the default graph is kept in a graph of its own, which queries name as their default graph, and which no ``GRAPH ?g`` may find. Where
a query has named its default graph, Virtuoso finds nothing in ``GRAPH <g>``, but does in ``GRAPH ?g`` with one value.
"""

import json
import re
from collections.abc import Mapping

from kg.errors import StoreError

UNION = "urn:policy-kg:default"
_SYSTEM = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/ns/ldp#",
    "http://localuriqaserver/sparql",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
)
HIDDEN = ", ".join(f"<{graph}>" for graph in (UNION, *_SYSTEM))
_PIECE = re.compile(
    r"""\#[^\n]* | <[^<>"{}|^`\\\x00-\x20]*> | "{3}.*?(?<!\\)"{3} | '{3}.*?(?<!\\)'{3}
      | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
      | \bGRAPH\s+(?:(?P<variable>[?$]\w+)|(?P<graph><[^<>\s]*>|[\w.\-]*:[^\s{]*))\s*\{ | [{}]""",
    re.S | re.X | re.I,
)
_BOOLEAN = re.compile(
    rb'("datatype": "http://www\.w3\.org/2001/XMLSchema#boolean"[^{}]*"value": )"([01])"', re.S
)


def seen(query: str) -> str:
    """A query in which no ``GRAPH`` with a variable finds the graph that holds the default graph, or the server's own.

    >>> seen("SELECT * { GRAPH ?g { ?s ?p '}' } }").replace(HIDDEN, "…")
    "SELECT * { GRAPH ?g { ?s ?p '}' } FILTER(?g NOT IN (…)) }"
    >>> seen("ASK { GRAPH <http://x/g> { ?s ?p ?o } }")
    'ASK { VALUES ?kg_graph_1 { <http://x/g> } GRAPH ?kg_graph_1 { ?s ?p ?o } }'
    """
    parts: list[str] = []
    groups: list[str] = []  # of each open brace, the variable of its GRAPH
    end = count = 0
    for piece in _PIECE.finditer(query):
        parts.append(query[end : piece.start()])
        end = piece.end()
        text, after = piece[0], ""
        if piece["graph"]:
            count += 1
            name = f"?kg_graph_{count}"
            text = f"VALUES {name} {{ {piece['graph']} }} GRAPH {name} {{"
        if text == "{" or piece["graph"] or piece["variable"]:
            groups.append(piece["variable"] or "")
        elif text == "}" and groups and (variable := groups.pop()):
            after = f" FILTER({variable} NOT IN ({HIDDEN}))"
        parts.append(text + after)
    return "".join(parts) + query[end:]


def without_own(data: bytes) -> bytes:
    """Results without the variables that ``seen`` brought in, which ``SELECT *`` shows.

    >>> without_own(b'{"head": {"vars": ["s", "kg_graph_1"]}, "results": {"bindings": [{"s": 1, "kg_graph_1": 2}]}}')
    b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": 1}]}}'
    """
    if b'"kg_graph_' not in data:
        return data
    answer = json.loads(data)
    answer["head"]["vars"] = [name for name in answer["head"]["vars"] if not name.startswith("kg_graph_")]
    for row in answer["results"]["bindings"]:
        for name in [name for name in row if name.startswith("kg_graph_")]:
            del row[name]
    return json.dumps(answer).encode()


def mended(data: bytes) -> bytes:
    """Results with booleans as others write them.

    >>> mended(b'{ "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1" }')
    b'{ "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "true" }'
    """
    return _BOOLEAN.sub(lambda found: found[1] + (b'"true"' if found[2] == b"1" else b'"false"'), data)


def asked(data: bytes) -> bool | None:
    """The answer of an ASK, which comes as a table of one cell; None where it is none."""
    if b"__ASK_RETVAL" not in data[:400]:
        return None
    rows = json.loads(data)["results"]["bindings"]
    return bool(rows) and rows[0]["__ASK_RETVAL"]["value"] == "1"


def check_whole(headers: Mapping[str, str], count: int, where: str) -> None:
    """Refuse an answer that the server cut without saying so in its status."""
    most = headers.get("X-SPARQL-MaxRows", "")
    if most.isdigit() and count >= int(most):
        hint = "raise ResultSetMaxRows in virtuoso.ini"
        raise StoreError(f"the server cuts answers after {most} rows", where=where, hint=hint)
    if headers.get("X-SQL-State", "") == "S1TAT":
        hint = "raise MaxQueryExecutionTime in virtuoso.ini"
        raise StoreError("the server answered in part, for its time was up", where=where, hint=hint)
