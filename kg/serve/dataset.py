"""An update put to chosen graphs, as the protocol's ``using-graph-uri`` asks.

Source: https://www.w3.org/TR/sparql11-protocol/#update-dataset
"""

from collections.abc import Sequence

from kg.query.tokens import Token, tokens
from kg.serve.refusal import Refused
from kg.store.sparql import checked


def using(text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """The update with ``USING`` before the WHERE of each operation that has one.

    Raises ``Refused`` with 400 where the update names its graphs itself.

    >>> using("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["http://x/g"], [])
    'DELETE { ?s ?p ?o } USING <http://x/g> WHERE { ?s ?p ?o }'
    >>> using("DELETE WHERE { ?s ?p ?o } ; CLEAR ALL", [], ["http://x/g"])
    'DELETE { ?s ?p ?o } USING NAMED <http://x/g> WHERE { ?s ?p ?o } ; CLEAR ALL'
    """
    if not default_graphs and not named_graphs:
        return text
    clause = " ".join(
        [
            *(f"USING <{checked(graph)}>" for graph in default_graphs),
            *(f"USING NAMED <{checked(graph)}>" for graph in named_graphs),
        ]
    )
    parts = list(tokens(text))
    out: list[str] = []
    depth = 0
    before = ""
    for at, token in enumerate(parts):
        word = token.text.upper() if token.kind == "word" else token.text
        if depth == 0 and word in ("USING", "WITH") and token.kind == "word":
            raise Refused(400, f"the update has {word} and the request names graphs", "use one of both")
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "other" else 0
        if depth == 0 and word == "WHERE" and before == "DELETE":
            out.append(f"{_block(parts[at + 1 :])} {clause} ")
        elif depth == 0 and word == "WHERE" and before == "}":
            out.append(f"{clause} ")
        out.append(token.text)
        if token.kind != "comment" and token.text.strip():
            before = word
    return "".join(out)


def _block(parts: Sequence[Token]) -> str:
    """The braces that come next, with what is in them."""
    out: list[str] = []
    depth = 0
    for token in parts:
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "other" else 0
        if depth or token.text == "}":
            out.append(token.text)
        if token.text == "}" and depth == 0:
            break
    return "".join(out)
